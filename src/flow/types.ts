// Static types of registers, variables and members, computed on demand and remembered. Tiers T0, T1 and T1b of call
// resolution rest on it. It never guesses: what is not declared or evident is `unknown`.
import type { MemberFacts, TypeExpr } from '#model/facts';
import { ConstKind, LoopKind, Op, UnaryKind } from '#model/facts';
import { CallResults } from './call-results.ts';
import { Classes, type ValueAt } from './classes.ts';
import { ConstantFields } from './constant-fields.ts';
import { constantText, constantVariable } from './constant-texts.ts';
import { Cycles } from './cycles.ts';
import type { CallSite } from './generics.ts';
import { keyOfValue, literalValues } from './literals.ts';
import { loadedMember } from './loaded-by-name.ts';
import { Members } from './members.ts';
import { Narrowing } from './narrowing.ts';
import type { Cls, Fn, Program, Unit } from './program.ts';
import { list, opcode, operand, text } from './program.ts';
import { superType, thisType } from './receivers.ts';
import { ConstantLists } from './constant-lists.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { awaited, BOOLEAN, elementOf, NO_ENV, NUMBER, STRING, UNKNOWN, unionOf } from './static-type.ts';
import type { Symbol, Symbols } from './symbols.ts';
import { type Targets, targetsOf } from './targets.ts';
import { Subtypes } from './subtypes.ts';
import { TypeExpressions } from './type-expressions.ts';
import { Uses } from './uses.ts';
import { Variables } from './variables.ts';

export { literalMember } from './literals.ts';

/** What is called to print an object, without a call in sight: by templates, `JSON.stringify` and `inspect`. */
const PRINTERS = ['toString', 'toJSON', '@@inspect'] as const;
export type Printer = (typeof PRINTERS)[number];
export const isPrinter = (fn: Fn): boolean => fn.facts.kind === 'method' && (PRINTERS as readonly string[]).includes(fn.facts.n);

const MAX_DEPTH = 200;
const MAX_VALUES = 16;

export class Types {
  readonly program: Program;
  readonly symbols: Symbols;
  readonly uses = new Uses();
  /** Names of getters and setters: other members are read without looking at types. */
  readonly accessorNames: ReadonlySet<string>;
  /** Ways of printing objects that some class defines for its own. */
  readonly printers: ReadonlySet<string>;
  /** What validators describe, by function and register; null where that is nothing. */
  readonly schemas = new Map<number, StaticType | null>();
  private readonly classes: Classes;
  private readonly subtypes: Subtypes;
  private readonly members: Members;
  private readonly results: CallResults;
  private readonly cycles = new Cycles();
  private readonly variables = new Variables(this, this.cycles);
  private readonly expressions: TypeExpressions;
  private readonly narrowing = new Narrowing();
  private readonly constants: ConstantLists;
  private readonly constantFields: ConstantFields;
  private readonly registers: ((StaticType | null | undefined)[] | undefined)[] = [];
  private depth = 0;

  constructor(program: Program, symbols: Symbols) {
    this.program = program;
    this.symbols = symbols;
    this.constants = new ConstantLists(program, symbols);
    this.constantFields = new ConstantFields(this, program);
    this.expressions = new TypeExpressions(this, symbols);
    this.classes = new Classes(this);
    this.subtypes = new Subtypes(this);
    this.members = new Members(this, this.classes, this.subtypes);
    this.results = new CallResults(this);
    this.printers = new Set(program.fns.flatMap((f) => (isPrinter(f) ? [f.facts.n] : [])));
    this.accessorNames = new Set(program.fns.flatMap((f) => (f.facts.kind === 'getter' || f.facts.kind === 'setter' ? [f.facts.n] : [])));
    this.subtypes.index();
  }

