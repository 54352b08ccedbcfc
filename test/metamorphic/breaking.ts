// Changes after which nothing arrives at a log any more.
import ts from 'typescript';
import { logCalls, replaceNode, textOf } from './edits.ts';
import type { Rewrite } from './rewrites.ts';

const withArguments = (name: string, change: (text: string) => string): Rewrite => ({
  name,
  edits: (source) => logCalls(source).filter(({ expression }) => !expression.arguments.some(ts.isSpreadElement)).flatMap(({ expression }) => expression.arguments.map((argument) => replaceNode(source, argument, change(textOf(source, argument))))),
});

export const BREAKING: readonly Rewrite[] = [
  withArguments('a mask', (text) => `String(${text}).replace(/./g, '*')`),
  withArguments('a constant', () => `'checked'`),
  withArguments('nothing but a count', (text) => `String(${text}).length`),
  {
    name: 'a dead branch',
    edits: (source) => logCalls(source).map((statement) => replaceNode(source, statement, `if (false) { ${textOf(source, statement)} }`)),
  },
];
