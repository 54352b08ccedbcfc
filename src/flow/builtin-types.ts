// Built-in generic types and the members of lists, maps, promises and strings. A table; the logic is in types.ts.
import type { StaticType } from './static-type.ts';
import { BOOLEAN, elementOf, NUMBER, STRING, UNKNOWN } from './static-type.ts';

const LISTS = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'IterableIterator', 'AsyncIterable', 'Generator', 'AsyncGenerator', 'QueryList']);
const PROMISES = new Set(['Promise', 'PromiseLike', 'Observable', 'Subject', 'BehaviorSubject', 'ReplaySubject', 'AsyncSubject', 'ConnectableObservable']);
const SIGNALS = new Set(['Signal', 'WritableSignal', 'InputSignal', 'InputSignalWithTransform', 'ModelSignal']);
const PRIMITIVES: Readonly<Record<string, string>> = { String: 'string', Number: 'number', Boolean: 'boolean', Date: 'date', Function: 'function', RegExp: 'regexp', Symbol: 'symbol', BigInt: 'bigint' };

/** A generic type of the language (or RxJS, whose streams are treated as promises of many values). */
export function builtinType(name: string, args: readonly StaticType[]): StaticType | undefined {
  if (LISTS.has(name)) return { k: 'list', of: args[0] ?? UNKNOWN };
  if (PROMISES.has(name)) return { k: 'promise', of: args[0] ?? UNKNOWN };
  if (name === 'Map' || name === 'WeakMap' || name === 'Record' || name === 'ReadonlyMap') return { k: 'map', of: args[1] ?? UNKNOWN };
  if (name === 'EventEmitter' && args.length > 0) return { k: 'promise', of: args[0] ?? UNKNOWN };
  if (SIGNALS.has(name)) return signal(args[0] ?? UNKNOWN);
  const primitive = PRIMITIVES[name];
  return primitive ? { k: 'primitive', n: primitive } : undefined;
}

/** A member of a list, map, promise or primitive; methods become external names under `builtin:`. */
export function builtinMember(type: StaticType, key: string): StaticType {
  if (key === 'length' || key === 'size') return NUMBER;
  if (type.k === 'list' || type.k === 'tuple') return /^\d+$/.test(key) ? (type.k === 'list' ? type.of : UNKNOWN) : method('list', key, elementOf(type));
  if (type.k === 'map') return key === 'get' || key === 'values' || key === 'has' || key === 'entries' || key === 'forEach' || key === 'set' || key === 'delete' ? method('map', key, type.of) : type.of;
  if (type.k === 'promise' && key === 'value') return type.of;
  if (type.k === 'promise') return method('promise', key, type.of);
  if (type.k === 'primitive' && key === 'split') return method('primitive', key, STRING);
  if (type.k === 'primitive') return STRING_METHODS.has(key) ? method('primitive', key, STRING) : UNKNOWN;
  if (type.k === 'functions') return key === 'bind' || key === 'call' || key === 'apply' ? method('function', key, type) : UNKNOWN;
  return UNKNOWN;
}

/** An Angular signal: called, it yields its value. */
export const signal = (of: StaticType): StaticType => ({ k: 'external', names: [{ root: 'builtin:signal', members: [] }], args: [of] });

/** A React state setter; its callback gets the state. */
export const setter = (of: StaticType): StaticType => ({ k: 'external', names: [{ root: 'builtin:setter', members: [] }], args: [of] });

const STRING_METHODS = new Set(['trim', 'toLowerCase', 'toUpperCase', 'slice', 'substring', 'replace', 'replaceAll', 'padStart', 'padEnd', 'includes', 'startsWith', 'endsWith', 'toString', 'concat', 'match', 'charAt', 'repeat', 'toFixed']);

const method = (of: string, key: string, arg: StaticType): StaticType => ({ k: 'external', names: [{ root: `builtin:${of}`, members: [key] }], args: [arg] });

export function externalMember(type: StaticType & { readonly k: 'external' }, key: string): StaticType {
  if (type.names[0]?.root === 'builtin:signal') return key === 'asReadonly' || key === 'update' ? { ...type, names: [{ root: 'builtin:signal', members: [key] }] } : UNKNOWN;
  if (type.names.some((n) => n.root.startsWith('builtin:'))) return UNKNOWN;
  const names = type.names.map((n) => (n.root === 'globalThis' ? { root: `global:${key}`, members: [] } : { root: n.root, members: [...n.members, key] }));
  return { k: 'external', names, args: type.args };
}

export const isBooleanType = (type: StaticType): boolean => type === BOOLEAN || (type.k === 'primitive' && type.n === 'boolean');
