// The walk on a real disk: links, and what git tracks in spite of its ignore file.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import { walkTree } from '#project/walk';

const test = suite('walk');
let folder = '';

test.before.each(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fiduciary-walk-')));
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

function place(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
}
const git = (...args: readonly string[]): number | null => spawnSync('git', ['-C', folder, ...args]).status;

test('a circle of links ends', () => {
  place('src/a.ts');
  symlinkSync('..', join(folder, 'src/up'));
  symlinkSync('two', join(folder, 'one'));
  symlinkSync('one', join(folder, 'two'));
  const walk = walkTree(createNodeHost(), folder, () => false);
  assert.equal(walk.paths, ['src/a.ts']);
  assert.equal([walk.links, walk.gaps.map((gap) => gap.kind)], [3, ['symlink-loop']]);
});

test('what was committed is found, though it is ignored', () => {
  if (git('init', '-q') !== 0) return;
  place('logs/kept/a.ts', 'logs/b.ts', 'keys.ts', 'src/a.ts');
  writeFileSync(join(folder, '.gitignore'), 'logs/\nkeys.ts\n');
  git('add', '-f', 'logs/kept/a.ts', 'keys.ts');
  const walk = walkTree(createNodeHost(), folder, () => false);
  assert.equal(walk.paths, ['.gitignore', 'keys.ts', 'logs/kept/a.ts', 'src/a.ts']);
  assert.equal(walkTree(createNodeHost(), `${folder}/logs`, () => false).paths, ['kept/a.ts'], 'seen from a folder below, too');
});

test('an excluded folder is not entered', () => {
  place('src/a.ts', 'legacy/b.ts');
  assert.equal(walkTree(createNodeHost(), folder, (path) => path.startsWith('legacy/')).paths, ['src/a.ts']);
});

test.run();
