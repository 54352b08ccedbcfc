// `@typedef` and `@callback` comments of plain JavaScript declare types: `@typedef {object} User` with `@property` lines, or a type in
// braces. They are read as the alias that TypeScript would make of them.
import { readDocType } from './doc-comments.ts';
import type { Lowering } from './lowering.ts';

const COMMENT = /\/\*\*[\s\S]*?\*\//g;
const TYPEDEF = /@typedef\s+(?:\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\s*)?([\w$]+)/g;
const PROPERTY = /@prop(?:erty)?\s+(?:\{((?:[^{}]|\{[^{}]*\})*)\}\s*)?\[?([\w$\p{Script=Han}]+)/gu;
/** A type in braces that leaves the members to the lines below. */
const OBJECT = /^(?:object|Object)?$/;

export function lowerTypedefs(l: Lowering): void {
  const { text } = l.file;
  if (!l.js || !text.includes('@typedef')) return;
  for (const comment of text.matchAll(COMMENT)) if (comment[0].includes('@typedef')) declare(l, comment[0], comment.index);
}

function declare(l: Lowering, comment: string, at: number): void {
  const plain = comment.replace(/^[ \t]*\*(?!\/)/gm, '');
  const found = [...plain.matchAll(TYPEDEF)];
  for (const [i, match] of found.entries()) {
    const [, braces = '', n = ''] = match;
    const own = plain.slice(match.index, found[i + 1]?.index);
    const type = readDocType(OBJECT.test(braces.trim()) ? literal(own) : braces);
    if (!type) continue;
    l.b.typeDecls.push({ kind: 'alias', n, at, type });
    l.exports.push({ n, type: n });
  }
}

/** `@property {string} name` lines as one object type; what is below a member (`address.city`) says nothing new of it. */
function literal(comment: string): string {
  const members = [...comment.matchAll(PROPERTY)].map(([, type = 'any', name = '']) => `${JSON.stringify(name)}: ${memberType(type)}`);
  return members.length === 0 ? '' : `{ ${members.join('; ')} }`;
}

const memberType = (text: string): string => text.trim().replace(/^[?!*]+|=$/g, '') || 'any';
