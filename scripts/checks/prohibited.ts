// Calls and forms that the house rules exclude, each with the folders that may have it and what to write instead.
import ts from 'typescript';
import { folderOf } from './imports.ts';
import type { Problem } from './problem.ts';
import { listSources, parse, placeOf, visit } from './sources.ts';

interface Ban {
  readonly what: string;
  readonly instead: string;
  readonly allowedIn: readonly string[];
  readonly is: (node: ts.Node) => boolean;
}

const member = (object: string, name?: string) => (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === object && (name === undefined || node.name.text === name);
const calls = (name: string) => (node: ts.Node): boolean => ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;

const BANS: readonly Ban[] = [
  { what: 'process.exit', instead: 'set the exit code through host: exiting cuts output in pipes', allowedIn: [], is: member('process', 'exit') },
  { what: 'console', instead: 'write through host, from a door', allowedIn: ['cli', 'action'], is: member('console') },
  { what: 'localeCompare', instead: 'compareText of #model/location: its order is the same on every machine', allowedIn: [], is: (node) => ts.isPropertyAccessExpression(node) && node.name.text === 'localeCompare' },
  { what: 'Date.now', instead: 'take the time from host', allowedIn: ['host', 'cli'], is: member('Date', 'now') },
  { what: 'performance.now', instead: 'take the time from host', allowedIn: ['host', 'cli'], is: member('performance', 'now') },
  { what: 'new Date()', instead: 'take the time from host', allowedIn: ['host', 'cli'], is: (node) => ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date' && !node.arguments?.length },
  { what: 'Math.random', instead: 'something that gives the same result twice', allowedIn: [], is: member('Math', 'random') },
  { what: 'fetch', instead: 'nothing: the tool opens no connection', allowedIn: [], is: calls('fetch') },
  { what: 'any', instead: 'unknown, then narrow it', allowedIn: [], is: (node) => node.kind === ts.SyntaxKind.AnyKeyword },
  { what: 'the non-null !', instead: 'a check', allowedIn: [], is: ts.isNonNullExpression },
  { what: 'a default export', instead: 'a named one', allowedIn: ['eslint'], is: (node) => ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent) },
];

export function checkProhibited(): readonly Problem[] {
  return [...listSources('src').map(parse).flatMap(prohibitedIn), ...listSources('test').map(parse).flatMap(onlyIn)];
}

export function prohibitedIn(source: ts.SourceFile): readonly Problem[] {
  const bans = BANS.filter(({ allowedIn }) => !allowedIn.includes(folderOf(source.fileName)));
  const found: Problem[] = [];
  visit(source, (node) => {
    for (const ban of bans) if (ban.is(node)) found.push({ where: placeOf(source, node), what: `${ban.what} is excluded: ${ban.instead}` });
  });
  return found;
}

/** A forgotten `.only` lets every other test of the suite pass unseen. */
function onlyIn(source: ts.SourceFile): readonly Problem[] {
  const found: Problem[] = [];
  visit(source, (node) => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'only') {
      found.push({ where: placeOf(source, node), what: '.only hides the other tests of its suite' });
    }
  });
  return found;
}
