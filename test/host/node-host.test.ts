// The real host on a real folder: atomic writes, error reasons, and a reader that hangs up.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HostError } from '#host/host';
import { createNodeHost } from '#host/node-host';
import { UserError } from '#model/errors';

const test = suite('node host');
const host = createNodeHost();
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'fiduciary-host-'));
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

test('writes aside and renames, and makes parent folders', () => {
  host.writeFileAtomic(`${folder}/reports/june/ledger.json`, '{"a":1}');
  host.writeFileAtomic(`${folder}/reports/june/ledger.json`, '{"a":2}');
  assert.is(host.readText(`${folder}/reports/june/ledger.json`), '{"a":2}');
  assert.equal(readdirSync(`${folder}/reports/june`), ['ledger.json'], 'nothing is left beside it');
});

test('keeps a link a link and the mode of the file', () => {
  writeFileSync(`${folder}/real.txt`, 'old');
  chmodSync(`${folder}/real.txt`, 0o640);
  symlinkSync('real.txt', `${folder}/link.txt`);
  host.writeFileAtomic(`${folder}/link.txt`, 'new');
  assert.is(readFileSync(`${folder}/real.txt`, 'utf8'), 'new');
  assert.is(statSync(`${folder}/real.txt`).mode & 0o777, 0o640);
});

test('says why it cannot write, and leaves no half file', () => {
  writeFileSync(`${folder}/plain`, 'x');
  mkdirSync(`${folder}/folder`);
  for (const path of [`${folder}/plain/report.json`, `${folder}/folder`]) {
    try {
      host.writeFileAtomic(path, 'y');
      assert.unreachable();
    } catch (error) {
      assert.instance(error, UserError);
      assert.match((error as UserError).message, /^Cannot write .*: (a part of its path is a file, not a folder|it is a folder)$/);
    }
  }
  assert.equal(readdirSync(folder).sort(), ['folder', 'plain']);
});

test('a full disk is a message', () => {
  if (!existsSync('/dev/full')) return;
  assert.throws(() => host.writeFileAtomic('/dev/full', 'y'), (error: Error) => error.message === 'Cannot write /dev/full: the disk is full');
});

test('reads give reasons', () => {
  writeFileSync(`${folder}/large.txt`, 'x'.repeat(100));
  assert.throws(() => host.readBytes(`${folder}/large.txt`, 99), (error: unknown) => error instanceof HostError && error.reason === 'too-large');
  assert.throws(() => host.readText(`${folder}/none.txt`), (error: unknown) => error instanceof HostError && error.reason === 'missing');
  assert.throws(() => host.readText(folder), (error: unknown) => error instanceof HostError && error.reason === 'not-a-file');
  assert.throws(() => host.list(`${folder}/none`), (error: unknown) => error instanceof HostError && error.reason === 'missing');
});

test('drops the byte order mark of a text, and keeps it in bytes', () => {
  writeFileSync(`${folder}/mark.txt`, '\uFEFFname');
  assert.is(host.readText(`${folder}/mark.txt`), 'name');
  assert.is(host.readBytes(`${folder}/mark.txt`).length, 7);
});

test('lists in code-unit order with kinds', () => {
  mkdirSync(`${folder}/b`);
  writeFileSync(`${folder}/a`, '');
  writeFileSync(`${folder}/B`, '');
  symlinkSync('a', `${folder}/c`);
  assert.equal(host.list(folder), [
    { name: 'B', kind: 'file' },
    { name: 'a', kind: 'file' },
    { name: 'b', kind: 'folder' },
    { name: 'c', kind: 'link' },
  ]);
});

test('finds the git root without git, and git failure is no exception', () => {
  mkdirSync(`${folder}/.git`);
  mkdirSync(`${folder}/packages/ledger`, { recursive: true });
  assert.is(host.gitRoot(`${folder}/packages/ledger`), folder);
  assert.is(host.git(folder, ['rev-parse', 'HEAD']), undefined);
  assert.is(host.sha256('ledger'), host.sha256(Buffer.from('ledger')));
});

test('circular links have no real path', () => {
  symlinkSync('two', `${folder}/one`);
  symlinkSync('one', `${folder}/two`);
  assert.is(host.realpath(`${folder}/one`), undefined);
  assert.is(host.exists(`${folder}/one`), false);
});

const WRITER = `
  import { createNodeHost } from '#host/node-host';
  const host = createNodeHost();
  for (let i = 0; i < 20000; i += 1) host.write('stdout', 'a line of a long report\\n');
  await host.flush().catch((error) => { host.write('stderr', error.name + ': ' + error.message); process.exitCode = 2; });
`;

const shell = (after: string): { readonly status: number | null; readonly stderr: string } => {
  const command = `"${process.execPath}" --conditions=source --import tsx --input-type=module --eval "$WRITER" ${after}`;
  return spawnSync('bash', ['-o', 'pipefail', '-c', command], { encoding: 'utf8', env: { ...process.env, WRITER } });
};

test('a closed pipe ends in silence, a full disk in a message', () => {
  const closed = shell('| head -n 1');
  assert.is(closed.stderr, '');
  assert.is(closed.status, 0);
  if (!existsSync('/dev/full')) return;
  const full = shell('> /dev/full');
  assert.is(full.stderr, 'UserError: Cannot write to stdout: the disk is full');
  assert.is(full.status, 2);
});

test.run();
