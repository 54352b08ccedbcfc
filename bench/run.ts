// Time and memory of the built command line tool, as ratios to the yardstick Y of the same run (see README.md).
// Usage: node --conditions=source --import tsx bench/run.ts [--rounds N] [--jobs N] FOLDER…
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { analysedTexts, type AnalysedText } from './files.ts';
import { type Measured, measureNode, median, spread } from './measure.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '5' }, jobs: { type: 'string' } } });
const CLI = resolve('dist/cli/bin.js');
const YARDSTICK = resolve('bench/yardstick.ts');
const KINDS = ['cold', 'warm', 'edited'] as const;
type Kind = (typeof KINDS)[number];
const GOALS: Readonly<Record<Kind, number>> = { cold: 2.0, warm: 0.2, edited: 0.3 };

const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
if (positionals.length === 0) throw new Error('name at least one folder to measure');
for (const folder of positionals) measureFolder(resolve(folder));

/** Works on a copy: one of the runs edits a file, and the measured folder must stay as it is. */
function measureFolder(folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-bench-'));
  try {
    const copy = join(scratch, 'copy');
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !['node_modules', '.git', '.fiduciary'].includes(basename(path)) });
    const texts = analysedTexts(copy);
    print(basename(folder), texts, rounds(copy, scratch, texts));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface Runs {
  readonly yardstick: { readonly wall: number; readonly cpu: number }[];
  readonly scans: Readonly<Record<Kind, Measured[]>>;
}

/** Each round measures the yardstick before and after the scans, so that a busy machine slows both alike. */
function rounds(copy: string, scratch: string, texts: readonly AnalysedText[]): Runs {
  const runs: Runs = { yardstick: [], scans: { cold: [], warm: [], edited: [] } };
  const input = JSON.stringify(texts);
  const edited = join(copy, middleFile(texts));
  const original = readFileSync(edited);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const cache = join(scratch, `cache-${round}`);
    runs.yardstick.push(measureYardstick(scratch, input));
    runs.scans.cold.push(scan(copy, cache, scratch));
    runs.scans.warm.push(scan(copy, cache, scratch));
    runs.yardstick.push(measureYardstick(scratch, input));
    appendFileSync(edited, `\nfunction benchEdit${round}(value) { return [value, ${round}]; }\n`);
    runs.scans.edited.push(scan(copy, cache, scratch));
    writeFileSync(edited, original);
    rmSync(cache, { recursive: true, force: true });
  }
  return runs;
}

function measureYardstick(scratch: string, input: string): { readonly wall: number; readonly cpu: number } {
  return JSON.parse(measureNode(['--import', 'tsx', YARDSTICK], scratch, [0], input).stdout) as { wall: number; cpu: number };
}

function scan(copy: string, cache: string, scratch: string): Measured {
  const jobs = values.jobs === undefined ? [] : ['--jobs', values.jobs];
  return measureNode([CLI, 'scan', copy, '--format', 'json', '--output', join(scratch, 'result.json'), '--cache', cache, '--fail-on', 'never', ...jobs], scratch, [0]);
}

/** A script of middle length: neither the smallest nor the largest change that a developer makes. */
function middleFile(texts: readonly AnalysedText[]): string {
  const scripts = texts.filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path)).sort((a, b) => a.text.length - b.text.length);
  const middle = scripts[Math.floor(scripts.length / 2)];
  if (!middle) throw new Error('no script file is analysed here');
  return middle.path;
}

function print(name: string, texts: readonly AnalysedText[], { yardstick, scans }: Runs): void {
  const kloc = texts.reduce((sum, { text }) => sum + text.split('\n').length, 0) / 1000;
  const wall = median(yardstick.map((run) => run.wall));
  const cpu = median(yardstick.map((run) => run.cpu));
  const lines = [
    `${name}: ${texts.length} files, ${kloc.toFixed(1)} kLOC, ${scans.cold.length} rounds`,
    `  Y       ${spread(yardstick.map((run) => run.wall))}`,
    ...KINDS.map((kind) => {
      const walls = scans[kind].map((run) => run.wall);
      const byCpu = median(scans[kind].map((run) => run.cpu)) / cpu;
      return `  ${kind.padEnd(7)} ${spread(walls)}  ${(median(walls) / wall).toFixed(2)} Y (goal ${GOALS[kind].toFixed(1)}), processor time ${byCpu.toFixed(2)} Y`;
    }),
    `  peak    ${Math.round(Math.max(...scans.cold.map((run) => run.peak)))} MB cold, ${Math.round(Math.max(...scans.warm.map((run) => run.peak)))} MB warm (goal ${Math.round(150 + kloc)} MB)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
