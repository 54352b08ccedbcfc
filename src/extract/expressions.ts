// Expressions → registers. One table of handlers by the kind of node; each helper below handles one shape.
import type ts from 'typescript';
import type { OpCode } from '#model/facts';
import { CallFlag, ConstKind, Op, PropertyKind, UnaryKind } from '#model/facts';
import { assignment, compound, isAssignment, isCompound, unwrapTarget, update } from './assignments.ts';
import { lowerClass } from './classes.ts';
import { lowerFunction } from './functions.ts';
import { documentOf } from './graphql-documents.ts';
import { lowerJsx } from './jsx.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, numberConst, readName, regexConst, stringConst, undefinedValue } from './lowering.ts';
import { conditional, operation, prefix } from './operators.ts';
import {
  isArrowFunction, isAsExpression, isClassExpression, isComputedPropertyName, isElementAccessExpression, isFunctionExpression,
  isGetAccessor, isIdentifier, isMethodDeclaration, isParenthesizedExpression, isPropertyAccessExpression, isPropertyAssignment,
  isSatisfiesExpression, isSetAccessor, isShorthandPropertyAssignment, isSpreadAssignment, isSpreadElement, isStringLiteralLike,
  isTemplateExpression, SyntaxKind,
} from './syntax.ts';
import { memberName, toType } from './types.ts';
import { holdOptions, setData, withData } from './views.ts';

type Handler<T extends ts.Node> = (l: Lowering, node: T) => number;
const HANDLERS: Handler<never>[] = [];
const on = <T extends ts.Node>(kinds: readonly T['kind'][], handler: Handler<T>): void => {
  for (const kind of kinds) HANDLERS[kind] = handler;
};

const K = SyntaxKind;
const leaf = <T extends ts.Node>(kind: T['kind'], op: OpCode, a = 0, b = 0): void => on<T>([kind], (l, node) => emit(l, op, a, b, 0, node));
/** What stands around an expression and changes nothing. */
type Wrapper = ts.ParenthesizedExpression | ts.NonNullExpression | ts.ExpressionWithTypeArguments | ts.SpreadElement;

for (let kind = 0; kind < K.Count; kind += 1) on([kind], undefinedValue);
on<ts.Identifier>([K.Identifier], readName);
leaf(K.ThisKeyword, Op.This);
leaf(K.SuperKeyword, Op.Super);
leaf(K.NullKeyword, Op.Const, ConstKind.Null, -1);
leaf(K.TrueKeyword, Op.Const, ConstKind.True, -1);
leaf(K.FalseKeyword, Op.Const, ConstKind.False, -1);
leaf(K.BigIntLiteral, Op.Const, ConstKind.BigInt, -1);
on<ts.NumericLiteral>([K.NumericLiteral], (l, node) => numberConst(l, node.text, node));
on<ts.RegularExpressionLiteral>([K.RegularExpressionLiteral], regexConst);
on<ts.StringLiteralLike>([K.StringLiteral, K.NoSubstitutionTemplateLiteral], (l, node) => stringConst(l, node.text, node));
on<Wrapper>([K.ParenthesizedExpression, K.NonNullExpression, K.ExpressionWithTypeArguments, K.SpreadElement], (l, node) => expression(l, node.expression));
on<ts.PropertyAccessExpression>([K.PropertyAccessExpression], propertyAccess);
on<ts.ElementAccessExpression>([K.ElementAccessExpression], elementAccess);
on<ts.CallExpression>([K.CallExpression], call);
on<ts.NewExpression>([K.NewExpression], construct);
on<ts.ArrowFunction | ts.FunctionExpression>([K.ArrowFunction, K.FunctionExpression], (l, node) => closure(l, node));
on<ts.ClassExpression>([K.ClassExpression], (l, node) => emit(l, Op.ClassValue, lowerClass(l, node), 0, 0, node));
on<ts.ObjectLiteralExpression>([K.ObjectLiteralExpression], objectLiteral);
on<ts.ArrayLiteralExpression>([K.ArrayLiteralExpression], arrayLiteral);
on<ts.TemplateExpression>([K.TemplateExpression], template);
on<ts.TaggedTemplateExpression>([K.TaggedTemplateExpression], tagged);
on<ts.BinaryExpression>([K.BinaryExpression], binary);
on<ts.ConditionalExpression>([K.ConditionalExpression], conditional);
on<ts.PrefixUnaryExpression>([K.PrefixUnaryExpression], prefix);
on<ts.PostfixUnaryExpression>([K.PostfixUnaryExpression], update);
on<ts.TypeOfExpression>([K.TypeOfExpression], (l, node) => emit(l, Op.Unary, UnaryKind.Typeof, expression(l, node.expression), 0, node));
on<ts.VoidExpression>([K.VoidExpression], (l, node) => emit(l, Op.Unary, UnaryKind.Void, expression(l, node.expression), 0, node));
on<ts.DeleteExpression>([K.DeleteExpression], deletion);
on<ts.AwaitExpression>([K.AwaitExpression], (l, node) => emit(l, Op.Await, expression(l, node.expression), 0, 0, node));
on<ts.YieldExpression>([K.YieldExpression], (l, node) => emit(l, Op.Yield, node.expression ? expression(l, node.expression) : -1, 0, node.asteriskToken ? 1 : 0, node));
on<ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion>([K.AsExpression, K.SatisfiesExpression, K.TypeAssertionExpression], cast);
on<ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment>([K.JsxElement, K.JsxSelfClosingElement, K.JsxFragment], lowerJsx);

