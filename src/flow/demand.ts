// What has to be computed at all: a slice of the program backwards from its sinks, over calls, variables, fields and thrown
// values, before any value is followed. It ignores order and conditions, so it holds more than any flow needs; what is left
// out cannot reach a sink. Weiser 1984 over the call graph, driven by demand as in Horwitz, Reps and Sagiv 1995.
import { Op, PropertyKind, VAR_WIDTH, VarField, VarFlag, VarKind } from '#model/facts';
import { CellIndex } from './cell-index.ts';
import { smallInteger } from './constant-texts.ts';
import { ProgramIndex } from './demand-index.ts';
import type { Engine } from './engine.ts';
import { Load } from './load.ts';
import { type Consumers, consumersOf, operandsOf, rootOf, THIS_ROOT } from './operands.ts';
import { isMutator, placesOf } from './changes.ts';
import { ELEMENT } from './value.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
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
  /** It names a member of a value that goes to a sink: evidence of what the value is. */
  Witness: 32,
  /** All that it reads goes to a sink, a cell or a callback, not only what its value is made of. */
  Whole: 64,
  /** Its value is called. */
  Callee: 128,
} as const;

/** What a value is wanted for; each need holds those before it. */
const Need = {
  /** To be called for what that does; what it gives back is of no interest. */
  Call: 1,
  /** As data, or to be called for what it gives back. */
  Value: 2,
  /** As data that goes to a sink, a cell or a callback. */
  Effect: 3,
} as const;
type NeedCode = (typeof Need)[keyof typeof Need];

const lesser = (a: NeedCode, b: NeedCode): NeedCode => (a < b ? a : b);

/** Stands for `this` among the parameters of a function. */
const SELF = -1;

export class Demand {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private readonly marks: (Uint8Array | undefined)[] = [];
  private readonly returned = new Set<number>();
  private readonly throwing = new Set<number>();
  /** By function: parameters that are asked for, with what for. */
  private readonly asked: (Map<number, NeedCode> | undefined)[] = [];
  /** By function: members of parameters that are asked for alone. */
  private readonly askedMembers: ({ readonly index: number; readonly member: string; readonly need: NeedCode }[] | undefined)[] = [];
  /** Parameters, by function, whose holder is asked for what the function puts into them. */
  private readonly filled = new Set<number>();
  /** Members that are read, with what for; functions in objects that wait for somebody to read theirs. */
  private readonly names = new Map<string, NeedCode>(UNSPOKEN);
  private readonly waiting = new Map<string, (At & { readonly need: NeedCode })[]>();
  /** By function and register: what it holds that has to be called. */
  private readonly carried: (Map<number, Load[]> | undefined)[] = [];
  private readonly withArguments: Load;
  private readonly alone: Load;
  /** Closures that have to be called for what they do with what is around them. */
  private readonly called = new Set<number>();
  /** By unit and variable. */
  private readonly variables: (Uint8Array | undefined)[] = [];
  private readonly fields = new Map<string, NeedCode>();
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
    ({ withArguments: this.withArguments, alone: this.alone } = Load.roots());
    for (const { fn, op } of survey.sinks) {
      if (within?.has(fn.id) === false) continue;
      if (op < 0) this.returns(fn, true);
      else this.run(fn, op, true);
    }
    // Printing calls it without saying so.
    if (engine.types.printers.size > 0) for (const fn of engine.program.fns) if (isPrinter(fn)) this.held(fn, Need.Value);
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

  /** It is evaluated for what it does; of a call, the result is not asked for. */
  private run(fn: Fn, op: number, effect: boolean): void {
    const code = opcode(fn, op);
    this.mark(fn, op, Mark.Run | (effect ? Mark.Effect | Mark.Whole : 0) | (code === Op.Call || code === Op.New ? 0 : Mark.Value));
  }

  private value(fn: Fn, r: number, need: NeedCode): void {
    // Markup has no value that anything reads.
    if (opcode(fn, r) === Op.Jsx) return;
    this.mark(fn, r, Mark.Run | (need === Need.Call ? Mark.Callee : need === Need.Value ? Mark.Value : Mark.Value | Mark.Effect));
  }

  private mark(fn: Fn, op: number, bits: number): void {
    const marks = this.consider(fn);
    const had = marks[op] ?? 0;
    if ((had & bits) === bits && had & Mark.Asked) return;
    marks[op] = had | bits | Mark.Asked;
    this.work.push({ fn, op });
  }

