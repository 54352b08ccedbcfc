// Where a file's variables are read, written and changed in place: what a slice backwards asks for. Two passes over the
// operations, one to count and one to fill, so that a file costs a handful of arrays and no object for each place.
import { Op, VAR_WIDTH } from '#model/facts';
import type { Program, Unit } from './program.ts';
import { NO_ROOT, rootOf } from './operands.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand } from './program.ts';

export interface UnitIndex {
  readonly writes: Places;
  readonly reads: Places;
  /** Stores below a variable, and calls that may change what it holds. */
  readonly changes: Places;
  /** Writes that make a variable another name of (a part of) this one. */
  readonly aliases: Places;
}

/** Operations by variable. */
class Places {
  private readonly program: Program;
  private readonly unit: Unit;
  private readonly start: Int32Array;
  /** Pairs of function and operation. */
  private readonly pairs: Int32Array;

  constructor(program: Program, unit: Unit, start: Int32Array, pairs: Int32Array) {
    this.program = program;
    this.unit = unit;
    this.start = start;
    this.pairs = pairs;
  }

  /** Those of a variable, as a list. */
  of(v: number): readonly { readonly fn: Fn; readonly op: number }[] {
    const out: { readonly fn: Fn; readonly op: number }[] = [];
    this.each(v, (fn, op) => out.push({ fn, op }));
    return out;
  }

  each(v: number, visit: (fn: Fn, op: number) => void): void {
    for (let i = this.start[v] ?? 0, end = this.start[v + 1] ?? 0; i < end; i++) {
      visit(this.program.fnOf(this.unit, this.pairs[i * 2] ?? 0), this.pairs[i * 2 + 1] ?? 0);
    }
  }
}

export function indexOf(program: Program, unit: Unit): UnitIndex {
  const make = [new Filler(unit), new Filler(unit), new Filler(unit), new Filler(unit)] as const;
  const [writes, reads, changes, aliases] = make;
  const roots: number[] = [];
  for (let pass = 0; pass < 2; pass++) {
    for (let local = 0; local < unit.facts.functions.length; local++) {
      const fn = program.fnOf(unit, local);
      for (let op = 0; op < fn.count; op++) {
        switch (opcode(fn, op)) {
          case Op.SetVar: {
            writes.add(operand(fn, op, 1), local, op);
            const value = operand(fn, op, 2);
            const root = opcode(fn, value) === Op.GetVar || opcode(fn, value) === Op.Load ? rootOf(fn, value) : NO_ROOT;
            if (root >= 0) aliases.add(root, local, op);
            break;
          }
          case Op.GetVar: reads.add(operand(fn, op, 1), local, op); break;
          case Op.Store: case Op.StoreElem: case Op.Delete: case Op.DeleteElem: {
            const root = rootOf(fn, operand(fn, op, 1));
            if (root >= 0) changes.add(root, local, op);
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
            for (const root of roots) if (root >= 0) changes.add(root, local, op);
            break;
          }
          default: break;
        }
      }
    }
    if (pass === 0) for (const filler of make) filler.allocate();
  }
  return { writes: writes.places(program), reads: reads.places(program), changes: changes.places(program), aliases: aliases.places(program) };
}

/** Counts in its first pass and fills in its second. */
class Filler {
  private readonly unit: Unit;
  private readonly start: Int32Array;
  private pairs: Int32Array | undefined;
  private next: Int32Array | undefined;

  constructor(unit: Unit) {
    this.unit = unit;
    this.start = new Int32Array(unit.vars.length / VAR_WIDTH + 1);
  }

  add(v: number, local: number, op: number): void {
    if (!this.pairs || !this.next) {
      this.start[v + 1] = (this.start[v + 1] ?? 0) + 1;
      return;
    }
    const at = this.next[v] ?? 0;
    this.next[v] = at + 1;
    this.pairs[at * 2] = local;
    this.pairs[at * 2 + 1] = op;
  }

  allocate(): void {
    const { start } = this;
    for (let v = 1; v < start.length; v++) start[v] = (start[v] ?? 0) + (start[v - 1] ?? 0);
    this.next = start.slice();
    this.pairs = new Int32Array((start[start.length - 1] ?? 0) * 2);
  }

  places(program: Program): Places {
    return new Places(program, this.unit, this.start, this.pairs ?? new Int32Array(0));
  }
}
