// Types as written → static types: names, aliases, interfaces, enums, utility types, schema records.
import type { TypeDeclFacts, TypeExpr } from '#model/facts';
import { VarField } from '#model/facts';
import { builtinType } from './builtin-types.ts';
import { bindEnv } from './generics.ts';
import { literalText } from './keyed-results.ts';
import type { Unit } from './program.ts';
import { text, varField } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { awaited, elementOf, NO_ENV, NUMBER, STRING, BOOLEAN, UNKNOWN, unionOf } from './static-type.ts';
import type { Symbol, Symbols } from './symbols.ts';
import type { Types } from './types.ts';
import { validatedByName } from './validator-types.ts';

const MAX_DEPTH = 24;
const SAME = new Set(['Partial', 'Required', 'Readonly', 'NonNullable', 'DeepPartial', 'Extract', 'Exclude', 'Nullable', 'Maybe', 'NoInfer', 'Mutable', 'DeepReadonly']);
/** Primitives that say nothing; what `this` is, only a call can tell. */
const OPEN = new Set(['any', 'unknown', 'object', 'this']);
const SCHEMA_SCALARS: ReadonlyMap<string, StaticType> = new Map([
  ['string', STRING], ['int', NUMBER], ['float', NUMBER], ['decimal', NUMBER], ['bigint', NUMBER], ['boolean', BOOLEAN], ['datetime', { k: 'primitive', n: 'date' }], ['id', STRING], ['json', UNKNOWN], ['bytes', STRING],
]);

const INFERS = /^(?:infer|input|output|TypeOf|Infer|InferInput|InferOutput|InferType|Static)$/;

type Ref = TypeExpr & { readonly k: 'ref' };

export class TypeExpressions {
  private readonly types: Types;
  private readonly symbols: Symbols;
  private readonly declaredByName: (ReadonlyMap<string, TypeDeclFacts | number> | undefined)[] = [];

  constructor(types: Types, symbols: Symbols) {
    this.types = types;
    this.symbols = symbols;
  }

  resolve(unit: Unit, type: TypeExpr, env: TypeEnv, depth = 0): StaticType {
    if (depth > MAX_DEPTH) return UNKNOWN;
    const of = (t: TypeExpr): StaticType => this.resolve(unit, t, env, depth + 1);
    switch (type.k) {
      case 'primitive': return OPEN.has(type.n) ? UNKNOWN : { k: 'primitive', n: type.n };
      case 'literal': return { k: 'primitive', n: type.n === 'boolean' ? type.n : `"${type.n}"` };
      case 'array': return { k: 'list', of: of(type.of) };
      case 'tuple': return { k: 'tuple', of: type.of.map(of) };
      case 'union': return unionOf(type.of.map(of));
      case 'intersection': return intersect(unit, type.of.map(of), env);
      case 'object': return { k: 'object', name: '', unit, members: type.members, bases: [], env };
      case 'function': return { k: 'signature', unit, type, env };
      case 'index': return this.indexed(of(type.of), type.key, env);
      case 'typeof': return this.types.named(unit, type.n);
      case 'keyof': return STRING;
      case 'mapped': return type.of ? { k: 'map', of: of(type.of) } : UNKNOWN;
      case 'import': return this.fromSymbol(this.symbols.imported(unit, type.from, type.n, true), type.n, (type.args ?? []).map(of), depth);
      case 'ref': return this.reference(unit, type, env, depth);
    }
  }

  private indexed(type: StaticType, key: TypeExpr, env: TypeEnv): StaticType {
    if (key.k === 'literal' && key.n !== 'number') return this.types.member(type, key.n);
    const bound = key.k === 'ref' ? env.get(key.n) : undefined;
    const named = bound?.k === 'primitive' ? literalText(bound.n) : undefined;
    if (named !== undefined) return this.types.member(type, named);
    return elementOf(type);
  }

