// Identifiers to words: `userIDCardNo` → user, id, card, no. Matching is by whole words and never by substring, because
// "ip" is in clip, "pin" in spinner and "phone" in microphone. Chinese runs stay one word; their ending decides.

/** Letters and digits that are one term: a digest, an encoding, the tail of a card number. */
const TERM = /^(?:last[46]|first[46]|sha(?:1|224|256|384|512)|md5|sm[234]|base(?:32|58|64)|2fa|3ds)(?=[A-Z_\-\s.]|$)/i;
const WORD = /^(?:\p{Script=Han}+|\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|[\p{L}\p{M}\p{N}]+)/u;
const BETWEEN = /^[^\p{L}\p{N}]+/u;

export function splitWords(name: string): readonly string[] {
  const words: string[] = [];
  let rest = name;
  while (rest !== '') {
    const word = TERM.exec(rest)?.[0] ?? WORD.exec(rest)?.[0];
    if (word !== undefined) words.push(word.toLowerCase());
    rest = rest.slice(word?.length ?? BETWEEN.exec(rest)?.[0].length ?? 1);
  }
  return words;
}

/** `addresses` → address, `cities` → city; words that merely end in s stay. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:sses|xes|ches|shes|zes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

export const isChinese = (word: string): boolean => /^\p{Script=Han}/u.test(word);
