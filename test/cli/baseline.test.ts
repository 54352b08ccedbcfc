// `fiduciary baseline`, and the flags of `scan` that look at a change: as a pipeline and a commit hook use them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Result } from '#model/result';
import { withRepository } from '../repository.ts';
import { run, shell, withFolder } from './spawn.ts';

const verbs = suite('cli/baseline');

const USER = 'export interface User { id: string; email: string; password: string }\n';
const leak = (name: string, what = 'password'): string => `import type { User } from './user';\nexport function ${name}(user: User): void {\n  console.log(user.${what});\n}\n`;
const files = { 'src/user.ts': USER, 'src/login.ts': leak('login') };
const parse = (text: string): Result => JSON.parse(text) as Result;

verbs('written once, named in the settings, tightened, never grown in silence', () => withFolder({ ...files, '.git/HEAD': '' }, (folder) => {
  const written = run(folder, 'baseline');
  assert.equal([written.code, written.stderr], [0, '']);
  assert.match(written.stdout, 'Wrote fiduciary-baseline.json: 1 finding');
  assert.match(written.stdout, 'baseline: fiduciary-baseline.json');
  assert.is(run(folder, 'scan').code, 1);
  writeFileSync(join(folder, 'fiduciary.yaml'), 'baseline: fiduciary-baseline.json\n');
  const known = run(folder, 'scan');
  assert.is(known.code, 0);
  assert.match(known.stdout, 'Compared with fiduciary-baseline.json: 0 new, 0 leak more than before, 0 moved, 1 known, 0 fixed');
  assert.match(known.stdout, '1 known finding not shown');
  assert.not.match(known.stdout, 'src/login.ts:3');
  assert.match(run(folder, 'scan', '--known').stdout, 'src/login.ts:3:');
  assert.is(run(folder, 'scan', '--no-baseline').code, 1);
  assert.is(run(folder, 'baseline', '--check').code, 0);

  writeFileSync(join(folder, 'src/reset.ts'), leak('reset'));
  const fresh = run(folder, 'scan');
  assert.is(fresh.code, 1);
  assert.match(fresh.stdout, '[new]');
  const grown = run(folder, 'baseline');
  assert.equal([grown.code, grown.stdout.split('\n')[0]], [0, 'fiduciary-baseline.json is tight: 1 finding']);
  assert.match(grown.stdout, '1 finding is new or leaks more than the baseline says, and stays outside');
  assert.is(run(folder, 'scan').code, 1);

  writeFileSync(join(folder, 'src/login.ts'), leak('login', 'id'));
  const stale = run(folder, 'scan');
  assert.match(stale.stdout, '1 finding of the baseline is fixed and could come back unseen');
  assert.is(run(folder, 'baseline', '--check').code, 1);
  assert.match(run(folder, 'baseline').stdout, 'was tightened: 1 fixed; 0 findings left');
  assert.match(run(folder, 'baseline', '--add').stdout, '1 added');
  assert.is(run(folder, 'scan', '--strict').code, 0);
}));

verbs('json and sarif say how each finding relates to the baseline', () => withFolder({ ...files, '.git/HEAD': '' }, (folder) => {
  run(folder, 'baseline');
  writeFileSync(join(folder, 'src/reset.ts'), leak('reset'));
  const args = ['scan', '--baseline', 'fiduciary-baseline.json', '--format'];
  const result = parse(run(folder, ...args, 'json').stdout);
  assert.equal(result.findings.map((finding) => finding.change), ['unchanged', 'introduced']);
  assert.equal(result.comparison?.counts, { introduced: 1, reached: 0, moved: 0, unchanged: 1, fixed: 0 });
  const sarif = JSON.parse(run(folder, ...args, 'sarif').stdout) as { runs: { results: { baselineState: string }[] }[] };
  assert.equal(sarif.runs[0]?.results.map((each) => each.baselineState).sort(), ['new', 'unchanged']);
  writeFileSync(join(folder, 'src/login.ts'), leak('login', 'id'));
  const audit = JSON.parse(run(folder, ...args, 'sarif-audit').stdout) as { runs: { results: { baselineState: string }[] }[] };
  assert.equal(audit.runs[0]?.results.map((each) => each.baselineState).sort(), ['absent', 'new']);
}));

verbs('mistakes are told with place and remedy', () => withFolder({ ...files, 'broken.json': '{\n"version": 1,,\n}' }, (folder) => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [['scan', '--baseline', 'gone.json'], 'gone.json does not exist'],
    [['scan', '--baseline', 'broken.json'], 'broken.json:2'],
    [['scan', '--baseline', 'src'], 'is a folder'],
    [['scan', '--baseline', 'a', '--diff', 'b'], 'exclude each other'],
    [['scan', '--diff', 'main'], 'needs a git repository'],
    [['scan', '--changed-files-from', 'gone.txt'], 'gone.txt cannot be read'],
    [['baseline', '--check'], 'does not exist'],
    [['baseline', '--check', '--fresh'], 'exclude each other'],
    [['baseline', 'gone'], 'gone does not exist'],
  ];
  for (const [args, message] of cases) {
    const ended = run(folder, ...args);
    assert.equal([ended.code, ended.stdout], [2, ''], args.join(' '));
    assert.match(ended.stderr, message);
  }
}));

