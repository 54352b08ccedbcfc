// Runs every test/**/*.test.ts in one process and closes with `N passed, N failed, N skipped`.
// Arguments are filters: a file runs when its path contains one of them. uvu's own summary has no count of failures.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from '../scripts/ensure-built.ts';

/** What a uvu suite returns when it has run: error text or true, passed, skipped, total. */
type SuiteRun = () => Promise<readonly [string | true, number, number, number]>;
const uvu = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: SuiteRun[][] };

const write = (text: string): void => void process.stdout.write(text);
const counts = { passed: 0, failed: 0, skipped: 0 };
/** Seconds by file, of those that take long enough to be thought about. */
const slow: (readonly [number, string])[] = [];
const SLOW = 5;
let current = 'the start';
let finished = false;

process.exitCode = 1;
process.on('exit', () => {
  // A promise that never settles empties the event loop: without this the run would look like a success.
  if (finished) return;
  process.exitCode = 1;
  write(`\nThe process ended before the tests did, in ${current}.\n`);
  counts.failed += 1;
  writeSummary();
});

const filters = process.argv.slice(2);
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && (filters.length === 0 || filters.some((part) => file.includes(part))))
  .sort();

const broken = ensureBuilt();
if (broken !== undefined) fail('build', broken);
if (files.length === 0) fail('filter', `no test file matches ${filters.join(' ')}`);

uvu.UVU_DEFER = 1;
await import('uvu');
for (const file of files) await timed(file);
finished = true;
writeSummary();
process.exitCode = counts.failed > 0 ? 1 : 0;

async function timed(file: string): Promise<void> {
  const start = performance.now();
  await runFile(file);
  const seconds = (performance.now() - start) / 1000;
  if (seconds >= SLOW) slow.push([seconds, file]);
}

async function runFile(file: string): Promise<void> {
  current = file;
  write(`\n${file}\n`);
  const suites: SuiteRun[] = [];
  uvu.UVU_INDEX = uvu.UVU_QUEUE.push(suites) - 1;
  try {
    await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    fail(file, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  if (suites.length === 0) fail(file, 'registers no suite: does it end in .run()?');
  for (const suite of suites) await runSuite(file, suite);
}

async function runSuite(file: string, suite: SuiteRun): Promise<void> {
  const [errors, passed, skipped, total] = await suite();
  counts.passed += passed;
  counts.skipped += skipped;
  counts.failed += total - passed;
  if (errors !== true) write(`\n${errors}\n`);
  // uvu swallows what a `before` hook throws; the tests behind it have not run.
  else if (passed < total) write(`  a hook of ${file} threw, ${total - passed} tests did not run\n`);
}

function fail(what: string, why: string): void {
  counts.failed += 1;
  write(`\n  FAIL ${what}\n${why}\n`);
}

function writeSummary(): void {
  for (const [seconds, file] of slow.sort(([a], [b]) => b - a)) write(`${seconds.toFixed(0).padStart(5)} s  ${file}\n`);
  write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
}
