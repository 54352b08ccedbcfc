// Facts about functions that the demand slice asks for again and again; each is looked up once.
import { Op, PropertyKind, VAR_WIDTH, VarField, VarKind } from '#model/facts';
import { componentOf, inputField } from './components.ts';
import type { Engine } from './engine.ts';
import { Changes, fills, placesOf } from './changes.ts';
import { givesNothingOf, MERGES } from './call-names.ts';
import { NO_ROOT, rootOf, THIS_ROOT } from './operands.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, callArguments, list, opcode, operand, text, varField, varName } from './program.ts';
import type { At, Survey } from './survey.ts';

export class ProgramIndex {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private readonly targetMemo: FnsByOp;
  private readonly namedMemo: FnsByOp;
  private readonly throwersMemo: (readonly number[] | undefined)[] = [];
  private readonly data: (boolean | undefined)[] = [];
  private readonly leading: (Uint8Array | undefined)[] = [];
  private readonly throwsData: Uint8Array;
  /** By unit: variables that are called. */
  private readonly calledMemo: (Uint8Array | undefined)[] = [];
  private readonly changesMemo: Changes;
  private fieldStores: Map<string, At[]> | undefined;
  private endpointCalls: Map<string, At[]> | undefined;

  constructor(engine: Engine, survey: Survey) {
    this.engine = engine;
    this.survey = survey;
    const { fns } = engine.program;
    this.targetMemo = byOperation(engine, survey.calls);
    this.namedMemo = byOperation(engine, survey.mentions);
    this.throwsData = this.spread(fns.filter(throwsSomething));
    this.changesMemo = new Changes(engine, (fn, op) => this.targets(fn, op), survey.calls);
  }

  /** Functions with a property, and all that call them. */
  private spread(first: readonly Fn[]): Uint8Array {
    const out = new Uint8Array(this.engine.program.fns.length);
    const work = first.map((f) => f.id);
    for (const id of work) out[id] = 1;
    for (let id = work.pop(); id !== undefined; id = work.pop()) {
      for (const sites of [this.survey.calls[id], this.survey.mentions[id]]) {
        for (const { fn } of sites ?? []) {
          if (out[fn.id]) continue;
          out[fn.id] = 1;
          work.push(fn.id);
        }
      }
    }
    return out;
  }

  targets(fn: Fn, op: number): readonly Fn[] {
    return this.targetMemo[fn.id]?.get(op) ?? NO_FNS;
  }

  /** Functions that an operation's value may be. */
  named(fn: Fn, op: number): readonly Fn[] {
    return this.namedMemo[fn.id]?.get(op) ?? NO_FNS;
  }

  mayThrow(fn: Fn): boolean {
    return this.throwsData[fn.id] === 1;
  }

  /** A call that may change what a variable holds, which it is given or called on. */
  mayChange(fn: Fn, op: number, v: number): boolean {
    const targets = this.targets(fn, op);
    if (targets.length > 0) {
      const places = placesOf(fn, op, v);
      return targets.some((f) => places.some((index) => this.changes(f, index)));
    }
    const found = this.survey.matches(fn, op);
    // A function value of which nothing is known may be handed something to fill.
    if (!found) return this.mayBeOwn(fn, operand(fn, op, 1));
    return found.models.some((m) => /(?:^|-)(?:assign|extend|merge)(?:-|$)/.test(m.id) || m.flows.some((f) => f.output.base === 'this' || (f.output.base === 'arg' && !f.output.callback)));
  }

  /** A callee that may turn out to be a function of the project: a parameter, a variable, what another call gave. */
  private mayBeOwn(fn: Fn, callee: number): boolean {
    const code = opcode(fn, callee);
    return code !== Op.Load && code !== Op.Global && this.engine.types.ofRegister(fn, callee).k !== 'external';
  }

  /** Whether the value of a call out of the project may be made of an argument, or of what it is called on (-1). */
  passes(fn: Fn, op: number, index: number): boolean {
    const found = this.survey.matches(fn, op);
    if (found && found.protections.length > 0) return true;
    if (!found || found.models.length === 0) {
      const callee = operand(fn, op, 1);
      // `f.call(self, x)` gives what `f` makes of them.
      if (opcode(fn, callee) === Op.Load && this.named(fn, operand(fn, callee, 1)).length > 0) return true;
      const name = calledName(fn, callee);
      return !givesNothingOf(name) || (index < 0 && /^get[A-Z]/.test(name));
    }
    return found.models.some((m) => MERGES.test(m.id) || m.omits !== undefined || m.picks !== undefined || m.flows.some(({ input }) =>
      (input.base === 'this' ? index < 0 : input.base === 'args' ? index >= 0 : input.base === 'arg' && (input.callback !== undefined || (input.open ? index >= input.index : index === input.index)))));
  }