  resolve(unit: Unit, type: TypeExpr, env: TypeEnv, depth = 0): StaticType { return this.expressions.resolve(unit, type, env, depth); }
  schema(name: string): StaticType | undefined { return this.expressions.schema(name); }
  baseOf(cls: Cls): Cls | undefined { return this.classes.baseOf(cls); }
  /** Classes below a class or implementing an interface, all levels. */
  below(key: Cls | string): readonly Cls[] { return this.subtypes.below(key); }
  methodOf(cls: Cls, name: string, isStatic: boolean): Fn | undefined { return this.classes.methodOf(cls, name, isStatic); }
  constructorOf(cls: Cls): Fn | undefined { return this.classes.constructorOf(cls); }
  fieldInitialiser(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined { return this.classes.fieldInitialiser(cls, key, isStatic); }
  /** What a class assigns to `this.key`, initialisers first. */
  storesTo(cls: Cls, key: string): readonly ValueAt[] { return this.classes.storesTo(cls, key); }
  staticInitialiser(cls: Cls, key: string): ValueAt | undefined { return this.classes.staticInitialiser(cls, key); }
  /** The literal that a field of a class holds for ever. */
  constantField(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined { return this.constantFields.of(cls, key, isStatic); }
  member(type: StaticType, key: string): StaticType { return this.members.of(type, key); }
  /** The member of an object type, with what its declaration says. */
  memberFacts(type: StaticType, key: string): MemberFacts | undefined { return this.members.facts(type, key); }
  accessorsOf(type: StaticType, key: string, kind: 'getter' | 'setter'): readonly Fn[] { return this.members.accessorsOf(type, key, kind); }
  /** What a call of a client gets from a server of the repository; undefined when the server says nothing of it. */
  answered(fn: Fn, op: number): StaticType | undefined {
    if (!this.results.contracts.isPossible) return undefined;
    this.ofRegister(fn, op);
    return this.results.contracts.of(fn, op);
  }
  /** Declared return type, else the union of what is returned. */
  returnsOf(f: StaticType & { readonly k: 'functions' }, at?: CallSite): StaticType { return this.results.returnsOf(f, at); }
  /** Text of a register that is a constant name: a literal, a constant variable, an enum member. */
  constantText(fn: Fn, r: number): string | undefined { return constantText(this, fn, r); }
  constantVariable(unit: Unit, v: number): string | undefined { return constantVariable(this, unit, v); }

  /** Getters that a Load may run. */
  accessors(fn: Fn, load: number): readonly Fn[] {
    return this.accessorsOf(this.ofRegister(fn, operand(fn, load, 1)), text(fn.unit, operand(fn, load, 2)), 'getter');
  }

  ofVariable(unit: Unit, v: number): StaticType { return this.variables.of(unit, v); }
  /** A value name in type position (`typeof x`), or any name at module level. */
  named(unit: Unit, name: string): StaticType { return this.variables.named(unit, name); }
  /** Registers that the owner assigns to a variable. */
  writesTo(owner: Fn, v: number): readonly number[] { return this.variables.writesTo(owner, v); }
  /** Type parameters of the functions and classes around; a parameter is unknown unless something binds it. */
  envOf(fn: Fn): TypeEnv { return this.variables.envOf(fn); }
  /** A declared type together with what is evident of the value: the literal it holds, the functions it is. */
  holding(type: StaticType, fn: Fn, r: number): StaticType { return this.variables.holding(type, fn, r); }
  thisOf(fn: Fn): StaticType { return thisType(this, fn); }
  /** Every function a call may reach, with the tier it was resolved by. */
  targets(fn: Fn, r: number): Targets { return targetsOf(this, fn, r); }

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

  /* ---------- values ---------- */

  ofRegister(fn: Fn, r: number): StaticType {
    const memo = (this.registers[fn.id] ??= new Array<StaticType | null | undefined>(fn.count));
    const known = memo[r];
    if (known === null) this.cycles.metRegister(fn.id, r);
    if (known !== undefined) return known ?? UNKNOWN;
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    memo[r] = null;
    this.depth++;
    const type = this.compute(fn, r);
    this.depth--;
    memo[r] = this.cycles.leaveRegister(fn.id, r) && type.k === 'unknown' ? undefined : type;
    return type;
  }

  private compute(fn: Fn, r: number): StaticType {
    const a = operand(fn, r, 1);
    const b = operand(fn, r, 2);
    switch (opcode(fn, r)) {
      case Op.Const: return CONSTANT_TYPES[a] ?? UNKNOWN;
      case Op.GetVar: return this.narrowed(fn, r) ?? this.ofVariable(fn.unit, a);
      case Op.Global: return globalType(text(fn.unit, a));
      case Op.Load: return this.loaded(fn, r, this.member(this.ofRegister(fn, a), text(fn.unit, b)));
      case Op.Elem: return this.element(fn, a, b);
      case Op.Call: return this.results.of(fn, r);
      case Op.New: return this.results.constructed(fn, r);
      case Op.Object: return { k: 'literal', fn, op: r };
      case Op.Array: return this.constants.typeOf(fn, r) ?? this.arrayType(fn, list(fn.unit, b));
      case Op.Template:
      case Op.Concat: return STRING;
      case Op.Binary: return a === 0 ? NUMBER : BOOLEAN;
      case Op.Unary: return a === UnaryKind.Not ? BOOLEAN : a === UnaryKind.Typeof ? STRING : NUMBER;
      case Op.Join: return unionOf([...list(fn.unit, b)].map((x) => this.ofRegister(fn, x)));
      case Op.Closure: return { k: 'functions', fns: [this.program.fnOf(fn.unit, a)], env: NO_ENV, tier: 'T0' };
      case Op.ClassValue: return { k: 'class', cls: this.program.clsOf(fn.unit, a) };
      case Op.This: return thisType(this, fn);
      case Op.Super: return superType(this, fn);
      case Op.Await: return awaited(this.ofRegister(fn, a));
      case Op.Rest: return { k: 'without', of: this.ofRegister(fn, a), keys: [...list(fn.unit, b)].map((s) => text(fn.unit, s)), keep: false };
      case Op.RestArray: return withoutItems(this.ofRegister(fn, a));
      case Op.Cast: return this.castType(fn, a, b);
      case Op.Iterate: return this.iterated(operand(fn, r, 3), this.ofRegister(fn, a));
      case Op.Import: return this.importedModule(fn.unit, text(fn.unit, a));
      default: return UNKNOWN;
    }
  }

  /** What no type tells may be a file that a framework loads by its name. */
  private loaded(fn: Fn, r: number, type: StaticType): StaticType {
    return type.k === 'unknown' || type.k === 'external' ? (loadedMember(this, fn, r) ?? type) : type;
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
    if (!literal || !values || values.length > MAX_VALUES) return this.declaredElement(type);
    const held = unionOf(values.map((r) => this.ofRegister(literal.fn, r)));
    return type.k === 'literal' || held.k === 'functions' || (held.k === 'union' && held.of.every((t) => t.k === 'functions')) ? held : this.declaredElement(type);
  }

  /** `{ [currency: string]: Account }` declares its values as `Record<string, Account>` does. */
  private declaredElement(type: StaticType): StaticType {
    const index = type.k === 'object' ? type.members.find((m) => m.kind === 'index') : undefined;
    return type.k === 'object' && index?.type ? this.resolve(type.unit, index.type, type.env) : elementOf(type);
  }

  /** Members of an object literal with their types. */
  *entries(type: StaticType & { readonly k: 'literal' }): Generator<readonly [string, StaticType]> {
    for (const r of literalValues(type.fn, type.op) ?? []) {
      const key = keyOfValue(type.fn, type.op, r);
      if (key !== undefined) yield [key, this.ofRegister(type.fn, r)];
    }
  }
}

const CONSTANT_TYPES: Readonly<Record<number, StaticType>> = {
  [ConstKind.True]: BOOLEAN, [ConstKind.False]: BOOLEAN, [ConstKind.Number]: NUMBER, [ConstKind.BigInt]: NUMBER, [ConstKind.String]: STRING,
  [ConstKind.Regex]: { k: 'primitive', n: 'regexp' }, [ConstKind.Null]: { k: 'primitive', n: 'null' }, [ConstKind.Undefined]: { k: 'primitive', n: 'undefined' },
};
const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'global', 'self']);

const globalType = (name: string): StaticType => ({ k: 'external', names: [{ root: GLOBAL_OBJECTS.has(name) ? 'globalThis' : `global:${name}`, members: [] }], args: [] });

const withoutItems = (type: StaticType): StaticType => (type.k === 'list' ? { k: 'list', of: type.of } : type);
