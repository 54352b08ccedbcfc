// Writes every fixture in every other way that means the same, one rewrite after another and all pairs of them, and expects the same
// findings; then breaks the flows and expects none: `npm run metamorphic`. `-- --only patterns/53` looks at some leaves, `--singles`
// leaves the pairs out. Exit code 1 when anything does not hold.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findLeaves } from '../test/harness/leaves.ts';
import { BREAKING } from '../test/metamorphic/breaking.ts';
import { readLeaf } from '../test/metamorphic/leaf-files.ts';
import { REWRITES } from '../test/metamorphic/rewrites.ts';
import { KNOWN, type Outcome, pairsOf, tryBreaking, tryRewrites } from '../test/metamorphic/trials.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, singles: { type: 'boolean', default: false } } });
const write = (text: string): void => void process.stdout.write(`${text}\n`);
const counts = { tried: 0, wrong: 0 };

const leaves = findLeaves(resolve('fixtures')).filter(({ name }) => name.includes(values.only));
const chains = [...REWRITES.map((one) => [one]), ...(values.singles ? [] : pairsOf())];
for (const [index, leaf] of leaves.entries()) {
  const files = readLeaf(leaf);
  for (const chain of chains) count(tryRewrites(leaf, files, chain));
  for (const rewrite of BREAKING) count(tryBreaking(leaf, files, rewrite));
  if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${leaves.length}`);
}
write(`${leaves.length} fixtures, ${counts.tried} programs, ${counts.wrong} judged differently, ${KNOWN.length} known exceptions`);
process.exitCode = counts.wrong > 0 || counts.tried === 0 ? 1 : 0;

function count({ tried, problems }: Outcome): void {
  counts.tried += tried ? 1 : 0;
  counts.wrong += problems.length > 0 ? 1 : 0;
  for (const problem of problems) write(problem);
}
