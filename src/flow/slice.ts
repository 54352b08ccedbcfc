// What the parts of the demand slice share: the marks of operations, what is still to be done, and what they look up.
import { Op } from '#model/facts';
import { CellIndex } from './cell-index.ts';
import { ProgramIndex } from './demand-index.ts';
import type { Engine } from './engine.ts';
import { type Consumers, consumersOf } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { opcode } from './program.ts';
import type { At, Survey } from './survey.ts';
import { indexOf, type UnitIndex } from './unit-index.ts';

/** What is known of an operation. */
export const Mark = {
  /** It is evaluated. */
  Run: 1,
  /** Its operands have been asked for. */
  Asked: 2,
  /** Its value is used. */
  Value: 4,
  /** Its value goes to a sink, a cell or a callback: callers who pass what it is made of matter. */
  Effect: 8,
  /** It names a member of a value that goes to a sink: evidence of what the value is. */
  Witness: 32,
  /** All that it reads goes to a sink, a cell or a callback, not only what its value is made of. */
  Whole: 64,
  /** Its value is called. */
  Callee: 128,
} as const;

/** What a value is wanted for; each need holds those before it. */
export const Need = {
  /** To be called for what that does; what it gives back is of no interest. */
  Call: 1,
  /** As data, or to be called for what it gives back. */
  Value: 2,
  /** As data that goes to a sink, a cell or a callback. */
  Effect: 3,
} as const;
export type NeedCode = (typeof Need)[keyof typeof Need];

export const lesser = (a: NeedCode, b: NeedCode): NeedCode => (a < b ? a : b);

export class Slice {
  readonly engine: Engine;
  readonly survey: Survey;
  readonly program: ProgramIndex;
  readonly cells: CellIndex;
  private readonly marks: (Uint8Array | undefined)[] = [];
  private readonly indices: (UnitIndex | undefined)[] = [];
  private readonly consumers: (Consumers | undefined)[] = [];
  private readonly pending: (() => void)[] = [];
  private readonly work: At[] = [];

  constructor(engine: Engine, survey: Survey) {
    this.engine = engine;
    this.survey = survey;
    this.program = new ProgramIndex(engine, survey);
    this.cells = new CellIndex(engine, survey);
  }

  /** Marks of a function's operations; undefined while none is marked. */
  marksOf(fn: Fn): Uint8Array | undefined {
    return this.marks[fn.id];
  }

  /** Asks for what marked operations need, until nothing is left to do. */
  drain(ask: (fn: Fn, op: number) => void): void {
    for (;;) {
      const next = this.work.pop();
      if (next) ask(next.fn, next.op);
      else {
        const later = this.pending.pop();
        if (!later) return;
        later();
      }
    }
  }

  /** Does something when no marked operation is left to ask for. */
  later(what: () => void): void {
    this.pending.push(what);
  }

  /** It is evaluated for what it does; of a call, the result is not asked for. */
  run(fn: Fn, op: number, effect: boolean): void {
    const code = opcode(fn, op);
    this.mark(fn, op, Mark.Run | (effect ? Mark.Effect | Mark.Whole : 0) | (code === Op.Call || code === Op.New ? 0 : Mark.Value));
  }

  value(fn: Fn, r: number, need: NeedCode): void {
    // Markup has no value that anything reads.
    if (opcode(fn, r) === Op.Jsx) return;
    this.mark(fn, r, Mark.Run | (need === Need.Call ? Mark.Callee : need === Need.Value ? Mark.Value : Mark.Value | Mark.Effect));
  }

  mark(fn: Fn, op: number, bits: number): void {
    const marks = this.consider(fn);
    const had = marks[op] ?? 0;
    if ((had & bits) === bits && had & Mark.Asked) return;
    marks[op] = had | bits | Mark.Asked;
    this.work.push({ fn, op });
  }

  /** It is evaluated with what else is asked for. */
  evaluated(fn: Fn, op: number): void {
    const marks = this.consider(fn);
    marks[op] = (marks[op] ?? 0) | Mark.Run;
  }

  has(fn: Fn, op: number, bit: number): boolean {
    return ((this.marks[fn.id]?.[op] ?? 0) & bit) !== 0;
  }

  consider(fn: Fn): Uint8Array {
    return (this.marks[fn.id] ??= new Uint8Array(fn.count));
  }

  /** A test hands over made-up data: what the tested code does with it is no leak. */
  concerns(fn: Fn, user: At): boolean {
    return !user.fn.unit.test || fn.unit.test;
  }

  index(unit: Unit): UnitIndex {
    return (this.indices[unit.index] ??= indexOf(this.engine.program, unit));
  }

  consumersIn(fn: Fn): Consumers {
    return (this.consumers[fn.id] ??= consumersOf(fn));
  }
}
