// A row of a library model that is taken away is missed. A few rows that everything rests on; `npm run mutate:flow` tries all.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { flowMutants, FlowTrial } from './flow-rows.ts';

const ROWS = [
  'text-shape this -> return', 'text-replace this -> return', 'list-map arg0.return -> return[*]', 'list-map this[*] -> arg0.param0', 'list-filter this[*] -> return[*]',
  'list-take this[*] -> return', 'list-add arg0.. -> this[*]', 'map-get this[*] -> return', 'map-set arg1 -> return[*]', 'object-entries arg0[*] -> return[*][1]', 'json-text arg0 -> return: deep', 'encode-value arg0 -> return',
];

const mutation = suite('mutation/flow-rows');

mutation('a row that is missing is noticed', () => {
  const mutants = new Map(flowMutants().map((mutant) => [`${mutant.id} ${mutant.what}`, mutant]));
  const trial = new FlowTrial();
  for (const row of ROWS) {
    const mutant = mutants.get(row);
    assert.ok(mutant, `there is no row ${row}`);
    if (mutant) assert.is(trial.try(mutant), 'noticed', row);
  }
});

mutation.run();
