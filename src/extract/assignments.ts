// Assignments, plain and compound, to names, members and patterns.
import ts from 'typescript';
import { BinaryKind, Op } from '#model/facts';
import { expression, named } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, writeName } from './lowering.ts';
import { recordCommonJsExport } from './modules.ts';
import { assignPattern } from './patterns.ts';
import {
  isArrayLiteralExpression, isAsExpression, isElementAccessExpression, isIdentifier, isNonNullExpression, isObjectLiteralExpression,
  isParenthesizedExpression, isPropertyAccessExpression,
} from './syntax.ts';

const {
  AmpersandAmpersandEqualsToken, BarBarEqualsToken, EqualsToken, FirstCompoundAssignment, LastCompoundAssignment, PlusEqualsToken,
  QuestionQuestionEqualsToken,
} = ts.SyntaxKind;

export const isAssignment = (operator: ts.SyntaxKind): boolean => operator === EqualsToken;
export const isCompound = (operator: ts.SyntaxKind): boolean => operator >= FirstCompoundAssignment && operator <= LastCompoundAssignment;
export const isAssignmentOperator = (operator: ts.SyntaxKind): boolean => isAssignment(operator) || isCompound(operator);

export function assignment(l: Lowering, node: ts.BinaryExpression): number {
  const target = unwrapTarget(node.left);
  if (isIdentifier(target)) {
    const value = named(l, target, node.right);
    writeName(l, target, value, false);
    return value;
  }
  if (isObjectLiteralExpression(target) || isArrayLiteralExpression(target)) {
    const value = expression(l, node.right);
    assignPattern(l, target, value);
    return value;
  }
  return assignMember(l, target, (to) => (isPropertyAccessExpression(to) && isIdentifier(to.name) ? named(l, to.name, node.right) : expression(l, node.right)), node);
}

export const unwrapTarget = (node: ts.Expression): ts.Expression =>
  isParenthesizedExpression(node) || isAsExpression(node) || isNonNullExpression(node) ? unwrapTarget(node.expression) : node;

function assignMember(l: Lowering, target: ts.Expression, right: (to: ts.Expression) => number, node: ts.Node): number {
  if (isPropertyAccessExpression(target)) {
    const object = expression(l, target.expression);
    const value = right(target);
    emit(l, Op.Store, object, l.b.string(target.name.text), value, node);
    recordCommonJsExport(l, target, value);
    return value;
  }
  if (isElementAccessExpression(target)) {
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
  if (isIdentifier(to)) writeName(l, to, value, false);
  else if (isObjectLiteralExpression(to) || isArrayLiteralExpression(to)) assignPattern(l, to, value);
  else assignMember(l, to, () => value, to);
}

export function compound(l: Lowering, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  const left = expression(l, node.left);
  const right = expression(l, node.right);
  const logical = operator === BarBarEqualsToken || operator === QuestionQuestionEqualsToken || operator === AmpersandAmpersandEqualsToken;
  const value = logical ? emit(l, Op.Join, 0, l.b.list([left, right]), 0, node)
    : operator === PlusEqualsToken ? emit(l, Op.Concat, left, right, 0, node)
    : emit(l, Op.Binary, BinaryKind.Arithmetic, left, right, node);
  assignTo(l, node.left, value);
  return value;
}
