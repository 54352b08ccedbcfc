// Decorators and options → skeletons of names: enough for routes, injection tokens, columns; no values.
import type ts from 'typescript';
import type { DecoratorFacts, Skeleton } from '#model/facts';
import { keptText } from './constants.ts';
import {
  decoratorsOf, isArrayLiteralExpression, isArrowFunction, isAsExpression, isBlock, isCallExpression, isComputedPropertyName,
  isIdentifier, isObjectLiteralExpression, isParenthesizedExpression, isPropertyAccessExpression, isPropertyAssignment,
  isShorthandPropertyAssignment, isStringLiteralLike, SyntaxKind,
} from './syntax.ts';
import { entityName, memberName } from './types.ts';

export function decorators(node: ts.Node): readonly DecoratorFacts[] | undefined {
  return decoratorsOf(node)?.map((d) => {
    const call = isCallExpression(d.expression) ? d.expression : undefined;
    return { n: entityName(call ? call.expression : d.expression), args: call ? call.arguments.map((a) => skeleton(a, 0)) : [] };
  });
}

function skeleton(node: ts.Expression, depth: number): Skeleton {
  if (depth > 6) return { x: true };
  if (isStringLiteralLike(node)) {
    const text = keptText(node.text);
    return text === undefined ? { x: true } : { s: text };
  }
  if (isIdentifier(node) || isPropertyAccessExpression(node)) return { id: entityName(node) };
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) return { b: node.kind === SyntaxKind.TrueKeyword };
  if (isArrayLiteralExpression(node)) return { a: node.elements.map((e) => skeleton(e, depth + 1)) };
  if (isArrowFunction(node) && !isBlock(node.body)) return { f: skeleton(node.body, depth + 1) };
  if (isParenthesizedExpression(node) || isAsExpression(node)) return skeleton(node.expression, depth);
  if (isCallExpression(node)) return { id: entityName(node.expression) };
  if (isObjectLiteralExpression(node)) return { o: members(node, depth) };
  return { x: true };
}

function members(node: ts.ObjectLiteralExpression, depth: number): Readonly<Record<string, Skeleton>> {
  const out: Record<string, Skeleton> = {};
  for (const p of node.properties) {
    if (isPropertyAssignment(p) && !isComputedPropertyName(p.name)) out[memberName(p.name)] = skeleton(p.initializer, depth + 1);
    else if (isShorthandPropertyAssignment(p)) out[p.name.text] = { id: p.name.text };
  }
  return out;
}