  /** It is evaluated with what else is asked for. */
  private evaluated(fn: Fn, op: number): void {
    const marks = this.consider(fn);
    marks[op] = (marks[op] ?? 0) | Mark.Run;
  }

  private has(fn: Fn, op: number, bit: number): boolean {
    return ((this.marks[fn.id]?.[op] ?? 0) & bit) !== 0;
  }

  private consider(fn: Fn): Uint8Array {
    return (this.marks[fn.id] ??= new Uint8Array(fn.count));
  }

  /* ---------- one operation ---------- */

  private ask(fn: Fn, op: number): void {
    const bits = this.marks[fn.id]?.[op] ?? 0;
    const need = (bits & Mark.Effect) !== 0 ? Need.Effect : (bits & Mark.Value) !== 0 ? Need.Value : Need.Call;
    const code = opcode(fn, op);
    if (code === Op.Call || code === Op.New) this.call(fn, op, bits);
    else {
      const read = operandsOf(fn, op, this.read);
      for (let i = 0; i < read; i++) {
        const r = this.read[i] ?? 0;
        if (code === Op.Object ? !this.isFunction(fn, r) : !this.isMemberOfParameter(fn, op)) this.value(fn, r, need);
      }
      if (code === Op.Object) this.methods(fn, op, need);
    }
    switch (code) {
      case Op.GetVar: this.variableOf(fn, op, need); break;
      case Op.This: case Op.Super: this.parameter(this.engine.program.thisOwner(fn), SELF, need, fn); break;
      case Op.Arguments: for (let i = 0; i < MAX_ARGUMENTS; i++) this.parameter(fn, i, need, fn); break;
      case Op.Load:
        if (this.isMemberOfParameter(fn, op)) this.memberOfParameter(fn, op, need);
        this.readByName(text(fn.unit, operand(fn, op, 2)), need);
        this.member(fn, op, need);
        this.state(fn, op);
        break;
      case Op.Elem: {
        const key = this.engine.types.constantText(fn, operand(fn, op, 2));
        if (key !== undefined) this.readByName(key, need);
        this.state(fn, op);
        break;
      }
      case Op.Store:
        for (const f of this.program.targets(fn, op)) this.fills(f, SELF);
        this.written(this.cells.readBy(fn, op, true), { fn, op });
        break;
      case Op.Closure: this.held(this.engine.program.fnOf(fn.unit, operand(fn, op, 1)), need); break;
      case Op.Caught: if (need !== Need.Call) this.caught(fn, op, need === Need.Effect); break;
      default: break;
    }
    if (bits & Mark.Value) this.witness(fn, op);
  }

  /** A function that is a value may be called by whoever gets it; what it makes of captured variables goes where it goes. */
  private held(fn: Fn, need: NeedCode): void {
    if (need !== Need.Call) this.returns(fn, need === Need.Effect && fn.facts.captures.length > 0);
    fn.facts.params.forEach((_, i) => {
      if (this.program.changes(fn, i)) this.fills(fn, i);
      // `(resolve) => resolve(x)`: what it hands to a function that it is given may be what comes of it.
      if (need !== Need.Call && this.program.isCalled(fn, i)) this.give(fn, i, this.withArguments);
    });
  }

  private isFunction(fn: Fn, r: number): boolean {
    return opcode(fn, r) === Op.Closure || this.program.named(fn, r).length > 0;
  }

  /** Functions in an object count where a member of their name is read; those of a table, which are read by any key, at once. */
  private methods(fn: Fn, object: number, need: NeedCode): void {
    const items = list(fn.unit, operand(fn, object, 2));
    let functions = 0;
    for (let i = 2; i < items.length; i += 3) if (this.isFunction(fn, items[i] ?? -1)) functions++;
    const isTable = functions > 1 && functions * 3 === items.length;
    for (let i = 0; i < items.length && functions > 0; i += 3) {
      const r = items[i + 2] ?? -1;
      if (!this.isFunction(fn, r)) continue;
      if (isTable || items[i] !== PropertyKind.Plain) {
        this.value(fn, r, need);
        continue;
      }
      const key = text(fn.unit, items[i + 1] ?? -1);
      const waiting = this.waiting.get(key);
      if (waiting) waiting.push({ fn, op: r, need });
      else this.waiting.set(key, [{ fn, op: r, need }]);
      const read = this.names.get(key);
      if (read !== undefined) this.value(fn, r, lesser(read, need));
    }
  }

