// A host with unsaved texts looks as the disk will when they are saved.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HostError } from '#host/host';
import { createMemoryHost } from '#host/memory-host';
import { createOverlayHost, realpathOfNew } from '#host/overlay-host';

const overlay = suite('overlay host');

overlay('a text takes the place of what is on the disk, and gives it back', () => {
  const texts = new Map([['/bank/a.ts', 'unsaved']]);
  const host = createOverlayHost(createMemoryHost({ '/bank/a.ts': 'saved' }), texts);
  assert.is(host.readText('/bank/a.ts'), 'unsaved');
  assert.is(Buffer.from(host.readBytes('/bank/a.ts')).toString(), 'unsaved');
  assert.is(host.stat('/bank/a.ts')?.size, 7);
  texts.clear();
  assert.is(host.readText('/bank/a.ts'), 'saved');
});

overlay('a new file exists, and so do the folders above it', () => {
  const host = createOverlayHost(createMemoryHost({ '/bank/b.ts': '' }), new Map([['/bank/new/deep/a.ts', 'const a = 1;']]));
  assert.equal(host.list('/bank').map(({ name, kind }) => `${name} ${kind}`), ['b.ts file', 'new folder']);
  assert.equal(host.list('/bank/new').map(({ name, kind }) => `${name} ${kind}`), ['deep folder']);
  assert.is(host.stat('/bank/new')?.kind, 'folder');
  assert.is(host.stat('/bank/new/deep/a.ts')?.kind, 'file');
  assert.ok(host.exists('/bank/new/deep/a.ts'));
  assert.is(host.realpath('/bank/new/deep/a.ts'), '/bank/new/deep/a.ts');
  assert.not.ok(host.exists('/bank/new/other.ts'));
});

overlay('limits hold for texts, too', () => {
  const host = createOverlayHost(createMemoryHost(), new Map([['/bank/a.ts', 'x'.repeat(20)]]));
  assert.throws(() => host.readBytes('/bank/a.ts', 10), (error: unknown) => error instanceof HostError && error.reason === 'too-large');
});

overlay('the real place of what is not there yet follows links above it', () => {
  const host = createMemoryHost({ '/real/bank/b.ts': '' }, { links: { '/shown': '/real' } });
  assert.is(realpathOfNew(host, '/shown/bank/new/a.ts'), '/real/bank/new/a.ts');
});

overlay.run();
