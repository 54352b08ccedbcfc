// Checks the import graph of src/ against architecture-table.ts: directions, packages, `process`, cycles between folders.
import ts from 'typescript';
import { EXCEPTIONS, type Exception, MAY_IMPORT, ONLY_IN, PROCESS_MEMBERS } from './architecture-table.ts';
import { folderOf, type Import, importsOf } from './imports.ts';
import type { Problem } from './problem.ts';
import { listSources, parse, placeOf, visit } from './sources.ts';

interface Departure extends Problem {
  readonly from: string;
  readonly to: string;
}

export const checkArchitecture = (): readonly Problem[] => architectureProblems(listSources('src').map(parse), EXCEPTIONS);

export function architectureProblems(sources: readonly ts.SourceFile[], exceptions: readonly Exception[]): readonly Problem[] {
  const imports = sources.flatMap(importsOf);
  const departures = [...sources.flatMap(unknownFolder), ...imports.flatMap(departuresOf), ...sources.flatMap(processUses)];
  const excused = (found: Departure): boolean => exceptions.some(({ from, to }) => from === found.from && to === found.to);
  const idle = exceptions.filter(({ from, to }) => !departures.some((found) => found.from === from && found.to === to));
  return [
    ...departures.filter((found) => !excused(found)),
    ...idle.map(({ from, to }) => ({ where: from, what: `the exception for ${to} is no longer needed` })),
    ...cycles(imports),
  ];
}

function unknownFolder(source: ts.SourceFile): readonly Departure[] {
  const folder = folderOf(source.fileName);
  if (MAY_IMPORT[folder]) return [];
  return [{ from: source.fileName, to: folder, where: source.fileName, what: `folder ${folder} is not in the architecture table` }];
}

function departuresOf(found: Import): readonly Departure[] {
  const from = folderOf(found.file);
  const departure = (to: string, what: string): readonly Departure[] => [{ from: found.file, to, where: found.where, what }];
  if (found.target === undefined) {
    const allowed = ONLY_IN[packageOf(found.specifier)];
    if (!allowed || allowed.includes(from)) return [];
    return departure(packageOf(found.specifier), `${from} may not import ${found.specifier} (${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no folder may'})`);
  }
  const to = folderOf(found.target);
  if (to === from) return [];
  if (!found.target.startsWith('src/')) return departure(to, `${found.specifier} leaves src/`);
  if (!found.specifier.startsWith('#')) return departure(to, `${found.specifier} crosses folders: write #${found.target.slice(4, -3)}`);
  return MAY_IMPORT[from]?.includes(to) ? [] : departure(to, `${from} may not import ${to}`);
}

/** Node's modules keep their `node:` form here, whether or not the import writes it. */
function packageOf(specifier: string): string {
  if (ONLY_IN[`node:${specifier}`]) return `node:${specifier}`;
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function processUses(source: ts.SourceFile): readonly Departure[] {
  const folder = folderOf(source.fileName);
  const found: Departure[] = [];
  visit(source, (node) => {
    if (folder === 'host' || !ts.isIdentifier(node) || node.text !== 'process' || isName(node)) return;
    const member = ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node ? node.parent.name.text : '';
    if (PROCESS_MEMBERS[folder]?.includes(member)) return;
    found.push({ from: source.fileName, to: 'process', where: placeOf(source, node), what: `${folder} may not use process${member && `.${member}`}: go through host` });
  });
  return found;
}

/** `process` as the name of something of our own: a member, a property, a declaration. */
function isName(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return 'name' in parent ? parent.name === node : parent.right === node;
  return 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
}

/** Folders that reach themselves through others. Impossible while the table holds, unless an exception opens a way. */
function cycles(imports: readonly Import[]): readonly Problem[] {
  const edges = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    if (target === undefined || folderOf(target) === folderOf(file)) continue;
    edges.set(folderOf(file), (edges.get(folderOf(file)) ?? new Set()).add(folderOf(target)));
  }
  return [...edges.keys()].sort().flatMap((start) => {
    const way = wayBack(start, edges);
    // Each cycle is told once, from its first folder in order.
    return way && way.every((folder) => folder >= start) ? [{ where: `src/${start}`, what: `import cycle: ${[...way, start].join(' -> ')}` }] : [];
  });
}

function wayBack(start: string, edges: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const queue: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = queue.shift(); way; way = queue.shift()) {
    for (const next of edges.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push([...way, next]);
    }
  }
  return undefined;
}
