// What judging costs: 20,000 findings and all shipped packs as a ratio to the JSON of the same findings, peak memory, times over growing
// numbers of findings, and the start of a fresh process as a ratio to loading the compiler of TypeScript (see README.md).
// Usage: node --conditions=source --import tsx bench/policy.ts [--rounds N] [--steps N,N…]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { type Measured, measureNode, median, spread } from './measure.ts';
import { writeFindings } from './policy/write-findings.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, steps: { type: 'string', default: '1000,2000,5000,10000,20000,50000,100000' } } });
const CHILD = resolve('bench/policy/measured.mjs');
const FINDINGS = 20_000;
const FEW = 10;
const write = (text: string): void => void process.stdout.write(`${text}\n`);

interface Timed {
  readonly wall: number;
  readonly cpu: number;
}

const child = (what: string, file: string): Measured => measureNode([CHILD, what, file], scratch, [0]);
const answerOf = <T>({ stdout }: Measured): T => JSON.parse(stdout) as T;

const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-bench-'));
try {
  measureJudgement();
  measureGrowth();
  measureStart();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function findingsFile(count: number): string {
  const file = join(scratch, `findings-${count}.jsonl`);
  writeFindings(count, file);
  return file;
}

function rounds<T>(act: () => T): readonly T[] {
  return Array.from({ length: Number(values.rounds) }, act);
}

/** Each round measures the yardstick before and after, in processes of their own, so that a busy machine slows both alike. */
function measureJudgement(): void {
  const file = findingsFile(FINDINGS);
  const json: { readonly whole: Timed; readonly seen: Timed }[] = [];
  const judged = rounds(() => {
    json.push(answerOf(child('json', file)));
    const run = child('judge', file);
    json.push(answerOf(child('json', file)));
    return { peak: run.peak, ...answerOf<Timed>(run) };
  });
  write(`${FINDINGS} findings, all packs, ${judged.length} rounds`);
  write(`  judge            ${spread(judged.map(({ wall }) => wall))}`);
  for (const [name, told] of [['whole', 'JSON of findings'], ['seen', 'JSON of inputs  ']] as const) {
    const yardstick = json.map((each) => each[name]);
    const by = (kind: keyof Timed): string => (median(judged.map((run) => run[kind])) / median(yardstick.map((run) => run[kind]))).toFixed(1);
    write(`  ${told} ${spread(yardstick.map(({ wall }) => wall))}  judge takes ${by('wall')} of it (goal 8), of processor time ${by('cpu')}`);
  }
  write(`  peak             ${Math.round(Math.max(...judged.map(({ peak }) => peak)))} MB (goal 256)`);
}

/** One number after the other, and all of them again in each round. */
function measureGrowth(): void {
  const steps = values.steps.split(',').map((count) => ({ count: Number(count), file: findingsFile(Number(count)) }));
  const runs = rounds(() => steps.map(({ file }) => answerOf<Timed>(child('judge', file))));
  steps.forEach(({ count }, index) => {
    const times = runs.flatMap((round) => round[index] ?? []);
    write(`${String(count).padStart(7)} findings  ${spread(times.map(({ wall }) => wall))}  ${((median(times.map(({ cpu }) => cpu)) * 1000) / count).toFixed(0)} µs of processor time each`);
  });
}

/** Whole processes less an empty one: what a door that opens pays before the first decision. */
function measureStart(): void {
  const file = findingsFile(FEW);
  const runs = rounds(() => {
    const script = (text: string): Measured => measureNode(['--input-type=module', '--eval', text], scratch, [0]);
    const [empty, typescript, policies] = [script(''), script("import 'typescript'"), child('load', file)];
    return { empty, typescript, policies, inside: answerOf<{ readonly wall: number }>(policies).wall };
  });
  const of = (name: 'typescript' | 'policies', kind: keyof Timed): readonly number[] => runs.map((run) => run[name][kind] - run.empty[kind]);
  write(`a fresh process, ${FEW} findings, catalogue included`);
  write(`  typescript       ${spread(of('typescript', 'wall'))}`);
  write(`  policies         ${spread(of('policies', 'wall'))}  ${(median(of('policies', 'wall')) / median(of('typescript', 'wall'))).toFixed(2)} of it, of processor time ${(median(of('policies', 'cpu')) / median(of('typescript', 'cpu'))).toFixed(2)}`);
  const inside = runs.map((run) => run.inside);
  write(`  without the catalogue and the start of modules that every scan needs: ${spread(inside)}, ${(median(inside) / median(of('typescript', 'wall'))).toFixed(2)} of it`);
}
