// Abstract values: a tree of taints. A value may come from several origins; members that were written on the way override
// what the origin holds. All values are immutable.
import type { NameMatch } from '#model/catalog';
import type { ProtectionKind, Witness } from '#model/element';
import type { Assumption, StepKind } from '#model/finding';
import type { Cls, Fn, Unit } from './program.ts';
import { STRING, type StaticType } from './static-type.ts';

/** Where data that the current function did not make comes from. */
export type Origin =
  /** Symbolic: stands for what a caller passes. Replaced when the summary is applied. */
  | { readonly kind: 'param'; readonly id: number; readonly fn: Fn; readonly index: number }
  | { readonly kind: 'this'; readonly id: number; readonly fn: Fn }
  | { readonly kind: 'capture'; readonly id: number; readonly unit: Unit; readonly v: number }
  | { readonly kind: 'callback'; readonly id: number; readonly fn: Fn; readonly op: number }
  /** A named cell: a module variable, a field of instances that are not visible. Resolved in the outer fixpoint; `otherwise` is what it is when nothing in sight writes it. */
  | { readonly kind: 'cell'; readonly id: number; readonly key: string; readonly name: string; readonly type: StaticType; readonly unit: Unit; readonly at: number; readonly otherwise?: Origin }
  /** Opaque and concrete: nothing more will be known; names and types classify it. */
  | { readonly kind: 'opaque'; readonly id: number; readonly why: OpaqueKind; readonly name: string; readonly fn: Fn; readonly op: number; readonly type: StaticType; readonly shapeKey?: string };

export type OpaqueKind = 'parameter' | 'receiver' | 'result' | 'global' | 'external' | 'store' | 'input' | 'caught' | 'field';

/** How the value relates to its origin. */
export const Form = {
  /** The very thing. */
  Value: 0,
  /** The whole object as text or copy: everything in it can be read. */
  Deep: 1,
  /** Turned into a string by concatenation: an object shows nothing. */
  Text: 2,
  /** Computed from it by code that was not visible. */
  Part: 3,
} as const;
export type FormCode = (typeof Form)[keyof typeof Form];

/** A protection met on the way. */
export interface Guard {
  readonly kind: ProtectionKind | 'partial';
  readonly by: string;
  readonly strength: 'strong' | 'weak' | 'none';
  /** How many characters a mask or a cut leaves visible at most, where that is known. */
  readonly kept?: number;
  readonly fn: Fn;
  readonly op: number;
}

/** A way-point; `prev` leads towards the source. `Rope` joins a callee's steps to the caller's. */
export type Trace =
  | { readonly k: 'step'; readonly prev: Trace | undefined; readonly kind: StepKind; readonly fn: Fn; readonly op: number; readonly names: readonly string[]; readonly assumed: Assumption | undefined }
  | { readonly k: 'rope'; readonly prev: Trace | undefined; readonly next: Trace };

export interface Taint {
  readonly origin: Origin;
  /** Members below the origin, joined by `/`; `[*]` is an element. */
  readonly path: string;
  readonly form: FormCode;
  readonly guards: readonly Guard[];
  /** What a name met on the way says; used only when the origin says nothing. */
  readonly hint: Hint | undefined;
  /** Members that were overwritten or left out, when the value is read as a whole. */
  readonly without: readonly string[];
  /** Discriminants known to hold: `kind=card`, `!kind=card`. */
  readonly facts: readonly string[];
  readonly assumed: readonly Assumption[];
  /** First variable that the whole of a fresh result was assigned to. */
  readonly alias: string | undefined;
  /** A declared type that the value passed: of a variable, parameter, cast or result. Counts from member `at` of the path. */
  readonly typed: { readonly type: StaticType; readonly at: number } | undefined;
  readonly trace: Trace | undefined;
  /**
   * Names under which it was put where members are no longer told apart, joined by `/`: in a value's elements its member and
   * those below it; in what was read of them, the name it was read by and what is still below.
   */
  readonly key: string | undefined;
}

export interface Hint {
  readonly match: NameMatch;
  readonly name: string;
  readonly witness: Witness;
}

