// What has to be computed at all: a slice of the program backwards from its sinks, over calls, variables, fields and thrown
// values, before any value is followed. It ignores order and conditions, so it holds more than any flow needs; what is left
// out cannot reach a sink. Weiser 1984 over the call graph, driven by demand as in Horwitz, Reps and Sagiv 1995.
import { Op, VAR_WIDTH, VarField, VarKind } from '#model/facts';
import { CellIndex } from './cell-index.ts';
import { smallInteger } from './constant-texts.ts';
import { ProgramIndex } from './demand-index.ts';
import type { Engine } from './engine.ts';
import { type Consumers, consumersOf, operandsOf, rootOf } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, opcode, operand, text, varField } from './program.ts';
import { isRoute } from './responses.ts';
import { alternatives } from './static-type.ts';
import type { At, Survey } from './survey.ts';
import { isPrinter } from './types.ts';
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
  /** All that it reads goes to a sink, a cell or a callback, not only what its value is made of. */
  Whole: 64,
} as const;

/** Stands for `this` among the parameters of a function. */
const SELF = -1;

export class Demand {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private readonly marks: (Uint8Array | undefined)[] = [];
  private readonly returned = new Set<number>();
  private readonly throwing = new Set<number>();
  /** By function: parameters that are asked for, `this` first, each with whether callers matter for it. */
  private readonly asked: (Map<number, boolean> | undefined)[] = [];
  /** Closures that have to be called for what they do with what is around them. */
  private readonly called = new Set<number>();
  /** By unit and variable. */
  private readonly variables: (Uint8Array | undefined)[] = [];
  private readonly fields = new Set<string>();
  private readonly endpoints = new Set<string>();
  private readonly indices: (UnitIndex | undefined)[] = [];
  private readonly consumers: (Consumers | undefined)[] = [];
  private readonly pending: (() => void)[] = [];
  private readonly work: At[] = [];
  /** Operands of the operation at hand. */
  private readonly read: number[] = [];
  private readonly program: ProgramIndex;
  private readonly cells: CellIndex;

  /** With `within`, only sinks in those functions count. */
  constructor(engine: Engine, survey: Survey, within?: ReadonlySet<number>) {
    this.engine = engine;
    this.survey = survey;
    this.program = new ProgramIndex(engine, survey);
    this.cells = new CellIndex(engine, survey);
    for (const { fn, op } of survey.sinks) {
      if (within?.has(fn.id) === false) continue;
      if (op < 0) this.returns(fn, true);
      else this.run(fn, op, true);
    }
    // Printing calls it without saying so.
    if (engine.types.printers.size > 0) for (const fn of engine.program.fns) if (isPrinter(fn)) this.held(fn);
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
    this.mark(fn, op, Mark.Run | (effect ? Mark.Effect | Mark.Whole : 0));
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
    // `constructor(private readonly users: Users)` keeps what it is given.
    fn.facts.params.forEach((p, i) => { if (p.property) this.parameter(fn, i, false, fn); });
    for (const at of this.program.callsFromWithin(fn)) {
      this.run(at.fn, at.op, false);
      this.calls(at.fn);
    }
    if (isRoute(fn)) this.returns(fn, true);
  }

  /* ---------- one operation ---------- */

  private ask(fn: Fn, op: number): void {
    const bits = this.marks[fn.id]?.[op] ?? 0;
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const code = opcode(fn, op);
    if (code === Op.Call || code === Op.New) this.call(fn, op, bits);
    else {
      const read = operandsOf(fn, op, this.read);
      for (let i = 0; i < read; i++) this.value(fn, this.read[i] ?? 0, effect);
    }
    switch (code) {
      case Op.GetVar: this.variableOf(fn, op, effect); break;
      case Op.This: case Op.Super: this.parameter(this.engine.program.thisOwner(fn), SELF, effect, fn); break;
      case Op.Arguments: for (let i = 0; i < MAX_ARGUMENTS; i++) this.parameter(fn, i, effect, fn); break;
      case Op.Load:
        this.member(fn, op, effect);
        this.state(fn, op);
        break;
      case Op.Elem: this.state(fn, op); break;
      case Op.Store:
        for (const f of this.program.targets(fn, op)) this.consider(f);
        this.written(this.cells.readBy(fn, op, true), { fn, op });
        break;
      case Op.Jsx: for (const f of this.program.targets(fn, op)) this.consider(f); break;
      case Op.Closure: this.held(this.engine.program.fnOf(fn.unit, operand(fn, op, 1)), effect); break;
      case Op.Caught: this.caught(fn, op, effect); break;
      default: break;
    }
    if (value) this.witness(fn, op);
  }

