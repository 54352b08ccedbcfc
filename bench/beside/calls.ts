// Calls that Fiduciary and Jelly resolve to functions of the repository, held against each other. A call is known by its file and
// where it begins and ends; two targets are the same when they begin within a few lines, since tools differ in what they count
// to a function: decorators, modifiers, the name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '#host/node-host';
import { callTargets } from '#session';
import { readJson } from './tools.ts';

export interface CallComparison {
  /** Calls that both tools saw. */
  readonly seenByBoth: number;
  readonly resolvedByBoth: number;
  /** Of those: with a target in common. */
  readonly agreed: number;
  readonly onlyFiduciary: number;
  readonly onlyJelly: number;
  /** Functions named for a resolved call, on average. */
  readonly targetsFiduciary: number;
  readonly targetsJelly: number;
  /** A few places of each kind, spread evenly: what is read by hand. */
  readonly examples: Readonly<Record<'differ' | 'onlyFiduciary' | 'onlyJelly', readonly string[]>>;
}

interface Target {
  readonly file: string;
  readonly line: number;
}

type Calls = ReadonlyMap<string, readonly Target[]>;

interface CallGraph {
  readonly files: readonly string[];
  readonly functions: Readonly<Record<string, string>>;
  readonly calls: Readonly<Record<string, string>>;
  readonly call2fun: readonly (readonly [number, number])[];
}

const NEAR = 3;
const EXAMPLES = 20;

export function compareCalls(folder: string, scratch: string): CallComparison {
  const ours = callsOfFiduciary(folder);
  const theirs = callsOfJelly(readJson<CallGraph>(scratch, 'jelly.json'));
  const seen = [...ours].flatMap(([key, own]) => {
    const other = theirs.get(key);
    return other === undefined ? [] : [{ key, own, other }];
  });
  const both = seen.filter(({ own, other }) => own.length > 0 && other.length > 0);
  const differ = both.filter(({ own, other }) => !own.some((one) => other.some((two) => one.file === two.file && Math.abs(one.line - two.line) <= NEAR)));
  const onlyOurs = seen.filter(({ own, other }) => own.length > 0 && other.length === 0);
  const onlyTheirs = seen.filter(({ own, other }) => own.length === 0 && other.length > 0);
  return {
    seenByBoth: seen.length, resolvedByBoth: both.length, agreed: both.length - differ.length, onlyFiduciary: onlyOurs.length, onlyJelly: onlyTheirs.length,
    targetsFiduciary: meanSize(ours), targetsJelly: meanSize(theirs),
    examples: { differ: spreadOver(differ), onlyFiduciary: spreadOver(onlyOurs), onlyJelly: spreadOver(onlyTheirs) },
  };
}

function callsOfFiduciary(folder: string): Calls {
  const calls = new Map<string, readonly Target[]>();
  const placeOf = placesIn(folder);
  for (const { file, start, end, targets } of callTargets(createNodeHost(), folder)) {
    const from = placeOf(file, start);
    const to = placeOf(file, end);
    calls.set(`${file}:${from.line}:${from.column}:${to.line}:${to.column}`, targets.map((target) => ({ file: target.file, line: placeOf(target.file, target.start).line })));
  }
  return calls;
}

/** Locations of its call graph are `file:line:column:line:column`, the file as a number. */
function callsOfJelly({ files, functions, calls, call2fun }: CallGraph): Calls {
  const nameOf = (location: string): string => `${files[Number(location.slice(0, location.indexOf(':')))] ?? ''}${location.slice(location.indexOf(':'))}`;
  const found = new Map<string, Target[]>(Object.values(calls).map((location) => [nameOf(location), []]));
  for (const [call, fn] of call2fun) {
    const [file = '', line = ''] = nameOf(functions[fn] ?? '').split(':');
    found.get(nameOf(calls[call] ?? ''))?.push({ file, line: Number(line) });
  }
  return found;
}

/** Lines and columns, 1-based, of offsets into files. */
function placesIn(folder: string): (file: string, offset: number) => { readonly line: number; readonly column: number } {
  const starts = new Map<string, readonly number[]>();
  return (file, offset) => {
    const known = starts.get(file) ?? lineStarts(readFileSync(join(folder, file), 'utf8'));
    starts.set(file, known);
    let low = 0;
    for (let high = known.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((known[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (known[low] ?? 0) + 1 };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function meanSize(calls: Calls): number {
  const sizes = [...calls.values()].map(({ length }) => length).filter((size) => size > 0);
  return sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
}

/** Evenly, so that one file does not fill the list. */
function spreadOver(calls: readonly { readonly key: string }[]): readonly string[] {
  const step = Math.max(1, Math.floor(calls.length / EXAMPLES));
  return calls.filter((_, index) => index % step === 0).slice(0, EXAMPLES).map(({ key }) => key.split(':').slice(0, 2).join(':'));
}
