// Expressions → registers. One visitor; each helper below handles one shape.
import ts from 'typescript';
import { BinaryKind, CallFlag, ConstKind, Op, PropertyKind, UnaryKind } from '#model/facts';
import { lowerClass } from './classes.ts';
import { lowerFunction } from './functions.ts';
import { lowerJsx } from './jsx.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, numberConst, readName, regexConst, stringConst, undefinedValue, writeName } from './lowering.ts';
import { recordCommonJsExport } from './modules.ts';
import { assignPattern } from './patterns.ts';
import { memberName, toType } from './types.ts';

export function expression(l: Lowering, node: ts.Expression): number {
  switch (node.kind) {
    case ts.SyntaxKind.Identifier: return readName(l, node as ts.Identifier);
    case ts.SyntaxKind.ThisKeyword: return emit(l, Op.This, 0, 0, 0, node);
    case ts.SyntaxKind.SuperKeyword: return emit(l, Op.Super, 0, 0, 0, node);
    case ts.SyntaxKind.NullKeyword: return emit(l, Op.Const, ConstKind.Null, -1, 0, node);
    case ts.SyntaxKind.TrueKeyword: return emit(l, Op.Const, ConstKind.True, -1, 0, node);
    case ts.SyntaxKind.FalseKeyword: return emit(l, Op.Const, ConstKind.False, -1, 0, node);
    case ts.SyntaxKind.BigIntLiteral: return emit(l, Op.Const, ConstKind.BigInt, -1, 0, node);
    case ts.SyntaxKind.NumericLiteral: return numberConst(l, (node as ts.NumericLiteral).text, node);
    case ts.SyntaxKind.RegularExpressionLiteral: return regexConst(l, node as ts.RegularExpressionLiteral);
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral: return stringConst(l, (node as ts.StringLiteral).text, node);
    case ts.SyntaxKind.ParenthesizedExpression: return expression(l, (node as ts.ParenthesizedExpression).expression);
    case ts.SyntaxKind.PropertyAccessExpression: return propertyAccess(l, node as ts.PropertyAccessExpression);
    case ts.SyntaxKind.ElementAccessExpression: return elementAccess(l, node as ts.ElementAccessExpression);
    case ts.SyntaxKind.CallExpression: return call(l, node as ts.CallExpression);
    case ts.SyntaxKind.NewExpression: return construct(l, node as ts.NewExpression);
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression: return closure(l, node as ts.ArrowFunction | ts.FunctionExpression);
    case ts.SyntaxKind.ClassExpression: return emit(l, Op.ClassValue, lowerClass(l, node as ts.ClassExpression), 0, 0, node);
    case ts.SyntaxKind.ObjectLiteralExpression: return objectLiteral(l, node as ts.ObjectLiteralExpression);
    case ts.SyntaxKind.ArrayLiteralExpression: return arrayLiteral(l, node as ts.ArrayLiteralExpression);
    case ts.SyntaxKind.TemplateExpression: return template(l, node as ts.TemplateExpression);
    case ts.SyntaxKind.TaggedTemplateExpression: return tagged(l, node as ts.TaggedTemplateExpression);
    case ts.SyntaxKind.BinaryExpression: return binary(l, node as ts.BinaryExpression);
    case ts.SyntaxKind.ConditionalExpression: return conditional(l, node as ts.ConditionalExpression);
    case ts.SyntaxKind.PrefixUnaryExpression: return prefix(l, node as ts.PrefixUnaryExpression);
    case ts.SyntaxKind.PostfixUnaryExpression: return expression(l, (node as ts.PostfixUnaryExpression).operand);
    case ts.SyntaxKind.TypeOfExpression: return unary(l, UnaryKind.Typeof, (node as ts.TypeOfExpression).expression, node);
    case ts.SyntaxKind.VoidExpression: return unary(l, UnaryKind.Void, (node as ts.VoidExpression).expression, node);
    case ts.SyntaxKind.DeleteExpression: return deletion(l, node as ts.DeleteExpression);
    case ts.SyntaxKind.AwaitExpression: return emit(l, Op.Await, expression(l, (node as ts.AwaitExpression).expression), 0, 0, node);
    case ts.SyntaxKind.YieldExpression: return yielded(l, node as ts.YieldExpression);
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.TypeAssertionExpression: return cast(l, node as ts.AsExpression);
    case ts.SyntaxKind.NonNullExpression: return expression(l, (node as ts.NonNullExpression).expression);
    case ts.SyntaxKind.ExpressionWithTypeArguments: return expression(l, (node as ts.ExpressionWithTypeArguments).expression);
    case ts.SyntaxKind.JsxElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
    case ts.SyntaxKind.JsxFragment: return lowerJsx(l, node as ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment);
    case ts.SyntaxKind.SpreadElement: return expression(l, (node as ts.SpreadElement).expression);
    default: return undefinedValue(l, node);
  }
}

