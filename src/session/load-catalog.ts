// The catalogue of a run: the shipped `rules/`, then the overlays that the settings name.
import { join, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { type CatalogText } from '#catalog/read-file';
import { loadCatalog } from '#catalog/load';
import type { ValidConfig } from '#config/valid-config';
import { HostError, type Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { UserError } from '#model/errors';

export function loadRunCatalog(host: Host, config: ValidConfig): Catalog {
  return loadCatalog([...shipped(host), ...config.catalog.map((path) => overlay(host, config, path))]);
}

/** Beside `src/` in a checkout and beside `dist/` in the package: the same way up from here in both. */
const RULES = fileURLToPath(new URL('../../rules', import.meta.url)).replaceAll('\\', '/');

function shipped(host: Host): readonly CatalogText[] {
  return yamlFiles(host, RULES).map((path) => ({ name: `rules/${relative(RULES, path)}`, text: host.readText(path) }));
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