/** A function that a value may be, with what its captured variables held when it left its maker. */
export interface Callable {
  readonly fn: Fn;
  readonly env: ReadonlyMap<number, Value> | undefined;
  readonly self: Value | undefined;
  readonly bound: readonly Value[];
}

export interface Value {
  readonly taints: readonly Taint[];
  readonly fields: ReadonlyMap<string, Value> | undefined;
  readonly calls: readonly Callable[] | undefined;
  /** A constant name of code. */
  readonly text: string | undefined;
  /** A text of mask characters. */
  readonly mask: boolean;
  /** Instance of a project class made in sight. */
  readonly cls: Cls | undefined;
}

/* Values and taints are made by the million: each in one place, with all members in one order, so that they share one layout. */

export const make = (taints: Value['taints'], fields: Value['fields'], calls: Value['calls'], text: Value['text'], mask: boolean, cls: Value['cls']): Value =>
  ({ taints, fields, calls, text, mask, cls });

export const makeTaint = (
  origin: Origin, path: string, form: FormCode, guards: Taint['guards'], hint: Taint['hint'], without: Taint['without'],
  facts: Taint['facts'], assumed: Taint['assumed'], alias: Taint['alias'], typed: Taint['typed'], trace: Taint['trace'], key?: string,
): Taint => ({ origin, path, form, guards, hint, without, facts, assumed, alias, typed, trace, key });

export const withTrace = (t: Taint, trace: Trace | undefined): Taint =>
  makeTaint(t.origin, t.path, t.form, t.guards, t.hint, t.without, t.facts, t.assumed, t.alias, t.typed, trace, t.key);
/** Another name and hint for the same data. */
export const withName = (t: Taint, alias: string | undefined, hint: Hint | undefined, trace: Trace | undefined): Taint =>
  makeTaint(t.origin, t.path, t.form, t.guards, hint, t.without, t.facts, t.assumed, alias, t.typed, trace, t.key);
export const withTaints = (v: Value, taints: readonly Taint[]): Value => make(taints, v.fields, v.calls, v.text, v.mask, v.cls);
const withFields = (v: Value, fields: Value['fields']): Value => make(v.taints, fields, v.calls, v.text, v.mask, v.cls);

export const NO_TAINTS: readonly Taint[] = [];
export const EMPTY: Value = make(NO_TAINTS, undefined, undefined, undefined, false, undefined);
export const MASK: Value = make(NO_TAINTS, undefined, undefined, undefined, true, undefined);
export const ELEMENT = '[*]';
/** Member that holds what a promise was rejected with. */
export const REJECTION = '!';
/** Member that holds the members which are not enumerable: read by name, and in no text or copy of the whole. */
export const UNLISTED = '!unlisted';

const MAX_TAINTS = 32;
/** Taints that stand for members, each under its name. */
const MAX_KEYED = 64;
const MAX_FIELDS = 128;
const MAX_PATH = 5;

export const isEmpty = (v: Value): boolean => v === EMPTY || (v.taints.length === 0 && v.fields === undefined && v.calls === undefined);
export const ofTaints = (taints: readonly Taint[]): Value => (taints.length === 0 ? EMPTY : make(taints, undefined, undefined, undefined, false, undefined));
export const ofOrigin = (origin: Origin): Value => ofTaints([makeTaint(origin, '', Form.Value, NO_GUARDS, undefined, NONE, NONE, NO_ASSUMPTIONS, undefined, undefined, undefined)]);
export const ofFields = (fields: ReadonlyMap<string, Value>): Value => make(NO_TAINTS, fields, undefined, undefined, false, undefined);
export const ofText = (text: string): Value => make(NO_TAINTS, undefined, undefined, text, false, undefined);
export const callable = (fn: Fn): Callable => ({ fn, env: undefined, self: undefined, bound: NO_VALUES });
export const ofCallables = (calls: readonly Callable[]): Value => make(NO_TAINTS, undefined, calls, undefined, false, undefined);
export const ofCallable = (fn: Fn): Value => ofCallables([callable(fn)]);

