// What somebody asked for → root, places and settings of the scan.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMemoryHost } from '#host/memory-host';
import { UserError } from '#model/errors';
import { prepare, rebaseGlob } from '#session/prepare';

const files = { '/repo/.git/HEAD': '', '/repo/src/a.ts': '', '/repo/src/b/c.ts': '', '/repo/lib/d.ts': '' };

const preparing = suite('session/prepare');

preparing('in a repository its root is the root', () => {
  assert.equal(pick(prepare(createMemoryHost(files, { cwd: '/repo' }), { paths: [] })), ['/repo', []]);
  assert.equal(pick(prepare(createMemoryHost(files, { cwd: '/repo/src' }), { paths: [] })), ['/repo', ['src']]);
  assert.equal(pick(prepare(createMemoryHost(files, { cwd: '/' }), { paths: ['repo/src/b', 'repo/lib/d.ts'] })), ['/repo', ['src/b', 'lib/d.ts']]);
});

preparing('without one, the scanned folder is', () => {
  const host = createMemoryHost({ '/app/src/a.ts': '', '/app/lib/b.ts': '' }, { cwd: '/app' });
  assert.equal(pick(prepare(host, { paths: [] })), ['/app', []]);
  assert.equal(pick(prepare(host, { paths: ['src'] })), ['/app/src', []]);
  assert.equal(pick(prepare(host, { paths: ['src', 'lib'] })), ['/app', ['src', 'lib']]);
  assert.equal(pick(prepare(host, { paths: ['src/a.ts'] })), ['/app', ['src/a.ts']]);
});

preparing('a path that leads nowhere is a mistake', () => {
  assert.throws(() => prepare(createMemoryHost(files), { paths: ['gone'] }), (error: unknown) => error instanceof UserError && /gone does not exist/.test(error.message));
});

preparing('settings are found from the scanned folder upwards, or taken as given', () => {
  const host = createMemoryHost({ ...files, '/repo/fiduciary.yaml': 'exclude: [dist]\n', '/repo/other.yaml': 'exclude: [other]\n' }, { cwd: '/repo/src' });
  assert.is(prepare(host, { paths: [] }).config.file, '/repo/fiduciary.yaml');
  assert.equal(prepare(host, { paths: [], configFile: '../other.yaml' }).config.exclude, ['other']);
});

preparing('globs of settings in a folder are carried to the root', () => {
  const host = createMemoryHost({ ...files, '/repo/src/fiduciary.yaml': 'include: [b, ./a.ts]\nexclude: ["*.gen.ts", "!x/*.ts"]\n' }, { cwd: '/repo/src' });
  const { config } = prepare(host, { paths: [] });
  assert.equal(config.include, ['/src/**/b', '/src/a.ts']);
  assert.equal(config.exclude, ['/src/**/*.gen.ts', '!/src/x/*.ts']);
});

preparing('a glob keeps its meaning when it moves', () => {
  assert.is(rebaseGlob('dist/', 'p'), '/p/**/dist/');
  assert.is(rebaseGlob('/dist', 'p'), '/p/dist');
  assert.is(rebaseGlob('**/x.ts', 'p'), '/p/**/x.ts');
});

const pick = ({ root, paths }: { root: string; paths: readonly string[] }): readonly [string, readonly string[]] => [root, paths];

preparing.run();
