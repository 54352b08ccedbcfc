// One file's text → its facts. A pure function of the text and language; the syntax tree is dropped at the end.
import type ts from 'typescript';
import type { FileFacts, FunctionFacts, SourceText } from '#model/facts';
import { VarField, VAR_WIDTH, VarFlag } from '#model/facts';
import { FileBuilder } from './builder.ts';
import { hoistVars } from './declarations.ts';
import type { Lowering } from './lowering.ts';
import { lowerTypedefs } from './doc-typedefs.ts';
import { exportVariables } from './modules.ts';
import { childScope } from './scope.ts';
import { block } from './statements.ts';
import { lowerComponent } from './svelte.ts';
import { createSourceFile, JSDocParsingMode, ScriptKind, ScriptTarget } from './syntax.ts';
import { lowerView } from './view-templates.ts';
import { openData, pageOf, type View, vueView } from './views.ts';

const viewOf = (source: SourceText, statements: readonly ts.Statement[]): View | undefined =>
  (source.vue === undefined ? source.template === undefined ? undefined : pageOf(statements, source.template) : vueView(statements, source.vue));

const SCRIPT_KINDS = { ts: ScriptKind.TS, tsx: ScriptKind.TSX, js: ScriptKind.JS, jsx: ScriptKind.JSX } as const;
const OPTIONS: ts.CreateSourceFileOptions = { languageVersion: ScriptTarget.Latest, jsDocParsingMode: JSDocParsingMode.ParseNone };

const NO_CAPTURES: readonly number[] = [];

export function extract(source: SourceText): FileFacts {
  const file = createSourceFile(`file.${source.language}`, source.text, OPTIONS, false, SCRIPT_KINDS[source.language]);
  const b = new FileBuilder();
  const fn = b.newFunction({ n: '', kind: 'module', parent: -1, cls: -1, params: [], start: 0, end: source.text.length });
  const l: Lowering = { file, b, js: source.language === 'js' || source.language === 'jsx', fn, scope: childScope(undefined, 0), exports: b.exports, label: undefined, cls: -1, template: source.template, shift: 0, place: undefined, names: undefined, view: viewOf(source, file.statements) };
  hoistVars(l, source.svelte === undefined ? file.statements : []);
  lowerTypedefs(l);
  openData(l);
  if (source.svelte === undefined) block(l, file.statements);
  else lowerComponent(l, file.statements, source.svelte);
  lowerView(l);
  exportVariables(l, file.statements);
  b.complete(fn);
  const facts = finish(b, file);
  b.release();
  return facts;
}

function finish(b: FileBuilder, file: ts.SourceFile): FileFacts {
  const functions = b.functions.map((fn): FunctionFacts => {
    const captures = fn.captures ? [...fn.captures].sort((x, y) => x - y) : NO_CAPTURES;
    return Object.assign(fn.draft, { captures, first: fn.first, count: fn.count });
  });
  const vars = b.vars.toArray();
  clearInitOfReassigned(vars);
  return {
    strings: b.strings, code: b.code.toArray(), pos: b.pos.toArray(), extra: b.extra.toArray(), vars, lines: lineStarts(file), types: b.types,
    functions, classes: b.classes, typeDecls: b.typeDecls, imports: b.imports, exports: b.exports, errors: syntaxErrors(file),
    ...(file.text.includes('fiduciary-allow') ? { directives: true as const } : {}),
  };
}

/** `Init` speaks of variables with one assignment only. */
function clearInitOfReassigned(vars: Int32Array): void {
  for (let v = 0; v < vars.length; v += VAR_WIDTH) if ((vars[v + VarField.Flags] ?? 0) & VarFlag.Reassigned) vars[v + VarField.Init] = -1;
}

/** As the compiler counts them, but looking for one sign only where no other ends lines. */
function lineStarts(file: ts.SourceFile): Int32Array {
  const { text } = file;
  if (/[\r\u2028\u2029]/.test(text)) return Int32Array.from(file.getLineStarts());
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return new Int32Array(starts);
}

function syntaxErrors(file: ts.SourceFile): readonly { readonly line: number; readonly what: string }[] {
  // The parser collects its diagnostics on the file; the property is internal, and absent ones only cost the message.
  const list = (file as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  return list.slice(0, 3).map((d) => ({ line: file.getLineAndCharacterOfPosition(d.start).line + 1, what: `TS${d.code}` }));
}
