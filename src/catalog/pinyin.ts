// Chinese words written in Latin letters: full pinyin (`youxiang`) or initials (`sfzh`). Short initials mean too many things
// (`xm` is a name or a project, `zh` a locale): they need other pinyin or Chinese names beside them as a second witness.
import type { ElementEntry } from '#model/catalog';
import type { Confidence } from '#model/element';

export interface PinyinMatch {
  readonly element: ElementEntry;
  readonly confidence: Confidence;
}

export interface Pinyin {
  readonly find: (word: string, inContext: boolean) => PinyinMatch | undefined;
  /** Long enough to tell the reader that this code names things in pinyin. */
  readonly isWitness: (word: string) => boolean;
  /** So long that two of them are proof enough. */
  readonly isStrongWitness: (word: string) => boolean;
}

/** Full pinyin and long compounds stand alone from here on. */
const STANDS_ALONE = 6;
/** Four initials in a row are rarely anything else, which is a hint but no proof. */
const HINT = 4;
const LONGEST_COMPOUND = 14;

export function createPinyin(elements: readonly ElementEntry[]): Pinyin {
  const known = new Map<string, ElementEntry>();
  for (const element of elements) for (const text of element.names.pinyin) if (!known.has(text)) known.set(text, element);

  const find = (word: string, inContext: boolean): PinyinMatch | undefined => {
    const exact = known.get(word);
    if (exact !== undefined) {
      if (inContext || word.length >= STANDS_ALONE) return { element: exact, confidence: 'medium' };
      return word.length >= HINT ? { element: exact, confidence: 'low' } : undefined;
    }
    const stem = findStem(word, inContext ? 2 : HINT);
    return stem === undefined ? undefined : { element: stem, confidence: inContext ? 'medium' : 'low' };
  };
  /** Initials run together without a boundary: `frsfzh` is the sfzh of the fr (legal person). */
  const findStem = (word: string, shortest: number): ElementEntry | undefined => {
    if (word.length > LONGEST_COMPOUND || !isInitials(word)) return undefined;
    for (let from = 1; from <= word.length - shortest; from += 1) {
      const element = known.get(word.slice(from));
      if (element !== undefined) return element;
    }
    return undefined;
  };
  return { find, isWitness: (word) => word.length >= 3 && known.has(word), isStrongWitness: (word) => word.length >= HINT && known.has(word) };
}

/** Consonant-heavy, as initials are: at most a quarter vowels. */
const isInitials = (word: string): boolean => /^[a-z]+$/.test(word) && (word.match(/[aeiou]/g)?.length ?? 0) * 4 <= word.length;
