// Which registers an operation reads, whatever it does with them: the def-use edges of the flow IR.
import { Op, PropertyKind } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand } from './program.ts';

/** Puts the registers that operation `op` reads into a list and says how many there are. A spread argument counts as its list. */
export function operandsOf(fn: Fn, op: number, into: number[]): number {
  switch (opcode(fn, op)) {
    case Op.Load: case Op.Await: case Op.Yield: case Op.Return: case Op.Throw: case Op.Rest: case Op.RestArray: case Op.Delete: case Op.Cast: case Op.Iterate:
      return add(into, 0, operand(fn, op, 1));
    case Op.SetVar: case Op.Unary:
      return add(into, 0, operand(fn, op, 2));
    case Op.Elem: case Op.Concat: case Op.DeleteElem:
      return add(into, add(into, 0, operand(fn, op, 1)), operand(fn, op, 2));
    case Op.Binary:
      return add(into, add(into, 0, operand(fn, op, 2)), operand(fn, op, 3));
    case Op.Store: case Op.Jsx:
      return add(into, add(into, 0, operand(fn, op, 1)), operand(fn, op, 3));
    case Op.StoreElem:
      return add(into, add(into, add(into, 0, operand(fn, op, 1)), operand(fn, op, 2)), operand(fn, op, 3));
    case Op.Call: case Op.New:
      return addList(into, add(into, 0, operand(fn, op, 1)), fn, operand(fn, op, 2), 2);
    case Op.Array: case Op.Template: case Op.Join:
      return addList(into, 0, fn, operand(fn, op, 2), 1);
    case Op.Object: {
      const { extra } = fn.unit;
      const at = operand(fn, op, 2);
      const end = at + 1 + (extra[at] ?? 0);
      let n = 0;
      for (let i = at + 1; i < end; i += 3) {
        if (extra[i] === PropertyKind.Computed) n = add(into, n, extra[i + 1] ?? -1);
        n = add(into, n, extra[i + 2] ?? -1);
      }
      return n;
    }
    default: return 0;
  }
}

function add(into: number[], n: number, r: number): number {
  if (r < 0) return n;
  into[n] = r;
  return n + 1;
}

/** The items of a list from the one at `from` on; the length stands at 0. */
function addList(into: number[], count: number, fn: Fn, at: number, from: number): number {
  const { extra } = fn.unit;
  const end = at + 1 + (extra[at] ?? 0);
  let n = count;
  for (let i = at + from; i < end; i++) {
    const r = extra[i] ?? -1;
    n = add(into, n, r < 0 ? ~r : r);
  }
  return n;
}

/** Operations that read each register, as one list with a start per register. */
export interface Consumers {
  readonly start: Int32Array;
  readonly ops: Int32Array;
}

export function consumersOf(fn: Fn): Consumers {
  const n = fn.count;
  const read: number[] = [];
  const start = new Int32Array(n + 1);
  for (let op = 0; op < n; op++) for (let i = operandsOf(fn, op, read) - 1; i >= 0; i--) start[(read[i] ?? 0) + 1] = (start[(read[i] ?? 0) + 1] ?? 0) + 1;
  for (let r = 0; r < n; r++) start[r + 1] = (start[r + 1] ?? 0) + (start[r] ?? 0);
  const ops = new Int32Array(start[n] ?? 0);
  const next = start.slice();
  for (let op = 0; op < n; op++) {
    for (let i = operandsOf(fn, op, read) - 1; i >= 0; i--) {
      const r = read[i] ?? 0;
      const at = next[r] ?? 0;
      ops[at] = op;
      next[r] = at + 1;
    }
  }
  return { start, ops };
}

/** The variable that an access path starts from (`-1` is `this`), through members, casts and chained calls. */
export const THIS_ROOT = -1;
export const NO_ROOT = -2;

export function rootOf(fn: Fn, r: number): number {
  let at = r;
  for (let hops = 0; hops < 16; hops++) {
    switch (opcode(fn, at)) {
      case Op.GetVar: return operand(fn, at, 1);
      case Op.This: case Op.Super: return THIS_ROOT;
      case Op.Load: case Op.Elem: case Op.Cast: case Op.Await: at = operand(fn, at, 1); break;
      case Op.Call: {
        const callee = operand(fn, at, 1);
        if (opcode(fn, callee) !== Op.Load) return NO_ROOT;
        at = operand(fn, callee, 1);
        break;
      }
      default: return NO_ROOT;
    }
  }
  return NO_ROOT;
}
