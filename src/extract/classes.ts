// Classes → ClassFacts; methods become functions, field initialisers one synthetic function each for instance and static.
import type ts from 'typescript';
import type { ClassFacts, MemberFacts } from '#model/facts';
import { Op, VarKind } from '#model/facts';
import { lowerTemplate } from './angular-templates.ts';
import { hoistVars } from './declarations.ts';
import { lowerDecorators } from './decorator-calls.ts';
import { decorators } from './decorators.ts';
import { docTags, readDoc } from './doc-comments.ts';
import { expression, named } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { constantKey, emit, startOf } from './lowering.ts';
import { bindName, childScope } from './scope.ts';
import { block } from './statements.ts';
import {
  isAbstract, isCallExpression, isClassStaticBlockDeclaration, isComputedPropertyName, isConstructorDeclaration, isGetAccessor,
  isMethodDeclaration, isPrivateIdentifier, isPropertyDeclaration, isReadonly, isSetAccessor, isStatic, isStringLiteralLike, SyntaxKind,
} from './syntax.ts';
import { entityName, memberName, toType } from './types.ts';

type ClassNode = ts.ClassDeclaration | ts.ClassExpression;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const ANY = { k: 'primitive', n: 'any' } as const;
const { ExtendsKeyword, ImplementsKeyword } = SyntaxKind;

/** Lowers a class; returns its index. `name` is what an anonymous class expression is bound to. */
export function lowerClass(l: Lowering, node: ClassNode, name = '', variable = -1): number {
  const index = l.b.classes.length;
  const members: MemberFacts[] = [];
  const facts: Mutable<ClassFacts> = {
    n: node.name?.text ?? name, v: variable, parent: l.fn.index, implements: heritage(node, ImplementsKeyword).map((t) => reference(l, t)),
    members, ctor: -1, fields: -1, start: startOf(l, node), end: node.end,
  };
  addBase(l, node, facts);
  addDetails(l, node, facts);
  l.b.classes.push(facts);
  const { scope, cls } = l;
  l.scope = childScope(scope, l.fn.index);
  l.cls = index;
  if (node.name && variable < 0) bindName(l.scope, node.name.text, l.b.variable(node.name.text, l.fn.index, VarKind.Class, startOf(l, node.name), undefined, index));
  for (const member of node.members) lowerMember(l, member, index, facts, members);
  facts.fields = fieldFunction(l, node, index, members, false);
  const statics = fieldFunction(l, node, index, members, true);
  if (statics >= 0) {
    const callee = emit(l, Op.Closure, statics, 0, 0, node);
    emit(l, Op.Call, callee, l.b.list([-1]), 0, node);
  }
  l.scope = scope;
  l.cls = cls;
  lowerDecorators(l, node);
  if (facts.decorators) lowerTemplate(l, node, index);
  return index;
}

const heritage = (node: ClassNode, kind: ts.SyntaxKind): readonly ts.ExpressionWithTypeArguments[] =>
  node.heritageClauses?.find((h) => h.token === kind)?.types ?? [];

function addBase(l: Lowering, node: ClassNode, facts: Mutable<ClassFacts>): void {
  const [base] = heritage(node, ExtendsKeyword);
  if (!base) return;
  if (isCallExpression(base.expression)) {
    const call = base.expression;
    // A function or options among the arguments are code like any other.
    expression(l, call);
    facts.mixin = { n: entityName(call.expression), args: call.arguments.map((a) => entityName(a)) };
  } else facts.extends = reference(l, base);
}

function addDetails(l: Lowering, node: ClassNode, facts: Mutable<ClassFacts>): void {
  if (isAbstract(node)) facts.abstract = true;
  if (node.typeParameters) facts.typeParams = node.typeParameters.map((t) => t.name.text);
  const decos = decorators(node);
  if (decos) facts.decorators = decos;
  const tags = docTags(node, l.file);
  if (tags) facts.tags = tags;
}

const reference = (l: Lowering, t: ts.ExpressionWithTypeArguments) => {
  const args = t.typeArguments?.map((a) => toType(a, l.file) ?? ANY);
  return { k: 'ref' as const, n: entityName(t.expression), ...(args ? { args } : {}) };
};