export function expression(l: Lowering, node: ts.Expression): number {
  return (HANDLERS[node.kind] as Handler<ts.Expression>)(l, node);
}

function propertyAccess(l: Lowering, node: ts.PropertyAccessExpression): number {
  const object = expression(l, node.expression);
  const value = emit(l, Op.Load, object, l.b.string(node.name.text), node.questionDotToken ? 1 : 0, node);
  return l.view ? withData(l, node, value) : value;
}

function elementAccess(l: Lowering, node: ts.ElementAccessExpression): number {
  const object = expression(l, node.expression);
  const key = constantKey(node.argumentExpression);
  if (key !== undefined) return emit(l, Op.Load, object, l.b.string(key), node.questionDotToken ? 1 : 0, node);
  return emit(l, Op.Elem, object, expression(l, node.argumentExpression), 0, node);
}

function typeArgumentList(l: Lowering, typeArguments: readonly ts.TypeNode[] | undefined): number {
  if (!typeArguments?.length) return -1;
  return l.b.type({ k: 'tuple', of: typeArguments.map((t) => toType(t, l.file) ?? { k: 'primitive', n: 'any' }) });
}

function argumentList(l: Lowering, typeArguments: readonly ts.TypeNode[] | undefined, args: readonly ts.Expression[]): number {
  const items = [typeArgumentList(l, typeArguments)];
  for (const a of args) items.push(isSpreadElement(a) ? ~expression(l, a.expression) : expression(l, a));
  return l.b.list(items);
}

function call(l: Lowering, node: ts.CallExpression): number {
  const callee = node.expression;
  if (callee.kind === K.ImportKeyword || (isIdentifier(callee) && callee.text === 'require')) {
    const [first] = node.arguments;
    if (first && isStringLiteralLike(first)) return emit(l, Op.Import, l.b.string(first.text), 0, 0, node);
  }
  const register = expression(l, callee);
  const args = argumentList(l, node.typeArguments, node.arguments);
  const result = emit(l, Op.Call, register, args, node.questionDotToken ? CallFlag.Optional : 0, node);
  if (l.view && node.arguments.length > 0) setData(l, node, l.b.extra.at(args + 2) ?? -1);
  return result;
}

function construct(l: Lowering, node: ts.NewExpression): number {
  const callee = expression(l, node.expression);
  return emit(l, Op.New, callee, argumentList(l, node.typeArguments, node.arguments ?? []), 0, node);
}

function closure(l: Lowering, node: ts.ArrowFunction | ts.FunctionExpression, name = '', documented: ts.Node = node): number {
  const fn = lowerFunction(l, node, isArrowFunction(node) ? 'arrow' : 'function', name, { documented });
  return emit(l, Op.Closure, fn, 0, 0, node);
}

