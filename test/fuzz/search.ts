// The search for faults: programs from a range of seeds, in batches, and the figures of what was found.
import { compareAll, type Difference, type Tally } from './compare.ts';
import { generate } from './generate.ts';
import { kindsIn } from './kinds.ts';
import type { Program } from './program.ts';

export interface Found {
  readonly tally: Tally;
  /** Kinds of syntax that the programs held. */
  readonly kinds: ReadonlySet<string>;
  /** What threw an error while it was analysed, and what took longer than a program may. */
  readonly crashes: readonly { readonly seed: number; readonly why: string }[];
  readonly slow: readonly number[];
}

const BATCH = 40;
/** Milliseconds that the analysis of one program may take. */
const LIMIT = 5000;

export async function search(from: number, seeds: number, onBatch: (done: number) => void = () => undefined): Promise<Found> {
  const kinds = new Set<string>();
  const crashes: { seed: number; why: string }[] = [];
  const slow: number[] = [];
  let tally: Tally = { programs: 0, flows: 0, found: 0, reported: 0, differences: [], broken: [] };
  for (let seed = from; seed < from + seeds; seed += BATCH) {
    const programs = Array.from({ length: Math.min(BATCH, from + seeds - seed) }, (_, index) => generate(seed + index));
    for (const { files } of programs) kindsIn(files, kinds);
    const start = performance.now();
    tally = add(tally, await attempt(programs, crashes));
    if (performance.now() - start > LIMIT) slow.push(...(await slowOf(programs)));
    onBatch(seed + programs.length - from);
  }
  return { tally, kinds, crashes, slow };
}

/** When the scan of several throws, each is tried alone. */
async function attempt(programs: readonly Program[], crashes: { seed: number; why: string }[]): Promise<Tally> {
  try {
    return await compareAll(programs);
  } catch (error) {
    const [first, ...others] = programs;
    if (first === undefined || others.length === 0) {
      crashes.push({ seed: first?.seed ?? -1, why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      return { programs: 1, flows: 0, found: 0, reported: 0, differences: [], broken: [] };
    }
    const half = Math.ceil(programs.length / 2);
    return add(await attempt(programs.slice(0, half), crashes), await attempt(programs.slice(half), crashes));
  }
}

async function slowOf(programs: readonly Program[]): Promise<readonly number[]> {
  const slow: number[] = [];
  for (const program of programs) {
    const start = performance.now();
    await compareAll([program]);
    if (performance.now() - start > LIMIT) slow.push(program.seed);
  }
  return slow;
}

const add = (a: Tally, b: Tally): Tally => ({
  programs: a.programs + b.programs, flows: a.flows + b.flows, found: a.found + b.found, reported: a.reported + b.reported,
  differences: [...a.differences, ...b.differences], broken: [...a.broken, ...b.broken],
});

export const nameOf = ({ program, kind, arrival }: Difference): string => `seed ${program.seed}: ${kind} ${arrival.field} at ${arrival.sink}`;
