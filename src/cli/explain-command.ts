// `fiduciary explain`: options and arguments. The work is in run-explain.ts.
import { type Command } from 'commander';
import type { Host } from '#host/host';
import { addCommonOptions, type CommonFlags } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface ExplainFlags extends CommonFlags {
  readonly whyNot?: boolean;
}

export function addExplainCommand(program: Command, host: Host, finish: Finish): void {
  const command = program.command('explain')
    .description('why something is, or is not, a finding')
    .argument('<id | file:line>', 'the id of a finding, or a place in the code')
    .option('--why-not', 'say what keeps the place from being a finding');
  addCommonOptions(command).action(async (target: string, flags: ExplainFlags) => {
    const { runExplain } = await import('./run-explain.ts');
    finish(await runExplain(host, target, flags));
  });
}
