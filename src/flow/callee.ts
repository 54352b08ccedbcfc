// Which catalogue entries a call stands for: its callee's external names and the names it is written with, matched against
// the patterns of `rules/`. Indexed by last member, so that a call without an entry costs one look-up.
import type { CalleePattern, Catalog, ModelEntry, ProtectionEntry, RequestEntry, SinkEntry, SiteEntry } from '#model/catalog';
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand, text, varName } from './program.ts';
import type { ExternalName, StaticType } from './static-type.ts';

export interface Matches {
  readonly sinks: readonly SinkEntry[];
  readonly requests: readonly RequestEntry[];
  readonly sites: readonly SiteEntry[];
  readonly protections: readonly ProtectionEntry[];
  readonly models: readonly ModelEntry[];
  /** Those of the models that have a cell. */
  readonly cells: readonly ModelEntry[];
}

/** A call's callee, as far as names go. */
export interface CalleeNames {
  /** Names outside the project, from types. */
  readonly external: readonly ExternalName[];
  /** As written: `['this', 'logger', 'info']`, with `()` after calls. */
  readonly chain: readonly string[];
}

type Entry =
  | { readonly list: 'sinks'; readonly entry: SinkEntry } | { readonly list: 'requests'; readonly entry: RequestEntry } | { readonly list: 'sites'; readonly entry: SiteEntry }
  | { readonly list: 'protections'; readonly entry: ProtectionEntry } | { readonly list: 'models'; readonly entry: ModelEntry };
interface Row { readonly pattern: CalleePattern; readonly item: Entry }

const NONE: Matches = { sinks: [], requests: [], sites: [], protections: [], models: [], cells: [] };

const indices = new WeakMap<Catalog, CalleeIndex>();

/** One for each catalogue: what it has looked up once serves the next run of a session, too. */
export function calleeIndexOf(catalog: Catalog): CalleeIndex {
  const known = indices.get(catalog);
  if (known) return known;
  const made = new CalleeIndex(catalog);
  indices.set(catalog, made);
  return made;
}

export class CalleeIndex {
  private readonly rows = new Map<string, Row[]>();
  /** A tree by external names and words: a repeat builds no key. */
  private readonly memo: MemoNode = { next: new Map(), found: undefined };
  /** Patterns whose last member may be any: their roots, and whether there are some of written names. */
  private readonly open = { roots: new Set<string>(), written: false };

  constructor(catalog: Catalog) {
    for (const entry of catalog.sinks) this.add(entry.callees, { list: 'sinks', entry });
    for (const entry of catalog.requests) this.add(entry.callees, { list: 'requests', entry });
    for (const entry of catalog.sites) this.add(entry.callees, { list: 'sites', entry });
    for (const entry of catalog.protections) this.add(entry.callees, { list: 'protections', entry });
    for (const entry of catalog.models) this.add(entry.callees, { list: 'models', entry });
  }

  private add(patterns: readonly CalleePattern[], item: Entry): void {
    for (const pattern of patterns) {
      const last = pattern.members[pattern.members.length - 1];
      if (last?.includes('*')) {
        const { kind, name } = pattern.root;
        if (kind === 'any' || kind === 'name') this.open.written = true;
        else this.open.roots.add(`${kind}:${name}`);
      }
      for (const key of last ?? [`=${pattern.root.kind}:${pattern.root.name}`]) {
        const rows = this.rows.get(key);
        if (rows) rows.push({ pattern, item });
        else this.rows.set(key, [{ pattern, item }]);
      }
    }
  }

  /** A method that may write or read a cell told by its first argument. */
  namesCell(method: string): boolean {
    return this.rows.get(method)?.some(({ item }) => item.list === 'models' && item.entry.cell?.key.some((p) => p.base === 'arg')) ?? false;
  }

  match(names: CalleeNames): Matches {
    if (!this.mayMatch(names)) return NONE;
    let node = this.memo;
    for (const { root, members } of names.external) {
      node = step(node, root);
      for (const member of members) node = step(node, member);
      node = step(node, '|');
    }
    for (const word of names.chain) node = step(node, word);
    return (node.found ??= this.search(names));
  }

