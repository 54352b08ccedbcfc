// JSX → a call of the component with one properties object; text children carry nothing and are left out.
import type ts from 'typescript';
import { Op, PropertyKind } from '#model/facts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit } from './lowering.ts';
import {
  isIdentifier, isJsxElement, isJsxExpression, isJsxFragment, isJsxNamespacedName, isJsxSpreadAttribute, isJsxText,
} from './syntax.ts';

export function lowerJsx(l: Lowering, node: ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment): number {
  if (isJsxFragment(node)) return element(l, undefined, undefined, node.children, node);
  if (isJsxElement(node)) return element(l, node.openingElement.tagName, node.openingElement.attributes, node.children, node);
  return element(l, node.tagName, node.attributes, [], node);
}

function element(l: Lowering, tag: ts.JsxTagNameExpression | undefined, attributes: ts.JsxAttributes | undefined, children: readonly ts.JsxChild[], node: ts.Node): number {
  const intrinsic = tag && isIdentifier(tag) && /^[a-z]/.test(tag.text) ? l.b.string(tag.text) : -1;
  const component = tag && intrinsic < 0 && !isJsxNamespacedName(tag) ? expression(l, tag as ts.Expression) : -1;
  const items: number[] = [];
  for (const a of attributes?.properties ?? []) {
    if (isJsxSpreadAttribute(a)) items.push(PropertyKind.Spread, 0, expression(l, a.expression));
    else if (a.initializer) {
      const value = isJsxExpression(a.initializer) ? a.initializer.expression : a.initializer;
      const name = isIdentifier(a.name) ? a.name.text : `${a.name.namespace.text}:${a.name.name.text}`;
      if (value) items.push(PropertyKind.Plain, l.b.string(name), expression(l, value));
    }
  }
  const inner = children.flatMap((c) => childValue(l, c));
  if (inner.length > 0) items.push(PropertyKind.Plain, l.b.string('children'), inner.length === 1 ? (inner[0] ?? 0) : emit(l, Op.Join, 0, l.b.list(inner), 0, node));
  const properties = emit(l, Op.Object, 0, l.b.list(items), 0, node);
  return emit(l, Op.Jsx, component, intrinsic, properties, node);
}

function childValue(l: Lowering, child: ts.JsxChild): readonly number[] {
  if (isJsxText(child)) return [];
  if (isJsxExpression(child)) return child.expression ? [expression(l, child.expression)] : [];
  return [lowerJsx(l, child)];
}
