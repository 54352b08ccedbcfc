// What has to be computed at all: a slice of the program backwards from its sinks, over calls, variables, fields and thrown
// values, before any value is followed. It ignores order and conditions, so it holds more than any flow needs; what is left
// out cannot reach a sink. Weiser 1984 over the call graph, driven by demand as in Horwitz, Reps and Sagiv 1995.
import { Op, VarField, VarKind } from '#model/facts';
import { ProgramIndex } from './demand-index.ts';
import type { Engine } from './engine.ts';
import { type Consumers, consumersOf, operandsOf, rootOf } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { opcode, operand, text, varField } from './program.ts';
import { isRoute } from './responses.ts';
import { alternatives } from './static-type.ts';
import type { At, Survey } from './survey.ts';
import { indexOf, type UnitIndex } from './unit-index.ts';

/** What is known of an operation. */
const Mark = {
  /** It is evaluated. */
  Run: 1,
  /** Its operands have been asked for. */
  Asked: 2,
  /** Its value is used. */
  Value: 4,
  /** Its value goes to a sink, a cell or a callback: callers who pass what it is made of matter. */
  Effect: 8,
  /** It carries a function that has an effect. */
  Carries: 16,
  /** It names a member of a value that goes to a sink: evidence of what the value is. */
  Witness: 32,
} as const;

export class Demand {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private readonly marks: (Uint8Array | undefined)[] = [];
  private readonly returned = new Set<number>();
  private readonly throwing = new Set<number>();
  private readonly effects = new Set<number>();
  private readonly variables = new Map<string, boolean>();
  private readonly fields = new Set<string>();
  private readonly endpoints = new Set<string>();
  private readonly indices: (UnitIndex | undefined)[] = [];
  private readonly consumers: (Consumers | undefined)[] = [];
  private readonly pending: (() => void)[] = [];
  private readonly work: At[] = [];
  /** Operands of the operation at hand. */
  private readonly read: number[] = [];
  private readonly program: ProgramIndex;

  /** With `within`, only sinks in those functions count. */
  constructor(engine: Engine, survey: Survey, within?: ReadonlySet<number>) {
    this.engine = engine;
    this.survey = survey;
    this.program = new ProgramIndex(engine, survey);
    for (const { fn, op } of survey.sinks) {
      if (within?.has(fn.id) === false) continue;
      if (op < 0) this.returns(fn, true);
      else this.run(fn, op, true);
    }
    // Printing calls it without saying so.
    if (engine.types.stringers) for (const fn of engine.program.fns) if (fn.facts.kind === 'method' && fn.facts.n === 'toString') this.held(fn);
    this.drain();
  }

  /** Operations of a function that are evaluated (any set bit); undefined when the function need not be looked at. */
  marksOf(fn: Fn): Uint8Array | undefined {
    return this.marks[fn.id];
  }

  private drain(): void {
    for (;;) {
      const next = this.work.pop();
      if (next) this.ask(next.fn, next.op);
      else {
        const later = this.pending.pop();
        if (!later) return;
        later();
      }
    }
  }

  /* ---------- marking ---------- */

  private run(fn: Fn, op: number, effect: boolean): void {
    this.mark(fn, op, Mark.Run | (effect ? Mark.Effect : 0));
  }

  private value(fn: Fn, r: number, effect: boolean): void {
    // Markup has no value that anything reads.
    if (opcode(fn, r) === Op.Jsx) return;
    this.mark(fn, r, Mark.Run | Mark.Value | (effect ? Mark.Effect : 0));
  }

  private mark(fn: Fn, op: number, bits: number): void {
    const marks = this.consider(fn);
    const had = marks[op] ?? 0;
    if ((had & bits) === bits && had & Mark.Asked) return;
    marks[op] = had | bits | Mark.Asked;
    this.work.push({ fn, op });
  }

  private has(fn: Fn, op: number, bit: number): boolean {
    return ((this.marks[fn.id]?.[op] ?? 0) & bit) !== 0;
  }

  /** A function that is evaluated: what it does to its parameters and to `this`, and what it calls of them, counts. */
  private consider(fn: Fn): Uint8Array {
    const known = this.marks[fn.id];
    if (known) return known;
    const marks = new Uint8Array(fn.count);
    this.marks[fn.id] = marks;
    this.pending.push(() => this.seed(fn));
    return marks;
  }

