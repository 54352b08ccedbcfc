// Applying a summary at a call: every symbolic origin of the callee is replaced by what the caller passes.
import type { Engine } from './engine.ts';
import { sentAt } from './given-urls.ts';
import { isAskedFor } from './generic-results.ts';
import type { Fn } from './program.ts';
import type { CallbackEffect, Place, SinkEffect, Summary } from './summary.ts';
import { isOfReceiver, NOTHING } from './summary.ts';
import type { Callable, Origin, Taint, Trace, Value } from './value.ts';
import { convert, EMPTY, Form, isEmpty, join, leavesUnder, leftOut, load, make, makeTaint, mapTaints, membersOf, mergeTaints, NO_TAINTS, ofTaints, step, store, storeAll, typedLike, withName, withTaints } from './value.ts';

/** The caller, as far as an application needs it. */
export interface Caller {
  readonly fn: Fn;
  /** Value of a variable that the caller owns; undefined when it does not own it. */
  variable(unit: number, v: number): Value | undefined;
  /** `this` of the caller, when it is the `this` of that function. */
  self(fn: Fn): Value | undefined;
  /** Runs a function value with arguments and returns its result. */
  callValue(callee: Value, args: readonly Value[], op: number): Value | undefined;
  sink(effect: SinkEffect): void;
  write(key: string, path: readonly string[], value: Value): void;
  /** The cell that a field of the receiver is here, or a field of the caller's own receiver. */
  fieldKey(key: string, app: Application): string;
  callback(effect: CallbackEffect): void;
  throws(value: Value): void;
  /** Takes work from the caller's budget; false when it is used up. */
  spend(work: number): boolean;
}

export interface Application {
  readonly callee: Callable;
  readonly args: readonly Value[];
  readonly self: Value;
  readonly op: number;
  readonly place: Place;
  /** The callee is a function literal inside the caller. */
  readonly inline?: boolean;
  /** What the first argument names, when it is an endpoint: `api.OrderDetail`. */
  readonly endpoint?: string;
  /** The callee's summary for what this call passes, where there is one. */
  readonly summary?: Summary;
}

export interface Applied {
  readonly ret: Value;
  readonly outs: ReadonlyMap<number, Value>;
  readonly throws: Value;
}

export function applySummary(engine: Engine, caller: Caller, app: Application): Applied {
  const summary: Summary = app.summary ?? engine.summaries.get(app.callee.fn.id) ?? NOTHING;
  if (engine.component(app.callee.fn) !== engine.component(caller.fn)) {
    if (!caller.fn.unit.test && !caller.fn.facts.markup) engine.applied.add(app.callee.fn.id);
  }
  else if (app.callee.fn === caller.fn) engine.recursion(caller.fn);
  const work = 1 + summary.sinks.length + summary.writes.length + 4 * summary.callbacks.length + summary.ret.taints.length;
  if (summary === NOTHING || !caller.spend(work)) return { ret: EMPTY, outs: NO_OUTS, throws: EMPTY };
  const subst = new Substitution(engine, caller, app);
  for (const c of summary.callbacks) subst.callback(c);
  for (const w of summary.writes) caller.write(isOfReceiver(w.key) ? caller.fieldKey(w.key, app) : w.key, w.path, subst.value(w.value));
  if (app.inline === true && summary.sinks.length > 0) shareUses(engine, caller, app);
  for (const s of summary.sinks) sinkThrough(engine, caller, app, subst, s);
  const throws = subst.thrown(summary.throws);
  if (!isEmpty(throws)) caller.throws(throws);
  const outs = new Map<number, Value>();
  for (const [index, v] of summary.outs) outs.set(index, subst.value(v));
  return { ret: subst.value(summary.ret), outs, throws };
}

const NO_OUTS: ReadonlyMap<number, Value> = new Map();

/**
 * A callback that is written right here: what it reads of a parameter says what it is given. What a helper fetches for many is
 * told apart by what was asked for.
 */
function shareUses(engine: Engine, { fn }: Caller, { callee, args }: Application): void {
  for (const [i, given] of args.entries()) {
    const parameter = useKey(callee.fn, i + callee.bound.length);
    for (const { origin, path, form, alias } of given.taints) {
      if (form !== Form.Value) continue;
      if (origin.kind === 'param') engine.classifier.shareUses(parameter, useKey(origin.fn, origin.index), path);
      else if (alias !== undefined) engine.classifier.shareUses(parameter, `o${origin.id}@${alias}`, path);
      else if (origin.kind === 'opaque' && origin.fn === fn) engine.classifier.shareUses(parameter, `o${origin.id}`, path);
    }
  }
}

const useKey = (fn: Fn, index: number): string => `p${fn.id}:${index}`;