  /** A function that is a value may be called by whoever gets it; what it makes of captured variables goes where it goes. */
  private held(fn: Fn, effect = false): void {
    this.consider(fn);
    this.returns(fn, effect && fn.facts.captures.length > 0);
  }

  private call(fn: Fn, op: number, bits: number): void {
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const targets = this.program.targets(fn, op);
    for (const f of targets) {
      this.consider(f);
      if (value) this.returns(f, false);
      if (value && f.facts.async && this.keepsPromise(fn, op)) this.throwsOf(f, effect);
      for (const [index, strong] of this.asked[f.id] ?? NOTHING_ASKED) this.argument(fn, op, index, effect || strong);
    }
    const callee = operand(fn, op, 1);
    const whole = (bits & Mark.Whole) !== 0;
    if (targets.length > 0 && !this.engine.declaredOnly(targets)) {
      // What a closure captured comes with it; what a method is called on is asked for by the method.
      if (opcode(fn, callee) !== Op.Load || targets.some((f) => f.facts.captures.length > 0)) this.value(fn, callee, effect);
      if (whole || this.program.takesList(fn, op)) this.all(fn, op, effect);
    } else {
      this.value(fn, callee, effect && (whole || this.program.passes(fn, op, SELF)));
      for (let i = 0, n = argumentCount(fn, op); i < n; i++) this.argument(fn, op, i, effect && (whole || this.program.passes(fn, op, i)));
    }
    this.written(this.cells.readBy(fn, op, value), { fn, op });
    this.setters({ fn, op });
    const key = this.program.endpointOf(fn, op);
    if (value && key !== undefined && !this.endpoints.has(key)) {
      this.endpoints.add(key);
      for (const at of this.program.callsOfEndpoint(key)) if (at.fn !== fn || at.op !== op) this.witnessElsewhere(at);
    }
  }

