// `fiduciary scan` from outside: exit codes, streams, files, bad input. The programs are small and the pipes are real.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Result } from '#model/result';
import { run, shell, withFolder } from './spawn.ts';

const USER = `export interface User { id: string; email: string; password: string }\n`;
const LEAK = `import type { User } from './user';
export function register(user: User): void {
  console.log(user.password);
}
`;
const CLEAN = `export const add = (a: number, b: number): number => a + b;\n`;
const leaking = { 'src/user.ts': USER, 'src/register.ts': LEAK };

const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('../../schemas/result.schema.json', import.meta.url), 'utf8')) as object,
);
function parse(text: string): Result {
  const result: unknown = JSON.parse(text);
  validate(result);
  assert.equal(validate.errors ?? [], []);
  return result as Result;
}

const scanning = suite('cli/scan');

scanning('a leak is exit 1, with its place in the text', () => withFolder(leaking, (folder) => {
  const ended = run(folder, 'scan');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, 'src/register.ts:3:');
  assert.match(ended.stdout, 'no-customer-data-in-logs');
  assert.is(ended.stderr, '');
}));

scanning('a clean program is exit 0', () => withFolder({ 'src/user.ts': USER, 'src/add.ts': CLEAN }, (folder) => {
  const ended = run(folder, 'scan');
  assert.is(ended.code, 0);
  assert.match(ended.stdout, 'No findings');
}));

scanning('--fail-on never and warn change the exit code, not the findings', () => withFolder(leaking, (folder) => {
  const never = run(folder, 'scan', '--fail-on', 'never', '--format', 'json');
  assert.is(never.code, 0);
  assert.is(parse(never.stdout).findings.length, parse(run(folder, 'scan', '--format', 'json').stdout).findings.length);
  assert.is(run(folder, 'scan', '--stage', 'editor').code, 0);
}));

scanning('json fits its schema and is the same twice, cold, warm and without cache', () => withFolder(leaking, (folder) => {
  const first = run(folder, 'scan', '--format', 'json', '--cache', 'cache');
  assert.ok(parse(first.stdout).findings.length > 0);
  assert.is(run(folder, 'scan', '--format', 'json', '--cache', 'cache').stdout, first.stdout);
  assert.is(run(folder, 'scan', '--format', 'json', '--no-cache').stdout, first.stdout);
}));

scanning('paths are relative to the root and nothing absolute is told', () => withFolder(leaking, (folder) => {
  for (const format of ['text', 'json', 'sarif']) assert.not.match(run(folder, 'scan', '--format', format).stdout, folder);
}));

scanning('reports go to files, whole or not at all, and are told on standard error', () => withFolder(leaking, (folder) => {
  const ended = run(folder, 'scan', '--report', 'json=out/deep/result.json', '--report', 'sarif=out/result.sarif');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, 'no-customer-data-in-logs');
  assert.match(ended.stderr, 'out/result.sarif');
  parse(readFileSync(join(folder, 'out/deep/result.json'), 'utf8'));
  assert.equal(readdirSync(join(folder, 'out')).sort(), ['deep', 'result.sarif']);
  run(folder, 'scan', '--format', 'json', '--output', 'alone.json');
  parse(readFileSync(join(folder, 'alone.json'), 'utf8'));
}));

scanning('an output that cannot be written is exit 2, and the others are written', () => withFolder({ ...leaking, occupied: '' }, (folder) => {
  const ended = run(folder, 'scan', '--report', 'sarif=occupied/result.sarif', '--report', 'json=result.json');
  assert.is(ended.code, 2);
  assert.match(ended.stderr, 'occupied/result.sarif');
  assert.ok(existsSync(join(folder, 'result.json')));
}));

scanning('no file analysed is exit 2 with what to do', () => withFolder({ 'README.md': 'nothing here' }, (folder) => {
  const ended = run(folder, 'scan');
  assert.is(ended.code, 2);
  assert.match(ended.stderr, 'No file was analysed');
  assert.not.match(ended.stdout, 'No findings');
  assert.is(run(folder, 'scan', '--format', 'json').code, 2);
}));

scanning('no customer data seen is said, and exit 2 only with --strict', () => withFolder({ 'src/add.ts': CLEAN }, (folder) => {
  const ended = run(folder, 'scan');
  assert.is(ended.code, 0);
  assert.match(ended.stdout, 'no place with customer data was recognised');
  assert.is(run(folder, 'scan', '--strict').code, 2);
}));

scanning('a syntax error is a gap; the rest is reported; --strict is exit 2 and beats 1', () => withFolder({ ...leaking, 'src/broken.ts': 'export function (\n' }, (folder) => {
  const ended = run(folder, 'scan');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, /src\/broken\.ts(:\d+)? +syntax error/);
  assert.match(ended.stdout, 'src/register.ts:3:');
  const strict = run(folder, 'scan', '--strict');
  assert.is(strict.code, 2);
  assert.match(strict.stdout, 'src/register.ts:3:');
}));

