// The type of a member of a value: of classes, interfaces, object literals, modules, built-in types.
import type { MemberFacts } from '#model/facts';
import { builtinMember, externalMember } from './builtin-types.ts';
import type { Classes } from './classes.ts';
import { fixedTo } from './fixed-fields.ts';
import { LiteralMembers } from './literal-members.ts';
import { literalAccessors } from './literals.ts';
import type { Cls, Fn } from './program.ts';
import { operand } from './program.ts';
import type { LiteralRef, StaticType, TypeEnv } from './static-type.ts';
import { alternatives, NO_ENV, UNDEFINED, UNKNOWN, unionOf } from './static-type.ts';
import type { Subtypes } from './subtypes.ts';
import type { Types } from './types.ts';

const MAX_DEPTH = 60;

type ObjectType = StaticType & { readonly k: 'object' };

const MAX_OVERRIDES = 8;

export class Members {
  private readonly types: Types;
  private readonly classes: Classes;
  private readonly subtypes: Subtypes;
  private readonly literals: LiteralMembers;
  private readonly fields = new Map<string, StaticType | null>();
  private readonly implemented = new Map<string, readonly Fn[]>();
  private depth = 0;

  constructor(types: Types, classes: Classes, subtypes: Subtypes) {
    this.types = types;
    this.classes = classes;
    this.subtypes = subtypes;
    this.literals = new LiteralMembers(types);
  }

  of(type: StaticType, key: string): StaticType {
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    this.depth++;
    const found = this.find(type, key);
    this.depth--;
    return found;
  }

  private find(type: StaticType, key: string): StaticType {
    // Nothing is in what was left out.
    if (type === UNDEFINED) return UNDEFINED;
    switch (type.k) {
      case 'union': return unionOf(type.of.map((t) => this.of(t, key)));
      case 'without': return type.keys.includes(key) === type.keep ? this.of(type.of, key) : type.absent ? UNDEFINED : UNKNOWN;
      case 'instance': return this.classMember(type.cls, key, false, type.env, type.open);
      case 'class': return key === 'prototype' ? { k: 'instance', cls: type.cls, env: NO_ENV } : this.classMember(type.cls, key, true, NO_ENV);
      case 'object': return this.objectMember(type, key);
      case 'record': return type.fields.get(key) ?? UNKNOWN;
      case 'literal': return this.literals.of(type, key);
      case 'module': return this.moduleMember(type, key);
      case 'external': return this.memberOfExternal(type, key);
      case 'tuple': return type.of[Number(key)] ?? builtinMember(type, key);
      case 'list': return type.items?.[Number(key)] ?? builtinMember(type, key);
      case 'map': {
        const held = type.value ? this.literals.of(type.value, key) : UNKNOWN;
        return held.k === 'unknown' ? builtinMember(type, key) : held;
      }
      case 'enum': return { k: 'primitive', n: 'enum' };
      default: return builtinMember(type, key);
    }
  }

  private moduleMember(type: StaticType & { readonly k: 'module' }, key: string): StaticType {
    const symbol = this.types.symbols.exported(type.unit, key);
    // A dynamic import is a promise of the module.
    return symbol || key !== 'then' ? this.types.ofSymbol(symbol) : builtinMember({ k: 'promise', of: type }, key);
  }

  private memberOfExternal(type: StaticType & { readonly k: 'external' }, key: string): StaticType {
    const schema = type.names.find((n) => n.root.startsWith('schema:'));
    if (schema) return this.of(this.types.schema(schema.root.slice(7)) ?? UNKNOWN, key);
    return externalMember(type, key);
  }

  /** The member of an object type, with what its declaration says. */
  facts(type: StaticType, key: string): MemberFacts | undefined {
    switch (type.k) {
      case 'object': return declared(type, key) ?? firstOf(type.bases, (b) => this.facts(b, key));
      case 'instance': {
        for (const [c] of this.classes.chain(type.cls, NO_ENV)) {
          const found = this.classes.member(c, key, false);
          if (found) return found;
        }
        return undefined;
      }
      case 'union': return firstOf(type.of, (t) => this.facts(t, key));
      case 'without': return this.facts(type.of, key);
      default: return undefined;
    }
  }

  /* ---------- interfaces ---------- */

  private objectMember(type: ObjectType, key: string): StaticType {
    const written = this.writtenMember(type, key);
    if (!type.value) return written;
    const held = this.literals.of(type.value, key);
    if (held.k === 'functions') return { ...held, tier: 'T1', ...signatureOf(written) };
    if (held.k === 'literal') return withValue(written.k === 'unknown' ? held : written, held);
    return written.k === 'unknown' || (written.k === 'functions' && written.fns.length === 0) ? firstKnown(held, written) : written;
  }

