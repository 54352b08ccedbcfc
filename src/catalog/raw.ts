// Entries as they stand in YAML, once the schema has accepted them; build.ts makes the entries of model/catalog.ts of them.
import type { ElementEntry, EntityEntry, NameRules, ProtectionEntry, ProtectionFit, VendorEntry } from '#model/catalog';
import type { Channel } from '#model/channel';
import type { ProtectionKind } from '#model/element';

type Constant = string | number | boolean;

export interface RawElement extends Omit<ElementEntry, 'names'> {
  readonly names: Partial<NameRules>;
}

export interface RawEntity extends Pick<EntityEntry, 'id' | 'names'>, Partial<Pick<EntityEntry, 'carries' | 'not'>> {}

export interface RawWords {
  readonly role: 'act' | 'kind' | 'qualifier' | 'filler' | 'soft' | 'claim' | 'short' | 'wrapper' | 'apart';
  readonly words: readonly string[];
  /** What the words of a `claim` say has been done. */
  readonly kind?: ProtectionKind;
  /** The word that the words of a `short` stand for. */
  readonly of?: string;
}

export interface RawSink {
  readonly id: string;
  readonly title: string;
  readonly channel: Channel;
  readonly callees: readonly string[];
  readonly leaks: readonly string[];
  readonly read?: 'deep' | 'text';
  readonly when?: { readonly place: string; readonly names: readonly string[] };
  readonly vendor?: string;
}

export interface RawRequest {
  readonly id: string;
  readonly title: string;
  readonly callees: readonly string[];
  readonly url?: readonly string[];
  readonly query?: readonly string[];
  readonly payload?: readonly string[];
  readonly base?: readonly string[];
}

export interface RawValues {
  readonly member: string;
  readonly values: readonly Constant[];
}

export interface RawSite {
  readonly id: string;
  readonly title: string;
  readonly channel: Channel;
  readonly callees?: readonly string[];
  readonly option?: RawValues;
  readonly assigns?: RawValues;
}

export interface RawProtection extends Pick<ProtectionEntry, 'id' | 'kind' | 'strength'> {
  readonly callees: readonly string[];
  readonly input?: string;
  readonly output?: string;
}

export interface RawModel {
  readonly id: string;
  readonly callees?: readonly string[];
  readonly cell?: { readonly kind: string; readonly key?: readonly string[]; readonly decorators?: readonly string[] };
  readonly methods?: { readonly at: string; readonly state?: number; readonly given: number; readonly called?: string; readonly named?: string; readonly parts?: string };
  readonly composes?: 'forward' | 'backward';
  readonly flows?: readonly string[];
  readonly neutral?: boolean;
  readonly omits?: readonly string[];
  readonly picks?: readonly string[];
  readonly source?: 'external' | 'store' | 'input';
  readonly returns?: { readonly typeArgument: number; readonly member?: string };
}

export type RawVendor = Pick<VendorEntry, 'id' | 'title' | 'category' | 'region'> & Partial<VendorEntry>;

export interface RawLists {
  readonly elements: readonly RawElement[];
  readonly entities: readonly RawEntity[];
  readonly words: readonly RawWords[];
  readonly sinks: readonly RawSink[];
  readonly requests: readonly RawRequest[];
  readonly sites: readonly RawSite[];
  readonly protections: readonly RawProtection[];
  readonly fits: readonly ProtectionFit[];
  readonly models: readonly RawModel[];
  readonly vendors: readonly RawVendor[];
}

export type RawFile = Partial<RawLists>;
