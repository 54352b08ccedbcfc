// GraphQL operations and fragments that stand in code, reduced to the names that they select: `query{user{id email ...Contact}}`.
import type ts from 'typescript';
import { isIdentifier, isPropertyAccessExpression, isTemplateExpression } from './syntax.ts';

/** How the text of a document begins in the facts. */
const DOCUMENT = 'gql:';
const TOKEN = /"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|[A-Za-z_]\w*|\$\w+|-?\d[\w.]*|[^\s,\uFEFF]/g;
const OPERATION = /^(?:query|mutation|subscription|fragment)$/;
const MAX_LENGTH = 4_000;

/** `` gql`…` `` and `` graphql`…` `` as such a text; undefined for any other template. */
export function documentOf(tag: ts.Expression, template: ts.TemplateLiteral): string | undefined {
  const name = isIdentifier(tag) ? tag.text : isPropertyAccessExpression(tag) ? tag.name.text : '';
  if (!/^(?:gql|graphql|apolloGql)$/i.test(name)) return undefined;
  const text = isTemplateExpression(template) ? [template.head.text, ...template.templateSpans.map((s) => s.literal.text)].join(' ') : template.text;
  return selectionsOf(text);
}

function selectionsOf(text: string): string | undefined {
  const tokens = (text.match(TOKEN) ?? []).filter((t) => !t.startsWith('"') && !t.startsWith('#'));
  const out: string[] = [];
  let depth = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === '(' || token === '[') i = closing(tokens, i);
    else if (token === '@') i++;
    else if (depth === 0 && token !== '{') {
      if (!OPERATION.test(token)) return undefined;
      const named = token === 'fragment' ? [tokens[i + 1] ?? '', tokens[i + 3] ?? ''] : [];
      out.push([token, ...named].join(' '));
      while (i + 1 < tokens.length && tokens[i + 1] !== '{') i = tokens[i + 1] === '(' ? closing(tokens, i + 1) : i + 1;
    } else {
      if (depth === 0 && out.length === 0) out.push('query');
      depth += token === '{' ? 1 : token === '}' ? -1 : 0;
      out.push(token);
    }
  }
  const made = DOCUMENT + out.join(' ');
  return depth === 0 && out.length > 0 && made.length <= MAX_LENGTH ? made : undefined;
}

function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === '(' || token === '[' || token === '{') depth++;
    else if ((token === ')' || token === ']' || token === '}') && --depth === 0) return i;
  }
  return tokens.length;
}
