// A call that leads out of the project: what the catalogue says about it, else careful defaults.
import { ACTION, DEEP_COPY, MERGES, PREDICATE } from './call-names.ts';
import type { CallPlace, ModelEntry, ModelFlow, ProtectionEntry, RequestEntry, SinkEntry } from '#model/catalog';
import type { Channel } from '#model/channel';
import { ConstKind, Op, VarField, VarKind } from '#model/facts';
import { type CalleeNames, type Matches, writtenChain } from './callee.ts';
import { VALIDATED } from './conditions.ts';
import { givenUrl } from './given-urls.ts';
import { pickedCookie } from './cookie-header.ts';
import { clientBase, constantPrefix, isAbsolute, isPlaintext } from './destinations.ts';
import { UNKNOWN_CALL } from './engine.ts';
import type { Frame } from './frame.ts';
import { stringOperation } from './masks.ts';
import { persistedState } from './persisted.ts';
import { projected } from './projections.ts';
import { redacted } from './redaction.ts';
import { rootOf } from './operands.ts';
import { callArguments, list, opcode, operand, varField } from './program.ts';
import { calleeNames, hasSwitch } from './survey.ts';
import { defineProperty, replaced, shown } from './serialised.ts';
import { stripped } from './stripped.ts';
import { hasSetter, setterOf } from './setters.ts';
import type { SinkUse } from './summary.ts';
import { runMethods } from './store-methods.ts';
import { isBooleanType } from './builtin-types.ts';
import { literalMember, spreadValues } from './literals.ts';
import { cellOfCall, cellValue, orElse, orParameter, partOf, pathIn } from './named-cells.ts';
import type { Callable, Origin, Value } from './value.ts';
import { convert, ELEMENT, EMPTY, Form, isEmpty, join, leavesUnder, load, loadElements, mapTaints, ofOrigin, ofTaints, pick, REJECTION, spread, step, store, storeWeak, typedAs, withName, without, withStep } from './value.ts';
import { isOpen, validated, validatorOf } from './validator-types.ts';
import { isSymbolic } from './apply.ts';

export interface LibraryResult {
  readonly value: Value;
  /** The catalogue knows the callee. */
  readonly known: boolean;
}

interface Site {
  readonly frame: Frame;
  readonly op: number;
  readonly callee: number;
  readonly receiver: number;
  readonly args: readonly Value[];
  readonly names: CalleeNames;
}

export function callLibrary(frame: Frame, op: number, callee: number, receiver: number, args: readonly Value[]): LibraryResult {
  const names = calleeNames(frame.engine, frame.fn, op, callee);
  const site: Site = { frame, op, callee, receiver, args, names };
  const found = frame.engine.callees.match(names);
  switchedOff(site, found);
  for (const s of found.sinks) sinkCall(site, s);
  for (const r of found.requests) request(site, r);
  const known = found.sinks.length + found.requests.length + found.protections.length + found.models.length > 0;
  const held = receiver >= 0 ? frame.value(receiver) : EMPTY;
  const method = names.chain[names.chain.length - 1] ?? '';
  if (method === 'set' && receiver >= 0 && args[1]?.mask === true) frame.hideAll(receiver);
  const cut = receiver >= 0 ? stringOperation(frame, op, method, held, args) : undefined;
  if (cut !== undefined) return { value: cut, known: true };
  const cookie = receiver >= 0 ? pickedCookie(frame, op, method, held, args) : undefined;
  if (cookie !== undefined) return { value: cookie, known: true };
  if (found.protections.length > 0) return { value: found.protections.reduce((out, p) => join(out, protect(site, p)), EMPTY), known: true };
  const models = best(found.models.filter((m) => fitsArguments(site, m)));
  if (models.length > 0) return { value: model(site, models), known: true };
  if (found.sinks.length > 0 && !found.sinks.every((s) => s.channel === 'error')) {
    releaseAll(site);
    return { value: opaqueResult(site), known };
  }
  return { value: unknownCall(site, method, held, found), known };
}

/* ---------- places of a call ---------- */

interface PlacedValue {
  readonly value: Value;
  readonly argument: number;
}

function valuesAt(site: Site, place: CallPlace): readonly PlacedValue[] {
  const below = (v: Value): Value => {
    let out = v;
    for (const key of place.path) out = key === ELEMENT ? loadElements(out) : key === '*' ? out : load(out, key);
    return out;
  };
  switch (place.base) {
    case 'args': return site.args.map((a, i) => ({ value: below(a), argument: i }));
    case 'this': return [{ value: below(site.receiver >= 0 ? site.frame.value(site.receiver) : EMPTY), argument: -1 }];
    case 'arg': {
      if (place.open) return site.args.slice(place.index).map((a, i) => ({ value: below(a), argument: place.index + i }));
      const arg = site.args[place.index];
      return arg === undefined ? [] : [{ value: below(arg), argument: place.index }];
    }
    case 'return': case 'callee': case 'cell': case 'setter': return [];
  }
}

