// Call resolution of the engine against the TypeScript checker (see README.md).
// Usage: node --conditions=source --import tsx bench/checker.ts FOLDER [--no-js] [--show wrong|missed|typeOnly] [--count N]
// [--libraries FOLDER-WITH-NODE_MODULES]; with library types the checker also sees the parameters of their callbacks.
import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import type ts from 'typescript';
import { createNodeHost } from '#host/node-host';
import { toRepoPath } from '#model/location';
import { discoverProject } from '#project/discover';
import { createResolver } from '#project/resolve';
import { callTargets } from '#session';
import { createFunctionFinder } from './checker/functions.ts';
import { createProgram, findInstalled, type FindModule } from './checker/program.ts';
import { callKey, type Example, type ResolvedCall, scoreCalls, type Score } from './checker/score.ts';
import { trueCalls } from './checker/truth.ts';
import { analysedScripts } from './files.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'no-js': { type: 'boolean', default: false }, show: { type: 'string' }, count: { type: 'string', default: '10' }, libraries: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder of one repository');
const root = realpathSync(folder);

const program = createProgram(root, analysedScripts(root, !values['no-js']), !values['no-js'], moduleFinder());
const files = new Map<string, ts.SourceFile>();
for (const source of program.getSourceFiles()) {
  const path = relative(root, source.fileName).replaceAll('\\', '/');
  if (!source.isDeclarationFile && !path.startsWith('..') && !path.includes('node_modules/')) files.set(path, source);
}

const resolved = new Map<string, ResolvedCall>();
for await (const call of callTargets(createNodeHost(), root)) resolved.set(callKey(call.file, call.start, call.end), call);
const score = scoreCalls(trueCalls(program, files), resolved, createFunctionFinder((path) => files.get(path)));

print(score);
if (values.show === 'wrong' || values.show === 'missed' || values.show === 'typeOnly') show(score[values.show], Number(values.count));

function moduleFinder(): FindModule {
  const project = createResolver(discoverProject(createNodeHost(), root, { include: [], exclude: [] }));
  const installed = values.libraries === undefined ? undefined : findInstalled(values.libraries);
  return (specifier, containing) => {
    const target = project.resolve(toRepoPath(relative(root, containing)), specifier);
    return target.kind === 'file' ? `${root}/${target.file}` : installed?.(specifier, containing);
  };
}

function print({ right, wrong, missed, typeOnly }: Score): void {
  const scored = right.length + wrong.length + missed.length;
  const sets = [...resolved.values()].filter(({ targets }) => targets.length > 0).map(({ targets }) => targets.length);
  const mean = sets.reduce((sum, size) => sum + size, 0) / Math.max(1, sets.length);
  process.stdout.write([
    `${files.size} files, ${resolved.size} calls seen by the engine, ${sets.length} of them resolved to own code`,
    `calls to own code by the checker   ${scored}`,
    `  right    ${right.length}  (recall ${percent(right.length, scored)})`,
    `  wrong    ${wrong.length}`,
    `  missed   ${missed.length}`,
    `type only, left out   ${typeOnly.length}, of them resolved by the engine ${typeOnly.filter(({ targets }) => targets.length > 0).length}`,
    `targets a resolved call   ${mean.toFixed(3)} on average, ${sets.reduce((most, size) => Math.max(most, size), 0)} at most`,
    ...tiers(score).map(([tier, counts]) => `  ${tier.padEnd(10)} right ${counts.right}, wrong ${counts.wrong}, missed ${counts.missed}`),
    '',
  ].join('\n'));
}

function tiers({ right, wrong, missed }: Score): readonly (readonly [string, Readonly<Record<'right' | 'wrong' | 'missed', number>>])[] {
  const of = (list: readonly Example[], tier: string): number => list.filter((example) => example.tier === tier).length;
  const names = [...new Set([...right, ...wrong, ...missed].map(({ tier }) => tier))].sort();
  return names.map((tier) => [tier, { right: of(right, tier), wrong: of(wrong, tier), missed: of(missed, tier) }]);
}

/** Evenly spread over the list, so that one file does not fill the page. */
function show(examples: readonly Example[], count: number): void {
  const step = Math.max(1, Math.floor(examples.length / count));
  for (const { call, tier, targets } of examples.filter((_, index) => index % step === 0).slice(0, count)) {
    const source = call.declaration.getSourceFile();
    process.stdout.write(`\n${place(call.file, call.start)}  ${tier}  ${excerpt(files.get(call.file)?.text.slice(call.start, call.end))}\n`);
    process.stdout.write(`  checker  ${place(pathOf(source), call.declaration.getStart(source))}  ${excerpt(call.declaration.getText(source))}\n`);
    for (const target of targets) process.stdout.write(`  engine   ${place(target.file, target.start)}\n`);
  }
}

function place(path: string, offset: number): string {
  const source = files.get(path);
  return source ? `${path}:${source.getLineAndCharacterOfPosition(offset).line + 1}` : `${path}@${offset}`;
}

function pathOf(source: ts.SourceFile): string {
  return relative(root, source.fileName).replaceAll('\\', '/');
}

function excerpt(text = ''): string {
  return text.replace(/\s+/g, ' ').slice(0, 80);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'nothing to score' : `${((100 * part) / whole).toFixed(1)} %`;
}