const NO_GUARDS: readonly Guard[] = [];
const NO_ASSUMPTIONS: readonly Assumption[] = [];
const NO_VALUES: readonly Value[] = [];
const NONE: readonly string[] = [];
/** Marks a member that was overwritten on this path; such taints are dropped. */
const DROPPED: readonly string[] = ['*'];

/** Identity of a taint: same origin, path, form, protections and names; the trace is not part of it. */
export function taintKey(t: Taint): string {
  let key = `${t.origin.id}/${t.path}:${t.form}`;
  for (const g of t.guards) key += `+${g.kind}${g.strength}${g.kept ?? ''}`;
  if (t.hint) key += `#${t.hint.match.element}`;
  if (t.without.length > 0) key += `-${t.without.join(',')}`;
  if (t.facts.length > 0) key += `?${t.facts.join(',')}`;
  if (t.key !== undefined) key += `@${t.key}`;
  return key;
}

/** Equal keys, without making them. */
function sameTaint(a: Taint, b: Taint): boolean {
  if (a === b) return true;
  if (a.origin !== b.origin || a.path !== b.path || a.form !== b.form || a.hint?.match.element !== b.hint?.match.element) return false;
  return a.key === b.key && sameTexts(a.without, b.without) && sameTexts(a.facts, b.facts) && sameGuards(a.guards, b.guards);
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameGuards(a: readonly Guard[], b: readonly Guard[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i]?.kind !== b[i]?.kind || a[i]?.strength !== b[i]?.strength || a[i]?.kept !== b[i]?.kept) return false;
  return true;
}

export function mergeTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let all: Taint[] | undefined;
  for (const t of b) if (!includes(a, t)) (all ??= [...a]).push(t);
  if (all === undefined || all.length <= MAX_TAINTS) return all ?? a;
  const limit = all.some((t) => t.key !== undefined) ? MAX_KEYED : MAX_TAINTS;
  return all.length <= limit ? all : all.slice(0, limit);
}

/** There are not many. */
function includes(list: readonly Taint[], taint: Taint): boolean {
  const { origin, path } = taint;
  for (let i = 0; i < list.length; i++) {
    const t = list[i];
    if (t === taint || (t !== undefined && t.origin === origin && t.path === path && sameTaint(t, taint))) return true;
  }
  return false;
}

export function join(a: Value, b: Value): Value {
  if (a === b || isPlain(b)) return a;
  if (isPlain(a)) return b;
  const taints = mergeTaints(a.taints, b.taints);
  const calls = a.calls && b.calls ? mergeCalls(a.calls, b.calls) : (a.calls ?? b.calls);
  return make(taints, joinFields(a, b), calls, a.text === b.text ? a.text : undefined, a.mask && b.mask, a.cls === b.cls ? a.cls : undefined);
}

/** Says nothing about any data: a constant, an absent value. A mask is kept, so that `x ? mask : '***'` stays one. */
const isPlain = (v: Value): boolean => v === EMPTY || (v.taints.length === 0 && !v.fields && !v.calls && !v.mask && v.text === undefined);

function mergeCalls(a: readonly Callable[], b: readonly Callable[]): readonly Callable[] {
  const fresh = b.filter((x) => !a.some((y) => y.fn === x.fn && y.env === x.env && y.self === x.self));
  return fresh.length === 0 ? a : [...a, ...fresh].slice(0, 16);
}

/** A member that only one side overrides is, on the other side, what the origin holds. */
function joinFields(a: Value, b: Value): ReadonlyMap<string, Value> | undefined {
  if (!a.fields && !b.fields) return undefined;
  if (a.fields === b.fields) return a.fields;
  const fields = new Map<string, Value>();
  a.fields?.forEach((own, key) => fields.set(key, join(own, b.fields?.get(key) ?? belowOrigin(b, key))));
  b.fields?.forEach((own, key) => { if (!fields.has(key)) fields.set(key, join(belowOrigin(a, key), own)); });
  return fields;
}

const belowOrigin = (v: Value, key: string): Value => (v.taints.length === 0 ? EMPTY : ofTaints(extendedKept(v.taints, key)));

