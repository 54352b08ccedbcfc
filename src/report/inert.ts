// Names come from the analysed repository and are untrusted: an identifier may hold marks that turn text around, a file may be
// called like a command. Here they lose every meaning but their letters.

/** Longer names are cut: nobody reads them, and they would eat the budget of a summary. */
const LONGEST = 300;

/** Control characters, line separators, and marks that change the direction of text or hide. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** One line of visible characters, of at most this length. */
export function visible(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(INVISIBLE, toCode).replace(LONE_SURROGATE, toCode);
}

const toCode = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Words that are ours, or a bank's own in its catalogue, between names: none of their marks is read as Markdown or HTML. */
export const markdownText = (text: string): string => visible(text, Number.POSITIVE_INFINITY).replace(/[\\`*_[\]<>|~#&]/g, '\\$&');

/** A name in a cell of a Markdown table, which a bar ends even within a code span. */
export const codeCell = (text: string): string => codeSpan(text).replaceAll('|', '\\|');

/** A name in Markdown: a code span with a fence longer than any in it. Nothing inside is read as Markdown, HTML or a link. */
export function codeSpan(text: string): string {
  const plain = visible(text);
  if (plain.trim() === '') return '` `';
  const runs = plain.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padding = /^[` ]|[` ]$/.test(plain) ? ' ' : '';
  return `${fence}${padding}${plain}${padding}${fence}`;
}
