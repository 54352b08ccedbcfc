// What is known of a value's type without a checker: declared types, classes, literals, and names from outside the project.
import type { MemberFacts, TypeExpr } from '#model/facts';
import type { Cls, Fn, Unit } from './program.ts';

/** Type parameters in force. */
export type TypeEnv = ReadonlyMap<string, StaticType>;

/** A way to name something that is not the project's: `npm:pino` with members `()`, `info`. */
export interface ExternalName {
  readonly root: string;
  readonly members: readonly string[];
}

/** An object literal: the operation that makes it. */
export interface LiteralRef {
  readonly fn: Fn;
  readonly op: number;
}

export type StaticType =
  /** `open`: declared so, and may be one of a class below. */
  | { readonly k: 'instance'; readonly cls: Cls; readonly env: TypeEnv; readonly open?: true }
  | { readonly k: 'class'; readonly cls: Cls }
  /** An interface or object type of the project; `name` is empty for a literal type. `value` is the literal it holds, if evident. */
  | { readonly k: 'object'; readonly name: string; readonly unit: Unit; readonly members: readonly MemberFacts[]; readonly bases: readonly StaticType[]; readonly env: TypeEnv; readonly tags?: readonly string[]; readonly value?: LiteralRef }
  /** A record whose members are known as types: schema rows, wrapped answers. */
  | { readonly k: 'record'; readonly name: string; readonly fields: ReadonlyMap<string, StaticType>; readonly schema?: true; /** Some of its members are not known. */ readonly open?: true }
  | { readonly k: 'literal'; readonly fn: Fn; readonly op: number }
  | { readonly k: 'functions'; readonly fns: readonly Fn[]; readonly env: TypeEnv; readonly tier: 'T0' | 'T1' | 'T1b' | 'T2'; readonly declared?: { readonly unit: Unit; readonly type: TypeExpr; readonly env: TypeEnv } }
  | { readonly k: 'signature'; readonly unit: Unit; readonly type: TypeExpr & { readonly k: 'function' }; readonly env: TypeEnv }
  | { readonly k: 'module'; readonly unit: Unit }
  | { readonly k: 'external'; readonly names: readonly ExternalName[]; readonly args: readonly StaticType[] }
  /** `items` are the elements by position, where an array literal shows them. */
  | { readonly k: 'list'; readonly of: StaticType; readonly items?: readonly StaticType[] }
  | { readonly k: 'map'; readonly of: StaticType; readonly value?: LiteralRef }
  | { readonly k: 'promise'; readonly of: StaticType }
  | { readonly k: 'tuple'; readonly of: readonly StaticType[] }
  | { readonly k: 'primitive'; readonly n: string }
  | { readonly k: 'enum'; readonly unit: Unit; readonly name: string }
  | { readonly k: 'union'; readonly of: readonly StaticType[] }
  /** `absent`: what is left out is undefined, where else nothing is known of it. */
  | { readonly k: 'without'; readonly of: StaticType; readonly keys: readonly string[]; readonly keep: boolean; readonly absent?: true }
  | { readonly k: 'unknown' };

/** The object literal that a type is, or holds for certain. */
export const literalOf = (type: StaticType): LiteralRef | undefined => (type.k === 'literal' ? { fn: type.fn, op: type.op } : type.k === 'object' ? type.value : undefined);

/** What a call of something external is called, with a name of our own for what it yields. */
export const yielding = (callee: StaticType, name: string, row: StaticType): StaticType =>
  ({ k: 'external', names: [...(callee.k === 'external' ? callee.names.map((n) => ({ root: n.root, members: [...n.members, '()'] })) : []), { root: `type:${name}`, members: [] }], args: [row] });

export const UNKNOWN: StaticType = { k: 'unknown' };
export const STRING: StaticType = { k: 'primitive', n: 'string' };
export const NUMBER: StaticType = { k: 'primitive', n: 'number' };
export const BOOLEAN: StaticType = { k: 'primitive', n: 'boolean' };
export const UNDEFINED: StaticType = { k: 'primitive', n: 'undefined' };
export const NO_ENV: TypeEnv = new Map();