  private seed(fn: Fn): void {
    // Who passes something that matters there is run for that reason; the others are not.
    for (const op of this.program.outward(fn)) this.run(fn, op, false);
    for (const at of this.program.callsFromWithin(fn)) {
      this.run(at.fn, at.op, false);
      this.effectful(at.fn);
    }
    if (isRoute(fn)) this.returns(fn, true);
  }

  /* ---------- one operation ---------- */

  private ask(fn: Fn, op: number): void {
    const bits = this.marks[fn.id]?.[op] ?? 0;
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const read = operandsOf(fn, op, this.read);
    for (let i = 0; i < read; i++) this.value(fn, this.read[i] ?? 0, effect);
    switch (opcode(fn, op)) {
      case Op.GetVar: this.variableOf(fn, op, effect); break;
      case Op.This: case Op.Super: case Op.Arguments: if (effect) this.effectfulUpTo(fn, ownerOfThis(this.engine, fn)); break;
      case Op.Load: this.member(fn, op, effect); break;
      case Op.Store: for (const f of this.program.targets(fn, op)) this.consider(f); break;
      case Op.Call: case Op.New: this.call(fn, op, value, effect); break;
      case Op.Jsx: for (const f of this.program.targets(fn, op)) this.consider(f); break;
      case Op.Closure: this.held(this.engine.program.fnOf(fn.unit, operand(fn, op, 1))); break;
      case Op.Caught: this.caught(fn, op, effect); break;
      default: break;
    }
    if (value) this.witness(fn, op);
  }

  /** A function that is a value may be called by whoever gets it. */
  private held(fn: Fn): void {
    this.consider(fn);
    this.returns(fn, false);
  }

  private call(fn: Fn, op: number, value: boolean, effect: boolean): void {
    for (const f of this.program.targets(fn, op)) {
      this.consider(f);
      if (value) this.returns(f, false);
      if (value && f.facts.async) this.throwsOf(f, effect);
    }
    const key = this.program.endpointOf(fn, op);
    if (value && key !== undefined && !this.endpoints.has(key)) {
      this.endpoints.add(key);
      for (const at of this.program.callsOfEndpoint(key)) if (at.fn !== fn || at.op !== op) this.witnessElsewhere(at);
    }
  }

  /* ---------- results ---------- */

  private returns(fn: Fn, effect: boolean): void {
    const key = fn.id * 2 + (effect ? 1 : 0);
    if (this.returned.has(key) || (!effect && this.returned.has(key + 1))) return;
    this.returned.add(key);
    this.consider(fn);
    for (const op of this.program.exits(fn)) this.run(fn, op, effect);
    for (const at of this.survey.calls[fn.id] ?? []) if (!this.has(at.fn, at.op, Mark.Value)) this.witnessElsewhere(at);
  }

  private caught(fn: Fn, op: number, effect: boolean): void {
    for (const inner of this.program.triedAround(fn, op)) this.throwsAt(fn, inner, effect);
  }

  private throwsAt(fn: Fn, op: number, effect: boolean): void {
    if (opcode(fn, op) === Op.Throw) {
      this.run(fn, op, effect);
      return;
    }
    for (const f of this.program.targets(fn, op)) {
      if (!this.program.mayThrow(f)) continue;
      this.run(fn, op, effect);
      this.throwsOf(f, effect);
    }
  }

  private throwsOf(fn: Fn, effect: boolean): void {
    if (this.throwing.has(fn.id) || !this.program.mayThrow(fn)) return;
    this.throwing.add(fn.id);
    this.consider(fn);
    for (const op of this.program.throwers(fn)) this.throwsAt(fn, op, effect);
  }

  /* ---------- variables and fields ---------- */

  private variableOf(fn: Fn, op: number, effect: boolean): void {
    const { unit } = fn;
    const v = operand(fn, op, 1);
    const { program } = this.engine;
    for (const f of this.program.named(fn, op)) this.held(f);
    if (varField(unit, v, VarField.Kind) === VarKind.Import) {
      const symbol = this.engine.types.symbols.variable(unit, v);
      if (symbol?.kind === 'variable') this.variable(symbol.unit, symbol.v, effect);
      return;
    }
    const owner = varField(unit, v, VarField.Owner);
    // Read by a closure that has an effect: the closure has to be called for it.
    if (effect && owner !== fn.local && owner !== 0) this.effectfulUpTo(fn, program.fnOf(unit, owner));
    this.variable(unit, v, effect);
  }

