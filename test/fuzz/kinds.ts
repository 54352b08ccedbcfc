// Which kinds of syntax the extractor handles, read off its own source: every kind it names, and every kind it asks for by one of
// the compiler's `is…` functions. And which of them some programs hold.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const EXTRACT = 'src/extract';
/** Names of kinds that are also those of others, and what no program can hold. */
const NO_SYNTAX = new Set(['Count']);

export function handledKinds(folder = EXTRACT): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
    // The table of the compiler's functions names all; what is used stands in the others.
    const asks = file !== 'syntax.ts';
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && ['K', 'SyntaxKind'].includes(node.expression.text)) add(names, node.name.text);
      if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer && ts.isIdentifier(node.initializer) && ['K', 'SyntaxKind'].includes(node.initializer.text)) {
        for (const element of node.name.elements) if (ts.isIdentifier(element.name)) add(names, (element.propertyName ?? element.name).getText(source));
      }
      if (asks && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text.startsWith('is')) add(names, node.expression.text.slice(2));
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return names;
}

function add(names: Set<string>, name: string): void {
  const kinds = ts.SyntaxKind as unknown as Readonly<Record<string, unknown>>;
  // Some functions say more than the kind that they ask for: `isConstructorDeclaration`, `isIndexSignatureDeclaration`.
  const kind = kinds[name] ?? kinds[name.replace(/(?:Declaration|Node)$/, '')];
  if (typeof kind === 'number' && !NO_SYNTAX.has(name)) names.add(canonical(kind));
}

/** One name of those that a kind has: the enumeration marks the first and last of groups as well. */
const NAMES = new Map<number, string>();
for (const [name, kind] of Object.entries(ts.SyntaxKind)) if (typeof kind === 'number' && !NAMES.has(kind)) NAMES.set(kind, name);
const canonical = (kind: number): string => NAMES.get(kind) ?? String(kind);

export function kindsIn(files: Readonly<Record<string, string>>, into: Set<string>): void {
  for (const [path, text] of Object.entries(files)) {
    const visit = (node: ts.Node): void => {
      into.add(canonical(node.kind));
      if ('modifiers' in node) for (const modifier of (node as ts.Node & { readonly modifiers?: readonly ts.Node[] }).modifiers ?? []) into.add(canonical(modifier.kind));
      if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) into.add(canonical(node.operator));
      if (ts.isTypeOperatorNode(node)) into.add(canonical(node.operator));
      if (ts.isHeritageClause(node)) into.add(canonical(node.token));
      if (ts.isImportClause(node) && node.phaseModifier !== undefined) into.add(canonical(node.phaseModifier));
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  }
}
