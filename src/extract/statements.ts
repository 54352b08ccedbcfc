// Statements → structured control-flow operations. Declarations of a block are known before its first statement.
import ts from 'typescript';
import { LoopKind, Op, VarKind } from '#model/facts';
import { childScope } from './builder.ts';
import { lowerClass } from './classes.ts';
import { expression, named, assignTo } from './expressions.ts';
import { declarePattern, lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { declare, emit, startOf } from './lowering.ts';
import { lowerExport, lowerImport } from './modules.ts';
import { bindPattern } from './patterns.ts';
import { lowerTypeDeclaration } from './type-declarations.ts';
import { toType } from './types.ts';
import { readDoc } from './doc-comments.ts';
import { VarField } from '#model/facts';

/** Declares, hoists functions, then lowers each statement. */
export function block(l: Lowering, statements: readonly ts.Statement[]): void {
  for (const s of statements) declareStatement(l, s);
  for (const s of statements) if (ts.isFunctionDeclaration(s)) hoistFunction(l, s);
  for (const s of statements) statement(l, s);
}

function scoped(l: Lowering, run: () => void): void {
  const saved = l.scope;
  l.scope = childScope(saved, l.fn.index);
  run();
  l.scope = saved;
}

function declareStatement(l: Lowering, s: ts.Statement): void {
  if (ts.isVariableStatement(s)) {
    if ((s.declarationList.flags & ts.NodeFlags.BlockScoped) === 0) return;
    const kind = s.declarationList.flags & ts.NodeFlags.Const ? VarKind.Const : VarKind.Let;
    for (const d of s.declarationList.declarations) declarePattern(l, d.name, kind);
  } else if (ts.isFunctionDeclaration(s)) declare(l, s.name?.text ?? 'default', VarKind.Function, startOf(l, s.name ?? s));
  else if (ts.isClassDeclaration(s)) declare(l, s.name?.text ?? 'default', VarKind.Class, startOf(l, s.name ?? s));
  else if (ts.isEnumDeclaration(s)) declare(l, s.name.text, VarKind.Enum, startOf(l, s.name));
  else if (ts.isImportDeclaration(s) || ts.isImportEqualsDeclaration(s)) lowerImport(l, s);
}

/** `var` belongs to the function: found in nested statements, not in nested functions. */
export function hoistVars(l: Lowering, statements: readonly ts.Node[]): void {
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node)) {
      if ((node.flags & ts.NodeFlags.BlockScoped) === 0) for (const d of node.declarations) declarePattern(l, d.name, VarKind.Var);
      return;
    }
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isExpressionStatement(node) || ts.isReturnStatement(node)) return;
    if (ts.isStatement(node) || ts.isCaseBlock(node) || ts.isCaseOrDefaultClause(node) || ts.isCatchClause(node)) ts.forEachChild(node, visit);
  };
  for (const s of statements) visit(s);
}

function hoistFunction(l: Lowering, node: ts.FunctionDeclaration): void {
  const name = node.name?.text ?? 'default';
  const variable = l.scope.names.get(name) ?? -1;
  if (!node.body || variable < 0) {
    if (variable >= 0 && !l.b.functions[l.b.varField(variable, VarField.Ref)]) rememberOverload(l, node, variable);
    return;
  }
  const fn = lowerFunction(l, node, 'function', node.name?.text ?? '');
  const draft = l.b.functions[fn]?.draft;
  const pending = overloads.get(l)?.get(variable);
  if (draft && pending) draft.overloads = pending;
  l.b.setVarField(variable, VarField.Ref, fn);
  const value = emit(l, Op.Closure, fn, 0, 0, node);
  l.b.assigned(variable, l.fn, value, true);
  emit(l, Op.SetVar, variable, value, 1, node);
}

const overloads = new WeakMap<Lowering, Map<number, { at: number }[]>>();

function rememberOverload(l: Lowering, node: ts.FunctionDeclaration, variable: number): void {
  const byVariable = overloads.get(l) ?? new Map<number, { at: number }[]>();
  overloads.set(l, byVariable);
  const ret = toType(node.type, l.file);
  byVariable.set(variable, [...(byVariable.get(variable) ?? []), { at: startOf(l, node), ...(ret ? { ret } : {}) }]);
}

