// Runs a Node program once and says how long it took and what it used. Peak memory and processor time are those that the
// operating system counts for the process (the figures of `/usr/bin/time -v`), read by the process itself as it ends.
import { readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Measured {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** Milliseconds of processor time over all threads. */
  readonly cpu: number;
  /** Peak resident memory in megabytes. */
  readonly peak: number;
  readonly stdout: string;
}

const HOOK = pathToFileURL(join(import.meta.dirname, 'report-usage.mjs')).href;

/** `allowed` are the exit codes of a run that did its work. */
export function measureNode(args: readonly string[], scratch: string, allowed: readonly number[], input = ''): Measured {
  const usageFile = join(scratch, 'usage.json');
  rmSync(usageFile, { force: true });
  const start = performance.now();
  const run = spawnSync(process.execPath, ['--import', HOOK, ...args], {
    encoding: 'utf8', input, maxBuffer: 2 ** 30, env: { ...process.env, BENCH_USAGE: usageFile },
  });
  const wall = performance.now() - start;
  if (run.status === null || !allowed.includes(run.status)) {
    throw new Error(`node ${args.join(' ')} ended with ${run.status ?? run.signal ?? 'no status'}\n${run.stderr}`);
  }
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { maxRSS: number; cpu: number };
  return { wall, cpu: usage.cpu, peak: usage.maxRSS / 1024, stdout: run.stdout };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const high = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return (low + high) / 2;
}

/** `412 ms (398-431)`: median, least and most. */
export const spread = (values: readonly number[]): string =>
  `${Math.round(median(values))} ms (${Math.round(Math.min(...values))}-${Math.round(Math.max(...values))})`;
