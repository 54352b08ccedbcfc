// `fiduciary baseline`: options and arguments. The work is in run-baseline.ts.
import { type Command } from 'commander';
import type { Host } from '#host/host';
import { addCommonOptions, type CommonFlags } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface BaselineFlags extends CommonFlags {
  readonly output?: string;
  readonly add?: boolean;
  readonly fresh?: boolean;
  readonly check?: boolean;
}

export function addBaselineCommand(program: Command, host: Host, finish: Finish): void {
  const command = program.command('baseline')
    .description('write the baseline, or tighten it: what is fixed goes, nothing new comes in')
    .argument('[path]', 'the program (default: the working directory)')
    .option('-o, --output <file>', 'the baseline file (default: "baseline" of the settings, else fiduciary-baseline.json)')
    .option('--add', 'take in what is new, too')
    .option('--fresh', 'forget the present file and write all findings anew')
    .option('--check', 'write nothing; exit with 1 when the baseline could be tightened');
  addCommonOptions(command).action(async (path: string | undefined, flags: BaselineFlags) => {
    const { runBaseline } = await import('./run-baseline.ts');
    finish(await runBaseline(host, path, flags));
  });
}
