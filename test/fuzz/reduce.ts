// Makes a program that shows a difference as small as it gets: statements, members and parameters are left out while it still shows it.
import ts from 'typescript';
import { compareOne, type Difference } from './compare.ts';
import type { Program } from './program.ts';

const MAX_TRIES = 250;

export async function reduce(difference: Difference): Promise<Program> {
  let best = difference.program;
  let tries = 0;
  for (let smaller = true; smaller && tries < MAX_TRIES; ) {
    smaller = false;
    // What comes before the piece that was left out has been tried already: the next pass tries it again.
    for (let at = 0, all = [...candidates(best)]; at < all.length && tries < MAX_TRIES; at += 1) {
      const candidate = all[at];
      tries += 1;
      if (candidate === undefined || !(await shows(candidate, difference))) continue;
      best = candidate;
      smaller = true;
      all = [...candidates(best)];
      at -= 1;
    }
  }
  return best;
}

async function shows(program: Program, { kind, arrival }: Difference): Promise<boolean> {
  try {
    const found = await compareOne(program);
    return found.some((each) => each.kind === kind && each.arrival.sink === arrival.sink && each.arrival.field === arrival.field);
  } catch {
    return false;
  }
}

/** The program without a file, then without one piece of a file, the largest first. */
function* candidates(program: Program): Generator<Program> {
  for (const path of Object.keys(program.files)) if (path !== program.main) yield { ...program, files: Object.fromEntries(Object.entries(program.files).filter(([other]) => other !== path)) };
  for (const [path, text] of Object.entries(program.files)) {
    for (const { start, end, by } of pieces(path, text)) yield { ...program, files: { ...program.files, [path]: tidy(text.slice(0, start) + by + text.slice(end)) } };
  }
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

function pieces(path: string, text: string): readonly Piece[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Piece[] = [];
  const visit = (node: ts.Node): void => {
    const [start, end] = [node.getStart(file), node.end];
    if (ts.isStatement(node) && !ts.isSourceFile(node.parent) && !ts.isFunctionLike(node.parent)) {
      found.push({ start, end, by: ts.isSourceFile(node.parent) || ts.isBlock(node.parent) ? '' : '{}' });
      const body = bodyOf(node);
      if (body) found.push({ start, end, by: body.getText(file) });
    } else if (ts.isStatement(node) && ts.isSourceFile(node.parent)) found.push({ start, end, by: '' });
    if (ts.isClassElement(node) || ts.isEnumMember(node)) found.push({ start, end, by: '' });
    if (ts.isVariableDeclaration(node) && node.initializer && !ts.isIdentifier(node.initializer)) {
      const { initializer } = node;
      // A value of the program itself: what stands for a function or an object of the language would make no sense there.
      const inner = (child: ts.Node): void => {
        if (ts.isIdentifier(child) && /^(?:v\d+|customers?)$/.test(child.text)) found.push({ start: initializer.getStart(file), end: initializer.end, by: child.text });
        else ts.forEachChild(child, inner);
      };
      inner(initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.sort((a, b) => b.end - b.start - b.by.length - (a.end - a.start - a.by.length));
}

/** What stands in a statement that can stand alone. */
function bodyOf(node: ts.Statement): ts.Node | undefined {
  if (ts.isIfStatement(node)) return node.thenStatement;
  if (ts.isForOfStatement(node) || ts.isForStatement(node) || ts.isLabeledStatement(node)) return node.statement;
  if (ts.isTryStatement(node)) return node.tryBlock;
  return undefined;
}

const tidy = (text: string): string => text.replace(/^[ \t;]+$/gm, '').replace(/\n{2,}/g, '\n');
