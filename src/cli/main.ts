// The verbs and what every one of them shares: usage errors, failures, exit codes. A verb's work is loaded when it is called,
// so that `--help` and `--version` do not wait for a parser.
import { Command, CommanderError } from 'commander';
import type { Host } from '#host/host';
import { VERSION } from '#model/version';
import { addBaselineCommand } from './baseline-command.ts';
import { addCatalogCommand } from './catalog-command.ts';
import { addExplainCommand } from './explain-command.ts';
import { type ExitCode, reportFailure } from './failures.ts';
import { addInitCommand } from './init-command.ts';
import { addInventoryCommand } from './inventory-command.ts';
import { addPolicyCommand } from './policy-command.ts';
import { addScanCommand } from './scan-command.ts';
import { addWaiverCommand } from './waiver-command.ts';

export type Finish = (code: ExitCode) => void;

export async function main(host: Host, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const finish: Finish = (value) => {
    code = value;
  };
  try {
    await createProgram(host, finish).parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has written its message; help and version end the same way, as successes.
    code = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : reportFailure(host, error);
  }
  try {
    await host.flush();
  } catch (error) {
    code = reportFailure(host, error);
  }
  return code;
}

function createProgram(host: Host, finish: Finish): Command {
  const program = new Command('fiduciary')
    .description("Follows bank customers' data through TypeScript and JavaScript programs to where it must not arrive.")
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.write('stdout', text),
      writeErr: (text) => host.write('stderr', text),
    })
    .addHelpText('after', '\nExit codes: 0 nothing blocks, 1 something blocks, 2 the run could not do what was asked.');
  addScanCommand(program, host, finish);
  addInitCommand(program, host, finish);
  addInventoryCommand(program, host, finish);
  addExplainCommand(program, host, finish);
  addBaselineCommand(program, host, finish);
  addPolicyCommand(program, host, finish);
  addWaiverCommand(program, host, finish);
  addCatalogCommand(program, host, finish);
  return program;
}
