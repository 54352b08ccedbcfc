// Classes → ClassFacts; methods become functions, field initialisers one synthetic function each for instance and static.
import ts from 'typescript';
import type { ClassFacts, MemberFacts } from '#model/facts';
import { Op, VarKind } from '#model/facts';
import { childScope } from './builder.ts';
import { decorators } from './decorators.ts';
import { docTags, readDoc } from './doc-comments.ts';
import { named } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { emit, startOf } from './lowering.ts';
import { block } from './statements.ts';
import { entityName, memberName, toType } from './types.ts';

type ClassNode = ts.ClassDeclaration | ts.ClassExpression;

/** Lowers a class; returns its index. `name` is what an anonymous class expression is bound to. */
export function lowerClass(l: Lowering, node: ClassNode, name = '', variable = -1): number {
  const index = l.b.classes.length;
  const decos = decorators(l, node);
  const typeParams = node.typeParameters?.map((t) => t.name.text);
  const abstract = ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.AbstractKeyword) ?? false;
  const members: MemberFacts[] = [];
  const facts: { -readonly [K in keyof ClassFacts]: ClassFacts[K] } = {
    n: node.name?.text ?? name, v: variable, parent: l.fn.index, ...heritage(l, node), members, ctor: -1, fields: -1,
    start: startOf(l, node), end: node.end, ...(abstract ? { abstract: true as const } : {}),
    ...(typeParams ? { typeParams } : {}), ...(decos ? { decorators: decos } : {}), ...docTags(node, l.file),
  };
  l.b.classes.push(facts);
  const saved = { scope: l.scope, cls: l.cls };
  l.scope = childScope(l.scope, l.fn.index);
  l.cls = index;
  if (node.name && variable < 0) l.scope.names.set(node.name.text, l.b.variable(node.name.text, l.fn.index, VarKind.Class, startOf(l, node.name), undefined, index));
  for (const member of node.members) lowerMember(l, member, index, facts, members);
  facts.fields = fieldFunction(l, node, index, members, false);
  const statics = fieldFunction(l, node, index, members, true);
  if (statics >= 0) {
    const callee = emit(l, Op.Closure, statics, 0, 0, node);
    emit(l, Op.Call, callee, l.b.list([-1]), 0, node);
  }
  l.scope = saved.scope;
  l.cls = saved.cls;
  return index;
}

function heritage(l: Lowering, node: ClassNode): Pick<ClassFacts, 'implements'> & Partial<Pick<ClassFacts, 'extends' | 'mixin'>> {
  const clause = (kind: ts.SyntaxKind): readonly ts.ExpressionWithTypeArguments[] => node.heritageClauses?.find((h) => h.token === kind)?.types ?? [];
  const implemented = clause(ts.SyntaxKind.ImplementsKeyword).map((t) => reference(l, t));
  const [base] = clause(ts.SyntaxKind.ExtendsKeyword);
  if (!base) return { implements: implemented };
  if (ts.isCallExpression(base.expression)) {
    const call = base.expression;
    return { implements: implemented, mixin: { n: entityName(call.expression), args: call.arguments.map((a) => entityName(a)) } };
  }
  return { implements: implemented, extends: reference(l, base) };
}

const reference = (l: Lowering, t: ts.ExpressionWithTypeArguments) => {
  const args = t.typeArguments?.map((a) => toType(a, l.file) ?? ({ k: 'primitive', n: 'any' } as const));
  return { k: 'ref' as const, n: entityName(t.expression), ...(args ? { args } : {}) };
};

function lowerMember(l: Lowering, node: ts.ClassElement, cls: number, facts: { ctor: number }, members: MemberFacts[]): void {
  const isStatic = ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword) ?? false);
  if (ts.isConstructorDeclaration(node)) {
    if (node.body) facts.ctor = lowerFunction(l, node, 'constructor', 'constructor', { cls, isStatic: false });
    return;
  }
  if (!node.name || ts.isComputedPropertyName(node.name)) return;
  const decos = decorators(l, node);
  const base = {
    n: memberName(node.name), at: startOf(l, node.name), ...(isStatic ? { static: true as const } : {}),
    ...(ts.isPrivateIdentifier(node.name) ? { private: true as const } : {}), ...(decos ? { decorators: decos } : {}), ...docTags(node, l.file),
  };
  if (ts.isMethodDeclaration(node)) {
    const fn = node.body ? lowerFunction(l, node, 'method', base.n, { cls, isStatic }) : undefined;
    const type = node.body ? undefined : { k: 'function' as const, params: [], ...(node.type ? { ret: toType(node.type, l.file) ?? { k: 'primitive' as const, n: 'any' } } : {}) };
    members.push({ ...base, kind: 'method', ...(fn === undefined ? {} : { fn }), ...(type ? { type } : {}) });
  } else if (ts.isGetAccessor(node) || ts.isSetAccessor(node)) {
    const kind = ts.isGetAccessor(node) ? 'getter' : 'setter';
    const type = ts.isGetAccessor(node) ? toType(node.type, l.file) : toType(node.parameters[0]?.type, l.file);
    const fn = node.body ? lowerFunction(l, node, kind, base.n, { cls, isStatic }) : undefined;
    members.push({ ...base, kind, ...(fn === undefined ? {} : { fn }), ...(type ? { type } : {}) });
  } else if (ts.isPropertyDeclaration(node)) {
    const type = toType(node.type, l.file) ?? (l.js ? readDoc(node, l.file).type : undefined);
    members.push({ ...base, kind: 'field', ...(type ? { type } : {}), ...(node.questionToken ? { optional: true as const } : {}) });
  }
}

/** A function `this.a = …; this.b = …` from the initialisers, so that the solver needs no special case for fields. */
function fieldFunction(l: Lowering, node: ClassNode, cls: number, members: MemberFacts[], statics: boolean): number {
  const isStatic = (m: ts.ClassElement): boolean => ts.canHaveModifiers(m) && (ts.getModifiers(m)?.some((x) => x.kind === ts.SyntaxKind.StaticKeyword) ?? false);
  const fields = node.members.filter((m): m is ts.PropertyDeclaration => ts.isPropertyDeclaration(m) && m.initializer !== undefined && isStatic(m) === statics);
  const blocks = statics ? node.members.filter(ts.isClassStaticBlockDeclaration) : [];
  if (fields.length === 0 && blocks.length === 0) return -1;
  const fn = l.b.newFunction({ n: '', kind: statics ? 'static' : 'fields', parent: l.fn.index, cls, params: [], start: startOf(l, node), end: node.end, ...(statics ? { static: true as const } : {}) });
  const saved = { fn: l.fn, scope: l.scope };
  l.fn = fn;
  l.scope = childScope(l.scope, fn.index);
  for (const f of fields) initialise(l, f, members);
  for (const b of blocks) block(l, b.body.statements);
  l.fn = saved.fn;
  l.scope = saved.scope;
  return fn.index;
}

function initialise(l: Lowering, field: ts.PropertyDeclaration, members: MemberFacts[]): void {
  if (!field.initializer || ts.isComputedPropertyName(field.name)) return;
  const key = memberName(field.name);
  const self = emit(l, Op.This, 0, 0, 0, field);
  const value = named(l, field.name, field.initializer);
  emit(l, Op.Store, self, l.b.string(key), value, field);
  const at = members.findIndex((m) => m.n === key && m.kind === 'field');
  const member = members[at];
  if (member && l.fn.opcode(value) === Op.Closure) members[at] = { ...member, fn: l.fn.operand(value, 1) };
}
