// Makes small wrongs in every shipped control and in the words they are written in, one at a time, and asks whether a test of the
// policies notices: `npm run mutate`, or `npm run mutate -- --only PATH` for some files, `--sample N` for so many spread over all.
// Exit code 1 when a wrong survives or a control has none.
import { parseArgs } from 'node:util';
import { openTrial, shippedMutants, untouchedControls } from './policies/try-mutants.ts';
import { spread } from './policies/mutations.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, sample: { type: 'string' } } });
const write = (text: string): void => void process.stdout.write(`${text}\n`);

const all = shippedMutants();
const wanted = all.filter(({ file }) => file.includes(values.only));
const chosen = values.sample === undefined ? wanted : spread(wanted, Number(values.sample));
const untouched = untouchedControls(all);
const trial = openTrial();
trial.check();

const counts = { noticed: 0, survived: 0, broken: 0 };
chosen.forEach((mutant, index) => {
  const fate = trial.try(mutant);
  counts[fate] += 1;
  if (fate === 'survived') write(`survived  ${mutant.file}:${mutant.line}  ${mutant.kind}\n          ${mutant.before}\n          ${mutant.after}`);
  if (process.stderr.isTTY && index % 10 === 9) process.stderr.write(`\r${index + 1} of ${chosen.length}`);
});
for (const id of untouched) write(`untouched  ${id}: nothing in the control could be made wrong`);
write(`${chosen.length} small wrongs: ${counts.noticed} noticed, ${counts.survived} survived, ${counts.broken} do not compile`);
process.exitCode = counts.survived + untouched.length > 0 || chosen.length === 0 ? 1 : 0;