function propertyAccess(l: Lowering, node: ts.PropertyAccessExpression): number {
  const object = expression(l, node.expression);
  return emit(l, Op.Load, object, l.b.string(node.name.text), node.questionDotToken ? 1 : 0, node);
}

function elementAccess(l: Lowering, node: ts.ElementAccessExpression): number {
  const object = expression(l, node.expression);
  const key = constantKey(node.argumentExpression);
  if (key !== undefined) return emit(l, Op.Load, object, l.b.string(key), node.questionDotToken ? 1 : 0, node);
  return emit(l, Op.Elem, object, expression(l, node.argumentExpression), 0, node);
}

function argumentList(l: Lowering, typeArguments: readonly ts.TypeNode[] | undefined, args: readonly ts.Expression[]): number {
  const types = typeArguments?.length ? l.b.type({ k: 'tuple', of: typeArguments.map((t) => toType(t, l.file) ?? { k: 'primitive', n: 'any' }) }) : -1;
  const registers = args.map((a) => (ts.isSpreadElement(a) ? ~expression(l, a.expression) : expression(l, a)));
  return l.b.list([types, ...registers]);
}

function call(l: Lowering, node: ts.CallExpression): number {
  const [first] = node.arguments;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  if (isImport && first && ts.isStringLiteralLike(first)) return emit(l, Op.Import, l.b.string(first.text), 0, 0, node);
  const callee = expression(l, node.expression);
  const args = argumentList(l, node.typeArguments, node.arguments);
  return emit(l, Op.Call, callee, args, node.questionDotToken ? CallFlag.Optional : 0, node);
}

function construct(l: Lowering, node: ts.NewExpression): number {
  const callee = expression(l, node.expression);
  return emit(l, Op.New, callee, argumentList(l, node.typeArguments, node.arguments ?? []), 0, node);
}

export function closure(l: Lowering, node: ts.ArrowFunction | ts.FunctionExpression, name = ''): number {
  const fn = lowerFunction(l, node, ts.isArrowFunction(node) ? 'arrow' : 'function', name);
  return emit(l, Op.Closure, fn, 0, 0, node);
}

function objectLiteral(l: Lowering, node: ts.ObjectLiteralExpression): number {
  const items: number[] = [];
  for (const p of node.properties) {
    if (ts.isSpreadAssignment(p)) items.push(PropertyKind.Spread, 0, expression(l, p.expression));
    else if (ts.isShorthandPropertyAssignment(p)) items.push(PropertyKind.Plain, l.b.string(p.name.text), readName(l, p.name));
    else if (ts.isPropertyAssignment(p)) property(l, p.name, items, named(l, p.name, p.initializer));
    else if (ts.isMethodDeclaration(p)) property(l, p.name, items, emit(l, Op.Closure, lowerFunction(l, p, 'function', memberName(p.name)), 0, 0, p));
    else if (ts.isGetAccessor(p)) items.push(PropertyKind.Getter, l.b.string(memberName(p.name)), emit(l, Op.Closure, lowerFunction(l, p, 'getter', memberName(p.name)), 0, 0, p));
    else if (ts.isSetAccessor(p)) items.push(PropertyKind.Setter, l.b.string(memberName(p.name)), emit(l, Op.Closure, lowerFunction(l, p, 'setter', memberName(p.name)), 0, 0, p));
  }
  return emit(l, Op.Object, 0, l.b.list(items), 0, node);
}

/** A function literal that is bound to a name carries the name. */
export function named(l: Lowering, name: ts.PropertyName | ts.BindingName, value: ts.Expression): number {
  let inner = value;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner)) inner = inner.expression;
  if (inner === value && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner))) return closure(l, inner, memberName(name));
  if (inner === value && ts.isClassExpression(inner)) return emit(l, Op.ClassValue, lowerClass(l, inner, memberName(name)), 0, 0, inner);
  return expression(l, value);
}

