// What somebody sees who mistypes, asks for help, or looks something up: nothing here needs a program to scan.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { VERSION } from '#model/version';
import { run, withFolder } from './spawn.ts';

const usage = suite('cli/usage');

usage('--version prints the version of package.json and nothing else', () => withFolder({}, (folder) => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  assert.is(VERSION, manifest.version);
  assert.equal(run(folder, '--version'), { code: 0, stdout: `${manifest.version}\n`, stderr: '' });
}));

usage('--help goes to standard output, a missing verb to standard error', () => withFolder({}, (folder) => {
  const help = run(folder, '--help');
  assert.equal([help.code, help.stderr], [0, '']);
  assert.match(help.stdout, 'scan');
  assert.match(run(folder, 'scan', '--help').stdout, '--fail-on');
  const bare = run(folder);
  assert.equal([bare.code, bare.stdout], [2, '']);
}));

usage('an unknown flag or verb is told with the nearest one', () => withFolder({}, (folder) => {
  const flag = run(folder, 'scan', '--formt', 'json');
  assert.equal([flag.code, flag.stdout], [2, '']);
  assert.match(flag.stderr, 'Did you mean --format?');
  const verb = run(folder, 'scna');
  assert.is(verb.code, 2);
  assert.match(verb.stderr, 'Did you mean scan?');
  assert.is(run(folder, 'policy', 'check').code, 2);
}));

usage('a bad value is told with the good ones', () => withFolder({}, (folder) => {
  assert.match(run(folder, 'scan', '--format', 'xml').stderr, 'text, json, sarif');
  assert.match(run(folder, 'scan', '--report', 'srif=x').stderr, 'Did you mean "sarif"?');
  assert.match(run(folder, 'scan', '--report', 'sarif').stderr, 'names no file');
  assert.match(run(folder, 'scan', '--format', 'json', '--report', 'text=-').stderr, 'Two reports go to standard output');
}));

usage('the catalogue can be listed, shown and tried', () => withFolder({}, (folder) => {
  assert.match(run(folder, 'catalog', 'list').stdout, /elements +\d+/);
  assert.match(run(folder, 'catalog', 'list', 'elements').stdout, 'email-address');
  assert.match(run(folder, 'catalog', 'show', 'email-address').stdout, 'strong:');
  const tried = run(folder, 'catalog', 'test', 'user.email', '--json');
  assert.is((JSON.parse(tried.stdout) as { match: { element: string } }).match.element, 'email-address');
  const unknown = run(folder, 'catalog', 'show', 'email-adress');
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, 'Did you mean "email-address"?');
  assert.match(run(folder, 'catalog', 'list', 'vendor').stderr, 'Did you mean "vendors"?');
}));

usage('a mistake in the settings ends the run with its place', () => withFolder({ 'fiduciary.yaml': 'include: [src]\nexlude: [dist]\n', 'src/a.ts': '' }, (folder) => {
  const ended = run(folder, 'scan');
  assert.equal([ended.code, ended.stdout], [2, '']);
  assert.match(ended.stderr, 'fiduciary.yaml:2:1');
  assert.match(ended.stderr, 'Did you mean "exclude"?');
}));

usage('a settings file that is not there', () => withFolder({ 'a.ts': '' }, (folder) => {
  const ended = run(folder, 'scan', '--config', 'gone.yaml');
  assert.is(ended.code, 2);
  assert.match(ended.stderr, 'does not exist');
}));

usage('a folder that is not there', () => withFolder({}, (folder) => {
  const ended = run(folder, 'scan', 'gone');
  assert.is(ended.code, 2);
  assert.match(ended.stderr, 'gone does not exist');
}));

usage('explain wants an id or a place', () => withFolder({ 'a.ts': '' }, (folder) => {
  assert.match(run(folder, 'explain', 'nonsense').stderr, 'neither the id of a finding nor a place');
  assert.match(run(folder, 'explain', 'gone.ts:3').stderr, 'There is no file gone.ts');
}));

usage.run();
