// Functions → FunctionFacts and their operations: parameters first, then the body.
import ts from 'typescript';
import type { DecoratorFacts, FunctionFacts, ParamFacts, TypeExpr } from '#model/facts';
import { Op, VarFlag, VarKind } from '#model/facts';
import type { FunctionDraft } from './builder.ts';
import { childScope, leaves } from './builder.ts';
import { decorators } from './decorators.ts';
import type { Doc } from './doc-comments.ts';
import { readDoc } from './doc-comments.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit, startOf } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import { block, hoistVars } from './statements.ts';
import { memberName, toType } from './types.ts';

type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration;

/** Lowers a function with its own scope; returns its index. The current function and scope are restored. */
export function lowerFunction(l: Lowering, node: FunctionNode, kind: FunctionFacts['kind'], name: string, owner?: { readonly cls: number; readonly isStatic: boolean }): number {
  const doc = readDoc(node, l.file);
  const fn = l.b.newFunction(draftOf(l, node, kind, name, owner, doc));
  const saved = { fn: l.fn, scope: l.scope, cls: l.cls };
  l.fn = fn;
  l.scope = childScope(l.scope, fn.index);
  if (owner === undefined && kind !== 'arrow') l.cls = -1;
  if (ts.isFunctionExpression(node) && node.name) l.scope.names.set(node.name.text, l.b.variable(node.name.text, fn.index, VarKind.Function, startOf(l, node.name), undefined, fn.index));
  fn.draft.params = parameters(l, node.parameters, doc);
  bindParameters(l, node.parameters, fn.draft.params);
  if (node.body) lowerBody(l, node.body);
  l.fn = saved.fn;
  l.scope = saved.scope;
  l.cls = saved.cls;
  return fn.index;
}

function draftOf(l: Lowering, node: FunctionNode, kind: FunctionFacts['kind'], name: string, owner: { readonly cls: number; readonly isStatic: boolean } | undefined, doc: Doc): FunctionDraft {
  const ret = ts.isConstructorDeclaration(node) ? undefined : (toType(node.type, l.file) ?? doc.returns);
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  const decos = decorators(l, node);
  const typeParams = node.typeParameters?.map((t) => t.name.text);
  return {
    n: name || (node.name && !ts.isComputedPropertyName(node.name) ? memberName(node.name) : ''),
    kind, parent: l.fn.index, cls: owner?.cls ?? (kind === 'arrow' ? l.cls : -1), params: [], start: startOf(l, node), end: node.end,
    ...(owner?.isStatic ? { static: true as const } : {}),
    ...(modifiers?.some((m) => m.kind === ts.SyntaxKind.AsyncKeyword) ? { async: true as const } : {}),
    ...('asteriskToken' in node && node.asteriskToken ? { generator: true as const } : {}),
    ...(ret ? { ret } : {}), ...(typeParams ? { typeParams } : {}), ...(decos ? { decorators: decos } : {}),
    ...(doc.tags.length > 0 ? { tags: doc.tags } : {}),
  };
}

function parameters(l: Lowering, nodes: readonly ts.ParameterDeclaration[], doc: Doc): readonly ParamFacts[] {
  return nodes.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === 'this')).map((p) => parameter(l, p, doc));
}

function parameter(l: Lowering, p: ts.ParameterDeclaration, doc: Doc): ParamFacts {
  const plain = ts.isIdentifier(p.name);
  const n = ts.isIdentifier(p.name) ? p.name.text : '';
  const type: TypeExpr | undefined = toType(p.type, l.file) ?? doc.params.get(n);
  const v = l.b.variable(n, l.fn.index, VarKind.Param, startOf(l, p.name), type, -1, plain ? 0 : VarFlag.Synthetic);
  if (plain) l.scope.names.set(n, v);
  const decos: readonly DecoratorFacts[] | undefined = decorators(l, p);
  const modifiers = ts.getModifiers(p);
  return {
    v, n, ...(type ? { type } : {}), ...(p.dotDotDotToken ? { rest: true as const } : {}),
    ...(p.questionToken || p.initializer ? { optional: true as const } : {}),
    ...(modifiers?.length ? { property: true as const } : {}), ...(decos ? { decorators: decos } : {}),
  };
}

/** Defaults and patterns, in order, at the head of the function. */
function bindParameters(l: Lowering, nodes: readonly ts.ParameterDeclaration[], params: readonly ParamFacts[]): void {
  const real = nodes.filter((p) => !(ts.isIdentifier(p.name) && p.name.text === 'this'));
  for (const p of real) if (!ts.isIdentifier(p.name)) declarePattern(l, p.name);
  real.forEach((p, i) => {
    const v = params[i]?.v ?? -1;
    if (ts.isIdentifier(p.name) && !p.initializer) return;
    let value = emit(l, Op.GetVar, v, 0, 0, p.name);
    if (p.initializer) value = emit(l, Op.Join, 0, l.b.list([value, expression(l, p.initializer)]), 0, p);
    if (ts.isIdentifier(p.name)) emit(l, Op.SetVar, v, value, 1, p.name);
    else bindPattern(l, p.name, value);
  });
}

export function declarePattern(l: Lowering, name: ts.BindingName, kind: number = VarKind.Const): void {
  if (ts.isIdentifier(name)) {
    if (!l.scope.names.has(name.text)) l.scope.names.set(name.text, l.b.variable(name.text, l.scope.fn, kind, startOf(l, name), undefined));
    return;
  }
  for (const e of name.elements) if (!ts.isOmittedExpression(e)) declarePattern(l, e.name, kind);
}

function lowerBody(l: Lowering, body: ts.Block | ts.Expression): void {
  if (ts.isBlock(body)) {
    hoistVars(l, body.statements);
    block(l, body.statements);
    return;
  }
  const value = expression(l, body);
  if (!leaves(l.fn)) emit(l, Op.Return, value, 0, 0, body);
}
