// Looks for faults of the analyser with programs made by chance: `npm run fuzz`, or `npm run fuzz -- --seeds 200 --from 1000 --show missed
// --reduce`. `--show` prints the programs of one kind of difference (`missed`, `spurious`), `--reduce` as small as they get, `--only N`
// prints one seed. Exit code 1 when more is missed or spurious than the goal, or when anything crashes.
import { parseArgs } from 'node:util';
import type { Difference } from '../test/fuzz/compare.ts';
import { generate } from '../test/fuzz/generate.ts';
import { handledKinds } from '../test/fuzz/kinds.ts';
import type { Program } from '../test/fuzz/program.ts';
import { reduce } from '../test/fuzz/reduce.ts';
import { nameOf, search } from '../test/fuzz/search.ts';

const GOAL = { missed: 2, spurious: 3, kinds: 95 } as const;
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '2000' }, from: { type: 'string', default: '1' }, show: { type: 'string' }, reduce: { type: 'boolean', default: false }, only: { type: 'string' }, most: { type: 'string', default: '10' } },
});
const write = (text: string): void => void process.stdout.write(`${text}\n`);
const print = ({ files }: Program): void => {
  for (const [path, text] of Object.entries(files)) if (path !== 'types.ts') write(`--- ${path}\n${text.trim()}`);
};
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

if (values.only !== undefined) print(generate(Number(values.only)));
else await main();

async function main(): Promise<void> {
  const start = performance.now();
  const { tally, kinds, crashes, slow } = await search(Number(values.from), Number(values.seeds), (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${values.seeds}`);
  });
  const missed = tally.differences.filter(({ kind }) => kind === 'missed');
  const spurious = tally.differences.filter(({ kind }) => kind === 'spurious');
  for (const difference of tally.differences) write(nameOf(difference));
  await show(tally.differences.filter(({ kind }) => kind === values.show));
  for (const { program, why } of tally.broken) write(`does not run: seed ${program.seed}: ${why}`);
  for (const { seed, why } of crashes) write(`crash: seed ${seed}: ${why}`);
  for (const seed of slow) write(`too slow: seed ${seed}`);
  const handled = [...handledKinds()];
  const absent = handled.filter((kind) => !kinds.has(kind)).sort();
  const covered = percent(handled.length - absent.length, handled.length);
  const shares = { missed: percent(missed.length, tally.flows), spurious: percent(spurious.length, tally.reported) };
  if (absent.length > 0) write(`kinds of syntax without a program: ${absent.join(', ')}`);
  write(`kinds of syntax      ${handled.length - absent.length} of ${handled.length} handled, ${covered.toFixed(1)} % (goal ${GOAL.kinds} %)`);
  write(`seeds                ${values.seeds} from ${values.from}, ${((performance.now() - start) / 1000).toFixed(0)} s`);
  write(`programs             ${tally.programs}, ${tally.broken.length} do not run`);
  write(`flows                ${tally.flows} true, ${tally.found} found`);
  write(`missed               ${missed.length}, ${shares.missed.toFixed(2)} % (goal ${GOAL.missed} %)`);
  write(`spurious             ${spurious.length}, ${shares.spurious.toFixed(2)} % (goal ${GOAL.spurious} %)`);
  write(`crashes, too slow    ${crashes.length}, ${slow.length}`);
  process.exitCode = shares.missed > GOAL.missed || shares.spurious > GOAL.spurious || covered < GOAL.kinds || crashes.length + slow.length + tally.broken.length > 0 ? 1 : 0;
}

/** One of each seed: further ones of the same program mostly have the same reason. */
async function show(differences: readonly Difference[]): Promise<void> {
  const first = [...new Map(differences.map((difference) => [difference.program.seed, difference])).values()];
  for (const difference of first.slice(0, Number(values.most))) {
    write(`\n=== ${nameOf(difference)}`);
    print(values.reduce ? await reduce(difference) : difference.program);
  }
}
