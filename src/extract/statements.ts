// Statements → structured control-flow operations. Declarations of a block are known before its first statement.
import type ts from 'typescript';
import { Op, VarField, VarKind } from '#model/facts';
import { lowerClass } from './classes.ts';
import { declareAll, declarePattern, declareStatement, hoistFunctions, nameOf } from './declarations.ts';
import { readDoc } from './doc-comments.ts';
import { expression, named } from './expressions.ts';
import { doLoop, forEach, forLoop, whileLoop } from './loops.ts';
import type { Lowering } from './lowering.ts';
import { emit } from './lowering.ts';
import { exportDeclared, lowerAlias, lowerExport } from './modules.ts';
import { lowerNamespace } from './namespaces.ts';
import { bindPattern } from './patterns.ts';
import { childScope, lookup, ownName } from './scope.ts';
import { isCaseClause, isIdentifier, isIterationStatement, SyntaxKind } from './syntax.ts';
import { lowerTypeDeclaration } from './type-declarations.ts';
import { toType } from './types.ts';

type Handler<T extends ts.Node> = (l: Lowering, node: T) => void;
const HANDLERS: Handler<never>[] = [];
const on = <T extends ts.Node>(kinds: readonly T['kind'][], handler: Handler<T>): void => {
  for (const kind of kinds) HANDLERS[kind] = handler;
};

const K = SyntaxKind;
for (let kind = 0; kind < K.Count; kind += 1) on([kind], () => undefined);
on<ts.VariableStatement>([K.VariableStatement], (l, s) => variables(l, s.declarationList, s));
on<ts.ExpressionStatement>([K.ExpressionStatement], (l, s) => void expression(l, s.expression));
on<ts.ReturnStatement>([K.ReturnStatement], (l, s) => void emit(l, Op.Return, s.expression ? expression(l, s.expression) : -1, 0, 0, s));
on<ts.ThrowStatement>([K.ThrowStatement], (l, s) => void emit(l, Op.Throw, expression(l, s.expression), 0, 0, s));
on<ts.Block>([K.Block], (l, s) => scopedBlock(l, s.statements));
on<ts.IfStatement>([K.IfStatement], conditional);
on<ts.ForStatement>([K.ForStatement], forLoop);
on<ts.ForOfStatement | ts.ForInStatement>([K.ForOfStatement, K.ForInStatement], forEach);
on<ts.WhileStatement>([K.WhileStatement], whileLoop);
on<ts.DoStatement>([K.DoStatement], doLoop);
on<ts.SwitchStatement>([K.SwitchStatement], switched);
on<ts.TryStatement>([K.TryStatement], tried);
on<ts.LabeledStatement>([K.LabeledStatement], labelled);
on<ts.BreakOrContinueStatement>([K.BreakStatement, K.ContinueStatement], jump);
on<ts.ClassDeclaration>([K.ClassDeclaration], classDeclaration);
on<ts.FunctionDeclaration>([K.FunctionDeclaration], (l, s) => exportDeclared(l, s, nameOf(s)));
on<ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration>([K.InterfaceDeclaration, K.TypeAliasDeclaration, K.EnumDeclaration], lowerTypeDeclaration);
on<ts.ExportAssignment | ts.ExportDeclaration>([K.ExportAssignment, K.ExportDeclaration], lowerExport);
on<ts.ModuleDeclaration>([K.ModuleDeclaration], lowerNamespace);
on<ts.ImportEqualsDeclaration>([K.ImportEqualsDeclaration], lowerAlias);
on<ts.WithStatement>([K.WithStatement], (l, s) => {
  expression(l, s.expression);
  body(l, s.statement);
});

function statement(l: Lowering, s: ts.Statement): void {
  (HANDLERS[s.kind] as Handler<ts.Statement>)(l, s);
}

/** Declares, hoists functions, then lowers each statement. */
export function block(l: Lowering, statements: readonly ts.Statement[]): void {
  declareAll(l, statements);
  for (const s of statements) statement(l, s);
}

/** What an `if` or loop does: a block, or one statement, which may be a function declaration in old code. */
export function body(l: Lowering, s: ts.Statement): void {
  if (s.kind === K.FunctionDeclaration) scopedBlock(l, [s]);
  else statement(l, s);
}

function scopedBlock(l: Lowering, statements: readonly ts.Statement[]): void {
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  block(l, statements);
  l.scope = saved;
}

