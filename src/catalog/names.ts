// What a name says about a value whose origin is not visible. Called millions of times by the engine: a pure function of
// (name, owners, what kind of names stand beside it), remembered in a tree of maps so that a repeat builds no string.
import type { ElementEntry, EntityEntry, NameIndex, NameMatch, NameQuery } from '#model/catalog';
import type { Confidence, ElementId, ProtectionKind } from '#model/element';
import { createEntityIndex, type EntityIndex } from './entity-index.ts';
import { readName, type NameForm, type Reading } from './name-reading.ts';
import { createPinyin, type Pinyin } from './pinyin.ts';
import { createSpellings, type Spelling } from './spellings.ts';
import { toWords, type Vocabulary } from './vocabulary.ts';
import { isChinese } from './words.ts';

/** What the siblings testify: bit 1, this object speaks of a person; bit 2, its names are pinyin or Chinese. */
type Testimony = 0 | 1 | 2 | 3;

interface MemoNode {
  readonly next: Map<string, MemoNode>;
  /** By testimony; null: no match. */
  readonly found: (NameMatch | null | undefined)[];
}

export function createNameIndex(elements: readonly ElementEntry[], entities: readonly EntityEntry[], vocabulary: Vocabulary): NameIndex {
  const spellings = createSpellings(elements, vocabulary);
  const entityIndex = createEntityIndex(entities, vocabulary);
  const pinyin = createPinyin(elements);
  const byId = new Map<ElementId, ElementEntry>(elements.map((element) => [element.id, element]));
  const forms = new Map<string, NameForm>();
  const formOf = (name: string): NameForm => {
    const form = forms.get(name) ?? readName(name, spellings, vocabulary);
    forms.set(name, form);
    return form;
  };

  const judge = (name: string, owners: readonly string[], testimony: Testimony): NameMatch | undefined => {
    const form = formOf(name);
    for (const reading of form.kind === 'datum' ? form.readings : []) {
      const match = judgeReading(reading, owners, (testimony & 1) !== 0, entityIndex, vocabulary);
      if (match !== undefined) return match;
    }
    return form.kind === 'look-alike' ? undefined : judgePinyin(name, (testimony & 2) !== 0, pinyin, vocabulary);
  };

  const root: MemoNode = { next: new Map(), found: [] };
  const recall = (name: string, owners: readonly string[], testimony: Testimony): NameMatch | undefined => {
    let node = step(root, name);
    for (const owner of owners) node = step(node, owner);
    const found = node.found[testimony];
    if (found !== undefined) return found ?? undefined;
    const match = judge(name, owners, testimony);
    node.found[testimony] = match ?? null;
    return match;
  };

  const spokenBy = new Map<string, { readonly chinese: boolean; readonly strong: boolean }>();
  /** Whether a name speaks Chinese: in its own signs, or in pinyin. */
  const spoken = (name: string): { readonly chinese: boolean; readonly strong: boolean } => {
    const known = spokenBy.get(name);
    if (known !== undefined) return known;
    const words = toWords(name, vocabulary);
    const says = { chinese: words.some((word) => isChinese(word) || pinyin.isWitness(word)), strong: words.some((word) => pinyin.isStrongWitness(word)) };
    spokenBy.set(name, says);
    return says;
  };

  const heard = new WeakMap<readonly string[], Testimony>();
  const hear = (siblings: readonly string[]): Testimony => {
    const known = heard.get(siblings);
    if (known !== undefined) return known;
    const persons = new Set<ElementId>();
    let chinese = 0;
    let strong = 0;
    for (const name of siblings) {
      const match = recall(name, [], 0);
      if (match?.confidence === 'high' && byId.get(match.element)?.nature === 'personal') persons.add(match.element);
      const says = spoken(name);
      if (says.chinese) chinese++;
      if (says.strong) strong++;
    }
    // Two names of four initials do not stand beside each other by chance.
    const testimony = ((persons.size >= 2 ? 1 : 0) | (chinese >= 3 || strong >= 2 ? 2 : 0)) as Testimony;
    heard.set(siblings, testimony);
    return testimony;
  };

  return {
    classify: ({ name, owners, siblings }: NameQuery) => recall(name, owners, siblings === undefined ? 0 : hear(siblings)),
    entity: entityIndex.find,
    // A whole object may well carry what no single name of it says: `loginForm`.
    isLookAlike: (name) => formOf(name).kind === 'look-alike' && !entityIndex.find(name)?.carries.length,
    element: (id) => byId.get(id),
  };
}