/** Each with the member `key`, where it was not overwritten. */
function extendedKept(taints: readonly Taint[], key: string): readonly Taint[] {
  if (taints.length === 0) return NO_TAINTS;
  const out: Taint[] = [];
  for (const t of taints) {
    const member = extend(t, key);
    if (member.without !== DROPPED) out.push(member);
  }
  return out;
}

const memberPaths = new Map<string, Map<string, string>>();

/** `path/key`, at most five members deep; deeper ones stay at the limit, which keeps recursive types finite. */
function joinPath(path: string, key: string): string {
  let keys = memberPaths.get(path);
  if (!keys) memberPaths.set(path, (keys = new Map()));
  let joined = keys.get(key);
  if (joined === undefined) {
    const parts = path === '' ? [] : path.split('/');
    const isFull = parts.length > 8 || (key !== ELEMENT && parts.filter((p) => p !== ELEMENT).length >= MAX_PATH);
    joined = !isFull ? (path === '' ? key : `${path}/${key}`) : key === ELEMENT ? path : [...parts.slice(0, -1), key].join('/');
    if (parts.length > 1 && key === ELEMENT && parts[parts.length - 1] === ELEMENT) joined = path;
    keys.set(key, joined);
  }
  return joined;
}

const dropped = (t: Taint, path: string, form: FormCode): Taint =>
  makeTaint(t.origin, path, form, t.guards, t.hint, DROPPED, t.facts, t.assumed, t.alias, t.typed, t.trace);

/** The member `key` of what a taint stands for. */
function extend(t: Taint, key: string): Taint {
  const inner = t.key === undefined ? -1 : t.key.indexOf('/');
  if (t.key !== undefined && inner >= 0) return reachedBy(t.key.slice(inner + 1), key) ? withKey(t, t.key.slice(inner + 1)) : dropped(t, t.path, t.form);
  // A member of what unknown code made of a datum is not that datum.
  if (t.form === Form.Part && t.assumed.length > 0 && t.assumed.includes('unknown-call')) return dropped(t, t.path, t.form);
  if (t.form === Form.Part && t.typed?.type !== STRING) return t;
  // A text has characters and a length, but no members of its own.
  if (t.form === Form.Text || t.form === Form.Part) return key === ELEMENT || /^\d+$/.test(key) ? t : dropped(t, t.path, t.form);
  const path = joinPath(t.path, key);
  if (leavesOut(t.without, key)) return dropped(t, path, Form.Value);
  return makeTaint(t.origin, path, Form.Value, t.guards, key === ELEMENT ? t.hint : undefined, NONE, t.facts, t.assumed, t.alias, t.typed, t.trace);
}

/** Notes a declared type on a value whose origin has none; the first one that it passes counts. */
export function typedAs(v: Value, type: StaticType): Value {
  if (v.taints.length === 0 || !v.taints.some((t) => t.typed === undefined && t.form === Form.Value)) return v;
  return withTaints(v, v.taints.map((t) => (t.typed === undefined && t.form === Form.Value ? withType(t, type) : t)));
}

/** The declared type that `t` passed is one of the whole that it stands for here, not of what is written into that. */
export function typedLike(v: Value, t: Taint): Value {
  const { typed } = t;
  if (typed === undefined || v.taints.length === 0) return v;
  const shift = typed.at - pathLength(t.path);
  return withTaints(v, v.taints.map((b) => (b.typed === undefined ? typedAt(b, { type: typed.type, at: pathLength(b.path) + shift }) : b)));
}

/** A text, whatever it was made of. */
export const typedAsText = (taints: readonly Taint[]): Value => ofTaints(taints.map((t) => (t.typed === undefined ? withType(t, STRING) : t)));

const withKey = (t: Taint, key: string | undefined): Taint =>
  t.key === key ? t : makeTaint(t.origin, t.path, t.form, t.guards, t.hint, t.without, t.facts, t.assumed, t.alias, t.typed, t.trace, key);

const withType = (t: Taint, type: StaticType): Taint => typedAt(t, { type, at: pathLength(t.path) });
const typedAt = (t: Taint, typed: Taint['typed']): Taint =>
  makeTaint(t.origin, t.path, t.form, t.guards, t.hint, t.without, t.facts, t.assumed, t.alias, typed, t.trace, t.key);

