// One look over all operations before anything is solved: who calls and names whom, which calls the catalogue knows, and
// where a sink, a request or a safeguard switched off stands. What follows rests on it and looks at no call twice.
import { Op, PropertyKind, UnaryKind, VarField, VarKind } from '#model/facts';
import type { CallTier } from '#model/result';
import { cellMatches } from './assigned-cells.ts';
import { type CalleeNames, externalNames, type Matches, writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import { isUnkeyedDigest } from './library.ts';
import { functionsOfModule } from './module-members.ts';
import { isAssignedSink } from './navigation.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import { isRoute } from './responses.ts';

/** An operation of a function: where something is called, named or made. */
export interface At {
  readonly fn: Fn;
  readonly op: number;
}

export interface Survey {
  /** Functions that a function calls, makes or names, by function number. */
  readonly callees: readonly (readonly number[])[];
  /** Calls, constructions, elements and accessors that run a function, by function number. */
  readonly calls: readonly (readonly At[] | undefined)[];
  /** Operations whose value is a function of the project, by function number. */
  readonly mentions: readonly (readonly At[] | undefined)[];
  /** Operations that may take data out of the program or switch a safeguard off. */
  readonly sinks: readonly At[];
  /** Calls that write or read a cell of the catalogue. */
  readonly cells: readonly At[];
  /** Functions that some expression names, other than by declaring them. */
  readonly referenced: ReadonlySet<number>;
  /** Calls that lead out of the project, with what the catalogue says; absent when it says nothing. */
  matches(fn: Fn, op: number): Matches | undefined;
}

export function survey(engine: Engine): Survey {
  const { program } = engine;
  const out: Work = { engine, callees: [], calls: [], mentions: [], sinks: [], cells: [], referenced: new Set(), known: [] };
  for (const fn of program.fns) out.callees.push(fn.unit.exempt ? NOBODY : surveyed(out, fn));
  return { ...out, matches: (fn, op) => out.known[fn.id]?.get(op) };
}

const NOBODY: readonly number[] = [];

interface Work {
  readonly engine: Engine;
  readonly callees: (readonly number[])[];
  readonly calls: (At[] | undefined)[];
  readonly mentions: (At[] | undefined)[];
  readonly sinks: At[];
  readonly cells: At[];
  readonly referenced: Set<number>;
  readonly known: (Map<number, Matches> | undefined)[];
}

function surveyed(work: Work, fn: Fn): readonly number[] {
  const { types } = work.engine;
  const out = new Set<number>();
  const names = types.accessorNames;
  const called = (id: number, op: number): void => {
    out.add(id);
    (work.calls[id] ??= []).push({ fn, op });
  };
  const mentioned = (id: number, op: number): void => {
    out.add(id);
    (work.mentions[id] ??= []).push({ fn, op });
  };
  if (isRoute(fn)) work.sinks.push({ fn, op: -1 });
  for (let op = 0; op < fn.count; op++) {
    switch (opcode(fn, op)) {
      case Op.Closure: mentioned(fn.unit.firstFunction + operand(fn, op, 1), op); break;
      case Op.GetVar: for (const id of namedFunctions(work, fn, operand(fn, op, 1))) mentioned(id, op); break;
      case Op.Call:
      case Op.New:
        surveyCall(work, fn, op, called);
        reflected(work, fn, op, mentioned);
        break;
      case Op.Jsx: {
        const component = operand(fn, op, 1);
        const type = component >= 0 ? types.ofRegister(fn, component) : undefined;
        if (type?.k === 'functions') for (const f of type.fns) called(f.id, op);
        else surveyCell(work, fn, op);
        break;
      }
      case Op.Load: {
        if (names.has(text(fn.unit, operand(fn, op, 2)))) for (const f of types.accessors(fn, op)) called(f.id, op);
        for (const f of functionsOfModule(work.engine.program, types, fn, op)) mentioned(f.id, op);
        break;
      }
      case Op.Store: {
        const key = text(fn.unit, operand(fn, op, 2));
        if (names.has(key)) for (const f of types.accessorsOf(types.ofRegister(fn, operand(fn, op, 1)), key, 'setter')) called(f.id, op);
        if (isAssignedSink(fn, operand(fn, op, 1), key)) work.sinks.push({ fn, op });
        surveyCell(work, fn, op);
        break;
      }
      case Op.StoreElem: if (isAssignedSink(fn, operand(fn, op, 1), undefined)) work.sinks.push({ fn, op }); break;
      case Op.Object: if (hasSwitch(work.engine, fn, op)) work.sinks.push({ fn, op }); break;
    }
  }
  out.delete(fn.id);
  return [...out];
}

function surveyCall(work: Work, fn: Fn, op: number, called: (id: number, op: number) => void): void {
  const { engine } = work;
  const { types } = engine;
  const { fns, tier } = types.targets(fn, op);
  for (const f of fns) called(f.id, op);
  let tierOfCall: CallTier | undefined = fns.length > 0 ? tier : undefined;
  const isNew = opcode(fn, op) === Op.New;
  const made = isNew ? types.ofRegister(fn, op) : undefined;
  if (made?.k === 'instance') {
    for (let c = made.cls, hops = 0; hops < 6; hops++) {
      if (c.facts.fields >= 0) called(c.unit.firstFunction + c.facts.fields, op);
      const base = types.baseOf(c);
      if (!base) break;
      c = base;
    }
  }
  const isError = makesError(engine, fn, op);
  if (fns.length === 0 || isError || engine.declaredOnly(fns)) {
    const found = engine.callees.match(calleeNames(engine, fn, op, operand(fn, op, 1)));
    const all = found.sinks.length + found.requests.length + found.protections.length + found.models.length + found.sites.length;
    if (all > 0) {
      (work.known[fn.id] ??= new Map()).set(op, found);
      tierOfCall ??= 'library';
    }
    if (found.cells.length > 0) work.cells.push({ fn, op });
    if (found.sites.length > 0 || found.requests.length > 0 || (found.sinks.length > 0 && mayLeak(fn, op)) || found.protections.some(isUnkeyedDigest)) work.sinks.push({ fn, op });
    const borrowed = borrowedCallee(engine, fn, op);
    if (borrowed && (borrowed.sinks.length > 0 || borrowed.requests.length > 0)) work.sinks.push({ fn, op });
  }
  engine.count(fn, op, tierOfCall);
}

/** `f.call(self, x)`: a function that no name of its own leads to, taken out of a required module for one. */
function reflected(work: Work, fn: Fn, op: number, mentioned: (id: number, op: number) => void): void {
  const callee = operand(fn, op, 1);
  if (!isReflective(fn, callee)) return;
  const r = operand(fn, callee, 1);
  if (opcode(fn, r) === Op.GetVar ? namedFunctions(work, fn, operand(fn, r, 1)).length > 0 : opcode(fn, r) !== Op.Load) return;
  const type = work.engine.types.ofRegister(fn, r);
  if (type.k === 'functions') for (const f of type.fns) mentioned(f.id, r);
}

const isReflective = (fn: Fn, callee: number): boolean => opcode(fn, callee) === Op.Load && /^(?:call|apply|bind)$/.test(text(fn.unit, operand(fn, callee, 2)));

/** `worker.onmessage = f` reads a cell, `<Context.Provider value={x}>` writes one. */
function surveyCell(work: Work, fn: Fn, op: number): void {
  const found = cellMatches(work.engine, fn, op);
  if (!found) return;
  (work.known[fn.id] ??= new Map()).set(op, found);
  work.cells.push({ fn, op });
}

/** Names of a call's callee, as the catalogue knows them; `callee` may be another register than the call's own. */
export function calleeNames(engine: Engine, fn: Fn, op: number, callee: number): CalleeNames {
  const isNew = opcode(fn, op) === Op.New;
  if (makesError(engine, fn, op)) return ERROR;
  const isElement = opcode(fn, callee) === Op.Elem;
  const object = isElement ? operand(fn, callee, 1) : callee;
  // `logger[level]` is any method of the logger; one that it is known to have will do.
  const key = isElement ? [engine.types.constantText(fn, operand(fn, callee, 2)) ?? 'info'] : [];
  const last = [...key, ...(isNew ? ['new'] : [])];
  return {
    external: externalNames(engine.types.ofRegister(fn, object)).map((n) => (last.length === 0 ? n : { root: n.root, members: [...n.members, ...last] })),
    chain: last.length === 0 ? writtenChain(fn, object) : [...writtenChain(fn, object), ...last],
  };
}

const ERROR: CalleeNames = { external: [{ root: 'global:Error', members: ['new'] }], chain: ['Error', 'new'] };

/** `super(message)` and `new OwnError(message)` of a class that leaves the constructor to the error it extends. */
function makesError(engine: Engine, fn: Fn, op: number): boolean {
  const callee = operand(fn, op, 1);
  if (opcode(fn, callee) === Op.Super) {
    const self = engine.types.thisOf(fn);
    return self.k === 'instance' && engine.isErrorClass(self.cls);
  }
  const type = opcode(fn, op) === Op.New ? engine.types.ofRegister(fn, callee) : undefined;
  return type?.k === 'class' && engine.isErrorClass(type.cls);
}

/** `console.log.apply(console, args)`: the entries are those of the receiver. */
function borrowedCallee(engine: Engine, fn: Fn, op: number): Matches | undefined {
  const callee = operand(fn, op, 1);
  if (!isReflective(fn, callee)) return undefined;
  const receiver = operand(fn, callee, 1);
  return engine.callees.match({ external: externalNames(engine.types.ofRegister(fn, receiver)), chain: writtenChain(fn, receiver) });
}

/** A call of constants only takes nothing out. */
function mayLeak(fn: Fn, op: number): boolean {
  const callee = operand(fn, op, 1);
  if (opcode(fn, callee) === Op.Load && opcode(fn, operand(fn, callee, 1)) !== Op.Global && callArguments(fn, op).length === 0) return true;
  for (const r of callArguments(fn, op)) if (r < 0 || !isConstant(fn, r, 0)) return true;
  return false;
}

function isConstant(fn: Fn, r: number, depth: number): boolean {
  switch (opcode(fn, r)) {
    case Op.Const: return true;
    case Op.Object: {
      if (depth > 3) return false;
      const items = list(fn.unit, operand(fn, r, 2));
      for (let i = 0; i < items.length; i += 3) if (items[i] !== PropertyKind.Plain || !isConstant(fn, items[i + 2] ?? -1, depth + 1)) return false;
      return true;
    }
    case Op.Unary: return operand(fn, r, 1) !== UnaryKind.Negate || isConstant(fn, operand(fn, r, 2), depth + 1);
    default: return false;
  }
}

/** An object literal that holds an option which switches a safeguard off. */
export function hasSwitch(engine: Engine, fn: Fn, op: number): boolean {
  const { extra } = fn.unit;
  const at = operand(fn, op, 2);
  const end = at + 1 + (extra[at] ?? 0);
  for (let i = at + 1; i < end; i += 3) {
    if (extra[i] === PropertyKind.Plain && engine.switchNames.has(text(fn.unit, extra[i + 1] ?? -1))) return true;
  }
  return false;
}

/** Functions that a variable stands for: declared, held by a constant (`debounce(() => …)`, a table of handlers), imported. */
function namedFunctions(work: Work, fn: Fn, v: number): readonly number[] {
  const { unit } = fn;
  const { types } = work.engine;
  switch (varField(unit, v, VarField.Kind)) {
    case VarKind.Function: {
      const ref = varField(unit, v, VarField.Ref);
      if (ref < 0) return [];
      work.referenced.add(unit.firstFunction + ref);
      return [unit.firstFunction + ref];
    }
    case VarKind.Const: return heldFunctions(work, fn, v);
    case VarKind.Import: {
      const type = types.ofVariable(unit, v);
      return type.k === 'functions' ? type.fns.map((f) => f.id) : [];
    }
    default: return [];
  }
}

function heldFunctions(work: Work, fn: Fn, v: number): readonly number[] {
  const init = varField(fn.unit, v, VarField.Init);
  const owner = varField(fn.unit, v, VarField.Owner);
  if (init < 0 || owner === fn.local) return [];
  const maker = work.engine.program.fnOf(fn.unit, owner);
  const parts = opcode(maker, init) === Op.Call ? [...callArguments(maker, init)].slice(0, 1)
    : opcode(maker, init) === Op.Array ? [...list(maker.unit, operand(maker, init, 2))]
    : opcode(maker, init) === Op.Object ? [...list(maker.unit, operand(maker, init, 2))].filter((_, i) => i % 3 === 2)
    : opcode(maker, init) === Op.Closure ? [init]
    : [];
  return parts.flatMap((r) => (r >= 0 && opcode(maker, r) === Op.Closure ? [maker.unit.firstFunction + operand(maker, r, 1)] : []));
}
