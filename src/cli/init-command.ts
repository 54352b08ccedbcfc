// `fiduciary init`: options and arguments. The work is in run-init.ts.
import { type Command } from 'commander';
import type { Host } from '#host/host';
import type { Finish } from './main.ts';

export interface InitFlags {
  readonly yes?: boolean;
  readonly overwrite?: boolean;
  readonly dryRun?: boolean;
}

export function addInitCommand(program: Command, host: Host, finish: Finish): void {
  program.command('init')
    .description('look at the repository, say what was seen, and propose settings, ESLint configuration and workflow')
    .argument('[folder]', 'the repository (default: the one of the working directory)')
    .option('-y, --yes', 'write without asking; a file that is there already is kept')
    .option('--overwrite', 'with --yes: replace files that are there already')
    .option('--dry-run', 'write nothing, show the files')
    .action(async (folder: string | undefined, flags: InitFlags) => {
      const { runInit } = await import('./run-init.ts');
      finish(await runInit(host, folder, flags));
    });
}