const memberLists = new Map<string, readonly string[]>();

/** The members of a path. */
export function membersOf(path: string): readonly string[] {
  let members = memberLists.get(path);
  if (!members) memberLists.set(path, (members = path === '' ? [] : path.split('/')));
  return members;
}

export function pathLength(path: string): number {
  if (path === '') return 0;
  let members = 1;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) members++;
  return members;
}

/** Whether a member is among those left out; `~pass` leaves out all whose name contains it. */
export const leavesOut = (without: readonly string[], key: string): boolean =>
  without.length > 0 && (without.includes(key) || without.some((w) => w.startsWith('~') && key.toLowerCase().includes(w.slice(1))));

/** Reads a member: an overridden one as it was written, any other from the origins. */
export function load(v: Value, key: string): Value {
  const own = v.fields?.get(key) ?? v.fields?.get(UNLISTED)?.fields?.get(key);
  if (own !== undefined) return own;
  if (key === ELEMENT && v.fields) return loadElements(v);
  // A key that nothing wrote by name may be among those written by unknown keys.
  const elements = readByName(v.fields?.get(ELEMENT), key);
  const fromOrigin = ofTaints(extendedKept(v.taints, key));
  return elements ? join(fromOrigin, elements) : fromOrigin;
}

/**
 * What was written by unknown keys, as one name reads it. `out[k] = src[k]` keeps names: any member of `src` becomes the one of
 * that name, and what already had another name is not it.
 */
function readByName(elements: Value | undefined, key: string): Value | undefined {
  if (elements === undefined || elements.taints.length === 0 || /^\d+$/.test(key)) return elements;
  return { ...elements, taints: elements.taints.filter((t) => (t.key === undefined ? t.hint === undefined || t.hint.name === key : reachedBy(t.key, key)) && !leavesOut(t.without, key)).map((t) => namedRead(t, key)) };
}

/** An entry of a map by its key. The key need not be what the entry's data is called, unless some of the data is. */
export function loadEntry(v: Value, key: string): Value {
  const elements = v.fields?.get(ELEMENT);
  const unnamed = elements?.taints.filter((t) => t.key === undefined && t.hint !== undefined) ?? NO_TAINTS;
  const loaded = load(v, key);
  if (v.fields?.has(key) || unnamed.length === 0 || unnamed.some((t) => t.hint?.name === key)) return loaded;
  return withTaints(loaded, mergeTaints(loaded.taints, unnamed));
}

function namedRead(t: Taint, key: string): Taint {
  const path = endsInElement(t.path) ? t.path.slice(0, -ELEMENT.length) + key : t.path;
  const below = t.key !== undefined && t.key.includes('/') ? t.key : undefined;
  return t.key === below && path === t.path ? t : { ...t, path, key: below };
}

/** Whether a read by `key` leads towards what stands under these names. */
function reachedBy(names: string, key: string): boolean {
  const end = names.indexOf('/');
  const first = end < 0 ? names : names.slice(0, end);
  return first === key || first === ELEMENT || key === ELEMENT;
}

const endsInElement = (path: string): boolean => path === ELEMENT || path.endsWith(`/${ELEMENT}`);

/** Any element: of a list by position, of a map, of an object by key. */
const NO_NAMES: readonly string[] = [];

export function loadElements(v: Value): Value {
  // What a member was overwritten with is among the fields; below the origin any other may be meant.
  const named = v.fields && v.taints.length > 0 ? overriddenIn(v.fields).filter((key) => !/^\d+$/.test(key)) : NO_NAMES;
  let out = named.length > 0 ? exceptKeys(belowOrigin(v, ELEMENT), named) : belowOrigin(v, ELEMENT);
  v.fields?.forEach((field, key) => { if (key !== REJECTION && key !== UNLISTED) out = join(out, field); });
  return out;
}

/** Members that are not what the origin holds any more. */
function overriddenIn(fields: ReadonlyMap<string, Value>): readonly string[] {
  const names = [...fields.keys()].filter((key) => key !== ELEMENT && key !== REJECTION && key !== UNLISTED);
  const unlisted = fields.get(UNLISTED)?.fields;
  return unlisted ? [...names, ...unlisted.keys()] : names;
}

