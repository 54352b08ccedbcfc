// Abstract values: a tree of taints. A value may come from several origins; members that were written on the way override
// what the origin holds. All values are immutable.
import type { NameMatch } from '#model/catalog';
import type { ProtectionKind, Witness } from '#model/element';
import type { Assumption, StepKind } from '#model/finding';
import type { Cls, Fn, Unit } from './program.ts';
import type { StaticType } from './static-type.ts';

/** Where data that the current function did not make comes from. */
export type Origin =
  /** Symbolic: stands for what a caller passes. Replaced when the summary is applied. */
  | { readonly kind: 'param'; readonly id: number; readonly fn: Fn; readonly index: number }
  | { readonly kind: 'this'; readonly id: number; readonly fn: Fn }
  | { readonly kind: 'capture'; readonly id: number; readonly unit: Unit; readonly v: number }
  | { readonly kind: 'callback'; readonly id: number; readonly fn: Fn; readonly op: number }
  /** A named cell: a module variable, a field of instances that are not visible. Resolved in the outer fixpoint. */
  | { readonly kind: 'cell'; readonly id: number; readonly key: string; readonly name: string; readonly type: StaticType; readonly unit: Unit; readonly at: number }
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
  readonly fn: Fn;
  readonly op: number;
}

/** A way-point; `prev` leads towards the source. `Rope` joins a callee's steps to the caller's. */
export type Trace =
  | { readonly k: 'step'; readonly prev: Trace | undefined; readonly kind: StepKind; readonly fn: Fn; readonly op: number; readonly names: readonly string[]; readonly assumed?: Assumption }
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

export const EMPTY: Value = { taints: [], fields: undefined, calls: undefined, text: undefined, mask: false, cls: undefined };
export const MASK: Value = { ...EMPTY, mask: true };
export const ELEMENT = '[*]';
/** Member that holds what a promise was rejected with. */
export const REJECTION = '!';

const MAX_TAINTS = 32;
const MAX_FIELDS = 32;
const MAX_PATH = 5;

export const isEmpty = (v: Value): boolean => v === EMPTY || (v.taints.length === 0 && v.fields === undefined && v.calls === undefined);
export const ofTaints = (taints: readonly Taint[]): Value => (taints.length === 0 ? EMPTY : { ...EMPTY, taints });
export const ofOrigin = (origin: Origin): Value => ofTaints([{ origin, path: '', form: Form.Value, guards: [], hint: undefined, without: [], facts: [], assumed: [], alias: undefined, typed: undefined, trace: undefined }]);
const ofFields = (fields: ReadonlyMap<string, Value>): Value => ({ ...EMPTY, fields });
export const ofCallable = (fn: Fn): Value => ({ ...EMPTY, calls: [{ fn, env: undefined, self: undefined, bound: [] }] });

/** Identity of a taint: same origin, path, form, protections and names; the trace is not part of it. */
export function taintKey(t: Taint): string {
  let key = `${t.origin.id}/${t.path}:${t.form}`;
  for (const g of t.guards) key += `+${g.kind}${g.strength}`;
  if (t.hint) key += `#${t.hint.match.element}`;
  if (t.without.length > 0) key += `-${t.without.join(',')}`;
  if (t.facts.length > 0) key += `?${t.facts.join(',')}`;
  return key;
}

export function mergeTaints(a: readonly Taint[], b: readonly Taint[], limit: () => void = ignore): readonly Taint[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const keys = new Set(a.map(taintKey));
  const fresh = b.filter((t) => !keys.has(taintKey(t)));
  if (fresh.length === 0) return a;
  const all = [...a, ...fresh];
  if (all.length <= MAX_TAINTS) return all;
  limit();
  return all.slice(0, MAX_TAINTS);
}

const ignore = (): void => undefined;

export function join(a: Value, b: Value): Value {
  if (a === b || isPlain(b)) return a;
  if (isPlain(a)) return b;
  const taints = mergeTaints(a.taints, b.taints);
  const calls = a.calls && b.calls ? mergeCalls(a.calls, b.calls) : (a.calls ?? b.calls);
  return { taints, fields: joinFields(a, b), calls, text: a.text === b.text ? a.text : undefined, mask: a.mask && b.mask, cls: a.cls === b.cls ? a.cls : undefined };
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
  for (const key of new Set([...(a.fields?.keys() ?? []), ...(b.fields?.keys() ?? [])])) {
    fields.set(key, join(a.fields?.get(key) ?? belowOrigin(a, key), b.fields?.get(key) ?? belowOrigin(b, key)));
  }
  return fields;
}

const belowOrigin = (v: Value, key: string): Value => (v.taints.length === 0 ? EMPTY : ofTaints(v.taints.map((t) => extend(t, key))));

const memberPaths = new Map<string, Map<string, string>>();

