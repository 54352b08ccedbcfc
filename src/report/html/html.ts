// HTML that cannot be forgotten to escape: whatever is put into a template is text, unless it is itself made by a template.
import { visible } from '../inert.ts';

/** A class and not a shape: no value that was read from somewhere can pass itself off as markup. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | undefined | false | readonly Part[];

export const NOTHING = new Html('');

/** Attribute values must stand in double quotes: `<a href="${x}">`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + toText(parts[index - 1]) + string));
}

function toText(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === undefined || part === false) return '';
  if (typeof part === 'object') return part.map(toText).join('');
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string =>
  visible(text, Number.POSITIVE_INFINITY).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A name as a part of an `id` or a fragment: letters and digits as they are, all else by its number. Different names stay different. */
export const anchor = (kind: string, ...names: readonly string[]): string =>
  [kind, ...names.map((name) => name.replace(/[^A-Za-z0-9-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`))].join('--');
