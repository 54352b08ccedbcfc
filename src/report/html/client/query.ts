// What a search asks for. Pure, so that it can be tested without a page.

export interface Query {
  /** Words that must all occur, in lower case. */
  readonly words: readonly string[];
  /** Properties that must have one of the values. */
  readonly properties: readonly (readonly [name: string, values: readonly string[]])[];
}

export interface Searched {
  /** The words of a property; absent when it does not have it. */
  property(name: string): string | undefined;
  /** All its text in lower case. */
  text(): string;
}

/** `key:value` for these; with any other word before the colon it is text, such as `src/a.ts:12`. */
const KEYS = ['element', 'channel', 'class', 'effect', 'standing', 'vendor', 'destination', 'file', 'control', 'duty', 'change', 'code'];
/** Matched from the beginning or anywhere in it; the others are compared word by word. */
const BY_PART = ['file', 'destination', 'control', 'vendor'];

export function parseQuery(text: string): Query {
  const words: string[] = [];
  const properties: [string, string[]][] = [];
  for (const [token] of text.matchAll(/(?:[a-z]+:)?"[^"]*"|\S+/gi)) {
    const colon = token.indexOf(':');
    const key = token.slice(0, Math.max(colon, 0)).toLowerCase();
    const value = unquote(token.slice(colon + 1));
    if (KEYS.includes(key) && value !== '') properties.push([key, key === 'file' ? [value] : value.split(',').filter((each) => each !== '')]);
    else words.push(unquote(token).toLowerCase());
  }
  return { words: words.filter((word) => word !== ''), properties };
}

const unquote = (text: string): string => text.replace(/^"(.*)"$/, '$1');

export function matches(query: Query, searched: Searched): boolean {
  return query.properties.every(([name, values]) => hasOne(name, values, searched.property(name)))
    && query.words.every((word) => searched.text().includes(word));
}

function hasOne(name: string, values: readonly string[], has: string | undefined): boolean {
  if (has === undefined) return false;
  const words = has.toLowerCase().split(' ');
  return values.some((value) => (BY_PART.includes(name) ? has.toLowerCase().includes(value.toLowerCase()) : words.includes(value.toLowerCase())));
}
