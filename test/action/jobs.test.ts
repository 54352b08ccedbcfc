// Whole jobs: what each kind of event gives in outputs, annotations, summary and exit code.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withFolder } from '../cli/spawn.ts';
import { withRepository } from '../repository.ts';
import { runJob } from './runner.ts';

const jobs = suite('action/jobs');

const USER = 'export interface User { id: string; email: string; password: string }\n';
const leak = (name: string, what = 'password'): string => `import type { User } from './user';\nexport function ${name}(user: User): void {\n  console.log(user.${what});\n}\n`;
const files = { 'src/user.ts': USER, 'src/login.ts': leak('login') };
const clean = { 'src/user.ts': USER, 'src/login.ts': leak('login', 'id') };

const pullRequest = (base: string, from = 'bank/ledger'): { name: string; payload: unknown } => ({
  name: 'pull_request',
  payload: { pull_request: { base: { sha: base, repo: { full_name: 'bank/ledger' } }, head: { sha: 'd'.repeat(40), repo: { full_name: from } } } },
});

jobs('a push: everything counts, and the SARIF file is where it was asked for', () => withFolder({ ...files, '.git/HEAD': '' }, (workspace) => {
  const end = runJob({ workspace, inputs: { 'sarif-file': 'out/fiduciary.sarif' }, event: { name: 'push', payload: { before: 'a'.repeat(40) } } });
  assert.is(end.code, 1);
  assert.equal(end.outputs, { findings: '1', new: '1', blocking: '1', files: '2', 'sarif-file': 'out/fiduciary.sarif', conclusion: 'failure', 'exit-code': '1' });
  const [annotation] = end.commands.filter((each) => each.name === 'error');
  assert.equal(annotation?.properties, { file: 'src/login.ts', line: '3', endLine: '3', col: '3', endColumn: '28', title: 'Fiduciary: no-customer-data-in-logs' });
  assert.match(annotation?.text ?? '', /^Login password written to a log by console\.log, in login\n/);
  assert.match(end.summary, '## Fiduciary: 1 finding, 1 blocks');
  assert.match(end.summary, `[\`src/login.ts:3\`](https://github.com/bank/ledger/blob/${'c'.repeat(40)}/src/login.ts#L3)`);
  assert.match(readFileSync(join(workspace, 'out/fiduciary.sarif'), 'utf8'), '"2.1.0"');
  assert.match(end.stdout, 'id    ');
}));

jobs('a pull request: only what it brings blocks and is annotated', () => withRepository(({ folder, commit }) => {
  const base = commit('Begin', files);
  commit('Leak', { 'src/reset.ts': leak('reset') });
  const end = runJob({ workspace: folder, event: pullRequest(base) });
  assert.is(end.code, 1);
  assert.equal([end.outputs['findings'], end.outputs['new'], end.outputs['blocking']], ['2', '1', '1']);
  assert.equal(end.commands.filter((each) => each.name === 'error').map((each) => each.properties['file']), ['src/reset.ts']);
  assert.match(end.summary, '## Fiduciary: 1 new finding, 1 blocks');
  assert.match(end.summary, '### Known before');
  assert.match(end.summary, `/blob/${'d'.repeat(40)}/src/reset.ts#L3`);
}));

const read = (what: string): string => `import type { User } from './user';\nexport function read(user: User): string {\n  return user.${what};\n}\n`;

jobs('a pull request that changes a source only: the finding stands where the sink is', () => withRepository(({ folder, commit }) => {
  const base = commit('Begin', { 'src/user.ts': USER, 'src/read.ts': read('id'), 'src/print.ts': "import { read } from './read';\nimport type { User } from './user';\nexport function print(user: User): void {\n  console.log(read(user));\n}\n" });
  commit('Read more', { 'src/read.ts': read('password') });
  const end = runJob({ workspace: folder, event: pullRequest(base) });
  assert.equal([end.code, end.outputs['new']], [1, '1']);
  assert.equal(end.commands.filter((each) => each.name === 'error').map((each) => each.properties['file']), ['src/print.ts']);
}));

