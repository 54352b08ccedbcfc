// Holds what the analyser says of programs against what really happened in them.
import { analyse, channelOf, type Reported } from './analyse.ts';
import { observe } from './oracle.ts';
import type { Arrival, Program } from './program.ts';

export interface Difference {
  readonly program: Program;
  readonly kind: 'missed' | 'spurious';
  readonly arrival: Arrival;
}

export interface Tally {
  readonly programs: number;
  readonly flows: number;
  readonly found: number;
  readonly reported: number;
  readonly differences: readonly Difference[];
  /** Programs that do not run, with the reason: a fault of the generator. */
  readonly broken: readonly { readonly program: Program; readonly why: string }[];
}

/** Several programs share a scan; one that differs there is asked again alone, so that a difference is of its own making. */
export async function compareAll(programs: readonly Program[]): Promise<Tally> {
  const together = analyse(programs);
  const broken: { program: Program; why: string }[] = [];
  const differences: Difference[] = [];
  let [flows, found, reported] = [0, 0, 0];
  for (const [index, program] of programs.entries()) {
    const truth = await observed(program);
    if (typeof truth === 'string') {
      broken.push({ program, why: truth });
      continue;
    }
    const said = together[index] ?? NOTHING;
    const own = differencesOf(program, truth, said);
    flows += truth.size;
    reported += said.arrivals.size;
    found += truth.size - own.filter(({ kind }) => kind === 'missed').length;
    differences.push(...own);
  }
  return { programs: programs.length, flows, found, reported, differences, broken };
}

export async function compareOne(program: Program): Promise<readonly Difference[]> {
  const truth = await observed(program);
  return typeof truth === 'string' ? [] : differencesOf(program, truth, analyse([program])[0] ?? NOTHING);
}

const NOTHING: Reported = { arrivals: new Map<string, Arrival>(), atCalls: new Set<string>() };

const lineOf = ({ files }: Program, sink: string): string =>
  Object.values(files).flatMap((text) => text.split('\n')).find((line) => new RegExp(`\\b${sink}\\b`).test(line)) ?? '';

/** Whether a sink stands in a function that others call: the entry is the last thing of its file. */
function isInFunction({ files, main }: Program, sink: string): boolean {
  const text = files[main] ?? '';
  const at = text.search(new RegExp(`\\b${sink}\\b`));
  return at < 0 || at < Math.max(text.search(/^export (?:async function run|function run|const run)/m), text.search(/^class Desk/m));
}

async function observed(program: Program): Promise<ReadonlyMap<string, Arrival> | string> {
  try {
    const { arrivals, errors } = await observe(program);
    return errors[0] ?? arrivals;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function differencesOf(program: Program, truth: ReadonlyMap<string, Arrival>, { arrivals: said, atCalls }: Reported): readonly Difference[] {
  const missed = [...truth].filter(([key, { sink, field }]) => !said.has(key) && !(isInFunction(program, sink) && atCalls.has(`${channelOf(lineOf(program, sink))} ${field}`))).map(([, arrival]) => ({ program, kind: 'missed' as const, arrival }));
  const spurious = [...said].filter(([key]) => !truth.has(key)).map(([, arrival]) => ({ program, kind: 'spurious' as const, arrival }));
  return [...missed, ...spurious];
}