  /** A member of something that the module holds for all its functions and never fills, or that it imports. */
  isService(fn: Fn, callee: number): boolean {
    const root = opcode(fn, callee) === Op.Load ? rootOf(fn, callee) : NO_ROOT;
    if (root < 0) return false;
    const kind = varField(fn.unit, root, VarField.Kind);
    return kind === VarKind.Import || (kind === VarKind.Const && varField(fn.unit, root, VarField.Owner) === 0 && this.engine.types.ofVariable(fn.unit, root).k === 'external');
  }

  /** Whether what a callback gives back may be part of what a call gives back. */
  givesOn(fn: Fn, op: number, index: number): boolean {
    const models = this.survey.matches(fn, op)?.models ?? [];
    return !models.some((m) => m.flows.some((f) => f.input.callback !== undefined || f.output.callback !== undefined)) || this.passes(fn, op, index);
  }

  /** The name of a function, a method for one: what is called is known from it. */
  isPlainName(fn: Fn, callee: number): boolean {
    if (opcode(fn, callee) !== Op.GetVar) return opcode(fn, callee) === Op.Load;
    const v = operand(fn, callee, 1);
    const kind = varField(fn.unit, v, VarField.Kind);
    const init = varField(fn.unit, v, VarField.Init);
    return kind === VarKind.Function || kind === VarKind.Import || kind === VarKind.Class || (init >= 0 && opcode(this.engine.program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner)), init) === Op.Closure);
  }

  /** Whether a function calls a parameter. */
  isCalled(fn: Fn, index: number): boolean {
    const v = fn.facts.params[index]?.v;
    return v !== undefined && this.called(fn.unit)[v] === 1;
  }

  private called(unit: Unit): Uint8Array {
    let out = this.calledMemo[unit.index];
    if (out) return out;
    this.calledMemo[unit.index] = out = new Uint8Array(unit.vars.length / VAR_WIDTH);
    for (let local = 0; local < unit.facts.functions.length; local++) {
      const fn = this.engine.program.fnOf(unit, local);
      for (let op = 0; op < fn.count; op++) {
        const callee = opcode(fn, op) === Op.Call ? operand(fn, op, 1) : -1;
        if (callee >= 0 && opcode(fn, callee) === Op.GetVar) out[operand(fn, callee, 1)] = 1;
      }
    }
    return out;
  }

  /** A library call that calls functions it is given with what else it is given. */
  callsBack(fn: Fn, op: number): boolean {
    return this.survey.matches(fn, op)?.models.some((m) => m.composes !== undefined || m.flows.some((f) => f.output.callback !== undefined)) ?? false;
  }

  /** A list that is spread over several parameters: which of its elements goes where is not known. */
  takesList(fn: Fn, op: number): boolean {
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) if (argument(fn, op, i) < 0) return true;
    return false;
  }

  exits(fn: Fn): readonly number[] {
    const out: number[] = [];
    for (let op = 0; op < fn.count; op++) {
      const code = opcode(fn, op);
      if (code === Op.Return || code === Op.Yield) out.push(op);
    }
    return out;
  }

  /** Whether a function changes what it gets as parameter `index` (-1 is `this`). */
  changes(fn: Fn, index: number): boolean {
    return this.changesMemo.of(fn, index);
  }

  /** Operations of a method, and of the closures in it, that may change what `this` holds. */
  changesOfSelf(fn: Fn): readonly At[] {
    const out: At[] = [];
    const { program } = this.engine;
    for (let local = 0; local < fn.unit.facts.functions.length; local++) {
      const f = program.fnOf(fn.unit, local);
      if (f !== fn && (f.facts.kind !== 'arrow' || program.thisOwner(f) !== fn)) continue;
      for (let op = 0; op < f.count; op++) if (changesSelf(f, op)) out.push({ fn: f, op });
    }
    return out;
  }

  throwers(fn: Fn): readonly number[] {
    return (this.throwersMemo[fn.id] ??= this.findThrowers(fn, 0, fn.count));
  }

  private findThrowers(fn: Fn, from: number, to: number): readonly number[] {
    const out: number[] = [];
    for (let op = from; op < to; op++) {
      const code = opcode(fn, op);
      if (code === Op.Throw || ((code === Op.Call || code === Op.New) && this.targets(fn, op).some((f) => this.mayThrow(f)))) out.push(op);
    }
    return out;
  }

  /** What may throw in the part that the catch of `op` guards. */
  triedAround(fn: Fn, caught: number): readonly number[] {
    let from = -1;
    let to = -1;
    for (let op = 0; op < caught; op++) {
      if (opcode(fn, op) !== Op.Try) continue;
      const [catchAt, finallyAt] = [operand(fn, op, 1), operand(fn, op, 2)];
      if (catchAt <= caught && caught < finallyAt) [from, to] = [op + 1, catchAt];
    }
    return from < 0 ? [] : this.findThrowers(fn, from, to);
  }

  /** Reads members that are called like customer data. */
  readsData(fn: Fn): boolean {
    const known = this.data[fn.id];
    if (known !== undefined) return known;
    let found = false;
    for (let op = 0; op < fn.count && !found; op++) found = opcode(fn, op) === Op.Load && this.engine.nameHint(text(fn.unit, operand(fn, op, 2))) !== undefined;
    this.data[fn.id] = found;
    return found;
  }

  /** Whether a member that is called like customer data is read of a value, directly or through other names of it. */
  leadsToData(fn: Fn, r: number): boolean {
    return (this.leading[fn.id] ??= leadingToData(this.engine, fn))[r] === 1;
  }

  /** Writes to a field: by class (`12.email`), or by name alone (`.email`). A constructor's parameter property has op -1. */
  storesOf(key: string): readonly At[] {
    return (this.fieldStores ??= fieldStores(this.engine)).get(key) ?? NO_SITES;
  }

  endpointOf(fn: Fn, op: number): string | undefined {
    if (opcode(fn, op) !== Op.Call || this.targets(fn, op).length > 0) return undefined;
    const first = argumentCount(fn, op) > 0 ? argument(fn, op, 0) : -1;
    const word = first >= 0 ? this.engine.types.constantText(fn, first) : undefined;
    return word?.includes('/') ? word : undefined;
  }

  callsOfEndpoint(key: string): readonly At[] {
    return (this.endpointCalls ??= this.findEndpoints()).get(key) ?? NO_SITES;
  }

  private findEndpoints(): Map<string, At[]> {
    const out = new Map<string, At[]>();
    for (const fn of this.engine.program.fns) {
      for (let op = 0; op < fn.count; op++) {
        const key = opcode(fn, op) === Op.Call ? this.endpointOf(fn, op) : undefined;
        if (key === undefined) continue;
        const known = out.get(key);
        if (known) known.push({ fn, op });
        else out.set(key, [{ fn, op }]);
      }
    }
    return out;
  }
}