scanning('a binary file with a source name is a gap', () => withFolder({ ...leaking, 'src/image.ts': new Uint8Array([0, 1, 2, 255, 0, 0, 71, 0]) }, (folder) => {
  const result = parse(run(folder, 'scan', '--format', 'json').stdout);
  assert.ok(result.gaps.some((gap) => gap.kind === 'binary' && gap.file === 'src/image.ts'));
}));

scanning('a file of 50,000 lines', () => withFolder({ ...leaking, 'src/long.ts': Array.from({ length: 50_000 }, (_, index) => `export const v${index} = ${index};`).join('\n') }, (folder) => {
  const ended = run(folder, 'scan', '--format', 'json');
  assert.is(ended.code, 1);
  assert.ok(parse(ended.stdout).counts.lines >= 50_000 || parse(ended.stdout).gaps.some((gap) => gap.file === 'src/long.ts'));
}));

scanning('a symbolic link in circles', () => withFolder(leaking, (folder) => {
  symlinkSync('..', join(folder, 'src', 'up'));
  symlinkSync('self', join(folder, 'src', 'self'));
  const result = parse(run(folder, 'scan', '--format', 'json').stdout);
  assert.is(result.counts.files, 2);
  assert.is(result.findings.length, 1);
}));

scanning('a broken tsconfig', () => withFolder({ ...leaking, 'tsconfig.json': '{ "compilerOptions": { "paths": ' }, (folder) => {
  const ended = run(folder, 'scan', '--format', 'json');
  assert.is(ended.code, 1);
  assert.ok(parse(ended.stdout).gaps.some((gap) => gap.kind === 'broken-tsconfig' && gap.file === 'tsconfig.json'));
}));

scanning('an unreadable file', () => withFolder(leaking, (folder) => {
  // Root reads everything, so there the case does not exist.
  if (process.getuid?.() === 0) return;
  chmodSync(join(folder, 'src/user.ts'), 0);
  const result = parse(run(folder, 'scan', '--format', 'json').stdout);
  assert.ok(result.gaps.some((gap) => gap.kind === 'unreadable'));
}));

scanning('a path narrows what is reported', () => withFolder({ ...leaking, 'lib/user.ts': USER, 'lib/other.ts': LEAK }, (folder) => {
  mkdirSync(join(folder, '.git'));
  const files = (...paths: readonly string[]): readonly string[] =>
    parse(run(folder, 'scan', '--format', 'json', ...paths).stdout).findings.map((finding) => finding.sink.location.file);
  assert.equal([...files()].sort(), ['lib/other.ts', 'src/register.ts']);
  assert.equal(files('lib'), ['lib/other.ts']);
  assert.equal(files('src/register.ts'), ['src/register.ts']);
}));

scanning('a rule that is off reports nothing', () => withFolder({ ...leaking, 'fiduciary.yaml': 'rules: { no-customer-data-in-logs: off }\n' }, (folder) => {
  assert.equal(parse(run(folder, 'scan', '--format', 'json').stdout).findings, []);
}));

scanning('a comment with a reason silences a warning', () => {
  const sources = { 'src/user.ts': USER, 'src/mail.ts': `import type { User } from './user';
export function mail(user: User): void {
  // fiduciary-allow no-customer-data-in-logs -- support desk only
  console.log(user.email);
}
` };
  withFolder(sources, (folder) => {
    const ended = run(folder, 'scan');
    assert.is(ended.code, 0);
    assert.match(ended.stdout, '1 finding suppressed by a comment with a reason');
    const [finding] = parse(run(folder, 'scan', '--format', 'json').stdout).findings;
    assert.is(finding?.suppression?.reason, 'support desk only');
  });
});

scanning('a setting that has no effect yet is a warning on standard error', () => withFolder({ ...leaking, 'fiduciary.yaml': 'reports: {}\n' }, (folder) => {
  const ended = run(folder, 'scan', '--format', 'json');
  assert.match(ended.stderr, '"reports" has no effect yet');
  parse(ended.stdout);
}));

scanning('Chinese sentences', () => withFolder(leaking, (folder) => {
  assert.match(run(folder, 'scan', '--lang', 'zh').stdout, '写入日志');
}));

scanning('--stats goes to standard error', () => withFolder(leaking, (folder) => {
  const ended = run(folder, 'scan', '--format', 'json', '--stats');
  parse(ended.stdout);
  assert.match(ended.stderr, /total +\d+ ms/);
}));

