// Settings: where they are found, how they merge, and that every mistake is told with line, column and a way out.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findConfig } from '#config/find-config';
import { loadConfig, type LoadedConfig } from '#config/load-config';
import { CONFIG_SCHEMA } from '#config/schema';
import { createMemoryHost } from '#host/memory-host';
import { UserError } from '#model/errors';

const load = (text: string, others: Readonly<Record<string, string>> = {}): LoadedConfig =>
  loadConfig(createMemoryHost({ '/repo/fiduciary.yaml': text, ...others }), '/repo/fiduciary.yaml');

function failure(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const config = suite('config');

config('the nearest file up to the repository root is found, and none above it', () => {
  const host = createMemoryHost({ '/fiduciary.yaml': '', '/repo/fiduciary.yml': '', '/repo/a/b/x.ts': '', '/repo/c/fiduciary.json': '{}', '/repo/c/d/x.ts': '' });
  assert.is(findConfig(host, '/repo/a/b', '/repo'), '/repo/fiduciary.yml');
  assert.is(findConfig(host, '/repo/c/d', '/repo'), '/repo/c/fiduciary.json');
  assert.is(findConfig(host, '/repo/a', '/repo/a'), undefined);
});

config('two files in one folder are a mistake', () => {
  const host = createMemoryHost({ '/repo/fiduciary.yml': '', '/repo/fiduciary.json': '{}' });
  assert.match(failure(() => findConfig(host, '/repo', '/repo')).message, 'Two configuration files');
});

config('an empty file means the defaults', () => {
  const { config: values, warnings } = load('# nothing yet\n');
  assert.equal([values.include, values.exclude, values.catalog, values.rulesOff.size, values.suppressions], [[], [], [], 0, 'reason']);
  assert.equal(warnings, []);
});

config('values are read, also from JSON', () => {
  const yaml = load('include: [src]\nexclude: ["**/*.gen.ts"]\nrules:\n  no-customer-data-in-logs: off\n  require-consent: on\nsuppressions: waiver\n').config;
  assert.equal([yaml.include, yaml.exclude, [...yaml.rulesOff], yaml.suppressions], [['src'], ['**/*.gen.ts'], ['no-customer-data-in-logs'], 'waiver']);
  const host = createMemoryHost({ '/repo/fiduciary.json': '{ "$schema": "x", "rules": { "require-retention": false } }' });
  assert.equal([...loadConfig(host, '/repo/fiduciary.json').config.rulesOff], ['require-retention']);
});

config('an unknown key has a place and the nearest name', () => {
  const error = failure(() => load('include: [src]\nexlude: [dist]\n'));
  assert.is(error.message, 'Unknown key "exlude"');
  assert.is(error.hint, 'Did you mean "exclude"?');
  assert.equal(error.place, { file: '/repo/fiduciary.yaml', line: 2, column: 1 });
});

config('an unknown rule too', () => {
  const error = failure(() => load('rules:\n  no-customer-data-in-log: off\n'));
  assert.is(error.message, 'Unknown rule "no-customer-data-in-log"');
  assert.is(error.hint, 'Did you mean "no-customer-data-in-logs"?');
  assert.equal([error.place.line, error.place.column], [2, 3]);
});

config('a far-off key gets the list of known ones', () => {
  assert.match(failure(() => load('zzzzzzzz: 1\n')).hint, 'Known: include, exclude');
});

config('wrong kinds of values say what was found and what is wanted', () => {
  assert.is(failure(() => load('include: src\n')).message, '"include" must be a list, not "src"');
  assert.is(failure(() => load('rules:\n  no-customer-data-in-logs: loud\n')).message, '"rules.no-customer-data-in-logs" cannot be "loud"');
  assert.is(failure(() => load('rules:\n  no-customer-data-in-logs: loud\n')).hint, 'Use one of: on, off.');
  assert.is(failure(() => load('- a\n- b\n')).message, 'The configuration must be a map of keys, not a list');
  assert.is(failure(() => load('extends: 3\n')).message, '"extends" must be a text or a list of texts, not 3');
  assert.is(failure(() => load('include:\n')).message, '"include" must be a list, not empty');
});

config('the first of several mistakes in the file is told', () => {
  assert.is(failure(() => load('rulez: {}\ninclude: src\n')).place.line, 1);
  assert.is(failure(() => load('include: src\nrulez: {}\n')).place.line, 1);
});

config('broken YAML has line and column', () => {
  const error = failure(() => load('include:\n  - [a\nexclude: []\n'));
  assert.match(error.message, 'cannot be read');
  assert.ok((error.place.line ?? 0) >= 2);
  assert.match(failure(() => load('include: []\ninclude: []\n')).message, 'unique');
});

config('keys whose feature is to come are accepted with a warning', () => {
  const { warnings } = load('duties: {}\nreports: {}\n');
  assert.equal(warnings.map(({ message, place }) => [message, place.line]), [
    ['"duties" has no effect yet in this version', 1], ['"reports" has no effect yet in this version', 2],
  ]);
});

config('policies: one layer a file, folders relative to it, the first mistake with its place', () => {
  const text = 'extends: base/fiduciary.yaml\nregister: register.yaml\npolicies:\n  packs: [own]\n  enforcement:\n    ci: { warn: block }\n';
  const { config: values } = load(text, {
    '/repo/own/a.rego': '', '/repo/base/fiduciary.yaml': 'waivers: waivers\npolicies: { profile: strict, params: { audit: { ratchet: true } } }\n',
  });
  assert.equal(values.policies.map(({ profile, packs, params, enforcement }) => ({ profile, packs, params, enforcement })), [
    { profile: 'strict', packs: [], params: { audit: { ratchet: true } }, enforcement: {} },
    { profile: undefined, packs: ['/repo/own'], params: {}, enforcement: { ci: { warn: 'block' } } },
  ]);
  assert.equal([values.register, values.waivers], ['/repo/register.yaml', '/repo/base/waivers']);
  const missing = failure(() => load('policies:\n  packs:\n    - gone\n'));
  assert.match(missing.message, '"gone" does not exist');
  assert.equal([missing.place.line, missing.place.column], [3, 7]);
  assert.match(failure(() => load('policies: { enforcement: { ci: { deny: stop } } }\n')).message, 'cannot be');
  assert.match(failure(() => load('policies: { enforcment: {} }\n')).hint, 'enforcement');
});

config('catalogue overlays are files or folders beside the settings', () => {
  const { config: values } = load('catalog: [own.yaml, more]\n', { '/repo/own.yaml': '', '/repo/more/b.yaml': '', '/repo/more/a.yml': '', '/repo/more/readme.md': '' });
  assert.equal(values.catalog, ['/repo/own.yaml', '/repo/more/a.yml', '/repo/more/b.yaml']);
  const error = failure(() => load('catalog:\n  - gone.yaml\n'));
  assert.match(error.message, '"gone.yaml" does not exist');
  assert.equal([error.place.line, error.place.column], [2, 5]);
});

config('extends: base first, the last word wins, files and packages', () => {
  const { config: values } = load('extends: [./base.yaml, "@bank/settings"]\nexclude: [c]\nrules: { require-consent: on }\n', {
    '/repo/base.yaml': 'exclude: [a]\nrules: { require-consent: off, require-retention: off }\n',
    '/repo/node_modules/@bank/settings/fiduciary.yaml': 'exclude: [b]\nsuppressions: waiver\ncatalog: [own.yaml]\n',
    '/repo/node_modules/@bank/settings/own.yaml': '',
  });
  assert.equal(values.exclude, ['a', 'b', 'c']);
  assert.equal([...values.rulesOff], ['require-retention']);
  assert.is(values.suppressions, 'waiver');
  assert.equal(values.catalog, ['/repo/node_modules/@bank/settings/own.yaml']);
});

config('extends that leads nowhere, or in a circle', () => {
  assert.match(failure(() => load('extends: ./gone.yaml\n')).message, 'does not exist');
  assert.match(failure(() => load('extends: "@bank/none"\n')).message, 'is not installed');
  const circle = failure(() => load('extends: ./base.yaml\n', { '/repo/base.yaml': 'extends: ./fiduciary.yaml\n' }));
  assert.match(circle.message, 'extends itself');
  assert.is(circle.place.file, '/repo/base.yaml');
});

config('a missing file, or a folder in its place', () => {
  const host = createMemoryHost({ '/repo/folder/x': '' });
  assert.match(failure(() => loadConfig(host, '/repo/gone.yaml')).message, 'does not exist');
  assert.match(failure(() => loadConfig(host, '/repo/folder')).message, 'is a folder');
});

config('the published schema is the one that is used', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));
  assert.equal(published, JSON.parse(JSON.stringify(CONFIG_SCHEMA)));
});

config.run();
