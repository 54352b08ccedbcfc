// The same repository through Fiduciary, Semgrep and Jelly: time, memory, and what each finds that another does not (README.md).
// Usage: node --conditions=source --import tsx bench/beside.ts [--semgrep PATH] [--jelly PATH [--jelly-node NODE]] [--rounds N]
// [--out FILE] [--list] FOLDER…      (each FOLDER is named OWNER+NAME)
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { classifyCode } from '#project/code-context';
import { toRepoPath } from '#model/location';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { type CallComparison, compareCalls } from './beside/calls.ts';
import { type Place, standsAtAny } from './beside/places.ts';
import { measureProcess, type Used } from './beside/process.ts';
import { fiduciary, type Findings, INSTALL, jelly, letSemgrepSeeAll, PINNED, readFiduciary, readJson, readSemgrep, semgrep, type Tool, type ToolName, versionOf } from './beside/tools.ts';
import { analysedTexts } from './files.ts';
import { median } from './measure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    semgrep: { type: 'string' }, jelly: { type: 'string' }, 'jelly-node': { type: 'string', default: process.execPath },
    rounds: { type: 'string', default: '3' }, out: { type: 'string' }, list: { type: 'boolean', default: false },
  },
});
const SCRIPT = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;
/** Channels for which semgrep.yaml has rules; in the others it was asked nothing. */
const ASKED: readonly string[] = ['log', 'url', 'transport', 'storage', 'third-party'];

const OTHERS = ['semgrep', 'jelly'] as const;

interface Comparison {
  readonly repository: string;
  readonly files: number;
  readonly kloc: number;
  readonly runs: Readonly<Partial<Record<ToolName, readonly Used[]>>>;
  readonly found?: Found;
  readonly calls?: CallComparison & { readonly broken: number };
}

interface Found {
  readonly broken: { readonly fiduciary: number; readonly semgrep: number };
  readonly both: readonly Place[];
  readonly onlyFiduciary: readonly Place[];
  readonly onlyFiduciaryNotAsked: readonly Place[];
  readonly onlySemgrep: readonly Place[];
  /** Found by Semgrep, and by Fiduciary too, which does not show it. */
  readonly hiddenByFiduciary: readonly Place[];
}

const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
if (positionals.length === 0) throw new Error('name at least one folder to look at');

const tools: readonly Tool[] = [
  fiduciary,
  ...(values.semgrep === undefined ? [] : [semgrep(resolve(values.semgrep))]),
  ...(values.jelly === undefined ? [] : [jelly(resolve(values.jelly), values['jelly-node'])]),
];
for (const name of OTHERS) {
  if (values[name] === undefined) write(`left out: ${name}. To have it: ${INSTALL[name]}`);
}
const versions = Object.fromEntries(tools.map((tool) => [tool.name, versionOf(tool)]));
for (const name of OTHERS) {
  if (versions[name] !== undefined && versions[name] !== PINNED[name]) write(`${name} is ${versions[name] || 'not to be run'}; the figures of the README are those of ${PINNED[name]}`);
}
const comparisons: Comparison[] = [];
for (const folder of positionals) comparisons.push(await compareOn(resolve(folder)));
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ versions, rounds: Number(values.rounds), comparisons }, undefined, 1)}\n`);

async function compareOn(folder: string): Promise<Comparison> {
  const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-beside-'));
  try {
    const copy = join(scratch, 'copy');
    mkdirSync(copy);
    const size = copyFor(folder, copy);
    const runs = await runRounds(copy, scratch);
    const has = (name: ToolName): boolean => runs[name] !== undefined;
    const comparison: Comparison = {
      repository: basename(folder).replace('+', '/'), ...size, runs,
      ...(has('semgrep') && { found: compareFound(readFiduciary(scratch), readSemgrep(scratch, copy)) }),
      ...(has('jelly') && { calls: { ...compareCalls(copy, scratch), broken: readJson<{ errors: number }>(scratch, 'jelly-counts.json').errors } }),
    };
    print(comparison);
    return comparison;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** All tools get the same scripts: those that Fiduciary reads, without tests, which it does not judge. Whatever else lies there
 * (settings, schemas, templates) stays. */
function copyFor(folder: string, copy: string): { readonly files: number; readonly kloc: number } {
  const texts = analysedTexts(folder).filter(({ path }) => classifyCode(toRepoPath(path)) !== 'test');
  const wanted = new Set(texts.map(({ path }) => path));
  cpSync(folder, copy, {
    recursive: true, verbatimSymlinks: true,
    filter: (path) => !['node_modules', '.git', '.fiduciary'].includes(basename(path)) && (!SCRIPT.test(path) || wanted.has(toRepoPath(relative(folder, path)))),
  });
  letSemgrepSeeAll(copy);
  return { files: texts.length, kloc: Math.round(texts.reduce((sum, { text }) => sum + text.split('\n').length, 0) / 100) / 10 };
}

/** One after the other in each round, and another one first each time, so that a busy machine slows all alike. */
async function runRounds(copy: string, scratch: string): Promise<Comparison['runs']> {
  const runs: Partial<Record<ToolName, Used[]>> = {};
  const failed = new Set<Tool>();
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (let turn = 0; turn < tools.length; turn += 1) {
      const tool = tools[(round + turn) % tools.length];
      if (tool === undefined || failed.has(tool)) continue;
      try {
        const { wall, cpu, peak } = await measureProcess(tool.command, tool.args(copy, scratch), tool.allowed, tool.env);
        (runs[tool.name] ??= []).push({ wall: Math.round(wall), cpu: Math.round(cpu), peak: Math.round(peak) });
      } catch (error) {
        // Without the linter itself there is nothing to compare; without another tool there still is.
        if (tool === fiduciary) throw error;
        failed.add(tool);
        write(`left out here: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  for (const { name } of failed) delete runs[name];
  return runs;
}

