// How a name is built: the datum at its end, what stands before it, what the name claims to have been done. Purely about
// words; names.ts weighs the reading against the owner.
import type { ProtectionKind } from '#model/element';
import type { Spelling, Spellings } from './spellings.ts';
import { toWords, type Vocabulary } from './vocabulary.ts';
import { isChinese } from './words.ts';

export interface Reading {
  readonly spellings: readonly Spelling[];
  /** Words before the datum, without claims; the end of them may name the owner: customer in `customerName`. */
  readonly before: readonly string[];
  readonly claim?: ProtectionKind;
  /** A word after the datum makes it doubtful: `emailField`. */
  readonly doubtful: boolean;
}

export type NameForm =
  /** Likeliest first: `value` may be the datum (of a transaction) or a filler (`emailValue`). */
  | { readonly kind: 'datum'; readonly readings: readonly Reading[] }
  /** About data, but never data: a flag, a function, a template, a look-alike. */
  | { readonly kind: 'look-alike' }
  | { readonly kind: 'unknown' };

export function readName(name: string, spellings: Spellings, vocabulary: Vocabulary): NameForm {
  const words = toWords(name, vocabulary);
  const readings: Reading[] = [];
  let end = words.length;
  let claim: ProtectionKind | undefined;
  let doubtful = false;
  for (; end > 0; end -= 1) {
    const ending = findEnding(words, end, spellings);
    const reading = ending && toReading(ending, claim, doubtful, vocabulary);
    if (reading === 'look-alike') break;
    if (reading !== undefined) readings.push(reading);
    const last = words[end - 1] ?? '';
    if (vocabulary.claims.has(last)) claim = vocabulary.claims.get(last);
    else if (vocabulary.soft.has(last)) doubtful = true;
    else if (!vocabulary.filler.has(last) && !/^\d{1,2}$/.test(last)) break;
  }
  if (readings.length > 0) return { kind: 'datum', readings };
  const refused = findEnding(words, end, spellings) !== undefined;
  return { kind: refused || isAbout(words, end, vocabulary) ? 'look-alike' : 'unknown' };
}

interface NameEnding {
  readonly spellings: readonly Spelling[];
  readonly before: readonly string[];
}

const findEnding = (words: readonly string[], end: number, spellings: Spellings): NameEnding | undefined => {
  const ending = spellings.findEnding(words, end);
  return ending === undefined ? readChinese(words, end, spellings) : { spellings: ending.spellings, before: words.slice(0, ending.start) };
};

/** Longer than a party prefix (`甲方`, `提交人`) it is a sentence: a label, a message. */
const LONGEST_PARTY = 6;

/** What stands before the datum in a Chinese word is taken off it, so that `获取验证码` begins with an act. */
function readChinese(words: readonly string[], end: number, { findChinese }: Spellings): NameEnding | undefined {
  const found = findChinese(words[end - 1] ?? '');
  if (found === undefined) return undefined;
  const tooLong = found.before.length > LONGEST_PARTY;
  return { spellings: tooLong ? [] : found.spellings, before: [...words.slice(0, end - 1), ...(found.before === '' ? [] : [found.before])] };
}

function toReading({ spellings, before }: NameEnding, endClaim: ProtectionKind | undefined, doubtful: boolean, vocabulary: Vocabulary): Reading | 'look-alike' {
  const [first] = before;
  if (spellings.length === 0 || (first !== undefined && isAct(first, vocabulary))) return 'look-alike';
  if (before.some((word) => vocabulary.apart.has(word))) return 'look-alike';
  const claim = endClaim ?? before.map((word) => vocabulary.claims.get(word)).find((kind) => kind !== undefined);
  const rest = before.filter((word) => !vocabulary.claims.has(word));
  return { spellings, before: rest, doubtful, ...(claim === undefined ? {} : { claim }) };
}

/** A Chinese verb runs into what follows it. */
const isAct = (word: string, { act }: Vocabulary): boolean => act.has(word) || (isChinese(word) && [...act].some((start) => word.startsWith(start)));

/** `isValid`, `emailTemplate`, `手机号类型`: at least two words, of which the first or the last says so. */
function isAbout(words: readonly string[], end: number, { act, kind }: Vocabulary): boolean {
  const [first = ''] = words;
  const last = words[end - 1] ?? '';
  if (isChinese(last)) return [...kind].some((ending) => last.length > ending.length && last.endsWith(ending));
  return words.length > 1 && (act.has(first) || kind.has(last));
}
