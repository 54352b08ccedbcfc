// Finds the function that an offset names, so that an engine may give the start of its name, modifiers or first token.
import ts from 'typescript';

export interface FunctionFinder {
  at(file: string, offset: number): ts.Node | undefined;
}

interface Head {
  /** From the first token to the body. */
  readonly from: number;
  readonly to: number;
  readonly node: ts.Node;
}

export function createFunctionFinder(fileOf: (path: string) => ts.SourceFile | undefined): FunctionFinder {
  const known = new Map<string, readonly Head[]>();
  return {
    at(path, offset) {
      const source = fileOf(path);
      const heads = known.get(path) ?? (source ? headsOf(source) : []);
      known.set(path, heads);
      // Heads are listed from outside in, so the last one is the innermost.
      return (heads.find(({ from }) => from === offset) ?? heads.filter(({ from, to }) => from <= offset && offset <= to).at(-1))?.node;
    },
  };
}

function headsOf(source: ts.SourceFile): readonly Head[] {
  const heads: Head[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) heads.push({ from: node.getStart(source), to: node.body.getStart(source), node });
    node.forEachChild(visit);
  };
  visit(source);
  return heads;
}
