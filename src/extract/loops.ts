// Loops → Loop operations, with what a pass through them assigns and tests.
import type ts from 'typescript';
import { LoopKind, Op } from '#model/facts';
import { assignTo } from './assignments.ts';
import { declareVariables } from './declarations.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import { childScope } from './scope.ts';
import { body, variables } from './statements.ts';
import { isVariableDeclarationList, SyntaxKind } from './syntax.ts';

const { ForInStatement } = SyntaxKind;

/** The label in front of a loop belongs to it alone, not to loops of closures in its head. */
function takeLabel(l: Lowering): string | undefined {
  const { label } = l;
  l.label = undefined;
  return label;
}

function loop(l: Lowering, kind: number, node: ts.Node, label: string | undefined, pass: () => void): void {
  const op = emit(l, Op.Loop, kind, 0, 0, node);
  l.fn.targets.push({ op, label, loop: true, plain: true });
  pass();
  l.fn.targets.pop();
  l.fn.patch(op, 'b', l.fn.next);
}

export function forLoop(l: Lowering, s: ts.ForStatement): void {
  const label = takeLabel(l);
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  if (s.initializer && isVariableDeclarationList(s.initializer)) {
    declareVariables(l, s.initializer);
    variables(l, s.initializer);
  } else if (s.initializer) expression(l, s.initializer);
  loop(l, LoopKind.While, s, label, () => {
    if (s.condition) expression(l, s.condition);
    body(l, s.statement);
    if (s.incrementor) expression(l, s.incrementor);
  });
  l.scope = saved;
}

export function forEach(l: Lowering, s: ts.ForOfStatement | ts.ForInStatement): void {
  const label = takeLabel(l);
  const kind = s.kind === ForInStatement ? LoopKind.In : (s as ts.ForOfStatement).awaitModifier ? LoopKind.AwaitOf : LoopKind.Of;
  const iterable = expression(l, s.expression);
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  const { initializer } = s;
  if (isVariableDeclarationList(initializer)) declareVariables(l, initializer);
  loop(l, kind, s, label, () => {
    const item = emit(l, Op.Iterate, iterable, 0, kind, initializer);
    if (isVariableDeclarationList(initializer)) for (const d of initializer.declarations) bindPattern(l, d.name, item);
    else assignTo(l, initializer, item);
    body(l, s.statement);
  });
  l.scope = saved;
}

export function whileLoop(l: Lowering, s: ts.WhileStatement): void {
  loop(l, LoopKind.While, s, takeLabel(l), () => {
    const condition = emit(l, Op.If, expression(l, s.expression), 0, 0, s);
    body(l, s.statement);
    l.fn.patch(condition, 'b', l.fn.next);
    l.fn.patch(condition, 'c', l.fn.next);
  });
}

export function doLoop(l: Lowering, s: ts.DoStatement): void {
  loop(l, LoopKind.DoWhile, s, takeLabel(l), () => {
    body(l, s.statement);
    expression(l, s.expression);
  });
}
