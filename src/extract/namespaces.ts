// Namespaces → a variable with an object of what they export; modules that are only declared bring types and nothing else.
import type ts from 'typescript';
import type { ExportFacts } from '#model/facts';
import { Op, PropertyKind, VarKind } from '#model/facts';
import { hoistVars } from './declarations.ts';
import type { Lowering } from './lowering.ts';
import { declare, emit, startOf } from './lowering.ts';
import { exportDeclared, exportVariables } from './modules.ts';
import { childScope, ownName } from './scope.ts';
import { block } from './statements.ts';
import { isAmbient, isIdentifier, isModuleBlock, isModuleDeclaration, SyntaxKind } from './syntax.ts';

const { InterfaceDeclaration, ModuleDeclaration, TypeAliasDeclaration } = SyntaxKind;

/** A function, class or enum of the same name is extended by the namespace, and keeps its variable. */
export function declareNamespace(l: Lowering, s: ts.ModuleDeclaration): void {
  if (isIdentifier(s.name) && hasValue(s) && ownName(l.scope, s.name.text) === undefined) declare(l, s.name.text, VarKind.Namespace, startOf(l, s.name));
}

function hasValue(s: ts.ModuleDeclaration): boolean {
  if (isAmbient(s) || !s.body) return false;
  if (isModuleDeclaration(s.body)) return hasValue(s.body);
  return isModuleBlock(s.body) && s.body.statements.some(({ kind }, i, all) =>
    kind === ModuleDeclaration ? hasValue(all[i] as ts.ModuleDeclaration) : kind !== InterfaceDeclaration && kind !== TypeAliasDeclaration);
}

export function lowerNamespace(l: Lowering, s: ts.ModuleDeclaration): void {
  const { scope, exports } = l;
  const members: ExportFacts[] = [];
  l.scope = childScope(scope, l.fn.index);
  l.exports = members;
  if (s.body && isModuleBlock(s.body)) {
    hoistVars(l, s.body.statements);
    block(l, s.body.statements);
    exportVariables(l, s.body.statements);
  } else if (s.body && isModuleDeclaration(s.body)) lowerInner(l, s.body);
  const items = members.flatMap(({ n, v }) => (v === undefined ? [] : [PropertyKind.Plain, l.b.string(n), emit(l, Op.GetVar, v, 0, 0, s)]));
  l.scope = scope;
  l.exports = exports;
  const variable = isIdentifier(s.name) && hasValue(s) ? ownName(scope, s.name.text) : undefined;
  if (variable === undefined) return;
  bindMembers(l, variable, items, s);
  exportDeclared(l, s, s.name.text);
}

/** `namespace A.B` exports B from A without saying so. */
function lowerInner(l: Lowering, inner: ts.ModuleDeclaration): void {
  declareNamespace(l, inner);
  lowerNamespace(l, inner);
  const v = ownName(l.scope, inner.name.text);
  if (v !== undefined) l.exports.push({ n: inner.name.text, v });
}

function bindMembers(l: Lowering, variable: number, items: readonly number[], s: ts.ModuleDeclaration): void {
  if (l.b.isAssigned(variable)) {
    const object = emit(l, Op.GetVar, variable, 0, 0, s.name);
    for (let i = 0; i < items.length; i += 3) emit(l, Op.Store, object, items[i + 1] ?? 0, items[i + 2] ?? 0, s);
    return;
  }
  const value = emit(l, Op.Object, 0, l.b.list(items), 0, s);
  l.b.assigned(variable, l.fn, value, true);
  emit(l, Op.SetVar, variable, value, 1, s);
}