function sinkThrough(engine: Engine, caller: Caller, app: Application, subst: Substitution, effect: SinkEffect): void {
  // What a test hands to production code is made up.
  if (caller.fn.unit.test && !effect.use.fn.unit.test) return;
  const value = subst.taint(effect.taint, 'call');
  // A sink that reads a captured variable, or stands in a callback written right here, keeps its place.
  const stays = effect.place.settled || effect.taint.origin.kind === 'capture' || app.inline === true;
  const place = stays ? effect.place : { ...app.place, argument: parameterIndex(effect.taint.origin), hops: effect.place.hops + 1 };
  const whole = effect.use.read === 'deep' && effect.taint.form !== Form.Text ? convert(value, Form.Deep, 'whole') : convert(value, Form.Text, 'own');
  const match = whole.taints.some((t) => t.hint === undefined) ? keyName(engine, app, effect) : undefined;
  const uses = effect.use.given ? sentAt(engine, caller, app, effect.use) : [effect.use];
  for (const use of uses) {
    for (const taint of whole.taints) if (!use.given || isSymbolic(taint.origin)) caller.sink({ use, taint: match && !taint.hint ? { ...taint, hint: match } : taint, place });
  }
}

/** `setLocal('token', value)`: a wrapper that stores by key says by the key what it stores. */
function keyName(engine: Engine, app: Application, effect: SinkEffect): Taint['hint'] {
  if (effect.use.channel !== 'storage' || effect.taint.origin.kind !== 'param') return undefined;
  const words = app.args.flatMap((a, i) => (effect.taint.origin.kind === 'param' && i !== effect.taint.origin.index && a.text !== undefined ? [a.text] : []));
  const [name] = words;
  const match = words.length === 1 && name !== undefined ? engine.nameHint(name) : undefined;
  return match && name !== undefined ? { match, name, witness: 'own-name' } : undefined;
}

const parameterIndex = (origin: Origin): number => (origin.kind === 'param' ? origin.index : 0);

class Substitution {
  private readonly engine: Engine;
  private readonly caller: Caller;
  private readonly app: Application;
  private readonly names: readonly string[];
  private readonly results = new Map<number, Value>();
  private readonly memo = new Map<Taint, Value>();
  private naming = true;

  constructor(engine: Engine, caller: Caller, app: Application) {
    this.engine = engine;
    this.caller = caller;
    this.app = app;
    this.names = [app.place.callee];
  }

  callback(effect: CallbackEffect): void {
    const callee = this.value(effect.callee);
    const args = effect.args.map((a) => this.value(a));
    const result = this.caller.callValue(callee, args, this.app.op);
    if (result !== undefined) this.results.set(effect.origin.id, join(this.results.get(effect.origin.id) ?? EMPTY, result));
    else if (callee.taints.some((t) => isSymbolic(t.origin))) this.caller.callback({ origin: effect.origin, callee, args });
  }

  /** An error is not what the function is named after. */
  thrown(v: Value): Value {
    this.naming = false;
    const value = this.value(v);
    this.naming = true;
    return value;
  }

  value(v: Value): Value {
    if (isEmpty(v) || !this.caller.spend(1)) return isEmpty(v) ? v : EMPTY;
    let out = v.taints.length === 0 ? make(NO_TAINTS, undefined, undefined, v.text, v.mask, v.cls) : EMPTY;
    let concrete: Taint[] | undefined;
    for (const t of v.taints) {
      if (isSymbolic(t.origin)) out = join(out, this.taint(t, 'return'));
      else (concrete ??= []).push(this.passed(t));
    }
    if (concrete) out = withTaints(out, mergeTaints(out.taints, concrete));
    if (v.cls) out = make(out.taints, out.fields, out.calls, out.text, out.mask, v.cls);
    if (v.calls) out = make(out.taints, out.fields, [...(out.calls ?? []), ...v.calls.map((c) => this.callable(c))], out.text, out.mask, out.cls);
    if (v.fields) out = storeAll(out, v.fields, (field) => this.value(field));
    return out;
  }

  private callable(c: Callable): Callable {
    if (!c.env && !c.self && c.bound.length === 0) return c;
    const env = c.env && new Map([...c.env].map(([v, value]) => [v, this.value(value)]));
    return { fn: c.fn, env, self: c.self && this.value(c.self), bound: c.bound.map((b) => this.value(b)) };
  }

  private passed(t: Taint): Taint {
    const { origin } = t;
    if (origin.kind === 'opaque' && origin.fn === this.app.callee.fn && isAskedFor(this.engine, origin)) {
      const { fn } = this.caller;
      const name = resultName(this.app.callee.fn.facts.n) ?? this.app.endpoint ?? '';
      const own = this.engine.opaque(origin.why, name, fn, this.app.op, this.engine.types.ofRegister(fn, this.app.op), this.subject());
      return { ...t, origin: own, trace: step(undefined, 'return', fn, this.app.op, [this.app.place.callee]) };
    }
    const alias = t.alias ?? (this.naming && isWrapped(t.path) ? (resultName(this.app.callee.fn.facts.n) ?? this.app.endpoint) : undefined);
    return withName(t, alias, t.hint, step(t.trace, 'return', this.caller.fn, this.app.op, this.names));
  }

