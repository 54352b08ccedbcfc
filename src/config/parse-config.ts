// Text of a settings file → raw settings that fit the schema; every mistake with line, column and what to write instead.
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { UserError, type UserErrorPlace } from '#model/errors';
import { findNearest } from '#model/nearest';
import type { Enforcement } from '#model/policy';
import { CONFIG_SCHEMA, type SuppressionMode } from './schema.ts';

export interface RawConfig {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly extends?: string | readonly string[];
  readonly catalog?: readonly string[];
  readonly rules?: Readonly<Record<string, 'on' | 'off' | boolean>>;
  readonly suppressions?: SuppressionMode;
  readonly baseline?: string;
  readonly policies?: RawPolicies;
  readonly register?: string;
  readonly waivers?: string;
}

interface RawPolicies {
  readonly profile?: string;
  readonly packs?: readonly string[];
  readonly regulations?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>>;
  readonly enforcement?: Partial<Enforcement>;
}

export type ConfigPath = readonly (string | number)[];

export interface ParsedConfig {
  readonly raw: RawConfig;
  readonly keys: readonly string[];
  readonly placeOf: (path: ConfigPath) => UserErrorPlace;
}

const load = createRequire(import.meta.url);
let validator: ValidateFunction<RawConfig> | undefined;

/** Made when the first settings are read: many repositories have none. */
function makeValidator(): ValidateFunction<RawConfig> {
  const { Ajv } = load('ajv') as typeof import('ajv');
  return new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<RawConfig>(CONFIG_SCHEMA);
}

export function parseConfig(file: string, text: string): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const toPlace = (offset: number): UserErrorPlace => ({ file, line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const message = (broken.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    throw new UserError(`The configuration cannot be read: ${message}`, 'Correct the syntax at this place.', toPlace(broken.pos[0]));
  }
  const placeOf = (path: ConfigPath): UserErrorPlace => toPlace(offsetOf(document, path));
  // An empty file means: all defaults.
  const value: unknown = document.toJS() ?? {};
  const validate = (validator ??= makeValidator());
  if (validate(value)) return { raw: value, keys: Object.keys(value), placeOf };
  const faults = (validate.errors ?? []).map((error) => toFault(error));
  // `anyOf` reports each branch and then itself; the reader needs the place that comes first in the file, once.
  faults.sort((a, b) => offsetOf(document, a.path) - offsetOf(document, b.path) || a.rank - b.rank);
  const [first] = faults;
  if (first === undefined) throw new UserError('The configuration does not fit', 'See schemas/config.schema.json.', { file });
  throw new UserError(first.message, first.hint, placeOf(first.path));
}

/** Of a key the key itself, not its value: that is where the reader looks. */
function offsetOf(document: Document, path: ConfigPath): number {
  const parent = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1)) : undefined;
  const node = pair?.key ?? document.getIn(path, true);
  return (isNode(node) ? node.range?.[0] : undefined) ?? document.contents?.range?.[0] ?? 0;
}

interface Fault {
  readonly path: ConfigPath;
  readonly message: string;
  readonly hint: string;
  readonly rank: number;
}

function toFault(error: ErrorObject): Fault {
  const path = toPath(error.instancePath);
  const name = path.length === 0 ? 'The configuration' : `"${path.join('.')}"`;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object).filter((candidate) => !candidate.startsWith('$'));
      const kind = path[0] === 'rules' ? 'rule' : 'key';
      return { path: [...path, key], message: `Unknown ${kind} "${key}"`, hint: hintFor(key, known), rank: 0 };
    }
    case 'enum': {
      const allowed = [...new Set((error.schema as readonly unknown[]).map(String))].filter((word) => word !== 'true' && word !== 'false');
      return { path, message: `${name} cannot be ${describe(error.data)}`, hint: `Use one of: ${allowed.join(', ')}.`, rank: 0 };
    }
    case 'type':
      return { path, message: `${name} must be ${TYPE_WORDS[String(params['type'])] ?? String(params['type'])}, not ${describe(error.data)}`, hint: 'See schemas/config.schema.json for the form.', rank: 1 };
    case 'anyOf':
      return { path, message: `${name} must be a text or a list of texts, not ${describe(error.data)}`, hint: 'See schemas/config.schema.json for the form.', rank: 0 };
    default:
      return { path, message: `${name} ${error.message ?? 'does not fit'}`, hint: 'See schemas/config.schema.json for the form.', rank: 1 };
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = { object: 'a map of keys', array: 'a list', string: 'a text', boolean: 'true or false' };

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return JSON.stringify(value);
}

function hintFor(name: string, known: readonly string[]): string {
  const near = findNearest(name, known);
  return near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${near}"?`;
}

const toPath = (pointer: string): ConfigPath =>
  pointer.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
