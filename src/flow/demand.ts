// What has to be computed at all: a slice of the program backwards from its sinks, over calls, variables, fields and thrown
// values, before any value is followed. It ignores order and conditions, so it holds more than any flow needs; what is left
// out cannot reach a sink. Weiser 1984 over the call graph, driven by demand as in Horwitz, Reps and Sagiv 1995.
import { Op, PropertyKind, VAR_WIDTH, VarField, VarFlag, VarKind } from '#model/facts';
import { Carrier, type Holder } from './carrier.ts';
import { placesOf, SELF } from './changes.ts';
import type { Engine } from './engine.ts';
import { Evidence } from './evidence.ts';
import { operandsOf, THIS_ROOT } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import { lesser, Mark, Need, type NeedCode, Slice } from './slice.ts';
import { alternatives } from './static-type.ts';
import type { At, Survey } from './survey.ts';
import { isPrinter } from './types.ts';

export class Demand implements Holder {
  private readonly slice: Slice;
  private readonly carrier: Carrier;
  private readonly evidence: Evidence;
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
  /** Closures that have to be called for what they do with what is around them. */
  private readonly called = new Set<number>();
  /** By unit and variable. */
  private readonly variables: (Uint8Array | undefined)[] = [];
  private readonly fields = new Map<string, NeedCode>();
  private readonly endpoints = new Set<string>();
  /** Operands of the operation at hand. */
  private readonly read: number[] = [];

  /** With `within`, only sinks in those functions count. */
  constructor(engine: Engine, survey: Survey, within?: ReadonlySet<number>) {
    this.slice = new Slice(engine, survey);
    this.carrier = new Carrier(this.slice, this);
    this.evidence = new Evidence(this.slice);
    for (const { fn, op } of survey.sinks) {
      if (within?.has(fn.id) === false) continue;
      if (op < 0) this.returns(fn, true);
      else this.slice.run(fn, op, true);
    }
    // Printing calls it without saying so.
    if (engine.types.printers.size > 0) for (const fn of engine.program.fns) if (isPrinter(fn)) this.held(fn, Need.Value);
    this.slice.drain((fn, op) => this.ask(fn, op));
  }

  /** Operations of a function that are evaluated (any set bit); undefined when the function need not be looked at. */
  marksOf(fn: Fn): Uint8Array | undefined {
    return this.slice.marksOf(fn);
  }

  /* ---------- one operation ---------- */

  private ask(fn: Fn, op: number): void {
    const bits = this.slice.marksOf(fn)?.[op] ?? 0;
    const need = (bits & Mark.Effect) !== 0 ? Need.Effect : (bits & Mark.Value) !== 0 ? Need.Value : Need.Call;
    const code = opcode(fn, op);
    if (code === Op.Call || code === Op.New) this.call(fn, op, bits);
    else {
      const read = operandsOf(fn, op, this.read);
      for (let i = 0; i < read; i++) {
        const r = this.read[i] ?? 0;
        if (code === Op.Object ? !this.isFunction(fn, r) : !this.isMemberOfParameter(fn, op)) this.slice.value(fn, r, need);
      }
      if (code === Op.Object) this.methods(fn, op, need);
    }
    switch (code) {
      case Op.GetVar: this.variableOf(fn, op, need); break;
      case Op.This: case Op.Super: this.parameter(this.slice.engine.program.thisOwner(fn), SELF, need, fn); break;
      case Op.Arguments: for (let i = 0; i < MAX_ARGUMENTS; i++) this.parameter(fn, i, need, fn); break;
      case Op.Load:
        if (this.isMemberOfParameter(fn, op)) this.memberOfParameter(fn, op, need);
        this.readByName(text(fn.unit, operand(fn, op, 2)), need);
        this.member(fn, op, need);
        this.state(fn, op);
        break;
      case Op.Elem: {
        const key = this.slice.engine.types.constantText(fn, operand(fn, op, 2));
        if (key !== undefined) this.readByName(key, need);
        this.state(fn, op);
        break;
      }
      case Op.Store:
        for (const f of this.slice.program.targets(fn, op)) this.fills(f, SELF);
        this.written(this.slice.cells.readBy(fn, op, true), { fn, op });
        break;
      case Op.Closure: this.held(this.slice.engine.program.fnOf(fn.unit, operand(fn, op, 1)), need); break;
      case Op.Caught: if (need !== Need.Call) this.caught(fn, op, need === Need.Effect); break;
      default: break;
    }
    if (bits & Mark.Value) this.evidence.witness(fn, op);
  }

