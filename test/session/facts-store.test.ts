// Facts survive the store as they are; damage costs a recomputation and nothing else.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract } from '#extract/extract';
import { createMemoryHost } from '#host/memory-host';
import type { FileFacts } from '#model/facts';
import { openFactsStore } from '#session/facts-store';

const store = suite('session/facts-store');

const facts: FileFacts = extract({ text: 'import { mask } from "./mask";\nexport class Card { pan = mask(1); show(card: Card) { return [card, () => this.pan]; } }\nconst 卡 = 1;', language: 'ts' });
const key = 'a'.repeat(32);

store('what was put comes back equal, in the next run too', () => {
  const host = createMemoryHost();
  const first = openFactsStore(host, '/cache');
  assert.is(first.get(key), undefined);
  first.put(key, facts);
  first.flush();
  assert.equal(openFactsStore(host, '/cache').get(key), facts);
});

store('an entry of another file is not its own', () => {
  const host = createMemoryHost();
  const first = openFactsStore(host, '/cache');
  first.put(`${key}ts`, facts);
  first.flush();
  assert.is(openFactsStore(host, '/cache').get(`${key}js`), undefined);
});

store('a damaged or cut pack is as good as absent', () => {
  const host = createMemoryHost();
  const first = openFactsStore(host, '/cache');
  first.put(key, facts);
  first.flush();
  const [pack] = host.list('/cache');
  const bytes = host.readBytes(`/cache/${pack?.name}`);
  const damaged = bytes.slice();
  damaged[bytes.length - 3] = (damaged[bytes.length - 3] ?? 0) ^ 1;
  for (const content of [damaged, bytes.slice(0, -1), bytes.slice(0, 50), new Uint8Array()]) {
    assert.is(openFactsStore(createMemoryHost({ [`/cache/${pack?.name}`]: content }), '/cache').get(key), undefined);
  }
});

store('many small packs become one that holds what is still used', () => {
  const host = createMemoryHost();
  const keys = Array.from({ length: 14 }, (_, i) => String(i).padStart(32, '0'));
  for (const each of keys) {
    const one = openFactsStore(host, '/cache');
    one.put(each, facts);
    one.flush();
  }
  const last = openFactsStore(host, '/cache');
  for (const each of keys.slice(1)) assert.ok(last.get(each));
  last.flush();
  assert.is(host.list('/cache').length, 1);
  const again = openFactsStore(host, '/cache');
  assert.ok(again.get(keys[1] ?? ''));
  assert.is(again.get(keys[0] ?? ''), undefined);
});

store.run();