jobs('a pull request that fixes: nothing new, the fixed one is named', () => withRepository(({ folder, commit }) => {
  const base = commit('Begin', files);
  commit('Fix', clean);
  const end = runJob({ workspace: folder, event: pullRequest(base) });
  assert.equal([end.code, end.outputs['conclusion'], end.outputs['findings']], [0, 'success', '0']);
  assert.match(end.summary, '## Fiduciary: nothing new');
  assert.match(end.summary, '### Fixed');
}));

jobs('a merge queue compares with its base', () => withRepository(({ folder, commit }) => {
  const base = commit('Begin', files);
  commit('Harmless', { 'src/ok.ts': 'export const ok = 1;\n' });
  const end = runJob({ workspace: folder, event: { name: 'merge_group', payload: { merge_group: { base_sha: base } } } });
  assert.equal([end.code, end.outputs['new'], end.outputs['findings']], [0, '0', '1']);
}));

jobs('a fork: the same answer, and nothing that its token may not do', () => withRepository(({ folder, commit }) => {
  const base = commit('Begin', files);
  commit('Leak', { 'src/reset.ts': leak('reset') });
  const end = runJob({ workspace: folder, inputs: { 'sarif-file': 'f.sarif' }, event: pullRequest(base, 'stranger/ledger') });
  assert.equal([end.code, end.outputs['new'], end.stderr], [1, '1', '']);
  assert.match(end.summary, 'the token may only read');
  assert.is(end.commands.filter((each) => each.name === 'error').length, 1);
}));

jobs('a shallow checkout: the summary says that everything counts as new, and why', () => withRepository((origin) => {
  origin.commit('Begin', files);
  const base = origin.git('rev-parse', 'HEAD');
  origin.commit('Harmless', { 'src/ok.ts': 'export const ok = 1;\n' });
  return withFolder({}, (folder) => {
    origin.git('clone', '--quiet', '--depth', '1', `file://${origin.folder}`, join(folder, 'clone'));
    const end = runJob({ workspace: join(folder, 'clone'), event: pullRequest(base) });
    assert.equal([end.code, end.outputs['new']], [1, '1']);
    assert.match(end.summary, 'fetch-depth: 0');
  });
}));

jobs('inputs: a baseline, paths, an effect, a working directory, switches', () => withFolder({
  'app/src/user.ts': USER, 'app/src/login.ts': leak('login'), 'app/lib/user.ts': USER, 'app/lib/mail.ts': leak('mail', 'email'), '.git/HEAD': '',
}, (workspace) => {
  const end = runJob({ workspace, folder: 'app', inputs: { paths: 'lib\n', 'fail-on': 'warn', annotations: 'false', summary: 'false', strict: 'false', 'sarif-file': 's.sarif' } });
  assert.equal([end.code, end.outputs['findings'], end.outputs['sarif-file'], end.summary], [1, '1', 'app/s.sarif', '']);
  assert.equal(end.commands.map((each) => each.name), ['group', 'endgroup']);
  assert.is(runJob({ workspace, folder: 'app', inputs: { 'fail-on': 'never' } }).outputs['conclusion'], 'success');
  const chinese = runJob({ workspace, folder: 'app', inputs: { lang: 'zh' } });
  assert.match(chinese.commands.find((each) => each.name === 'error')?.text ?? '', '写入日志');
}));

jobs('a baseline of the settings holds without any input, and "off" switches it off', () => withFolder({ ...files, '.git/HEAD': '' }, (workspace) => {
  const entry = { version: '1.0', tool: '0', findings: [] };
  writeFileSync(join(workspace, 'known.json'), JSON.stringify(entry));
  writeFileSync(join(workspace, 'fiduciary.yaml'), 'baseline: known.json\n');
  assert.match(runJob({ workspace }).summary, '### New in this change');
  assert.match(runJob({ workspace, inputs: { diff: 'off' } }).summary, '### Findings');
}));

jobs('nothing found is a success with a summary', () => withFolder({ ...clean, '.git/HEAD': '' }, (workspace) => {
  const end = runJob({ workspace });
  assert.equal(end.outputs, { findings: '0', new: '0', blocking: '0', files: '2', conclusion: 'success', 'exit-code': '0' });
  assert.equal(end.commands.map((each) => each.name), ['group', 'endgroup']);
  assert.match(end.summary, '## Fiduciary: no findings');
}));

