// Takes the rows of the library models away, one flow at a time, and asks whether a fixture notices: `npm run mutate:flow`, or
// `npm run mutate:flow -- --only list-` for some models. Lists what survives, and what no fixture calls at all.
import { parseArgs } from 'node:util';
import { flowMutants, FlowTrial } from '../test/mutation/flow-rows.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const write = (text: string): void => void process.stdout.write(`${text}\n`);

const chosen = flowMutants().filter(({ id }) => id.includes(values.only));
const trial = new FlowTrial();
const counts = { noticed: 0, survived: 0, unused: 0 };
chosen.forEach((mutant, index) => {
  const fate = trial.try(mutant);
  counts[fate] += 1;
  if (fate !== 'noticed') write(`${fate.padEnd(8)}  ${mutant.id}  ${mutant.what}`);
  if (process.stderr.isTTY && index % 10 === 9) process.stderr.write(`\r${index + 1} of ${chosen.length}`);
});
write(`${chosen.length} rows taken away: ${counts.noticed} noticed, ${counts.survived} survived, ${counts.unused} that no fixture calls`);