  private writtenMember(type: ObjectType, key: string): StaticType {
    const found = declared(type, key);
    if (found) {
      if (found.kind === 'method') return this.interfaceMethod(type, found, found.type ? { unit: type.unit, type: found.type, env: type.env } : undefined);
      const field = found.type ? this.types.resolve(type.unit, found.type, type.env) : UNKNOWN;
      return field.k === 'signature' ? this.interfaceMethod(type, found, field) : field;
    }
    for (const base of type.bases) {
      const inherited = this.of(base, key);
      if (inherited.k !== 'unknown') return inherited;
    }
    const index = type.members.find((m) => m.kind === 'index');
    return index?.type ? this.types.resolve(type.unit, index.type, type.env) : UNKNOWN;
  }

  private interfaceMethod(type: ObjectType, member: MemberFacts, signature: Signature | undefined): StaticType {
    const fns = type.name === '' ? [] : this.implementations(`${type.unit.index} ${type.name}`, member.n);
    return { k: 'functions', fns, env: type.env, tier: 'T1', ...(signature ? { declared: signature } : {}) };
  }

  /** Methods of classes and members of literals that implement a member of an interface. */
  private implementations(key: string, member: string): readonly Fn[] {
    const memo = `${key} ${member}`;
    const known = this.implemented.get(memo);
    if (known) return known;
    this.implemented.set(memo, []);
    const methods = this.subtypes.below(key).flatMap((c) => this.classes.methodOf(c, member, false) ?? []);
    const found = unique([...methods, ...this.subtypes.literalsOf(key).flatMap((l) => this.functionsOf(l, member))]);
    this.implemented.set(memo, found);
    return found;
  }

  private functionsOf(literal: LiteralRef, key: string): readonly Fn[] {
    const held = this.literals.of(literal, key);
    return held.k === 'functions' ? held.fns : [];
  }

  /* ---------- classes ---------- */

  private classMember(cls: Cls, key: string, isStatic: boolean, env: TypeEnv, open = false): StaticType {
    for (const [c, bound] of this.classes.chain(cls, env)) {
      const member = this.classes.member(c, key, isStatic);
      if (member) return this.declaredMember(c, cls, member, isStatic, bound, open);
      const property = isStatic ? undefined : this.constructorProperty(c, key, bound);
      if (property) return property;
    }
    for (const [c] of this.classes.chain(cls, env)) {
      const assigned = this.fieldType(c, key, isStatic);
      if (assigned.k !== 'unknown') return assigned;
    }
    return this.externalBaseMember(cls, key, isStatic);
  }

  /** A member of a base class from outside: `this.findOne` of a class that extends a library's repository. */
  private externalBaseMember(cls: Cls, key: string, isStatic: boolean): StaticType {
    for (const [c] of this.classes.chain(cls, NO_ENV)) {
      if (!c.facts.extends || this.classes.baseOf(c)) continue;
      const base = this.types.resolve(c.unit, c.facts.extends, NO_ENV);
      if (base.k !== 'external') return UNKNOWN;
      // An active record's static methods yield rows of the class itself; so do those of one that names no other row type.
      const rows = !isStatic && base.args.some((a) => a.k === 'instance' || a.k === 'object' || a.k === 'record') ? base.args : [{ k: 'instance' as const, cls, env: NO_ENV }];
      return externalMember({ ...base, args: rows }, key);
    }
    return UNKNOWN;
  }

  private declaredMember(c: Cls, receiver: Cls, member: MemberFacts, isStatic: boolean, env: TypeEnv, open: boolean): StaticType {
    const full = env.size > 0 ? env : this.classes.ownEnv(c);
    const written = member.type ? this.types.resolve(c.unit, member.type, full) : UNKNOWN;
    if (member.kind === 'method') return this.method(c, receiver, member, isStatic, env, written, open);
    if (member.kind === 'setter') return written;
    if (written.k !== 'unknown' && written.k !== 'signature') return fixedTo(this.types, c, member, written, this.classes.storesTo(c, member.n)) ?? this.valued(written, c, member.n, isStatic);
    const own = member.fn === undefined ? undefined : this.types.program.fnOf(c.unit, member.fn);
    if (member.kind === 'getter') return own ? this.types.returnsOf({ k: 'functions', fns: [own], env, tier: 'T1b' }) : written;
    if (own) return { k: 'functions', fns: [own], env, tier: 'T1', ...signatureOf(written) };
    const assigned = this.fieldType(c, member.n, isStatic);
    return assigned.k === 'unknown' ? written : assigned;
  }

