// Every spelling of every element, as word sequences. A name is looked up by its longest known ending, so that `ip address`
// wins over `address` and `csrf token`, which no element wants, over `token`.
import type { ElementEntry } from '#model/catalog';
import { toWords, type Vocabulary } from './vocabulary.ts';
import { isChinese, singular } from './words.ts';

export interface Spelling {
  readonly element: ElementEntry;
  readonly strong: boolean;
  readonly owned: boolean;
  readonly weak: boolean;
}

export interface Ending {
  /** Empty: the ending looks like data and is not. */
  readonly spellings: readonly Spelling[];
  /** Index of the first word of the ending. */
  readonly start: number;
}

export interface Spellings {
  /** The longest known ending of the words before `end`. */
  readonly findEnding: (words: readonly string[], end: number) => Ending | undefined;
  /** The longest known ending of one Chinese word. */
  readonly findChinese: (word: string) => { readonly spellings: readonly Spelling[]; readonly before: string } | undefined;
}

type Draft = Map<string, { -readonly [Key in keyof Spelling]: Spelling[Key] }>;
type Kind = 'strong' | 'owned' | 'weak' | 'not';

/** Shorter joined forms collide with ordinary words (`idno`, `pin`). */
const MIN_JOINED = 6;

export function createSpellings(elements: readonly ElementEntry[], vocabulary: Vocabulary): Spellings {
  const drafts = new Map<string, Draft>();
  const joined: { text: string; key: string }[] = [];
  const draftOf = (key: string): Draft => {
    const draft = drafts.get(key) ?? new Map<string, never>();
    drafts.set(key, draft);
    return draft;
  };
  const add = (element: ElementEntry, text: string, kind: Kind): void => {
    const words = toWords(text, vocabulary);
    const key = words.join(' ');
    const draft = draftOf(key);
    if (kind !== 'not') {
      const spelling = draft.get(element.id) ?? { element, strong: false, owned: false, weak: false };
      spelling[kind] = true;
      draft.set(element.id, spelling);
    }
    if (words.length > 1) for (const form of joinedForms(text, words)) joined.push({ text: form, key });
  };
  for (const element of elements) {
    for (const kind of ['strong', 'owned', 'weak', 'not'] as const) for (const text of element.names[kind]) add(element, text, kind);
    for (const text of element.names.chinese) add(element, text, 'strong');
  }
  const known = new Map([...drafts].map(([key, draft]) => [key, [...draft.values()] as readonly Spelling[]]));
  // All-lower-case writing (`realname`, `idcardno`), where nothing else has that spelling.
  for (const { text, key } of joined) if (text.length >= MIN_JOINED && !known.has(text)) known.set(text, known.get(key) ?? []);
  const longest = Math.max(1, ...[...known.keys()].map((key) => key.split(' ').length));

  const findEnding = (words: readonly string[], end: number): Ending | undefined => {
    const last = words[end - 1];
    if (last === undefined) return undefined;
    const single = singular(last);
    for (let start = Math.max(0, end - longest); start < end; start += 1) {
      const head = words.slice(start, end - 1).join(' ');
      const before = head === '' ? '' : `${head} `;
      const spellings = known.get(before + last) ?? (single === last ? undefined : known.get(before + single));
      if (spellings !== undefined) return { spellings, start };
    }
    return undefined;
  };
  const findChinese: Spellings['findChinese'] = (word) => {
    if (!isChinese(word)) return undefined;
    for (let from = 0; from < word.length; from += 1) {
      const spellings = known.get(word.slice(from));
      if (spellings !== undefined) return { spellings, before: word.slice(0, from) };
    }
    return undefined;
  };
  return { findEnding, findChinese };
}

/** `idcardnumber`, `idcardno`, `idcardnum`. */
function joinedForms(text: string, words: readonly string[]): readonly string[] {
  const whole = words.join('');
  const shorter = words.at(-1) === 'number' ? ['no', 'num'].map((short) => [...words.slice(0, -1), short].join('')) : [];
  return [text.replaceAll(' ', ''), whole, ...shorter];
}
