// The small words around a datum's name, by role (rules/words.yaml): what begins a function or flag, what ends a name that is
// only about the datum, what may stand before or after it without changing the meaning.
import type { ProtectionKind } from '#model/element';
import type { RawWords } from './raw.ts';
import { splitWords } from './words.ts';

export interface Vocabulary {
  /** Begin the name of a function or flag: get, is, reset. */
  readonly act: ReadonlySet<string>;
  /** End a name that is about the datum: type, template, count. Chinese endings too. */
  readonly kind: ReadonlySet<string>;
  /** Stand before a datum and only say whose or which: customer, new, billing. */
  readonly qualifier: ReadonlySet<string>;
  /** Stand after a datum and change nothing: value, string, confirm. */
  readonly filler: ReadonlySet<string>;
  /** Stand after a datum and make it doubtful: field, input. */
  readonly soft: ReadonlySet<string>;
  /** Around the name of an entity: dto, entity, info, create. */
  readonly wrapper: ReadonlySet<string>;
  /** Set what precedes apart from the datum: by, per, without. */
  readonly apart: ReadonlySet<string>;
  readonly claims: ReadonlyMap<string, ProtectionKind>;
  readonly shorts: ReadonlyMap<string, string>;
}

export function toVocabulary(rows: readonly RawWords[]): Vocabulary {
  const ofRole = (role: RawWords['role']): ReadonlySet<string> => new Set(rows.filter((row) => row.role === role).flatMap((row) => row.words));
  return {
    act: ofRole('act'),
    kind: ofRole('kind'),
    qualifier: ofRole('qualifier'),
    filler: ofRole('filler'),
    soft: ofRole('soft'),
    wrapper: ofRole('wrapper'),
    apart: ofRole('apart'),
    claims: new Map(rows.flatMap(({ role, kind, words }) => (role === 'claim' && kind !== undefined ? words.map((word) => [word, kind] as const) : []))),
    shorts: new Map(rows.flatMap(({ role, of, words }) => (role === 'short' && of !== undefined ? words.map((word) => [word, of] as const) : []))),
  };
}

/** The words of a name with abbreviations written out. At the start `no` is a negation and `num` a count, not a number. */
export function toWords(name: string, { shorts, act }: Vocabulary): readonly string[] {
  return splitWords(name).map((word, index) => (index === 0 && act.has(word) ? word : (shorts.get(word) ?? word)));
}
