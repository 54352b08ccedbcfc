// `fiduciary policy …`: options and arguments. The work is in run-policy-author.ts, run-policy-judge.ts and run-receipt.ts.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Host } from '#host/host';
import { STAGES, type Stage } from '#model/run';
import { addCommonOptions, type CommonFlags } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface AuthorFlags {
  readonly config?: string;
  readonly fix?: boolean;
  readonly check?: boolean;
  readonly coverage?: boolean;
  readonly min?: number;
  readonly engine: 'interpreter' | 'wasm' | 'both';
  readonly watch?: boolean;
  readonly output?: string;
  readonly shipped?: boolean;
}

export interface JudgeFlags extends CommonFlags {
  /** A stored result; a scan of the working directory when absent. */
  readonly result?: string;
  readonly stage: Stage;
  readonly json?: boolean;
  readonly whatIf?: readonly string[];
  readonly date?: string;
  readonly name?: string;
}

export function addPolicyCommand(program: Command, host: Host, finish: Finish): void {
  const policy = program.command('policy').description('write, check, test, build and explain policies in Rego');
  const author = () => import('./run-policy-author.ts');
  const judge = () => import('./run-policy-judge.ts');

  policy.command('new').description('start a folder of own policies, with a control and its test')
    .argument('[folder]', 'where', 'policies')
    .action(async (folder: string) => finish((await author()).runNew(host, folder)));
  folders(policy.command('check').description('check syntax, names of fields, functions, ids and form'))
    .option('--fix', 'write the usual form')
    .action(async (paths: readonly string[], flags: AuthorFlags) => finish((await author()).runCheck(host, paths, flags)));
  folders(policy.command('fmt').description('write policies in the usual form'))
    .option('--check', 'only say what would change')
    .action(async (paths: readonly string[], flags: AuthorFlags) => finish((await author()).runFormat(host, paths, flags)));
  folders(policy.command('test').description('run the tests of policies'))
    .option('--shipped', 'the tests of the shipped policies')
    .option('--coverage', 'say which controls no test makes true')
    .option('--min <percent>', 'fail below this share of covered controls', toPercent)
    .addOption(new Option('--engine <name>', 'what runs the tests').choices(['interpreter', 'wasm', 'both']).default('both'))
    .option('--watch', 'run again whenever a file changes')
    .action(async (paths: readonly string[], flags: AuthorFlags) => finish(await (await author()).runTests(host, paths, flags)));
  folders(policy.command('build').description('compile policies to WebAssembly, with their controls and digests'))
    .option('-o, --output <folder>', 'where the bundle goes', 'policy-bundle')
    .action(async (paths: readonly string[], flags: AuthorFlags) => finish((await author()).runBuild(host, paths, flags)));

  judging(policy.command('eval').description('judge a stored result again').argument('<result>', 'a result as --report json writes it'))
    .action(async (result: string, flags: JudgeFlags) => finish(await (await judge()).runEval(host, { ...flags, result })));
  judging(policy.command('explain').description('what each control saw in a finding').argument('<finding>', 'id of a finding, or file:line'), true)
    .option('--what-if <key=value>', 'as if the finding had this value; may be repeated', (value: string, all: readonly string[] = []) => [...all, value])
    .action(async (id: string, flags: JudgeFlags) => finish(await (await judge()).runExplain(host, id, flags)));
  judging(policy.command('fixture').description('a finding as the input of a policy test').argument('<finding>', 'id of a finding, or file:line'), true)
    .option('--name <name>', 'what the input is called in the test (default: finding_ and the id)', toRuleName)
    .action(async (id: string, flags: JudgeFlags) => finish(await (await judge()).runFixture(host, id, flags)));
  judging(policy.command('diff').description('which decisions differ between two packs').argument('<old>', 'profile or folder').argument('<new>', 'profile or folder'), true)
    .action(async (before: string, after: string, flags: JudgeFlags) => finish(await (await judge()).runDiff(host, before, after, flags)));
  judging(policy.command('simulate').description('which decisions will be others on a day'), true)
    .requiredOption('--date <day>', 'a day to come, as 2027-01-31')
    .action(async (flags: JudgeFlags) => finish(await (await judge()).runSimulate(host, flags)));

  policy.command('verify-receipt').description('make the decisions of a receipt again and compare').argument('<file>', 'written by scan --receipt')
    .action(async (file: string) => finish((await import('./run-receipt.ts')).runVerifyReceipt(host, file)));
}

const folders = (command: Command): Command =>
  command.argument('[folders...]', 'folders of policies (default: those of the settings)').option('-c, --config <file>', 'settings file');

function judging(command: Command, scans = false): Command {
  addCommonOptions(command).addOption(new Option('--stage <stage>', 'what the run is for').choices(STAGES).default('ci' satisfies Stage)).option('--json', 'machine-readable');
  return scans ? command.option('--result <file>', 'a stored result (default: scan the working directory)') : command;
}

function toRuleName(text: string): string {
  if (!/^[a-z]\w*$/i.test(text)) throw new InvalidArgumentError('Write a name of letters, digits and underscores.');
  return text;
}

function toPercent(text: string): number {
  if (!/^\d{1,3}(\.\d+)?$/.test(text) || Number(text) > 100) throw new InvalidArgumentError('Write a number from 0 to 100.');
  return Number(text);
}
