// Imports and exports of a file, ESM and CommonJS.
import type ts from 'typescript';
import { Op, VarKind } from '#model/facts';
import { expression } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { declare, emit, readName, startOf, writeName } from './lowering.ts';
import { lookup, ownName } from './scope.ts';
import {
  isClassDeclaration, isDefault, isExportAssignment, isExported, isExternalModuleReference, isIdentifier, isImportEqualsDeclaration,
  isNamespaceExport, isNamespaceImport, isOmittedExpression, isPropertyAccessExpression, isStringLiteralLike, isVariableStatement,
  SyntaxKind,
} from './syntax.ts';

export function lowerImport(l: Lowering, s: ts.ImportDeclaration | ts.ImportEqualsDeclaration): void {
  if (isImportEqualsDeclaration(s)) {
    const { moduleReference: reference } = s;
    if (!isExternalModuleReference(reference)) declare(l, s.name.text, VarKind.Const, startOf(l, s.name));
    else if (isStringLiteralLike(reference.expression)) bind(l, s.name, reference.expression.text, '*', s.isTypeOnly);
    return;
  }
  if (!isStringLiteralLike(s.moduleSpecifier)) return;
  const from = s.moduleSpecifier.text;
  const clause = s.importClause;
  if (!clause) {
    l.b.imports.push({ from, n: '' });
    return;
  }
  const typeOnly = clause.phaseModifier === SyntaxKind.TypeKeyword;
  if (clause.name) bind(l, clause.name, from, 'default', typeOnly);
  const bindings = clause.namedBindings;
  if (bindings && isNamespaceImport(bindings)) bind(l, bindings.name, from, '*', typeOnly);
  else if (bindings) for (const e of bindings.elements) bind(l, e.name, from, (e.propertyName ?? e.name).text, typeOnly || e.isTypeOnly);
}

function bind(l: Lowering, name: ts.Identifier, from: string, n: string, typeOnly: boolean): void {
  l.b.imports.push({ from, n, ...(typeOnly ? { typeOnly: true as const } : {}) });
  declare(l, name.text, VarKind.Import, startOf(l, name), l.b.imports.length - 1);
}

export function lowerExport(l: Lowering, s: ts.ExportAssignment | ts.ExportDeclaration): void {
  if (isExportAssignment(s)) {
    const n = s.isExportEquals ? 'export=' : 'default';
    const v = isIdentifier(s.expression) ? lookup(l.scope, s.expression.text) : undefined;
    const type = isIdentifier(s.expression) ? { type: s.expression.text } : {};
    if (v !== undefined) l.exports.push({ n, v, ...type });
    else l.exports.push({ n, r: expression(l, s.expression), ...type });
    return;
  }
  const from = s.moduleSpecifier && isStringLiteralLike(s.moduleSpecifier) ? s.moduleSpecifier.text : undefined;
  if (from !== undefined) l.b.imports.push({ from, n: '' });
  if (!s.exportClause) {
    if (from !== undefined) l.exports.push({ n: '*', from });
  } else if (isNamespaceExport(s.exportClause)) {
    if (from !== undefined) l.exports.push({ n: s.exportClause.name.text, from, as: '*' });
  } else for (const e of s.exportClause.elements) exportName(l, e, from);
}

function exportName(l: Lowering, e: ts.ExportSpecifier, from: string | undefined): void {
  const local = (e.propertyName ?? e.name).text;
  const n = e.name.text;
  if (from !== undefined) {
    l.exports.push({ n, from, as: local });
    return;
  }
  const v = lookup(l.scope, local);
  l.exports.push({ n, type: local, ...(v === undefined ? {} : { v }) });
}

/** Records `export` and `export default` modifiers of a declaration. */
export function exportDeclared(l: Lowering, s: ts.Node, name: string, type = false): void {
  if (!isExported(s)) return;
  const v = ownName(l.scope, name);
  l.exports.push({ n: isDefault(s) ? 'default' : name, ...(v === undefined ? {} : { v }), ...(type || isClassDeclaration(s) ? { type: name } : {}) });
}

/** `import Money = Bank.Money` is a constant of that value; the required module has been bound already. */
export function lowerAlias(l: Lowering, s: ts.ImportEqualsDeclaration): void {
  if (!isExternalModuleReference(s.moduleReference) && !s.isTypeOnly) writeName(l, s.name, entityValue(l, s.moduleReference), true);
  exportDeclared(l, s, s.name.text, true);
}

const entityValue = (l: Lowering, name: ts.EntityName): number =>
  isIdentifier(name) ? readName(l, name) : emit(l, Op.Load, entityValue(l, name.left), l.b.string(name.right.text), 0, name);

/** `export const a = …` is recorded after lowering, when the variables are known. */
export function exportVariables(l: Lowering, statements: readonly ts.Statement[]): void {
  const names = (name: ts.BindingName): readonly string[] =>
    isIdentifier(name) ? [name.text] : name.elements.flatMap((e) => (isOmittedExpression(e) ? [] : names(e.name)));
  for (const s of statements) {
    if (!isVariableStatement(s) || !isExported(s)) continue;
    for (const n of s.declarationList.declarations.flatMap((d) => names(d.name))) {
      const v = ownName(l.scope, n);
      if (v !== undefined) l.exports.push({ n, v });
    }
  }
}

/** `module.exports = x`, `exports.name = x`, `module.exports.name = x` at module level. */
export function recordCommonJsExport(l: Lowering, target: ts.PropertyAccessExpression, value: number): void {
  if (l.fn.index !== 0) return;
  const isModuleExports = (e: ts.Expression): boolean =>
    isPropertyAccessExpression(e) && e.name.text === 'exports' && isIdentifier(e.expression) && e.expression.text === 'module' && lookup(l.scope, 'module') === undefined;
  const isExports = (e: ts.Expression): boolean => isIdentifier(e) && e.text === 'exports' && lookup(l.scope, 'exports') === undefined;
  if (isModuleExports(target)) l.b.exports.push({ n: 'export=', r: value });
  else if (isModuleExports(target.expression) || isExports(target.expression)) l.b.exports.push({ n: target.name.text, r: value });
}