/** `path/key`, at most five members deep; deeper ones stay at the limit, which keeps recursive types finite. */
function joinPath(path: string, key: string): string {
  let keys = memberPaths.get(path);
  if (!keys) memberPaths.set(path, (keys = new Map()));
  let joined = keys.get(key);
  if (joined === undefined) {
    const parts = path === '' ? [] : path.split('/');
    joined = parts.filter((p) => p !== ELEMENT).length >= MAX_PATH || parts.length > 8 ? [...parts.slice(0, -1), key].join('/') : path === '' ? key : `${path}/${key}`;
    if (parts.length > 1 && key === ELEMENT && parts[parts.length - 1] === ELEMENT) joined = path;
    keys.set(key, joined);
  }
  return joined;
}

/** The member `key` of what a taint stands for. */
function extend(t: Taint, key: string): Taint {
  // A member of what unknown code made of a datum is not that datum.
  if (t.form === Form.Part && t.assumed.includes('unknown-call')) return { ...t, without: DROPPED };
  if (t.form === Form.Part || t.form === Form.Text) return t;
  if (leavesOut(t.without, key)) return { ...t, path: joinPath(t.path, key), form: Form.Value, without: DROPPED };
  return { ...t, path: joinPath(t.path, key), form: Form.Value, without: NONE, facts: t.facts, hint: key === ELEMENT ? t.hint : undefined };
}

/** Notes a declared type on a value whose origin has none; the first one that it passes counts. */
export function typedAs(v: Value, type: StaticType): Value {
  if (v.taints.length === 0 || !v.taints.some((t) => t.typed === undefined && t.form === Form.Value)) return v;
  return { ...v, taints: v.taints.map((t) => (t.typed === undefined && t.form === Form.Value ? { ...t, typed: { type, at: pathLength(t.path) } } : t)) };
}

export const pathLength = (path: string): number => (path === '' ? 0 : path.split('/').length);

/** Whether a member is among those left out; `~pass` leaves out all whose name contains it. */
export const leavesOut = (without: readonly string[], key: string): boolean =>
  without.length > 0 && (without.includes(key) || without.some((w) => w.startsWith('~') && key.toLowerCase().includes(w.slice(1))));

const NONE: readonly string[] = [];
/** Marks a member that was overwritten on this path; such taints are dropped. */
const DROPPED: readonly string[] = ['*'];

/** Reads a member: an overridden one as it was written, any other from the origins. */
export function load(v: Value, key: string): Value {
  const own = v.fields?.get(key);
  if (own !== undefined) return own;
  if (key === ELEMENT && v.fields) return loadElements(v);
  // A key that nothing wrote by name may be among those written by unknown keys.
  const elements = readByName(v.fields?.get(ELEMENT), key);
  const taints = v.taints.length === 0 ? NO_TAINTS : v.taints.map((t) => extend(t, key)).filter((t) => t.without !== DROPPED);
  const fromOrigin = ofTaints(taints);
  return elements ? join(fromOrigin, elements) : fromOrigin;
}

/**
 * What was written by unknown keys, as one name reads it. `out[k] = src[k]` keeps names: any member of `src` becomes the one of
 * that name, and what already had another name is not it.
 */
function readByName(elements: Value | undefined, key: string): Value | undefined {
  if (elements === undefined || elements.taints.length === 0 || /^\d+$/.test(key)) return elements;
  return { ...elements, taints: elements.taints.filter((t) => (t.hint === undefined || t.hint.name === key) && !leavesOut(t.without, key)).map((t) => (endsInElement(t.path) ? { ...t, path: t.path.slice(0, -ELEMENT.length) + key } : t)) };
}

const endsInElement = (path: string): boolean => path === ELEMENT || path.endsWith(`/${ELEMENT}`);

const NO_TAINTS: readonly Taint[] = [];

/** Any element: of a list by position, of a map, of an object by key. */
export function loadElements(v: Value): Value {
  let out = v.taints.length === 0 ? EMPTY : ofTaints(v.taints.map((t) => extend(t, ELEMENT)));
  for (const [key, field] of v.fields ?? []) if (key !== REJECTION) out = join(out, field);
  return out;
}

/** Overwrites a member (strong update). */
export function store(v: Value, key: string, value: Value): Value {
  if (v.fields && v.fields.size >= MAX_FIELDS && key !== ELEMENT && !v.fields.has(key)) return storeWeak(v, ELEMENT, value);
  const fields = new Map(v.fields);
  fields.set(key, value);
  return { ...v, fields, text: undefined, mask: false };
}

/** Adds to a member, keeping what it held. */
export const storeWeak = (v: Value, key: string, value: Value): Value => {
  const held = v.fields?.get(key);
  if (held !== undefined) return store(v, key, join(held, value));
  return store(v, key, v.taints.length === 0 ? value : join(ofTaints(v.taints.map((t) => extend(t, key))), value));
};

export function storePath(v: Value, path: readonly string[], value: Value, weak: boolean): Value {
  const [key, ...rest] = path;
  if (key === undefined) return weak ? join(v, value) : value;
  if (rest.length === 0) return weak || key === ELEMENT ? storeWeak(v, key, value) : store(v, key, value);
  return store(v, key, storePath(load(v, key), rest, value, weak));
}

