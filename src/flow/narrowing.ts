// `if (error instanceof PaymentError) …`: the class of a variable where a condition has made sure of it.
import { BinaryKind, Op } from '#model/facts';
import type { Fn } from './program.ts';
import { list, opcode, operand } from './program.ts';

interface Guard {
  readonly variable: number;
  /** Register of the class. */
  readonly cls: number;
  readonly from: number;
  readonly to: number;
}

export class Narrowing {
  private readonly byFn: (readonly Guard[] | undefined)[] = [];

  /** Register of the class that a read of a variable is known to be an instance of, or -1. */
  classAt(fn: Fn, op: number): number {
    const guards = (this.byFn[fn.id] ??= guardsIn(fn));
    if (guards.length === 0) return -1;
    const v = operand(fn, op, 1);
    let innermost: Guard | undefined;
    for (const g of guards) if (g.variable === v && g.from < op && op < g.to && (!innermost || g.from > innermost.from)) innermost = g;
    return innermost?.cls ?? -1;
  }
}

function guardsIn(fn: Fn): readonly Guard[] {
  const found: Guard[] = [];
  const endsAt = new Map<number, number>();
  let isUsed = false;
  for (let op = 0; op < fn.count; op++) {
    const code = opcode(fn, op);
    if (code === Op.Binary && operand(fn, op, 1) === BinaryKind.InstanceOf) isUsed = true;
    if (!isUsed || code !== Op.If) continue;
    endsAt.set(operand(fn, op, 3), op);
    for (const test of testsOf(fn, operand(fn, op, 1), endsAt)) {
      const left = operand(fn, test, 2);
      if (opcode(fn, left) === Op.GetVar) found.push({ variable: operand(fn, left, 1), cls: operand(fn, test, 3), from: op, to: operand(fn, op, 2) });
    }
  }
  return found;
}

/** The `instanceof` tests that all hold where a condition does: `a instanceof A && b`. */
function testsOf(fn: Fn, r: number, endsAt: ReadonlyMap<number, number>, depth = 0): readonly number[] {
  if (r < 0 || depth > 6) return [];
  const code = opcode(fn, r);
  if (code === Op.Binary) return operand(fn, r, 1) === BinaryKind.InstanceOf ? [r] : [];
  if (code !== Op.Join) return [];
  const parts = list(fn.unit, operand(fn, r, 2));
  const branch = endsAt.get(r);
  const [right] = parts;
  if (parts.length !== 1 || branch === undefined || right === undefined) return [];
  return [...testsOf(fn, operand(fn, branch, 1), endsAt, depth + 1), ...testsOf(fn, right, endsAt, depth + 1)];
}
