// One YAML document of policies (a profile, parameters, a register, a waiver) → a value that fits its schema. The first mistake is
// an error with line, column and what to write instead.
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Document } from 'yaml';
import { UserError, type UserErrorPlace } from '#model/errors';
import { findNearest } from '#model/nearest';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export type ValuePath = readonly (string | number)[];

export interface ReadDocument<T> {
  readonly value: T;
  readonly placeOf: (path: ValuePath) => UserErrorPlace;
}

// Loaded when it is needed: a scan with shipped policies reads no such document.
const load = createRequire(import.meta.url);
const validators = new WeakMap<object, ValidateFunction>();
function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const { Ajv2020 } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const made = new Ajv2020({ verbose: true, allowUnionTypes: true, allErrors: true, strict: false }).compile(schema);
  validators.set(schema, made);
  return made;
}

/** `what` names the document in messages, such as `register`. Throws `UserError`. */
export function readDocument<T>({ name, text }: TextFile, what: string, schema: object): ReadDocument<T> {
  const { LineCounter, parseDocument } = load('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const toPlace = (offset: number): UserErrorPlace => ({ file: name, line: lines.linePos(offset).line, column: lines.linePos(offset).col });
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new UserError(`The ${what} cannot be read: ${(broken.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}`, 'Correct the syntax at this place.', toPlace(broken.pos[0]));
  }
  const placeOf = (path: ValuePath): UserErrorPlace => toPlace(offsetOf(document, path));
  const value: unknown = document.toJS() ?? {};
  const [first] = [...findFaults(value, what, schema)].sort((a, b) => offsetOf(document, a.path) - offsetOf(document, b.path) || a.rank - b.rank);
  if (first === undefined) return { value: value as T, placeOf };
  throw new UserError(first.message, first.hint, placeOf(first.path));
}

/** What in a value does not fit its schema, for a value whose text is somebody else's. */
export function findFaults(value: unknown, what: string, schema: object): readonly Fault[] {
  const validate = validatorOf(schema);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => toFault(error, what));
}

/** Of a key the key itself: that is where the reader looks. What is missing is told at what should hold it. */
function offsetOf(document: Document, path: ValuePath): number {
  const { isMap, isNode, isScalar } = load('yaml') as typeof import('yaml');
  const parent = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1)) : undefined;
  const node = pair?.key ?? document.getIn(path, true);
  return (isNode(node) ? node.range?.[0] : undefined) ?? document.contents?.range?.[0] ?? 0;
}

export interface Fault {
  readonly path: ValuePath;
  readonly message: string;
  readonly hint: string;
  /** Where several are told of one place, the lowest says most. */
  readonly rank: number;
}

function toFault(error: ErrorObject, what: string): Fault {
  const path = error.instancePath.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
  const name = path.length === 0 ? `The ${what}` : `"${path.join('.')}"`;
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const near = findNearest(key, known);
      return { path: [...path, key], message: `Unknown key "${key}" in the ${what}`, hint: near === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean "${near}"?`, rank: 0 };
    }
    case 'required':
      return { path, message: `${name} has no "${String(params['missingProperty'])}"`, hint: `Add ${String(params['missingProperty'])}.`, rank: 0 };
    case 'enum':
      return { path, message: `${name} has a value that is not among those that there are`, hint: `Use one of: ${(error.schema as readonly unknown[]).map(String).join(', ')}.`, rank: 0 };
    case 'pattern':
      return { path, message: `${name} does not have the form that is expected`, hint: describedHint(error), rank: 0 };
    default:
      return { path, message: `${name} ${error.message ?? 'does not fit'}`, hint: describedHint(error), rank: 1 };
  }
}

const describedHint = (error: ErrorObject): string => {
  const described = error.parentSchema?.['description'];
  return typeof described === 'string' ? described : 'Compare it with the schema in schemas/.';
};
