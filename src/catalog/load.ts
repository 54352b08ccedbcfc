// The table of contents of the catalogue: files → entries, checked against each other, with their digest and name index.
// Bad input ends in a UserError with file, line and column.
import { createHash } from 'node:crypto';
import type { Catalog, NameIndex } from '#model/catalog';
import { UserError, type UserErrorPlace } from '#model/errors';
import { compareText } from '#model/location';
import { toElement, toEntity, toModel, toProtection, toRequest, toSink, toSite, toVendor } from './build.ts';
import { createNameIndex } from './names.ts';
import type { RawLists } from './raw.ts';
import { type BuiltFile, type CatalogText, hintFor, readCatalogFile, type ReadFile } from './read-file.ts';
import { LIST_NAMES, type ListName } from './schema.ts';
import { toVocabulary } from './vocabulary.ts';

export function loadCatalog(files: readonly (CatalogText | BuiltFile)[]): Catalog {
  // Names decide the order, so that it does not depend on how the folder was listed.
  const read = [...files].sort((a, b) => compareText(a.name, b.name)).map(readCatalogFile);
  assertUniqueIds(read);
  assertKnownReferences(read);
  const elements = build(read, 'elements', toElement);
  const entities = build(read, 'entities', toEntity);
  const vocabulary = toVocabulary(build(read, 'words', (raw) => raw));
  let names: NameIndex | undefined;
  return {
    digest: computeDigest(read),
    elements,
    entities,
    // Made when the first name is judged: a run with a stored result judges none.
    get names() {
      return (names ??= createNameIndex(elements, entities, vocabulary));
    },
    sinks: build(read, 'sinks', toSink),
    requests: build(read, 'requests', toRequest),
    sites: build(read, 'sites', toSite),
    protections: build(read, 'protections', toProtection),
    fits: build(read, 'fits', (raw) => raw),
    models: build(read, 'models', toModel),
    vendors: build(read, 'vendors', toVendor),
  };
}

/** An error of the grammar gets the place of the entry's faulty text, or of the entry. */
function build<List extends ListName, Entry>(files: readonly ReadFile[], list: List, toEntry: (raw: RawLists[List][number]) => Entry): readonly Entry[] {
  return files.flatMap((file) => {
    const raws: readonly RawLists[List][number][] = file.lists[list] ?? [];
    return raws.map((raw, index) => {
      try {
        return toEntry(raw);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        throw new UserError(error.message, error.hint, file.placeOf([list, index, ...findText(raw, /^"(.*)" is not a/.exec(error.message)?.[1] ?? '')]));
      }
    });
  });
}

function findText(raw: object, text: string): readonly (string | number)[] {
  for (const [key, value] of Object.entries(raw) as readonly [string, unknown][]) {
    if (value === text) return [key];
    const index = Array.isArray(value) ? value.findIndex((item) => typeof item === 'string' && item.includes(text)) : -1;
    if (index >= 0) return [key, index];
  }
  return [];
}

function assertUniqueIds(files: readonly ReadFile[]): void {
  for (const list of LIST_NAMES) {
    const seen = new Map<string, () => UserErrorPlace>();
    for (const [file, index, entry] of entriesOf(files, list)) {
      if (!('id' in entry)) continue;
      // A place is costly, and hardly ever asked for.
      const placeOf = (): UserErrorPlace => file.placeOf([list, index, 'id']);
      const first = seen.get(entry.id)?.();
      if (first !== undefined) throw new UserError(`Duplicate id "${entry.id}" in ${list}`, `The first one is in ${first.file ?? ''}:${first.line ?? 1}; give this one another id.`, placeOf());
      seen.set(entry.id, placeOf);
    }
  }
}

const ids = (files: readonly ReadFile[], list: 'elements' | 'entities' | 'vendors'): readonly string[] =>
  files.flatMap((file) => (file.lists[list] ?? []).map((entry) => entry.id));

function assertKnownReferences(files: readonly ReadFile[]): void {
  const known = { element: ids(files, 'elements'), entity: ids(files, 'entities'), vendor: ids(files, 'vendors') };
  const sets = { element: new Set(known.element), entity: new Set(known.entity), vendor: new Set(known.vendor) };
  const check = (file: ReadFile, kind: keyof typeof known, path: readonly (string | number)[], names: readonly string[] | 'all' = []): void => {
    if (names === 'all') return;
    const index = names.findIndex((name) => !sets[kind].has(name));
    const name = names[index];
    if (name !== undefined) throw new UserError(`Unknown ${kind} "${name}"`, hintFor(name, known[kind]), file.placeOf([...path, index]));
  };
  for (const [file, index, entry] of entriesOf(files, 'elements')) check(file, 'entity', ['elements', index, 'names', 'owners'], entry.names.owners);
  for (const [file, index, entry] of entriesOf(files, 'entities')) check(file, 'element', ['entities', index, 'carries'], entry.carries);
  for (const [file, index, entry] of entriesOf(files, 'fits')) check(file, 'element', ['fits', index, 'elements'], entry.elements);
  for (const [file, index, entry] of entriesOf(files, 'sinks')) {
    const vendor = entry.vendor;
    if (vendor !== undefined && !sets.vendor.has(vendor)) throw new UserError(`Unknown vendor "${vendor}"`, hintFor(vendor, known.vendor), file.placeOf(['sinks', index, 'vendor']));
  }
}

function* entriesOf<List extends ListName>(files: readonly ReadFile[], list: List): Generator<readonly [ReadFile, number, RawLists[List][number]]> {
  for (const file of files) {
    const entries: readonly RawLists[List][number][] = file.lists[list] ?? [];
    for (const [index, entry] of entries.entries()) yield [file, index, entry];
  }
}

/** Over what the entries say: comments, layout and the split into files do not matter, the order of rows does. */
function computeDigest(files: readonly ReadFile[]): string {
  const content = LIST_NAMES.map((list) => [...entriesOf(files, list)].map(([, , entry]) => entry));
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
