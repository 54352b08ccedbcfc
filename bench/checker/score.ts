// Compares the call targets that the engine names with those of the checker.
import type ts from 'typescript';
import type { FunctionFinder } from './functions.ts';
import type { TrueCall } from './truth.ts';

/** One call as the engine resolves it: paths relative to the root, offsets into the text of the file. */
export interface ResolvedCall {
  readonly file: string;
  readonly start: number;
  /** Calls of a chain (`a().b()`) start at one place; only their ends tell them apart. */
  readonly end: number;
  readonly targets: readonly Target[];
  readonly tier: string;
}

interface Target {
  readonly file: string;
  /** Of the function-like declaration. */
  readonly start: number;
}

export interface Example {
  readonly call: TrueCall;
  readonly tier: string;
  readonly targets: readonly Target[];
}

export interface Score {
  /** Calls that the checker resolves to own code with a body: each is right, wrong or missed. */
  readonly right: readonly Example[];
  readonly wrong: readonly Example[];
  readonly missed: readonly Example[];
  /** Calls that the checker resolves to a type of own code that nothing visible implements. */
  readonly typeOnly: readonly Example[];
}

export const callKey = (file: string, start: number, end: number): string => `${file}:${start}:${end}`;

export function scoreCalls(truth: Iterable<TrueCall>, resolved: ReadonlyMap<string, ResolvedCall>, functions: FunctionFinder): Score {
  const score: Record<keyof Score, Example[]> = { right: [], wrong: [], missed: [], typeOnly: [] };
  for (const call of truth) {
    const ours = resolved.get(callKey(call.file, call.start, call.end));
    const example = { call, tier: ours?.tier ?? 'not seen', targets: ours?.targets ?? [] };
    score[verdict(call.right, example.targets, functions)].push(example);
  }
  return score;
}

function verdict(right: readonly ts.Node[], targets: readonly Target[], functions: FunctionFinder): keyof Score {
  if (right.length === 0) return 'typeOnly';
  if (targets.length === 0) return 'missed';
  const hit = targets.some(({ file, start }) => {
    const named = functions.at(file, start);
    return named !== undefined && right.includes(named);
  });
  return hit ? 'right' : 'wrong';
}