/** Copies the members of `from` over those of `to` (spread, `Object.assign`). */
export function spread(to: Value, from: Value): Value {
  if (isEmpty(from)) return to;
  const fields = new Map<string, Value>();
  // What stood before is overwritten only by members that are known to be there.
  for (const [key, value] of to.fields ?? []) fields.set(key, from.taints.length === 0 ? value : join(value, ofTaints(from.taints.map((t) => extend(t, key)).filter((t) => t.without !== DROPPED))));
  for (const [key, value] of from.fields ?? []) fields.set(key, value);
  return { ...EMPTY, taints: mergeTaints(to.taints, from.taints), fields: fields.size > 0 ? fields : undefined, cls: undefined };
}

/** A copy without some members (rest of destructuring, `omit`). */
export function without(v: Value, keys: readonly string[]): Value {
  if (isEmpty(v) || keys.length === 0) return v;
  const fields = new Map(v.fields);
  for (const key of keys) fields.set(key, EMPTY);
  return { ...v, fields };
}

/** What may stand under a key that is not among `names`; a list that is not in sight is taken for one of all that is sensitive. */
export const exceptKeys = (v: Value, names: readonly string[] | undefined): Value =>
  mapTaints(v, (t) => (names === undefined ? undefined : { ...t, without: merged(t.without, names) }));

/** A copy with some members only (`pick`). */
export function pick(v: Value, keys: readonly string[]): Value {
  return isEmpty(v) ? v : ofFields(new Map(keys.map((k) => [k, load(v, k)])));
}

/** Nodes of a value that leaves a function; more are folded into what they are members of. */
const MAX_NODES = 32;
const MAX_DEPTH = 5;

/** Bounds a value: members that are too deep or too many become a deep copy of what they hold. */
export function bounded(v: Value, limit: () => void): Value {
  const budget = { left: MAX_NODES };
  return bound(v, 0, budget, limit);
}

function bound(v: Value, depth: number, budget: { left: number }, limit: () => void): Value {
  budget.left--;
  if (!v.fields || v.fields.size === 0) return v;
  if (depth >= MAX_DEPTH || budget.left <= 0) {
    limit();
    return { ...v, fields: undefined, taints: convert(v, Form.Deep, 'whole').taints };
  }
  let fields: Map<string, Value> | undefined;
  for (const [key, field] of v.fields) {
    const kept = bound(field, depth + 1, budget, limit);
    if (kept !== field) (fields ??= new Map(v.fields)).set(key, kept);
  }
  return fields ? { ...v, fields } : v;
}

/** Changes every taint, in members too. */
export function mapTaints(v: Value, change: (t: Taint) => Taint | undefined, depth = 0): Value {
  if (isEmpty(v)) return v;
  const taints = v.taints.flatMap((t) => change(t) ?? []);
  if (!v.fields || depth > 6) return { ...v, taints, fields: v.fields };
  const fields = new Map<string, Value>();
  for (const [key, value] of v.fields) fields.set(key, mapTaints(value, change, depth + 1));
  return { ...v, taints, fields };
}

/** All taints of a value when everything in it is read: own ones without overridden members, then the members'. */
export function flatten(v: Value, depth = 0): readonly Taint[] {
  if (!v.fields || depth > 6) return v.taints;
  const overridden = [...v.fields.keys()].filter((k) => k !== ELEMENT && k !== REJECTION);
  let out: readonly Taint[] = v.taints.map((t) => (t.form === Form.Value || t.form === Form.Deep ? { ...t, without: merged(t.without, overridden) } : t));
  for (const [key, value] of v.fields) if (key !== REJECTION) out = mergeTaints(out, flatten(value, depth + 1));
  return out;
}

const merged = (a: readonly string[], b: readonly string[]): readonly string[] => (b.length === 0 ? a : a.length === 0 ? [...b].sort() : [...new Set([...a, ...b])].sort());

/** The value turned into something of another form: text, a deep copy, a computed thing. Functions and members are gone. */
export function convert(v: Value, form: FormCode, read: 'whole' | 'own', assumed?: Assumption): Value {
  const taints = read === 'whole' ? flatten(v) : v.taints;
  if (taints.length === 0) return EMPTY;
  return ofTaints(taints.map((t) => ({ ...t, form: strongest(t.form, form), assumed: assumed && !t.assumed.includes(assumed) ? [...t.assumed, assumed] : t.assumed })));
}

/** What was already only a text or a part stays one. */
const strongest = (had: FormCode, becomes: FormCode): FormCode => (had === Form.Part || had === Form.Text ? had : had === Form.Deep && becomes === Form.Text ? Form.Deep : becomes);

export const step = (prev: Trace | undefined, kind: StepKind, fn: Fn, op: number, names: readonly string[], assumed?: Assumption): Trace =>
  ({ k: 'step', prev, kind, fn, op, names, ...(assumed ? { assumed } : {}) });

export const withStep = (v: Value, kind: StepKind, fn: Fn, op: number, names: readonly string[], assumed?: Assumption): Value =>
  isEmpty(v) ? v : mapTaints(v, (t) => ({ ...t, trace: step(t.trace, kind, fn, op, names, assumed) }));
