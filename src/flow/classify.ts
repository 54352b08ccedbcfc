// What an opaque value is: annotation, schema, declared type, shape by use, owner's name, own name — the strongest witness
// that speaks. Provenance comes first: this is asked only about values whose origin is not visible.
import type { Catalog, EntityEntry, NameMatch } from '#model/catalog';
import type { Confidence, ElementClaim, Witness } from '#model/element';
import type { MemberFacts } from '#model/facts';
import { Op, VarField, VarKind } from '#model/facts';
import { isBooleanType } from './builtin-types.ts';
import { containsAsked } from './contracts.ts';
import { opcode, operand, varField, varName } from './program.ts';
import type { StaticType } from './static-type.ts';
import { alternatives, awaited, elementOf, typeName, UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';
import type { Origin, Taint } from './value.ts';
import { ELEMENT, Form, leavesOut, REJECTION } from './value.ts';

/** Member names that wrap the thing without saying what it is. */
const WRAPPERS = new Set(['data', 'result', 'results', 'body', 'payload', 'value', 'response', 'res', 'item', 'items', 'row', 'rows', 'record', 'content', 'detail', 'params', 'query', 'args', 'arg', 'props', 'state', 'current', 'list', 'docs', 'doc', 'entity', 'model', 'input', 'output', 'dto', 'obj', 'object', 'target', 'dataValues', 'event', 'e', 'ev', 'evt', 'ctx', 'context', 'req', 'request', 'self', 'that', 'this', '0', '1', ELEMENT]);
const MAX_SHAPE_DEPTH = 2;
const MAX_CLAIMS = 24;

export interface Classified {
  readonly claims: readonly ElementClaim[];
  /** The value as a name of code: `user.email`. */
  readonly name: string;
  /** A whole object was read, not one datum. */
  readonly whole: boolean;
}

export class Classifier {
  private readonly catalog: Catalog;
  private readonly types: Types;
  /** Paths that are read from an origin somewhere and classify by name: its shape by use. */
  private readonly uses = new Map<string, Map<string, NameMatch>>();
  private readonly memo = new Map<string, Classified>();

  constructor(catalog: Catalog, types: Types) {
    this.catalog = catalog;
    this.types = types;
  }

  /** Notes that `path` is read below an origin. */
  recordUse(key: string, path: string, name: string): void {
    // `headers.authorization` is one, `transfer.authorization` is none.
    const owner = ownerIn(path);
    const match = this.catalog.names.classify({ name, owners: owner === undefined ? NO_OWNERS : [owner] });
    if (!match || match.confidence === 'low') return;
    const known = this.uses.get(key);
    if (known) known.set(path, match);
    else this.uses.set(key, new Map([[path, match]]));
  }

  /** What is read of a parameter of a callback is read of what the callback is given. */
  shareUses(parameter: string, key: string, below: string): void {
    for (const [path, match] of this.uses.get(parameter) ?? NO_USES) {
      const full = below === '' ? path : `${below}/${path}`;
      const known = this.uses.get(key);
      if (known) known.set(full, match);
      else this.uses.set(key, new Map([[full, match]]));
    }
  }

  classify(t: Taint): Classified {
    const type = originType(t.origin);
    const name = originName(t.origin);
    const alias = aliasOf(t);
    const key = `${t.origin.id}/${t.path}:${t.form}${t.typed ? `T${this.typeId(t.typed.type)}.${t.typed.at}` : ''}${t.without.join()}?${t.facts.join()}@${alias}#${t.hint?.match.element ?? ''}`;
    const known = this.memo.get(key);
    // What is read of a value elsewhere may have come to light since.
    if (known && (known.claims.length > 0 || !this.isRead(t.origin))) return known;
    const found = this.compute(t, type, name, alias);
    this.memo.set(key, found);
    return found;
  }

  /** Members that say something were read of an origin, here or of its like. */
  private isRead(o: Origin): boolean {
    return this.uses.has(`o${o.id}`) || (o.kind === 'opaque' && o.shapeKey !== undefined && this.uses.has(o.shapeKey));
  }

  private readonly typeIds = new Map<StaticType, number>();

  private typeId(type: StaticType): number {
    let id = this.typeIds.get(type);
    if (id === undefined) this.typeIds.set(type, (id = this.typeIds.size));
    return id;
  }

  private compute(t: Taint, type: StaticType, name: string, alias: string): Classified {
    const walk = this.walk(type, t, name, alias);
    const shown = [alias || name, ...(t.path === '' ? [] : t.path.split('/').filter((k) => k !== ELEMENT && k !== REJECTION))].join('.');
    if (walk.impossible) return { claims: [], name: shown, whole: false };
    const scalar = this.scalar(walk, t);
    if (scalar.length > 0) return { claims: scalar, name: shown, whole: false };
    if (t.form === Form.Value || t.form === Form.Deep || walk.dynamic) {
      const whole = this.whole(walk, t);
      if (whole.length > 0) return { claims: whole, name: shown, whole: true };
    }
    return { claims: this.fromHint(t, walk), name: shown, whole: false };
  }

  /** Follows the path through declared types, remembering who owns the last member. */
  private walk(root: StaticType, t: Taint, name: string, alias: string): Walk {
    let type = root;
    let member: MemberFacts | undefined;
    let owners: string[] = [];
    let leaf = name;
    let ownerType: StaticType = UNKNOWN;
    let dynamic = false;
    if (alias) owners = [alias];
    const keys = t.path === '' ? [] : t.path.split('/');
    for (let i = 0; i <= keys.length; i++) {
      if (t.typed && t.typed.at === i && saysNothing(awaited(type))) type = t.typed.type;
      const key = keys[i];
      if (key === undefined) break;
      if (key === ELEMENT) {
        const from = awaited(type);
        const isSettings = [typeName(from) ?? '', leaf, ...owners].some((n) => /(?:^|[a-z_])(?:env|environment|config\w*|settings?|options?)$/i.test(n));
        dynamic ||= !isSettings && (from.k === 'object' || from.k === 'instance' || from.k === 'record' || from.k === 'without');
        const inner = elementOf(from);
        type = inner.k === 'unknown' && type.k !== 'list' ? type : inner;
        continue;
      }
      const from = this.narrow(awaited(type), t.facts);
      member = this.types.memberFacts(from, key);
      const own = typeName(from);
      const declares = own !== undefined && !WRAPPERS.has(lowerFirst(own));
      if (declares || !WRAPPERS.has(leaf)) owners = [...(own ? [own] : []), ...(WRAPPERS.has(leaf) || leaf === '' ? owners : [leaf]), ...owners.slice(0, 1)];
      ownerType = from;
      type = this.types.member(from, key);
      leaf = key;
    }
    const settled = this.narrow(awaited(type), t.facts);
    return { type: settled, member, alias, owners: owners.slice(0, 3), leaf: keys.length === 0 ? alias || name : leaf, ownerType, atRoot: keys.length === 0, dynamic, impossible: this.isExcluded(ownerType, leaf, keys.length) };
  }

  /** A discriminated union was narrowed to variants that lack the member. */
  private isExcluded(owner: StaticType, leaf: string, depth: number): boolean {
    if (depth === 0 || owner.k !== 'object' || owner.name !== NARROWED) return false;
    return this.types.member(owner, leaf).k === 'unknown' && this.types.memberFacts(owner, leaf) === undefined;
  }

  private narrow(type: StaticType, facts: readonly string[]): StaticType {
    if (facts.length === 0 || type.k !== 'union') return type;
    const kept = type.of.filter((variant) => facts.every((fact) => this.holds(variant, fact)));
    if (kept.length === 0 || kept.length === type.of.length) return type;
    const [only] = kept;
    if (kept.length === 1 && only) return only.k === 'object' ? { ...only, name: only.name === '' ? NARROWED : only.name } : only;
    return { k: 'union', of: kept };
  }

  private holds(variant: StaticType, fact: string): boolean {
    const negative = fact.startsWith('!');
    const [key = '', value = ''] = fact.slice(negative ? 1 : 0).split('=');
    const type = this.types.member(variant, key);
    if (value === '') return (type.k !== 'unknown' || this.types.memberFacts(variant, key) !== undefined) !== negative;
    if (type.k !== 'primitive' || !type.n.startsWith('"')) return true;
    return (type.n === `"${value}"`) !== negative;
  }

  private scalar(walk: Walk, t: Taint): readonly ElementClaim[] {
    const annotated = this.annotation(walk.member, [walk.leaf]);
    if (annotated) return [annotated];
    if (!mayHoldData(walk.type)) return [];
    if (isObjectType(walk.type)) return [];
    const declared = walk.member !== undefined || (walk.ownerType.k === 'record' && walk.ownerType.schema === true);
    // `emailControl.value` is what its owner's name says.
    const wrapped = WRAPPERS.has(walk.leaf);
    const [holder = ''] = wrapped ? walk.owners : [];
    if (wrapped && (holder === '' || walk.atRoot || this.catalog.names.entity(holder))) return [];
    const match = wrapped ? this.catalog.names.classify({ name: holder, owners: walk.owners.slice(1) }) : this.withSiblings(walk.leaf, walk.owners, walk.ownerType);
    if (!match || isCounted(match, walk.type)) return [];
    if (walk.atRoot && this.catalog.names.entity(walk.leaf) && walk.type.k === 'unknown' && t.form !== Form.Text && match.confidence === 'low') return [];
    const witness: Witness = walk.ownerType.k === 'record' && walk.ownerType.schema ? 'schema' : hasSchemaDecorator(walk.member) ? 'schema' : declared ? 'declared-type' : match.witness;
    return [this.claim(match, witness, [...walk.owners.slice(0, 1), walk.leaf], declared ? raise(match) : match.confidence)];
  }

  /** Other members of the same object are a second witness for names that say little alone. */
  private withSiblings(name: string, owners: readonly string[], owner: StaticType): NameMatch | undefined {
    const match = this.catalog.names.classify({ name, owners });
    if (match && match.confidence !== 'low') return match;
    const siblings = this.memberNames(owner);
    return siblings && siblings.length > 1 ? (this.catalog.names.classify({ name, owners, siblings }) ?? match) : match;
  }

  private annotation(member: MemberFacts | undefined, evidence: readonly string[]): ElementClaim | undefined {
    if (!member) return undefined;
    for (const tag of member.tags ?? []) {
      const [name = '', word = ''] = tag.split(' ');
      if (!/^(pii|sensitive|personal|confidential|customerData)$/i.test(name)) continue;
      const element = this.catalog.names.element(word) ?? this.byName(member.n);
      if (element) return { element: element.id, class: element.class, witness: 'annotation', evidence: [...evidence, `@${name}`], confidence: 'high' };
    }
    for (const d of member.decorators ?? []) {
      if (!/^(Pii|PII|Sensitive|Personal|Confidential|CustomerData)$/.test(d.n)) continue;
      const [first] = d.args;
      const element = (first && 's' in first ? this.catalog.names.element(first.s) : undefined) ?? this.byName(member.n);
      if (element) return { element: element.id, class: element.class, witness: 'annotation', evidence: [...evidence, `@${d.n}`], confidence: 'high' };
    }
    return undefined;
  }

  private byName(name: string) {
    const match = this.catalog.names.classify({ name, owners: ['customer'] });
    return match ? this.catalog.names.element(match.element) : this.catalog.names.element('person-name');
  }

  /** An object is read whole: the members of its declared type, else what is read from it elsewhere, else what its kind carries. */
  private whole(walk: Walk, t: Taint): readonly ElementClaim[] {
    const claims = new Map<string, ElementClaim>();
    const declared = this.shape(walk.type, walk.leaf, t.without, claims, 0, new Set());
    if (claims.size > 0 || declared) return [...claims.values()];
    if (!this.isGeneric(t.origin)) this.byUse(t, claims);
    if (claims.size > 0) return [...claims.values()];
    const entity = isNear(t.path) ? this.entityOf(walk) : undefined;
    if (entity && this.isPerson(entity)) {
      for (const id of entity.carries) {
        const element = this.catalog.names.element(id);
        if (element && !t.without.some((k) => this.catalog.names.classify({ name: k, owners: [walk.leaf] })?.element === id)) {
          claims.set(id, { element: id, class: element.class, witness: 'entity-name', evidence: [walk.leaf], confidence: 'medium' });
        }
      }
    }
    return [...claims.values()];
  }

  /** What a transaction, an account or a credential holds differs too much from program to program to be guessed. */
  private isPerson(entity: EntityEntry): boolean {
    return entity.carries.some((id) => this.catalog.names.element(id)?.nature === 'personal');
  }

  private entityOf(walk: Walk): EntityEntry | undefined {
    // Texts and numbers are ids or words, whatever their list is called.
    if (walk.type.k === 'list' && walk.type.of.k === 'primitive') return undefined;
    if (walk.type.k === 'primitive' || walk.type.k === 'functions' || walk.type.k === 'signature' || walk.type.k === 'enum') return undefined;
    const named = typeName(walk.type);
    const byType = named ? this.catalog.names.entity(named) : undefined;
    if (byType) return byType;
    if (walk.type.k !== 'unknown' && walk.type.k !== 'list' && walk.type.k !== 'external') return undefined;
    if (!WRAPPERS.has(walk.leaf)) return this.catalog.names.entity(walk.leaf);
    // What a variable or a key calls the whole of an answer comes before the name of the call that gave it.
    const holder = [walk.alias, ...walk.owners].find((name) => name !== '' && !WRAPPERS.has(name));
    return holder === undefined ? undefined : this.catalog.names.entity(holder);
  }

  /** Collects the elements of a type's members; true when the type's members are known at all. */
  private shape(type: StaticType, owner: string, without: readonly string[], claims: Map<string, ElementClaim>, depth: number, seen: Set<string>): boolean {
    let known = false;
    for (const t of alternatives(type)) {
      const inner = awaited(t.k === 'list' || t.k === 'map' || t.k === 'tuple' ? elementOf(t) : t);
      if (inner !== t) {
        known = this.shape(inner, owner, without, claims, depth, seen) || known;
        continue;
      }
      const members = this.members(inner);
      if (!members) continue;
      known ||= !isOpenShape(inner);
      const name = typeName(inner) ?? owner;
      const id = `${name}:${members.length}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const isManifest = this.isManifest(inner);
      for (const m of members) {
        if (isManifest && MANIFEST_PEOPLE.has(m.name)) continue;
        if (claims.size >= MAX_CLAIMS || leavesOut(without, m.name)) continue;
        if (inner.k === 'instance' && (m.facts?.private || isHidden(m.facts))) continue;
        if (inner.k === 'object' && inner.name !== '' && this.isHiddenInEntity(inner, m.name)) continue;
        this.shapeMember(inner, m, name, claims, depth, seen);
      }
    }
    return known;
  }

  /** `package.json`: who wrote the program is no customer of it. */
  private isManifest(type: StaticType): boolean {
    const names = this.memberNames(type);
    return names !== undefined && names.includes('version') && names.some((name) => MANIFEST_PARTS.has(name)) && names.some((name) => MANIFEST_PEOPLE.has(name));
  }

  /** An interface whose class leaves the member out of what it serialises. */
  private isHiddenInEntity(type: StaticType & { readonly k: 'object' }, name: string): boolean {
    return this.types.below(`${type.unit.index} ${type.name}`).some((c) => isHidden(c.facts.members.find((m) => m.n === name)));
  }

  private shapeMember(owner: StaticType, m: ShapeMember, ownerName: string, claims: Map<string, ElementClaim>, depth: number, seen: Set<string>): void {
    const type = awaited(m.type ?? this.types.member(owner, m.name));
    const annotated = this.annotation(m.facts, [ownerName, m.name]);
    if (annotated) {
      claims.set(annotated.element, annotated);
      return;
    }
    if (!mayHoldData(type)) return;
    if (isObjectType(type)) {
      // Another record that may or may not have been loaded with this one is not assumed to be there.
      if (depth < MAX_SHAPE_DEPTH && !isRelation(m.facts, type) && !isRow(owner, type) && !this.isKeyed(owner, m.name)) this.shape(type, m.name, [], claims, depth + 1, seen);
      return;
    }
    const match = this.withSiblings(m.name, [ownerName], owner);
    if (!match || isCounted(match, type) || (match.confidence === 'low' && (match.witness === 'own-name' || match.claim !== undefined))) return;
    const witness: Witness = owner.k === 'record' && owner.schema ? 'schema' : hasSchemaDecorator(m.facts) ? 'schema' : 'declared-type';
    if (!claims.has(match.element)) claims.set(match.element, this.claim(match, witness, [ownerName, m.name], raise(match)));
  }

  /** `customer` beside `customerId`: the record holds the key, and the other record only where somebody loads it. */
  private isKeyed(owner: StaticType, name: string): boolean {
    return this.memberNames(owner)?.some((other) => KEY_ENDINGS.some((ending) => other === name + ending)) ?? false;
  }

  private readonly memberMemo = new WeakMap<StaticType, readonly ShapeMember[]>();
  private readonly nameMemo = new WeakMap<StaticType, readonly string[]>();

  private members(type: StaticType): readonly ShapeMember[] | undefined {
    const known = this.memberMemo.get(type);
    if (known) return known;
    const found = this.findMembers(type);
    if (found) this.memberMemo.set(type, found);
    return found;
  }

  private memberNames(type: StaticType): readonly string[] | undefined {
    const known = this.nameMemo.get(type);
    if (known) return known;
    const names = this.members(type)?.map((m) => m.name);
    if (names) this.nameMemo.set(type, names);
    return names;
  }

  private findMembers(type: StaticType): readonly ShapeMember[] | undefined {
    switch (type.k) {
      case 'object': {
        const own: ShapeMember[] = type.members.filter((m) => m.kind === 'field' || m.kind === 'getter').map((m) => ({ name: m.n, facts: m }));
        const inherited = type.bases.flatMap((b) => this.members(b) ?? []);
        return own.length + inherited.length > 0 ? [...own, ...inherited] : type.members.length > 0 ? [] : undefined;
      }
      case 'instance': {
        const out: ShapeMember[] = [];
        for (let c = this.types.baseOf(type.cls), cls = type.cls, hops = 0; hops < 8; hops++) {
          out.push(...cls.facts.members.filter((m) => !m.static && (m.kind === 'field' || m.kind === 'getter') && m.fn === undefined || (m.kind === 'getter' && !m.static)).map((m) => ({ name: m.n, facts: m })));
          if (!c) break;
          cls = c;
          c = this.types.baseOf(c);
        }
        return out;
      }
      case 'record': return [...type.fields].map(([name, t]) => ({ name, type: t, facts: undefined }));
      case 'without': {
        const inner = this.members(type.of);
        return inner?.filter((m) => type.keys.includes(m.name) === type.keep);
      }
      case 'external': {
        const schema = type.names.find((n) => n.root.startsWith('schema:') || (n.root.startsWith('type:') && n.members.length === 0));
        const record = schema ? this.types.schema(schema.root.slice(schema.root.indexOf(':') + 1)) : undefined;
        return record ? this.members(record) : undefined;
      }
      default: return undefined;
    }
  }

  /** Made in a generic class, or by a model that is handed over, one place stands for many kinds of record: what is read from one says nothing of the others. */
  private isGeneric(o: Origin): boolean {
    return o.kind === 'opaque' && (isOfGivenModel(o) || (o.fn.facts.typeParams?.length ?? 0) > 0 || (o.fn.facts.cls >= 0 && (this.types.program.clsOf(o.fn.unit, o.fn.facts.cls).facts.typeParams?.length ?? 0) > 0));
  }

  private byUse(t: Taint, claims: Map<string, ElementClaim>): void {
    const keys = [`o${t.origin.id}`, ...(t.origin.kind === 'opaque' && t.origin.shapeKey ? [t.origin.shapeKey] : []), ...(t.alias === undefined ? [] : [`o${t.origin.id}@${t.alias}`])];
    const prefix = t.path === '' ? '' : `${t.path}/`;
    for (const key of keys) {
      for (const [path, match] of this.uses.get(key) ?? NO_USES) {
        if (!path.startsWith(prefix)) continue;
        const [first = ''] = path.slice(prefix.length).split('/').filter((k) => k !== ELEMENT);
        if (first === '' || leavesOut(t.without, first) || claims.has(match.element)) continue;
        claims.set(match.element, this.claim(match, 'shape-by-use', [path.split('/').pop() ?? ''], match.confidence === 'high' ? 'medium' : match.confidence));
      }
    }
  }

  private fromHint(t: Taint, walk: Walk): readonly ElementClaim[] {
    if (!t.hint || isObjectType(walk.type) || !mayHoldData(walk.type)) return [];
    // A declared member is what it is declared to be, whatever a variable that holds it is called.
    if (walk.member !== undefined && !WRAPPERS.has(walk.leaf) && !/[vV]alue$/.test(walk.leaf)) return [];
    if (!walk.atRoot && ABOUT.test(walk.leaf)) return [];
    if (t.origin.kind === 'opaque' && t.origin.why === 'caught') return [];
    // An id that a route or a function was given stays one, whatever a helper further on calls it.
    if (walk.atRoot && t.origin.kind === 'opaque' && (t.origin.why === 'parameter' || t.origin.why === 'input') && IDENTIFIER.test(originName(t.origin))) return [];
    const { match, name, witness } = t.hint;
    return [this.claim(match, witness, [name], match.confidence === 'high' ? 'medium' : match.confidence)];
  }

  private claim(match: NameMatch, witness: Witness, evidence: readonly string[], confidence: Confidence): ElementClaim {
    return { element: match.element, class: match.class, witness, evidence: evidence.filter((e) => e !== ''), confidence };
  }
}

const NO_OWNERS: readonly string[] = [];
const NO_USES: ReadonlyMap<string, NameMatch> = new Map();

/** The last member but one of a path, elements left out. */
function ownerIn(path: string): string | undefined {
  let members = 0;
  for (let end = path.length; end >= 0; ) {
    const start = path.lastIndexOf('/', end - 1) + 1;
    const member = path.slice(start, end);
    if (member !== ELEMENT && ++members === 2) return member;
    end = start - 1;
  }
  return undefined;
}

/** Not deep within something else: `res.data.user`, but not `query.filters.user`. */
const isNear = (path: string): boolean => path === '' || path.split('/').filter((key) => !WRAPPERS.has(key)).length <= 1;

interface Walk {
  readonly type: StaticType;
  readonly member: MemberFacts | undefined;
  /** The name of a variable or key that holds the whole; empty when there is none. */
  readonly alias: string;
  readonly owners: readonly string[];
  readonly leaf: string;
  readonly ownerType: StaticType;
  readonly atRoot: boolean;
  /** A member by a key that is not known: any of them. */
  readonly dynamic: boolean;
  readonly impossible: boolean;
}

interface ShapeMember {
  readonly name: string;
  readonly type?: StaticType;
  readonly facts: MemberFacts | undefined;
}

/** An answer of which some members are not known may hold anything besides. */
const isOpenShape = (type: StaticType): boolean => (type.k === 'record' ? type.open === true : type.k === 'object' && type.bases.some(isOpenShape));

/** Members that name or describe a thing, whatever they are assigned to. */
const ABOUT = /(?:^|_|[a-z])(?:[iI]d|ID|[uU]uid|[sS]tatus|[tT]ype|[cC]ount|At|[lL]ength|[iI]ndex)$/;

const MANIFEST_PARTS = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'scripts', 'repository', 'license', 'main', 'bin', 'engines']);
const MANIFEST_PEOPLE = new Set(['author', 'authors', 'contributors', 'maintainers', 'bugs', 'publisher']);

const IDENTIFIER = /^(?:_?id|uuid|ID)$|(?:Id|ID|_id|Uuid)$/;

/** A type that a declaration met on the way may well replace. */
const saysNothing = (type: StaticType): boolean => type.k === 'unknown' || type.k === 'external' || (type.k === 'primitive' && type.n === 'any') || containsAsked(type);

const NARROWED = '(narrowed)';
const lowerFirst = (s: string): string => s.charAt(0).toLowerCase() + s.slice(1);
/** A declaration is a better witness than a name alone; what the name claims was done stays in doubt. */
const raise = ({ confidence, claim }: NameMatch): Confidence => (claim !== undefined && claim !== 'encode' ? confidence : confidence === 'low' ? 'medium' : 'high');

/** The first variable a fresh result was assigned to names it better than the callee does. */
const aliasOf = (t: Taint): string => t.alias ?? '';

export function originType(origin: Origin): StaticType {
  return origin.kind === 'opaque' || origin.kind === 'cell' ? origin.type : UNKNOWN;
}

export function originName(origin: Origin): string {
  return origin.kind === 'opaque' || origin.kind === 'cell' ? origin.name : '';
}

/** Booleans, functions and closed sets of words hold no customer data. */
function mayHoldData(type: StaticType): boolean {
  if (isBooleanType(type)) return false;
  if (type.k === 'enum' || type.k === 'functions' || type.k === 'signature' || type.k === 'class' || type.k === 'module') return false;
  if (type.k === 'primitive') return !(type.n.startsWith('"') || ['function', 'regexp', 'symbol', 'enum', 'null', 'undefined', 'void', 'never'].includes(type.n));
  if (type.k === 'union') return type.of.some(mayHoldData);
  return true;
}

/** `const list = (Model, query) => Model.find(query)` */
function isOfGivenModel(o: Origin & { readonly kind: 'opaque' }): boolean {
  if (o.op < 0 || opcode(o.fn, o.op) !== Op.Call) return false;
  let at = operand(o.fn, o.op, 1);
  for (let hops = 0; hops < MAX_CHAIN && at >= 0 && (opcode(o.fn, at) === Op.Load || opcode(o.fn, at) === Op.Call); hops++) at = operand(o.fn, at, 1);
  return opcode(o.fn, at) === Op.GetVar && varField(o.fn.unit, operand(o.fn, at, 1), VarField.Kind) === VarKind.Param && /^[A-Z]|[mM]odel$|[rR]epo(?:sitory)?$/.test(varName(o.fn.unit, operand(o.fn, at, 1)));
}

const MAX_CHAIN = 12;

/** Tokens and keys are never numbers: `promotionSessionId: number` counts sessions of something else. */
const TOKENS = /^(?:session-token|refresh-or-access-token|reset-token|api-key|signing-or-encryption-key)$/;
const isCounted = (match: NameMatch, type: StaticType): boolean => type.k === 'primitive' && type.n === 'number' && TOKENS.test(match.element);

function isObjectType(type: StaticType): boolean {
  switch (type.k) {
    case 'instance': case 'object': case 'record': case 'literal': case 'map': case 'without': return true;
    case 'external': return type.names.some((n) => n.root.startsWith('schema:'));
    case 'list': return isObjectType(type.of);
    case 'union': return type.of.some(isObjectType) && !type.of.some((t) => t.k === 'primitive' && t.n === 'string');
    default: return false;
  }
}

const hasSchemaDecorator = (m: MemberFacts | undefined): boolean => m?.decorators?.some((d) => /^(Column|PrimaryColumn|Prop|Property|Field|ApiProperty|Is[A-Z]\w*|Encrypted)$/.test(d.n)) ?? false;

/** Rows of an object-relational mapper: classes with an external base, or with a table decorator. */
const isRecordClass = (type: StaticType): boolean =>
  alternatives(type).some((t) => t.k === 'instance' && (t.cls.facts.extends !== undefined || (t.cls.facts.decorators?.some((d) => /^(Entity|Table|Schema|ObjectType)$/.test(d.n)) ?? false)));

const isRelation = (m: MemberFacts | undefined, type: StaticType): boolean =>
  m !== undefined && (m.optional === true || isRecordClass(type) || type.k === 'list' || (m.decorators?.some((d) => /(?:ManyToOne|OneToMany|OneToOne|ManyToMany|BelongsTo|HasMany|HasOne|BelongsToMany|IsOptional|ApiPropertyOptional)$/.test(d.n)) ?? false)) && typeName(type) !== undefined;

const KEY_ENDINGS = ['Id', 'ID', '_id', 'Uuid', 'Key'];

/** A field of a schema's model that is another model: rows come without it unless a query asks for it. */
const isRow = (owner: StaticType, type: StaticType): boolean =>
  owner.k === 'record' && owner.schema === true && alternatives(type).some((t) => { const row = t.k === 'list' ? t.of : t; return row.k === 'external' && row.names.some((n) => n.root.startsWith('schema:')); });

/** `@Exclude()`, `@Column({ select: false })`: left out of what is serialised or read. */
export const isHidden = (m: MemberFacts | undefined): boolean =>
  m?.decorators?.some((d) => {
    const [first] = d.args;
    if (d.n === 'HideField') return true;
    // `toClassOnly` concerns what comes in.
    if (d.n === 'Exclude') return !(first !== undefined && 'o' in first && 'toClassOnly' in first.o);
    return first !== undefined && 'o' in first && 'select' in first.o && 'b' in (first.o['select'] ?? {}) && (first.o['select'] as { b: boolean }).b === false;
  }) ?? false;