jobs('a broken configuration, a wrong input, no file: an error with its place, and all outputs', () => {
  const cases: readonly (readonly [files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>, text: RegExp, place: string | undefined])[] = [
    [{ ...files, 'fiduciary.yaml': 'include: [src]\nexlude: [dist]\n' }, {}, /exlude.*Did you mean "exclude"/, 'fiduciary.yaml'],
    [{ ...files, 'fiduciary.yaml': 'include: [src\n' }, {}, /cannot be read/, 'fiduciary.yaml'],
    [files, { config: 'gone.yaml' }, /does not exist/, 'gone.yaml'],
    [files, { annotations: 'maybe' }, /"annotations" must be true or false/, undefined],
    [files, { confidence: 'sure' }, /"confidence" must be low, medium, high/, undefined],
    [files, { 'fail-on': 'always' }, /fail-on/, undefined],
    [{ 'readme.txt': '' }, {}, /No file was analysed/, undefined],
  ];
  for (const [texts, inputs, text, place] of cases) {
    withFolder({ ...texts, '.git/HEAD': '' }, (workspace) => {
      const end = runJob({ workspace, inputs });
      assert.is(end.code, 2, String(text));
      assert.equal(end.outputs, { findings: '0', new: '0', blocking: '0', files: '0', conclusion: 'error', 'exit-code': '2' });
      const [error] = end.commands.filter((each) => each.name === 'error');
      assert.match(error?.text ?? '', text);
      assert.is(error?.properties['file'], place);
      assert.match(end.summary, 'could not do what was asked');
    });
  }
});

jobs('a payload that cannot be read is told, and the run goes on', () => withFolder({ ...files, '.git/HEAD': '' }, (workspace) => {
  const end = runJob({ workspace, event: { name: 'pull_request', text: '{ "pull_request": ' } });
  assert.equal([end.code, end.outputs['findings']], [1, '1']);
  assert.match(end.commands.find((each) => each.name === 'warning')?.text ?? '', 'payload');
}));

jobs('200 findings: ten annotations a level, the tenth counts the rest, the log is complete', () => {
  const many = Object.fromEntries(Array.from({ length: 10 }, (_, file) => [`src/f${file}.ts`, `import type { User } from './user';\n${Array.from({ length: 20 }, (__, index) =>
    `export function f${index}(user: User): void { console.log(user.${index % 2 === 0 ? 'password' : 'email'}); }`).join('\n')}\n`]));
  withFolder({ 'src/user.ts': USER, ...many, '.git/HEAD': '' }, (workspace) => {
    const end = runJob({ workspace });
    assert.is(end.outputs['findings'], '200');
    for (const name of ['error', 'warning', 'notice']) {
      const level = end.commands.filter((each) => each.name === name);
      assert.ok(level.length <= 10, name);
      if (level.length === 10) assert.match(level.at(-1)?.text ?? '', /^\d+ more/);
    }
    assert.is(end.commands.filter((each) => each.name === 'error').length, 10);
    assert.ok(Buffer.byteLength(end.summary) < 2 ** 20);
    assert.is((end.stdout.match(/^ {2}id {2,}[0-9a-f]{16}$/gm) ?? []).length, 200);
  });
});

jobs('30,000 results: every budget is kept, and what is left out is counted', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, file) => [`src/f${file}.ts`, `import type { User } from './user';\n${Array.from({ length: 100 }, (__, index) =>
    `export function f${index}(user: User): void { console.log(user.${index % 2 === 0 ? 'password' : 'email'}); }`).join('\n')}\n`]));
  withFolder({ 'src/user.ts': USER, ...many, '.git/HEAD': '' }, (workspace) => {
    const end = runJob({ workspace, inputs: { 'sarif-file': 'all.sarif' } });
    assert.equal([end.code, end.outputs['findings'], end.outputs['blocking'], end.outputs['files']], [1, '30000', '15000', '301']);
    assert.is(end.commands.filter((each) => each.name === 'error').length, 10);
    assert.match(end.commands.findLast((each) => each.name === 'error')?.text ?? '', '14991 more');
    assert.ok(Buffer.byteLength(end.summary) < 1_000_000);
    assert.match(end.summary, '… and 29000 more');
    const sarif = readFileSync(join(workspace, 'all.sarif'), 'utf8');
    assert.is(sarif.split('"ruleIndex":').length - 1, 25_000);
    assert.match(sarif, '5000 more');
  });
});

jobs.run();
