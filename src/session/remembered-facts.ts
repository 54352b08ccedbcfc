// Facts kept in memory over a store on disk, for a session that analyses the same program again and again: what it has read or
// extracted once is never decoded a second time. Each pass forgets what the one before it used and it did not.
import type { FileFacts } from '#model/facts';
import { decodeFacts } from './facts-codec.ts';
import type { FactsStore } from './facts-store.ts';

/** `persists` says whether what is new may go to the disk: facts of unsaved texts are of no use to others. */
export function rememberFacts(store: FactsStore, persists: () => boolean): FactsStore {
  let known = new Map<string, FileFacts>();
  let used = new Map<string, FileFacts>();
  let isFirst = true;
  return {
    isNew: () => known.size === 0 && (!isFirst || store.isNew()),
    get(key) {
      // After the first pass only what was edited is unknown, and the disk does not know it either.
      const facts = known.get(key) ?? (isFirst ? store.get(key) : undefined);
      if (facts) used.set(key, facts);
      return facts;
    },
    put(key, facts) {
      used.set(key, facts instanceof Uint8Array ? decodeFacts(facts) : facts);
      if (persists()) store.put(key, facts);
    },
    flush() {
      known = used;
      used = new Map();
      isFirst = false;
      store.flush();
    },
  };
}