  /** The promise itself is used, by `catch` for one, not only what it is fulfilled with. */
  private keepsPromise(fn: Fn, op: number): boolean {
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[op] ?? 0; i < (start[op + 1] ?? 0); i++) {
      const code = opcode(fn, ops[i] ?? 0);
      if (code !== Op.Await && code !== Op.Return) return true;
    }
    return false;
  }

  private all(fn: Fn, op: number, effect: boolean): void {
    for (let i = SELF, n = argumentCount(fn, op); i < n; i++) this.argument(fn, op, i, effect);
  }

  /** What a call passes for a parameter. */
  private argument(fn: Fn, op: number, index: number, effect: boolean): void {
    if (index === SELF) {
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) === Op.Load || opcode(fn, callee) === Op.Elem) this.value(fn, operand(fn, callee, 1), effect);
      else if (opcode(fn, callee) === Op.Super) this.value(fn, callee, effect);
      return;
    }
    if (index >= argumentCount(fn, op)) return;
    const r = argument(fn, op, index);
    this.value(fn, r < 0 ? ~r : r, effect);
  }

  /** A parameter is asked for in `by`, the function or a closure in it: so is what those calls pass that are evaluated. */
  private parameter(fn: Fn, index: number, effect: boolean, by: Fn): void {
    if (effect && by !== fn) this.calledWithin(by, fn);
    const asked = (this.asked[fn.id] ??= new Map());
    const had = asked.get(index);
    if (had !== undefined && (had || !effect)) return;
    asked.set(index, effect);
    this.pending.push(() => this.reachArguments(fn, index, effect));
  }

  private reachArguments(fn: Fn, index: number, effect: boolean): void {
    const last = fn.facts.params[index]?.rest ? MAX_ARGUMENTS : index;
    for (const at of this.survey.calls[fn.id] ?? []) {
      const code = opcode(at.fn, at.op);
      const bits = this.marks[at.fn.id]?.[at.op] ?? 0;
      if (effect ? !this.concerns(fn, at) : (bits & Mark.Asked) === 0) continue;
      if (code !== Op.Call && code !== Op.New) {
        if (effect) this.run(at.fn, at.op, true);
        continue;
      }
      if (effect) this.run(at.fn, at.op, false);
      for (let i = index; i <= last; i++) this.argument(at.fn, at.op, i, effect || (bits & Mark.Effect) !== 0);
    }
    if (!effect) return;
    for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op);
    for (const at of this.cells.readByMethod(fn)) this.run(at.fn, at.op, true);
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
      else if (symbol?.kind === 'register' && opcode(program.fnOf(symbol.unit, 0), symbol.r) === Op.Load) this.value(program.fnOf(symbol.unit, 0), symbol.r, effect);
      return;
    }
    const owner = varField(unit, v, VarField.Owner);
    // Read by a closure that has an effect: the closure has to be called for it.
    if (effect && owner !== fn.local && owner !== 0) this.calledWithin(fn, program.fnOf(unit, owner));
    this.variable(unit, v, effect);
  }

  /** A closure that uses what an outer function holds, and the closures between the two, have to be called in it. */
  private calledWithin(fn: Fn, owner: Fn): void {
    for (let f: Fn | undefined = fn; f && f !== owner; f = this.engine.program.parent(f)) this.calls(f);
  }

  private variable(unit: Unit, v: number, effect: boolean): void {
    const asked = (this.variables[unit.index] ??= new Uint8Array(unit.vars.length / VAR_WIDTH));
    const had = asked[v] ?? 0;
    if (had === ASKED_FOR_EFFECT || (had !== 0 && !effect)) return;
    asked[v] = effect ? ASKED_FOR_EFFECT : ASKED;
    const owner = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = this.index(unit);
    if (varField(unit, v, VarField.Kind) === VarKind.Param) this.parameter(owner, owner.facts.params.findIndex((p) => p.v === v), effect, owner);
    const at = (fn: Fn, op: number): void => {
      // What outlives every call has an effect; what belongs to one call has it where that one is asked for.
      this.run(fn, op, effect || (fn !== owner && owner.local === 0));
      if (fn !== owner && owner.local !== 0) this.calledWithin(fn, owner);
    };
    index.writes.each(v, at);
    index.changes.each(v, (fn, op) => { if (opcode(fn, op) !== Op.Call || this.program.mayChange(fn, op, v)) at(fn, op); });
    // `const { email } = req.body; log(req.body)`: what is read of it elsewhere says what it is.
    if (had === 0 && this.program.readsData(owner)) index.reads.each(v, (fn, op) => { if (fn === owner && this.program.leadsToData(fn, op)) this.witnessRead(fn, op); });
    index.aliases.each(v, (alias, set) => index.changes.each(operand(alias, set, 1), (fn, op) => { if (opcode(fn, op) !== Op.Call) at(fn, op); }));
  }

  private member(fn: Fn, op: number, effect: boolean): void {
    const object = operand(fn, op, 1);
    const key = text(fn.unit, operand(fn, op, 2));
    const { types } = this.engine;
    for (const f of this.program.named(fn, op)) this.held(f);
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
        fn.facts.params.forEach((p, i) => { if (p.property && key.endsWith(`.${p.n}`)) this.parameter(fn, i, true, fn); });
      }
    }
  }

  private index(unit: Unit): UnitIndex {
    return (this.indices[unit.index] ??= indexOf(this.engine.program, unit));
  }

  /* ---------- effects ---------- */

  /** A closure does something with what is around it: it has to be called for that. */
  private calls(fn: Fn): void {
    if (this.called.has(fn.id)) return;
    this.called.add(fn.id);
    this.pending.push(() => this.reachCallers(fn));
  }

  private reachCallers(fn: Fn): void {
    for (const at of this.survey.calls[fn.id] ?? []) if (this.concerns(fn, at)) this.run(at.fn, at.op, false);
    for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op);
    this.written(this.cells.readByMethod(fn));
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

  /** A member of a request that another function has put there. */
  private state(fn: Fn, op: number): void {
    const { stores, results } = this.cells.stateReadBy(fn, op);
    for (const at of stores) this.run(at.fn, at.op, true);
    for (const f of results) this.returns(f, true);
  }

  /** What writes a cell that is read. */
  private written(writers: readonly At[], reader?: At): void {
    for (const at of writers) {
      // What a call puts in itself is asked for with it.
      if (at.op === reader?.op && at.fn === reader.fn) continue;
      this.run(at.fn, at.op, true);
      this.setters(at);
    }
  }

  /** Who calls the setters that a call yields, or hands to a function of its own, writes the cell that it reads. */
  private setters({ fn, op }: At): void {
    for (const place of this.cells.settersOf(fn, op)) {
      if (place.base === 'return') this.carryMember(fn, op, place.path[0] ?? '');
      else if (place.callback?.kind === 'param') for (const at of this.cells.readsOfParameter(fn, op, place, this.index(fn.unit))) this.carry(at.fn, at.op);
    }
  }

  /** A setter that a call yields as a member of its result: who calls it writes the cell that the call reads. */
  private carryMember(fn: Fn, r: number, member: string): void {
    if (member === '') {
      this.carry(fn, r);
      return;
    }
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      const code = opcode(fn, op);
      if (code === Op.SetVar) this.index(fn.unit).reads.each(operand(fn, op, 1), (at, read) => this.carryMember(at, read, member));
      else if (memberName(fn, op) === member) this.carry(fn, op);
    }
  }

  private carryInto(fn: Fn, r: number, op: number): void {
    switch (opcode(fn, op)) {
      case Op.SetVar: {
        this.run(fn, op, false);
        const v = operand(fn, op, 1);
        this.index(fn.unit).reads.each(v, (at, read) => this.carry(at, read));
        break;
      }
      case Op.Call: case Op.New: {
        // A call of it is known as one.
        if (operand(fn, op, 1) === r && this.program.targets(fn, op).length > 0) break;
        this.run(fn, op, true);
        for (const at of this.cells.readersOf(fn, op)) this.carry(at.fn, at.op);
        // `useCallback(f)`, `f.bind(x)`: the result may be the function again.
        if (this.program.targets(fn, op).length === 0 || operand(fn, op, 1) === r) this.carry(fn, op);
        break;
      }
      case Op.Jsx:
        // A handler of markup is called with an event; one of a component with whatever that was given.
        if (operand(fn, op, 1) !== r || this.program.targets(fn, op).length === 0) this.run(fn, op, operand(fn, op, 1) >= 0);
        for (const at of this.cells.readersOf(fn, op)) this.carry(at.fn, at.op);
        break;
      case Op.Return: case Op.Yield: {
        this.run(fn, op, false);
        this.returns(fn, false);
        for (const at of this.survey.calls[fn.id] ?? []) if (opcode(at.fn, at.op) === Op.Call && this.concerns(fn, at)) this.carry(at.fn, at.op);
        // `create((set) => ({ save }))`: a library calls the function and hands out what it returns.
        if ((this.survey.calls[fn.id] ?? []).length === 0) for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op);
        break;
      }
      case Op.Store: case Op.StoreElem: {
        this.run(fn, op, true);
        const root = rootOf(fn, operand(fn, op, 1));
        if (root >= 0) this.index(fn.unit).reads.each(root, (at, read) => this.carry(at, read));
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
    this.index(fn.unit).reads.each(operand(fn, op, 1), (at, read) => { if (at === fn) this.witnessRead(at, read); });
  }

  private witnessRead(fn: Fn, op: number): void {
    const marks = this.consider(fn);
    marks[op] = (marks[op] ?? 0) | Mark.Run;
    this.witness(fn, op);
  }

  /** The same value comes back from another call: what is read of it there counts too. */
  private witnessElsewhere({ fn, op }: At): void {
    if (opcode(fn, op) !== Op.Call || !this.program.readsData(fn) || fn.unit.test) return;
    if (this.program.leadsToData(fn, op)) this.value(fn, op, false);
  }
}

/** The constant member that a Load or Elem reads. */
function memberName(fn: Fn, op: number): string | undefined {
  switch (opcode(fn, op)) {
    case Op.Load: return text(fn.unit, operand(fn, op, 2));
    case Op.Elem: return smallInteger(fn, operand(fn, op, 2))?.toString();
    default: return undefined;
  }
}

const ASKED = 1;
const ASKED_FOR_EFFECT = 2;
const NOTHING_ASKED: ReadonlyMap<number, boolean> = new Map();
/** Arguments behind the declared ones that are told apart. */
const MAX_ARGUMENTS = 12;