  private reference(unit: Unit, type: Ref, env: TypeEnv, depth: number): StaticType {
    const bound = env.get(type.n);
    if (bound) return bound;
    const args = (): StaticType[] => (type.args ?? []).map((a) => this.resolve(unit, a, env, depth + 1));
    const declared = this.declaredIn(unit, type.n, args, depth);
    if (declared) return declared;
    const inferred = this.inferred(unit, type);
    if (inferred) return inferred;
    if (type.n.includes('.')) {
      const qualified = this.qualified(unit, type.n, args, depth);
      if (qualified) return qualified;
    }
    const entry = this.symbols.importOf(unit, type.n);
    if (entry) {
      const symbol = this.symbols.imported(unit, entry.from, entry.n, true);
      if (symbol?.kind === 'external') return this.fromLibrary(symbol.from, symbol.path, entry.n === 'default' ? type.n : entry.n, args());
      if (symbol) return this.fromSymbol(symbol, type.n, args(), depth);
      return this.schema(entry.n) ?? externalInstance(entry.from, [entry.n], type.n, args());
    }
    const utility = this.utility(unit, type, env, depth);
    if (utility) return utility;
    return builtinType(type.n, args()) ?? this.schema(type.n) ?? externalInstance('', [], last(type.n), args());
  }

  /** `z.infer<typeof userSchema>` and its kin. */
  private inferred(unit: Unit, type: Ref): StaticType | undefined {
    const [of] = type.args ?? [];
    return of?.k === 'typeof' && INFERS.test(last(type.n)) ? validatedByName(this.types, unit, of.n) : undefined;
  }

  /** RxJS streams and Angular signals have a meaning of their own; other types of libraries are names. */
  private fromLibrary(from: string, path: readonly string[], name: string, args: readonly StaticType[]): StaticType {
    const known = from === 'rxjs' || from === '@angular/core' ? builtinType(name, args) : undefined;
    return known ?? externalInstance(from, path, name, args);
  }

  private qualified(unit: Unit, name: string, args: () => StaticType[], depth: number): StaticType | undefined {
    const [head = '', ...rest] = name.split('.');
    const entry = this.symbols.importOf(unit, head);
    const module = entry ? this.symbols.imported(unit, entry.from, entry.n) : undefined;
    const key = rest[rest.length - 1] ?? '';
    if (module?.kind === 'module') return this.fromSymbol(this.symbols.exported(module.unit, key, true), key, args(), depth);
    if (module?.kind === 'external') return externalInstance(module.from, [...module.path, ...rest], key, args());
    return undefined;
  }

  /** `Partial<T>`, `Pick<T, 'a'>`, `Omit<T, 'a'>` and their kin. */
  private utility(unit: Unit, type: Ref, env: TypeEnv, depth: number): StaticType | undefined {
    const [first, second] = type.args ?? [];
    if (!first) return undefined;
    const of = (): StaticType => this.resolve(unit, first, env, depth + 1);
    if (SAME.has(type.n)) return of();
    switch (type.n) {
      case 'Awaited': return awaited(of());
      case 'Pick': case 'Omit': {
        const keys = second ? literalKeys(second) : undefined;
        return keys ? { k: 'without', of: of(), keys, keep: type.n === 'Pick' } : of();
      }
      case 'ReturnType': {
        const f = of();
        if (f.k === 'functions') return this.types.returnsOf(f);
        return f.k === 'signature' && f.type.ret ? this.resolve(f.unit, f.type.ret, f.env, depth + 1) : UNKNOWN;
      }
      case 'InstanceType': {
        const c = of();
        return c.k === 'class' ? { k: 'instance', cls: c.cls, env: NO_ENV } : UNKNOWN;
      }
      default: return undefined;
    }
  }

  schema(name: string): StaticType | undefined {
    const { schemas } = this.types.program;
    const schema = schemas.get(name);
    if (!schema) return undefined;
    const fields = new Map<string, StaticType>();
    for (const f of schema.fields) {
      const of: StaticType = SCHEMA_SCALARS.get(f.type.toLowerCase()) ?? (schemas.has(f.type) ? { k: 'external', names: [{ root: `schema:${f.type}`, members: [] }], args: [] } : UNKNOWN);
      fields.set(f.name, f.list ? { k: 'list', of } : of);
    }
    return { k: 'record', name, fields, schema: true };
  }

