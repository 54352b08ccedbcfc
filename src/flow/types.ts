// Static types of registers, variables and members, computed on demand and remembered. Tiers T0, T1 and T1b of call
// resolution rest on it. It never guesses: what is not declared or evident is `unknown`.
import type { MemberFacts, TypeExpr } from '#model/facts';
import { ConstKind, LoopKind, Op, UnaryKind, VarField, VarFlag, VarKind } from '#model/facts';
import { CallResults } from './call-results.ts';
import { Classes, literalBelow, push, type ValueAt } from './classes.ts';
import { constantText, constantVariable } from './constant-texts.ts';
import { contextualParam } from './context-types.ts';
import type { CallSite } from './generics.ts';
import { keyOfValue, literalValues } from './literals.ts';
import { Members, withValue } from './members.ts';
import { Narrowing } from './narrowing.ts';
import type { Cls, Fn, Program, Unit } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { alternatives, awaited, BOOLEAN, elementOf, NO_ENV, NUMBER, STRING, UNKNOWN, unionOf } from './static-type.ts';
import type { Symbol, Symbols } from './symbols.ts';
import { TypeExpressions } from './type-expressions.ts';
import { Uses } from './uses.ts';

export { literalMember } from './literals.ts';

export type Tier = 'T0' | 'T1' | 'T1b' | 'T2';

const MAX_DEPTH = 200;
const MAX_TARGETS = 16;

export class Types {
  readonly program: Program;
  readonly symbols: Symbols;
  readonly uses = new Uses();
  /** Names of getters and setters: other members are read without looking at types. */
  readonly accessorNames: ReadonlySet<string>;
  /** Some class says how it is printed. */
  readonly stringers: boolean;
  private readonly classes: Classes;
  private readonly members: Members;
  private readonly results: CallResults;
  private readonly expressions: TypeExpressions;
  private readonly narrowing = new Narrowing();
  private readonly registers: ((StaticType | null | undefined)[] | undefined)[] = [];
  private readonly variables: ((StaticType | null | undefined)[] | undefined)[] = [];
  private readonly moduleNames: (ReadonlyMap<string, number> | undefined)[] = [];
  private readonly writes: (ReadonlyMap<number, readonly number[]> | undefined)[] = [];
  private readonly envs: (TypeEnv | undefined)[] = [];
  private depth = 0;

  constructor(program: Program, symbols: Symbols) {
    this.program = program;
    this.symbols = symbols;
    this.expressions = new TypeExpressions(this, symbols);
    this.classes = new Classes(this);
    this.members = new Members(this, this.classes);
    this.results = new CallResults(this);
    this.stringers = program.fns.some((f) => f.facts.kind === 'method' && f.facts.n === 'toString');
    this.accessorNames = new Set(program.fns.flatMap((f) => (f.facts.kind === 'getter' || f.facts.kind === 'setter' ? [f.facts.n] : [])));
    this.classes.index();
  }

