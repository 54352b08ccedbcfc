// `fiduciary catalog list|show|test`: options and arguments. The work is in run-catalog.ts.
import { type Command } from 'commander';
import type { Host } from '#host/host';
import type { Finish } from './main.ts';

export interface CatalogFlags {
  readonly config?: string;
  readonly json?: boolean;
  readonly owner?: readonly string[];
  readonly sibling?: readonly string[];
}

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

export function addCatalogCommand(program: Command, host: Host, finish: Finish): void {
  const catalog = program.command('catalog').description('look things up in the catalogue, or try a name against it');
  const work = () => import('./run-catalog.ts');
  common(catalog.command('list').description('what the catalogue holds').argument('[list]', 'elements, sinks, vendors, … (default: how many of each)'))
    .action(async (list: string | undefined, flags: CatalogFlags) => finish((await work()).runCatalogList(host, list, flags)));
  common(catalog.command('show').description('everything about one entry').argument('<id>', 'such as email-address'))
    .action(async (id: string, flags: CatalogFlags) => finish((await work()).runCatalogShow(host, id, flags)));
  common(catalog.command('test').description('what a name or a package would be taken for').argument('<name>', 'such as user.email, or a package'))
    .option('--owner <name>', 'type, table or variable that has the name; may be repeated, nearest first', collect)
    .option('--sibling <name>', 'another member of the same object; may be repeated', collect)
    .action(async (name: string, flags: CatalogFlags) => finish((await work()).runCatalogTest(host, name, flags)));
}

const common = (command: Command): Command =>
  command
    .option('-c, --config <file>', 'settings file, whose catalogue overlays count too')
    .option('--json', 'machine-readable');