function objectLiteral(l: Lowering, node: ts.ObjectLiteralExpression): number {
  const items: number[] = [];
  for (const p of node.properties) {
    if (isPropertyAssignment(p)) property(l, PropertyKind.Plain, p.name, items, named(l, memberName(p.name), p.initializer, p));
    else if (isShorthandPropertyAssignment(p)) items.push(PropertyKind.Plain, l.b.string(p.name.text), readName(l, p.name));
    else if (isSpreadAssignment(p)) items.push(PropertyKind.Spread, 0, expression(l, p.expression));
    else if (isMethodDeclaration(p)) property(l, PropertyKind.Plain, p.name, items, emit(l, Op.Closure, lowerFunction(l, p, 'function', memberName(p.name)), 0, 0, p));
    else if (isGetAccessor(p)) property(l, PropertyKind.Getter, p.name, items, emit(l, Op.Closure, lowerFunction(l, p, 'getter', memberName(p.name)), 0, 0, p));
    else if (isSetAccessor(p)) property(l, PropertyKind.Setter, p.name, items, emit(l, Op.Closure, lowerFunction(l, p, 'setter', memberName(p.name)), 0, 0, p));
  }
  const value = emit(l, Op.Object, 0, l.b.list(items), 0, node);
  if (l.view) holdOptions(l, node, value);
  return value;
}

/** A function literal that is bound to a name carries the name, and the documentation of the node that binds it. */
export function named(l: Lowering, name: string, value: ts.Expression, binder: ts.Node): number {
  if (isArrowFunction(value) || isFunctionExpression(value)) return closure(l, value, name, binder);
  if (isClassExpression(value)) return emit(l, Op.ClassValue, lowerClass(l, value, name), 0, 0, value);
  return expression(l, value);
}

function property(l: Lowering, kind: number, name: ts.PropertyName, items: number[], value: number): void {
  const key = isComputedPropertyName(name) ? constantKey(name.expression) : memberName(name);
  if (key !== undefined) items.push(kind, l.b.string(key), value);
  else items.push(PropertyKind.Computed, expression(l, (name as ts.ComputedPropertyName).expression), value);
}

function arrayLiteral(l: Lowering, node: ts.ArrayLiteralExpression): number {
  const items: number[] = [];
  for (const e of node.elements) items.push(isSpreadElement(e) ? ~expression(l, e.expression) : expression(l, e));
  return emit(l, Op.Array, 0, l.b.list(items), 0, node);
}

function template(l: Lowering, node: ts.TemplateExpression): number {
  const parts: number[] = [];
  if (node.head.text !== '') parts.push(stringConst(l, node.head.text, node.head));
  for (const span of node.templateSpans) {
    parts.push(expression(l, span.expression));
    if (span.literal.text !== '') parts.push(stringConst(l, span.literal.text, span.literal));
  }
  return emit(l, Op.Template, 0, l.b.list(parts), 0, node);
}

function tagged(l: Lowering, node: ts.TaggedTemplateExpression): number {
  const callee = expression(l, node.tag);
  const document = documentOf(node.tag, node.template);
  const strings = document === undefined ? undefinedValue(l, node.template) : emit(l, Op.Const, ConstKind.String, l.b.string(document), 0, node.template);
  const values = isTemplateExpression(node.template) ? node.template.templateSpans.map((s) => expression(l, s.expression)) : [];
  return emit(l, Op.Call, callee, l.b.list([typeArgumentList(l, node.typeArguments), strings, ...values]), CallFlag.Tagged, node);
}

function binary(l: Lowering, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  if (isAssignment(operator)) return assignment(l, node);
  return isCompound(operator) ? compound(l, node) : operation(l, node);
}

function deletion(l: Lowering, node: ts.DeleteExpression): number {
  const target = unwrapTarget(node.expression);
  if (isPropertyAccessExpression(target)) return emit(l, Op.Delete, expression(l, target.expression), l.b.string(target.name.text), 0, node);
  if (isElementAccessExpression(target)) {
    const object = expression(l, target.expression);
    const key = constantKey(target.argumentExpression);
    if (key !== undefined) return emit(l, Op.Delete, object, l.b.string(key), 0, node);
    return emit(l, Op.DeleteElem, object, expression(l, target.argumentExpression), 0, node);
  }
  return expression(l, target);
}

function cast(l: Lowering, node: ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion): number {
  const value = expression(l, node.expression);
  const type = toType(node.type, l.file);
  if (type === undefined || (type.k === 'ref' && type.n === 'const')) return value;
  return emit(l, Op.Cast, value, l.b.type(type), 0, node);
}
