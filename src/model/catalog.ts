// What `rules/` holds, after loading: data elements, entities, callee patterns, sinks, protections, library models, vendors.
// The YAML spelling of each entry is described in rules/README.md and checked by schemas/catalog.schema.json.
import type { Channel } from '#model/channel';
import type { DataClass, ElementId, ProtectionKind } from '#model/element';

/** A regulated data element and the ways in which code spells it. Spellings are sequences of lower-case words. */
export interface ElementEntry {
  readonly id: ElementId;
  readonly title: { readonly en: string; readonly zh: string };
  readonly group: string;
  readonly class: DataClass;
  /** `secret`: authenticates or pays; must not appear in logs, URLs, answers in any form. `personal`: says who or where.
   * `financial`: says how rich. `identifier`: an opaque surrogate. */
  readonly nature: 'secret' | 'personal' | 'financial' | 'identifier';
  readonly names: NameRules;
}

export interface NameRules {
  /** Unmistakable by themselves: `idCardNumber`, `email`. */
  readonly strong: readonly string[];
  /** Count only with a fitting owner (an entity of `owners`): `name`, `number`, `address`. */
  readonly owned: readonly string[];
  /** Count alone, with low confidence. */
  readonly weak: readonly string[];
  readonly pinyin: readonly string[];
  readonly chinese: readonly string[];
  /** Entity ids whose members the `owned` names are. */
  readonly owners: readonly string[];
  /** Whole names that look like the element and are not. */
  readonly not: readonly string[];
}

/** A kind of object that carries elements: user, customer, account, card, order. */
export interface EntityEntry {
  readonly id: string;
  /** Names of variables, parameters, types and tables: `user`, `customer`, `cardHolder`. */
  readonly names: readonly string[];
  /** What such an object is taken to carry when its shape is not visible anywhere. Empty: nothing is assumed. */
  readonly carries: readonly ElementId[];
  readonly not: readonly string[];
}

/**
 * A callee, as one line of text, parsed. Grammar: `ROOT[.member…]`, where ROOT is
 *   `global:NAME`          an unbound identifier (`global:console`)
 *   `npm:PACKAGE`          an import of the package; its default export and namespace are the same thing
 *   `type:NAME`            a value whose declared or inferred type has that name and is not a class of the project
 *   `name:NAME`            a receiver whose own name ends with that word or words and whose type is not known
 *   `any:`                 any receiver that is not resolved to project code
 * and each member is a name, a set `{a,b}`, `*` (any one member), `()` (the result of the call), or `new` (an instance).
 * Example: `npm:winston.createLogger().{info,warn,error}`; `npm:pino().child().info`; `any:.toLowerCase`.
 */
export interface CalleePattern {
  readonly root: { readonly kind: 'global' | 'npm' | 'type' | 'name' | 'any'; readonly name: string };
  readonly members: readonly (readonly string[])[];
  readonly text: string;
}

/**
 * A place of a call, as text: `arg0`, `arg0.body`, `arg0..` (this argument and all after it), `args`, `this`, `return`,
 * `arg1.param0` and `arg1.return` (of a callback), any of them with `[*]` (an element) or `.*` (all members, deep) appended.
 * A model with a cell also has `cell`, what it holds, and `setter0`, a function that writes its first argument there.
 */
export interface CallPlace {
  readonly base: 'arg' | 'args' | 'this' | 'return' | 'callee' | 'cell' | 'setter';
  readonly index: number;
  /** `arg0..`: this one and all after it. */
  readonly open: boolean;
  /** Of a callback argument: its parameter or its result. */
  readonly callback?: { readonly kind: 'param'; readonly index: number } | { readonly kind: 'return' };
  /** Members below the base; `[*]` is an element. */
  readonly path: readonly string[];
}

/** How a sink reads its argument. `deep`: it prints or sends whole objects; `text`: it turns the value into a string. */
export type SinkRead = 'deep' | 'text';

export interface SinkEntry {
  readonly id: string;
  readonly title: string;
  readonly channel: Channel;
  readonly callees: readonly CalleePattern[];
  readonly leaks: readonly CallPlace[];
  readonly read: SinkRead;
  /** A constant name at this place must match for the entry to apply, such as a header name. */
  readonly when?: { readonly place: CallPlace; readonly names: readonly string[] };
  readonly vendor?: string;
}

/** Something that sends a request: judged by its destination (transport, vendor) and by what stands in its URL. */
export interface RequestEntry {
  readonly id: string;
  readonly title: string;
  readonly callees: readonly CalleePattern[];
  /** Places where the URL may stand; the first present counts. */
  readonly url: readonly CallPlace[];
  /** Places whose content becomes part of the URL (`params`). */
  readonly query: readonly CallPlace[];
  /** Places that travel in body or headers. */
  readonly payload: readonly CallPlace[];
  /** Members of a client factory's options that hold the base URL: `baseURL`. */
  readonly base: readonly string[];
}

/** A call or option that switches a safeguard off, a `site` without source: TLS checks off, MD5 of a password. */
export interface SiteEntry {
  readonly id: string;
  readonly title: string;
  readonly channel: Channel;
  /** Callee that takes the option; empty means any object literal with the member. */
  readonly callees: readonly CalleePattern[];
  readonly option?: { readonly member: string; readonly values: readonly string[] };
  /** Assignment to this global member with one of the values: `process.env.NODE_TLS_REJECT_UNAUTHORIZED`. */
  readonly assigns?: { readonly member: string; readonly values: readonly string[] };
}

