// Classes: their bases, members by name, stores to fields, and what stands below them or implements an interface.
import type { MemberFacts } from '#model/facts';
import { Op, VarField, VarKind } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Cls, Fn, Unit } from './program.ts';
import { callArguments, opcode, operand, text, varField } from './program.ts';
import type { LiteralRef, StaticType, TypeEnv } from './static-type.ts';
import { alternatives, awaited, NO_ENV } from './static-type.ts';
import type { Types } from './types.ts';

const MAX_HOPS = 10;

export interface ValueAt {
  readonly fn: Fn;
  readonly r: number;
}

interface MemberTable {
  readonly instance: ReadonlyMap<string, MemberFacts>;
  readonly statics: ReadonlyMap<string, MemberFacts>;
}

export class Classes {
  private readonly types: Types;
  private readonly bases: (Cls | null | undefined)[] = [];
  private readonly tables: (MemberTable | undefined)[] = [];
  private readonly stores: (ReadonlyMap<string, readonly ValueAt[]> | undefined)[] = [];
  private readonly subclasses = new Map<number, Cls[]>();
  private readonly implementers = new Map<string, Cls[]>();
  private readonly subinterfaces = new Map<string, string[]>();
  private readonly reached = new Map<Cls | string, readonly Cls[]>();
  private literals: Map<string, LiteralRef[]> | undefined;

  constructor(types: Types) {
    this.types = types;
  }

  /** Fills the tables of what implements what; needs the rest of the types at work. */
  index(): void {
    for (const cls of this.types.program.classes) this.indexHeritage(cls);
    for (const unit of this.types.program.units) {
      for (const d of unit.facts.typeDecls) {
        if (d.kind !== 'interface') continue;
        for (const base of d.extends) for (const key of interfaceKeys(this.types.resolve(unit, base, NO_ENV))) push(this.subinterfaces, key, `${unit.index} ${d.n}`);
      }
    }
  }

  private indexHeritage(cls: Cls): void {
    const base = this.baseOf(cls);
    if (base) push(this.subclasses, base.id, cls);
    for (const t of cls.facts.implements) {
      const type = this.types.resolve(cls.unit, t, NO_ENV);
      if (type.k === 'instance') push(this.subclasses, type.cls.id, cls);
      else for (const key of interfaceKeys(type)) push(this.implementers, key, cls);
    }
  }

  baseOf(cls: Cls): Cls | undefined {
    const known = this.bases[cls.id];
    if (known !== undefined) return known ?? undefined;
    this.bases[cls.id] = null;
    const base = this.findBase(cls);
    this.bases[cls.id] = base ?? null;
    return base;
  }

  private findBase(cls: Cls): Cls | undefined {
    const { extends: written, mixin } = cls.facts;
    if (written) {
      const type = this.types.resolve(cls.unit, written, NO_ENV);
      return type.k === 'instance' && type.cls !== cls ? type.cls : undefined;
    }
    return mixin ? this.mixedIn(cls, mixin) : undefined;
  }

  /** A mixin of the project yields the class it makes; one from outside (`PartialType(User)`) is taken for its argument. */
  private mixedIn(cls: Cls, mixin: { readonly n: string; readonly args: readonly string[] }): Cls | undefined {
    const callee = this.types.named(cls.unit, mixin.n);
    if (callee.k === 'functions') {
      const made = this.types.returnsOf(callee);
      return made.k === 'class' ? made.cls : undefined;
    }
    for (const arg of mixin.args) {
      const type = this.types.named(cls.unit, arg);
      if (type.k === 'class' && type.cls !== cls) return type.cls;
    }
    return undefined;
  }

  /** A class and its bases, nearest first, with the type arguments in force in each. */
  *chain(cls: Cls, env: TypeEnv): Generator<readonly [Cls, TypeEnv]> {
    let current: Cls | undefined = cls;
    let bound = env;
    for (let hops = 0; current && hops < MAX_HOPS; hops++) {
      yield [current, bound];
      const base: Cls | undefined = this.baseOf(current);
      if (base?.facts.typeParams && current.facts.extends) {
        const type = this.types.resolve(current.unit, current.facts.extends, bound.size > 0 ? bound : this.ownEnv(current));
        bound = type.k === 'instance' ? type.env : NO_ENV;
      } else bound = NO_ENV;
      current = base;
    }
  }

  ownEnv(cls: Cls): TypeEnv {
    return cls.facts.typeParams ? new Map(cls.facts.typeParams.map((n) => [n, { k: 'unknown' } as const])) : NO_ENV;
  }

