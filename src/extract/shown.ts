// What a template shows of the data that its page or component holds, and where that data is set: what is shown of `order` is
// read there of what `order` becomes. So a template says what the data is, as code would that reads the same members.
import type ts from 'typescript';
import { LoopKind, Op } from '#model/facts';
import type { Lowering } from './lowering.ts';
import { emit } from './lowering.ts';
import { createSourceFile, forEachChild, isElementAccessExpression, isIdentifier, isNumericLiteral, isPropertyAccessExpression, isStringLiteralLike, ScriptKind, ScriptTarget, SyntaxKind } from './syntax.ts';

const OPTIONS: ts.CreateSourceFileOptions = { languageVersion: ScriptTarget.Latest };

/** A piece of code in a template. */
export const parseCode = (text: string): ts.SourceFile => createSourceFile('template.ts', text, OPTIONS, false, ScriptKind.TS);

/** Members that are read of a value; those of its elements under `*`. */
export class Shown {
  private members: Map<string, Shown> | undefined;

  member(name: string): Shown {
    const known = this.members?.get(name);
    if (known) return known;
    const made = new Shown();
    (this.members ??= new Map()).set(name, made);
    return made;
  }

  find(name: string): Shown | undefined {
    return this.members?.get(name);
  }

  entries(): Iterable<readonly [string, Shown]> {
    return this.members ?? NOTHING;
  }
}

const NOTHING: readonly (readonly [string, Shown])[] = [];
/** A page that shows more of one value says nothing new with it. */
const MAX_READS = 64;

/** Names that a template binds by what they stand for. */
export type Bound = ReadonlyMap<string, Shown>;

/** Notes what an expression reads, and returns what its own value is a part of. */
export function noteReads(root: Shown, bound: Bound, node: ts.Node): Shown | undefined {
  if (isIdentifier(node)) return bound.get(node.text) ?? root.member(node.text);
  if (isPropertyAccessExpression(node)) return noteReads(root, bound, node.expression)?.member(node.name.text);
  if (isElementAccessExpression(node)) {
    const { argumentExpression: key } = node;
    if (!isStringLiteralLike(key) && !isNumericLiteral(key)) noteReads(root, bound, key);
    const object = noteReads(root, bound, node.expression);
    return isStringLiteralLike(key) ? object?.member(key.text) : object?.member('*');
  }
  let inner: Shown | undefined;
  forEachChild(node, (child) => {
    if (child.kind !== SyntaxKind.PropertyAssignment) inner = noteReads(root, bound, child);
    else noteReads(root, bound, (child as ts.PropertyAssignment).initializer);
  });
  return node.kind === SyntaxKind.ParenthesizedExpression || node.kind === SyntaxKind.NonNullExpression ? inner : undefined;
}

/** Reads of a value what is shown of it. */
export function readShown(l: Lowering, shown: Shown | undefined, value: number, node: ts.Node): void {
  if (shown) readMembers(l, shown, value, node, { left: MAX_READS });
}

function readMembers(l: Lowering, shown: Shown, value: number, node: ts.Node, budget: { left: number }): void {
  for (const [name, inner] of shown.entries()) {
    if (budget.left-- <= 0) return;
    if (name !== '*') readMembers(l, inner, emit(l, Op.Load, value, l.b.string(name), 0, node), node, budget);
    else {
      const loop = emit(l, Op.Loop, LoopKind.Of, 0, 0, node);
      readMembers(l, inner, emit(l, Op.Iterate, value, 0, LoopKind.Of, node), node, budget);
      l.fn.patch(loop, 'b', l.fn.next);
    }
  }
}
