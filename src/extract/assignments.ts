// Assignments, plain and compound, to names, members and patterns.
import type ts from 'typescript';
import { BinaryKind, Op, UnaryKind } from '#model/facts';
import { expression, named } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, writeName } from './lowering.ts';
import { recordCommonJsExport } from './modules.ts';
import { assignPattern } from './patterns.ts';
import {
  isArrayLiteralExpression, isAsExpression, isElementAccessExpression, isIdentifier, isNonNullExpression, isObjectLiteralExpression,
  isParenthesizedExpression, isPropertyAccessExpression, isSatisfiesExpression, isTypeAssertionExpression, SyntaxKind,
} from './syntax.ts';
import { assignedMember } from './views.ts';

const {
  AmpersandAmpersandEqualsToken, BarBarEqualsToken, EqualsToken, FirstCompoundAssignment, LastCompoundAssignment, PlusEqualsToken,
  PostfixUnaryExpression, QuestionQuestionEqualsToken,
} = SyntaxKind;

export const isAssignment = (operator: ts.SyntaxKind): boolean => operator === EqualsToken;
export const isCompound = (operator: ts.SyntaxKind): boolean => operator >= FirstCompoundAssignment && operator <= LastCompoundAssignment;
export const isAssignmentOperator = (operator: ts.SyntaxKind): boolean => isAssignment(operator) || isCompound(operator);

export function assignment(l: Lowering, node: ts.BinaryExpression): number {
  const target = unwrapTarget(node.left);
  if (isIdentifier(target)) {
    const value = named(l, target.text, node.right, node);
    writeName(l, target, value, false);
    return value;
  }
  if (isObjectLiteralExpression(target) || isArrayLiteralExpression(target)) {
    const value = expression(l, node.right);
    assignPattern(l, target, value);
    return value;
  }
  const member = memberTarget(l, target);
  const value = named(l, targetName(target), node.right, node);
  if (member) {
    store(l, member, value, node);
    if (l.view) assignedMember(l, target, value);
  }
  return value;
}

export const unwrapTarget = (node: ts.Expression): ts.Expression =>
  isParenthesizedExpression(node) || isAsExpression(node) || isNonNullExpression(node) || isSatisfiesExpression(node) || isTypeAssertionExpression(node) ? unwrapTarget(node.expression) : node;

/** A member that is written, and perhaps read before: its object and key are evaluated once. */
interface MemberTarget {
  readonly node: ts.PropertyAccessExpression | ts.ElementAccessExpression;
  readonly object: number;
  /** Its name, when it is known while lowering; else the register of the key. */
  readonly key: { readonly name: string } | { readonly register: number };
}

function memberTarget(l: Lowering, node: ts.Expression): MemberTarget | undefined {
  if (isPropertyAccessExpression(node)) return { node, object: expression(l, node.expression), key: { name: node.name.text } };
  if (!isElementAccessExpression(node)) return undefined;
  const object = expression(l, node.expression);
  const name = constantKey(node.argumentExpression);
  return { node, object, key: name === undefined ? { register: expression(l, node.argumentExpression) } : { name } };
}

/** What a function that is assigned there is called. */
const targetName = (node: ts.Expression): string => (isPropertyAccessExpression(node) ? node.name.text : isIdentifier(node) ? node.text : '');

function load(l: Lowering, { node, object, key }: MemberTarget): number {
  if ('name' in key) return emit(l, Op.Load, object, l.b.string(key.name), 0, node);
  return emit(l, Op.Elem, object, key.register, 0, node);
}

function store(l: Lowering, { node: target, object, key }: MemberTarget, value: number, node: ts.Node): void {
  if ('name' in key) emit(l, Op.Store, object, l.b.string(key.name), value, node);
  else emit(l, Op.StoreElem, object, key.register, value, node);
  if (isPropertyAccessExpression(target)) recordCommonJsExport(l, target, value);
}

/** Writes a value that is already in a register to any assignable expression. */
export function assignTo(l: Lowering, target: ts.Expression, value: number): void {
  const to = unwrapTarget(target);
  if (isIdentifier(to)) writeName(l, to, value, false);
  else if (isObjectLiteralExpression(to) || isArrayLiteralExpression(to)) assignPattern(l, to, value);
  else {
    const member = memberTarget(l, to);
    if (member) store(l, member, value, to);
  }
}

interface Changed {
  readonly old: number;
  readonly value: number;
  readonly member: MemberTarget | undefined;
}

/** Evaluates what is assigned to, once, then what `change` makes of its old value, and writes that. */
function change(l: Lowering, left: ts.Expression, node: ts.Node, make: (old: number) => number): Changed {
  const to = unwrapTarget(left);
  const member = memberTarget(l, to);
  const old = member ? load(l, member) : expression(l, to);
  const value = make(old);
  if (member) store(l, member, value, node);
  else if (isIdentifier(to)) writeName(l, to, value, false);
  return { old, value, member };
}

export function compound(l: Lowering, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  const { value, member } = change(l, node.left, node, (old) => {
    if (operator === AmpersandAmpersandEqualsToken) return joinUnder(l, old, old, node);
    if (operator === BarBarEqualsToken || operator === QuestionQuestionEqualsToken) return joinUnder(l, emit(l, Op.Unary, UnaryKind.Not, old, 0, node.left), old, node);
    if (operator === PlusEqualsToken) return emit(l, Op.Concat, old, expression(l, node.right), 0, node);
    return emit(l, Op.Binary, BinaryKind.Arithmetic, old, expression(l, node.right), node);
  });
  // `(byKind[kind] ??= []).push(x)`: what is added to it then is added to the member.
  return member && (isArrayLiteralExpression(node.right) || isObjectLiteralExpression(node.right)) ? load(l, member) : value;
}

/** The old value, or under the condition the right side. */
function joinUnder(l: Lowering, condition: number, old: number, node: ts.BinaryExpression): number {
  const branch = emit(l, Op.If, condition, 0, 0, node);
  const right = named(l, targetName(node.left), node.right, node);
  l.fn.patch(branch, 'b', l.fn.next);
  l.fn.patch(branch, 'c', l.fn.next);
  return emit(l, Op.Join, 0, l.b.list([old, right]), 0, node);
}

/** `++` and `--`: behind a name their value is the old one. */
export function update(l: Lowering, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): number {
  const { old, value } = change(l, node.operand, node, (before) => emit(l, Op.Unary, UnaryKind.Negate, before, 0, node));
  return node.kind === PostfixUnaryExpression ? old : value;
}