function compareFound(ours: Findings, theirs: Findings): Found {
  const onlyOurs = distinct(ours.shown).filter((place) => !standsAtAny(place, theirs.shown));
  const onlyTheirs = distinct(theirs.shown).filter((place) => !standsAtAny(place, ours.shown));
  return {
    broken: { fiduciary: ours.broken, semgrep: theirs.broken },
    both: distinct(ours.shown).filter((place) => standsAtAny(place, theirs.shown)),
    onlyFiduciary: onlyOurs.filter(({ rule }) => ASKED.includes(rule)),
    onlyFiduciaryNotAsked: onlyOurs.filter(({ rule }) => !ASKED.includes(rule)),
    onlySemgrep: onlyTheirs.filter((place) => !standsAtAny(place, ours.hidden)),
    hiddenByFiduciary: onlyTheirs.filter((place) => standsAtAny(place, ours.hidden)),
  };
}

/** One of each rule and line: a call of three arguments may count three times. */
function distinct(places: readonly Place[]): readonly Place[] {
  const byKey = new Map(places.map((place) => [`${place.file}:${place.line}:${place.rule}`, place]));
  return [...byKey.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

function print({ repository, files, kloc, runs, found, calls }: Comparison): void {
  write(`${repository}: ${files} files, ${kloc} kLOC, ${values.rounds} rounds`);
  for (const { name } of tools) if (runs[name]) write(`  ${name.padEnd(10)} ${timesOf(runs, name)}`);
  if (found) {
    write(`  places: both ${found.both.length}, only Fiduciary ${found.onlyFiduciary.length} (and ${found.onlyFiduciaryNotAsked.length} where Semgrep was asked nothing), only Semgrep ${found.onlySemgrep.length} (and ${found.hiddenByFiduciary.length} that Fiduciary does not show)`);
    write(`  files not read whole: Fiduciary ${found.broken.fiduciary}, Semgrep ${found.broken.semgrep}${calls ? `, Jelly ${calls.broken}` : ''}`);
  }
  if (calls) {
    write(`  calls that both see ${calls.seenByBoth}: resolved by both ${calls.resolvedByBoth} (with the same target ${calls.agreed}), only by Fiduciary ${calls.onlyFiduciary}, only by Jelly ${calls.onlyJelly}`);
    write(`  targets a resolved call: Fiduciary ${calls.targetsFiduciary.toFixed(2)}, Jelly ${calls.targetsJelly.toFixed(2)}`);
  }
  if (values.list && found) {
    for (const kind of ['both', 'onlyFiduciary', 'onlyFiduciaryNotAsked', 'onlySemgrep', 'hiddenByFiduciary'] as const) {
      for (const { file, line, rule } of found[kind]) write(`    ${kind}  ${file}:${line}  ${rule}`);
    }
  }
}

/** Ratios are taken within each round; printed is the median with least and most. */
function timesOf(runs: Comparison['runs'], name: ToolName): string {
  const own = runs[name] ?? [];
  const base = runs.fiduciary ?? [];
  const ratio = (of: 'wall' | 'cpu'): string => {
    const ratios = own.map((used, round) => used[of] / (base[round]?.[of] ?? Number.NaN));
    return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)})`;
  };
  return `${(median(own.map(({ wall }) => wall)) / 1000).toFixed(1)} s, to Fiduciary ${ratio('wall')}; processor time ${(median(own.map(({ cpu }) => cpu)) / 1000).toFixed(1)} s, ${ratio('cpu')}; peak ${Math.max(...own.map(({ peak }) => peak))} MB`;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
