// The columns that a query written as text asks for: names of a database, which may be kept, while the rest of the text may not.

/** Marks a kept text as a list of columns: `select id,email`. */
const PREFIX = 'select ';
const SELECT = /^\s*select\s+(?:distinct\s+)?([^;]{1,2000}?)\s+from\s/i;
const ALIAS = /(?:\s+as\s+|\s+)["`[]?([A-Za-z_]\w{0,63})["`\]]?$/i;
const COLUMN = /^(?:["`[]?\w+["`\]]?\.){0,2}["`[]?([A-Za-z_]\w{0,63})["`\]]?$/;

/** `select id,email`; undefined when the text is no query, or asks for all columns. */
export function selectColumns(text: string): string | undefined {
  const match = SELECT.exec(text);
  if (!match) return undefined;
  const names: string[] = [];
  for (const item of splitOutside(match[1] ?? '')) {
    const column = COLUMN.exec(item)?.[1] ?? ALIAS.exec(item)?.[1];
    if (column !== undefined) names.push(column);
    // `count(*)` has a name of the database's choice; `*` stands for all that there are.
    else if (!item.endsWith(')')) return undefined;
  }
  return names.length > 0 ? PREFIX + names.join(',') : undefined;
}

/** Commas within parentheses separate nothing. */
function splitOutside(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (i === text.length || (c === ',' && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts;
}
