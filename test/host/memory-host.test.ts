// The in-memory host answers as the real one does.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HostError } from '#host/host';
import { createMemoryHost } from '#host/memory-host';

const test = suite('memory host');

test('folders exist through their files', () => {
  const host = createMemoryHost({ '/bank/src/account.ts': 'export {}', '/bank/package.json': '{}' });
  assert.equal(host.list('/bank'), [{ name: 'package.json', kind: 'file' }, { name: 'src', kind: 'folder' }]);
  assert.is(host.stat('/bank/src')?.kind, 'folder');
  assert.is(host.exists('/bank/lib'), false);
  assert.throws(() => host.readText('/bank/src'), (error: unknown) => error instanceof HostError && error.reason === 'not-a-file');
});

test('writes, appends, removes', () => {
  const host = createMemoryHost({}, { cwd: '/bank' });
  host.writeFileAtomic('report.json', 'a');
  host.append('/bank/report.json', 'b');
  assert.is(host.readText('/bank/report.json'), 'ab');
  host.remove('report.json');
  assert.is(host.exists('report.json'), false);
});

test('keeps what is written to the streams, and has a still clock', () => {
  const host = createMemoryHost({}, { env: { CI: 'true' }, now: '2026-01-02T03:04:05.000Z' });
  host.write('stdout', 'one ');
  host.write('stdout', 'two');
  assert.equal(host.written, { stdout: 'one two', stderr: '' });
  assert.is(host.env('CI'), 'true');
  assert.is(host.now().toISOString(), '2026-01-02T03:04:05.000Z');
});

test('links lead on, or in circles', () => {
  const host = createMemoryHost({ '/bank/src/a.ts': 'a' }, { links: { '/bank/alias': 'src', '/bank/one': 'two', '/bank/two': 'one' } });
  assert.is(host.realpath('/bank/alias/a.ts'), '/bank/src/a.ts');
  assert.is(host.realpath('/bank/one'), undefined);
});

test.run();
