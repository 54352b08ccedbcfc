// Where a file's variables are read, written and changed in place: what a slice backwards asks for.
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import { NO_ROOT, rootOf } from './operands.ts';
import type { Unit } from './program.ts';
import { argument, argumentCount, opcode, operand } from './program.ts';
import type { At } from './survey.ts';

export interface UnitIndex {
  readonly writes: ReadonlyMap<number, readonly At[]>;
  readonly reads: ReadonlyMap<number, readonly At[]>;
  /** Stores below a variable, and calls that may change what it holds. */
  readonly changes: ReadonlyMap<number, readonly At[]>;
  /** Variables that are other names of (a part of) a variable. */
  readonly aliases: ReadonlyMap<number, readonly number[]>;
}

export function indexOf(engine: Engine, unit: Unit): UnitIndex {
  const writes = new Map<number, At[]>();
  const reads = new Map<number, At[]>();
  const changes = new Map<number, At[]>();
  const aliases = new Map<number, number[]>();
  const roots: number[] = [];
  const add = (map: Map<number, At[]>, v: number, at: At): void => {
    const known = map.get(v);
    if (known) known.push(at);
    else map.set(v, [at]);
  };
  for (let local = 0; local < unit.facts.functions.length; local++) {
    const fn = engine.program.fnOf(unit, local);
    for (let op = 0; op < fn.count; op++) {
      switch (opcode(fn, op)) {
        case Op.SetVar: {
          add(writes, operand(fn, op, 1), { fn, op });
          const value = operand(fn, op, 2);
          const root = opcode(fn, value) === Op.GetVar || opcode(fn, value) === Op.Load ? rootOf(fn, value) : NO_ROOT;
          if (root >= 0) {
            const known = aliases.get(root);
            if (known) known.push(operand(fn, op, 1));
            else aliases.set(root, [operand(fn, op, 1)]);
          }
          break;
        }
        case Op.GetVar: add(reads, operand(fn, op, 1), { fn, op }); break;
        case Op.Store: case Op.StoreElem: case Op.Delete: case Op.DeleteElem: {
          const root = rootOf(fn, operand(fn, op, 1));
          if (root >= 0) add(changes, root, { fn, op });
          break;
        }
        case Op.Call: {
          const callee = operand(fn, op, 1);
          roots.length = 0;
          if (opcode(fn, callee) === Op.Load) roots.push(rootOf(fn, operand(fn, callee, 1)));
          for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
            const r = argument(fn, op, i);
            const root = rootOf(fn, r < 0 ? ~r : r);
            if (!roots.includes(root)) roots.push(root);
          }
          for (const root of roots) if (root >= 0) add(changes, root, { fn, op });
          break;
        }
        default: break;
      }
    }
  }
  return { writes, reads, changes, aliases };
}

