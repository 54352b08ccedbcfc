// Reads that go nowhere and still count: members that are read of a value say what the value is.
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand } from './program.ts';
import { Mark, Need, type Slice } from './slice.ts';
import type { At } from './survey.ts';

export class Evidence {
  private readonly slice: Slice;

  constructor(slice: Slice) {
    this.slice = slice;
  }

  /** Members that are read of a value say what it is, also where what is read goes nowhere. */
  witness(fn: Fn, r: number): void {
    if (!this.slice.program.readsData(fn)) return;
    const { start, ops } = this.slice.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) this.witnessInto(fn, ops[i] ?? 0);
  }

  private witnessInto(fn: Fn, op: number): void {
    const code = opcode(fn, op);
    if (code !== Op.Load && code !== Op.Elem && code !== Op.Await && code !== Op.Cast && code !== Op.Iterate && code !== Op.Rest && code !== Op.SetVar) return;
    const marks = this.slice.consider(fn);
    if ((marks[op] ?? 0) & Mark.Witness) return;
    marks[op] = (marks[op] ?? 0) | Mark.Witness | Mark.Run;
    if (code !== Op.SetVar) {
      this.witness(fn, op);
      return;
    }
    this.slice.index(fn.unit).reads.each(operand(fn, op, 1), (at, read) => { if (at === fn) this.witnessRead(at, read); });
  }

  witnessRead(fn: Fn, op: number): void {
    const marks = this.slice.consider(fn);
    marks[op] = (marks[op] ?? 0) | Mark.Run;
    this.witness(fn, op);
  }

  /** The same value comes back from another call: what is read of it there counts too. */
  witnessElsewhere({ fn, op }: At): void {
    if (opcode(fn, op) !== Op.Call || !this.slice.program.readsData(fn) || fn.unit.test) return;
    if (this.slice.program.leadsToData(fn, op)) this.slice.value(fn, op, Need.Value);
  }
}