function lowerMember(l: Lowering, node: ts.ClassElement, cls: number, facts: { ctor: number }, members: MemberFacts[]): void {
  if (isConstructorDeclaration(node)) {
    if (node.body) facts.ctor = lowerFunction(l, node, 'constructor', 'constructor', { cls, isStatic: false });
    return;
  }
  if (!node.name) return;
  const member = memberOf(l, node, node.name);
  const owner = { cls, isStatic: member.static === true };
  if (isMethodDeclaration(node)) {
    member.kind = 'method';
    if (node.body) member.fn = lowerFunction(l, node, 'method', member.n, owner);
    else member.type = { k: 'function', params: [], ...(node.type ? { ret: toType(node.type, l.file) ?? ANY } : {}) };
  } else if (isGetAccessor(node) || isSetAccessor(node)) {
    member.kind = isGetAccessor(node) ? 'getter' : 'setter';
    const type = toType(isGetAccessor(node) ? node.type : node.parameters[0]?.type, l.file);
    if (node.body) member.fn = lowerFunction(l, node, member.kind, member.n, owner);
    if (type) member.type = type;
  } else if (isPropertyDeclaration(node)) {
    const type = toType(node.type, l.file) ?? (l.js ? readDoc(node, l.file, true).type : undefined);
    if (type) member.type = type;
    if (node.questionToken) member.optional = true;
    if (isReadonly(node)) member.fixed = true;
  } else return;
  // One with a computed name has code, but nobody can be seen to ask for it.
  if (member.n !== '') members.push(member);
}

function memberOf(l: Lowering, node: ts.ClassElement, name: ts.PropertyName): Mutable<MemberFacts> {
  const member: Mutable<MemberFacts> = { n: keyOf(name) ?? '', kind: 'field', at: startOf(l, name) };
  if (isStatic(node)) member.static = true;
  if (isPrivateIdentifier(name)) member.private = true;
  const decos = decorators(node);
  if (decos) member.decorators = decos;
  const tags = docTags(node, l.file);
  if (tags) member.tags = tags;
  return member;
}

/** A function `this.a = …; this.b = …` from the initialisers, so that the solver needs no special case for fields. */
function fieldFunction(l: Lowering, node: ClassNode, cls: number, members: MemberFacts[], statics: boolean): number {
  const fields = node.members.filter((m): m is ts.PropertyDeclaration => isPropertyDeclaration(m) && m.initializer !== undefined && isStatic(m) === statics);
  const blocks = statics ? node.members.filter(isClassStaticBlockDeclaration) : [];
  if (fields.length === 0 && blocks.length === 0) return -1;
  const fn = l.b.newFunction({ n: '', kind: statics ? 'static' : 'fields', parent: l.fn.index, cls, params: [], start: startOf(l, node), end: node.end, ...(statics ? { static: true as const } : {}) });
  const saved = { fn: l.fn, scope: l.scope };
  l.fn = fn;
  l.scope = childScope(l.scope, fn.index);
  for (const f of fields) initialise(l, f, members);
  for (const b of blocks) {
    hoistVars(l, b.body.statements);
    block(l, b.body.statements);
  }
  l.b.complete(fn);
  l.fn = saved.fn;
  l.scope = saved.scope;
  return fn.index;
}

function initialise(l: Lowering, field: ts.PropertyDeclaration, members: MemberFacts[]): void {
  if (!field.initializer) return;
  const key = keyOf(field.name);
  const self = emit(l, Op.This, 0, 0, 0, field);
  const value = named(l, key ?? '', field.initializer, field);
  if (key === undefined) return void emit(l, Op.StoreElem, self, expression(l, (field.name as ts.ComputedPropertyName).expression), value, field);
  emit(l, Op.Store, self, l.b.string(key), value, field);
  const at = members.findIndex((m) => m.n === key && m.kind === 'field');
  const member = members[at];
  if (member && l.fn.opcode(value) === Op.Closure) members[at] = { ...member, fn: l.fn.operand(value, 1) };
}

const keyOf = (name: ts.PropertyName): string | undefined => (isComputedPropertyName(name) ? (constantKey(name.expression) ?? inspectKey(name.expression)) : memberName(name));

/** `[inspect.custom]` and `[Symbol.for('nodejs.util.inspect.custom')]`: how Node prints the object. */
function inspectKey(key: ts.Expression): string | undefined {
  if (isCallExpression(key)) {
    const [symbol] = key.arguments;
    return symbol && isStringLiteralLike(symbol) && symbol.text === 'nodejs.util.inspect.custom' ? '@@inspect' : undefined;
  }
  return /(?:^|\.)inspect\.custom$/.test(entityName(key)) ? '@@inspect' : undefined;
}
