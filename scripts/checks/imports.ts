// The import graph of src/: who imports whom, with the names taken. Type imports count like any other.
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { placeOf, visit } from './sources.ts';

export interface Import {
  readonly file: string;
  readonly where: string;
  readonly specifier: string;
  /** The file in src/ that it means; absent for packages and Node's own modules. */
  readonly target?: string;
  /** Names taken from it; `*` for everything. */
  readonly names: readonly string[];
}

export function importsOf(source: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: string, names: readonly string[]): void => {
    const target = targetOf(source.fileName, specifier);
    found.push({ file: source.fileName, where: placeOf(source, node), specifier, names, ...(target === undefined ? {} : { target }) });
  };
  visit(source, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, namesOf(node));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [path] = node.arguments;
      if (path && ts.isStringLiteral(path)) add(node, path.text, ['*']);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      add(node, node.argument.literal.text, ['*']);
    }
  });
  return found;
}

/** `src/flow/solve.ts` is in folder `flow`; a file directly in src/ is a folder of its own: `session`, `index`. */
export const folderOf = (file: string): string => file.replace(/^src\//, '').replace(/\/.*$/, '').replace(/\.ts$/, '');

function targetOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}.ts`;
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
  return undefined;
}

function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): readonly string[] {
  if (ts.isExportDeclaration(node)) {
    if (!node.exportClause || ts.isNamespaceExport(node.exportClause)) return ['*'];
    return node.exportClause.elements.map((element) => (element.propertyName ?? element.name).text);
  }
  const clause = node.importClause;
  if (!clause) return [];
  const bindings = clause.namedBindings;
  const named = !bindings ? [] : ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.map((element) => (element.propertyName ?? element.name).text);
  return clause.name ? ['default', ...named] : named;
}
