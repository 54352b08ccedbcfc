// Other ways to spread the same program over files.
import ts from 'typescript';
import { type Edit, replaceNode, type Source, textOf } from './edits.ts';

type Files = ReadonlyMap<string, string>;

const CODE = /\.(?:ts|tsx|js|jsx)$/;

/** What a file holds moves to a file of its own; the old one hands everything on. */
export function throughBarrels(files: Files): Files {
  const out = new Map(files);
  for (const [path, text] of files) {
    if (!CODE.test(path) || path.endsWith('.d.ts') || !isImported(files, path) || !isModule(text) || /\b(?:module\.exports|export =|require\()/.test(text)) continue;
    const inner = path.replace(CODE, '-inner$&');
    const stem = inner.replace(/^.*\//, '').replace(CODE, '');
    const hasDefault = /^export default\b|\bas default\b/m.test(text);
    out.set(inner, text);
    out.set(path, `export * from './${stem}';\n${hasDefault ? `export { default } from './${stem}';\n` : ''}`);
  }
  return out;
}

const isModule = (text: string): boolean => /^export\b/m.test(text);

function isImported(files: Files, path: string): boolean {
  const stem = path.replace(/^.*\//, '').replace(CODE, '');
  return [...files].some(([other, text]) => other !== path && CODE.test(other) && new RegExp(`['"]\\.{1,2}/(?:[^'"]*/)?${stem.replace(/[^\w-]/g, '\\$&')}(?:\\.\\w+)?['"]`).test(text));
}

/** Plain JavaScript: `import` and `export` become `require` and `exports`. */
export function toCommonJs(source: Source): readonly Edit[] {
  const { file } = source;
  if (!/\.js$/.test(source.path) || !isModule(source.text) || file.statements.some((statement) => !canConvert(statement))) return [];
  const edits: Edit[] = [];
  const exported: string[] = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) edits.push(replaceNode(source, statement, required(source, statement)));
    const modifier = ts.canHaveModifiers(statement) ? statement.modifiers?.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) : undefined;
    if (!modifier) continue;
    edits.push({ start: modifier.getStart(file), end: modifier.end + 1, by: '' });
    if (ts.isVariableStatement(statement)) exported.push(...statement.declarationList.declarations.map(({ name }) => textOf(source, name)));
    else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) exported.push(statement.name.text);
  }
  if (edits.length > 0) edits.push({ start: source.text.length, end: source.text.length, by: `\n${exported.map((name) => `exports.${name} = ${name};`).join('\n')}\n` });
  return edits;
}

function canConvert(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return false;
  if (ts.isImportDeclaration(statement)) return statement.importClause !== undefined && !statement.importClause.name;
  const modifiers = ts.canHaveModifiers(statement) ? (statement.modifiers ?? []) : [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return false;
  return !ts.isVariableStatement(statement) || statement.declarationList.declarations.every(({ name }) => ts.isIdentifier(name));
}

function required(source: Source, { importClause, moduleSpecifier }: ts.ImportDeclaration): string {
  const bindings = importClause?.namedBindings;
  const from = `require(${textOf(source, moduleSpecifier)})`;
  if (bindings && ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = ${from};`;
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ propertyName, name }) => (propertyName ? `${textOf(source, propertyName)}: ${name.text}` : name.text)) : [];
  return `const { ${names.join(', ')} } = ${from};`;
}

