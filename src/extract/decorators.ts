// Decorators and options → skeletons of names: enough for routes, injection tokens, columns; no values.
import ts from 'typescript';
import type { DecoratorFacts, Skeleton } from '#model/facts';
import { keptText } from './constants.ts';
import type { Lowering } from './lowering.ts';
import { entityName, memberName } from './types.ts';

export function decorators(_l: Lowering, node: ts.Node): readonly DecoratorFacts[] | undefined {
  if (!ts.canHaveDecorators(node)) return undefined;
  const list = ts.getDecorators(node);
  if (!list || list.length === 0) return undefined;
  return list.map((d) => {
    const call = ts.isCallExpression(d.expression) ? d.expression : undefined;
    return { n: entityName(call ? call.expression : d.expression), args: call ? call.arguments.map((a) => skeleton(a, 0)) : [] };
  });
}

export function skeleton(node: ts.Expression, depth: number): Skeleton {
  if (depth > 6) return { x: true };
  if (ts.isStringLiteralLike(node)) {
    const text = keptText(node.text);
    return text === undefined ? { x: true } : { s: text };
  }
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return { id: entityName(node) };
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return { b: node.kind === ts.SyntaxKind.TrueKeyword };
  if (ts.isArrayLiteralExpression(node)) return { a: node.elements.map((e) => skeleton(e, depth + 1)) };
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return { f: skeleton(node.body, depth + 1) };
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return skeleton(node.expression, depth);
  if (ts.isCallExpression(node)) return { id: entityName(node.expression) };
  if (ts.isObjectLiteralExpression(node)) return { o: members(node, depth) };
  return { x: true };
}

function members(node: ts.ObjectLiteralExpression, depth: number): Readonly<Record<string, Skeleton>> {
  const out: Record<string, Skeleton> = {};
  for (const p of node.properties) {
    if (ts.isPropertyAssignment(p) && !ts.isComputedPropertyName(p.name)) out[memberName(p.name)] = skeleton(p.initializer, depth + 1);
    else if (ts.isShorthandPropertyAssignment(p)) out[p.name.text] = { id: p.name.text };
  }
  return out;
}
