// Writes src/report/html/assets.ts: the style and the script of the HTML report as texts, with the hashes that its content
// security policy names. With --check it only compares. The sources stay CSS and typed modules; the renderer reads no file and
// gives the same bytes from source and from a build.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const FOLDER = 'src/report/html';
const TARGET = `${FOLDER}/assets.ts`;
/** In the order of the cascade. */
const STYLES = ['tokens', 'base', 'layout', 'parts', 'overview', 'findings', 'sections', 'print'];

const style = STYLES.map((name) => readFileSync(`${FOLDER}/styles/${name}.css`, 'utf8')).join('\n').replace(/\/\*[^]*?\*\//g, '');
const text = `// Made by scripts/generate-report-assets.ts from styles/ and client/. Change those, not this.

${constant('STYLE', tidy(style))}
${constant('SCRIPT', tidy(bundle(`${FOLDER}/client/start.ts`)))}`;

if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) {
  process.stdout.write(`${TARGET} is not what styles/ and client/ say; run scripts/generate-report-assets.ts\n`);
  process.exitCode = 1;
}

function constant(name: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('base64');
  const lines = content.split('\n').map((line) => `  ${JSON.stringify(line)},\n`).join('');
  return `export const ${name} = [\n${lines}].join('\\n');\nexport const ${name}_HASH = 'sha256-${hash}';\n`;
}

function tidy(code: string): string {
  return code.split('\n').filter((line) => line.trim() !== '').join('\n');
}

/** The modules behind `entry` as one script, dependencies first. They may import each other by named imports alone. */
function bundle(entry: string): string {
  const parts = new Map<string, string>();
  const names = new Map<string, string>();
  const add = (file: string): void => {
    if (parts.has(file)) return;
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) add(join(dirname(file), statement.moduleSpecifier.text).replaceAll('\\', '/'));
      for (const name of declaredNames(statement)) {
        if (names.has(name)) throw new Error(`${name} is declared in ${file} and in ${names.get(name) ?? ''}; in one script it can be only once`);
        names.set(name, file);
      }
    }
    parts.set(file, transpile(file, source.text));
  };
  add(entry);
  return `(() => {\n'use strict';\n${[...parts.values()].join('\n')}\n})();`;
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(statement)) return statement.name === undefined ? [] : [statement.name.text];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}

function transpile(fileName: string, source: string): string {
  const { outputText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true, verbatimModuleSyntax: true },
  });
  return outputText.replace(/^import .*;$/gm, '').replace(/^export \{\};$/gm, '').replace(/^export /gm, '');
}
