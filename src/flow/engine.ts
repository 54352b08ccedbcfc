// Shared state of one solve: programme, types, catalogue, summaries, origins, cells, hits and counters.
import type { Catalog, ModelEntry, NameMatch, SiteEntry } from '#model/catalog';
import type { Assumption } from '#model/finding';
import { OP_WIDTH } from '#model/facts';
import type { CallTier } from '#model/result';
import { type CalleeIndex, calleeIndexOf } from './callee.ts';
import { smallInteger } from './constant-texts.ts';
import { Classifier } from './classify.ts';
import type { Cls, Fn, Program, Unit } from './program.ts';
import { opcode, operand } from './program.ts';
import { RequestRoles } from './request-roles.ts';
import type { StaticType } from './static-type.ts';
import type { Specialiser } from './specialise.ts';
import type { SinkEffect, Summary } from './summary.ts';
import { Symbols } from './symbols.ts';
import { Types } from './types.ts';
import type { OpaqueKind, Origin, Value } from './value.ts';
import { EMPTY, storePath } from './value.ts';

/** A safeguard that is switched off, or data written into the code: no source, only a place. */
export interface SiteHit {
  readonly catalog: string;
  readonly channel: 'transport' | 'protection' | 'literal' | 'log';
  readonly fn: Fn;
  readonly op: number;
  readonly callee: string;
  readonly destination?: string;
}

export class Engine {
  readonly program: Program;
  readonly catalog: Catalog;
  readonly types: Types;
  readonly roles: RequestRoles;
  readonly callees: CalleeIndex;
  readonly classifier: Classifier;
  /** Safeguards that an option switches off in any object literal. */
  readonly optionSites: readonly SiteEntry[];
  /** Names of those options. */
  readonly switchNames: ReadonlySet<string>;
  /** Models of cells that decorated methods read. */
  readonly decoratedCells: readonly ModelEntry[];
  readonly summaries = new Map<number, Summary>();
  /** Sinks reached by data whose origin is concrete or a cell. */
  readonly hits: SinkEffect[] = [];
  readonly sites = new Map<string, SiteHit>();
  readonly cells = new Map<string, Value>();
  /** Functions that some call of another component applies. */
  readonly applied = new Set<number>();
  /** Variables of a function at its end, for closures that outlive it. */
  readonly finals = new Map<number, ReadonlyMap<number, Value>>();
  readonly limits = new Map<string, number>();
  readonly sinkPlaces = new Set<string>();
  private readonly recursive = new Set<number>();
  /** Component of a function in the call graph. */
  component: (fn: Fn) => number = () => -1;
  /** Makes summaries for calls that pass constants. */
  specialiser: Specialiser | undefined;
  /** Functions that call a function. */
  callersOf: (fn: Fn) => readonly Fn[] = () => [];
  /** Functions that some expression names. */
  referenced: ReadonlySet<number> = new Set();
  private readonly origins = new Map<string, Origin>();
  private readonly hitKeys = new Set<string>();
  private readonly hints = new Map<string, NameMatch | null>();

  constructor(program: Program, catalog: Catalog) {
    this.program = program;
    this.catalog = catalog;
    this.types = new Types(program, new Symbols(program));
    this.callees = calleeIndexOf(catalog);
    this.optionSites = catalog.sites.filter((s) => s.callees.length === 0 && s.option !== undefined);
    this.switchNames = new Set(this.optionSites.flatMap((s) => (s.option ? [s.option.member] : [])));
    this.decoratedCells = catalog.models.filter((m) => (m.cell?.decorators.length ?? 0) > 0);
    this.roles = new RequestRoles(program, this.types);
    this.classifier = new Classifier(catalog, this.types);
  }

  private intern<T extends Origin>(key: string, make: (id: number) => T): T {
    let origin = this.origins.get(key);
    if (!origin) {
      origin = make(this.origins.size);
      this.origins.set(key, origin);
    }
    return origin as T;
  }

  param(fn: Fn, index: number): Origin {
    return this.intern(`p${fn.id}:${index}`, (id) => ({ kind: 'param', id, fn, index }));
  }

  self(fn: Fn): Origin {
    return this.intern(`t${fn.id}`, (id) => ({ kind: 'this', id, fn }));
  }

  capture(unit: Unit, v: number): Origin {
    return this.intern(`c${unit.index}:${v}`, (id) => ({ kind: 'capture', id, unit, v }));
  }

  callback(fn: Fn, op: number): Origin & { readonly kind: 'callback' } {
    return this.intern(`b${fn.id}:${op}`, (id) => ({ kind: 'callback', id, fn, op }));
  }

  /** Stands for `resolve` or `reject` while a promise's executor runs. */
  settler(fn: Fn, op: number, which: 'resolve' | 'reject'): Origin {
    return this.intern(`x${which}${fn.id}:${op}`, (id) => ({ kind: 'opaque', id, why: 'result', name: '', fn, op, type: { k: 'unknown' } }));
  }

  cell(key: string, name: string, type: StaticType, unit: Unit, at: number): Origin {
    return this.intern(key, (id) => ({ kind: 'cell', id, key, name, type, unit, at }));
  }