function property(l: Lowering, name: ts.PropertyName, items: number[], value: number): void {
  if (ts.isComputedPropertyName(name)) {
    const key = constantKey(name.expression);
    if (key === undefined) items.push(PropertyKind.Computed, expression(l, name.expression), value);
    else items.push(PropertyKind.Plain, l.b.string(key), value);
  } else items.push(PropertyKind.Plain, l.b.string(memberName(name)), value);
}

function arrayLiteral(l: Lowering, node: ts.ArrayLiteralExpression): number {
  const items = node.elements.map((e) => (ts.isSpreadElement(e) ? ~expression(l, e.expression) : expression(l, e)));
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
  const strings = undefinedValue(l, node.template);
  const values = ts.isTemplateExpression(node.template) ? node.template.templateSpans.map((s) => expression(l, s.expression)) : [];
  const types = node.typeArguments?.length ? l.b.type({ k: 'tuple', of: node.typeArguments.map((t) => toType(t, l.file) ?? { k: 'primitive', n: 'any' }) }) : -1;
  return emit(l, Op.Call, callee, l.b.list([types, strings, ...values]), CallFlag.Tagged, node);
}

const BINARY_KINDS: Readonly<Record<number, number>> = {
  [ts.SyntaxKind.EqualsEqualsToken]: BinaryKind.Equal, [ts.SyntaxKind.EqualsEqualsEqualsToken]: BinaryKind.Equal,
  [ts.SyntaxKind.ExclamationEqualsToken]: BinaryKind.NotEqual, [ts.SyntaxKind.ExclamationEqualsEqualsToken]: BinaryKind.NotEqual,
  [ts.SyntaxKind.LessThanToken]: BinaryKind.Compare, [ts.SyntaxKind.LessThanEqualsToken]: BinaryKind.Compare,
  [ts.SyntaxKind.GreaterThanToken]: BinaryKind.Compare, [ts.SyntaxKind.GreaterThanEqualsToken]: BinaryKind.Compare,
  [ts.SyntaxKind.InKeyword]: BinaryKind.In, [ts.SyntaxKind.InstanceOfKeyword]: BinaryKind.InstanceOf,
};

function binary(l: Lowering, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.EqualsToken) return assignment(l, node);
  if (operator >= ts.SyntaxKind.FirstCompoundAssignment && operator <= ts.SyntaxKind.LastCompoundAssignment) return compound(l, node);
  if (operator === ts.SyntaxKind.CommaToken) {
    expression(l, node.left);
    return expression(l, node.right);
  }
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return shortCircuit(l, node, true);
  if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) return shortCircuit(l, node, false);
  if (operator === ts.SyntaxKind.PlusToken) return addition(l, node);
  const left = expression(l, node.left);
  const right = expression(l, node.right);
  return emit(l, Op.Binary, BINARY_KINDS[operator] ?? BinaryKind.Arithmetic, left, right, node);
}

/** Long concatenations are left-deep trees: walked in a loop, so that generated code cannot exhaust the stack. */
function addition(l: Lowering, node: ts.BinaryExpression): number {
  const operands: ts.BinaryExpression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && left.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    operands.push(left);
    left = left.left;
  }
  let register = expression(l, left);
  for (const operand of operands.reverse()) register = emit(l, Op.Concat, register, expression(l, operand.right), 0, operand);
  return register;
}

/** `a && b` is b under the condition a; `a || b` and `a ?? b` are a, or b. */
function shortCircuit(l: Lowering, node: ts.BinaryExpression, and: boolean): number {
  const left = expression(l, node.left);
  const condition = and ? left : emit(l, Op.Unary, UnaryKind.Not, left, 0, node.left);
  const branch = emit(l, Op.If, condition, 0, 0, node);
  const right = expression(l, node.right);
  l.fn.patch(branch, 'b', l.fn.next);
  l.fn.patch(branch, 'c', l.fn.next);
  return emit(l, Op.Join, 0, l.b.list(and ? [right] : [left, right]), 0, node);
}

function conditional(l: Lowering, node: ts.ConditionalExpression): number {
  const branch = emit(l, Op.If, expression(l, node.condition), 0, 0, node);
  const yes = expression(l, node.whenTrue);
  l.fn.patch(branch, 'b', l.fn.next);
  const no = expression(l, node.whenFalse);
  l.fn.patch(branch, 'c', l.fn.next);
  return emit(l, Op.Join, 0, l.b.list([yes, no]), 0, node);
}

