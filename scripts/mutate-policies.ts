// Makes small wrongs in every shipped policy, one at a time, and asks whether a test notices:
//   node --conditions=source --import tsx scripts/mutate-policies.ts --run 'COMMAND {}' [--only PATH] [--sample N]
// COMMAND runs the tests of a folder of policies: exit 0 all pass, 2 a test fails, anything else it does not compile.
// Exit code 1 when a wrong survives.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf } from './policies/mutations.ts';
import { readParams, regoFiles } from './policies/read-policies.ts';

const { values } = parseArgs({ options: { run: { type: 'string' }, only: { type: 'string', default: '' }, sample: { type: 'string' } } });
const command = values.run;
const write = (text: string): void => void process.stdout.write(`${text}\n`);

if (command?.includes('{}') !== true) {
  write("say how the tests of a folder run, with {} for the folder: --run 'COMMAND {}'");
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  try {
    process.exitCode = judgeTests(folder, command);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judgeTests(folder: string, run: string): number {
  const files = regoFiles();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  const data = { params: readParams(), register: { vendors: {}, countries: ['CN'] }, config: { profile: 'bank-baseline', regulations: [] } };
  writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
  const outcome = (): number | null => spawnSync(run.replaceAll('{}', folder), { shell: true, stdio: 'ignore' }).status;
  if (outcome() !== 0) {
    write('the tests do not pass as they are');
    return 2;
  }
  const counts = { noticed: 0, survived: 0, broken: 0 };
  for (const mutant of chosen(files)) {
    const original = readFileSync(mutant.file, 'utf8');
    writeFileSync(join(folder, mutant.file), mutant.text);
    const status = outcome();
    writeFileSync(join(folder, mutant.file), original);
    if (status === 0) write(`survived  ${mutant.file}:${mutant.line}  ${mutant.kind}\n          ${mutant.before}\n          ${mutant.after}`);
    counts[status === 0 ? 'survived' : status === 2 ? 'noticed' : 'broken'] += 1;
  }
  write(`${counts.noticed} noticed, ${counts.survived} survived, ${counts.broken} do not compile`);
  return counts.survived > 0 ? 1 : 0;
}

/** All of them, or every so manieth so that a sample is spread over the files. */
function chosen(files: readonly string[]): readonly Mutant[] {
  const all = files
    .filter((file) => !file.endsWith('_test.rego') && !file.endsWith('/testing.rego') && file.includes(values.only))
    .flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')));
  const size = Math.min(Number(values.sample ?? all.length), all.length);
  return all.filter((_, index) => Math.floor((index * size) / all.length) !== Math.floor(((index - 1) * size) / all.length));
}
