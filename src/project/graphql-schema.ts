// Reads types, inputs and interfaces of GraphQL SDL: a tokenizer of one pattern, and a reader that skips what it does not need.
import type { RepoPath } from '#model/location';
import type { SchemaField, SchemaModel } from './schemas.ts';

interface Token {
  readonly text: string;
  readonly line: number;
}

const TOKEN = /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|[A-Za-z_]\w*|-?\d[\w.]*|\.\.\.|[^\s,\uFEFF]|\n/g;

export function parseGraphql(file: RepoPath, text: string): readonly SchemaModel[] {
  const reader = new TokenReader(tokenize(text));
  const models: SchemaModel[] = [];
  let doc = '';
  for (let token = reader.next(); token; token = reader.next()) {
    if (isText(token)) {
      doc = toDoc(token);
      continue;
    }
    if (token.text === 'type' || token.text === 'input' || token.text === 'interface') {
      if (!/^[A-Za-z_]/.test(reader.peek() ?? '')) continue;
      const name = reader.next();
      // `implements A & B @directive(…)` stands between the name and the fields.
      while (name && reader.peek() && reader.peek() !== '{' && !isDefinition(reader.peek())) reader.skipItem();
      if (name && reader.peek() === '{') models.push({ name: name.text, source: 'graphql', fields: readFields(reader), file, line: name.line, doc });
    } else if (token.text === '{') reader.skipRest('{', '}');
    else if (token.text === '(') reader.skipRest('(', ')');
    if (token.text !== 'extend') doc = '';
  }
  return models;
}

function readFields(reader: TokenReader): readonly SchemaField[] {
  const fields: SchemaField[] = [];
  let doc = '';
  reader.next();
  for (let token = reader.next(); token && token.text !== '}'; token = reader.next()) {
    if (isText(token)) doc = toDoc(token);
    else if (/^\w/.test(token.text)) {
      if (reader.peek() === '(') reader.skipItem();
      if (reader.peek() === ':') fields.push({ name: token.text, line: token.line, doc, ...readType(reader) });
      doc = '';
      if (reader.peek() === '=') {
        reader.next();
        reader.skipItem();
      }
      while (reader.peek() === '@') {
        reader.next();
        reader.next();
        if (reader.peek() === '(') reader.skipItem();
      }
    }
  }
  return fields;
}

/** `: [String!]!`; whether it may be missing is said by the outermost mark. */
function readType(reader: TokenReader): Pick<SchemaField, 'type' | 'list' | 'optional'> {
  let type = '';
  let list = false;
  let depth = 0;
  reader.next();
  for (let token = reader.next(); token; token = reader.next()) {
    if (token.text === '[') {
      list = true;
      depth += 1;
    } else if (token.text === ']') depth -= 1;
    else if (token.text !== '!') type = token.text;
    const next = reader.peek();
    if (depth === 0 && next !== '!' && type !== '') return { type, list, optional: token.text !== '!' };
    if (next === '}' || next === undefined) break;
  }
  return { type, list, optional: true };
}

class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }
  peek(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }
  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }
  /** One token, or all of a bracket. */
  skipItem(): void {
    const open = this.next()?.text;
    const close = open === '(' ? ')' : open === '{' ? '}' : open === '[' ? ']' : undefined;
    if (open !== undefined && close !== undefined) this.skipRest(open, close);
  }
  skipRest(open: string, close: string): void {
    for (let depth = 1; depth > 0; ) {
      const token = this.next();
      if (!token) return;
      if (token.text === open) depth += 1;
      else if (token.text === close) depth -= 1;
    }
  }
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [found] of text.matchAll(TOKEN)) {
    if (found === '\n') line += 1;
    else if (!found.startsWith('#')) tokens.push({ text: found, line });
    if (found.startsWith('"""')) line += found.split('\n').length - 1;
  }
  return tokens;
}

const isText = (token: Token): boolean => token.text.startsWith('"');
const isDefinition = (text: string | undefined): boolean => /^(?:type|input|interface|enum|union|scalar|schema|directive|extend|")/.test(text ?? '');
const toDoc = (token: Token): string => token.text.replace(/^"+|"+$/g, '').replace(/\s+/g, ' ').trim();
