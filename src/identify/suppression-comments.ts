// Reads inline comments of the form `// fiduciary-allow RULE[, RULE] [until 2027-01-31] -- reason` from the text of a file.
// Works on lines, not on syntax: the same comment counts in TypeScript, JSX, Vue templates and HTML.
import type { Location, RepoPath } from '#model/location';

export interface SuppressionComment {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until?: string;
  readonly location: Location;
  /** First and last line whose findings the comment covers. */
  readonly covers: { readonly from: number; readonly to: number };
}

const MARK = 'fiduciary-allow';
const OPENER = /(\/\/|\/\*+|<!--)\s*fiduciary-allow(?![\w-])(.*)$/;
const UNTIL = /(?:^|\s)\(?until\s+(\S+?)\)?\s*$/i;
/** A statement longer than this is no longer what the writer of the comment had in view. */
const LONGEST_STATEMENT = 30;

export function parseSuppressionComments(file: RepoPath, text: string): readonly SuppressionComment[] {
  // Nearly no file has one; splitting every text of a large repository into lines would be felt.
  if (!text.includes(MARK)) return [];
  const lines = text.split(/\r\n|\r|\n/);
  const found: SuppressionComment[] = [];
  for (const [index, line] of lines.entries()) {
    const match = OPENER.exec(line);
    if (match === null) continue;
    const [, opener = '', rest = ''] = match;
    const body = opener === '//' ? { text: rest, last: index } : readBlock(lines, index, rest, opener === '<!--' ? '-->' : '*/');
    const before = line.slice(0, match.index).replace(/[{\s]/g, '');
    const location: Location = {
      file, line: index + 1, column: match.index + 1, endLine: index + 1, endColumn: line.length + 1,
    };
    found.push({ ...parseBody(body.text), location, covers: before === '' ? statementAfter(lines, body.last) : only(index) });
  }
  return found;
}

function parseBody(text: string): Pick<SuppressionComment, 'rules' | 'reason' | 'until'> {
  const separator = /(?:^|\s)--+(?=\s|$)/.exec(text);
  const head = separator === null ? text : text.slice(0, separator.index);
  let reason = separator === null ? '' : text.slice(separator.index + separator[0].length).trim();
  // The date may stand behind the rule or, in brackets or not, at the end of the reason.
  const inHead = UNTIL.exec(head);
  const inReason = inHead === null ? UNTIL.exec(reason) : null;
  if (inReason !== null) reason = reason.slice(0, inReason.index).trim();
  const until = (inHead ?? inReason)?.[1];
  const names = inHead === null ? head : head.slice(0, inHead.index);
  return { rules: names.split(/[,\s]+/).filter((name) => name !== ''), reason, ...(until === undefined ? {} : { until }) };
}

/** The words of a block comment up to its end, without the stars that decorate its lines. */
function readBlock(lines: readonly string[], first: number, rest: string, closer: string): { text: string; last: number } {
  const words: string[] = [];
  for (let index = first; index < lines.length; index += 1) {
    const line = index === first ? rest : (lines[index] ?? '').replace(/^\s*\*(?!\/)/, '');
    const end = line.indexOf(closer);
    words.push((end === -1 ? line : line.slice(0, end)).trim());
    if (end !== -1) return { text: words.join(' '), last: index };
  }
  return { text: words.join(' '), last: lines.length - 1 };
}

const only = (index: number): { from: number; to: number } => ({ from: index + 1, to: index + 1 });

/** The next line that is not a comment, and the rest of its call when the brackets stay open there. */
function statementAfter(lines: readonly string[], comment: number): { from: number; to: number } {
  let start = comment + 1;
  while (start < lines.length - 1 && /^\s*(\/\/|\/\*.*\*\/\}?\s*$|\*|<!--.*-->\s*$)/.test(lines[start] ?? '')) start += 1;
  let depth = 0;
  for (let index = start; index < Math.min(lines.length, start + LONGEST_STATEMENT); index += 1) {
    const line = lines[index] ?? '';
    depth += bracketBalance(line);
    // A function body that opens here holds statements of its own, which the comment does not speak of.
    if (depth <= 0 || /(=>|\)|\belse|\btry|\bfinally)\s*(:\s*[\w<>[\], .|]+)?\s*\{\s*$/.test(line)) return { from: start + 1, to: index + 1 };
  }
  return { from: start + 1, to: start + 1 };
}

function bracketBalance(line: string): number {
  const bare = line.replace(/(['"`])(?:\\.|(?!\1).)*\1/g, '').replace(/\/\/.*$/, '');
  let balance = 0;
  for (const character of bare) {
    if ('([{'.includes(character)) balance += 1;
    else if (')]}'.includes(character)) balance -= 1;
  }
  return balance;
}
