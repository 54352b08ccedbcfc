// The shipped catalogue for the tests of this folder: whole, or the part that names need.
import { readdirSync, readFileSync } from 'node:fs';
import type { Catalog } from '#model/catalog';
import { loadCatalog } from '#catalog/load';

const NAMES = /^(?:elements\/|entities\.yaml|words\.yaml)/;

export const loadShipped = (): Catalog => loadFiles(() => true);
export const loadShippedNames = (): Catalog => loadFiles((file) => NAMES.test(file));

const loadFiles = (wanted: (file: string) => boolean): Catalog =>
  loadCatalog(
    readdirSync('rules', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.yaml') && wanted(file))
      .map((file) => ({ name: `rules/${file}`, text: readFileSync(`rules/${file}`, 'utf8') })),
  );