  private declaredIn(unit: Unit, name: string, args: () => StaticType[], depth: number): StaticType | undefined {
    const found = (this.declaredByName[unit.index] ??= namesOf(unit)).get(name);
    if (found === undefined) return undefined;
    if (typeof found === 'number') {
      const cls = this.types.program.clsOf(unit, found);
      return { k: 'instance', cls, env: bindEnv(cls.facts.typeParams, args), open: true };
    }
    return this.declaration(unit, found, args, depth);
  }

  private declaration(unit: Unit, d: TypeDeclFacts, args: () => StaticType[], depth: number): StaticType {
    if (d.kind === 'enum') return { k: 'enum', unit, name: d.n };
    const env = bindEnv(d.typeParams, args);
    if (d.kind === 'alias') {
      const type = this.resolve(unit, d.type, env, depth + 1);
      if (type.k === 'record' && type.name === '') return { ...type, name: d.n };
      return type.k === 'object' && type.name === '' ? { ...type, name: d.n, ...(d.tags ? { tags: d.tags } : {}) } : type;
    }
    const bases = d.extends.map((b) => this.resolve(unit, b, env, depth + 1)).filter((t) => t.k !== 'unknown');
    return { k: 'object', name: d.n, unit, members: d.members, bases, env, ...(d.tags ? { tags: d.tags } : {}) };
  }

  private fromSymbol(symbol: Symbol | undefined, name: string, args: readonly StaticType[], depth: number): StaticType {
    if (!symbol) return UNKNOWN;
    switch (symbol.kind) {
      case 'type': return this.declaredIn(symbol.unit, symbol.name, () => [...args], depth) ?? UNKNOWN;
      case 'variable': {
        const declared = this.declaredIn(symbol.unit, text(symbol.unit, varField(symbol.unit, symbol.v, VarField.Name)), () => [...args], depth);
        return declared ?? instanceOf(this.types.ofVariable(symbol.unit, symbol.v));
      }
      case 'register': return instanceOf(this.types.ofRegister(this.types.program.fnOf(symbol.unit, 0), symbol.r));
      case 'module': return UNKNOWN;
      case 'external': return this.fromLibrary(symbol.from, symbol.path, last(name), args);
    }
  }
}

const instanceOf = (type: StaticType): StaticType => (type.k === 'class' ? { k: 'instance', cls: type.cls, env: NO_ENV, open: true } : UNKNOWN);

function namesOf(unit: Unit): ReadonlyMap<string, TypeDeclFacts | number> {
  const names = new Map<string, TypeDeclFacts | number>();
  for (const d of unit.facts.typeDecls) if (!names.has(d.n)) names.set(d.n, d);
  unit.facts.classes.forEach((c, i) => c.n && !names.has(c.n) && names.set(c.n, i));
  return names;
}

function intersect(unit: Unit, parts: readonly StaticType[], env: TypeEnv): StaticType {
  const known = parts.filter((p) => p.k !== 'unknown');
  const [first] = known;
  if (known.length <= 1) return first ?? UNKNOWN;
  return { k: 'object', name: known.map((p) => (p.k === 'object' ? p.name : p.k === 'instance' ? p.cls.facts.n : '')).find((n) => n) ?? '', unit, members: [], bases: known, env };
}

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function externalInstance(from: string, path: readonly string[], name: string, args: readonly StaticType[]): StaticType {
  const names = from === '' ? [] : [{ root: `npm:${from}`, members: [...path, 'new'] }];
  return { k: 'external', names: [...names, { root: `type:${name}`, members: [] }], args };
}

function literalKeys(type: TypeExpr): readonly string[] | undefined {
  if (type.k === 'literal') return [type.n];
  if (type.k === 'union') return type.of.flatMap((t) => literalKeys(t) ?? []);
  return undefined;
}
