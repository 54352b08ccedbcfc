// Whether repositories give the same bytes at every scan: whatever order their files are listed in, from a cold and a warm cache,
// with one thread and two (see README.md). Nothing is copied and nothing is written into the folders.
// Usage: node --conditions=source --import tsx bench/determinism.ts [--runs N] FOLDER…
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createNodeHost } from '#host/node-host';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { main } from '../src/cli/main.ts';
import { shuffled } from '../test/harness/shuffled.ts';
import { measureNode } from './measure.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '20' } } });
const CLI = resolve('dist/cli/bin.js');

interface Run {
  readonly what: string;
  readonly hash: string;
  readonly bytes: number;
}

const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
if (positionals.length === 0) throw new Error('name at least one folder to scan');
for (const folder of positionals) await compareRuns(resolve(folder));

async function compareRuns(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-determinism-'));
  try {
    const runs: Run[] = [];
    for (let seed = 1; seed <= Number(values.runs); seed += 1) runs.push(await inProcess(folder, scratch, seed));
    runs.push(built(folder, scratch, '1', 'one'), built(folder, scratch, '2', 'two'), built(folder, scratch, '1', 'two'));
    print(basename(folder), runs);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Two runs share a cache: the first fills it, the second lists the files in another order. From source no result is kept, only facts. */
async function inProcess(folder: string, scratch: string, seed: number): Promise<Run> {
  const isCold = seed % 2 === 1;
  const cache = join(scratch, 'cache');
  if (isCold) rmSync(cache, { recursive: true, force: true });
  const json = join(scratch, 'result.json');
  const code = await main(shuffled(createNodeHost(), seed), scanArguments(folder, json, cache, '1'));
  if (code !== 0) throw new Error(`the scan of ${folder} ended with ${code}`);
  return hashed(`seed ${seed}, ${isCold ? 'cold' : 'warm'}`, json);
}

/** A second run with a cache says the result that the first one kept. */
function built(folder: string, scratch: string, jobs: string, cache: string): Run {
  const json = join(scratch, 'result.json');
  measureNode([CLI, ...scanArguments(folder, json, join(scratch, cache), jobs)], scratch, [0]);
  return hashed(`built, ${jobs} thread(s), cache ${cache}`, json);
}

function scanArguments(folder: string, json: string, cache: string, jobs: string): readonly string[] {
  return ['scan', folder, '--format', 'json', '--output', json, '--cache', cache, '--jobs', jobs, '--fail-on', 'never', '--quiet'];
}

function hashed(what: string, file: string): Run {
  const content = readFileSync(file);
  return { what, hash: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

/** The first run is the measure of the others. */
function print(name: string, runs: readonly Run[]): void {
  const [first, ...others] = runs;
  const different = others.filter(({ hash }) => hash !== first?.hash);
  const verdict = different.length === 0 ? 'equal' : `${different.length} DIFFER: ${different.map(({ what }) => what).join('; ')}`;
  process.stdout.write(`${name}  ${runs.length} runs, ${first?.bytes ?? 0} bytes, sha256 ${first?.hash.slice(0, 16) ?? ''}  ${verdict}\n`);
  if (different.length > 0) process.exitCode = 1;
}