  /** A closure that uses what an outer function holds, and the closures between the two. */
  private effectfulUpTo(fn: Fn, owner: Fn): void {
    for (let f: Fn | undefined = fn; f && f !== owner; f = this.engine.program.parent(f)) this.effectful(f);
    if (fn === owner) this.effectful(owner);
  }

  private variable(unit: Unit, v: number, effect: boolean): void {
    const key = `${unit.index}:${v}`;
    const had = this.variables.get(key);
    if (had !== undefined && (had || !effect)) return;
    this.variables.set(key, effect);
    const owner = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = this.index(unit);
    if (effect && varField(unit, v, VarField.Kind) === VarKind.Param) this.effectful(owner);
    const at = (place: At): void => {
      this.run(place.fn, place.op, effect || place.fn !== owner);
      // A closure that writes what is around it has to be called for it.
      if (place.fn !== owner && owner.local !== 0) this.effectful(place.fn);
    };
    for (const place of index.writes.get(v) ?? []) at(place);
    for (const place of index.changes.get(v) ?? []) if (opcode(place.fn, place.op) !== Op.Call || this.program.mayChange(place.fn, place.op)) at(place);
    // `const { email } = req.body; log(req.body)`: what is read of it elsewhere says what it is.
    for (const place of index.reads.get(v) ?? []) if (place.fn === owner && this.program.readsData(owner) && this.leadsToData(owner, place.op, 0, new Set())) this.witnessRead(place);
    for (const other of index.aliases.get(v) ?? []) {
      for (const place of index.changes.get(other) ?? []) if (opcode(place.fn, place.op) !== Op.Call) at(place);
    }
  }

  private member(fn: Fn, op: number, effect: boolean): void {
    const object = operand(fn, op, 1);
    const key = text(fn.unit, operand(fn, op, 2));
    const { types } = this.engine;
    for (const f of this.program.targets(fn, op)) {
      this.consider(f);
      this.returns(f, false);
    }
    for (const type of alternatives(types.ofRegister(fn, object))) {
      if (type.k === 'module') {
        const symbol = types.symbols.exported(type.unit, key);
        if (symbol?.kind === 'variable') this.variable(symbol.unit, symbol.v, effect);
      } else if (type.k === 'instance' || type.k === 'class') {
        for (let c = type.cls, hops = 0; hops < 8; hops++) {
          this.field(`${c.id}.${key}`);
          const base = types.baseOf(c);
          if (!base) break;
          c = base;
        }
        for (const c of types.below(type.cls)) this.field(`${c.id}.${key}`);
      } else if (type.k === 'unknown') this.field(`.${key}`);
    }
  }

  private field(key: string): void {
    if (this.fields.has(key)) return;
    this.fields.add(key);
    for (const { fn, op } of this.program.storesOf(key)) {
      if (op >= 0) this.run(fn, op, true);
      else {
        this.consider(fn);
        this.effectful(fn);
      }
    }
  }

  private index(unit: Unit): UnitIndex {
    return (this.indices[unit.index] ??= indexOf(this.engine, unit));
  }

  /* ---------- effects ---------- */

  /** Callers matter: the function does something with what it is given. */
  private effectful(fn: Fn): void {
    if (this.effects.has(fn.id)) return;
    this.effects.add(fn.id);
    this.pending.push(() => this.reachCallers(fn));
  }