export function statement(l: Lowering, s: ts.Statement): void {
  switch (s.kind) {
    case ts.SyntaxKind.VariableStatement: return variables(l, (s as ts.VariableStatement).declarationList);
    case ts.SyntaxKind.ExpressionStatement: return void expression(l, (s as ts.ExpressionStatement).expression);
    case ts.SyntaxKind.ReturnStatement: return returned(l, s as ts.ReturnStatement);
    case ts.SyntaxKind.ThrowStatement: return void emit(l, Op.Throw, expression(l, (s as ts.ThrowStatement).expression), 0, 0, s);
    case ts.SyntaxKind.Block: return scoped(l, () => block(l, (s as ts.Block).statements));
    case ts.SyntaxKind.IfStatement: return conditional(l, s as ts.IfStatement);
    case ts.SyntaxKind.ForStatement: return forLoop(l, s as ts.ForStatement);
    case ts.SyntaxKind.ForOfStatement:
    case ts.SyntaxKind.ForInStatement: return forEach(l, s as ts.ForOfStatement | ts.ForInStatement);
    case ts.SyntaxKind.WhileStatement: return whileLoop(l, s as ts.WhileStatement);
    case ts.SyntaxKind.DoStatement: return doLoop(l, s as ts.DoStatement);
    case ts.SyntaxKind.SwitchStatement: return switched(l, s as ts.SwitchStatement);
    case ts.SyntaxKind.TryStatement: return tried(l, s as ts.TryStatement);
    case ts.SyntaxKind.LabeledStatement: return labelled(l, s as ts.LabeledStatement);
    case ts.SyntaxKind.BreakStatement:
    case ts.SyntaxKind.ContinueStatement: return jump(l, s as ts.BreakOrContinueStatement);
    case ts.SyntaxKind.ClassDeclaration: return classDeclaration(l, s as ts.ClassDeclaration);
    case ts.SyntaxKind.FunctionDeclaration: return exportedFunction(l, s as ts.FunctionDeclaration);
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.EnumDeclaration: return lowerTypeDeclaration(l, s as ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration);
    case ts.SyntaxKind.ExportAssignment:
    case ts.SyntaxKind.ExportDeclaration: return lowerExport(l, s as ts.ExportAssignment | ts.ExportDeclaration);
    case ts.SyntaxKind.ModuleDeclaration: return namespaceBody(l, s as ts.ModuleDeclaration);
    default: return;
  }
}

function variables(l: Lowering, list: ts.VariableDeclarationList): void {
  for (const d of list.declarations) {
    const type = toType(d.type, l.file) ?? (l.js && ts.isIdentifier(d.name) ? readDoc(list.parent ?? d, l.file).type : undefined);
    if (ts.isIdentifier(d.name) && type) {
      const variable = l.scope.names.get(d.name.text) ?? -1;
      if (variable >= 0) l.b.setVarField(variable, VarField.Type, l.b.type(type));
    }
    if (!d.initializer) continue;
    let value = named(l, d.name as ts.BindingName, d.initializer);
    if (type && !ts.isIdentifier(d.name)) value = emit(l, Op.Cast, value, l.b.type(type), 0, d);
    bindPattern(l, d.name, value);
  }
}

function returned(l: Lowering, s: ts.ReturnStatement): void {
  const value = s.expression ? expression(l, s.expression) : -1;
  emit(l, Op.Return, value, 0, 0, s);
}

function conditional(l: Lowering, s: ts.IfStatement): void {
  const branch = emit(l, Op.If, expression(l, s.expression), 0, 0, s);
  scoped(l, () => statement(l, s.thenStatement));
  l.fn.patch(branch, 'b', l.fn.next);
  if (s.elseStatement) scoped(l, () => statement(l, s.elseStatement as ts.Statement));
  l.fn.patch(branch, 'c', l.fn.next);
}

function loop(l: Lowering, kind: number, node: ts.Node, body: () => void, label = pendingLabel.get(l)): void {
  pendingLabel.delete(l);
  const op = emit(l, Op.Loop, kind, 0, 0, node);
  l.fn.targets.push({ op, label, loop: true, plain: true });
  body();
  l.fn.targets.pop();
  l.fn.patch(op, 'b', l.fn.next);
}

const pendingLabel = new WeakMap<Lowering, string>();

function forLoop(l: Lowering, s: ts.ForStatement): void {
  scoped(l, () => {
    if (s.initializer && ts.isVariableDeclarationList(s.initializer)) declareLoopVariables(l, s.initializer);
    if (s.initializer && ts.isVariableDeclarationList(s.initializer)) variables(l, s.initializer);
    else if (s.initializer) expression(l, s.initializer as ts.Expression);
    loop(l, LoopKind.While, s, () => {
      if (s.condition) expression(l, s.condition);
      scoped(l, () => statement(l, s.statement));
      if (s.incrementor) expression(l, s.incrementor);
    });
  });
}

function declareLoopVariables(l: Lowering, list: ts.VariableDeclarationList): void {
  if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return;
  for (const d of list.declarations) declarePattern(l, d.name, list.flags & ts.NodeFlags.Const ? VarKind.Const : VarKind.Let);
}

function forEach(l: Lowering, s: ts.ForOfStatement | ts.ForInStatement): void {
  const kind = ts.isForInStatement(s) ? LoopKind.In : s.awaitModifier ? LoopKind.AwaitOf : LoopKind.Of;
  const iterable = expression(l, s.expression);
  scoped(l, () => {
    if (ts.isVariableDeclarationList(s.initializer)) declareLoopVariables(l, s.initializer);
    loop(l, kind, s, () => {
      const item = emit(l, Op.Iterate, iterable, 0, kind, s.initializer);
      if (ts.isVariableDeclarationList(s.initializer)) for (const d of s.initializer.declarations) bindPattern(l, d.name, item);
      else assignTo(l, s.initializer, item);
      scoped(l, () => statement(l, s.statement));
    });
  });
}

