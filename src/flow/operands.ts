// Which registers an operation reads, whatever it does with them: the def-use edges of the flow IR.
import { Op, PropertyKind } from '#model/facts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand } from './program.ts';

/** Visits the registers that operation `op` reads. A spread argument counts as its list. */
export function eachOperand(fn: Fn, op: number, visit: (r: number) => void): void {
  const read = (r: number): void => {
    if (r >= 0) visit(r);
  };
  switch (opcode(fn, op)) {
    case Op.Load: case Op.Await: case Op.Yield: case Op.Return: case Op.Throw: case Op.Rest: case Op.RestArray: case Op.Delete: case Op.Cast: case Op.Iterate:
      read(operand(fn, op, 1));
      break;
    case Op.SetVar: case Op.Unary:
      read(operand(fn, op, 2));
      break;
    case Op.Elem: case Op.Concat: case Op.DeleteElem:
      read(operand(fn, op, 1));
      read(operand(fn, op, 2));
      break;
    case Op.Binary:
      read(operand(fn, op, 2));
      read(operand(fn, op, 3));
      break;
    case Op.Store: case Op.Jsx:
      read(operand(fn, op, 1));
      read(operand(fn, op, 3));
      break;
    case Op.StoreElem:
      read(operand(fn, op, 1));
      read(operand(fn, op, 2));
      read(operand(fn, op, 3));
      break;
    case Op.Call: case Op.New:
      read(operand(fn, op, 1));
      for (const r of callArguments(fn, op)) read(r < 0 ? ~r : r);
      break;
    case Op.Array: case Op.Template: case Op.Join:
      for (const r of list(fn.unit, operand(fn, op, 2))) read(r < 0 ? ~r : r);
      break;
    case Op.Object: {
      const items = list(fn.unit, operand(fn, op, 2));
      for (let i = 0; i < items.length; i += 3) {
        if (items[i] === PropertyKind.Computed) read(items[i + 1] ?? -1);
        read(items[i + 2] ?? -1);
      }
      break;
    }
    default: break;
  }
}

/** Operations that read each register, as one list with a start per register. */
export interface Consumers {
  readonly start: Int32Array;
  readonly ops: Int32Array;
}

export function consumersOf(fn: Fn): Consumers {
  const n = fn.count;
  const start = new Int32Array(n + 1);
  for (let op = 0; op < n; op++) eachOperand(fn, op, (r) => (start[r + 1] = (start[r + 1] ?? 0) + 1));
  for (let r = 0; r < n; r++) start[r + 1] = (start[r + 1] ?? 0) + (start[r] ?? 0);
  const ops = new Int32Array(start[n] ?? 0);
  const next = start.slice();
  for (let op = 0; op < n; op++) eachOperand(fn, op, (r) => {
    const at = next[r] ?? 0;
    ops[at] = op;
    next[r] = at + 1;
  });
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