type FnsByOp = readonly (ReadonlyMap<number, readonly Fn[]> | undefined)[];

function byOperation(engine: Engine, sites: Survey['calls']): FnsByOp {
  const out: Map<number, Fn[]>[] = [];
  sites.forEach((places, id) => {
    for (const { fn, op } of places ?? []) {
      const map = (out[fn.id] ??= new Map());
      const known = map.get(op);
      if (known) known.push(engine.program.fn(id));
      else map.set(op, [engine.program.fn(id)]);
    }
  });
  return out;
}

const NO_FNS: readonly Fn[] = [];
const NO_SITES: readonly At[] = [];

/** A store into `this`, or a call that `this` or a part of it is given to. */
function changesSelf(fn: Fn, op: number): boolean {
  switch (opcode(fn, op)) {
    case Op.Store: case Op.StoreElem: case Op.Delete: case Op.DeleteElem: return rootOf(fn, operand(fn, op, 1)) === THIS_ROOT;
    case Op.Call: return placesOf(fn, op, THIS_ROOT).length > 0;
    default: return false;
  }
}

const calledName = (fn: Fn, callee: number): string => {
  switch (opcode(fn, callee)) {
    case Op.Load: return text(fn.unit, operand(fn, callee, 2));
    case Op.GetVar: return varName(fn.unit, operand(fn, callee, 1));
    case Op.Global: return text(fn.unit, operand(fn, callee, 1));
    default: return '';
  }
};

/** Throws more than a constant text, and something of its own: what is caught and thrown again is thrown by a callee. */
function throwsSomething(fn: Fn): boolean {
  for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Throw && holdsData(fn, operand(fn, op, 1), 0)) return true;
  return false;
}