/** A documentation comment stands before the whole statement and speaks of its first variable. */
export function variables(l: Lowering, list: ts.VariableDeclarationList, documented: ts.Node = list): void {
  for (const [i, d] of list.declarations.entries()) {
    const holder = i === 0 ? documented : d;
    const type = toType(d.type, l.file) ?? (l.js && isIdentifier(d.name) ? readDoc(holder, l.file, true).type : undefined);
    if (isIdentifier(d.name) && type) {
      const variable = lookup(l.scope, d.name.text);
      if (variable !== undefined) l.b.setVarField(variable, VarField.Type, l.b.type(type));
    }
    if (!d.initializer) continue;
    let value = named(l, isIdentifier(d.name) ? d.name.text : '', d.initializer, holder);
    if (type && !isIdentifier(d.name)) value = emit(l, Op.Cast, value, l.b.type(type), 0, d);
    bindPattern(l, d.name, value);
  }
}

/** Branches of a chain that lie in each other; those after them follow instead, as if both could run. */
const CHAIN_DEPTH = 100;

/** A chain of `else if` is walked in a loop, and cut: generated ones are deeper than any stack, here and in the solver. */
function conditional(l: Lowering, s: ts.IfStatement): void {
  let branches: number[] = [];
  const close = (): void => {
    for (const branch of branches) l.fn.patch(branch, 'c', l.fn.next);
    branches = [];
  };
  for (let at: ts.Statement | undefined = s; at !== undefined; ) {
    if (at.kind !== K.IfStatement) {
      body(l, at);
      break;
    }
    const { expression: condition, thenStatement, elseStatement }: ts.IfStatement = at as ts.IfStatement;
    const branch = emit(l, Op.If, expression(l, condition), 0, 0, at);
    branches.push(branch);
    body(l, thenStatement);
    l.fn.patch(branch, 'b', l.fn.next);
    at = elseStatement;
    if (branches.length === CHAIN_DEPTH) close();
  }
  close();
}

function switched(l: Lowering, s: ts.SwitchStatement): void {
  const { clauses } = s.caseBlock;
  const subject = expression(l, s.expression);
  const list = l.b.list(clauses.flatMap((c) => [isCaseClause(c) ? expression(l, c.expression) : -1, 0]));
  const op = emit(l, Op.Switch, subject, list, 0, s);
  l.fn.targets.push({ op, label: undefined, loop: false, plain: true });
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  for (const c of clauses) for (const st of c.statements) declareStatement(l, st);
  for (const [i, c] of clauses.entries()) {
    l.b.extra.set(list + 2 + 2 * i, l.fn.next);
    hoistFunctions(l, c.statements);
    for (const st of c.statements) statement(l, st);
  }
  l.scope = saved;
  l.fn.targets.pop();
  l.fn.patch(op, 'c', l.fn.next);
}

function tried(l: Lowering, s: ts.TryStatement): void {
  const op = emit(l, Op.Try, 0, 0, 0, s);
  scopedBlock(l, s.tryBlock.statements);
  l.fn.patch(op, 'a', l.fn.next);
  if (s.catchClause) caught(l, s.catchClause);
  l.fn.patch(op, 'b', l.fn.next);
  if (s.finallyBlock) scopedBlock(l, s.finallyBlock.statements);
  l.fn.patch(op, 'c', l.fn.next);
}

function caught(l: Lowering, { variableDeclaration: variable, block: body }: ts.CatchClause): void {
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  if (variable) {
    declarePattern(l, variable.name, VarKind.Catch);
    bindPattern(l, variable.name, emit(l, Op.Caught, 0, 0, 0, variable));
  }
  block(l, body.statements);
  l.scope = saved;
}

function labelled(l: Lowering, s: ts.LabeledStatement): void {
  const inner = s.statement;
  if (isIterationStatement(inner, false)) {
    l.label = s.label.text;
    statement(l, inner);
    return;
  }
  const op = emit(l, Op.Block, 0, 0, 0, s);
  l.fn.targets.push({ op, label: s.label.text, loop: false, plain: false });
  body(l, inner);
  l.fn.targets.pop();
  l.fn.patch(op, 'b', l.fn.next);
}

function jump(l: Lowering, s: ts.BreakOrContinueStatement): void {
  const isContinue = s.kind === K.ContinueStatement;
  const target = l.fn.targets.findLast((t) => (s.label ? t.label === s.label.text : isContinue ? t.loop : t.plain));
  if (target) emit(l, isContinue ? Op.Continue : Op.Break, target.op, 0, 0, s);
}

function classDeclaration(l: Lowering, s: ts.ClassDeclaration): void {
  const name = nameOf(s);
  const variable = ownName(l.scope, name) ?? -1;
  const cls = lowerClass(l, s, name, variable);
  l.b.setVarField(variable, VarField.Ref, cls);
  const value = emit(l, Op.ClassValue, cls, 0, 0, s);
  l.b.assigned(variable, l.fn, value, true);
  emit(l, Op.SetVar, variable, value, 1, s);
  exportDeclared(l, s, name);
}