  resolve(unit: Unit, type: TypeExpr, env: TypeEnv, depth = 0): StaticType { return this.expressions.resolve(unit, type, env, depth); }
  schema(name: string): StaticType | undefined { return this.expressions.schema(name); }
  baseOf(cls: Cls): Cls | undefined { return this.classes.baseOf(cls); }
  /** Classes below a class or implementing an interface, all levels. */
  below(key: Cls | string): readonly Cls[] { return this.classes.below(key); }
  methodOf(cls: Cls, name: string, isStatic: boolean): Fn | undefined { return this.classes.methodOf(cls, name, isStatic); }
  constructorOf(cls: Cls): Fn | undefined { return this.classes.constructorOf(cls); }
  fieldInitialiser(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined { return this.classes.fieldInitialiser(cls, key, isStatic); }
  member(type: StaticType, key: string): StaticType { return this.members.of(type, key); }
  /** The member of an object type, with what its declaration says. */
  memberFacts(type: StaticType, key: string): MemberFacts | undefined { return this.members.facts(type, key); }
  accessorsOf(type: StaticType, key: string, kind: 'getter' | 'setter'): readonly Fn[] { return this.members.accessorsOf(type, key, kind); }
  /** Declared return type, else the union of what is returned. */
  returnsOf(f: StaticType & { readonly k: 'functions' }, at?: CallSite): StaticType { return this.results.returnsOf(f, at); }
  /** Text of a register that is a constant name: a literal, a constant variable, an enum member. */
  constantText(fn: Fn, r: number): string | undefined { return constantText(this, fn, r); }
  constantVariable(unit: Unit, v: number): string | undefined { return constantVariable(this, unit, v); }

  /** Getters that a Load may run. */
  accessors(fn: Fn, load: number): readonly Fn[] {
    return this.accessorsOf(this.ofRegister(fn, operand(fn, load, 1)), text(fn.unit, operand(fn, load, 2)), 'getter');
  }

  /* ---------- names ---------- */

  ofSymbol(symbol: Symbol | undefined): StaticType {
    if (!symbol) return UNKNOWN;
    switch (symbol.kind) {
      case 'variable': return this.ofVariable(symbol.unit, symbol.v);
      case 'register': return this.ofRegister(this.program.fnOf(symbol.unit, 0), symbol.r);
      case 'module': return { k: 'module', unit: symbol.unit };
      case 'type': return UNKNOWN;
      case 'external': return { k: 'external', names: [{ root: `npm:${symbol.from}`, members: symbol.path }], args: [] };
    }
  }

  /** A value name in type position (`typeof x`), or any name at module level. */
  named(unit: Unit, name: string): StaticType {
    const [head = '', ...rest] = name.split('.');
    const v = (this.moduleNames[unit.index] ??= moduleNamesOf(unit)).get(head);
    let type = v === undefined ? UNKNOWN : this.ofVariable(unit, v);
    for (const key of rest) type = this.member(type, key);
    return type;
  }

  ofVariable(unit: Unit, v: number): StaticType {
    const memo = (this.variables[unit.index] ??= []);
    const known = memo[v];
    if (known !== undefined) return known ?? UNKNOWN;
    memo[v] = null;
    const type = this.variableType(unit, v);
    memo[v] = type;
    return type;
  }

  private variableType(unit: Unit, v: number): StaticType {
    const kind = varField(unit, v, VarField.Kind);
    const ref = varField(unit, v, VarField.Ref);
    if (kind === VarKind.Import) return this.importedType(unit, ref);
    if (kind === VarKind.Function && ref >= 0) return { k: 'functions', fns: [this.program.fnOf(unit, ref)], env: NO_ENV, tier: 'T0' };
    if (kind === VarKind.Class && ref >= 0) return { k: 'class', cls: this.program.clsOf(unit, ref) };
    if (kind === VarKind.Enum) return { k: 'enum', unit, name: text(unit, varField(unit, v, VarField.Name)) };
    const owner = this.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const isFixed = (varField(unit, v, VarField.Flags) & VarFlag.Reassigned) === 0;
    const init = isFixed ? varField(unit, v, VarField.Init) : -1;
    const declared = this.declaredType(unit, v, owner);
    if (declared.k !== 'unknown') return init >= 0 ? this.holding(declared, owner, init) : declared;
    if (kind === VarKind.Param) return contextualParam(this, owner, owner.facts.params.findIndex((p) => p.v === v));
    return init >= 0 ? this.ofRegister(owner, init) : this.ofWrites(owner, v);
  }

  private importedType(unit: Unit, ref: number): StaticType {
    const entry = unit.facts.imports[ref];
    if (!entry) return UNKNOWN;
    const symbol = this.symbols.imported(unit, entry.from, entry.n);
    if (symbol) return this.ofSymbol(symbol);
    const path = entry.n === '*' || entry.n === 'default' ? [] : [entry.n];
    return /^[./]/.test(entry.from) ? UNKNOWN : { k: 'external', names: [{ root: `npm:${entry.from}`, members: path }], args: [] };
  }

  private declaredType(unit: Unit, v: number, owner: Fn): StaticType {
    const written = unit.facts.types[varField(unit, v, VarField.Type)];
    const type = written ? this.resolve(unit, written, this.envOf(owner)) : UNKNOWN;
    if (type.k === 'unknown' || type.k === 'list' || varField(unit, v, VarField.Kind) !== VarKind.Param) return type;
    return owner.facts.params.some((p) => p.v === v && p.rest) ? { k: 'list', of: type } : type;
  }

  /** A declared type together with what is evident of the value: the literal it holds, the functions it is. */
  holding(type: StaticType, fn: Fn, r: number): StaticType {
    if (type.k === 'object' || type.k === 'map') {
      const op = literalBelow(fn, r);
      if (op >= 0) return withValue(type, { fn, op });
    }
    if (type.k !== 'signature' && type.k !== 'external' && type.k !== 'object') return type;
    const value = this.ofRegister(fn, r);
    if (value.k !== 'functions') return value.k === 'literal' ? withValue(type, value) : type;
    return type.k === 'signature' ? { ...value, declared: { unit: type.unit, type: type.type, env: type.env } } : value;
  }

  /** A variable that is assigned more than once: all its values, if they agree. */
  private ofWrites(owner: Fn, v: number): StaticType {
    const registers = this.writesTo(owner, v);
    return registers.length > 6 ? UNKNOWN : unionOf(registers.map((r) => this.ofRegister(owner, r)));
  }

  /** Registers that the owner assigns to a variable. */
  writesTo(owner: Fn, v: number): readonly number[] {
    return (this.writes[owner.id] ??= writesIn(owner)).get(v) ?? [];
  }

  /** Type parameters of the functions and classes around; a parameter is unknown unless something binds it. */
  envOf(fn: Fn): TypeEnv {
    return (this.envs[fn.id] ??= this.findEnv(fn));
  }

  private findEnv(fn: Fn): TypeEnv {
    const parent = this.program.parent(fn);
    const outer = parent ? this.envOf(parent) : NO_ENV;
    const names = [...(fn.facts.typeParams ?? []), ...(fn.facts.cls >= 0 ? (this.program.clsOf(fn.unit, fn.facts.cls).facts.typeParams ?? []) : [])];
    return names.length === 0 ? outer : new Map([...outer, ...names.map((n) => [n, UNKNOWN] as const)]);
  }

  /* ---------- values ---------- */

  ofRegister(fn: Fn, r: number): StaticType {
    const memo = (this.registers[fn.id] ??= []);
    const known = memo[r];
    if (known !== undefined) return known ?? UNKNOWN;
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    memo[r] = null;
    this.depth++;
    const type = this.compute(fn, r);
    this.depth--;
    memo[r] = type;
    return type;
  }

  private compute(fn: Fn, r: number): StaticType {
    const a = operand(fn, r, 1);
    const b = operand(fn, r, 2);
    switch (opcode(fn, r)) {
      case Op.Const: return CONSTANT_TYPES[a] ?? UNKNOWN;
      case Op.GetVar: return this.narrowed(fn, r) ?? this.ofVariable(fn.unit, a);
      case Op.Global: return globalType(text(fn.unit, a));
      case Op.Load: return this.member(this.ofRegister(fn, a), text(fn.unit, b));
      case Op.Elem: return this.element(fn, a, b);
      case Op.Call: return this.results.of(fn, r);
      case Op.New: return this.results.constructed(fn, r);
      case Op.Object: return { k: 'literal', fn, op: r };
      case Op.Array: return this.arrayType(fn, list(fn.unit, b));
      case Op.Template:
      case Op.Concat: return STRING;
      case Op.Binary: return a === 0 ? NUMBER : BOOLEAN;
      case Op.Unary: return a === UnaryKind.Not ? BOOLEAN : a === UnaryKind.Typeof ? STRING : NUMBER;
      case Op.Join: return unionOf([...list(fn.unit, b)].map((x) => this.ofRegister(fn, x)));
      case Op.Closure: return { k: 'functions', fns: [this.program.fnOf(fn.unit, a)], env: NO_ENV, tier: 'T0' };
      case Op.ClassValue: return { k: 'class', cls: this.program.clsOf(fn.unit, a) };
      case Op.This: return this.thisOf(fn);
      case Op.Super: return this.superOf(fn);
      case Op.Await: return awaited(this.ofRegister(fn, a));
      case Op.Rest: return { k: 'without', of: this.ofRegister(fn, a), keys: [...list(fn.unit, b)].map((s) => text(fn.unit, s)), keep: false };
      case Op.RestArray: return withoutItems(this.ofRegister(fn, a));
      case Op.Cast: return this.castType(fn, a, b);
      case Op.Iterate: return this.iterated(operand(fn, r, 3), this.ofRegister(fn, a));
      case Op.Import: return this.importedModule(fn.unit, text(fn.unit, a));
      default: return UNKNOWN;
    }
  }

  private narrowed(fn: Fn, r: number): StaticType | undefined {
    const at = this.narrowing.classAt(fn, r);
    const type = at < 0 ? UNKNOWN : this.ofRegister(fn, at);
    if (type.k !== 'class') return undefined;
    // A variable of the very class keeps its type arguments.
    const own = this.ofVariable(fn.unit, operand(fn, r, 1));
    return own.k === 'instance' && own.cls === type.cls ? own : { k: 'instance', cls: type.cls, env: NO_ENV };
  }

  private arrayType(fn: Fn, elements: Int32Array): StaticType {
    const types = [...elements.subarray(0, 8)].map((x) => (x < 0 ? elementOf(this.ofRegister(fn, ~x)) : this.ofRegister(fn, x)));
    const isPlain = elements.length > 1 && elements.length <= 8 && elements.every((x) => x >= 0);
    return { k: 'list', of: unionOf(types), ...(isPlain ? { items: types } : {}) };
  }

  /** A loop over a map yields its entries. */
  private iterated(kind: number, type: StaticType): StaticType {
    if (kind === LoopKind.In) return STRING;
    return type.k === 'map' ? { k: 'tuple', of: [UNKNOWN, type.of] } : elementOf(type);
  }

  private castType(fn: Fn, value: number, type: number): StaticType {
    const written = fn.unit.facts.types[type];
    const resolved = written ? this.resolve(fn.unit, written, this.envOf(fn)) : UNKNOWN;
    return resolved.k === 'unknown' ? this.ofRegister(fn, value) : this.holding(resolved, fn, value);
  }

  private importedModule(unit: Unit, specifier: string): StaticType {
    const target = this.program.resolve(unit.path, specifier);
    if (target.kind === 'file') {
      const to = this.program.unit(target.file);
      if (!to) return UNKNOWN;
      const assigned = to.facts.exports.find((e) => e.n === 'export=');
      if (assigned?.r !== undefined) return this.ofRegister(this.program.fnOf(to, 0), assigned.r);
      if (assigned?.v !== undefined) return this.ofVariable(to, assigned.v);
      return { k: 'module', unit: to };
    }
    const name = target.kind === 'package' ? (target.subpath ? `${target.name}/${target.subpath.replace(/^\.?\//, '')}` : target.name) : specifier.replace(/^node:/, '');
    return { k: 'external', names: [{ root: `npm:${name}`, members: [] }], args: [] };
  }

  private element(fn: Fn, object: number, key: number): StaticType {
    const type = this.ofRegister(fn, object);
    const name = this.constantText(fn, key);
    return name === undefined ? this.elements(type) : this.member(type, name);
  }

  /** Any element of a list, value of a map, or member of a literal. */
  elements(type: StaticType): StaticType {
    if (type.k === 'union') return unionOf(type.of.map((t) => this.elements(t)));
    const literal = type.k === 'literal' ? type : type.k === 'map' ? type.value : undefined;
    const values = literal && literalValues(literal.fn, literal.op);
    if (!literal || !values || values.length > MAX_TARGETS) return elementOf(type);
    const held = unionOf(values.map((r) => this.ofRegister(literal.fn, r)));
    return type.k === 'literal' || held.k === 'functions' || (held.k === 'union' && held.of.every((t) => t.k === 'functions')) ? held : elementOf(type);
  }

  /** Members of an object literal with their types. */
  *entries(type: StaticType & { readonly k: 'literal' }): Generator<readonly [string, StaticType]> {
    for (const r of literalValues(type.fn, type.op) ?? []) {
      const key = keyOfValue(type.fn, type.op, r);
      if (key !== undefined) yield [key, this.ofRegister(type.fn, r)];
    }
  }

  thisOf(fn: Fn): StaticType {
    for (let f: Fn | undefined = fn; f; f = this.program.parent(f)) {
      if (f.facts.kind === 'arrow') continue;
      if (f.facts.cls >= 0) {
        const cls = this.program.clsOf(f.unit, f.facts.cls);
        return f.facts.static ? { k: 'class', cls } : { k: 'instance', cls, env: NO_ENV };
      }
      return this.receiverLiteral(f);
    }
    return UNKNOWN;
  }

  /** `this` inside a method of an object literal is that literal. */
  private receiverLiteral(fn: Fn): StaticType {
    const parent = this.program.parent(fn);
    const r = parent ? this.uses.closure(parent, fn.local) : -1;
    const use = parent && r >= 0 ? this.uses.of(parent, r) : -1;
    return parent && use >= 0 && opcode(parent, use) === Op.Object ? { k: 'literal', fn: parent, op: use } : UNKNOWN;
  }

  private superOf(fn: Fn): StaticType {
    const self = this.thisOf(fn);
    const cls = self.k === 'instance' || self.k === 'class' ? self.cls : undefined;
    const base = cls && this.baseOf(cls);
    if (base) return self.k === 'class' ? { k: 'class', cls: base } : { k: 'instance', cls: base, env: NO_ENV };
    const written = cls?.facts.extends;
    return cls && written ? this.resolve(cls.unit, written, NO_ENV) : UNKNOWN;
  }

  /* ---------- calls ---------- */

  /** Every function a call may reach, with the tier it was resolved by. */
  targets(fn: Fn, r: number): { readonly fns: readonly Fn[]; readonly tier: Tier } {
    const calleeRegister = operand(fn, r, 1);
    const calleeOp = opcode(fn, calleeRegister);
    const callee = this.ofRegister(fn, calleeRegister);
    const isNew = opcode(fn, r) === Op.New;
    const found = new Set<Fn>();
    let tier: Tier = 'T0';
    for (const c of alternatives(callee)) {
      if (c.k === 'functions') {
        for (const f of c.fns) found.add(f);
        tier = c.tier;
      } else if ((c.k === 'class' && isNew) || (c.k === 'instance' && calleeOp === Op.Super)) {
        const ctor = this.constructorOf(c.cls);
        if (ctor) found.add(ctor);
        if (!isNew) tier = 'T1';
      } else if (c.k === 'object' && !isNew) {
        const called = this.member(c, '()');
        for (const f of called.k === 'functions' ? called.fns : []) found.add(f);
        tier = 'T1';
      }
    }
    if (calleeOp === Op.Load) tier = this.isInferred(fn, operand(fn, calleeRegister, 1)) ? 'T1b' : tier === 'T0' ? 'T1' : tier;
    if (calleeOp === Op.Elem) tier = 'T2';
    return { fns: found.size > MAX_TARGETS ? [] : [...found], tier };
  }

  private isInferred(fn: Fn, receiver: number): boolean {
    const op = opcode(fn, receiver);
    return op === Op.Call || op === Op.Await || op === Op.Iterate || op === Op.Elem || op === Op.Join;
  }
}

const CONSTANT_TYPES: Readonly<Record<number, StaticType>> = {
  [ConstKind.True]: BOOLEAN, [ConstKind.False]: BOOLEAN, [ConstKind.Number]: NUMBER, [ConstKind.BigInt]: NUMBER, [ConstKind.String]: STRING,
  [ConstKind.Regex]: { k: 'primitive', n: 'regexp' }, [ConstKind.Null]: { k: 'primitive', n: 'null' }, [ConstKind.Undefined]: { k: 'primitive', n: 'undefined' },
};
const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'global', 'self']);

const globalType = (name: string): StaticType => ({ k: 'external', names: [{ root: GLOBAL_OBJECTS.has(name) ? 'globalThis' : `global:${name}`, members: [] }], args: [] });

const withoutItems = (type: StaticType): StaticType => (type.k === 'list' ? { k: 'list', of: type.of } : type);

function moduleNamesOf(unit: Unit): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (let v = 0; v < unit.facts.vars.length / 8; v++) {
    const name = text(unit, varField(unit, v, VarField.Name));
    if (varField(unit, v, VarField.Owner) === 0 && !names.has(name)) names.set(name, v);
  }
  return names;
}

function writesIn(fn: Fn): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let op = 0; op < fn.facts.count; op++) if (opcode(fn, op) === Op.SetVar) push(found, operand(fn, op, 1), operand(fn, op, 2));
  return found;
}
