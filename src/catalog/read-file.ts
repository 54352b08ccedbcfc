// One catalogue file: YAML text → entries that fit the schema, with a way back from an entry to its line and column.
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Document, Node } from 'yaml';
import { UserError, type UserErrorPlace } from '#model/errors';
import { findNearest } from '#model/nearest';
import type { RawFile } from './raw.ts';
import { CATALOG_SCHEMA } from './schema.ts';

export interface CatalogText {
  readonly name: string;
  readonly text: string;
}

/** Lists that fitted the schema when the package was built, and the text that they came from, for when an error needs its place. */
export interface BuiltFile {
  readonly name: string;
  readonly lists: RawFile;
  readonly text: () => string;
}

/** Keys and indices from the top of the file to a value. */
export type ValuePath = readonly (string | number)[];

export interface ReadFile {
  readonly name: string;
  readonly lists: RawFile;
  readonly placeOf: (path: ValuePath) => UserErrorPlace;
}

// Loaded when they are needed: a run with the built catalogue needs neither.
const load = createRequire(import.meta.url);
let validator: ValidateFunction<RawFile> | undefined;
const getValidator = (): ValidateFunction<RawFile> => {
  const { Ajv } = load('ajv') as typeof import('ajv');
  return (validator ??= new Ajv({ verbose: true, allowUnionTypes: true }).compile<RawFile>(CATALOG_SCHEMA));
};

/** By name, the last text and what it said: in a long session most files are read again and again, unchanged. */
const lastRead = new Map<string, { readonly text: string; readonly file: ReadFile }>();

export function readCatalogFile(file: CatalogText | BuiltFile): ReadFile {
  if ('lists' in file) return readBuilt(file);
  const known = lastRead.get(file.name);
  if (known?.text === file.text) return known.file;
  const read = readText(file);
  lastRead.set(file.name, { text: file.text, file: read });
  return read;
}

function readBuilt({ name, lists, text }: BuiltFile): ReadFile {
  let document: PlacedDocument | undefined;
  return { name, lists, placeOf: (path) => (document ??= parseYaml(name, text())).toPlace(findOffset(document.document, path)) };
}

function readText({ name, text }: CatalogText): ReadFile {
  const validate = getValidator();
  const value = parseJson(name, text);
  // Of JSON (the built form of the same lists, many times faster to read) a document is made only to place an error.
  let document = value === undefined ? parseYaml(name, text) : undefined;
  const placeOf = (path: ValuePath): UserErrorPlace => {
    document ??= parseYaml(name, text);
    return document.toPlace(findOffset(document.document, path));
  };
  const lists: unknown = value ?? document?.document.toJS();
  if (validate(lists)) return { name, lists, placeOf };
  const [error] = validate.errors ?? [];
  throw error === undefined ? new UserError('Not a catalogue file', 'See rules/README.md.', { file: name }) : toUserError(error, placeOf);
}

function parseJson(name: string, text: string): unknown {
  if (!name.endsWith('.json')) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The YAML reader, which reads JSON too, says where the error is.
    return undefined;
  }
}

interface PlacedDocument {
  readonly document: Document;
  readonly toPlace: (offset: number) => UserErrorPlace;
}

function parseYaml(name: string, text: string): PlacedDocument {
  const { LineCounter, parseDocument } = load('yaml') as typeof import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const toPlace = (offset: number): UserErrorPlace => ({ file: name, line: lineCounter.linePos(offset).line, column: lineCounter.linePos(offset).col });
  const [problem] = document.errors;
  if (problem !== undefined) throw new UserError(`Invalid YAML: ${firstLine(problem.message)}`, 'Correct the YAML syntax at this place.', toPlace(problem.pos[0]));
  return { document, toPlace };
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');

function findOffset(document: Document, path: ValuePath): number {
  const { isMap, isScalar } = load('yaml') as typeof import('yaml');
  const parent = document.getIn(path.slice(0, -1), true);
  // For a member the key, not the value: that is where the reader looks.
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1)) : undefined;
  const node = (pair?.key ?? document.getIn(path, true)) as Node | null | undefined;
  return node?.range?.[0] ?? 0;
}

function toUserError(error: ErrorObject, placeOf: (path: ValuePath) => UserErrorPlace): UserError {
  const path = toPath(error.instancePath);
  const params: Readonly<Record<string, unknown>> = error.params;
  const where = path.length === 0 ? 'the file' : path.filter((key) => typeof key === 'string').join('.');
  if (error.keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys(toRecord(error.parentSchema?.['properties']));
    return new UserError(`Unknown key "${key}" in ${where}`, hintFor(key, known), placeOf([...path, key]));
  }
  if (error.keyword === 'required') return new UserError(`${where} lacks "${String(params['missingProperty'])}"`, 'Add the key; see rules/README.md.', placeOf(path));
  if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    const value = String(error.data);
    return new UserError(`"${value}" is no ${String(path.at(-1))}`, hintFor(value, params['allowedValues'].map(String)), placeOf(path));
  }
  // YAML reads NULL, no and 1.0 as something else than text.
  if (error.keyword === 'type' && typeof error.data !== 'object') return new UserError(`${where} ${error.message ?? ''}, not ${typeof error.data}`, 'Put the value in quotes.', placeOf(path));
  if (error.data === null) return new UserError(`${where} is empty`, path.length === 0 ? 'Write a list such as sinks: or remove the file.' : 'Put the word in quotes, or remove the key.', placeOf(path));
  return new UserError(`${where} ${error.message ?? 'does not fit'}`, 'See schemas/catalog.schema.json for the expected form.', placeOf(path));
}

const toPath = (pointer: string): ValuePath =>
  pointer.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));

const toRecord = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

export function hintFor(name: string, known: readonly string[]): string {
  const near = findNearest(name, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length <= 20 ? `Known: ${known.join(', ')}.` : 'Check the spelling.';
}
