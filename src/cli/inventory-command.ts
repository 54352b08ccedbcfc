// `fiduciary inventory`: options and arguments. The work is in run-inventory.ts.
import { type Command, Option } from 'commander';
import type { Host } from '#host/host';
import { INVENTORY_FORMATS, type InventoryFormat } from '#report/inventory/render-inventory';
import { addCommonOptions, type CommonFlags } from './common-flags.ts';
import type { Finish } from './main.ts';

export interface InventoryFlags extends CommonFlags {
  readonly format: InventoryFormat;
  readonly output?: string;
}

export function addInventoryCommand(program: Command, host: Host, finish: Finish): void {
  const command = program.command('inventory')
    .description('which data lives where and goes where: the processing record')
    .argument('[paths...]', 'folders or files (default: the working directory)')
    .addOption(new Option('-f, --format <name>', 'format of the record').choices(INVENTORY_FORMATS).default('markdown' satisfies InventoryFormat))
    .option('-o, --output <file>', 'where the record goes (default: standard output)');
  addCommonOptions(command)
    .addHelpText('after', `
Examples:
  fiduciary inventory
  fiduciary inventory packages/payments --format csv --output record.csv`)
    .action(async (paths: readonly string[], flags: InventoryFlags) => {
      const { runInventory } = await import('./run-inventory.ts');
      finish(await runInventory(host, paths, flags));
    });
}