/** Overwrites a member (strong update). */
export function store(v: Value, key: string, value: Value): Value {
  if (v.fields && v.fields.size >= MAX_FIELDS && key !== ELEMENT && !v.fields.has(key)) {
    return isEmpty(value) && v.taints.length === 0 ? v : storeWeak(v, ELEMENT, keyed(value, key));
  }
  const fields = new Map(v.fields);
  fields.set(key, value);
  return make(v.taints, fields, v.calls, undefined, false, v.cls);
}

/** Overwrites members with what becomes of others, at once. */
export function storeAll(v: Value, members: ReadonlyMap<string, Value>, become: (member: Value) => Value): Value {
  if ((v.fields?.size ?? 0) + members.size >= MAX_FIELDS) {
    let out = v;
    members.forEach((member, key) => (out = store(out, key, become(member))));
    return out;
  }
  const fields = new Map(v.fields);
  members.forEach((member, key) => fields.set(key, become(member)));
  return make(v.taints, fields, v.calls, undefined, false, v.cls);
}

/** Members of an object or list literal, put into one map as they come. */
export class Members {
  private readonly fields = new Map<string, Value>();

  /** `store` on a value without taints. */
  set(key: string, value: Value): void {
    if (this.fields.size >= MAX_FIELDS && key !== ELEMENT && !this.fields.has(key)) {
      if (!isEmpty(value)) this.add(ELEMENT, keyed(value, key));
    } else this.fields.set(key, value);
  }

  /** `storeWeak` on it. */
  add(key: string, value: Value): void {
    const held = this.fields.get(key);
    this.set(key, held === undefined ? value : join(held, value));
  }

  value(): Value {
    return ofFields(this.fields);
  }
}

/** Remembers names where members are put together, so that reading another name does not find them. */
function keyed(v: Value, key: string): Value {
  if (v.fields) return ofTaints(leavesUnder(v, key));
  return withTaints(v, v.taints.map((t) => withKey(t, keyUnder(key, t.key))));
}

/** All that a value holds, each under the names that lead to it. */
export function leavesUnder(v: Value, key: string, depth = 0): readonly Taint[] {
  const overridden = v.fields ? overriddenIn(v.fields) : NONE;
  let out: readonly Taint[] = v.taints.map((t) => withKey(overridden.length > 0 && t.form <= Form.Deep ? withoutMembers(t, merged(t.without, overridden)) : t, keyUnder(key, t.key)));
  for (const [name, field] of v.fields ?? []) {
    if (name === REJECTION || name === UNLISTED) continue;
    if (depth >= MAX_DEPTH) out = mergeTaints(out, flatten(field).map((t) => withKey(t, key)));
    else if (name !== ELEMENT) out = mergeTaints(out, leavesUnder(field, `${key}/${name}`, depth + 1));
    else out = mergeTaints(out, elementsUnder(field, key, depth + 1));
  }
  return out;
}

/** Elements know their own names. */
function elementsUnder(elements: Value, key: string, depth: number): readonly Taint[] {
  const own = elements.taints.map((t) => withKey(t, `${key}/${t.key ?? ELEMENT}`));
  return elements.fields ? mergeTaints(own, leavesUnder(ofFields(elements.fields), `${key}/${ELEMENT}`, depth)) : own;
}

/** What was read by the first of its names now stands under another one. */
function keyUnder(key: string, had: string | undefined): string {
  const end = had === undefined ? -1 : had.indexOf('/');
  return had === undefined || end < 0 ? key : `${key}${had.slice(end)}`;
}

/** Adds to a member, keeping what it held. */
export const storeWeak = (v: Value, key: string, value: Value): Value => {
  const held = v.fields?.get(key);
  if (held !== undefined) return store(v, key, join(held, value));
  return store(v, key, v.taints.length === 0 ? value : join(belowOrigin(v, key), value));
};