  private readByName(key: string, need: NeedCode): void {
    if ((this.names.get(key) ?? 0) >= need) return;
    this.names.set(key, need);
    for (const at of this.waiting.get(key) ?? []) this.value(at.fn, at.op, lesser(need, at.need));
  }

  private call(fn: Fn, op: number, bits: number): void {
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const targets = this.program.targets(fn, op);
    for (const f of targets) {
      if (value) this.returns(f, false);
      if (value && opcode(fn, op) === Op.New) this.fills(f, SELF);
      if (value && f.facts.async && this.keepsPromise(fn, op)) this.throwsOf(f, effect);
      for (const [index, need] of this.asked[f.id] ?? NOTHING_ASKED) this.argument(fn, op, index, effect && need === Need.Value ? Need.Effect : need);
      for (const { index, member, need } of this.askedMembers[f.id] ?? NO_MEMBERS) this.argumentMember(fn, op, index, member, effect && need === Need.Value ? Need.Effect : need);
    }
    const callee = operand(fn, op, 1);
    const whole = (bits & Mark.Whole) !== 0;
    if (targets.length > 0 && !this.engine.declaredOnly(targets)) {
      // What a closure captured comes with it; what a method is called on is asked for by the method.
      if (targets.some((f) => f.facts.captures.length > 0) || !this.program.isPlainName(fn, callee)) this.value(fn, callee, !value ? Need.Call : effect ? Need.Effect : Need.Value);
      if (whole || this.program.takesList(fn, op)) this.all(fn, op, effect ? Need.Effect : Need.Value);
    } else this.outside(fn, op, bits);
    this.written(this.cells.readBy(fn, op, value), { fn, op });
    this.setters({ fn, op });
    const key = this.program.endpointOf(fn, op);
    if (value && key !== undefined && !this.endpoints.has(key)) {
      this.endpoints.add(key);
      for (const at of this.program.callsOfEndpoint(key)) if (at.fn !== fn || at.op !== op) this.witnessElsewhere(at);
    }
  }

