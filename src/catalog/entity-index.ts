// Which entity a variable, parameter, type or table name speaks of: `currentUser`, `CreateUserDto`, `IUser`, `t_user`, `users`.
// `UserService` and `userId` speak of none: their last word is neither an entity nor a wrapper such as dto.
import type { EntityEntry } from '#model/catalog';
import { toWords, type Vocabulary } from './vocabulary.ts';
import { isChinese, singular } from './words.ts';

export interface EntityIndex {
  readonly find: (name: string) => EntityEntry | undefined;
  readonly findByWords: (words: readonly string[]) => EntityEntry | undefined;
}

/** null: a name that only looks like the entity, such as `http client`. */
type KnownEntities = ReadonlyMap<string, EntityEntry | null>;

const LONGEST_NAME = 4;
/** Words that make what stands before them the head: the currency of an account is a currency. */
const LINKS: ReadonlySet<string> = new Set(['of', 'by', 'in', 'per', 'with', 'without', 'for', 'at', 'as']);

export function createEntityIndex(entities: readonly EntityEntry[], vocabulary: Vocabulary): EntityIndex {
  const known = new Map<string, EntityEntry | null>();
  for (const entity of entities) {
    for (const name of entity.not) known.set(name.startsWith('* ') ? name : toWords(name, vocabulary).join(' '), null);
    for (const name of entity.names) addName(known, name, entity, vocabulary);
  }
  const memo = new Map<string, EntityEntry | undefined>();

  const findByWords = (words: readonly string[]): EntityEntry | undefined => {
    for (let end = words.length; end > 0; end -= 1) {
      const found = findEnding(known, words, end, vocabulary);
      if (found !== undefined) return found === null || isAct(words, end, vocabulary) ? undefined : found;
      if (!isWrapper(words[end - 1], vocabulary)) return undefined;
    }
    return undefined;
  };
  const find = (name: string): EntityEntry | undefined => {
    if (memo.has(name)) return memo.get(name);
    const found = findByWords(toWords(name, vocabulary));
    memo.set(name, found);
    return found;
  };
  return { find, findByWords };
}

function addName(known: Map<string, EntityEntry | null>, name: string, entity: EntityEntry, vocabulary: Vocabulary): void {
  const words = toWords(name, vocabulary);
  const joined = words.join('');
  known.set(words.join(' '), entity);
  if (words.length > 1 && !known.has(joined)) known.set(joined, entity);
}

function findEnding(known: KnownEntities, words: readonly string[], end: number, vocabulary: Vocabulary): EntityEntry | null | undefined {
  const last = words[end - 1] ?? '';
  for (let start = Math.max(0, end - LONGEST_NAME); start < end; start += 1) {
    const head = words.slice(start, end - 1).join(' ');
    const before = head === '' ? '' : `${head} `;
    const found = known.has(before + last) ? known.get(before + last) : known.get(before + singular(last));
    if (found === undefined) continue;
    return isOther(known, words, start, last, vocabulary) ? null : found;
  }
  return isChinese(last) ? findChinese(known, last, vocabulary) : undefined;
}

/** `currencyOfAccount` and `byAccount` are none; `fromAccount` and `createdByUser` are. `* profile` refuses `assetProfile`. */
function isOther(known: KnownEntities, words: readonly string[], start: number, last: string, { qualifier }: Vocabulary): boolean {
  const link = words.findIndex((word, index) => index < start && LINKS.has(word));
  if (link >= 0 && !(words[link] === 'by' && words[link - 1]?.endsWith('ed'))) return true;
  const before = words[start - 1];
  if (before === undefined || qualifier.has(before) || before.length < 2) return false;
  return known.has(`* ${last}`) || known.has(`* ${singular(last)}`);
}

/** A Chinese name is one word: 客户信息 is a 客户 (customer) with a wrapper. */
function findChinese(known: KnownEntities, word: string, { wrapper }: Vocabulary): EntityEntry | null | undefined {
  const wrapping = [...wrapper].find((ending) => isChinese(ending) && word.length > ending.length && word.endsWith(ending)) ?? '';
  const core = word.slice(0, word.length - wrapping.length);
  for (let from = 0; from < core.length; from += 1) {
    const found = known.get(core.slice(from));
    if (found !== undefined) return found;
  }
  return undefined;
}

const isWrapper = (word: string | undefined, { wrapper }: Vocabulary): boolean => word !== undefined && (wrapper.has(word) || /^\d+$/.test(word));

/** `getUser`, `createUser`, `onUser` are functions; with a wrapper behind, as in `CreateUserDto`, it is the object again. */
const isAct = (words: readonly string[], end: number, { act }: Vocabulary): boolean => end > 1 && end === words.length && act.has(words[0] ?? '');