const ABSENT = new Set(['null', 'undefined', 'void', 'never']);

/** One of several; absent values and unknowns say nothing beside a known type. */
export function unionOf(types: readonly StaticType[]): StaticType {
  const known: StaticType[] = [];
  for (const t of types) {
    if (t.k === 'unknown' || (t.k === 'primitive' && ABSENT.has(t.n))) continue;
    for (const part of t.k === 'union' ? t.of : [t]) if (!known.some((k) => sameType(k, part))) known.push(part);
  }
  const [first] = known;
  if (first === undefined) return types.find((t) => t.k === 'primitive') ?? UNKNOWN;
  return known.length === 1 ? first : { k: 'union', of: known.slice(0, 16) };
}

function sameType(a: StaticType, b: StaticType): boolean {
  if (a === b) return true;
  if (a.k !== b.k) return false;
  if (a.k === 'instance' && b.k === 'instance') return a.cls === b.cls && a.env.size === 0 && b.env.size === 0;
  if (a.k === 'class' && b.k === 'class') return a.cls === b.cls;
  if (a.k === 'primitive' && b.k === 'primitive') return a.n === b.n;
  if (a.k === 'object' && b.k === 'object') return a.name !== '' && a.name === b.name && a.unit === b.unit && a.env.size === 0 && a.value?.fn === b.value?.fn && a.value?.op === b.value?.op;
  if (a.k === 'functions' && b.k === 'functions') return a.fns.length === b.fns.length && a.declared === b.declared && a.env === b.env && a.fns.every((f, i) => f === b.fns[i]);
  if (a.k === 'module' && b.k === 'module') return a.unit === b.unit;
  if (a.k === 'external' && b.k === 'external') return a.args.length === 0 && b.args.length === 0 && sameNames(a.names, b.names);
  if (a.k === 'list' && b.k === 'list') return sameType(a.of, b.of);
  if (a.k === 'promise' && b.k === 'promise') return sameType(a.of, b.of);
  if (a.k === 'literal' && b.k === 'literal') return a.fn === b.fn && a.op === b.op;
  if (a.k === 'enum' && b.k === 'enum') return a.name === b.name && a.unit === b.unit;
  return false;
}

const sameNames = (a: readonly ExternalName[], b: readonly ExternalName[]): boolean =>
  a.length === b.length && a.every((x, i) => x.root === b[i]?.root && x.members.length === b[i].members.length && x.members.every((m, j) => m === b[i]?.members[j]));

export const alternatives = (type: StaticType): readonly StaticType[] => (type.k === 'union' ? type.of : [type]);

/** The element of a list, the value of a map, the value of a promise; other types are themselves. */
export const awaited = (type: StaticType): StaticType =>
  type.k === 'promise' ? awaited(type.of) : type.k === 'union' ? unionOf(type.of.map(awaited)) : type;

export function elementOf(type: StaticType): StaticType {
  if (type.k === 'list' || type.k === 'map') return type.of;
  if (type.k === 'tuple') return unionOf(type.of);
  if (type.k === 'union') return unionOf(type.of.map(elementOf));
  if (type.k === 'promise') return elementOf(type.of);
  return UNKNOWN;
}

/** A name to show and to classify by: the declared name of the type, if it has one. */
export function typeName(type: StaticType): string | undefined {
  switch (type.k) {
    case 'instance': return type.cls.facts.n || undefined;
    case 'object':
    case 'record': return type.name || undefined;
    case 'list':
    case 'promise':
    case 'map':
    case 'without': return typeName(type.of);
    case 'external': return type.names.find((n) => n.root.startsWith('type:') && n.members.length === 0)?.root.slice(5);
    case 'union': return type.of.map(typeName).find((n) => n !== undefined);
    default: return undefined;
  }
}