export function storePath(v: Value, path: readonly string[], value: Value, weak: boolean, from = 0): Value {
  const key = path[from];
  if (key === undefined) return weak ? join(v, value) : value;
  if (from === path.length - 1) return weak || key === ELEMENT ? storeWeak(v, key, value) : store(v, key, value);
  return store(v, key, storePath(load(v, key), path, value, weak, from + 1));
}

/** Copies the members of `from` over those of `to` (spread, `Object.assign`). */
export function spread(to: Value, from: Value): Value {
  if (isEmpty(from)) return to;
  const fields = new Map<string, Value>();
  // What stood before is overwritten only by members that are known to be there.
  for (const [key, value] of to.fields ?? []) fields.set(key, from.taints.length === 0 ? value : join(value, ofTaints(extendedKept(from.taints, key))));
  for (const [key, value] of from.fields ?? []) if (key !== UNLISTED) fields.set(key, value);
  return make(mergeTaints(to.taints, from.taints), fields.size > 0 ? fields : undefined, undefined, undefined, false, undefined);
}

/** A copy without some members (rest of destructuring, `omit`). */
export function without(v: Value, keys: readonly string[]): Value {
  if (isEmpty(v) || keys.length === 0) return v;
  const fields = new Map(v.fields);
  const patterns = keys.filter((key) => key.startsWith('~'));
  for (const key of keys) if (!key.startsWith('~')) fields.set(key, EMPTY);
  if (patterns.length === 0) return withFields(v, fields);
  for (const key of fields.keys()) if (leavesOut(patterns, key)) fields.set(key, EMPTY);
  return withFields(withTaints(v, v.taints.map((t) => withoutMembers(t, merged(t.without, patterns)))), fields.size > 0 ? fields : undefined);
}

/** What may stand under a key that is not among `names`; a list that is not in sight is taken for one of all that is sensitive. */
export const exceptKeys = (v: Value, names: readonly string[] | undefined): Value =>
  mapTaints(v, (t) => (names === undefined ? undefined : withoutMembers(t, merged(t.without, names))));

/** Leaves out what a taint leaves out of what it stands for: a text holds one of the members, so that it has none to leave out. */
export const leftOut = (v: Value, t: Taint): Value =>
  t.without.length === 0 ? v : t.form === Form.Text || t.form === Form.Part ? exceptKeys(v, t.without) : without(v, t.without);

/** A copy with some members only (`pick`). */
export function pick(v: Value, keys: readonly string[]): Value {
  return isEmpty(v) ? v : ofFields(new Map(keys.map((k) => [k, load(v, k)])));
}

/** How much of a value is kept member by member; what is more or deeper is put together, each with its name. */
export interface Bounds {
  readonly nodes: number;
  /** Members of one object. */
  readonly width: number;
}

/** Of a value that leaves a function: it is applied again and again. */
const SUMMARY_BOUNDS: Bounds = { nodes: 32, width: 32 };
/** Of a variable of a module: its members are looked up one by one, so that settings may have many. */
export const MODULE_BOUNDS: Bounds = { nodes: 512, width: 128 };
const MAX_DEPTH = 5;

/** Bounds a value: members that are too deep or too many become a deep copy of what they hold. */
export function bounded(v: Value, limit: () => void, { nodes, width } = SUMMARY_BOUNDS): Value {
  if (!v.fields || v.fields.size === 0) return v;
  return bound(v, 0, { left: nodes, width }, limit);
}

function bound(v: Value, depth: number, budget: { left: number; readonly width: number }, limit: () => void): Value {
  budget.left--;
  if (!v.fields || v.fields.size === 0) return v;
  if (depth >= MAX_DEPTH || budget.left <= 0) {
    limit();
    return depth >= MAX_DEPTH ? make(convert(v, Form.Deep, 'whole').taints, undefined, v.calls, v.text, v.mask, v.cls) : folded(v, 0);
  }
  let out = v;
  if (v.fields.size > budget.width) {
    limit();
    out = folded(v, budget.width);
  }
  let fields: Map<string, Value> | undefined;
  for (const [key, field] of out.fields ?? []) {
    const kept = bound(field, depth + 1, budget, limit);
    if (kept !== field) (fields ??= new Map(out.fields)).set(key, kept);
  }
  return fields ? withFields(out, fields) : out;
}

