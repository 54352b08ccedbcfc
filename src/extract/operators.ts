// Operators without assignment → registers.
import type ts from 'typescript';
import { BinaryKind, Op, UnaryKind } from '#model/facts';
import { isAssignmentOperator, update } from './assignments.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit, numberConst } from './lowering.ts';
import { isBinaryExpression, isNumericLiteral, SyntaxKind } from './syntax.ts';

const { AmpersandAmpersandToken, BarBarToken, CommaToken, ExclamationToken, MinusMinusToken, MinusToken, PlusPlusToken, PlusToken, QuestionQuestionToken } = SyntaxKind;

const BINARY_KINDS: Readonly<Partial<Record<ts.SyntaxKind, number>>> = {
  [SyntaxKind.EqualsEqualsToken]: BinaryKind.Equal, [SyntaxKind.EqualsEqualsEqualsToken]: BinaryKind.Equal,
  [SyntaxKind.ExclamationEqualsToken]: BinaryKind.NotEqual, [SyntaxKind.ExclamationEqualsEqualsToken]: BinaryKind.NotEqual,
  [SyntaxKind.LessThanToken]: BinaryKind.Less, [SyntaxKind.LessThanEqualsToken]: BinaryKind.LessEqual,
  [SyntaxKind.GreaterThanToken]: BinaryKind.Greater, [SyntaxKind.GreaterThanEqualsToken]: BinaryKind.GreaterEqual,
  [SyntaxKind.InKeyword]: BinaryKind.In, [SyntaxKind.InstanceOfKeyword]: BinaryKind.InstanceOf,
};

/** Long chains of operators are left-deep trees: walked in a loop, so that generated code cannot exhaust the stack. */
export function operation(l: Lowering, node: ts.BinaryExpression): number {
  if (!isChained(node.left)) return combine(l, expression(l, node.left), node);
  const chain = [node];
  let left: ts.Expression = node.left;
  while (isChained(left)) {
    chain.push(left);
    left = left.left;
  }
  let register = expression(l, left);
  for (let i = chain.length - 1; i >= 0; i -= 1) register = combine(l, register, chain[i] ?? node);
  return register;
}

const isChained = (node: ts.Expression): node is ts.BinaryExpression => isBinaryExpression(node) && !isAssignmentOperator(node.operatorToken.kind);

function combine(l: Lowering, left: number, node: ts.BinaryExpression): number {
  const operator = node.operatorToken.kind;
  switch (operator) {
    case CommaToken: return expression(l, node.right);
    case AmpersandAmpersandToken: return shortCircuit(l, left, node, true);
    case BarBarToken:
    case QuestionQuestionToken: return shortCircuit(l, left, node, false);
    case PlusToken: return emit(l, Op.Concat, left, expression(l, node.right), 0, node);
    default: return emit(l, Op.Binary, BINARY_KINDS[operator] ?? BinaryKind.Arithmetic, left, expression(l, node.right), node);
  }
}

/** `a && b` is b under the condition a; `a || b` and `a ?? b` are a, or b. */
function shortCircuit(l: Lowering, left: number, node: ts.BinaryExpression, and: boolean): number {
  const condition = and ? left : emit(l, Op.Unary, UnaryKind.Not, left, 0, node.left);
  const branch = emit(l, Op.If, condition, 0, 0, node);
  const right = expression(l, node.right);
  l.fn.patch(branch, 'b', l.fn.next);
  l.fn.patch(branch, 'c', l.fn.next);
  return emit(l, Op.Join, 0, l.b.list(and ? [right] : [left, right]), 0, node);
}

export function conditional(l: Lowering, node: ts.ConditionalExpression): number {
  const branch = emit(l, Op.If, expression(l, node.condition), 0, 0, node);
  const yes = expression(l, node.whenTrue);
  l.fn.patch(branch, 'b', l.fn.next);
  const no = expression(l, node.whenFalse);
  l.fn.patch(branch, 'c', l.fn.next);
  return emit(l, Op.Join, 0, l.b.list([yes, no]), 0, node);
}

export function prefix(l: Lowering, node: ts.PrefixUnaryExpression): number {
  if (node.operator === MinusToken && isNumericLiteral(node.operand)) return numberConst(l, node.operand.text, node, true);
  if (node.operator === PlusPlusToken || node.operator === MinusMinusToken) return update(l, node);
  return emit(l, Op.Unary, node.operator === ExclamationToken ? UnaryKind.Not : UnaryKind.Negate, expression(l, node.operand), 0, node);
}
