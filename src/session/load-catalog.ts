// The catalogue of a run: the shipped `rules/`, then the overlays that the settings name.
import { join, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import type { BuiltFile, CatalogText } from '#catalog/read-file';
import { loadCatalog } from '#catalog/load';
import type { ValidConfig } from '#config/valid-config';
import { HostError, type Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { UserError } from '#model/errors';

/** A run asks more than once, for words and for entries. */
const loaded = new WeakMap<ValidConfig, { readonly host: Host; readonly catalog: Catalog }>();

/** The last ones made, by what they were made from: a session that stays open reads its settings again and again. */
const made = new Map<string, Catalog>();
const MOST_MADE = 2;

export function loadRunCatalog(host: Host, config: ValidConfig): Catalog {
  const known = loaded.get(config);
  if (known?.host === host) return known.catalog;
  const overlays = config.catalog.map((path) => overlay(host, config, path));
  const key = JSON.stringify([yamlFiles(host, RULES).map((path) => [path, host.stat(path)]), overlays]);
  const catalog = made.get(key) ?? loadCatalog([...shipped(host), ...overlays]);
  loaded.set(config, { host, catalog });
  made.delete(key);
  made.set(key, catalog);
  const [oldest] = made.keys();
  if (oldest !== undefined && made.size > MOST_MADE) made.delete(oldest);
  return catalog;
}

const placeOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/');
/** Beside `src/` in a checkout and beside `dist/` in the package: the same way up from here in both. */
const RULES = placeOf('../../rules');
/** The same lists as the build left them, read and checked: YAML takes many times longer. Absent in a source checkout. */
const BUILT = placeOf('../rules.json');

function shipped(host: Host): readonly (CatalogText | BuiltFile)[] {
  const paths = yamlFiles(host, RULES);
  return builtFiles(host, paths) ?? paths.map((path) => ({ name: nameOf(path), text: host.readText(path) }));
}

const nameOf = (path: string): string => `rules/${relative(RULES, path)}`;

interface BuiltRule {
  readonly name: string;
  readonly size: number;
  readonly lists: BuiltFile['lists'];
}

/** Undefined when a file was added, removed or edited since the build. */
function builtFiles(host: Host, paths: readonly string[]): readonly BuiltFile[] | undefined {
  const built = host.stat(BUILT);
  if (!built) return undefined;
  const rules = new Map((JSON.parse(host.readText(BUILT)) as readonly BuiltRule[]).map((rule) => [rule.name, rule]));
  if (rules.size !== paths.length) return undefined;
  const files: BuiltFile[] = [];
  for (const path of paths) {
    const rule = rules.get(nameOf(path));
    const now = host.stat(path);
    if (!rule || now?.size !== rule.size || now.modified > built.modified) return undefined;
    files.push({ name: rule.name, lists: rule.lists, text: () => host.readText(path) });
  }
  return files;
}

function yamlFiles(host: Host, folder: string): readonly string[] {
  return host.list(folder).flatMap(({ name, kind }) => {
    const path = join(folder, name);
    if (kind === 'folder') return yamlFiles(host, path);
    return kind === 'file' && /\.ya?ml$/.test(name) ? [path] : [];
  });
}

function overlay(host: Host, config: ValidConfig, path: string): CatalogText {
  try {
    return { name: relative(config.folder, path), text: host.readText(path) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`The catalogue file ${path} cannot be read`, 'Correct "catalog" in the configuration.', { file: path });
  }
}
