// Which calls hand something given to a function that calls it, or hands it on to one that does: `send(options)` where `send`
// calls `options.onDone`. Whoever passes a function there has it called with what these calls pass.
import { Op, VarField, VarKind } from '#model/facts';
import type { Engine } from './engine.ts';
import { rootOf } from './operands.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, varField } from './program.ts';
import type { At, Survey } from './survey.ts';

/** Parameters that are told apart; those behind count as the last. */
const LAST = 31;
const MAX_HOPS = 4;

export class HandedOn {
  private readonly engine: Engine;
  /** By function: bit n for parameter n, if it or a member of it is called. */
  private readonly bits: Int32Array;
  private readonly ops = new Map<number, Set<number>>();
  private readonly work: Fn[] = [];

  constructor(engine: Engine, survey: Survey, calls: (fn: Fn, op: number) => number) {
    this.engine = engine;
    this.bits = new Int32Array(engine.program.fns.length);
    for (const fn of engine.program.fns) {
      if (fn.unit.exempt) continue;
      for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Call) this.note(fn, calls(fn, op), 0);
    }
    for (let f = this.work.pop(); f; f = this.work.pop()) for (const at of survey.calls[f.id] ?? []) this.handed(f, at);
  }

  /** Operations of a function that hand on what it was given. */
  of(fn: Fn): Iterable<number> {
    return this.ops.get(fn.id) ?? NONE;
  }

  private handed(f: Fn, at: At): void {
    const { fn, op } = at;
    const bits = this.bits[f.id] ?? 0;
    const code = opcode(fn, op);
    let found = false;
    if (code === Op.Jsx) found = (bits & 1) !== 0 && this.noteAll(fn, operand(fn, op, 3), 0);
    else if (code === Op.Call || code === Op.New) {
      for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
        const r = argument(fn, op, i);
        if (bits & bitOf(i) && this.noteAll(fn, r < 0 ? ~r : r, 0)) found = true;
      }
    }
    if (!found) return;
    const known = this.ops.get(fn.id);
    if (known) known.add(op);
    else this.ops.set(fn.id, new Set([op]));
  }

  /** What is passed is something given, or an object made of such. */
  private noteAll(fn: Fn, r: number, hops: number): boolean {
    if (opcode(fn, r) !== Op.Object) return this.note(fn, rootOf(fn, r), hops);
    const items = list(fn.unit, operand(fn, r, 2));
    let found = false;
    for (let i = 2; i < items.length && hops < MAX_HOPS; i += 3) if (this.noteAll(fn, items[i] ?? -1, hops + 1)) found = true;
    return found;
  }

  /** Of a variable, the function whose parameter it is; other names of a parameter are looked through. */
  private note(fn: Fn, root: number, hops: number): boolean {
    if (root < 0) return false;
    const owner = this.engine.program.fnOf(fn.unit, varField(fn.unit, root, VarField.Owner));
    if (varField(fn.unit, root, VarField.Kind) === VarKind.Param) {
      const had = this.bits[owner.id] ?? 0;
      const bits = had | bitOf(owner.facts.params.findIndex((p) => p.v === root));
      if (bits !== had) {
        this.bits[owner.id] = bits;
        this.work.push(owner);
      }
      return true;
    }
    const init = varField(fn.unit, root, VarField.Init);
    return init >= 0 && hops < MAX_HOPS && owner.local !== 0 && this.noteAll(owner, init, hops + 1);
  }
}

const bitOf = (index: number): number => 1 << Math.min(Math.max(index, 0), LAST - 1);
const NONE: readonly number[] = [];
