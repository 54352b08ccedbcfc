// The call graph by itself: every call with its targets and tier, for measuring resolution against another resolver.
import { Op } from '#model/facts';
import type { RepoPath } from '#model/location';
import { opcode, Program, startOfOp, type ProgramInput } from './program.ts';
import { Symbols } from './symbols.ts';
import { Types } from './types.ts';

export interface LinkedCall {
  readonly file: RepoPath;
  readonly start: number;
  readonly end: number;
  readonly targets: readonly { readonly file: RepoPath; readonly start: number }[];
  readonly tier: string;
}

export function* linkedCalls(input: ProgramInput): Generator<LinkedCall> {
  const program = new Program(input);
  const types = new Types(program, new Symbols(program));
  for (const fn of program.fns) {
    for (let op = 0; op < fn.count; op++) {
      const code = opcode(fn, op);
      if (code !== Op.Call && code !== Op.New) continue;
      const { fns, tier } = types.targets(fn, op);
      const end = fn.unit.facts.pos[(fn.facts.first + op) * 2 + 1] ?? 0;
      yield { file: fn.unit.path, start: startOfOp(fn, op), end, targets: fns.map((f) => ({ file: f.unit.path, start: f.facts.start })), tier };
    }
  }
}