verbs('what is reached says what is new about it', () => withRepository(({ folder, commit }) => {
  commit('Begin', files);
  commit('Say more', { 'src/login.ts': leak('login').replace('user.password', '`${user.password} ${user.email}`') });
  const ended = run(folder, 'scan', '--diff', 'HEAD~1', '--no-cache');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, /\[leaks more than before\]/);
  assert.match(ended.stdout, /new +user\.email \(src\/(?:login|user)\.ts\)/);
}));

verbs('a folder that git cannot read is no base, and that is said', () => withFolder({ ...files, '.git/HEAD': '' }, (folder) => {
  const ended = run(folder, 'scan', '--diff', 'main');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, 'safe.directory');
}));

verbs('--diff reports what a branch brings, from the merge base', () => withRepository(({ folder, git, commit }) => {
  commit('Begin', files);
  git('checkout', '--quiet', '-b', 'feature');
  commit('Leak', { 'src/reset.ts': leak('reset') });
  git('checkout', '--quiet', 'main');
  // What others land meanwhile is not the branch's doing.
  commit('Another leak on main', { 'src/other.ts': leak('other') });
  git('checkout', '--quiet', 'feature');
  const ended = run(folder, 'scan', '--diff', 'main', '--format', 'json', '--no-cache');
  assert.is(ended.code, 1);
  assert.equal(parse(ended.stdout).findings.map((finding) => [finding.sink.location.file, finding.change]), [['src/login.ts', 'unchanged'], ['src/reset.ts', 'introduced']]);
  // Not committed yet counts, too.
  writeFileSync(join(folder, 'src/reset.ts'), leak('reset', 'id'));
  assert.is(run(folder, 'scan', '--diff', 'main', '--no-cache').code, 0);
  const unknown = run(folder, 'scan', '--diff', 'mian');
  assert.equal([unknown.code, unknown.stdout], [2, '']);
  assert.match(unknown.stderr, 'no such commit or branch');
  assert.is(run(folder, 'scan', '--diff=--output=x').code, 2);
}));

verbs('a shallow clone without the base says so and lets everything count', () => withRepository((origin) => {
  origin.commit('Begin', files);
  const base = origin.git('rev-parse', 'HEAD');
  origin.commit('Harmless', { 'src/ok.ts': 'export const ok = 1;\n' });
  return withFolder({}, (folder) => {
    origin.git('clone', '--quiet', '--depth', '1', `file://${origin.folder}`, join(folder, 'clone'));
    const ended = run(join(folder, 'clone'), 'scan', '--diff', base, '--no-cache');
    assert.is(ended.code, 1);
    assert.match(ended.stdout, 'every finding counts as new');
    assert.match(ended.stdout, 'fetch-depth: 0');
  });
}));

verbs('the second comparison with the same base comes from the cache', () => withRepository(({ folder, commit }) => {
  commit('Begin', { ...files, '.gitignore': '.cache\n' });
  commit('Leak', { 'src/reset.ts': leak('reset') });
  const first = run(folder, 'scan', '--diff', 'HEAD~1', '--format', 'json', '--cache', '.cache');
  const second = run(folder, 'scan', '--diff', 'HEAD~1', '--format', 'json', '--cache', '.cache');
  assert.is(first.stdout, second.stdout);
  assert.is(first.code, 1);
}));

verbs('a list of changed files keeps the flows that touch one of them', () => withFolder({
  ...files, '.git/HEAD': '', 'src/far.ts': 'import { say } from \'./say\';\nimport type { User } from \'./user\';\nexport function far(user: User): void {\n  say(user.password);\n}\n',
  'src/say.ts': 'export function say(text: string): void {\n  console.log(text);\n}\n',
}, (folder) => {
  const places = (script: string): readonly string[] => parse(shell(folder, script).stdout).findings.map((finding) => finding.sink.location.file);
  const scan = 'fiduciary scan --format json --changed-files-from -';
  assert.equal(places(`printf 'src/login.ts\\n' | ${scan}`), ['src/login.ts']);
  // The wrapper changed; the finding stands in its caller.
  assert.equal(places(`printf './src/say.ts\\n' | ${scan}`), ['src/far.ts']);
  assert.equal(places(`printf 'src/say.ts\\0src/login.ts\\0' | ${scan}`), ['src/far.ts', 'src/login.ts']);
  assert.equal(places(`cd src && printf 'login.ts\\n' | ${scan} ..`), ['src/login.ts']);
  assert.equal(places(`echo "$PWD/src/login.ts" | ${scan}`), ['src/login.ts']);
  const none = shell(folder, `printf '' | ${scan}`);
  assert.equal([none.code, parse(none.stdout).findings.length], [0, 0]);
}));

verbs('the baseline file is sorted and ends with a line', () => withFolder({ ...files, 'src/b.ts': leak('b'), '.git/HEAD': '' }, (folder) => {
  run(folder, 'baseline');
  const text = readFileSync(join(folder, 'fiduciary-baseline.json'), 'utf8');
  assert.ok(text.endsWith('}\n'));
  assert.ok(text.indexOf('src/b.ts') < text.indexOf('src/login.ts'));
}));

verbs.run();
