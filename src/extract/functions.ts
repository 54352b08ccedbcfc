// Functions → FunctionFacts and their operations: parameters first, then the body.
import type ts from 'typescript';
import type { FunctionFacts, ParamFacts } from '#model/facts';
import { Op, VarFlag, VarKind } from '#model/facts';
import type { FunctionDraft } from './builder.ts';
import { leaves } from './builder.ts';
import { declarePattern, hoistVars } from './declarations.ts';
import { decorators } from './decorators.ts';
import type { Doc } from './doc-comments.ts';
import { readDoc } from './doc-comments.ts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { emit, startOf } from './lowering.ts';
import { bindPattern } from './patterns.ts';
import { bindName, childScope, type Scope } from './scope.ts';
import { block } from './statements.ts';
import { isAsync, isBlock, isComputedPropertyName, isConstructorDeclaration, isFunctionExpression, isIdentifier, isParameterProperty } from './syntax.ts';
import { memberName, toType } from './types.ts';

type FunctionNode = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration;

interface FunctionPlace {
  /** Of a member of a class. */
  readonly cls?: number;
  readonly isStatic?: boolean;
  /** Node that carries the documentation comment, when it is not the function itself. */
  readonly documented?: ts.Node;
}

/** Lowers a function with its own scope; returns its index. The current function and scope are restored. */
export function lowerFunction(l: Lowering, node: FunctionNode, kind: FunctionFacts['kind'], name: string, place: FunctionPlace = {}): number {
  const doc = readDoc(place.documented ?? node, l.file, l.js);
  const fn = l.b.newFunction(draftOf(l, node, kind, name, place, doc));
  const { fn: outer, scope, cls } = l;
  l.fn = fn;
  l.scope = childScope(isFunctionExpression(node) && node.name ? ownNameScope(l, node.name) : scope, fn.index);
  if (place.cls === undefined && kind !== 'arrow') l.cls = -1;
  const params = node.parameters.filter((p) => !(isIdentifier(p.name) && p.name.text === 'this'));
  fn.draft.params = params.map((p) => parameter(l, p, doc));
  bindParameters(l, params, fn.draft.params);
  if (node.body) lowerBody(l, node.body);
  l.b.complete(fn);
  l.fn = outer;
  l.scope = scope;
  l.cls = cls;
  return fn.index;
}

/** A function expression sees its own name; whatever it declares itself hides that. */
function ownNameScope(l: Lowering, name: ts.Identifier): Scope {
  const scope = childScope(l.scope, l.fn.index);
  bindName(scope, name.text, l.b.variable(name.text, l.fn.index, VarKind.Function, startOf(l, name), undefined, l.fn.index));
  return scope;
}

function draftOf(l: Lowering, node: FunctionNode, kind: FunctionFacts['kind'], name: string, place: FunctionPlace, doc: Doc): FunctionDraft {
  const draft: FunctionDraft = {
    n: name || (node.name && !isComputedPropertyName(node.name) ? memberName(node.name) : ''),
    kind, parent: l.fn.index, cls: place.cls ?? (kind === 'arrow' ? l.cls : -1), params: [], start: startOf(l, node), end: node.end,
  };
  if (place.isStatic) draft.static = true;
  if (isAsync(node)) draft.async = true;
  if ('asteriskToken' in node && node.asteriskToken) draft.generator = true;
  const ret = isConstructorDeclaration(node) ? undefined : (toType(node.type, l.file) ?? doc.returns);
  if (ret) draft.ret = ret;
  if (node.typeParameters) draft.typeParams = node.typeParameters.map((t) => t.name.text);
  const decos = decorators(node);
  if (decos) draft.decorators = decos;
  if (doc.tags.length > 0) draft.tags = doc.tags;
  return draft;
}

function parameter(l: Lowering, p: ts.ParameterDeclaration, doc: Doc): ParamFacts {
  const plain = isIdentifier(p.name);
  const n = isIdentifier(p.name) ? p.name.text : '';
  const type = toType(p.type, l.file) ?? doc.params.get(n);
  const v = l.b.variable(n, l.fn.index, VarKind.Param, startOf(l, p.name), type, -1, plain ? 0 : VarFlag.Synthetic);
  if (plain) bindName(l.scope, n, v);
  const facts: { -readonly [K in keyof ParamFacts]: ParamFacts[K] } = { v, n };
  if (type) facts.type = type;
  if (p.dotDotDotToken) facts.rest = true;
  if (p.questionToken || p.initializer) facts.optional = true;
  if (isParameterProperty(p)) facts.property = true;
  const decos = decorators(p);
  if (decos) facts.decorators = decos;
  return facts;
}

/** Defaults and patterns, in order, at the head of the function. */
function bindParameters(l: Lowering, nodes: readonly ts.ParameterDeclaration[], params: readonly ParamFacts[]): void {
  for (const p of nodes) if (!isIdentifier(p.name)) declarePattern(l, p.name);
  for (const [i, p] of nodes.entries()) {
    if (isIdentifier(p.name) && !p.initializer) continue;
    const v = params[i]?.v ?? -1;
    let value = emit(l, Op.GetVar, v, 0, 0, p.name);
    if (p.initializer) value = emit(l, Op.Join, 0, l.b.list([value, expression(l, p.initializer)]), 0, p);
    if (isIdentifier(p.name)) emit(l, Op.SetVar, v, value, 1, p.name);
    else bindPattern(l, p.name, value);
  }
}

function lowerBody(l: Lowering, body: ts.Block | ts.Expression): void {
  if (isBlock(body)) {
    hoistVars(l, body.statements);
    block(l, body.statements);
    return;
  }
  const value = expression(l, body);
  if (!leaves(l.fn)) emit(l, Op.Return, value, 0, 0, body);
}
