// Runs any program once, and says how long it took and what it and all that it started used. Linux only: elsewhere the time of
// the clock is all there is. Memory is the share of each process (pages that several of them have count once), added up.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

export interface Used {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** Milliseconds of processor time over all processes and threads; 0 where it cannot be known. */
  readonly cpu: number;
  /** Peak memory in megabytes; 0 where it cannot be known. */
  readonly peak: number;
}

/** Often enough for what lives as long as a scan, and too seldom to be felt. */
const SAMPLE_MS = 100;
/** What a tool says last tells why it failed; a call graph printed whole does not. */
const LAST_WORDS = 2000;
/** Ticks a second in which the kernel tells times, the same on every Linux. */
const TICKS = 100;

/** `allowed` are the exit codes of a run that did its work. */
export async function measureProcess(command: string, args: readonly string[], allowed: readonly number[], env: NodeJS.ProcessEnv): Promise<Used> {
  const before = childrenCpu();
  const start = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let peak = 0;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said = (said + text.toString()).slice(-LAST_WORDS); });
  const timer = setInterval(() => { peak = Math.max(peak, child.pid === undefined ? 0 : memoryOf(child.pid)); }, SAMPLE_MS);
  const status = await ended(child).finally(() => clearInterval(timer));
  const wall = performance.now() - start;
  if (status === null || !allowed.includes(status)) throw new Error(`${command} ended with ${status ?? 'no status'}\n${said}`);
  return { wall, cpu: childrenCpu() - before, peak };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** Of all processes that this one has started and seen the end of, and of theirs. */
function childrenCpu(): number {
  const stat = tryRead('/proc/self/stat');
  // The name of the program, in brackets, may hold blanks; the fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * 1000) / TICKS;
}

function memoryOf(pid: number): number {
  const own = Number(/^Pss:\s+(\d+) kB/m.exec(tryRead(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own);
}

function childrenOf(pid: number): readonly number[] {
  let threads: readonly string[] = [];
  try {
    threads = readdirSync(`/proc/${pid}/task`);
  } catch {
    // The process has ended meanwhile.
  }
  return threads.flatMap((thread) => tryRead(`/proc/${pid}/task/${thread}/children`).split(' ').filter((each) => each.trim() !== '').map(Number));
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