  /** The same cell for a reader that knows what it holds when nothing in sight writes it. */
  cellOr(cell: Origin & { readonly kind: 'cell' }, otherwise: Origin): Origin {
    return this.intern(`${cell.key}|${otherwise.id}`, (id) => ({ ...cell, id, otherwise }));
  }

  opaque(why: OpaqueKind, name: string, fn: Fn, op: number, type: StaticType, shapeKey?: string): Origin {
    return this.intern(`o${why}:${fn.id}:${op}:${name}`, (id) => ({ kind: 'opaque', id, why, name, fn, op, type, ...(shapeKey ? { shapeKey } : {}) }));
  }

  /** What a parameter holds when nobody in sight calls the function. */
  openParam(fn: Fn, index: number): Origin {
    const p = fn.facts.params[index];
    const type = p ? this.types.ofVariable(fn.unit, p.v) : ({ k: 'unknown' } as const);
    const why: OpaqueKind = p?.decorators?.some((d) => INPUT_DECORATORS.has(d.n)) ? 'input' : 'parameter';
    return this.intern(`q${fn.id}:${index}`, (id) => ({ kind: 'opaque', id, why, name: p?.n ?? '', fn, op: -1 - index, type, shapeKey: `p${fn.id}:${index}` }));
  }

  openSelf(fn: Fn): Origin {
    return this.intern(`s${fn.id}`, (id) => ({ kind: 'opaque', id, why: 'receiver', name: 'this', fn, op: -1, type: this.types.thisOf(fn) }));
  }

  hit(effect: SinkEffect, key: string): void {
    if (this.hitKeys.has(key)) return;
    this.hitKeys.add(key);
    this.hits.push(effect);
  }

  /** Notes that a function applies itself. */
  recursion(fn: Fn): void {
    this.recursive.add(fn.id);
  }

  callsItself(id: number): boolean {
    return this.recursive.has(id);
  }

  write(key: string, path: readonly string[], value: Value): void {
    this.cells.set(key, storePath(this.cells.get(key) ?? EMPTY, path, value, true));
  }

  site(hit: SiteHit): void {
    this.sites.set(`${hit.catalog}:${hit.fn.id}:${hit.op}`, hit);
  }

  /** An assignment that switches a safeguard off: `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'`. */
  assigned(fn: Fn, op: number, member: string): void {
    const value = operand(fn, op, 3);
    const word = this.types.constantText(fn, value) ?? smallInteger(fn, value)?.toString();
    for (const entry of this.catalog.sites) {
      if (entry.assigns?.member !== member || (entry.channel !== 'transport' && entry.channel !== 'protection')) continue;
      if (word !== undefined && entry.assigns.values.includes(word)) this.site({ catalog: entry.id, channel: entry.channel, fn, op, callee: member });
    }
  }

  /** A class whose first base outside the project is an error: it keeps its first argument as `message`. */
  isErrorClass(cls: Cls | undefined): boolean {
    for (let c = cls, hops = 0; c && hops < 6; hops++) {
      const base = this.types.baseOf(c);
      if (!base) return c.facts.extends?.k === 'ref' && /(?:Error|Exception)$/.test(c.facts.extends.n);
      c = base;
    }
    return false;
  }

  /** Functions of a declaration file only: what they do is not in sight. */
  declaredOnly(fns: readonly Fn[]): boolean {
    return fns.length > 0 && fns.every((f) => f.count === 0 && f.facts.kind === 'method' && f.unit.path.endsWith('.d.ts'));
  }

  /** By file and operation: 0, or 1 + the place in `TIERS`. */
  private readonly counted: Uint8Array[] = [];

  /** Each call site is counted once, by the best that is known of it. */
  count(fn: Fn, op: number, tier: CallTier | undefined): void {
    const calls = (this.counted[fn.unit.index] ??= new Uint8Array(fn.code.length / OP_WIDTH));
    calls[fn.facts.first + op] = 1 + TIERS.indexOf(tier ?? 'unresolved');
  }

  tiers(): Record<CallTier, number> {
    const out: Record<CallTier, number> = { T0: 0, T1: 0, T1b: 0, T2: 0, library: 0, unresolved: 0 };
    const sums = new Uint32Array(TIERS.length + 1);
    for (const calls of this.counted) for (let i = 0, n = calls?.length ?? 0; i < n; i++) sums[calls?.[i] ?? 0] = (sums[calls?.[i] ?? 0] ?? 0) + 1;
    TIERS.forEach((tier, i) => (out[tier] = sums[i + 1] ?? 0));
    return out;
  }

  limit(name: string): void {
    this.limits.set(name, (this.limits.get(name) ?? 0) + 1);
  }

  /** What a variable's or member's name says, when it says it clearly by itself. */
  nameHint(name: string): NameMatch | undefined {
    let match = this.hints.get(name);
    if (match === undefined) {
      const found = this.catalog.names.classify({ name, owners: [] });
      match = found && found.confidence !== 'low' ? found : null;
      this.hints.set(name, match);
    }
    return match ?? undefined;
  }
}

const TIERS: readonly CallTier[] = ['T0', 'T1', 'T1b', 'T2', 'library', 'unresolved'];
const INPUT_DECORATORS = new Set(['Body', 'Query', 'Param', 'Headers', 'Req', 'Request', 'Args', 'Payload', 'MessageBody', 'UploadedFile']);
export const UNKNOWN_CALL: Assumption = 'unknown-call';