  /** A call that leads out of the project, or nobody knows where. */
  private outside(fn: Fn, op: number, bits: number): void {
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const whole = (bits & Mark.Whole) !== 0;
    const callee = operand(fn, op, 1);
    const asValue = (index: number): NeedCode => (effect && (whole || this.program.passes(fn, op, index)) ? Need.Effect : Need.Value);
    // A service of the module, such as its logger or client, holds no data of anybody.
    if (value || !this.program.isService(fn, callee)) this.value(fn, callee, value || this.survey.matches(fn, op) ? asValue(SELF) : Need.Call);
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const r = argument(fn, op, i);
      // What a callback gives back counts where the call gives it on.
      const isCallback = r >= 0 && this.isFunction(fn, r);
      this.argument(fn, op, i, isCallback && !whole && !(value && this.program.givesOn(fn, op, i)) && !(effect && this.program.passes(fn, op, i)) ? Need.Call : asValue(i));
      if (value && r >= 0) this.options(fn, r, asValue(i));
    }
  }

  /** Functions among the options of a call. */
  private options(fn: Fn, r: number, need: NeedCode, depth = 0): void {
    const made = opcode(fn, r) === Op.GetVar && varField(fn.unit, operand(fn, r, 1), VarField.Owner) === fn.local ? varField(fn.unit, operand(fn, r, 1), VarField.Init) : r;
    if (made < 0 || opcode(fn, made) !== Op.Object) return;
    const items = list(fn.unit, operand(fn, made, 2));
    for (let i = 2; i < items.length; i += 3) {
      const item = items[i] ?? -1;
      if (this.isFunction(fn, item)) this.value(fn, item, need);
      else if (depth < MAX_OPTIONS && item >= 0) this.options(fn, item, need, depth + 1);
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

  private all(fn: Fn, op: number, need: NeedCode): void {
    for (let i = SELF, n = argumentCount(fn, op); i < n; i++) this.argument(fn, op, i, need);
  }

  /** What a call passes for a parameter. */
  private argument(fn: Fn, op: number, index: number, need: NeedCode): void {
    if (index === SELF) {
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) === Op.Load || opcode(fn, callee) === Op.Elem) this.value(fn, operand(fn, callee, 1), need);
      else if (opcode(fn, callee) === Op.Super) this.value(fn, callee, need);
      return;
    }
    if (index >= argumentCount(fn, op)) return;
    const r = argument(fn, op, index);
    this.value(fn, r < 0 ? ~r : r, need);
  }

  /** A parameter is asked for in `by`, the function or a closure in it: so is what those calls pass that are evaluated. */
  private parameter(fn: Fn, index: number, need: NeedCode, by: Fn): void {
    if (need === Need.Effect && by !== fn) this.calledWithin(by, fn);
    const asked = (this.asked[fn.id] ??= new Map());
    if ((asked.get(index) ?? 0) >= need) return;
    asked.set(index, need);
    this.pending.push(() => this.reachArguments(fn, index, need));
  }

  private isMemberOfParameter(fn: Fn, op: number): boolean {
    if (opcode(fn, op) !== Op.Load) return false;
    const object = operand(fn, op, 1);
    if (opcode(fn, object) !== Op.GetVar) return false;
    const v = operand(fn, object, 1);
    return varField(fn.unit, v, VarField.Kind) === VarKind.Param && (varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) === 0;
  }

  /** One member of a parameter is asked for: of an object that a call or an element writes out, the others are not. */
  private memberOfParameter(fn: Fn, op: number, need: NeedCode): void {
    const { unit } = fn;
    const object = operand(fn, op, 1);
    const v = operand(fn, object, 1);
    const owner = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = owner.facts.params.findIndex((p) => p.v === v);
    const member = text(unit, operand(fn, op, 2));
    this.evaluated(fn, object);
    if (need === Need.Effect && owner !== fn) this.calledWithin(fn, owner);
    this.changesOfVariable(unit, v, need);
    this.witness(fn, object);
    if ((this.asked[owner.id]?.get(index) ?? 0) >= need) return;
    const asked = (this.askedMembers[owner.id] ??= []);
    if (asked.some((a) => a.index === index && a.member === member && a.need >= need)) return;
    asked.push({ index, member, need });
    this.pending.push(() => this.reachArguments(owner, index, need, member));
  }

  private argumentMember(fn: Fn, op: number, index: number, member: string, need: NeedCode): void {
    const r = index < 0 || index >= argumentCount(fn, op) ? -1 : argument(fn, op, index);
    if (r < 0 || opcode(fn, r) !== Op.Object) this.argument(fn, op, index, need);
    else this.objectMember(fn, r, member, need);
  }

  private objectMember(fn: Fn, object: number, member: string, need: NeedCode): void {
    this.evaluated(fn, object);
    const items = list(fn.unit, operand(fn, object, 2));
    for (let i = 0; i < items.length; i += 3) if (items[i] !== PropertyKind.Plain || text(fn.unit, items[i + 1] ?? -1) === member) this.value(fn, items[i + 2] ?? -1, need);
  }

  private reachArguments(fn: Fn, index: number, need: NeedCode, member?: string): void {
    const last = fn.facts.params[index]?.rest ? MAX_ARGUMENTS : index;
    const effect = need === Need.Effect;
    for (const at of this.survey.calls[fn.id] ?? []) {
      const code = opcode(at.fn, at.op);
      const bits = this.marks[at.fn.id]?.[at.op] ?? 0;
      if (effect ? !this.concerns(fn, at) : (bits & Mark.Asked) === 0) continue;
      if (code !== Op.Call && code !== Op.New) {
        if (!effect) continue;
        const properties = code === Op.Jsx && member !== undefined ? operand(at.fn, at.op, 3) : -1;
        if (member !== undefined && properties >= 0 && opcode(at.fn, properties) === Op.Object) {
          this.evaluated(at.fn, at.op);
          this.objectMember(at.fn, properties, member, need);
        } else this.run(at.fn, at.op, true);
        continue;
      }
      if (effect) this.run(at.fn, at.op, false);
      const wanted = need === Need.Value && (bits & Mark.Effect) !== 0 ? Need.Effect : need;
      if (member !== undefined && last === index) this.argumentMember(at.fn, at.op, index, member, wanted);
      else for (let i = index; i <= last; i++) this.argument(at.fn, at.op, i, wanted);
    }
    if (!effect) return;
    for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op, this.withArguments);
    for (const at of this.cells.readByMethod(fn)) this.run(at.fn, at.op, true);
  }

  /** Somebody asks for what a parameter (or `this`) holds when the function has run: what the function puts into it counts. */
  private fills(fn: Fn, index: number): void {
    const key = fn.id * FILLED_WIDTH + index + 1;
    if (this.filled.has(key)) return;
    this.filled.add(key);
    this.consider(fn);
    if (index === SELF) {
      // `constructor(private readonly users: Users)` keeps what it is given.
      fn.facts.params.forEach((p, i) => { if (p.property) this.parameter(fn, i, Need.Value, fn); });
      for (const at of this.program.changesOfSelf(fn)) this.filledAt(fn, at.fn, at.op, THIS_ROOT);
      return;
    }
    const v = fn.facts.params[index]?.v;
    if (v === undefined) return;
    const places = this.index(fn.unit);
    places.changes.each(v, (at, op) => this.filledAt(fn, at, op, v));
    places.aliases.each(v, (alias, set) => places.changes.each(operand(alias, set, 1), (at, op) => this.filledAt(fn, at, op, operand(alias, set, 1))));
  }

  private filledAt(owner: Fn, fn: Fn, op: number, root: number): void {
    if (opcode(fn, op) === Op.Call && !this.program.mayChange(fn, op, root)) return;
    this.run(fn, op, false);
    if (fn !== owner) this.calledWithin(fn, owner);
    this.changed(fn, op, root);
  }

  /** A call that changes what a variable (or `this`) holds: so do its targets. */
  private changed(fn: Fn, op: number, root: number): void {
    for (const f of this.program.targets(fn, op)) for (const index of placesOf(fn, op, root)) if (this.program.changes(f, index)) this.fills(f, index);
  }

  /* ---------- results ---------- */

  private returns(fn: Fn, effect: boolean): void {
    const key = fn.id * 2 + (effect ? 1 : 0);
    if (this.returned.has(key) || (!effect && this.returned.has(key + 1))) return;
    this.returned.add(key);
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
    for (const op of this.program.throwers(fn)) this.throwsAt(fn, op, effect);
  }

  /* ---------- variables and fields ---------- */

  private variableOf(fn: Fn, op: number, need: NeedCode): void {
    const { unit } = fn;
    const v = operand(fn, op, 1);
    const { program } = this.engine;
    for (const f of this.program.named(fn, op)) this.held(f, need === Need.Effect ? Need.Value : need);
    if (varField(unit, v, VarField.Kind) === VarKind.Import) {
      const symbol = this.engine.types.symbols.variable(unit, v);
      if (symbol?.kind === 'variable') this.variable(symbol.unit, symbol.v, need);
      else if (symbol?.kind === 'register' && opcode(program.fnOf(symbol.unit, 0), symbol.r) === Op.Load) this.value(program.fnOf(symbol.unit, 0), symbol.r, need);
      return;
    }
    const owner = varField(unit, v, VarField.Owner);
    // Read by a closure that has an effect: the closure has to be called for it.
    if (need === Need.Effect && owner !== fn.local && owner !== 0) this.calledWithin(fn, program.fnOf(unit, owner));
    this.variable(unit, v, need);
  }

  /** A closure that uses what an outer function holds, and the closures between the two, have to be called in it. */
  private calledWithin(fn: Fn, owner: Fn): void {
    for (let f: Fn | undefined = fn; f && f !== owner; f = this.engine.program.parent(f)) this.calls(f);
  }

  private variable(unit: Unit, v: number, need: NeedCode): void {
    if (varField(unit, v, VarField.Kind) === VarKind.Param) {
      const owner = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
      this.parameter(owner, owner.facts.params.findIndex((p) => p.v === v), need, owner);
    }
    this.changesOfVariable(unit, v, need);
  }

  private changesOfVariable(unit: Unit, v: number, need: NeedCode): void {
    const asked = (this.variables[unit.index] ??= new Uint8Array(unit.vars.length / VAR_WIDTH));
    const had = asked[v] ?? 0;
    if (had >= need) return;
    asked[v] = need;
    const owner = this.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = this.index(unit);
    // What outlives every call has an effect; what belongs to one call has it where that one is asked for.
    const needAt = (fn: Fn): NeedCode => (need === Need.Value && fn !== owner && owner.local === 0 ? Need.Effect : need);
    const reached = (fn: Fn): void => { if (fn !== owner && owner.local !== 0) this.calledWithin(fn, owner); };
    index.writes.each(v, (fn, op) => {
      const wanted = needAt(fn);
      if (wanted === Need.Call) this.value(fn, op, Need.Call);
      else this.run(fn, op, wanted === Need.Effect);
      reached(fn);
    });
    const changedAt = (fn: Fn, op: number): void => {
      this.run(fn, op, needAt(fn) === Need.Effect);
      reached(fn);
    };
    index.changes.each(v, (fn, op) => {
      if (opcode(fn, op) === Op.Call && !this.program.mayChange(fn, op, v)) return;
      changedAt(fn, op);
      this.changed(fn, op, v);
    });
    // `const { email } = req.body; log(req.body)`: what is read of it elsewhere says what it is.
    if (had < Need.Value && need >= Need.Value && this.program.readsData(owner)) index.reads.each(v, (fn, op) => { if (fn === owner && this.program.leadsToData(fn, op)) this.witnessRead(fn, op); });
    index.aliases.each(v, (alias, set) => index.changes.each(operand(alias, set, 1), (fn, op) => { if (opcode(fn, op) !== Op.Call) changedAt(fn, op); }));
  }

  private member(fn: Fn, op: number, need: NeedCode): void {
    const object = operand(fn, op, 1);
    const key = text(fn.unit, operand(fn, op, 2));
    const { types } = this.engine;
    for (const f of this.program.named(fn, op)) this.held(f, need === Need.Effect ? Need.Value : need);
    for (const f of this.program.targets(fn, op)) this.returns(f, false);
    for (const type of alternatives(types.ofRegister(fn, object))) {
      if (type.k === 'module') {
        const symbol = types.symbols.exported(type.unit, key);
        if (symbol?.kind === 'variable') this.variable(symbol.unit, symbol.v, need);
      } else if (type.k === 'instance' || type.k === 'class') {
        for (let c = type.cls, hops = 0; hops < 8; hops++) {
          this.field(`${c.id}.${key}`, need);
          const base = types.baseOf(c);
          if (!base) break;
          c = base;
        }
        for (const c of types.below(type.cls)) this.field(`${c.id}.${key}`, need);
      } else if (type.k === 'unknown') this.field(`.${key}`, need);
    }
  }

  /** A field outlives every call. */
  private field(key: string, need: NeedCode): void {
    const wanted = need === Need.Value ? Need.Effect : need;
    if ((this.fields.get(key) ?? 0) >= wanted) return;
    this.fields.set(key, wanted);
    for (const { fn, op } of this.program.storesOf(key)) {
      if (op >= 0) this.run(fn, op, wanted === Need.Effect);
      else {
        this.consider(fn);
        fn.facts.params.forEach((p, i) => { if (p.property && key.endsWith(`.${p.n}`)) this.parameter(fn, i, wanted, fn); });
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
    for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op, this.alone);
    this.written(this.cells.readByMethod(fn));
  }

  /** A test hands over made-up data: what the tested code does with it is no leak. */
  private concerns(fn: Fn, user: At): boolean {
    return !user.fn.unit.test || fn.unit.test;
  }

  /** Follows a function that has to be called to where it is called, handed over or kept. */
  private carry(fn: Fn, r: number, load: Load | undefined): void {
    if (!load) return;
    const carried = (this.carried[fn.id] ??= new Map());
    const known = carried.get(r);
    if (known === undefined) carried.set(r, [load]);
    else if (known.includes(load) || known.length >= MAX_LOADS) return;
    else known.push(load);
    this.evaluated(fn, r);
    this.pending.push(() => {
      const { start, ops } = this.consumersIn(fn);
      for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) this.carryInto(fn, r, ops[i] ?? 0, load);
    });
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
      else if (place.callback?.kind === 'param') for (const at of this.cells.readsOfParameter(fn, op, place, this.index(fn.unit))) this.carry(at.fn, at.op, this.withArguments);
    }
  }

  /** A setter that a call yields as a member of its result: who calls it writes the cell that the call reads. */
  private carryMember(fn: Fn, r: number, member: string): void {
    if (member === '') {
      this.carry(fn, r, this.withArguments);
      return;
    }
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[r] ?? 0; i < (start[r + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      const code = opcode(fn, op);
      if (code === Op.SetVar) this.index(fn.unit).reads.each(operand(fn, op, 1), (at, read) => this.carryMember(at, read, member));
      else if (memberName(fn, op) === member) this.carry(fn, op, this.withArguments);
    }
  }

  private carryInto(fn: Fn, r: number, op: number, load: Load): void {
    switch (opcode(fn, op)) {
      case Op.SetVar: {
        this.evaluated(fn, op);
        this.carryReads(fn.unit, operand(fn, op, 1), load);
        break;
      }
      case Op.Call: case Op.New: this.carryIntoCall(fn, r, op, load); break;
      case Op.Jsx: {
        if (operand(fn, op, 1) === r) break;
        const targets = this.program.targets(fn, op);
        this.usedIn(fn, r);
        // A handler of markup, or of a component out of the project, is called with nothing that is in sight.
        this.evaluated(fn, op);
        for (const f of targets) this.give(f, 0, load);
        this.carryIntoCells(fn, op, load);
        break;
      }
      case Op.Return: case Op.Yield: {
        this.evaluated(fn, op);
        for (const at of this.survey.calls[fn.id] ?? []) if (opcode(at.fn, at.op) === Op.Call && this.concerns(fn, at)) this.carry(at.fn, at.op, load);
        // `create((set) => ({ save }))`: a library calls the function and hands out what it returns.
        if ((this.survey.calls[fn.id] ?? []).length === 0) for (const at of this.survey.mentions[fn.id] ?? []) if (this.concerns(fn, at)) this.carry(at.fn, at.op, load);
        break;
      }
      case Op.Store: case Op.StoreElem: {
        if (operand(fn, op, 3) !== r) break;
        if (this.survey.matches(fn, op)) this.run(fn, op, true);
        else this.evaluated(fn, op);
        this.usedIn(fn, r);
        this.keep(fn, operand(fn, op, 1), load.below(opcode(fn, op) === Op.Store ? text(fn.unit, operand(fn, op, 2)) : ELEMENT));
        break;
      }
      case Op.Object: {
        const items = list(fn.unit, operand(fn, op, 2));
        for (let i = 0; i < items.length; i += 3) {
          if (items[i + 2] !== r) continue;
          this.carry(fn, op, items[i] === PropertyKind.Spread ? load : load.below(items[i] === PropertyKind.Computed ? ELEMENT : text(fn.unit, items[i + 1] ?? -1)));
        }
        break;
      }
      case Op.Array: this.carry(fn, op, load.below(ELEMENT)); break;
      case Op.Load: {
        const key = text(fn.unit, operand(fn, op, 2));
        if (load.isFunction) {
          if (isReflective(key)) this.carry(fn, op, load);
          break;
        }
        const inner = load.member(key);
        if (inner) this.carry(fn, op, inner);
        else this.carryThroughMethod(fn, op, load);
        break;
      }
      case Op.Elem: case Op.Iterate: if (operand(fn, op, 1) === r) this.carry(fn, op, load.inside()); break;
      case Op.Join: case Op.Cast: case Op.Await: case Op.Rest: case Op.RestArray: this.carry(fn, op, load); break;
      default: break;
    }
  }

  private carryIntoCall(fn: Fn, r: number, op: number, load: Load): void {
    const targets = this.program.targets(fn, op);
    const isCallee = operand(fn, op, 1) === r;
    // A call of it is known as one.
    if (isCallee && targets.length > 0) return;
    this.usedIn(fn, r);
    // `useStore((state) => state.save)`: a store that is called gives what it holds, or a part of that.
    if (isCallee && !load.isFunction) {
      this.evaluated(fn, op);
      this.carry(fn, op, load);
      this.carry(fn, op, load.root());
      return;
    }
    this.carryIntoCells(fn, op, load);
    if (targets.length === 0) {
      // Called by what it is given to, it gets what the catalogue says; called here, whatever stands here.
      if (!load.takes) this.evaluated(fn, op);
      else if (isCallee) this.run(fn, op, true);
      else if (this.program.callsBack(fn, op)) this.mark(fn, op, Mark.Run | Mark.Effect);
      else {
        this.evaluated(fn, op);
        // `pending.catch(f)`
        this.argument(fn, op, SELF, Need.Effect);
      }
      // `useCallback(f)`, `f.bind(x)`: the result may be the function again.
      this.carry(fn, op, load);
      const callee = operand(fn, op, 1);
      if (!isCallee && opcode(fn, callee) === Op.Load && isMutator(text(fn.unit, operand(fn, callee, 2)))) this.keep(fn, operand(fn, callee, 1), load.below(ELEMENT));
      return;
    }
    this.run(fn, op, false);
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const given = argument(fn, op, i);
      if (given === r) for (const f of targets) this.give(f, i, load);
      else if (given === ~r) for (const f of targets) this.give(f, EVERY, load.inside());
    }
  }

  /** What writes a cell with a function: who reads the cell gets it, whole or the part that the cell keeps. */
  private carryIntoCells(fn: Fn, op: number, load: Load): void {
    for (const at of this.cells.readersOf(fn, op)) {
      this.carry(at.fn, at.op, load);
      this.carry(at.fn, at.op, load.inside());
      this.carry(at.fn, at.op, load.root());
    }
  }

  /** `handlers.forEach((handle) => handle(order))`, `handlers.get(key)`: a method of what holds the function. */
  private carryThroughMethod(fn: Fn, callee: number, load: Load): void {
    const { start, ops } = this.consumersIn(fn);
    for (let i = start[callee] ?? 0; i < (start[callee + 1] ?? 0); i++) {
      const op = ops[i] ?? 0;
      if (opcode(fn, op) !== Op.Call || operand(fn, op, 1) !== callee || this.program.targets(fn, op).length > 0) continue;
      this.usedIn(fn, callee);
      this.evaluated(fn, callee);
      this.evaluated(fn, op);
      for (let at = 0, n = argumentCount(fn, op); at < n; at++) {
        const given = argument(fn, op, at);
        if (given < 0) continue;
        this.value(fn, given, Need.Call);
        for (const f of opcode(fn, given) === Op.Closure ? [this.engine.program.fnOf(fn.unit, operand(fn, given, 1))] : this.program.named(fn, given)) this.give(f, EVERY, load.inside());
      }
      this.carry(fn, op, load);
      this.carry(fn, op, load.inside());
    }
  }

  /** A function is put below what a register holds. */
  private keep(fn: Fn, r: number, load: Load | undefined): void {
    const root = rootOf(fn, r);
    if (root < 0) return;
    let whole = load;
    for (let at = r; opcode(fn, at) !== Op.GetVar; at = operand(fn, at, 1)) {
      if (opcode(fn, at) === Op.Load) whole = whole?.below(text(fn.unit, operand(fn, at, 2)));
      else if (opcode(fn, at) === Op.Elem) whole = whole?.below(ELEMENT);
      else if (opcode(fn, at) === Op.Call) return;
    }
    this.carryReads(fn.unit, root, whole);
  }

  private carryReads(unit: Unit, v: number, load: Load | undefined): void {
    if (load) this.index(unit).reads.each(v, (at, read) => this.carry(at, read, load));
  }

  /** A function gets, for one of its parameters, what holds a function that has to be called. */
  private give(fn: Fn, index: number, load: Load | undefined): void {
    if (!load) return;
    const { params } = fn.facts;
    params.forEach((p, i) => {
      if (i === index || index === EVERY) this.carryReads(fn.unit, p.v, p.rest ? load.below(ELEMENT) : load);
      else if (p.rest && i < index) this.carryReads(fn.unit, p.v, load.below(ELEMENT));
    });
    if (index >= params.length && params.at(-1)?.rest !== true) for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Arguments) this.carry(fn, op, load.below(ELEMENT));
  }

  /** What carries a function is used here: a closure that has it from a function around it has to be called in that one. */
  private usedIn(fn: Fn, r: number): void {
    const root = rootOf(fn, r);
    const owner = root >= 0 ? varField(fn.unit, root, VarField.Owner) : 0;
    if (owner !== 0 && owner !== fn.local) this.calledWithin(fn, this.engine.program.fnOf(fn.unit, owner));
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
    if (this.program.leadsToData(fn, op)) this.value(fn, op, Need.Value);
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

const NO_MEMBERS: readonly never[] = [];
const NOTHING_ASKED: ReadonlyMap<number, NeedCode> = new Map();
/** Members that are read without being named. */
const UNSPOKEN = [['toJSON', Need.Value], ['toString', Need.Value], ['valueOf', Need.Value], ['then', Need.Value]] as const;
/** Objects in objects among the options of a call. */
const MAX_OPTIONS = 2;
/** Ways in which a register is told to hold functions. */
const MAX_LOADS = 24;
/** Stands for any parameter: a list is spread over them. */
const EVERY = 62;

const isReflective = (method: string): boolean => method === 'call' || method === 'apply' || method === 'bind';

/** Parameters of a function in a key. */
const FILLED_WIDTH = 64;
/** Arguments behind the declared ones that are told apart. */
const MAX_ARGUMENTS = 12;
