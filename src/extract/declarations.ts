// What is declared before the first statement of a block or function runs: names, `var`s of nested statements, functions.
import type ts from 'typescript';
import type { TypeExpr } from '#model/facts';
import { Op, VarField, VarKind } from '#model/facts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { declare, emit, startOf } from './lowering.ts';
import { lowerImport } from './modules.ts';
import { declareNamespace } from './namespaces.ts';
import { bindName, ownName } from './scope.ts';
import {
  forEachChild, isFunctionDeclaration, isIdentifier, isOmittedExpression, isVariableDeclarationList, NodeFlags, SyntaxKind,
} from './syntax.ts';
import { toFunctionType, toType } from './types.ts';

const K = SyntaxKind;
const { VariableStatement, FunctionDeclaration, ClassDeclaration, EnumDeclaration, ImportDeclaration, ImportEqualsDeclaration, ModuleDeclaration } = K;
const { BlockScoped, Const } = NodeFlags;

/** Declares the names of a statement list and lowers its functions. */
export function declareAll(l: Lowering, statements: readonly ts.Statement[]): void {
  for (const s of statements) declareStatement(l, s);
  hoistFunctions(l, statements);
}

export function hoistFunctions(l: Lowering, statements: readonly ts.Statement[]): void {
  for (const s of statements) if (isFunctionDeclaration(s)) hoistFunction(l, s);
}

export function declareStatement(l: Lowering, s: ts.Statement): void {
  switch (s.kind) {
    case VariableStatement: return declareVariables(l, (s as ts.VariableStatement).declarationList);
    case FunctionDeclaration: return declareNamed(l, s as ts.FunctionDeclaration, VarKind.Function);
    case ClassDeclaration: return declareNamed(l, s as ts.ClassDeclaration, VarKind.Class);
    case EnumDeclaration: return declareNamed(l, s as ts.EnumDeclaration, VarKind.Enum);
    case ImportDeclaration:
    case ImportEqualsDeclaration: return lowerImport(l, s as ts.ImportDeclaration | ts.ImportEqualsDeclaration);
    case ModuleDeclaration: return declareNamespace(l, s as ts.ModuleDeclaration);
    default: return;
  }
}

/** Those of `let`, `const` and `using`; a `var` has been found by `hoistVars`. */
export function declareVariables(l: Lowering, list: ts.VariableDeclarationList): void {
  if ((list.flags & BlockScoped) === 0) return;
  for (const d of list.declarations) declarePattern(l, d.name, list.flags & Const ? VarKind.Const : VarKind.Let);
}

function declareNamed(l: Lowering, s: ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration, kind: number): void {
  declare(l, nameOf(s), kind, startOf(l, s.name ?? s));
}

/** What a declaration without a name is bound to: only `export default` has none. */
export const nameOf = (s: ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration): string => s.name?.text ?? 'default';

export function declarePattern(l: Lowering, name: ts.BindingName, kind: number = VarKind.Const): void {
  if (isIdentifier(name)) {
    if (ownName(l.scope, name.text) === undefined) bindName(l.scope, name.text, l.b.variable(name.text, l.scope.fn, kind, startOf(l, name), undefined));
    return;
  }
  for (const e of name.elements) if (!isOmittedExpression(e)) declarePattern(l, e.name, kind);
}

/** Statements in which a `var` may stand that belongs to the function around them. */
const CONTAINERS = new Set<ts.SyntaxKind>([
  K.Block, K.ForStatement, K.ForInStatement, K.ForOfStatement, K.WhileStatement, K.DoStatement, K.SwitchStatement, K.CaseBlock,
  K.CaseClause, K.DefaultClause, K.TryStatement, K.CatchClause, K.LabeledStatement, K.WithStatement, K.VariableStatement,
]);

/** `var` belongs to the function: found in nested statements, not in nested functions. */
export function hoistVars(l: Lowering, statements: readonly ts.Node[]): void {
  const visit = (node: ts.Node): void => {
    if (node.kind === K.IfStatement) visitBranches(node as ts.IfStatement);
    else if (CONTAINERS.has(node.kind)) forEachChild(node, visit);
    else if (isVariableDeclarationList(node) && (node.flags & BlockScoped) === 0) for (const d of node.declarations) declarePattern(l, d.name, VarKind.Var);
  };
  const visitBranches = (first: ts.IfStatement): void => {
    let at: ts.Statement | undefined = first;
    for (; at?.kind === K.IfStatement; at = (at as ts.IfStatement).elseStatement) visit((at as ts.IfStatement).thenStatement);
    if (at) visit(at);
  };
  for (const s of statements) visit(s);
}

/** `declare function f(x: T): R`: only its type is known. */
const isAmbient = (node: ts.FunctionDeclaration): boolean => node.modifiers?.some((m) => m.kind === K.DeclareKeyword) ?? false;

function hoistFunction(l: Lowering, node: ts.FunctionDeclaration): void {
  const variable = ownName(l.scope, nameOf(node)) ?? -1;
  if (!node.body || variable < 0) {
    if (variable >= 0 && !l.b.functions[l.b.varField(variable, VarField.Ref)]) rememberOverload(l, node, variable);
    if (variable >= 0 && isAmbient(node)) l.b.setVarField(variable, VarField.Type, l.b.type(toFunctionType(node, l.file)));
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

const overloads = new WeakMap<Lowering, Map<number, { at: number; ret?: TypeExpr }[]>>();

function rememberOverload(l: Lowering, node: ts.FunctionDeclaration, variable: number): void {
  const byVariable = overloads.get(l) ?? new Map<number, { at: number; ret?: TypeExpr }[]>();
  overloads.set(l, byVariable);
  const ret = toType(node.type, l.file);
  byVariable.set(variable, [...(byVariable.get(variable) ?? []), { at: startOf(l, node), ...(ret ? { ret } : {}) }]);
}
