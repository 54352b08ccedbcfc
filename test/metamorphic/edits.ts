// Rewriting a file by text: what is replaced keeps its line, so that the marks in comments stay where they are.
import ts from 'typescript';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
}

export const sourceOf = (path: string, text: string): Source => ({ path, text, file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) });

/** Inner edits first; one that lies in another that is made already is left out. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
  const made: Edit[] = [];
  for (const edit of ordered) if (!made.some((other) => edit.start < other.end && other.start < edit.end)) made.push(edit);
  let out = text;
  for (const { start, end, by } of made.sort((a, b) => b.start - a.start)) out = out.slice(0, start) + by + out.slice(end);
  return out;
}

export function nodesOf<T extends ts.Node>(file: ts.Node, is: (node: ts.Node) => node is T): readonly T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

export const textOf = (source: Source, node: ts.Node): string => source.text.slice(node.getStart(source.file), node.end);

export const replaceNode = (source: Source, node: ts.Node, by: string): Edit => ({ start: node.getStart(source.file), end: node.end, by });

/** Edits may not change on which line anything stands. */
export const isOnOneLine = (source: Source, node: ts.Node): boolean => !textOf(source, node).includes('\n');

/** `console.log(…)` and its kin, as a statement of a block. */
export function logCalls(source: Source): readonly (ts.ExpressionStatement & { readonly expression: ts.CallExpression })[] {
  return nodesOf(source.file, ts.isExpressionStatement).filter((statement): statement is ts.ExpressionStatement & { readonly expression: ts.CallExpression } => {
    const { expression: call } = statement;
    return ts.isCallExpression(call) && /^console\.\w+$/.test(call.expression.getText(source.file)) && isOnOneLine(source, statement) && (ts.isBlock(statement.parent) || ts.isSourceFile(statement.parent));
  });
}

export function holds(node: ts.Node, is: (inner: ts.Node) => boolean): boolean {
  let found = false;
  const visit = (inner: ts.Node): void => {
    found ||= is(inner);
    if (!found) ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}
