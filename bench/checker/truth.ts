// What the TypeScript checker says about each call: the declaration in the project's own code, and every function that may
// rightly be named for it.
import ts from 'typescript';
import { bodyOf, findSubtypes } from './subtypes.ts';

export interface TrueCall {
  /** Relative to the root. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** The declaration that the checker resolves to. */
  readonly declaration: ts.Declaration;
  /** Functions with a body that are right answers; empty when only a type is known. */
  readonly right: readonly ts.Node[];
}

type Call = ts.CallExpression | ts.NewExpression;

/** Calls and `new` expressions in these files that resolve to a declaration in one of them. */
export function* trueCalls(program: ts.Program, files: ReadonlyMap<string, ts.SourceFile>): Generator<TrueCall> {
  const checker = program.getTypeChecker();
  const own = new Set(files.values());
  const rightFor = answers(checker, [...own]);
  for (const [file, source] of files) {
    for (const node of callsIn(source)) {
      const declaration = checker.getResolvedSignature(node)?.declaration;
      if (!declaration || !own.has(declaration.getSourceFile())) continue;
      const right = new Set([declaration, ...otherMembers(node, checker)].flatMap(rightFor));
      yield { file, start: node.getStart(source), end: node.end, declaration, right: [...right] };
    }
  }
}

function callsIn(source: ts.SourceFile): readonly Call[] {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    // `import(…)` calls nothing of the project.
    if (ts.isNewExpression(node) || (ts.isCallExpression(node) && node.expression.kind !== ts.SyntaxKind.ImportKeyword)) calls.push(node);
    node.forEachChild(visit);
  };
  visit(source);
  return calls;
}

/** A callee of a union type has a signature per member; the checker names the first one only. */
function otherMembers(node: Call, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const type = checker.getTypeAtLocation(node.expression);
  if (!type.isUnion()) return [];
  const kind = ts.isNewExpression(node) ? ts.SignatureKind.Construct : ts.SignatureKind.Call;
  return type.types.flatMap((each) => checker.getSignaturesOfType(each, kind)).flatMap(({ declaration }) => declaration ?? []);
}

/** The declaration itself, the body of its overloads, and whatever overrides or implements one of them. */
function answers(checker: ts.TypeChecker, files: readonly ts.SourceFile[]): (declaration: ts.Declaration) => readonly ts.Node[] {
  const subtypes = findSubtypes(files, checker);
  const known = new Map<ts.Declaration, readonly ts.Node[]>();
  return (declaration) => {
    const found = known.get(declaration) ?? [declaration, ...overloads(declaration, checker), ...holder(declaration)].flatMap((each) => {
      const body = bodyOf(each);
      return [...(body ? [body] : []), ...subtypes.implementations(each)];
    });
    known.set(declaration, found);
    return found;
  };
}

function overloads(declaration: ts.Declaration, checker: ts.TypeChecker): readonly ts.Declaration[] {
  if (ts.isConstructorDeclaration(declaration)) return declaration.parent.members.filter(ts.isConstructorDeclaration);
  const name = ts.getNameOfDeclaration(declaration);
  return (name && checker.getSymbolAtLocation(name)?.declarations) ?? [];
}

/** The member that holds a function type or an arrow: `send: (mail: Mail) => void`. */
function holder(declaration: ts.Declaration): readonly ts.Declaration[] {
  const { parent } = declaration;
  return ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) ? [parent] : [];
}
