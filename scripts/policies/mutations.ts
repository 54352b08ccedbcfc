// Small wrongs for policies: each is one text edit of a Rego file that a test has to notice.

export interface Mutant {
  readonly file: string;
  readonly line: number;
  /** A comparison turned round or moved to its edge, a condition dropped, a `not` gone or added, another effect, a word less in a set, an exception gone. */
  readonly kind: 'flip' | 'edge' | 'drop' | 'negate' | 'effect' | 'narrow' | 'unwrap';
  /** The line before and after. */
  readonly before: string;
  readonly after: string;
  /** The whole file with the edit. */
  readonly text: string;
}

const FLIPPED: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', '>=': '<', '<=': '>', '>': '<=', '<': '>=' };
const EDGE: Readonly<Record<string, string>> = { '>=': '>', '<=': '<', '>': '>=', '<': '<=' };
const OTHER_EFFECT: Readonly<Record<string, string>> = { deny: 'warn', require_approval: 'warn', warn: 'note', note: 'warn', allow: 'note' };

/** Every edit of one file. Expects the form that `policy fmt` writes: one expression a line. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => /^(package|import) /.test(line));
  return lines.flatMap((line, index) => {
    if (index <= from || line.trim() === '' || /^\s*#|^(package|import) /.test(line)) return [];
    return edits(line).map(({ kind, after }) => ({
      file, line: index + 1, kind, before: line.trim(), after: after.trim(),
      text: [...lines.slice(0, index), after, ...lines.slice(index + 1)].join('\n'),
    }));
  });
}

type Edit = Pick<Mutant, 'kind' | 'after'>;

const edits = (line: string): readonly Edit[] => [...flips(line), ...drops(line), ...inlineDrops(line), ...negations(line), ...effects(line), ...narrowings(line), ...unwrappings(line)];

function flips(line: string): readonly Edit[] {
  return [...line.matchAll(/ (==|!=|>=|<=|>|<) /g)].flatMap((match): readonly Edit[] => {
    const [text, comparison = ''] = match;
    const by = (other: string): string => replaced(line, match.index, text.length, ` ${other} `);
    const edge = EDGE[comparison];
    return [{ kind: 'flip', after: by(FLIPPED[comparison] ?? '') }, ...(edge === undefined ? [] : [{ kind: 'edge' as const, after: by(edge) }])];
  });
}

/** A condition on a line of its own, or the only one after `if`. */
function drops(line: string): readonly Edit[] {
  const alone = /^(\S.* if )(?!\{|some |every )(\S.*[^{])$/.exec(line);
  if (alone) return [{ kind: 'drop', after: `${alone[1] ?? ''}true` }];
  return isCondition(line) ? [{ kind: 'drop', after: line.replace(/^(\t+).*/, '$1true') }] : [];
}

const isCondition = (line: string): boolean =>
  /^\t+(?!some |every |"|\{|\[)[a-z]/.test(line) && !line.includes(':=') && !/[,{([|]$/.test(line) && !line.includes(' if ');

/** `; condition` inside a comprehension. */
function inlineDrops(line: string): readonly Edit[] {
  return [...line.matchAll(/; /g)].flatMap(({ index }) => {
    const end = endOfExpression(line, index + 2);
    const dropped = line.slice(index + 2, end);
    return dropped.startsWith('some ') || dropped.includes(':=') ? [] : [{ kind: 'drop' as const, after: line.slice(0, index) + line.slice(end) }];
  });
}

function endOfExpression(line: string, from: number): number {
  let depth = 0;
  for (let at = from; at < line.length; at += 1) {
    const char = line.charAt(at);
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char) && (depth -= 1) < 0) return at;
    else if (char === ';' && depth === 0) return at;
  }
  return line.length;
}

function negations(line: string): readonly Edit[] {
  const not = [...line.matchAll(/(^\t+| if |; )not /g)].map((match): Edit => ({
    kind: 'negate', after: replaced(line, match.index, match[0].length, match[1] ?? ''),
  }));
  const member = isCondition(line) && / in /.test(line) && !/^\t+not /.test(line) ? [{ kind: 'negate' as const, after: line.replace(/^(\t+)/, '$1not ') }] : [];
  return [...not, ...member];
}

function effects(line: string): readonly Edit[] {
  if (!/judged\.|"effect": "/.test(line)) return [];
  return [...line.matchAll(/"(deny|require_approval|warn|note|allow)"/g)].map((match) => ({
    kind: 'effect', after: replaced(line, match.index, match[0].length, `"${OTHER_EFFECT[match[1] ?? ''] ?? ''}"`),
  }));
}

/** One word less in a literal set of words. */
function narrowings(line: string): readonly Edit[] {
  return [...line.matchAll(/\{("[\w-]+"(?:, "[\w-]+")+)\}/g)].flatMap((match) => {
    const words = (match[1] ?? '').split(', ');
    return words.map((_, at): Edit => ({ kind: 'narrow', after: replaced(line, match.index, match[0].length, `{${words.filter((__, index) => index !== at).join(', ')}}`) }));
  });
}

/** `element.except(ids, listed)` and `vendor.uncovered(f, ids)` let `ids` through whole. */
function unwrappings(line: string): readonly Edit[] {
  return [...line.matchAll(/(?:element\.except|vendor\.uncovered)\(/g)].map((match): Edit => {
    const open = match.index + match[0].length;
    const end = endOfExpression(line, open);
    const args = splitArguments(line.slice(open, end));
    return { kind: 'unwrap', after: replaced(line, match.index, end + 1 - match.index, (match[0].startsWith('vendor') ? args[1] : args[0]) ?? '') };
  });
}

function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text.charAt(at);
    if ('([{'.includes(char) && char !== '') depth += 1;
    else if (')]}'.includes(char) && char !== '') depth -= 1;
    else if ((char === ',' && depth === 0) || at === text.length) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return parts;
}

const replaced = (line: string, at: number, length: number, by: string): string => line.slice(0, at) + by + line.slice(at + length);

/** So many of them, spread over all. */
export const spread = (mutants: readonly Mutant[], size: number): readonly Mutant[] => {
  const most = Math.min(size, mutants.length);
  return Array.from({ length: most }, (_, index) => mutants[Math.floor((index * mutants.length) / most)]).filter((mutant) => mutant !== undefined);
};
