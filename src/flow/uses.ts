// Which operation takes a register as an argument, member, element or assigned value: what a callback is given to.
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand } from './program.ts';

export class Uses {
  private readonly byFn: (Int32Array | undefined)[] = [];
  private readonly closures: (ReadonlyMap<number, number> | undefined)[] = [];

  /** The first operation that uses a register, or -1. */
  of(fn: Fn, r: number): number {
    return (this.byFn[fn.id] ??= usesIn(fn))[r] ?? -1;
  }

  /** The register of `parent` that holds a function nested in it, or -1. */
  closure(parent: Fn, local: number): number {
    return (this.closures[parent.id] ??= closuresIn(parent)).get(local) ?? -1;
  }
}

function closuresIn(fn: Fn): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Closure) found.set(operand(fn, op, 1), op);
  return found;
}

function usesIn(fn: Fn): Int32Array {
  const uses = new Int32Array(fn.count).fill(-1);
  const mark = (r: number, op: number): void => {
    if (r >= 0 && uses[r] === -1) uses[r] = op;
  };
  for (let op = 0; op < fn.count; op++) {
    switch (opcode(fn, op)) {
      case Op.Call:
      case Op.New: for (let i = 0, n = argumentCount(fn, op); i < n; i++) mark(argument(fn, op, i), op); break;
      case Op.Object: {
        const items = list(fn.unit, operand(fn, op, 2));
        for (let i = 2; i < items.length; i += 3) mark(items[i] ?? -1, op);
        break;
      }
      case Op.Array:
      case Op.Join: for (const r of list(fn.unit, operand(fn, op, 2))) mark(r, op); break;
      case Op.SetVar: mark(operand(fn, op, 2), op); break;
      case Op.Store:
      case Op.Jsx: mark(operand(fn, op, 3), op); break;
      case Op.Return:
      case Op.Cast: mark(operand(fn, op, 1), op); break;
      default: break;
    }
  }
  return uses;
}