  private method(c: Cls, receiver: Cls, member: MemberFacts, isStatic: boolean, env: TypeEnv, written: StaticType, open: boolean): StaticType {
    const own = member.fn === undefined ? [] : [this.types.program.fnOf(c.unit, member.fn)];
    const fns = own.length > 0 ? (open ? [...own, ...this.overrides(receiver, member.n)] : own) : isStatic ? [] : this.subtypes.below(receiver).flatMap((s) => this.classes.methodOf(s, member.n, false) ?? []);
    return { k: 'functions', fns: unique(fns), env, tier: 'T1', ...(own.length > 0 ? {} : signatureOf(written)) };
  }

  /** What classes below make of a method: as many as one call may lead to without meaning nothing any more. */
  private overrides(receiver: Cls, name: string): readonly Fn[] {
    const found = this.subtypes.below(receiver).flatMap((c) => this.classes.methodOf(c, name, false) ?? []);
    return found.length > MAX_OVERRIDES ? [] : found;
  }

  /** A field of a declared object type that its class initialises, once, with a literal. */
  private valued(written: StaticType, c: Cls, key: string, isStatic: boolean): StaticType {
    if (written.k !== 'object' && written.k !== 'map') return written;
    const initial = isStatic ? this.classes.staticInitialiser(c, key) : undefined;
    const stores = initial ? [initial] : this.classes.storesTo(c, key);
    const [only] = stores;
    return only && stores.length === 1 ? this.types.holding(written, only.fn, only.r) : written;
  }

  private constructorProperty(c: Cls, key: string, env: TypeEnv): StaticType | undefined {
    if (c.facts.ctor < 0) return undefined;
    const ctor = this.types.program.fnOf(c.unit, c.facts.ctor);
    const param = ctor.facts.params.find((p) => p.property && p.n === key);
    return param ? (param.type ? this.types.resolve(c.unit, param.type, env.size > 0 ? env : this.classes.ownEnv(c)) : UNKNOWN) : undefined;
  }

  private fieldType(cls: Cls, key: string, isStatic: boolean): StaticType {
    const memo = `${cls.id} ${key} ${isStatic}`;
    const known = this.fields.get(memo);
    if (known !== undefined) return known ?? UNKNOWN;
    this.fields.set(memo, null);
    const initial = isStatic ? this.classes.staticInitialiser(cls, key) : undefined;
    const stores = initial ? [initial] : this.classes.storesTo(cls, key);
    const type = stores.length > 4 ? UNKNOWN : unionOf(stores.map((s) => this.types.ofRegister(s.fn, s.r)));
    this.fields.set(memo, type);
    return type;
  }

  /* ---------- accessors ---------- */

  accessorsOf(type: StaticType, key: string, kind: 'getter' | 'setter'): readonly Fn[] {
    const found: Fn[] = [];
    for (const t of alternatives(type)) {
      if (t.k === 'instance' || t.k === 'class') {
        const fn = this.classes.accessorsOf(t.cls, key, kind);
        if (fn) found.push(fn);
      } else if (t.k === 'literal') {
        for (const r of literalAccessors(t.fn, t.op, key, kind)) found.push(this.types.program.fnOf(t.fn.unit, operand(t.fn, r, 1)));
      }
    }
    return found;
  }
}

type Signature = Extract<StaticType, { readonly k: 'functions' }>['declared'];

function signatureOf(type: StaticType): { readonly declared?: NonNullable<Signature> } {
  if (type.k === 'signature') return { declared: { unit: type.unit, type: type.type, env: type.env } };
  return type.k === 'functions' && type.declared ? { declared: type.declared } : {};
}

const declared = (type: ObjectType, key: string): MemberFacts | undefined => type.members.find((m) => m.n === key);
const firstKnown = (a: StaticType, b: StaticType): StaticType => (a.k === 'unknown' ? b : a);
const unique = <T>(items: readonly T[]): readonly T[] => (items.length < 2 ? items : [...new Set(items)]);

function firstOf<T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The type with the literal that a value of it is known to be. */
export function withValue(type: StaticType, value: LiteralRef): StaticType {
  const { fn, op } = value;
  return type.k === 'object' || type.k === 'map' ? { ...type, value: { fn, op } } : type;
}