  /** A function that is a value may be called by whoever gets it; what it makes of captured variables goes where it goes. */
  private held(fn: Fn, need: NeedCode): void {
    if (need !== Need.Call) this.returns(fn, need === Need.Effect && fn.facts.captures.length > 0);
    fn.facts.params.forEach((_, i) => {
      if (this.slice.program.changes(fn, i)) this.fills(fn, i);
      // `(resolve) => resolve(x)`: what it hands to a function that it is given may be what comes of it.
      if (need !== Need.Call && this.slice.program.isCalled(fn, i)) this.carrier.give(fn, i, this.carrier.withArguments);
    });
  }

  private isFunction(fn: Fn, r: number): boolean {
    return opcode(fn, r) === Op.Closure || this.slice.program.named(fn, r).length > 0;
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
        this.slice.value(fn, r, need);
        continue;
      }
      const key = text(fn.unit, items[i + 1] ?? -1);
      const waiting = this.waiting.get(key);
      if (waiting) waiting.push({ fn, op: r, need });
      else this.waiting.set(key, [{ fn, op: r, need }]);
      const read = this.names.get(key);
      if (read !== undefined) this.slice.value(fn, r, lesser(read, need));
    }
  }

  private readByName(key: string, need: NeedCode): void {
    if ((this.names.get(key) ?? 0) >= need) return;
    this.names.set(key, need);
    for (const at of this.waiting.get(key) ?? []) this.slice.value(at.fn, at.op, lesser(need, at.need));
  }

  private call(fn: Fn, op: number, bits: number): void {
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const targets = this.slice.program.targets(fn, op);
    for (const f of targets) {
      if (value) this.returns(f, false);
      if (value && opcode(fn, op) === Op.New) this.fills(f, SELF);
      if (value && f.facts.async && this.keepsPromise(fn, op)) this.throwsOf(f, effect);
      for (const [index, need] of this.asked[f.id] ?? NOTHING_ASKED) this.argument(fn, op, index, effect && need === Need.Value ? Need.Effect : need);
      for (const { index, member, need } of this.askedMembers[f.id] ?? NO_MEMBERS) this.argumentMember(fn, op, index, member, effect && need === Need.Value ? Need.Effect : need);
    }
    const callee = operand(fn, op, 1);
    const whole = (bits & Mark.Whole) !== 0;
    if (targets.length > 0 && !this.slice.engine.declaredOnly(targets)) {
      // What a closure captured comes with it; what a method is called on is asked for by the method.
      if (targets.some((f) => f.facts.captures.length > 0) || !this.slice.program.isPlainName(fn, callee)) this.slice.value(fn, callee, !value ? Need.Call : effect ? Need.Effect : Need.Value);
      if (whole || this.slice.program.takesList(fn, op)) this.all(fn, op, effect ? Need.Effect : Need.Value);
    } else this.outside(fn, op, bits);
    this.written(this.slice.cells.readBy(fn, op, value), { fn, op });
    this.carrier.setters({ fn, op });
    const key = this.slice.program.endpointOf(fn, op);
    if (value && key !== undefined && !this.endpoints.has(key)) {
      this.endpoints.add(key);
      for (const at of this.slice.program.callsOfEndpoint(key)) if (at.fn !== fn || at.op !== op) this.evidence.witnessElsewhere(at);
    }
  }

  /** A call that leads out of the project, or nobody knows where. */
  private outside(fn: Fn, op: number, bits: number): void {
    const effect = (bits & Mark.Effect) !== 0;
    const value = (bits & Mark.Value) !== 0;
    const whole = (bits & Mark.Whole) !== 0;
    const callee = operand(fn, op, 1);
    const asValue = (index: number): NeedCode => (effect && (whole || this.slice.program.passes(fn, op, index)) ? Need.Effect : Need.Value);
    // A service of the module, such as its logger or client, holds no data of anybody.
    if (value || !this.slice.program.isService(fn, callee)) this.slice.value(fn, callee, value || this.slice.survey.matches(fn, op) ? asValue(SELF) : Need.Call);
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const r = argument(fn, op, i);
      // What a callback gives back counts where the call gives it on.
      const isCallback = r >= 0 && this.isFunction(fn, r);
      this.argument(fn, op, i, isCallback && !whole && !(value && this.slice.program.givesOn(fn, op, i)) && !(effect && this.slice.program.passes(fn, op, i)) ? Need.Call : asValue(i));
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
      if (this.isFunction(fn, item)) this.slice.value(fn, item, need);
      else if (depth < MAX_OPTIONS && item >= 0) this.options(fn, item, need, depth + 1);
    }
  }

  /** The promise itself is used, by `catch` for one, not only what it is fulfilled with. */
  private keepsPromise(fn: Fn, op: number): boolean {
    const { start, ops } = this.slice.consumersIn(fn);
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
  argument(fn: Fn, op: number, index: number, need: NeedCode): void {
    if (index === SELF) {
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) === Op.Load || opcode(fn, callee) === Op.Elem) this.slice.value(fn, operand(fn, callee, 1), need);
      else if (opcode(fn, callee) === Op.Super) this.slice.value(fn, callee, need);
      return;
    }
    if (index >= argumentCount(fn, op)) return;
    const r = argument(fn, op, index);
    this.slice.value(fn, r < 0 ? ~r : r, need);
  }

  /** A parameter is asked for in `by`, the function or a closure in it: so is what those calls pass that are evaluated. */
  private parameter(fn: Fn, index: number, need: NeedCode, by: Fn): void {
    if (need === Need.Effect && by !== fn) this.calledWithin(by, fn);
    const asked = (this.asked[fn.id] ??= new Map());
    if ((asked.get(index) ?? 0) >= need) return;
    asked.set(index, need);
    this.slice.later(() => this.reachArguments(fn, index, need));
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
    const owner = this.slice.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = owner.facts.params.findIndex((p) => p.v === v);
    const member = text(unit, operand(fn, op, 2));
    this.slice.evaluated(fn, object);
    if (need === Need.Effect && owner !== fn) this.calledWithin(fn, owner);
    this.changesOfVariable(unit, v, need);
    this.evidence.witness(fn, object);
    if ((this.asked[owner.id]?.get(index) ?? 0) >= need) return;
    const asked = (this.askedMembers[owner.id] ??= []);
    if (asked.some((a) => a.index === index && a.member === member && a.need >= need)) return;
    asked.push({ index, member, need });
    this.slice.later(() => this.reachArguments(owner, index, need, member));
  }

  private argumentMember(fn: Fn, op: number, index: number, member: string, need: NeedCode): void {
    const r = index < 0 || index >= argumentCount(fn, op) ? -1 : argument(fn, op, index);
    if (r < 0 || opcode(fn, r) !== Op.Object) this.argument(fn, op, index, need);
    else this.objectMember(fn, r, member, need);
  }

  private objectMember(fn: Fn, object: number, member: string, need: NeedCode): void {
    this.slice.evaluated(fn, object);
    const items = list(fn.unit, operand(fn, object, 2));
    for (let i = 0; i < items.length; i += 3) if (items[i] !== PropertyKind.Plain || text(fn.unit, items[i + 1] ?? -1) === member) this.slice.value(fn, items[i + 2] ?? -1, need);
  }

  private reachArguments(fn: Fn, index: number, need: NeedCode, member?: string): void {
    const last = fn.facts.params[index]?.rest ? MAX_ARGUMENTS : index;
    const effect = need === Need.Effect;
    for (const at of this.slice.survey.calls[fn.id] ?? []) {
      const code = opcode(at.fn, at.op);
      const bits = this.slice.marksOf(at.fn)?.[at.op] ?? 0;
      if (effect ? !this.slice.concerns(fn, at) : (bits & Mark.Asked) === 0) continue;
      if (code !== Op.Call && code !== Op.New) {
        if (!effect) continue;
        const properties = code === Op.Jsx && member !== undefined ? operand(at.fn, at.op, 3) : -1;
        if (member !== undefined && properties >= 0 && opcode(at.fn, properties) === Op.Object) {
          this.slice.evaluated(at.fn, at.op);
          this.objectMember(at.fn, properties, member, need);
        } else this.slice.run(at.fn, at.op, true);
        continue;
      }
      if (effect) this.slice.run(at.fn, at.op, false);
      const wanted = need === Need.Value && (bits & Mark.Effect) !== 0 ? Need.Effect : need;
      if (member !== undefined && last === index) this.argumentMember(at.fn, at.op, index, member, wanted);
      else for (let i = index; i <= last; i++) this.argument(at.fn, at.op, i, wanted);
    }
    if (!effect) return;
    for (const at of this.slice.survey.mentions[fn.id] ?? []) if (this.slice.concerns(fn, at)) this.carrier.carry(at.fn, at.op, this.carrier.withArguments);
    for (const at of this.slice.cells.readByMethod(fn)) this.slice.run(at.fn, at.op, true);
  }

  /** Somebody asks for what a parameter (or `this`) holds when the function has run: what the function puts into it counts. */
  private fills(fn: Fn, index: number): void {
    const key = fn.id * FILLED_WIDTH + index + 1;
    if (this.filled.has(key)) return;
    this.filled.add(key);
    this.slice.consider(fn);
    if (index === SELF) {
      // `constructor(private readonly users: Users)` keeps what it is given.
      fn.facts.params.forEach((p, i) => { if (p.property) this.parameter(fn, i, Need.Value, fn); });
      for (const at of this.slice.program.changesOfSelf(fn)) this.filledAt(fn, at.fn, at.op, THIS_ROOT);
      return;
    }
    const v = fn.facts.params[index]?.v;
    if (v === undefined) return;
    const places = this.slice.index(fn.unit);
    places.changes.each(v, (at, op) => this.filledAt(fn, at, op, v));
    places.aliases.each(v, (alias, set) => places.changes.each(operand(alias, set, 1), (at, op) => this.filledAt(fn, at, op, operand(alias, set, 1))));
  }

  private filledAt(owner: Fn, fn: Fn, op: number, root: number): void {
    if (opcode(fn, op) === Op.Call && !this.slice.program.mayChange(fn, op, root)) return;
    this.slice.run(fn, op, false);
    if (fn !== owner) this.calledWithin(fn, owner);
    this.changed(fn, op, root);
  }

  /** A call that changes what a variable (or `this`) holds: so do its targets. */
  private changed(fn: Fn, op: number, root: number): void {
    for (const f of this.slice.program.targets(fn, op)) for (const index of placesOf(fn, op, root)) if (this.slice.program.changes(f, index)) this.fills(f, index);
  }

  /* ---------- results ---------- */

  private returns(fn: Fn, effect: boolean): void {
    const key = fn.id * 2 + (effect ? 1 : 0);
    if (this.returned.has(key) || (!effect && this.returned.has(key + 1))) return;
    this.returned.add(key);
    for (const op of this.slice.program.exits(fn)) this.slice.run(fn, op, effect);
    for (const at of this.slice.survey.calls[fn.id] ?? []) if (!this.slice.has(at.fn, at.op, Mark.Value)) this.evidence.witnessElsewhere(at);
  }

  private caught(fn: Fn, op: number, effect: boolean): void {
    for (const inner of this.slice.program.triedAround(fn, op)) this.throwsAt(fn, inner, effect);
  }

  private throwsAt(fn: Fn, op: number, effect: boolean): void {
    if (opcode(fn, op) === Op.Throw) {
      this.slice.run(fn, op, effect);
      return;
    }
    for (const f of this.slice.program.targets(fn, op)) {
      if (!this.slice.program.mayThrow(f)) continue;
      this.slice.run(fn, op, effect);
      this.throwsOf(f, effect);
    }
  }

  private throwsOf(fn: Fn, effect: boolean): void {
    if (this.throwing.has(fn.id) || !this.slice.program.mayThrow(fn)) return;
    this.throwing.add(fn.id);
    for (const op of this.slice.program.throwers(fn)) this.throwsAt(fn, op, effect);
  }

  /* ---------- variables and fields ---------- */

  private variableOf(fn: Fn, op: number, need: NeedCode): void {
    const { unit } = fn;
    const v = operand(fn, op, 1);
    const { program } = this.slice.engine;
    for (const f of this.slice.program.named(fn, op)) this.held(f, need === Need.Effect ? Need.Value : need);
    if (varField(unit, v, VarField.Kind) === VarKind.Import) {
      const symbol = this.slice.engine.types.symbols.variable(unit, v);
      if (symbol?.kind === 'variable') this.variable(symbol.unit, symbol.v, need);
      else if (symbol?.kind === 'register' && opcode(program.fnOf(symbol.unit, 0), symbol.r) === Op.Load) this.slice.value(program.fnOf(symbol.unit, 0), symbol.r, need);
      return;
    }
    const owner = varField(unit, v, VarField.Owner);
    // Read by a closure that has an effect: the closure has to be called for it.
    if (need === Need.Effect && owner !== fn.local && owner !== 0) this.calledWithin(fn, program.fnOf(unit, owner));
    this.variable(unit, v, need);
  }

  /** A closure that uses what an outer function holds, and the closures between the two, have to be called in it. */
  calledWithin(fn: Fn, owner: Fn): void {
    for (let f: Fn | undefined = fn; f && f !== owner; f = this.slice.engine.program.parent(f)) this.calls(f);
  }

  private variable(unit: Unit, v: number, need: NeedCode): void {
    if (varField(unit, v, VarField.Kind) === VarKind.Param) {
      const owner = this.slice.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
      this.parameter(owner, owner.facts.params.findIndex((p) => p.v === v), need, owner);
    }
    this.changesOfVariable(unit, v, need);
  }

  private changesOfVariable(unit: Unit, v: number, need: NeedCode): void {
    const asked = (this.variables[unit.index] ??= new Uint8Array(unit.vars.length / VAR_WIDTH));
    const had = asked[v] ?? 0;
    if (had >= need) return;
    asked[v] = need;
    const owner = this.slice.engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const index = this.slice.index(unit);
    // What outlives every call has an effect; what belongs to one call has it where that one is asked for.
    const needAt = (fn: Fn): NeedCode => (need === Need.Value && fn !== owner && owner.local === 0 ? Need.Effect : need);
    const reached = (fn: Fn): void => { if (fn !== owner && owner.local !== 0) this.calledWithin(fn, owner); };
    index.writes.each(v, (fn, op) => {
      const wanted = needAt(fn);
      if (wanted === Need.Call) this.slice.value(fn, op, Need.Call);
      else this.slice.run(fn, op, wanted === Need.Effect);
      reached(fn);
    });
    const changedAt = (fn: Fn, op: number): void => {
      this.slice.run(fn, op, needAt(fn) === Need.Effect);
      reached(fn);
    };
    index.changes.each(v, (fn, op) => {
      if (opcode(fn, op) === Op.Call && !this.slice.program.mayChange(fn, op, v)) return;
      changedAt(fn, op);
      this.changed(fn, op, v);
    });
    // `const { email } = req.body; log(req.body)`: what is read of it elsewhere says what it is.
    if (had < Need.Value && need >= Need.Value && this.slice.program.readsData(owner)) index.reads.each(v, (fn, op) => { if (fn === owner && this.slice.program.leadsToData(fn, op)) this.evidence.witnessRead(fn, op); });
    index.aliases.each(v, (alias, set) => index.changes.each(operand(alias, set, 1), (fn, op) => { if (opcode(fn, op) !== Op.Call) changedAt(fn, op); }));
  }

  private member(fn: Fn, op: number, need: NeedCode): void {
    const object = operand(fn, op, 1);
    const key = text(fn.unit, operand(fn, op, 2));
    const { types } = this.slice.engine;
    for (const f of this.slice.program.named(fn, op)) this.held(f, need === Need.Effect ? Need.Value : need);
    for (const f of this.slice.program.targets(fn, op)) this.returns(f, false);
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
    for (const { fn, op } of this.slice.program.storesOf(key)) {
      if (op >= 0) this.slice.run(fn, op, wanted === Need.Effect);
      else {
        this.slice.consider(fn);
        fn.facts.params.forEach((p, i) => { if (p.property && key.endsWith(`.${p.n}`)) this.parameter(fn, i, wanted, fn); });
      }
    }
  }

  /* ---------- effects ---------- */

  /** A closure does something with what is around it: it has to be called for that. */
  private calls(fn: Fn): void {
    if (this.called.has(fn.id)) return;
    this.called.add(fn.id);
    this.slice.later(() => this.reachCallers(fn));
  }

  private reachCallers(fn: Fn): void {
    for (const at of this.slice.survey.calls[fn.id] ?? []) if (this.slice.concerns(fn, at)) this.slice.run(at.fn, at.op, false);
    for (const at of this.slice.survey.mentions[fn.id] ?? []) if (this.slice.concerns(fn, at)) this.carrier.carry(at.fn, at.op, this.carrier.alone);
    this.written(this.slice.cells.readByMethod(fn));
  }

  /** A member of a request that another function has put there. */
  private state(fn: Fn, op: number): void {
    const { stores, results } = this.slice.cells.stateReadBy(fn, op);
    for (const at of stores) this.slice.run(at.fn, at.op, true);
    for (const f of results) this.returns(f, true);
  }

  /** What writes a cell that is read. */
  private written(writers: readonly At[], reader?: At): void {
    for (const at of writers) {
      // What a call puts in itself is asked for with it.
      if (at.op === reader?.op && at.fn === reader.fn) continue;
      this.slice.run(at.fn, at.op, true);
      this.carrier.setters(at);
    }
  }
}

const NO_MEMBERS: readonly never[] = [];
const NOTHING_ASKED: ReadonlyMap<number, NeedCode> = new Map();
/** Members that are read without being named. */
const UNSPOKEN = [['toJSON', Need.Value], ['toString', Need.Value], ['valueOf', Need.Value], ['then', Need.Value]] as const;
/** Objects in objects among the options of a call. */
const MAX_OPTIONS = 2;
/** Parameters of a function in a key. */
const FILLED_WIDTH = 64;
/** Arguments behind the declared ones that are told apart. */
const MAX_ARGUMENTS = 12;
