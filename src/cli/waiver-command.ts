// `fiduciary waiver new|list|check`: options and arguments. The work is in run-waiver.ts.
import type { Command } from 'commander';
import type { Host } from '#host/host';
import { addCommonOptions, type CommonFlags } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface WaiverFlags extends CommonFlags {
  readonly reason?: string;
  readonly approver?: string;
  readonly name?: string;
  readonly expires?: string;
  readonly ticket?: string;
  readonly id?: string;
  readonly output?: string;
  readonly json?: boolean;
}

export function addWaiverCommand(program: Command, host: Host, finish: Finish): void {
  const waiver = program.command('waiver').description('accept a finding for a reason and for a time');
  const work = () => import('./run-waiver.ts');
  addCommonOptions(waiver.command('new').description('write a waiver for a finding').argument('<finding>', 'id of the finding, or file:line'))
    .requiredOption('--reason <text>', 'why it is accepted, in at least 20 characters')
    .requiredOption('--approver <role>', 'role of who approved it, such as compliance')
    .option('--name <name>', 'who approved it')
    .requiredOption('--expires <day>', 'last day on which it counts, as 2027-01-31')
    .option('--ticket <reference>', 'where the approval is recorded')
    .option('--id <id>', 'name of the waiver (default: made from the finding)')
    .option('-o, --output <file>', 'where it goes (default: a file of its own in the folder of waivers)')
    .action(async (id: string, flags: WaiverFlags) => finish(await (await work()).runWaiverNew(host, id, flags)));
  addCommonOptions(waiver.command('list').description('all waivers, what they cover and how long'))
    .option('--json', 'machine-readable')
    .action(async (flags: WaiverFlags) => finish(await (await work()).runWaiverList(host, flags)));
  addCommonOptions(waiver.command('check').description('whether waivers are written rightly, without a scan'))
    .action(async (flags: WaiverFlags) => finish((await work()).runWaiverCheck(host, flags)));
}