const MANY = Object.fromEntries(Array.from({ length: 30 }, (_, file) => [`src/f${file}.ts`, [
  "import type { User } from './user';",
  ...Array.from({ length: 40 }, (_, index) => `export function f${index}(user: User): void { console.log(user.password); }`),
].join('\n')]));

scanning('more than 1 MiB goes whole through a pipe, and the exit code with it', () => withFolder({ 'src/user.ts': USER, ...MANY }, (folder) => {
  const ended = shell(folder, 'fiduciary scan --format json | cat > out.json; exit ${PIPESTATUS[0]}');
  assert.is(ended.code, 1);
  const text = readFileSync(join(folder, 'out.json'), 'utf8');
  assert.ok(text.length > 2 ** 20, `only ${text.length} bytes`);
  assert.is(parse(text).findings.length, 30 * 40);
}));

scanning('a reader that leaves early is no error', () => withFolder({ 'src/user.ts': USER, ...MANY }, (folder) => {
  const ended = shell(folder, 'fiduciary scan --format json | head -c 1; echo " ${PIPESTATUS[0]}"');
  assert.equal([ended.stdout, ended.stderr], ['{ 1\n', '']);
}));

scanning('explain: a finding by its id, a place, and why not', () => withFolder(leaking, (folder) => {
  const [finding] = parse(run(folder, 'scan', '--format', 'json').stdout).findings;
  const byId = run(folder, 'explain', finding?.id ?? '');
  assert.is(byId.code, 0);
  assert.match(byId.stdout, 'login-password');
  assert.match(run(folder, 'explain', 'src/register.ts:3').stdout, finding?.id ?? 'none');
  assert.match(run(folder, 'explain', 'src/user.ts:1').stdout, /src\/user\.ts:1/);
  assert.match(run(folder, 'explain', 'src/register.ts:4', '--why-not').stdout, 'src/register.ts:4');
  const unknown = run(folder, 'explain', '0123456789abcdef');
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, 'No finding has the id');
}));

scanning('test code that the policies allow is not followed, counted, and said to be so; settings may ask for it', () => {
  const files = { 'src/user.ts': USER, 'src/register.test.ts': LEAK };
  withFolder(files, (folder) => {
    const scanned = run(folder, 'scan', '--report', 'json=result.json');
    assert.is(scanned.code, 0);
    assert.match(scanned.stdout, '1 file of tests, mocks, stories or seeds not followed');
    assert.is(parse(readFileSync(join(folder, 'result.json'), 'utf8')).counts.exempt, 1);
    assert.match(run(folder, 'explain', 'src/register.test.ts:3').stdout, 'tests, mocks, stories and seeds are not followed');
  });
  withFolder({ ...files, 'fiduciary.yaml': 'policies:\n  params:\n    context: { exempt: [] }\n' }, (folder) => {
    const scanned = run(folder, 'scan', '--report', 'json=result.json');
    assert.is(scanned.code, 1);
    assert.match(scanned.stdout, /src\/register\.test\.ts:3/);
    assert.is(parse(readFileSync(join(folder, 'result.json'), 'utf8')).counts.exempt, undefined);
  });
});

scanning('what production code imports of a seed is read, however the seed is left aside', () => {
  const seed = "export function note(text: string): void {\n  console.log(text);\n}\n";
  const caller = "import { note } from './seeds/note';\nimport type { User } from './user';\n\nexport const register = (user: User): void => note(user.password);\n";
  withFolder({ 'src/user.ts': USER, 'src/seeds/note.ts': seed, 'src/seeds/lonely.ts': LEAK, 'src/register.ts': caller }, (folder) => {
    const scanned = run(folder, 'scan', '--report', 'json=result.json');
    assert.is(scanned.code, 1);
    assert.match(scanned.stdout, /src\/register\.ts:4/);
    assert.match(scanned.stdout, '1 file of tests, mocks, stories or seeds not followed');
    assert.is(parse(readFileSync(join(folder, 'result.json'), 'utf8')).counts.files, 4);
  });
});

scanning('what only runs in development is allowed unless settings take it out of what the policies allow', () => {
  const guarded = LEAK.replace(/^(.*console\.log.*)$/m, "  if (process.env.NODE_ENV !== 'production') {\n$1\n  }");
  assert.is.not(guarded, LEAK);
  const files = { 'src/user.ts': USER, 'src/register.ts': guarded };
  withFolder(files, (folder) => assert.is(run(folder, 'scan').code, 0));
  withFolder({ ...files, 'fiduciary.yaml': 'policies:\n  params:\n    context: { exempt: [test] }\n' }, (folder) => {
    const scanned = run(folder, 'scan');
    assert.is(scanned.code, 1);
    assert.match(scanned.stdout, 'development only');
  });
});

scanning.run();