function whileLoop(l: Lowering, s: ts.WhileStatement): void {
  loop(l, LoopKind.While, s, () => {
    const condition = emit(l, Op.If, expression(l, s.expression), 0, 0, s);
    scoped(l, () => statement(l, s.statement));
    l.fn.patch(condition, 'b', l.fn.next);
    l.fn.patch(condition, 'c', l.fn.next);
  });
}

function doLoop(l: Lowering, s: ts.DoStatement): void {
  loop(l, LoopKind.DoWhile, s, () => {
    scoped(l, () => statement(l, s.statement));
    expression(l, s.expression);
  });
}

function switched(l: Lowering, s: ts.SwitchStatement): void {
  const subject = expression(l, s.expression);
  const tests = s.caseBlock.clauses.map((c) => (ts.isCaseClause(c) ? expression(l, c.expression) : -1));
  const items = tests.flatMap((t) => [t, 0]);
  const list = l.b.list(items);
  const op = emit(l, Op.Switch, subject, list, 0, s);
  l.fn.targets.push({ op, label: undefined, loop: false, plain: true });
  scoped(l, () => {
    for (const c of s.caseBlock.clauses) for (const st of c.statements) declareStatement(l, st);
    s.caseBlock.clauses.forEach((c, i) => {
      l.b.extra[list + 2 + 2 * i] = l.fn.next;
      for (const st of c.statements) if (ts.isFunctionDeclaration(st)) hoistFunction(l, st);
      for (const st of c.statements) statement(l, st);
    });
  });
  l.fn.targets.pop();
  l.fn.patch(op, 'c', l.fn.next);
}

function tried(l: Lowering, s: ts.TryStatement): void {
  const op = emit(l, Op.Try, 0, 0, 0, s);
  scoped(l, () => block(l, s.tryBlock.statements));
  l.fn.patch(op, 'a', l.fn.next);
  const clause = s.catchClause;
  if (clause) {
    scoped(l, () => {
      if (clause.variableDeclaration) {
        declarePattern(l, clause.variableDeclaration.name, VarKind.Catch);
        bindPattern(l, clause.variableDeclaration.name, emit(l, Op.Caught, 0, 0, 0, clause.variableDeclaration));
      }
      block(l, clause.block.statements);
    });
  }
  l.fn.patch(op, 'b', l.fn.next);
  if (s.finallyBlock) scoped(l, () => block(l, (s.finallyBlock as ts.Block).statements));
  l.fn.patch(op, 'c', l.fn.next);
}

function labelled(l: Lowering, s: ts.LabeledStatement): void {
  const inner = s.statement;
  if (ts.isIterationStatement(inner, false)) {
    pendingLabel.set(l, s.label.text);
    statement(l, inner);
    return;
  }
  const op = emit(l, Op.Block, 0, 0, 0, s);
  l.fn.targets.push({ op, label: s.label.text, loop: false, plain: false });
  statement(l, inner);
  l.fn.targets.pop();
  l.fn.patch(op, 'b', l.fn.next);
}

function jump(l: Lowering, s: ts.BreakOrContinueStatement): void {
  const isContinue = ts.isContinueStatement(s);
  const target = l.fn.targets.findLast((t) => (s.label ? t.label === s.label.text : isContinue ? t.loop : t.plain));
  if (target) emit(l, isContinue ? Op.Continue : Op.Break, target.op, 0, 0, s);
}

function classDeclaration(l: Lowering, s: ts.ClassDeclaration): void {
  const name = s.name?.text ?? 'default';
  const variable = l.scope.names.get(name) ?? -1;
  const cls = lowerClass(l, s, name, variable);
  l.b.setVarField(variable, VarField.Ref, cls);
  const value = emit(l, Op.ClassValue, cls, 0, 0, s);
  l.b.assigned(variable, l.fn, value, true);
  emit(l, Op.SetVar, variable, value, 1, s);
  exportDeclared(l, s, name);
}

function exportedFunction(l: Lowering, s: ts.FunctionDeclaration): void {
  exportDeclared(l, s, s.name?.text ?? 'default');
}

/** Records `export` and `export default` modifiers of a declaration. */
export function exportDeclared(l: Lowering, s: ts.Node, name: string, type = false): void {
  const modifiers = ts.canHaveModifiers(s) ? ts.getModifiers(s) : undefined;
  if (!modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) return;
  const n = modifiers.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword) ? 'default' : name;
  const v = l.scope.names.get(name);
  l.b.exports.push({ n, ...(v === undefined ? {} : { v }), ...(type || ts.isClassDeclaration(s) ? { type: name } : {}) });
}

function namespaceBody(l: Lowering, s: ts.ModuleDeclaration): void {
  if (s.body && ts.isModuleBlock(s.body)) scoped(l, () => block(l, (s.body as ts.ModuleBlock).statements));
  else if (s.body && ts.isModuleDeclaration(s.body)) namespaceBody(l, s.body);
}

