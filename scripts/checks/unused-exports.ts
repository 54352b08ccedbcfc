// Exports of src/ that nothing takes. A type that its own file mentions counts as taken, and so does a table from which a
// type is derived: both are part of what the other exports say.
import ts from 'typescript';
import { type Import, importsOf } from './imports.ts';
import type { Problem } from './problem.ts';
import { listSources, parse, placeOf, visit } from './sources.ts';

/** Doors that others open from outside; what they export is meant for them. */
const ENTRIES: readonly string[] = ['src/index.ts', 'src/eslint/index.ts', 'src/action/bin.ts', 'src/cli/bin.ts'];

interface Exported {
  readonly name: string;
  readonly isType: boolean;
  readonly node: ts.Node;
}

export function checkUnusedExports(): readonly Problem[] {
  const users = listSources('src', 'test', 'bench', 'scripts').map(parse);
  return unusedExports(users.filter((file) => file.fileName.startsWith('src/')), users);
}

export function unusedExports(sources: readonly ts.SourceFile[], users: readonly ts.SourceFile[]): readonly Problem[] {
  const taken = takenNames(users.flatMap(importsOf));
  return sources.filter((source) => !ENTRIES.includes(source.fileName)).flatMap((source) => {
    const names = taken.get(source.fileName) ?? new Set<string>();
    if (names.has('*')) return [];
    return exportsOf(source)
      .filter(({ name, isType }) => !names.has(name) && !(isType ? mentions(source, name) > 1 : derivesType(source, name)))
      .map(({ name, node }) => ({ where: placeOf(source, node), what: `export ${name} is not used anywhere else` }));
  });
}

function takenNames(imports: readonly Import[]): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  for (const { target, names } of imports) {
    if (target === undefined) continue;
    const set = taken.get(target) ?? new Set();
    for (const name of names) set.add(name);
    taken.set(target, set);
  }
  return taken;
}

function exportsOf(source: ts.SourceFile): readonly Exported[] {
  return source.statements.flatMap((statement): readonly Exported[] => {
    if (!ts.canHaveModifiers(statement)) return [];
    const modifiers = ts.getModifiers(statement) ?? [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return [{ name: 'default', isType: false, node: statement }];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [{ name: name.text, isType: false, node: name }] : []));
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const named = isType || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    return named && statement.name ? [{ name: statement.name.text, isType, node: statement.name }] : [];
  });
}

function mentions(source: ts.SourceFile, name: string): number {
  let count = 0;
  visit(source, (node) => {
    if (ts.isIdentifier(node) && node.text === name) count += 1;
  });
  return count;
}

function derivesType(source: ts.SourceFile, name: string): boolean {
  let found = false;
  visit(source, (node) => {
    found ||= ts.isTypeQueryNode(node) && ts.isIdentifier(node.exprName) && node.exprName.text === name;
  });
  return found;
}
