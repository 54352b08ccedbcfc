// Classes: their bases, members by name, and what they store in their fields.
import type { MemberFacts } from '#model/facts';
import { Op } from '#model/facts';
import type { Cls, Fn } from './program.ts';
import { opcode, operand, text } from './program.ts';
import type { TypeEnv } from './static-type.ts';
import { NO_ENV } from './static-type.ts';
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

  constructor(types: Types) {
    this.types = types;
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
      if (type.k === 'instance') return type.cls === cls ? undefined : type.cls;
      return written.k === 'ref' ? this.heldClass(cls, written.n) : undefined;
    }
    return mixin ? this.mixedIn(cls, mixin) : undefined;
  }

  /** `const Base = require('./base')`: a base by the name of the variable that holds it. */
  private heldClass(cls: Cls, name: string): Cls | undefined {
    const held = this.types.named(cls.unit, name);
    return held.k === 'class' && held.cls !== cls ? held.cls : undefined;
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
      for (let op = 0; op < fn.count; op++) {
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
    for (let op = 0; op < statics.count; op++) {
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