  /** Classes below a class or implementing an interface, all levels. */
  below(key: Cls | string): readonly Cls[] {
    const known = this.reached.get(key);
    if (known) return known;
    const out = new Set<Cls>();
    const visit = (direct: readonly Cls[] | undefined): void => {
      for (const c of direct ?? []) {
        if (out.has(c)) continue;
        out.add(c);
        visit(this.subclasses.get(c.id));
      }
    };
    if (typeof key === 'string') for (const name of this.interfacesBelow(key)) visit(this.implementers.get(name));
    else visit(this.subclasses.get(key.id));
    const found = [...out];
    this.reached.set(key, found);
    return found;
  }

  private interfacesBelow(key: string): ReadonlySet<string> {
    const out = new Set([key]);
    for (const name of out) for (const sub of this.subinterfaces.get(name) ?? []) out.add(sub);
    return out;
  }

  /** Object literals that stand where an interface is declared: typed variables, casts, results of functions. */
  literalsOf(key: string): readonly LiteralRef[] {
    this.literals ??= this.indexLiterals();
    return [...this.interfacesBelow(key)].flatMap((name) => this.literals?.get(name) ?? []);
  }

  private indexLiterals(): Map<string, LiteralRef[]> {
    const found = new Map<string, LiteralRef[]>();
    const { program } = this.types;
    const add = (type: () => StaticType, fn: Fn, r: number): void => {
      const literal = this.literalAt(fn, r);
      if (!literal) return;
      for (const t of alternatives(awaited(type()))) for (const key of interfaceKeys(t)) push(found, key, literal);
    };
    for (const unit of program.units) this.typedVariables(unit, add);
    for (const fn of program.fns) {
      const { ret } = fn.facts;
      for (let op = 0; op < fn.facts.count; op++) {
        const code = opcode(fn, op);
        if (code === Op.Return && ret && operand(fn, op, 1) >= 0) add(() => this.types.resolve(fn.unit, ret, this.types.envOf(fn)), fn, operand(fn, op, 1));
        else if (code === Op.Cast) {
          const written = fn.unit.facts.types[operand(fn, op, 2)];
          if (written) add(() => this.types.resolve(fn.unit, written, this.types.envOf(fn)), fn, operand(fn, op, 1));
        } else if (code === Op.Jsx || code === Op.Call) {
          const given = this.contextValue(fn, op, code);
          if (given) add(() => given.type, fn, given.r);
        }
      }
    }
    return found;
  }

  /** The literal that a register holds, directly or through a name. */
  private literalAt(fn: Fn, r: number): LiteralRef | undefined {
    const op = literalBelow(fn, r);
    if (op >= 0) return { fn, op };
    const code = opcode(fn, r);
    const type = code === Op.GetVar || code === Op.Call ? this.types.ofRegister(fn, r) : undefined;
    const value = type?.k === 'literal' ? type : type?.k === 'object' ? type.value : undefined;
    return value && { fn: value.fn, op: value.op };
  }

  /** React contexts: `createContext<Auth>({ … })` and `<AuthContext.Provider value={…}>`. */
  private contextValue(fn: Fn, op: number, code: number): { readonly type: StaticType; readonly r: number } | undefined {
    const callee = operand(fn, op, 1);
    const isLoad = callee >= 0 && opcode(fn, callee) === Op.Load;
    if (callee < 0 || (code === Op.Jsx && (!isLoad || text(fn.unit, operand(fn, callee, 2)) !== 'Provider'))) return undefined;
    const r = code === Op.Jsx ? literalMember(fn, operand(fn, op, 3), 'value') : callArguments(fn, op)[0];
    if (r === undefined || r < 0 || (code === Op.Call && literalBelow(fn, r) < 0)) return undefined;
    const type = this.types.ofRegister(fn, code === Op.Jsx ? callee : op);
    const [made] = type.k === 'external' ? type.args : [];
    const isContext = type.k === 'external' && type.names.some((n) => n.root === 'npm:react' && n.members.includes('createContext'));
    return made && isContext ? { type: made, r } : undefined;
  }

  private typedVariables(unit: Unit, add: (type: () => StaticType, fn: Fn, r: number) => void): void {
    for (let v = 0; v < unit.facts.vars.length / 8; v++) {
      const written = unit.facts.types[varField(unit, v, VarField.Type)];
      if (!written || varField(unit, v, VarField.Kind) === VarKind.Param) continue;
      const owner = this.types.program.fnOf(unit, varField(unit, v, VarField.Owner));
      const init = varField(unit, v, VarField.Init);
      for (const r of init >= 0 ? [init] : this.types.writesTo(owner, v)) add(() => this.types.resolve(unit, written, this.types.envOf(owner)), owner, r);
    }
  }

