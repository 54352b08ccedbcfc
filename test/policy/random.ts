// Chance with a seed: the same seed makes the same choices, so that a case that fails can be made again.

export interface Random {
  /** From 0 on, below the limit. */
  int(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Each of them with the given probability, in their order. */
  some<T>(items: readonly T[], probability: number): readonly T[];
  shuffled<T>(items: readonly T[]): readonly T[];
  /** So many hexadecimal digits. */
  hex(digits: number): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: short, and good enough to make cases.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[int(items.length)] as T;
  };
  return {
    int,
    pick,
    chance: (probability) => next() < probability,
    some: (items, probability) => items.filter(() => next() < probability),
    shuffled: (items) => items.map((item) => [next(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item),
    hex: (digits) => Array.from({ length: digits }, () => int(16).toString(16)).join(''),
  };
}