/** Members behind the first ones in one place, each with the name it had. */
function folded(v: Value, keep: number): Value {
  const fields = new Map<string, Value>();
  let elements = EMPTY;
  for (const [key, field] of v.fields ?? []) {
    if (key === ELEMENT) elements = join(elements, field);
    else if (fields.size < keep) fields.set(key, field);
    else elements = join(elements, keyed(field, key));
  }
  return withFields(v, fields.set(ELEMENT, elements));
}

/** Changes every taint, in members too. */
export function mapTaints(v: Value, change: (t: Taint) => Taint | undefined, depth = 0): Value {
  if (isEmpty(v)) return v;
  const taints: Taint[] = [];
  for (const t of v.taints) {
    const changed = change(t);
    if (changed !== undefined) taints.push(changed);
  }
  if (!v.fields || depth > 6) return withTaints(v, taints);
  const fields = new Map<string, Value>();
  for (const [key, value] of v.fields) fields.set(key, mapTaints(value, change, depth + 1));
  return make(taints, fields, v.calls, v.text, v.mask, v.cls);
}

/** All taints of a value when everything in it is read, or all that is `shown`: own ones without overridden members, then the members'. */
export function flatten(v: Value, depth = 0, shown = false): readonly Taint[] {
  if (!v.fields || depth > 6) return v.taints;
  let out = v.taints;
  if (out.length > 0) {
    const overridden = overriddenIn(v.fields);
    out = out.map((t) => (t.form === Form.Value || t.form === Form.Deep ? withoutMembers(t, merged(t.without, overridden)) : t));
  }
  for (const [key, value] of v.fields) if (key !== REJECTION && !(shown && key === UNLISTED)) out = mergeTaints(out, flatten(value, depth + 1, shown));
  return out;
}

/** Whether `flatten` would give anything, without making it. */
export function holdsData(v: Value, depth = 0): boolean {
  if (v.taints.length > 0) return true;
  if (!v.fields || depth > 6) return false;
  for (const [key, value] of v.fields) if (key !== REJECTION && holdsData(value, depth + 1)) return true;
  return false;
}

const withoutMembers = (t: Taint, without: readonly string[]): Taint =>
  makeTaint(t.origin, t.path, t.form, t.guards, t.hint, without, t.facts, t.assumed, t.alias, t.typed, t.trace, t.key);

const merged = (a: readonly string[], b: readonly string[]): readonly string[] => (b.length === 0 ? a : a.length === 0 ? [...b].sort() : [...new Set([...a, ...b])].sort());

/** The value turned into something of another form: text, a deep copy, a computed thing. Functions and members are gone. */
export function convert(v: Value, form: FormCode, read: 'whole' | 'own', assumed?: Assumption): Value {
  const taints = read === 'whole' ? flatten(v, 0, form === Form.Deep) : v.taints;
  if (taints.length === 0) return EMPTY;
  return ofTaints(taints.map((t) => withForm(t, strongest(t.form, form), assumed && !t.assumed.includes(assumed) ? [...t.assumed, assumed] : t.assumed)));
}

const withForm = (t: Taint, form: FormCode, assumed: Taint['assumed']): Taint =>
  makeTaint(t.origin, t.path, form, t.guards, t.hint, t.without, t.facts, assumed, t.alias, t.typed, t.trace, t.key);

/** What was already only a text or a part stays one. */
const strongest = (had: FormCode, becomes: FormCode): FormCode => (had === Form.Part || had === Form.Text ? had : had === Form.Deep && becomes === Form.Text ? Form.Deep : becomes);

export const step = (prev: Trace | undefined, kind: StepKind, fn: Fn, op: number, names: readonly string[], assumed?: Assumption): Trace =>
  ({ k: 'step', prev, kind, fn, op, names, assumed });

export const withStep = (v: Value, kind: StepKind, fn: Fn, op: number, names: readonly string[], assumed?: Assumption): Value =>
  isEmpty(v) ? v : mapTaints(v, (t) => withTrace(t, step(t.trace, kind, fn, op, names, assumed)));