/** Register that stands at a place, when it is written there: an argument or a member of an object literal. */
function registerAt(site: Site, place: CallPlace): RegisterAt | undefined {
  if (place.base !== 'arg') return undefined;
  const r = callArguments(site.frame.fn, site.op)[place.index];
  if (r === undefined || r < 0) return undefined;
  let at: RegisterAt = { fn: site.frame.fn, r };
  for (const key of place.path) {
    const member = memberAt(site.frame.engine, at, key, 0);
    if (!member) return undefined;
    at = member;
  }
  return at;
}

interface RegisterAt {
  readonly fn: Frame['fn'];
  readonly r: number;
}

/** A member of an object literal, its own or that of a literal it is spread from: `{ ...cookieOptions, expires }`. */
function memberAt(engine: Frame['engine'], { fn, r }: RegisterAt, key: string, depth: number): RegisterAt | undefined {
  const type = engine.types.ofRegister(fn, r);
  if (type.k !== 'literal' || depth > 4) return undefined;
  const own = literalMember(type.fn, type.op, key);
  if (own !== undefined) return { fn: type.fn, r: own };
  for (const spread of spreadValues(type.fn, type.op)) {
    const found = memberAt(engine, { fn: type.fn, r: spread }, key, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/* ---------- sinks ---------- */

function sinkCall(site: Site, entry: SinkEntry): void {
  if (entry.when) {
    const at = registerAt(site, entry.when.place);
    const name = at && (site.frame.engine.types.constantText(at.fn, at.r) ?? constantWord(site, at.fn, at.r));
    // `*`: whatever is written there but `false`.
    if (entry.when.names.includes('*') ? at === undefined || name === 'false' : name === undefined || !entry.when.names.some((n) => n.toLowerCase() === name.toLowerCase())) return;
  }
  for (const place of entry.leaks) {
    for (const { value: at, argument } of valuesAt(site, place)) {
      const value = place.callback ? persistedState(site.frame, site.op, at, registerAt(site, place)) : at;
      const plain = useOf(site, entry.channel, entry.id, argument, entry.read);
      const use = entry.channel === 'storage' && optionHas(site, 'httpOnly', ['true']) ? { ...plain, sealed: true as const } : plain;
      const seen = entry.read === 'deep' ? shown(site.frame, site.op, value, use.callee.startsWith('console.') ? '@@inspect' : 'toJSON', place.path.length === 0 ? (callArguments(site.frame.fn, site.op)[argument] ?? -1) : -1) : value;
      const kept = entry.channel === 'log' ? redacted(site.frame, site.receiver, site.op, seen) : entry.channel === 'storage' ? keptAs(site, seen) : seen;
      leak(site, entry.vendor ? { ...use, vendor: entry.vendor } : use, kept);
    }
  }
}

/** `setItem('token', data)`: the key under which something is kept says what it is, where nothing else does. */
function keptAs(site: Site, value: Value): Value {
  const { engine, fn } = site.frame;
  const [first = -1] = callArguments(fn, site.op);
  const key = first < 0 || value.taints.length === 0 ? undefined : engine.types.constantText(fn, first);
  const match = key === undefined ? undefined : engine.nameHint(key);
  const entity = key === undefined || match ? undefined : engine.catalog.names.entity(key);
  if (key === undefined || (!match && !entity)) return value;
  return mapTaints(value, (t) => withName(t, entity ? (t.alias ?? key) : t.alias, t.hint ?? (match && { match, name: key, witness: 'own-name' as const }), t.trace));
}

const calleeText = (site: Site): string => site.frame.calleeNames(site.callee).join('.');

function useOf(site: Site, channel: Channel, catalog: string, argument: number, read: 'deep' | 'text'): SinkUse {
  site.frame.engine.sinkPlaces.add(`${site.frame.fn.id}:${site.op}`);
  return { channel, catalog, read, argument, fn: site.frame.fn, op: site.op, callee: calleeText(site) };
}

function leak(site: Site, use: SinkUse, value: Value): void {
  leakInto(site.frame, site.op, use, value);
}

/** Sends what a sink can read of a value to it. */
export function leakInto(frame: Frame, op: number, use: SinkUse, value: Value): void {
  const seen = use.read === 'deep' ? convert(value, Form.Deep, 'whole') : convert(value, Form.Text, 'own');
  const place = { fn: frame.fn, op, argument: use.argument, callee: use.callee, hops: 0, settled: false };
  // What is known here does not meet a URL that only a caller knows.
  for (const taint of seen.taints) if (!use.given || isSymbolic(taint.origin)) frame.sink({ use, taint, place });
}

/* ---------- requests ---------- */

function request(site: Site, entry: RequestEntry): void {
  const { frame } = site;
  const at = entry.url.map((p) => registerAt(site, p)).find((r) => r !== undefined && frame.engine.types.ofRegister(r.fn, r.r).k !== 'literal');
  const own = at && constantPrefix(frame.engine, at.fn, at.r);
  const base = own !== undefined && isAbsolute(own) ? undefined : (optionBase(site, entry) ?? clientBase(frame.engine, frame.fn, site.receiver >= 0 ? site.receiver : site.callee, entry.base));
  const url = own !== undefined && isAbsolute(own) ? own : (base ?? own);
  const destination = url !== undefined && isAbsolute(url) ? url : undefined;
  const urlValues = entry.url.flatMap((p) => valuesAt(site, p)).filter((v) => !v.value.fields || v.value.taints.length > 0);
  const query = entry.query.flatMap((p) => valuesAt(site, p));
  const payload = entry.payload.flatMap((p) => valuesAt(site, p));
  const describe = <T extends SinkUse>(use: T): T => (destination ? { ...use, destination } : use);
  // The address of a database or queue is configuration, not a URL that anybody sees.
  if (!entry.id.startsWith('connect-')) for (const v of urlValues) leak(site, describe(useOf(site, 'url', entry.id, v.argument, 'text')), v.value);
  for (const v of query) leak(site, describe(useOf(site, 'url', entry.id, v.argument, 'deep')), v.value);
  const plain = destination !== undefined ? isPlaintext(destination) : entry.id.startsWith('node-http') && !entry.id.includes('https') && url === undefined && !isServerSide(site);
  if (plain) {
    for (const v of urlValues) leak(site, { ...describe(useOf(site, 'transport', entry.id, v.argument, 'text')), transport: 'plaintext' }, v.value);
    for (const v of [...query, ...payload]) leak(site, { ...describe(useOf(site, 'transport', entry.id, v.argument, 'deep')), transport: 'plaintext' }, v.value);
    if (destination) frame.engine.site({ catalog: entry.id, channel: 'transport', fn: frame.fn, op: site.op, callee: calleeText(site), destination });
  }
  const given = url === undefined && at && !entry.id.startsWith('connect-') ? givenUrl(frame.engine, at.fn, at.r) : undefined;
  if (given) {
    const held = (argument: number, read: 'deep' | 'text'): SinkUse => ({ ...useOf(site, 'transport', entry.id, argument, read), given });
    for (const v of urlValues) leak(site, held(v.argument, 'text'), v.value);
    for (const v of [...query, ...payload]) leak(site, held(v.argument, 'deep'), v.value);
  }
  const vendor = destination ? vendorOf(site, destination) : undefined;
  if (vendor) for (const v of [...query, ...payload]) leak(site, { ...describe(useOf(site, 'third-party', entry.id, v.argument, 'deep')), vendor }, v.value);
}

/** Options of this very call may hold the base: `axios({ baseURL, url })`. */
function optionBase(site: Site, entry: RequestEntry): string | undefined {
  for (const m of entry.base) {
    for (const index of [0, 1, 2]) {
      const at = registerAt(site, { base: 'arg', index, open: false, path: [m] });
      const found = at && constantPrefix(site.frame.engine, at.fn, at.r);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `http.createServer` and relative look-ups are no requests to anyone. */
const isServerSide = (site: Site): boolean => site.args.length === 0;

function vendorOf(site: Site, destination: string): string | undefined {
  const host = destination.slice(destination.indexOf('://') + 3).replace(/:\d+$/, '');
  return site.frame.engine.catalog.vendors.find((v) => v.hosts.some((h) => host === h || host.endsWith(`.${h}`)))?.id;
}

/* ---------- safeguards switched off ---------- */

function switchedOff(site: Site, found: Matches): void {
  for (const entry of found.sites) {
    if (entry.channel !== 'transport' && entry.channel !== 'protection' && entry.channel !== 'log') continue;
    const option = entry.option;
    if (option && !optionHas(site, option.member, option.values)) continue;
    site.frame.engine.site({ catalog: entry.id, channel: entry.channel, fn: site.frame.fn, op: site.op, callee: calleeText(site) });
  }
}

/** Options that switch a safeguard off wherever they stand: `{ rejectUnauthorized: false }`. */
export function switchedOffInLiteral(frame: Frame, op: number): void {
  const { engine, fn } = frame;
  if (!hasSwitch(engine, fn, op)) return;
  for (const entry of engine.optionSites) {
    const value = entry.option && literalMember(fn, op, entry.option.member);
    if (value === undefined || (entry.channel !== 'transport' && entry.channel !== 'protection')) continue;
    const word = wordOf(engine, fn, value);
    if (word !== undefined && entry.option?.values.includes(word)) engine.site({ catalog: entry.id, channel: entry.channel, fn, op: value, callee: entry.option.member });
  }
}

function optionHas(site: Site, member: string, values: readonly string[]): boolean {
  if (/^arg\d+$/.test(member)) {
    const r = callArguments(site.frame.fn, site.op)[Number(member.slice(3))];
    return r !== undefined && r >= 0 && values.includes(constantWord(site, site.frame.fn, r) ?? '');
  }
  return [0, 1, 2, 3, 4].some((index) => {
    const at = registerAt(site, { base: 'arg', index, open: false, path: member.split('.') });
    if (at === undefined) return false;
    const parts = opcode(at.fn, at.r) === Op.Array ? [...list(at.fn.unit, operand(at.fn, at.r, 2))] : [at.r];
    return parts.some((r) => r >= 0 && values.includes(constantWord(site, at.fn, r) ?? ''));
  });
}

const constantWord = (site: Site, fn: Frame['fn'], r: number): string | undefined => wordOf(site.frame.engine, fn, r);

function wordOf(engine: Frame['engine'], fn: Frame['fn'], r: number): string | undefined {
  if (opcode(fn, r) === Op.Const) {
    const kind = operand(fn, r, 1);
    if (kind === ConstKind.True) return 'true';
    if (kind === ConstKind.False) return 'false';
  }
  return engine.types.constantText(fn, r);
}

/* ---------- protections and models ---------- */

export const isUnkeyedDigest = (entry: ProtectionEntry): boolean => entry.kind === 'hash' && entry.strength === 'weak';

function protect(site: Site, entry: ProtectionEntry): Value {
  releaseAll(site);
  const { frame, op } = site;
  let input = EMPTY;
  for (const { value } of valuesAt(site, entry.input)) input = join(input, convert(value, Form.Deep, 'whole'));
  // A digest without a key is itself the place of a leak for what can be tried out.
  if (isUnkeyedDigest(entry)) leak(site, useOf(site, 'protection', entry.id, Math.max(0, entry.input.index), 'deep'), input);
  const guard = { kind: entry.kind, by: entry.id, strength: entry.strength, fn: frame.fn, op };
  const output = mapTaints(input, (t) => ({ ...t, guards: [...t.guards, guard], trace: step(t.trace, 'protect', frame.fn, op, frame.calleeNames(site.callee)) }));
  return deliver(site, entry.output, output, EMPTY);
}

function model(site: Site, entries: readonly ModelEntry[]): Value {
  const callbacks = new Map<number, Value[]>();
  for (const entry of entries) {
    for (const flow of entry.flows) {
      if (flow.output.callback?.kind !== 'param' || flow.input.callback) continue;
      const args = callbacks.get(flow.output.index) ?? [];
      const value = ofCell(site, entry, flow) ?? inputOf(site, flow.input, flow.kind, EMPTY_RESULTS);
      args[flow.output.callback.index] = join(args[flow.output.callback.index] ?? EMPTY, value);
      callbacks.set(flow.output.index, args);
    }
  }
  rejections(site, callbacks);
  const results = runCallbacks(site, entries, callbacks);
  let out = EMPTY;
  for (const entry of entries) {
    if (entry.id === 'object-define' && defineProperty(site.frame, site.op, site.args)) out = join(out, site.args[0] ?? EMPTY);
    else if (MERGES.test(entry.id)) out = join(out, merged(site));
    else for (const flow of entry.flows) {
      if (flow.output.callback) continue;
      if (isReplaced(site, entry, flow)) continue;
      const value = ofCell(site, entry, flow) ?? inputOf(site, flow.input, flow.kind, results, flow.output.base === 'return' && flow.output.path.length === 0);
      if (flow.output.base === 'cell') writeCell(site, entry, flow.output, value);
      else out = deliver(site, flow.output, value, out);
    }
    if (entry.callees.some((c) => c.root.name === 'Promise') && site.names.chain.at(-1) === 'reject') out = store(EMPTY, REJECTION, site.args[0] ?? EMPTY);
    out = checked(site, narrowed(site, entry, out));
    if (entry.id === 'class-transformer') out = stripped(site.frame, site.op, out);
    if (entry.source) out = join(out, sourceResult(site, entry));
    const stored = entry.methods && cellAt(site, entry);
    if (entry.methods && stored !== undefined) runMethods(site.frame, site.op, stored, entry.methods, site.args[entry.methods.at.index] ?? EMPTY);
  }
  return out;
}

const cellAt = ({ frame, op }: Site, { cell }: ModelEntry): string | undefined => cell && cellOfCall(frame.engine, frame.fn, op, cell, (r) => frame.keyText(r));

/** What a flow reads of a cell: the value, or a function that writes it. */
function ofCell(site: Site, entry: ModelEntry, { input, output }: ModelFlow): Value | undefined {
  if (input.base !== 'cell' && input.base !== 'setter') return undefined;
  const { engine, fn } = site.frame;
  const key = cellAt(site, entry);
  if (key === undefined) return EMPTY;
  const part = partOf(key, input.path);
  if (input.base === 'setter') {
    if (entry.cell?.key.every((place) => place.base === 'return')) site.frame.ownState.add(part);
    return ofOrigin(setterOf(engine, fn, site.op, part, input.index));
  }
  const held = join(cellValue(engine, fn, site.op, part), site.frame.given.get(part) ?? EMPTY);
  const isResult = output.base === 'return' && output.path.length === 0 && pathIn(input.path).length === 0 && !entry.source;
  const whole = isResult ? orElse(engine, held, opaqueOrigin(site)) : held;
  return withStep(pathIn(input.path).reduce((v, k) => load(v, k), whole), 'read', fn, site.op, site.frame.calleeNames(site.callee).slice(-2));
}

function writeCell(site: Site, entry: ModelEntry, place: CallPlace, value: Value): void {
  const key = cellAt(site, entry);
  if (key !== undefined) site.frame.write(partOf(key, place.path), pathIn(place.path), value);
}

/** `Array.from(list, fn)`: what the function returns stands in the place of the elements. */
const isReplaced = (site: Site, entry: ModelEntry, flow: ModelEntry['flows'][number]): boolean =>
  !flow.input.callback && flow.output.base === 'return' && flow.output.path[0] === ELEMENT && entry.flows.some((f) => f.input.callback?.kind === 'return' && f.output.base === 'return' && f.output.path[0] === ELEMENT && site.args[f.input.index]?.calls !== undefined);

/** Where the store is known whose method this is, what any method of that name may do says nothing. */
function best(models: readonly ModelEntry[]): readonly ModelEntry[] {
  if (models.length < 2 || !models.some((m) => m.source === 'store' && !isByMethod(m))) return models;
  return models.filter((m) => m.source !== undefined || !isByMethod(m));
}

const isByMethod = ({ callees }: ModelEntry): boolean => callees.every((c) => c.root.kind === 'any');

/** `any:.find` is a list's when it is given a function; with anything else it is somebody's query. */
function fitsArguments(site: Site, entry: ModelEntry): boolean {
  if (entry.cell && (cellAt(site, entry) === undefined || isSelecting(site, entry))) return false;
  if (!isByMethod(entry)) return true;
  const places = entry.flows.flatMap((f) => [f.input, f.output]).filter((p) => p.base === 'arg' && p.callback !== undefined);
  return places.length === 0 || places.some((p) => {
    const arg = site.args[p.index];
    if (arg === undefined || arg.fields || arg.text !== undefined) return false;
    const r = callArguments(site.frame.fn, site.op)[p.index] ?? -1;
    const type = r >= 0 ? site.frame.engine.types.ofRegister(site.frame.fn, r) : undefined;
    return arg.calls !== undefined || arg.taints.length > 0 || type?.k === 'functions' || type?.k === 'external';
  });
}

/** A read of the whole has no arguments besides those that tell the cell: `useStore()`, not `useStore((s) => s.user)`. */
const isSelecting = ({ args }: Site, { cell, flows }: ModelEntry): boolean =>
  flows.every((f) => f.input.base === 'cell' && f.output.base === 'return') && args.length > (cell?.key.filter((p) => p.base === 'arg').length ?? 0);

/** `Object.assign` and its kin: later arguments overwrite the members of earlier ones. */

function merged(site: Site): Value {
  const all = site.args.reduce((to, from) => spread(to, from), EMPTY);
  const [target = -1] = callArguments(site.frame.fn, site.op);
  const place = target >= 0 ? site.frame.placeOf(target) : undefined;
  if (place && !isEmpty(all)) site.frame.replaceAt(place, all);
  return all;
}

/** What a promise was rejected with goes to `.catch(f)` and to the second function of `.then`. */
function rejections(site: Site, callbacks: Map<number, Value[]>): void {
  const method = site.names.chain.at(-1);
  const held = site.receiver >= 0 ? site.frame.value(site.receiver).fields?.get(REJECTION) : undefined;
  if (held === undefined || (method !== 'catch' && method !== 'then')) return;
  const index = method === 'catch' ? 0 : 1;
  callbacks.set(index, [join(callbacks.get(index)?.[0] ?? EMPTY, held)]);
}

const EMPTY_RESULTS: ReadonlyMap<number, Value> = new Map();

/** What a text of an argument holds: as `JSON.stringify` and `inspect` make it, else all but what is private. */
function textOf(site: Site, place: CallPlace, v: Value): Value {
  if (place.base !== 'arg' && place.base !== 'args') return v;
  const method = site.names.chain.at(-1);
  const isWhole = place.base === 'arg' && place.path.length === 0;
  const [r = -1] = isWhole ? [callArguments(site.frame.fn, site.op)[place.index]] : [];
  const seen = shown(site.frame, site.op, v, method === 'stringify' ? 'toJSON' : method === 'inspect' || method === 'format' ? '@@inspect' : undefined, r);
  return method === 'stringify' && isWhole && place.index === 0 ? replaced(site.frame, site.op, seen, site.args[1]) : seen;
}

function inputOf(site: Site, place: CallPlace, kind: ModelFlow['kind'], results: ReadonlyMap<number, Value>, plain = false): Value {
  let v = EMPTY;
  if (place.callback?.kind === 'return') {
    v = results.get(place.index) ?? EMPTY;
    for (const key of place.path) v = key === ELEMENT ? loadElements(v) : load(v, key);
  } else v = (plain ? memberByName(site, place) : undefined) ?? site.frame.specialKey(site.op, place) ?? valuesAt(site, place).reduce((all, p) => (all === EMPTY ? p.value : join(all, p.value)), EMPTY);
  if (kind === 'deep' || kind === 'rendered') {
    const read = textOf(site, place, v);
    // A text that holds everything remembers under which names, for whoever makes an object of it again.
    const named = kind === 'deep' && read.fields ? ofTaints(leavesUnder(read, ELEMENT)) : read;
    return withStep(convert(named, Form.Deep, 'whole', kind === 'rendered' ? 'partly-shown' : undefined), 'transform', site.frame.fn, site.op, site.frame.calleeNames(site.callee).slice(-2));
  }
  return kind === 'derived' ? convert(v, Form.Part, 'own') : v;
}

/** `get(user, 'contact.email')` reads that member only, and so does `prop('email', user)`, which takes the key first. */
function memberByName(site: Site, place: CallPlace): Value | undefined {
  if (place.base !== 'arg' || place.path[0] !== ELEMENT) return undefined;
  const key = site.args[place.index === 0 ? 1 : place.index - 1];
  const keys = key === undefined || key.calls ? undefined : key.text !== undefined ? key.text.split('.') : keysOf(key);
  return keys?.reduce((v, k) => load(v, k), site.args[place.index] ?? EMPTY);
}

/** `['contact', 'email']` */
function keysOf(path: Value): readonly string[] | undefined {
  const keys = path.taints.length === 0 && path.fields ? [...path.fields.values()].map((f) => f.text) : [];
  return keys.length > 0 && keys.every((k) => k !== undefined) ? keys : undefined;
}

/** Runs the function arguments of a modelled call: with what the model passes, or with unknown values. */
function runCallbacks(site: Site, entries: readonly ModelEntry[], passed: ReadonlyMap<number, readonly Value[]>): ReadonlyMap<number, Value> {
  const results = new Map<number, Value>();
  const { frame, op } = site;
  site.args.forEach((arg, i) => {
    const given = withResults(site, entries, i, passed.get(i), results);
    if (arg.calls) {
      // What is given back as it is runs where the result is called, with what it is called with.
      if (!given && entries.some((e) => e.flows.some((f) => isWhole(f.input, 'arg', i) && isWhole(f.output, 'return', f.output.index)))) return;
      const args = given ? [...given] : undefined;
      // A reader of a cell is given more than the cell: the rest is whatever its types say.
      const isOpen = entries.some((e) => e.cell && e.flows.some((f) => f.output.callback?.kind === 'param' && f.output.index === i));
      const open = (c: Callable, p: number): Value => (isOpen && args?.[p] === undefined && p < c.fn.facts.params.length ? ofOrigin(frame.engine.openParam(c.fn, p)) : EMPTY);
      let out = EMPTY;
      for (const c of arg.calls) {
        if (args === undefined && entries.every((e) => e.neutral)) out = join(out, frame.invoke(c, [], EMPTY, op, ['callback']).ret);
        else if (args === undefined && !entries.some((e) => e.flows.some((f) => f.input.callback && f.input.index === i))) out = join(out, frame.invokeOpen(c, op));
        else out = join(out, frame.invoke(c, fill(args ?? [], c.fn.facts.params.length).map((v, p) => (isEmpty(v) ? open(c, p) : orParameter(frame.engine, v, c.fn, p))), EMPTY, op, ['callback']).ret);
      }
      results.set(i, out);
      return;
    }
    if (given && hasSetter(arg)) frame.callValue(arg, fill(given, 1), op);
    const symbolic = arg.taints.filter((t) => isSymbolic(t.origin) && t.form === Form.Value);
    if (given && symbolic.length > 0) {
      const origin = frame.engine.callback(frame.fn, op);
      frame.callback({ origin, callee: ofTaints(symbolic), args: fill(given, 3) });
      results.set(i, ofOrigin(origin));
    } else if (arg.fields) {
      if (entries.some((e) => e.flows.some((f) => f.input.callback?.kind === 'return' && f.input.index === i))) results.set(i, listed(site, arg));
      else frame.release(arg, op);
    }
  });
  return results;
}

/** A list of functions gives the list of what they return: `watch([() => a, () => b], ([a, b]) => …)`. */
function listed({ frame, op }: Site, functions: Value): Value {
  let out = EMPTY;
  for (const [key, f] of functions.fields ?? []) if (f.calls) out = store(out, key, frame.callFunction(f, [], op));
  return out;
}

/** What a function argument is given, with what those before it have returned: `watch(() => props.phone, (phone) => …)`. */
function withResults(site: Site, entries: readonly ModelEntry[], index: number, passed: readonly Value[] | undefined, results: ReadonlyMap<number, Value>): readonly Value[] | undefined {
  let out: Value[] | undefined;
  for (const { flows } of entries) {
    for (const { input, output, kind } of flows) {
      if (input.callback?.kind !== 'return' || output.callback?.kind !== 'param' || output.index !== index) continue;
      out ??= [...(passed ?? [])];
      out[output.callback.index] = join(out[output.callback.index] ?? EMPTY, inputOf(site, input, kind, results));
    }
  }
  return out ?? passed;
}

const isWhole = (place: CallPlace, base: CallPlace['base'], index: number): boolean => place.base === base && place.index === index && place.path.length === 0 && place.callback === undefined;

const fill = (values: readonly (Value | undefined)[], n: number): readonly Value[] => Array.from({ length: Math.max(n, values.length) }, (_, i) => values[i] ?? EMPTY);

/** Puts a value where a flow ends: the result, the receiver or an argument. */
function deliver(site: Site, place: CallPlace, value: Value, result: Value): Value {
  if (place.base === 'return') {
    if (place.path.length === 0) return result === EMPTY ? value : join(result, value);
    const [key = ELEMENT, ...rest] = place.path;
    let inner = value;
    for (const k of [...rest].reverse()) inner = store(EMPTY, k, inner);
    return storeWeak(result, key, inner);
  }
  if (isEmpty(value)) return result;
  const r = place.base === 'this' ? site.receiver : (callArguments(site.frame.fn, site.op)[place.index] ?? -1);
  const target = r >= 0 ? site.frame.placeOf(r) : undefined;
  if (!target) return result;
  const key = site.frame.outputKey(site.op, place);
  site.frame.storeAt({ base: target.base, path: [...target.path, ...(key === undefined ? place.path : [key])] }, value, key === undefined);
  return result;
}

function narrowed(site: Site, entry: ModelEntry, out: Value): Value {
  const keysAt = (places: readonly CallPlace[]): readonly string[] | undefined => {
    const keys: string[] = [];
    for (const place of places) {
      for (const { value } of valuesAt(site, place)) {
        const words = value.text !== undefined ? [value.text] : [...(value.fields?.values() ?? [])].flatMap((f) => f.text ?? []);
        if (words.length === 0) return undefined;
        keys.push(...words);
      }
    }
    return keys;
  };
  const omitted = entry.omits && keysAt(entry.omits);
  if (omitted) return without(out, omitted);
  const picked = entry.picks && keysAt(entry.picks);
  return picked ? pick(out, picked) : out;
}

/** What a validator lets through: of known things the members that it names, of unknown ones what it says they are. */
function checked(site: Site, out: Value): Value {
  const { frame, op } = site;
  const validator = isEmpty(out) ? undefined : validatorOf(frame.fn, op);
  const type = validator && validated(frame.engine.types, validator.at);
  if (!validator || !type) return out;
  const inner = withFact(validator.wrapped ? load(out, 'data') : out, VALIDATED);
  const kept = type.k === 'record' && type.fields.size > 0 && isKnown(inner) && !isOpen(frame.engine.types, validator.at) ? pick(inner, [...type.fields.keys()]) : typedAs(inner, type);
  return validator.wrapped ? store(out, 'data', kept) : kept;
}

const withFact = (v: Value, fact: string): Value => mapTaints(v, (t) => (t.facts.includes(fact) ? t : { ...t, facts: [...t.facts, fact].sort() }));

const isKnown = (v: Value): boolean => v.fields !== undefined || v.taints.every((t) => t.typed !== undefined || (t.origin.kind === 'opaque' && t.origin.type.k !== 'unknown' && t.origin.type.k !== 'external'));

function sourceResult(site: Site, entry: ModelEntry): Value {
  const { frame, op } = site;
  const why = entry.source ?? 'external';
  const type = frame.engine.types.ofRegister(frame.fn, op);
  const rows = ofOrigin(frame.engine.opaque(why, resultName(site), frame.fn, op, type, shapeKey(site)));
  return why === 'store' ? projected(frame.engine, frame.fn, op, site.names.chain.at(-1) ?? '', rows) : rows;
}

/* ---------- calls nobody knows ---------- */

function unknownCall(site: Site, method: string, held: Value, found: Matches): Value {
  const returned = releaseAll(site);
  if (PREDICATE.test(method)) return EMPTY;
  const getter = /^get([A-Z]\w*)$/.exec(method);
  if (getter?.[1] && site.args.length === 0 && held.taints.length > 0) return load(held, getter[1].charAt(0).toLowerCase() + getter[1].slice(1));
  const type = site.frame.engine.types.ofRegister(site.frame.fn, site.op);
  if (isBooleanType(type)) return EMPTY;
  let out = opaqueResult(site);
  const own = site.receiver >= 0 && held.taints.length > 0 ? [held] : [];
  if (DEEP_COPY.test(method)) {
    for (const v of [...own, ...site.args]) out = join(out, withStep(convert(v, Form.Deep, 'whole', UNKNOWN_CALL), 'transform', site.frame.fn, site.op, [method], UNKNOWN_CALL));
    return out;
  }
  if (ACTION.test(method) || found.sinks.length > 0) return join(out, returned);
  for (const v of [...own, ...site.args]) out = join(out, convert(v, Form.Part, 'own', UNKNOWN_CALL));
  return join(out, returned);
}

function releaseAll(site: Site): Value {
  let out = EMPTY;
  for (const arg of site.args) out = join(out, site.frame.release(arg, site.op));
  return out;
}

const opaqueResult = (site: Site): Value => ofOrigin(opaqueOrigin(site));

function opaqueOrigin(site: Site): Origin {
  const { frame, op } = site;
  return frame.engine.opaque('result', resultName(site), frame.fn, op, frame.engine.types.ofRegister(frame.fn, op), shapeKey(site));
}

const ROWS = /^find(?:First|Many|Unique|One|All|By\w+|FirstOrThrow|UniqueOrThrow|OneOrFail|OneBy\w*)?$/;

/** What a fresh result is called until a variable names it: `getUser` gives a `user`. */
function resultName(site: Site): string {
  const chain = site.names.chain.filter((n) => n !== '()' && n !== 'new');
  const last = chain.pop() ?? '';
  // `prisma.user.findFirst` and `this.userRepository.findOne` give a user.
  if (ROWS.test(last)) return (chain.pop() ?? '').replace(/(?:Repository|Repo|Model|Dao|Collection|Table|s)$/, '');
  const made = /^(?:get|fetch|load|find|read|create|build|make|generate|use|select|query|current)([A-Z]\w*)$/.exec(last);
  if (made?.[1]) return made[1].charAt(0).toLowerCase() + made[1].slice(1);
  return ACTION.test(last) || last === '' ? endpointOf(site.frame, site.op) : last;
}

/** `request(api.OrderDetail)`, `http.get('/user/profile')`: the endpoint names what comes back. */
export function endpointOf(frame: Frame, op: number): string {
  const code0 = op >= 0 ? opcode(frame.fn, op) : -1;
  if (code0 !== Op.Call && code0 !== Op.New) return '';
  const [first = -1] = callArguments(frame.fn, op);
  if (first < 0) return '';
  const code = opcode(frame.fn, first);
  if (code === Op.Load) {
    if (!isTable(frame.fn, first)) return '';
    const key = frame.calleeNames(first).at(-1) ?? '';
    return key.replace(/^(?:get|fetch|load)(?=[A-Z])/, '').replace(/^[A-Z]/, (c) => c.toLowerCase());
  }
  const known = frame.engine.types.constantText(frame.fn, first);
  return known?.startsWith('/') ? (known.split('/').filter((p) => /^[A-Za-z][\w-]*$/.test(p)).at(-1) ?? '') : '';
}

/** `api.OrderDetail` names an endpoint; `order.detail` is a part of something that is at hand. */
function isTable(fn: Frame['fn'], r: number): boolean {
  const root = rootOf(fn, r);
  if (root >= 0) return varField(fn.unit, root, VarField.Kind) === VarKind.Import || varField(fn.unit, root, VarField.Owner) === 0;
  return writtenChain(fn, r).slice(0, -1).some((name) => ENDPOINTS.test(name));
}

const ENDPOINTS = /api|url|uri|endpoint|route|path/i;

/** Results of the same constant endpoint have one shape; of the same method they need not. */
function shapeKey(site: Site): string | undefined {
  const [first = -1] = callArguments(site.frame.fn, site.op);
  const endpoint = first >= 0 ? site.frame.engine.types.constantText(site.frame.fn, first) : undefined;
  return endpoint?.includes('/') ? `call:${site.names.chain.at(-1)}:${endpoint}` : undefined;
}

