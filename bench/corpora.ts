// Runs the built command line tool over repositories and keeps what it says: `<out>/OWNER+NAME.sarif` and `.json`.
// Usage: node --conditions=source --import tsx bench/corpora.ts OUT FOLDER…      (each FOLDER is named OWNER+NAME)
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Result } from '#model/result';
import { selectVisible } from '#report/visible';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { measureNode } from './measure.ts';

const [out, ...folders] = process.argv.slice(2);
if (out === undefined || folders.length === 0) throw new Error('name the folder for the results and at least one repository');
const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);

const CLI = resolve('dist/cli/bin.js');
const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-corpora-'));
mkdirSync(out, { recursive: true });
try {
  for (const folder of folders) scanRepository(resolve(folder), resolve(out));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function scanRepository(folder: string, results: string): void {
  const name = basename(folder);
  const json = join(results, `${name}.json`);
  const args = [CLI, 'scan', folder, '--report', `sarif=${join(results, `${name}.sarif`)}`, '--report', `json=${json}`, '--no-cache', '--fail-on', 'never'];
  try {
    const { wall, peak } = measureNode(args, scratch, [0]);
    print(name, wall, peak, JSON.parse(readFileSync(json, 'utf8')) as Result);
  } catch (error) {
    // One repository that fails must not hide the others.
    process.stdout.write(`${name}  FAILED\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function print(name: string, wall: number, peak: number, { findings, gaps, counts }: Result): void {
  const { shown } = selectVisible(findings, { confidence: 'medium', quiet: false });
  const kloc = counts.lines / 1000;
  process.stdout.write([
    `${name}  ${(wall / 1000).toFixed(1)} s, ${Math.round(peak)} MB, ${counts.files} files, ${kloc.toFixed(1)} kLOC`,
    `  findings ${shown.length} (${(shown.length / kloc).toFixed(2)} a kLOC), hidden ${findings.length - shown.length}`,
    ...tally(shown.map(({ rule, decision }) => `${rule} ${decision.effect}`)),
    `  gaps ${gaps.length}`,
    ...tally(gaps.map(({ kind }) => kind)),
    '',
  ].join('\n'));
}

function tally(words: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([word, count]) => `    ${String(count).padStart(5)}  ${word}`);
}