  member(cls: Cls, key: string, isStatic: boolean): MemberFacts | undefined {
    const table = (this.tables[cls.id] ??= tableOf(cls));
    return (isStatic ? table.statics : table.instance).get(key);
  }

  methodOf(cls: Cls, name: string, isStatic: boolean): Fn | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < MAX_HOPS; c = this.baseOf(c), hops++) {
      const m = this.member(c, name, isStatic);
      if (m?.fn !== undefined) return this.types.program.fnOf(c.unit, m.fn);
    }
    return undefined;
  }

  constructorOf(cls: Cls): Fn | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < MAX_HOPS; c = this.baseOf(c), hops++) if (c.facts.ctor >= 0) return this.types.program.fnOf(c.unit, c.facts.ctor);
    return undefined;
  }

  /** Getters or setters that an access may run. */
  accessorsOf(cls: Cls, key: string, kind: 'getter' | 'setter'): Fn | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < MAX_HOPS; c = this.baseOf(c), hops++) {
      const m = c.facts.members.find((x) => x.n === key && x.kind === kind && x.fn !== undefined);
      if (m?.fn !== undefined) return this.types.program.fnOf(c.unit, m.fn);
    }
    return undefined;
  }

  /** What a class assigns to `this.key`: initialisers and constructor first, then the other methods. */
  storesTo(cls: Cls, key: string): readonly ValueAt[] {
    return (this.stores[cls.id] ??= this.storesOf(cls)).get(key) ?? [];
  }

  private storesOf(cls: Cls): ReadonlyMap<string, readonly ValueAt[]> {
    const stores = new Map<string, ValueAt[]>();
    for (const index of [cls.facts.fields, cls.facts.ctor, ...cls.facts.members.flatMap((m) => (m.fn === undefined ? [] : [m.fn]))]) {
      if (index < 0) continue;
      const fn = this.types.program.fnOf(cls.unit, index);
      for (let op = 0; op < fn.facts.count; op++) {
        if (opcode(fn, op) === Op.Store && opcode(fn, operand(fn, op, 1)) === Op.This) push(stores, text(fn.unit, operand(fn, op, 2)), { fn, r: operand(fn, op, 3) });
      }
    }
    return stores;
  }

  fieldInitialiser(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined {
    return this.storesTo(cls, key).find((s) => (isStatic ? true : s.fn.facts.kind === 'fields' || s.fn.facts.kind === 'constructor')) ?? (isStatic ? this.staticInitialiser(cls, key) : undefined);
  }

  private readonly staticsOf: (Fn | null | undefined)[] = [];

  staticInitialiser(cls: Cls, key: string): ValueAt | undefined {
    let statics = this.staticsOf[cls.id];
    if (statics === undefined) {
      const local = cls.unit.facts.functions.findIndex((f) => f.kind === 'static' && f.cls === cls.local);
      this.staticsOf[cls.id] = statics = local < 0 ? null : this.types.program.fnOf(cls.unit, local);
    }
    if (!statics) return undefined;
    for (let op = 0; op < statics.facts.count; op++) {
      if (opcode(statics, op) === Op.Store && text(statics.unit, operand(statics, op, 2)) === key) return { fn: statics, r: operand(statics, op, 3) };
    }
    return undefined;
  }
}

/** The object literal that a register holds, through casts, or -1. */
export function literalBelow(fn: Fn, r: number): number {
  let op = r;
  while (op >= 0 && opcode(fn, op) === Op.Cast) op = operand(fn, op, 1);
  return op >= 0 && opcode(fn, op) === Op.Object ? op : -1;
}

/** Names of an interface or object type and of those it is made of. */
function interfaceKeys(type: StaticType): readonly string[] {
  if (type.k !== 'object') return [];
  return [...(type.name === '' ? [] : [`${type.unit.index} ${type.name}`]), ...(type.members.length === 0 ? type.bases.flatMap(interfaceKeys) : [])];
}

/** Of several members of one name (overloads, a getter and its setter) the one that says most. */
function tableOf(cls: Cls): MemberTable {
  const instance = new Map<string, MemberFacts>();
  const statics = new Map<string, MemberFacts>();
  for (const m of cls.facts.members) {
    const table = m.static ? statics : instance;
    const known = table.get(m.n);
    if (!known || rank(m) > rank(known)) table.set(m.n, m);
  }
  return { instance, statics };
}

const rank = (m: MemberFacts): number => (m.kind === 'setter' ? 0 : m.fn === undefined ? 1 : 2);

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const items = map.get(key);
  if (items) items.push(value);
  else map.set(key, [value]);
}