  /** Most calls end in a member that no entry knows: they are told without spelling their names out. */
  private mayMatch({ external, chain }: CalleeNames): boolean {
    const written = chain[chain.length - 1];
    if (written !== undefined && (this.rows.has(written) || (chain.length === 1 && this.rows.has(`=name:${written}`)))) return true;
    if (this.open.written) return true;
    for (const { root, members } of external) {
      const last = members[members.length - 1];
      if (last === undefined || last === 'default' || this.rows.has(last)) return true;
      for (const open of this.open.roots) if (open === root || root.startsWith(`${open}/`) || BUILTIN_TYPES[root]?.includes(open)) return true;
    }
    return false;
  }

  /** A part of a package that an entry names itself, such as `lodash/fp.map`: what is known of the package's own `map` does not hold for it. */
  private isNamed({ root, members }: ExternalName): boolean {
    if (!/^npm:(?:@[^/]+\/)?[^/]+\//.test(root)) return false;
    return (this.rows.get(members[members.length - 1] ?? `=${root}`) ?? []).some(({ pattern }) => isRoot(root, pattern.root.kind, pattern.root.name) && same(pattern.members, members));
  }

  private search({ external, chain }: CalleeNames): Matches {
    const keys = new Set<string>(['*']);
    const variants = external.flatMap((n) => (this.isNamed(n) ? [n] : spellings(n)));
    for (const n of variants) keys.add(n.members[n.members.length - 1] ?? `=${n.root}`);
    const written = chain[chain.length - 1];
    if (written !== undefined) keys.add(written);
    if (chain.length === 1) keys.add(`=name:${written}`);
    const hits: Entry[] = [];
    for (const key of keys) {
      for (const row of this.rows.get(key) ?? []) {
        if (hits.includes(row.item)) continue;
        if (matches(row.pattern, variants, chain)) hits.push(row.item);
      }
    }
    return hits.length === 0 ? NONE : grouped(hits);
  }
}

interface MemoNode {
  readonly next: Map<string, MemoNode>;
  found: Matches | undefined;
}

function step(node: MemoNode, key: string): MemoNode {
  const known = node.next.get(key);
  if (known) return known;
  const made: MemoNode = { next: new Map(), found: undefined };
  node.next.set(key, made);
  return made;
}

function grouped(items: readonly Entry[]): Matches {
  const out = { sinks: [] as SinkEntry[], requests: [] as RequestEntry[], sites: [] as SiteEntry[], protections: [] as ProtectionEntry[], models: [] as ModelEntry[], cells: [] as ModelEntry[] };
  const seen = new Set<object>();
  for (const item of items) {
    if (seen.has(item.entry)) continue;
    seen.add(item.entry);
    if (item.list === 'sinks') out.sinks.push(item.entry);
    else if (item.list === 'requests') out.requests.push(item.entry);
    else if (item.list === 'sites') out.sites.push(item.entry);
    else if (item.list === 'protections') out.protections.push(item.entry);
    else {
      out.models.push(item.entry);
      if (item.entry.cell) out.cells.push(item.entry);
    }
  }
  return out;
}

/** `lodash/get` is also `lodash.get`; repeated `.child()` calls are one. */
function spellings(name: ExternalName): readonly ExternalName[] {
  const members = collapse(name.members.filter((m) => m !== 'default'));
  const out: ExternalName[] = [{ root: name.root, members }];
  const sub = /^npm:((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(name.root);
  const builtin = BUILTIN_TYPES[name.root];
  if (builtin) for (const root of builtin) out.push({ root, members });
  if (sub) out.push({ root: `npm:${sub[1]}`, members }, { root: `npm:${sub[1]}`, members: [...(sub[2] ?? '').split('/').slice(-1), ...members] });
  return out;
}

/** Types of the language by the names the catalogue knows them by. */
const BUILTIN_TYPES: Readonly<Record<string, readonly string[]>> = {
  'builtin:map': ['type:Map', 'type:WeakMap'], 'builtin:list': ['type:Array', 'type:Set'], 'builtin:promise': ['type:Promise', 'type:Observable'], 'builtin:primitive': ['type:String'],
};

function collapse(members: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (const m of members) {
    out.push(m);
    const n = out.length;
    if (n >= 4 && out[n - 1] === '()' && out[n - 3] === '()' && out[n - 2] === out[n - 4]) out.splice(n - 2, 2);
  }
  return out;
}

function matches(pattern: CalleePattern, external: readonly ExternalName[], chain: readonly string[]): boolean {
  const { kind, name } = pattern.root;
  if (kind === 'any') return chain.length >= 2 && pattern.members.length > 0 && endsWith(pattern.members, chain);
  if (kind === 'name') return matchesWritten(pattern, name, chain);
  for (const n of external) if (isRoot(n.root, kind, name) && same(pattern.members, n.members)) return true;
  return false;
}

/** Whether a root is `kind:name`, without making that text. */
const isRoot = (root: string, kind: string, name: string): boolean => root.length === kind.length + 1 + name.length && root.startsWith(kind) && root[kind.length] === ':' && root.endsWith(name);

function same(pattern: readonly (readonly string[])[], members: readonly string[]): boolean {
  if (pattern.length !== members.length) return false;
  for (let i = 0; i < pattern.length; i++) {
    const member = members[i] ?? '';
    const set = pattern[i];
    if (!set || (!set.includes(member) && (member === '()' || !set.includes('*')))) return false;
  }
  return true;
}

function endsWith(pattern: readonly (readonly string[])[], chain: readonly string[]): boolean {
  const from = chain.length - pattern.length;
  if (from <= 0) return false;
  for (let i = 0; i < pattern.length; i++) {
    const set = pattern[i];
    if (!set || (!set.includes(chain[from + i] ?? '') && !set.includes('*'))) return false;
  }
  return true;
}

/** `name:logger.info` fits `this.auditLogger.info`: the receiver's own name ends with the word. */
function matchesWritten(pattern: CalleePattern, name: string, chain: readonly string[]): boolean {
  const at = chain.length - 1 - pattern.members.length;
  const receiver = chain[at];
  if (receiver === undefined || receiver === '()' || !same(pattern.members, chain.slice(at + 1))) return false;
  const plain = receiver.replace(/^[_$#]+/, '').toLowerCase();
  const wanted = name.replaceAll(' ', '').toLowerCase();
  if (plain === wanted) return true;
  if (!plain.endsWith(wanted)) return false;
  const first = receiver[receiver.length - wanted.length] ?? '';
  return first !== first.toLowerCase() || receiver[receiver.length - wanted.length - 1] === '_';
}

/** The callee as written, outermost last; stops at what has no name. */
export function writtenChain(fn: Fn, r: number): readonly string[] {
  const out: string[] = [];
  addChain(out, fn, r, 0);
  return out;
}

function addChain(out: string[], fn: Fn, r: number, depth: number): void {
  if (depth > 12) return;
  const inner = operand(fn, r, 1);
  switch (opcode(fn, r)) {
    case Op.GetVar: out.push(varName(fn.unit, inner) || '?'); break;
    case Op.Global: case Op.Import: out.push(text(fn.unit, inner)); break;
    case Op.This: out.push('this'); break;
    case Op.Super: out.push('super'); break;
    case Op.Load: addChain(out, fn, inner, depth + 1); out.push(text(fn.unit, operand(fn, r, 2))); break;
    case Op.Call: addChain(out, fn, inner, depth + 1); out.push('()'); break;
    case Op.New: addChain(out, fn, inner, depth + 1); out.push('new'); break;
    case Op.Await: case Op.Cast: addChain(out, fn, inner, depth + 1); break;
    case Op.Elem: addChain(out, fn, inner, depth + 1); out.push('[]'); break;
    default: out.push('?');
  }
}

const NO_NAMES: readonly ExternalName[] = [];

/** Names outside the project that a callee's type stands for. */
export function externalNames(type: StaticType): readonly ExternalName[] {
  if (type.k === 'external') return type.names;
  return type.k === 'union' ? type.of.flatMap((t) => (t.k === 'external' ? t.names : NO_NAMES)) : NO_NAMES;
}