function assignment(l: Lowering, node: ts.BinaryExpression): number {
  const target = unwrapTarget(node.left);
  if (ts.isIdentifier(target)) {
    const value = named(l, target, node.right);
    writeName(l, target, value, false);
    return value;
  }
  if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) {
    const value = expression(l, node.right);
    assignPattern(l, target, value);
    return value;
  }
  return assignMember(l, target, (to) => (ts.isPropertyAccessExpression(to) && ts.isIdentifier(to.name) ? named(l, to.name, node.right) : expression(l, node.right)), node);
}

const unwrapTarget = (node: ts.Expression): ts.Expression =>
  ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ? unwrapTarget(node.expression) : node;

function assignMember(l: Lowering, target: ts.Expression, right: (to: ts.Expression) => number, node: ts.Node): number {
  if (ts.isPropertyAccessExpression(target)) {
    const object = expression(l, target.expression);
    const value = right(target);
    emit(l, Op.Store, object, l.b.string(target.name.text), value, node);
    recordCommonJsExport(l, target, value);
    return value;
  }
  if (ts.isElementAccessExpression(target)) {
    const object = expression(l, target.expression);
    const key = constantKey(target.argumentExpression);
    const keyRegister = key === undefined ? expression(l, target.argumentExpression) : -1;
    const value = right(target);
    if (key !== undefined) emit(l, Op.Store, object, l.b.string(key), value, node);
    else emit(l, Op.StoreElem, object, keyRegister, value, node);
    return value;
  }
  return right(target);
}

/** Writes a value that is already in a register to any assignable expression. */
export function assignTo(l: Lowering, target: ts.Expression, value: number): void {
  const to = unwrapTarget(target);
  if (ts.isIdentifier(to)) writeName(l, to, value, false);
  else if (ts.isObjectLiteralExpression(to) || ts.isArrayLiteralExpression(to)) assignPattern(l, to, value);
  else assignMember(l, to, () => value, to);
}

function compound(l: Lowering, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  const left = expression(l, node.left);
  const right = expression(l, node.right);
  const logical = operator === ts.SyntaxKind.BarBarEqualsToken || operator === ts.SyntaxKind.QuestionQuestionEqualsToken || operator === ts.SyntaxKind.AmpersandAmpersandEqualsToken;
  const value = logical ? emit(l, Op.Join, 0, l.b.list([left, right]), 0, node)
    : operator === ts.SyntaxKind.PlusEqualsToken ? emit(l, Op.Concat, left, right, 0, node)
    : emit(l, Op.Binary, BinaryKind.Arithmetic, left, right, node);
  assignTo(l, node.left, value);
  return value;
}

function prefix(l: Lowering, node: ts.PrefixUnaryExpression): number {
  if (node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand)) return numberConst(l, node.operand.text, node, true);
  if (node.operator === ts.SyntaxKind.ExclamationToken) return unary(l, UnaryKind.Not, node.operand, node);
  return unary(l, UnaryKind.Negate, node.operand, node);
}

const unary = (l: Lowering, kind: number, operand: ts.Expression, node: ts.Node): number => emit(l, Op.Unary, kind, expression(l, operand), 0, node);

function deletion(l: Lowering, node: ts.DeleteExpression): number {
  const target = unwrapTarget(node.expression);
  if (ts.isPropertyAccessExpression(target)) return emit(l, Op.Delete, expression(l, target.expression), l.b.string(target.name.text), 0, node);
  if (ts.isElementAccessExpression(target)) {
    const object = expression(l, target.expression);
    const key = constantKey(target.argumentExpression);
    if (key !== undefined) return emit(l, Op.Delete, object, l.b.string(key), 0, node);
    return emit(l, Op.DeleteElem, object, expression(l, target.argumentExpression), 0, node);
  }
  return expression(l, target);
}

function yielded(l: Lowering, node: ts.YieldExpression): number {
  return emit(l, Op.Yield, node.expression ? expression(l, node.expression) : -1, 0, node.asteriskToken ? 1 : 0, node);
}

function cast(l: Lowering, node: ts.AsExpression): number {
  const value = expression(l, node.expression);
  const type = toType(node.type, l.file);
  if (type === undefined || (type.k === 'ref' && type.n === 'const')) return value;
  return emit(l, Op.Cast, value, l.b.type(type), 0, node);
}

