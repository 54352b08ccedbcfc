// `fiduciary scan`: its options. The work is in run-scan.ts.
import { type Command, Option } from 'commander';
import type { Host } from '#host/host';
import type { Confidence } from '#model/element';
import { FAIL_ON, STAGES, type FailOn, type Stage } from '#model/run';
import { FORMATS, type Format } from '#report/render';
import { addCommonOptions, type CommonFlags, confidenceOption } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface ScanFlags extends CommonFlags {
  readonly format?: Format;
  readonly output?: string;
  readonly report?: readonly string[];
  readonly stage: Stage;
  readonly failOn?: FailOn;
  readonly strict?: boolean;
  readonly stats?: boolean;
  readonly quiet?: boolean;
  readonly confidence: Confidence;
  /** A file; `false` for --no-baseline. */
  readonly baseline?: string | false;
  readonly diff?: string;
  readonly changedFilesFrom?: string;
  readonly known?: boolean;
  readonly receipt?: string;
}

export function addScanCommand(program: Command, host: Host, finish: Finish): void {
  const command = program.command('scan')
    .description('analyse, judge, report')
    .argument('[paths...]', 'folders or files (default: the working directory)')
    .addOption(new Option('-f, --format <name>', 'format of the report').choices(FORMATS))
    .option('-o, --output <file>', 'where the report goes (default: standard output)')
    .option('--report <name=file>', 'a further report; may be repeated', (value: string, all: readonly string[] = []) => [...all, value])
    .addOption(new Option('--stage <stage>', 'what the run is for').choices(STAGES).default('ci' satisfies Stage))
    .addOption(new Option('--fail-on <effect>', 'what makes the run fail, whatever the stage').choices(FAIL_ON))
    .addOption(confidenceOption())
    .option('--baseline <file>', 'known findings: only others make the run fail (default: "baseline" of the settings)')
    .option('--no-baseline', 'let every finding count, whatever the settings say')
    .option('--diff <base>', 'report what the change since its merge base with this branch or commit brings')
    .option('--changed-files-from <file>', 'report only flows through the files that are listed there, one a line; - for standard input')
    .option('--known', 'list also what the baseline or the base knows')
    .option('--receipt <file>', 'write what the decisions were made of, for "policy verify-receipt"')
    .option('--strict', 'exit with 2 when anything could not be analysed')
    .option('--stats', 'print where the time went to standard error')
    .option('-q, --quiet', 'print only what is denied or needs approval');
  addCommonOptions(command)
    .addHelpText('after', `
Examples:
  fiduciary scan
  fiduciary scan packages/payments --fail-on deny
  fiduciary scan --diff main
  git diff --name-only main | fiduciary scan --changed-files-from -
  fiduciary scan --report sarif=fiduciary.sarif --report json=result.json`)
    .action(async (paths: readonly string[], flags: ScanFlags) => {
      const { runScan } = await import('./run-scan.ts');
      finish(await runScan(host, paths, flags));
    });
}
