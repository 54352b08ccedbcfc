// Documentation comments, read from their text (TypeScript's own parser of them is switched off for speed):
// tags such as `@pii`, and types of plain JavaScript (`@param {User} user`, `@returns {Promise<Card>}`, `@type {Card[]}`).
import type ts from 'typescript';
import type { TypeExpr } from '#model/facts';
import { createSourceFile, getLeadingCommentRanges, isTypeAliasDeclaration, JSDocParsingMode, ScriptTarget, skipBlanks } from './syntax.ts';
import { toType } from './types.ts';

export interface Doc {
  readonly tags: readonly string[];
  readonly params: ReadonlyMap<string, TypeExpr>;
  readonly returns?: TypeExpr;
  readonly type?: TypeExpr;
}

const EMPTY: Doc = { tags: [], params: new Map() };
const SLASH = 47;
const STAR = 42;

function docText(node: ts.Node, { text }: ts.SourceFile): string | undefined {
  // Nearly all nodes follow blanks only; at the top of a file there may be a first line for the shell.
  if (node.pos > 0 && text.charCodeAt(skipBlanks(text, node.pos)) !== SLASH) return undefined;
  const last = getLeadingCommentRanges(text, node.pos)?.at(-1);
  if (!last || text.charCodeAt(last.pos + 2) !== STAR) return undefined;
  return text.slice(last.pos, last.end);
}

/** Tags of a declaration as `name` or `name word`, if it has any. */
export function docTags(node: ts.Node, file: ts.SourceFile): readonly string[] | undefined {
  const text = docText(node, file);
  if (text === undefined || !text.includes('@')) return undefined;
  const tags = tagsOf(text);
  return tags.length > 0 ? tags : undefined;
}

const STANDARD = new Set(['param', 'returns', 'return', 'type', 'typedef', 'property', 'template', 'example', 'see', 'throws', 'description', 'link', 'author', 'since', 'default', 'memberof', 'class', 'extends', 'this', 'async', 'private', 'public', 'todo']);

function tagsOf(text: string): string[] {
  const tags: string[] = [];
  for (const match of text.matchAll(/@([a-zA-Z][\w-]*)(?:[ \t]+([\w-]{1,60}))?/g)) {
    const name = match[1];
    if (name && !STANDARD.has(name)) tags.push(match[2] ? `${name} ${match[2]}` : name);
  }
  return tags;
}

/** Types are read where the code has none of its own; in TypeScript a comment only repeats them, or is older than they are. */
export function readDoc(node: ts.Node, file: ts.SourceFile, withTypes: boolean): Doc {
  const text = docText(node, file);
  if (text === undefined || !text.includes('@')) return EMPTY;
  const tags = tagsOf(text);
  if (!withTypes) return tags.length > 0 ? { tags, params: EMPTY.params } : EMPTY;
  const params = new Map<string, TypeExpr>();
  let returns: TypeExpr | undefined;
  let type: TypeExpr | undefined;
  for (const match of text.matchAll(/@(param|returns?|type)\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*(?:\[?([\w$]+))?/g)) {
    const parsed = readDocType(match[2] ?? '');
    if (!parsed) continue;
    if (match[1] === 'param' && match[3]) params.set(match[3], parsed);
    else if (match[1] === 'type') type = parsed;
    else if (match[1] !== 'param') returns = parsed;
  }
  return { tags, params, ...(returns ? { returns } : {}), ...(type ? { type } : {}) };
}

/** Less than what the code itself shows. */
const NOTHING_SAID = new Set(['any', 'object', 'Object', 'unknown', 'mixed']);

const parsedTypes = new Map<string, TypeExpr | undefined>();

const MAX_TYPE = 2_000;

/** A type in braces, parsed by the compiler, once per spelling; undefined when it says nothing. */
export function readDocType(text: string): TypeExpr | undefined {
  const source = text.trim().replace(/^[?!]|[=?!]$/g, '').replace(/\.</g, '<').replace(/^\*$/, 'any').replace(/\bfunction\b(?!\s*\()/g, 'Function');
  if (source === '' || source.length > MAX_TYPE || NOTHING_SAID.has(source)) return undefined;
  if (parsedTypes.has(source)) return parsedTypes.get(source);
  const file = createSourceFile('doc.ts', `type T = ${source}`, { languageVersion: ScriptTarget.Latest, jsDocParsingMode: JSDocParsingMode.ParseNone });
  const statement = file.statements[0];
  const type = statement && isTypeAliasDeclaration(statement) ? toType(statement.type, file) : undefined;
  if (parsedTypes.size < 10_000) parsedTypes.set(source, type);
  return type;
}
