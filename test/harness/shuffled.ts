// `list` promises an order; a host that breaks the promise shows whether anything rests on it.
import type { Host } from '#host/host';

/** The same host, whose folders list their entries in an order drawn by the seed. */
export function shuffled(host: Host, seed: number): Host {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return {
    ...host,
    list: (folder) => host.list(folder).map((entry) => ({ entry, key: next() })).sort((a, b) => a.key - b.key).map(({ entry }) => entry),
  };
}
