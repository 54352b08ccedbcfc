// Colour and progress: only where they are wanted, and never in the way of what is piped.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMemoryHost } from '#host/memory-host';
import { createProgress, wantsColor } from '../../src/cli/terminal.ts';

const terminal = suite('cli/terminal');
const tty = (env: Readonly<Record<string, string>> = {}) => createMemoryHost({}, { tty: true, env });

terminal('colour: flags beat the environment, the environment beats the terminal', () => {
  assert.is(wantsColor(tty(), undefined), true);
  assert.is(wantsColor(createMemoryHost(), undefined), false);
  assert.is(wantsColor(tty({ NO_COLOR: '1' }), undefined), false);
  assert.is(wantsColor(tty({ NO_COLOR: '' }), undefined), true);
  assert.is(wantsColor(tty({ NO_COLOR: '1' }), true), true);
  assert.is(wantsColor(tty({ TERM: 'dumb' }), undefined), false);
  assert.is(wantsColor(createMemoryHost({}, { env: { FORCE_COLOR: '1' } }), undefined), true);
  assert.is(wantsColor(tty({ FORCE_COLOR: '0' }), undefined), false);
  assert.is(wantsColor(tty(), false), false);
});

terminal('progress is seen on a terminal only, and is gone afterwards', () => {
  const host = tty();
  const progress = createProgress(host, false);
  progress.update('extract', 1, 10);
  progress.end();
  assert.match(host.written.stderr, 'extract 1/10');
  assert.ok(host.written.stderr.endsWith('\r\u001b[K'));
  assert.is(host.written.stdout, '');
  for (const silent of [createMemoryHost(), tty({ CI: 'true' })]) {
    createProgress(silent, false).update('extract', 1, 10);
    assert.is(silent.written.stderr, '');
  }
});

terminal.run();
