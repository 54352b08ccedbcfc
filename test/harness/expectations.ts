// Reads the expectations that fixtures carry as comments. A mark that cannot be read is an error: a typing mistake in a
// fixture must never turn into a line that nothing checks. The language of marks is described in fixtures/README.md.
import { CHANNELS, type RuleName } from '#model/channel';

export const MARK_KINDS = ['expect', 'expect-note', 'known-miss', 'known-noise'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** One expectation: a rule, the elements that must be among those found, and the line of code it speaks of. */
export interface Mark {
  readonly kind: MarkKind;
  readonly file: string;
  readonly line: number;
  readonly rule: RuleName;
  readonly elements: readonly string[];
  /** Written with `=`: these elements and no others. */
  readonly exact: boolean;
  readonly reason: string;
}

export class MarkError extends Error {
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
  }
}

const RULES: ReadonlySet<string> = new Set(Object.values(CHANNELS).map((info) => info.rule));
const COMMENT = /(?:\/\/|\/\*|<!--)\s*(expect-note|expect|known-miss|known-noise|ok)\b\s*(:?)\s*(.*)$/;
const COMMENT_ONLY = /^\s*(?:\{\s*\/\*|\/\/|\/\*|\*|<!--)/;
const CLOSING = /\s*(?:\*\/\s*\}?|-->)\s*[;,)]*\s*$/;

export const parseMarks = (file: string, text: string): readonly Mark[] => {
  const lines = text.split(/\r?\n/);
  const marks: Mark[] = [];
  const quiet = new Set<number>();
  lines.forEach((content, index) => {
    const match = COMMENT.exec(content);
    if (match === null) return;
    const [, word = '', colon = '', rest = ''] = match;
    const line = targetLine(lines, index);
    if (word === 'ok') {
      quiet.add(line);
      return;
    }
    if (colon === '') throw new MarkError(file, index + 1, `write "${word}:" with a colon`);
    if (line === 0) throw new MarkError(file, index + 1, 'no line of code follows this mark');
    const kind = MARK_KINDS.find((one) => one === word) ?? 'expect';
    marks.push(...parseClauses(kind, rest.replace(CLOSING, ''), { file, line, at: index + 1 }));
  });
  const both = marks.find((mark) => quiet.has(mark.line) && mark.kind !== 'known-miss' && mark.kind !== 'known-noise');
  if (both !== undefined) throw new MarkError(file, both.line, 'the line is marked both "ok" and "expect"');
  return marks;
};

/** The line itself for a comment behind code; otherwise the next line that holds code (1-based; 0 when there is none). */
const targetLine = (lines: readonly string[], index: number): number => {
  if (!COMMENT_ONLY.test(lines[index] ?? '')) return index + 1;
  for (let next = index + 1; next < lines.length; next++) {
    const content = lines[next] ?? '';
    if (content.trim() !== '' && !COMMENT_ONLY.test(content)) return next + 1;
  }
  return 0;
};

const parseClauses = (kind: MarkKind, text: string, place: { file: string; line: number; at: number }): Mark[] => {
  const [claims = '', ...reasons] = text.split(/\s--\s/);
  const reason = reasons.join(' -- ').trim();
  if (kind.startsWith('known') && reason === '') throw new MarkError(place.file, place.at, `"${kind}" needs a reason after " -- "`);
  return claims.split(';').map((clause) => {
    const words = clause.split(/[\s,]+/).filter((word) => word !== '');
    const exact = words[0] === '=';
    const [rule = '', ...elements] = exact ? words.slice(1) : words;
    if (!isRule(rule)) throw new MarkError(place.file, place.at, `"${rule}" is not a rule`);
    const odd = elements.find((element) => !/^[a-z][a-z0-9-]*$/.test(element));
    if (odd !== undefined) throw new MarkError(place.file, place.at, `"${odd}" is not an element id`);
    return { kind, file: place.file, line: place.line, rule, elements, exact, reason };
  });
};

const isRule = (word: string): word is RuleName => RULES.has(word);