  private reachCallers(fn: Fn): void {
    for (const at of this.survey.calls[fn.id] ?? []) if (this.concerns(fn, at)) this.run(at.fn, at.op, true);
    for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op);
  }

  /** A test hands over made-up data: what the tested code does with it is no leak. */
  private concerns(fn: Fn, user: At): boolean {
    return !user.fn.unit.test || fn.unit.test;
  }

  /** Follows a function that has an effect to where it is called, handed over or kept. */
  private carry(fn: Fn, r: number): void {
    const marks = this.consider(fn);
    if ((marks[r] ?? 0) & Mark.Carries) return;
    marks[r] = (marks[r] ?? 0) | Mark.Carries | Mark.Run;
    this.value(fn, r, false);
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) this.carryInto(fn, r, ops[i] ?? 0);
  }

  private carryInto(fn: Fn, r: number, op: number): void {
    switch (opcode(fn, op)) {
      case Op.SetVar: {
        this.run(fn, op, false);
        const v = operand(fn, op, 1);
        for (const at of this.index(fn.unit).reads.get(v) ?? []) this.carry(at.fn, at.op);
        break;
      }
      case Op.Call: case Op.New: {
        this.run(fn, op, true);
        // `useCallback(f)`, `f.bind(x)`: the result may be the function again.
        if (this.program.targets(fn, op).length === 0 || operand(fn, op, 1) === r) this.carry(fn, op);
        break;
      }
      case Op.Jsx: this.run(fn, op, true); break;
      case Op.Return: case Op.Yield: {
        this.run(fn, op, false);
        this.returns(fn, false);
        for (const at of this.survey.calls[fn.id] ?? []) if (opcode(at.fn, at.op) === Op.Call && this.concerns(fn, at)) this.carry(at.fn, at.op);
        break;
      }
      case Op.Store: case Op.StoreElem: {
        this.run(fn, op, true);
        const root = rootOf(fn, operand(fn, op, 1));
        if (root >= 0) for (const at of this.index(fn.unit).reads.get(root) ?? []) this.carry(at.fn, at.op);
        break;
      }
      case Op.Load: case Op.Elem: case Op.Object: case Op.Array: case Op.Join: case Op.Cast: case Op.Await: case Op.Iterate:
        this.carry(fn, op);
        break;
      default: break;
    }
  }

  private consumersIn(fn: Fn): Consumers {
    return (this.consumers[fn.id] ??= consumersOf(fn));
  }

  /* ---------- evidence ---------- */

  /** Members that are read of a value say what it is, also where what is read goes nowhere. */
  private witness(fn: Fn, r: number): void {
    if (!this.program.readsData(fn)) return;
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) this.witnessInto(fn, ops[i] ?? 0);
  }

  private witnessInto(fn: Fn, op: number): void {
    const code = opcode(fn, op);
    if (code !== Op.Load && code !== Op.Elem && code !== Op.Await && code !== Op.Cast && code !== Op.Iterate && code !== Op.Rest && code !== Op.SetVar) return;
    const marks = this.consider(fn);
    if ((marks[op] ?? 0) & Mark.Witness) return;
    marks[op] = (marks[op] ?? 0) | Mark.Witness | Mark.Run;
    if (code !== Op.SetVar) {
      this.witness(fn, op);
      return;
    }
    for (const at of this.index(fn.unit).reads.get(operand(fn, op, 1)) ?? []) if (at.fn === fn) this.witnessRead(at);
  }

  private witnessRead({ fn, op }: At): void {
    const marks = this.consider(fn);
    marks[op] = (marks[op] ?? 0) | Mark.Run;
    this.witness(fn, op);
  }

  /** The same value comes back from another call: what is read of it there counts too. */
  private witnessElsewhere({ fn, op }: At): void {
    if (opcode(fn, op) !== Op.Call || !this.program.readsData(fn) || fn.unit.test) return;
    if (this.leadsToData(fn, op, 0, new Set())) this.value(fn, op, false);
  }

  private leadsToData(fn: Fn, r: number, depth: number, seen: Set<number>): boolean {
    if (depth > 12 || seen.has(r)) return false;
    seen.add(r);
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      switch (opcode(fn, op)) {
        case Op.Load:
          if (this.engine.nameHint(text(fn.unit, operand(fn, op, 2))) !== undefined || this.leadsToData(fn, op, depth + 1, seen)) return true;
          break;
        case Op.Elem: case Op.Await: case Op.Cast: case Op.Iterate: case Op.Rest:
          if (this.leadsToData(fn, op, depth + 1, seen)) return true;
          break;
        case Op.SetVar:
          for (const at of this.index(fn.unit).reads.get(operand(fn, op, 1)) ?? []) if (at.fn === fn && this.leadsToData(fn, at.op, depth + 1, seen)) return true;
          break;
        default: break;
      }
    }
    return false;
  }
}

function ownerOfThis(engine: Engine, fn: Fn): Fn {
  let f = fn;
  while (f.facts.kind === 'arrow') {
    const parent = engine.program.parent(f);
    if (!parent) break;
    f = parent;
  }
  return f;
}