export interface ProtectionEntry {
  readonly id: string;
  readonly kind: ProtectionKind;
  readonly callees: readonly CalleePattern[];
  /** What is protected, by default `arg0`. */
  readonly input: CallPlace;
  readonly output: CallPlace;
  /** `weak` protections (MD5, unkeyed hash) are seen and shown, but sufficient only where `fits` says so. */
  readonly strength: 'strong' | 'weak' | 'none';
}

/** Where a kind of protection is sufficient. The first matching row decides; no row means it is not. */
export interface ProtectionFit {
  readonly kind: ProtectionKind;
  readonly strength: 'strong' | 'weak' | 'none';
  readonly channels: readonly Channel[] | 'all';
  readonly elements: readonly ElementId[] | 'all';
  /** Only of masks that are known to leave at most so many characters visible. */
  readonly kept?: number;
  readonly sufficient: boolean;
}

/** What a library call does with data: rows `input -> output`, with a kind when it is not the plain value. */
export interface ModelFlow {
  readonly input: CallPlace;
  readonly output: CallPlace;
  /** `value` the same thing; `derived` computed from it; `deep` the whole object as text or copy; `rendered` what a template picks. */
  readonly kind: 'value' | 'derived' | 'deep' | 'rendered';
}

/** A place that several calls share by name or by object: an event, a queue, a store. What one writes, others read. */
export interface ModelCell {
  /** Cells of one kind with equal keys are one. */
  readonly kind: string;
  /** Places whose constant name, or else whose object, tells one cell from another; empty: there is one. */
  readonly key: readonly CallPlace[];
  /** Decorators of methods that read it, `Class.method` for a method of a decorated class; their arguments are the places. */
  readonly decorators: readonly string[];
}

/** Functions of a store that change what the cell holds: reducers, mutations. What they change or return is written to it. */
export interface ModelMethods {
  /** The object that holds them by name. */
  readonly at: CallPlace;
  /** Parameter that gets the state; absent where they do not change it. */
  readonly state?: number;
  /** Parameter that gets what their callers pass. */
  readonly given: number;
  /** Member of the call's result under which they are called; with it a call is known by what it calls. */
  readonly called?: string;
  /** Kind of the cells in which calls by name put what they pass: `commit('signedIn', customer)`. */
  readonly named?: string;
  /** Member of the argument that holds parts of the store, each with such functions and a state of its own. */
  readonly parts?: string;
}

export interface ModelEntry {
  readonly id: string;
  readonly callees: readonly CalleePattern[];
  readonly flows: readonly ModelFlow[];
  readonly cell?: ModelCell;
  readonly methods?: ModelMethods;
  /** The result is a function that calls the arguments one after the other, `backward` the last one first. */
  readonly composes?: 'forward' | 'backward';
  /** Members that the result lacks: `omit`. Places of the call that hold their constant names. */
  readonly omits?: readonly CallPlace[];
  /** Members that alone survive: `pick`. */
  readonly picks?: readonly CallPlace[];
  /** The call yields nothing about its inputs: a boolean, a count, a fresh value. */
  readonly neutral: boolean;
  /** The result is new data from outside (an HTTP answer, a row, user input); classified by names and types. */
  readonly source?: 'external' | 'store' | 'input';
  /** Type argument (index) that declares the result, such as `axios.get<T>()`; with the member it is found under. */
  readonly returns?: { readonly typeArgument: number; readonly member?: string };
}

export interface VendorEntry {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly region: string;
  readonly packages: readonly string[];
  readonly globals: readonly string[];
  readonly hosts: readonly string[];
}

/** What a name says about a value whose origin is not visible. */
export interface NameQuery {
  /** The member, variable, parameter or column name as written. */
  readonly name: string;
  /** Names of what owns it, nearest first: type name, table, variable. */
  readonly owners: readonly string[];
  /** Other members of the same object, when they are known; a second witness for ambiguous names. */
  readonly siblings?: readonly string[];
}

export interface NameMatch {
  readonly element: ElementId;
  readonly class: DataClass;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly witness: 'owner-name' | 'own-name';
  /** The name claims that the value is already protected (`maskedCardNo`); lowers confidence, clears nothing. */
  readonly claim?: ProtectionKind;
}

/** The names part of the catalogue, as the engine uses it. Pure and memoised. */
export interface NameIndex {
  classify(query: NameQuery): NameMatch | undefined;
  /** The entity that a type, variable, parameter or table name speaks of. */
  entity(name: string): EntityEntry | undefined;
  /** True when the name can never be data (`isEmailValid`, `emailTemplate`, `passwordPlaceholder`). */
  isLookAlike(name: string): boolean;
  element(id: ElementId): ElementEntry | undefined;
}

export interface Catalog {
  /** Digest over every loaded entry, for caches and receipts. */
  readonly digest: string;
  readonly elements: readonly ElementEntry[];
  readonly entities: readonly EntityEntry[];
  readonly names: NameIndex;
  readonly sinks: readonly SinkEntry[];
  readonly requests: readonly RequestEntry[];
  readonly sites: readonly SiteEntry[];
  readonly protections: readonly ProtectionEntry[];
  readonly fits: readonly ProtectionFit[];
  readonly models: readonly ModelEntry[];
  readonly vendors: readonly VendorEntry[];
}
