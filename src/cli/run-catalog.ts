// Looks into the catalogue of a run: the shipped entries and the overlays of the settings.
import { stringify } from 'yaml';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { UserError } from '#model/errors';
import { findNearest } from '#model/nearest';
import { compareText } from '#model/location';
import { loadRunCatalog } from '#session/load-catalog';
import { prepare } from '#session/prepare';
import type { CatalogFlags } from './catalog-command.ts';
import { testName } from './catalog-test.ts';
import type { ExitCode } from './failures.ts';

const LISTS = ['elements', 'entities', 'sinks', 'requests', 'sites', 'protections', 'models', 'vendors'] as const;
type List = (typeof LISTS)[number];

export function runCatalogList(host: Host, name: string | undefined, flags: CatalogFlags): ExitCode {
  const catalog = load(host, flags);
  if (name === undefined) {
    const counts = Object.fromEntries(LISTS.map((list) => [list, catalog[list].length]));
    print(host, flags, counts, () => LISTS.map((list) => [list, String(catalog[list].length)]));
    return 0;
  }
  const list = LISTS.find((candidate) => candidate === name);
  if (list === undefined) {
    const near = findNearest(name, LISTS);
    throw new UserError(`The catalogue has no list "${name}"`, near === undefined ? `Lists: ${LISTS.join(', ')}.` : `Did you mean "${near}"?`);
  }
  const entries = [...catalog[list]].sort((a, b) => compareText(a.id, b.id));
  print(host, flags, entries, () => entries.map((entry) => [entry.id, describe(entry)]));
  return 0;
}

export function runCatalogShow(host: Host, id: string, flags: CatalogFlags): ExitCode {
  const catalog = load(host, flags);
  const found = LISTS.flatMap((list) => entriesOf(catalog, list).filter((entry) => entry.id === id).map((entry) => ({ list, entry: readable(entry) })));
  if (found.length === 0) {
    const near = findNearest(id, LISTS.flatMap((list) => catalog[list].map((entry) => entry.id)));
    throw new UserError(`The catalogue has no entry "${id}"`, near === undefined ? 'See fiduciary catalog list.' : `Did you mean "${near}"?`);
  }
  host.write('stdout', flags.json === true
    ? `${JSON.stringify(found, null, 2)}\n`
    : found.map(({ list, entry }) => stringify({ [list]: [entry] })).join('\n'));
  return 0;
}

export function runCatalogTest(host: Host, name: string, flags: CatalogFlags): ExitCode {
  const answer = testName(load(host, flags), name, flags.owner ?? [], flags.sibling ?? []);
  host.write('stdout', flags.json === true ? `${JSON.stringify(answer.facts, null, 2)}\n` : `${answer.lines.join('\n')}\n`);
  return 0;
}

function load(host: Host, flags: CatalogFlags): Catalog {
  return loadRunCatalog(host, prepare(host, { paths: [], ...(flags.config === undefined ? {} : { configFile: flags.config }) }).config);
}

type Entry = Catalog[List][number];

const entriesOf = (catalog: Catalog, list: List): readonly Entry[] => catalog[list];

function describe(entry: Entry): string {
  if ('class' in entry) return `${entry.class}  ${entry.nature.padEnd(10)}  ${entry.title.en}  ${entry.title.zh}`;
  if ('title' in entry) return 'channel' in entry ? `${entry.channel.padEnd(11)}  ${entry.title}` : entry.title;
  if ('kind' in entry) return `${entry.kind}  ${entry.strength}`;
  if ('carries' in entry) return entry.carries.join(', ');
  return entry.callees.map((callee) => callee.text).join(', ');
}

/** Callees as they are written, not as they are matched. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  if ('root' in value && 'text' in value) return value.text;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}

function print(host: Host, flags: CatalogFlags, data: unknown, rows: () => readonly (readonly [string, string])[]): void {
  if (flags.json === true) {
    host.write('stdout', `${JSON.stringify(readable(data), null, 2)}\n`);
    return;
  }
  const table = rows();
  const width = Math.max(0, ...table.map(([name]) => name.length));
  host.write('stdout', table.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd() + '\n').join(''));
}