function holdsData(fn: Fn, r: number, depth: number): boolean {
  switch (opcode(fn, r)) {
    case Op.Const: case Op.Caught: return false;
    case Op.GetVar: return varField(fn.unit, operand(fn, r, 1), VarField.Kind) !== VarKind.Catch;
    case Op.Call: case Op.New: {
      if (depth > 3) return true;
      for (const a of callArguments(fn, r)) if (a < 0 || holdsData(fn, a, depth + 1)) return true;
      return opcode(fn, r) === Op.Call && opcode(fn, operand(fn, r, 1)) !== Op.GetVar;
    }
    default: return true;
  }
}

function fieldStores(engine: Engine): Map<string, At[]> {
  const out = new Map<string, At[]>();
  const add = (key: string, at: At): void => {
    const known = out.get(key);
    if (known) known.push(at);
    else out.set(key, [at]);
  };
  for (const fn of engine.program.fns) {
    const cls = fn.facts.kind === 'constructor' && fn.facts.cls >= 0 ? engine.program.clsOf(fn.unit, fn.facts.cls) : undefined;
    for (const p of fn.facts.params) {
      if (!p.property || !cls) continue;
      add(`${cls.id}.${p.n}`, { fn, op: -1 });
      add(`.${p.n}`, { fn, op: -1 });
    }
    for (let op = 0; op < fn.count; op++) {
      const code = opcode(fn, op);
      if (code === Op.Jsx && operand(fn, op, 2) >= 0) {
        const element = componentOf(engine.program, text(fn.unit, operand(fn, op, 2)));
        if (element) for (const key of namesOf(fn, operand(fn, op, 3))) add(`${element.id}.${inputField(element, key)}`, { fn, op });
      }
      const filled = code === Op.Call && fills(fn, op) ? operand(fn, operand(fn, op, 1), 1) : -1;
      if (code !== Op.Store && code !== Op.StoreElem && filled < 0) continue;
      const first = filled < 0 ? firstMember(engine, fn, operand(fn, op, 1), code === Op.Store ? text(fn.unit, operand(fn, op, 2)) : undefined) : firstMember(engine, fn, filled, undefined);
      if (first === undefined) continue;
      const type = engine.types.ofRegister(fn, first.object);
      if (type.k !== 'instance' && type.k !== 'class') continue;
      add(`${type.cls.id}.${first.key}`, { fn, op });
      add(`.${first.key}`, { fn, op });
    }
  }
  return out;
}

/** Names of the members of an object literal. */
function namesOf(fn: Fn, literal: number): readonly string[] {
  const items = list(fn.unit, operand(fn, literal, 2));
  return [...items].flatMap((s, i) => (i % 3 === 1 && items[i - 1] === PropertyKind.Plain ? [text(fn.unit, s)] : []));
}

/** The member of `this` or of a class that a store goes to or through: `this.form.email = x` and `desk.Session.form.email = x` write `form`. */
function firstMember(engine: Engine, fn: Fn, written: number, member: string | undefined): { readonly object: number; readonly key: string } | undefined {
  let object = written;
  let key = member;
  for (let hops = 0; hops < 8; hops++) {
    const code = opcode(fn, object);
    if (code === Op.This || code === Op.GetVar) return key === undefined ? undefined : { object, key };
    if (code === Op.Load && key !== undefined && engine.types.ofRegister(fn, object).k === 'class') return { object, key };
    if (code === Op.Load) key = text(fn.unit, operand(fn, object, 2));
    else if (code !== Op.Elem && code !== Op.Cast) return undefined;
    object = operand(fn, object, 1);
  }
  return undefined;
}

/** Registers of which such a member is read, worked out backwards from the reads. */
function leadingToData(engine: Engine, fn: Fn): Uint8Array {
  const out = new Uint8Array(fn.count);
  const work: number[] = [];
  const variables = new Set<number>();
  const add = (r: number): void => {
    if (r < 0 || out[r] === 1) return;
    out[r] = 1;
    work.push(r);
  };
  for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.Load && engine.nameHint(text(fn.unit, operand(fn, op, 2))) !== undefined) add(operand(fn, op, 1));
  for (let r = work.pop(); r !== undefined; r = work.pop()) {
    switch (opcode(fn, r)) {
      case Op.Load: case Op.Elem: case Op.Await: case Op.Cast: case Op.Iterate: case Op.Rest: add(operand(fn, r, 1)); break;
      case Op.GetVar: {
        const v = operand(fn, r, 1);
        if (variables.has(v)) break;
        variables.add(v);
        for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.SetVar && operand(fn, op, 1) === v) add(operand(fn, op, 2));
        break;
      }
      default: break;
    }
  }
  return out;
}
