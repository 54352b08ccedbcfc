// How long each phase of a run takes. For `--stats` only: no result depends on it.
import type { Host } from '#host/host';

export interface PhaseStats {
  readonly phase: string;
  readonly ms: number;
}

export interface Clock {
  time<T>(phase: string, run: () => T): T;
  stats(): readonly PhaseStats[];
}

/** Nested phases count for themselves, not for the phase around them. */
export function createClock(host: Host): Clock {
  const spent = new Map<string, number>();
  let inner = 0;
  return {
    time(phase, run) {
      const outer = inner;
      inner = 0;
      const start = host.now().getTime();
      try {
        return run();
      } finally {
        const ms = host.now().getTime() - start;
        spent.set(phase, (spent.get(phase) ?? 0) + ms - inner);
        inner = outer + ms;
      }
    },
    stats: () => [...spent].map(([phase, ms]) => ({ phase, ms })),
  };
}