function step(node: MemoNode, key: string): MemoNode {
  const known = node.next.get(key);
  if (known !== undefined) return known;
  const made: MemoNode = { next: new Map(), found: [] };
  node.next.set(key, made);
  return made;
}

const RANK: Readonly<Record<Confidence, number>> = { high: 3, medium: 2, low: 1 };
/** Between equals the element wins whose owner is named: the account number of a payee is a counterparty's. */
const FITS = 0.5;

function judgeReading(reading: Reading, owners: readonly string[], amongPersonal: boolean, entities: EntityIndex, vocabulary: Vocabulary): NameMatch | undefined {
  const qualifiers = trimQualifiers(reading.before, vocabulary);
  const own = entities.findByWords(qualifiers);
  const owner = own ?? firstEntity(owners, entities);
  // What is left unexplained before the datum: `bank` in `bankName`, `stripe` in `stripeApiKey`.
  const unexplained = own === undefined && qualifiers.length > 0;
  let best: NameMatch | undefined;
  let bestRank = 0;
  for (const spelling of reading.spellings) {
    const fits = owner !== undefined && spelling.element.names.owners.includes(owner.id);
    const standing = owner === undefined ? 'unknown' : fits ? 'fits' : 'foreign';
    const confidence = weigh(spelling, standing, unexplained, amongPersonal);
    if (confidence === undefined) continue;
    const rank = RANK[confidence] + (fits ? FITS : 0);
    if (rank <= bestRank) continue;
    bestRank = rank;
    best = toMatch(spelling.element, lower(confidence, reading), fits && own === undefined ? 'owner-name' : 'own-name', reading.claim);
  }
  return best;
}

function weigh(spelling: Spelling, owner: 'fits' | 'foreign' | 'unknown', unexplained: boolean, amongPersonal: boolean): Confidence | undefined {
  const { strong, owned, weak, element } = spelling;
  if (strong && !owned) return unexplained && owner !== 'fits' ? 'medium' : 'high';
  if (owner === 'foreign') return owned || element.names.owners.length > 0 ? undefined : 'low';
  if (strong) return owner === 'fits' && !unexplained ? 'high' : 'medium';
  // `user.fileName` has a fitting owner, but "file" has changed what the name is of.
  if (unexplained) return undefined;
  if (owner === 'fits') return owned ? 'high' : 'medium';
  if (amongPersonal && element.nature === 'personal') return 'medium';
  return weak ? 'low' : undefined;
}

/** What is named `encryptedEmail` is rarely an e-mail address; base64 hides nothing. */
const lower = (confidence: Confidence, { claim, doubtful }: Reading): Confidence => (doubtful || (claim !== undefined && claim !== 'encode') ? 'low' : confidence);

const toMatch = (element: ElementEntry, confidence: Confidence, witness: NameMatch['witness'], claim: ProtectionKind | undefined): NameMatch => ({
  element: element.id,
  class: element.class,
  confidence,
  witness,
  ...(claim === undefined ? {} : { claim }),
});

/** Qualifiers around an owner go (`new`, `my`); those inside stay, because they may be part of its name. */
function trimQualifiers(words: readonly string[], { qualifier }: Vocabulary): readonly string[] {
  const isQualifier = (word: string): boolean => qualifier.has(word) || /^\d{1,2}$/.test(word);
  const end = words.findLastIndex((word) => !isQualifier(word)) + 1;
  return words.slice(words.findIndex((word) => !isQualifier(word)), end);
}

function firstEntity(owners: readonly string[], entities: EntityIndex): EntityEntry | undefined {
  for (const owner of owners) {
    const entity = entities.find(owner);
    if (entity !== undefined) return entity;
  }
  return undefined;
}

function judgePinyin(name: string, inContext: boolean, pinyin: Pinyin, vocabulary: Vocabulary): NameMatch | undefined {
  const last = toWords(name, vocabulary).at(-1);
  const found = last === undefined ? undefined : pinyin.find(last, inContext);
  return found === undefined ? undefined : toMatch(found.element, found.confidence, 'own-name', undefined);
}
