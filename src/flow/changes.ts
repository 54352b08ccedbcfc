// Which functions put something into what they are given: into a parameter, or into `this`. What they hand on to others that do
// counts, too.
import { Op, VarField, VarKind } from '#model/facts';
import type { Engine } from './engine.ts';
import { rootOf, THIS_ROOT } from './operands.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, callArguments, opcode, operand, text, varField } from './program.ts';
import type { At, Survey } from './survey.ts';

/** Stands for `this` among the parameters of a function. */
export const SELF = -1;
/** Parameters that are told apart; those behind count as the last. */
const LAST = 30;

export class Changes {
  private readonly engine: Engine;
  private readonly targets: (fn: Fn, op: number) => readonly Fn[];
  /** By function: bit 0 for `this`, bit n + 1 for parameter n. */
  private readonly bits: Int32Array;

  constructor(engine: Engine, targets: (fn: Fn, op: number) => readonly Fn[], calls: Survey['calls']) {
    this.engine = engine;
    this.targets = targets;
    this.bits = new Int32Array(engine.program.fns.length);
    const work: Fn[] = [];
    const note = (fn: Fn, bits: number): void => {
      const had = this.bits[fn.id] ?? 0;
      if ((had | bits) === had) return;
      this.bits[fn.id] = had | bits;
      work.push(fn);
    };
    for (const fn of engine.program.fns) if (!fn.unit.exempt) this.direct(fn, note);
    for (let f = work.pop(); f; f = work.pop()) for (const at of calls[f.id] ?? []) this.passedOn(f, at, note);
  }

  /** Whether a function changes what it gets as parameter `index` (-1 is `this`). */
  of(fn: Fn, index: number): boolean {
    return ((this.bits[fn.id] ?? 0) & bitOf(index)) !== 0;
  }

  private direct(fn: Fn, note: (fn: Fn, bits: number) => void): void {
    for (let op = 0; op < fn.count; op++) {
      switch (opcode(fn, op)) {
        case Op.Store: case Op.StoreElem: case Op.Delete: case Op.DeleteElem: this.changed(fn, rootOf(fn, operand(fn, op, 1)), note); break;
        case Op.Call: {
          if (this.targets(fn, op).length > 0) break;
          if (!fills(fn, op)) break;
          this.changed(fn, rootOf(fn, operand(fn, operand(fn, op, 1), 1)), note);
          const [first = -1] = callArguments(fn, op);
          if (first >= 0) this.changed(fn, rootOf(fn, first), note);
          break;
        }
        default: break;
      }
    }
  }

  /** Of a variable, the function whose parameter it is; other names of a parameter are looked through. */
  private changed(fn: Fn, root: number, note: (fn: Fn, bits: number) => void): void {
    let v = root;
    for (let hops = 0; hops < 4; hops++) {
      if (v === THIS_ROOT) {
        note(this.engine.program.thisOwner(fn), bitOf(SELF));
        return;
      }
      if (v < 0) return;
      const owner = this.engine.program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner));
      if (isParam(fn, v)) {
        note(owner, bitOf(owner.facts.params.findIndex((p) => p.v === v)));
        return;
      }
      const init = varField(fn.unit, v, VarField.Init);
      if (init < 0) return;
      v = rootOf(owner, init);
    }
  }

  private passedOn(f: Fn, { fn, op }: At, note: (fn: Fn, bits: number) => void): void {
    const code = opcode(fn, op);
    if (code !== Op.Call && code !== Op.New) return;
    if (code === Op.Call && this.of(f, SELF)) {
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) === Op.Load) this.changed(fn, rootOf(fn, operand(fn, callee, 1)), note);
      else if (opcode(fn, callee) === Op.Super) this.changed(fn, THIS_ROOT, note);
    }
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const r = argument(fn, op, i);
      if (this.of(f, i)) this.changed(fn, rootOf(fn, r < 0 ? ~r : r), note);
    }
  }
}

const bitOf = (index: number): number => 1 << (Math.min(index, LAST - 1) + 1);

/** Where a call gets a variable (or `this`), or a part of what it holds: numbers of arguments, -1 for what it is called on. */
export function placesOf(fn: Fn, op: number, v: number): readonly number[] {
  const out: number[] = [];
  const callee = operand(fn, op, 1);
  if (opcode(fn, callee) === Op.Super ? v === THIS_ROOT : opcode(fn, callee) === Op.Load && rootOf(fn, operand(fn, callee, 1)) === v) out.push(SELF);
  for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
    const r = argument(fn, op, i);
    if (rootOf(fn, r < 0 ? ~r : r) === v) out.push(i);
  }
  return out;
}

const isParam = (fn: Fn, v: number): boolean => v >= 0 && varField(fn.unit, v, VarField.Kind) === VarKind.Param;
/** Something that outlives the function, or that its caller holds. */
const isOutside = (fn: Fn, root: number): boolean => root === THIS_ROOT || isParam(fn, root) || (root >= 0 && varField(fn.unit, root, VarField.Owner) !== fn.local && varField(fn.unit, root, VarField.Owner) !== 0);

/** A library call that fills a parameter or `this`: `list.push(x)`, `Object.assign(target, x)`. */
export function fills(fn: Fn, op: number): boolean {
  const callee = operand(fn, op, 1);
  if (opcode(fn, callee) !== Op.Load || !isMutator(text(fn.unit, operand(fn, callee, 2)))) return false;
  const [first = -1] = callArguments(fn, op);
  return isOutside(fn, rootOf(fn, operand(fn, callee, 1))) || (first >= 0 && isOutside(fn, rootOf(fn, first)));
}

/** Methods of containers that put an argument into them. */
export const isMutator = (method: string): boolean => MUTATORS.has(method);
const MUTATORS = new Set(['push', 'next', 'unshift', 'splice', 'set', 'add', 'append', 'assign', 'defineProperty', 'merge', 'extend', 'fill', 'put', 'update']);