  /** Calls that ask for the same thing get the same kind of thing: `store.get('settings')`, `request('/users')`. */
  private subject(): string | undefined {
    const asked = this.app.args.find((a) => a.text !== undefined)?.text ?? this.app.endpoint;
    return asked === undefined ? undefined : `call:${this.app.callee.fn.id}:${asked}`;
  }

  /** What the caller holds for a symbolic taint of the callee. */
  taint(t: Taint, direction: 'call' | 'return'): Value {
    const known = this.memo.get(t);
    if (known) return known;
    const base = this.base(t.origin);
    const value = base === undefined ? ofTaints([t]) : this.through(t, base, direction);
    this.memo.set(t, value);
    return value;
  }

  private through(t: Taint, base: Value, direction: 'call' | 'return'): Value {
    if (!this.caller.spend(1 + base.taints.length + 6 * (base.fields?.size ?? 0))) return EMPTY;
    let v = base;
    for (const key of membersOf(t.path)) v = load(v, key);
    v = leftOut(v, t);
    v = typedLike(v, t);
    if (t.form === Form.Deep) v = convert(v, Form.Deep, 'whole');
    else if (t.form === Form.Text) v = convert(v, Form.Text, 'own');
    else if (t.form === Form.Part) v = convert(v, Form.Part, 'own');
    if (t.key !== undefined) v = ofTaints(leavesUnder(v, t.key));
    if (isEmpty(v)) return v.mask ? v : v.text !== undefined ? v : EMPTY;
    const { names } = this;
    const { fn } = this.caller;
    // What a callee calls an object is the name of none of its members.
    const isNamed = (b: Taint): boolean => t.hint !== undefined && (v.fields === undefined || v.taints.includes(b));
    return mapTaints(v, (b) => {
      const called = step(b.trace, direction, fn, this.app.op, names);
      const trace: Trace | undefined = t.trace ? { k: 'rope', prev: called, next: t.trace } : called;
      return makeTaint(
        b.origin, b.path, b.form,
        t.guards.length === 0 ? b.guards : [...b.guards, ...t.guards.filter((g) => !b.guards.some((h) => h.fn === g.fn && h.op === g.op))],
        b.hint ?? (isNamed(b) ? t.hint : undefined),
        b.without,
        t.facts.length === 0 ? b.facts : [...new Set([...b.facts, ...t.facts])].sort(),
        t.assumed.length === 0 ? b.assumed : [...new Set([...b.assumed, ...t.assumed])].sort(),
        b.alias ?? t.alias,
        b.typed,
        trace,
        b.key,
      );
    });
  }

  /** Undefined when the origin belongs to a function further out. */
  private base(origin: Origin): Value | undefined {
    switch (origin.kind) {
      case 'param': return origin.fn === this.app.callee.fn ? this.argument(origin.index) : undefined;
      case 'this': return origin.fn === this.app.callee.fn ? this.app.self : (this.app.callee.self ?? this.caller.self(origin.fn));
      case 'capture': return this.app.callee.env?.get(origin.v) ?? this.caller.variable(origin.unit.index, origin.v);
      case 'callback': return this.results.get(origin.id) ?? (origin.fn === this.app.callee.fn ? EMPTY : undefined);
      default: return undefined;
    }
  }

  private argument(index: number): Value {
    const bound = this.app.callee.bound;
    const given = index < bound.length ? bound[index] : this.app.args[index - bound.length];
    const { params } = this.app.callee.fn.facts;
    // Behind the declared ones stands `arguments`.
    if (index < params.length && !params[index]?.rest) return given ?? EMPTY;
    let list = EMPTY;
    this.app.args.slice(Math.max(0, index - bound.length)).forEach((a, i) => (list = store(list, String(i), a)));
    return list;
  }
}

/** The whole of a result, or of what a client wraps it in. */
const isWrapped = (path: string): boolean => path === '' || /^(?:data|body|result|response|res|payload|content|value)(?:\/(?:data|body|result|value))?$/.test(path);

/** `getUser` gives a `user`: a function that returns what it got from outside names it. */
function resultName(name: string): string | undefined {
  const made = /^(?:get|fetch|load|find|read|query|current|select|list|retrieve|search)(?:All|One|By\w+|The|Current)?([A-Z]\w*)$/.exec(name);
  return made?.[1] ? made[1].charAt(0).toLowerCase() + made[1].slice(1) : undefined;
}

export const isSymbolic = (origin: Origin): boolean => origin.kind === 'param' || origin.kind === 'this' || origin.kind === 'capture' || origin.kind === 'callback';
