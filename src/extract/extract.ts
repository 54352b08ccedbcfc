// One file's text → its facts. A pure function of the text and language; the syntax tree is dropped at the end.
import ts from 'typescript';
import type { FileFacts, FunctionFacts, SourceText } from '#model/facts';
import { VarField, VAR_WIDTH } from '#model/facts';
import { childScope, FileBuilder } from './builder.ts';
import type { Lowering } from './lowering.ts';
import { block, hoistVars } from './statements.ts';

const SCRIPT_KINDS = { ts: ts.ScriptKind.TS, tsx: ts.ScriptKind.TSX, js: ts.ScriptKind.JS, jsx: ts.ScriptKind.JSX } as const;

export function extract(source: SourceText): FileFacts {
  const file = ts.createSourceFile(
    `file.${source.language}`, source.text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, false, SCRIPT_KINDS[source.language],
  );
  const b = new FileBuilder();
  const fn = b.newFunction({ n: '', kind: 'module', parent: -1, cls: -1, params: [], start: 0, end: source.text.length });
  const l: Lowering = { file, b, js: source.language === 'js' || source.language === 'jsx', fn, scope: childScope(undefined, 0), cls: -1 };
  hoistVars(l, file.statements);
  block(l, file.statements);
  exportModuleVariables(l, file);
  return finish(b, file);
}

/** `export const a = …` is recorded after lowering, when the variables are known. */
function exportModuleVariables(l: Lowering, file: ts.SourceFile): void {
  const names = (name: ts.BindingName): readonly string[] =>
    ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((e) => (ts.isOmittedExpression(e) ? [] : names(e.name)));
  for (const s of file.statements) {
    if (!ts.isVariableStatement(s) || !s.modifiers?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) continue;
    for (const n of s.declarationList.declarations.flatMap((d) => names(d.name))) {
      const v = l.scope.names.get(n);
      if (v !== undefined) l.b.exports.push({ n, v });
    }
  }
}

function finish(b: FileBuilder, file: ts.SourceFile): FileFacts {
  const total = b.functions.reduce((sum, f) => sum + f.code.length, 0);
  const code = new Int32Array(total);
  const pos = new Int32Array(total / 2);
  let at = 0;
  const functions: FunctionFacts[] = [];
  for (const f of b.functions) {
    code.set(f.code, at);
    pos.set(f.pos, at / 2);
    functions.push({ ...f.draft, captures: [...f.captures].sort((x, y) => x - y), first: at / 4, count: f.code.length / 4 });
    at += f.code.length;
  }
  const vars = Int32Array.from(b.vars);
  clearInitOfReassigned(vars);
  return {
    strings: b.strings, code, pos, extra: Int32Array.from(b.extra), vars, lines: Int32Array.from(file.getLineStarts()), types: b.types,
    functions, classes: b.classes, typeDecls: b.typeDecls, imports: b.imports, exports: b.exports, errors: syntaxErrors(file),
    ...(file.text.includes('fiduciary-allow') ? { directives: true as const } : {}),
  };
}

/** `Init` speaks of variables with one assignment only. */
function clearInitOfReassigned(vars: Int32Array): void {
  for (let v = 0; v < vars.length; v += VAR_WIDTH) if ((vars[v + VarField.Flags] ?? 0) & 2) vars[v + VarField.Init] = -1;
}

function syntaxErrors(file: ts.SourceFile): readonly { readonly line: number; readonly what: string }[] {
  // The parser collects its diagnostics on the file; the property is internal, and absent ones only cost the message.
  const list = (file as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  return list.slice(0, 3).map((d) => ({ line: file.getLineAndCharacterOfPosition(d.start).line + 1, what: `TS${d.code}` }));
}
