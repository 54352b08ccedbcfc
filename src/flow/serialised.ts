// What a text of a whole object shows: not what is private or not enumerable, and of an object that says itself how it is
// serialised (`toJSON`, `inspect.custom`) what that says.
import { ConstKind, Op } from '#model/facts';
import type { Frame } from './frame.ts';
import { constantNames } from './key-tests.ts';
import { literalMember } from './literals.ts';
import { callArguments, opcode, operand } from './program.ts';
import type { StaticType } from './static-type.ts';
import type { Printer } from './types.ts';
import type { Value } from './value.ts';
import { convert, ELEMENT, EMPTY, Form, isEmpty, join, load, loadElements, make, ofFields, pick, store, UNLISTED } from './value.ts';

const MAX_DEPTH = 4;
const isPosition = (key: string): boolean => key === ELEMENT || /^\d+$/.test(key);

/** A value as a serialiser reads it; `r` is the register it stands in, where it stands in one as a whole. */
export function shown(frame: Frame, op: number, v: Value, printer: Printer | undefined, r: number): Value {
  if (isEmpty(v)) return v;
  const { types } = frame.engine;
  const type = r >= 0 && printer !== undefined && types.printers.has(printer) ? types.ofRegister(frame.fn, r) : undefined;
  return visible(frame, op, v, printer, type, 0);
}

function visible(frame: Frame, op: number, v: Value, printer: Printer | undefined, type: StaticType | undefined, depth: number): Value {
  const { types } = frame.engine;
  const cls = v.cls ?? (type?.k === 'instance' ? type.cls : undefined);
  const method = cls && printer !== undefined && types.printers.has(printer) ? types.methodOf(cls, printer, false) : undefined;
  if (method) return frame.printedBy(method, v, op);
  if (!v.fields || depth > MAX_DEPTH) return v;
  let fields: Map<string, Value> | undefined;
  for (const [key, field] of v.fields) {
    const kept = cls && key.startsWith('#') ? EMPTY : visible(frame, op, field, printer, undefined, depth + 1);
    if (kept !== field) (fields ??= new Map(v.fields)).set(key, kept);
  }
  return fields ? make(v.taints, fields, v.calls, v.text, v.mask, v.cls) : v;
}

/** `JSON.stringify(value, replacer)`: the members that a list names, or what a function makes of each. */
export function replaced(frame: Frame, op: number, v: Value, replacer: Value | undefined): Value {
  const [whole = -1, r = -1] = callArguments(frame.fn, op);
  if (replacer === undefined || r < 0) return v;
  if (replacer.calls) return convert(frame.callFunction(replacer, [EMPTY, withDeepMembers(v)], op), Form.Deep, 'whole');
  const names = constantNames(frame.engine, frame.fn, r);
  return names ? onlyNamed(v, names, whole >= 0 && frame.engine.types.ofRegister(frame.fn, whole).k === 'list') : v;
}

/** Each member goes through the function, so the whole does. */
function withDeepMembers(v: Value): Value {
  const own = convert(v, Form.Deep, 'own');
  if (!v.fields) return own;
  return make(own.taints, new Map([...v.fields].map(([key, field]) => [key, convert(field, Form.Deep, 'whole')])), undefined, undefined, false, undefined);
}

/** Elements of lists stay, whatever the list of names says. */
function onlyNamed(v: Value, names: readonly string[], isList: boolean): Value {
  if (isList) return store(EMPTY, ELEMENT, onlyNamed(loadElements(v), names, false));
  if (!v.fields) return pick(v, names);
  const positions = [...v.fields].filter(([key]) => isPosition(key)).map(([key, field]) => [key, onlyNamed(field, names, false)] as const);
  const named = names.map((name) => [name, v.fields?.has(name) ? inner(load(v, name), names) : load(v, name)] as const);
  return ofFields(new Map([...positions, ...named]));
}

const inner = (v: Value, names: readonly string[]): Value => (v.fields ? onlyNamed(v, names, false) : v);

/** `Object.defineProperty(target, 'key', { value, get, enumerable })`; false when the key or the target is not in sight. */
export function defineProperty(frame: Frame, op: number, args: readonly Value[]): boolean {
  const [target = -1, key = -1, descriptor = -1] = callArguments(frame.fn, op);
  const name = key < 0 ? undefined : frame.keyText(key);
  const place = target < 0 ? undefined : frame.placeOf(target);
  if (name === undefined || !place) return false;
  const given = args[2] ?? EMPTY;
  const getter = given.fields?.get('get');
  const value = join(load(given, 'value'), getter?.calls ? frame.callFunction(getter, [], op) : EMPTY);
  const wasThere = args[0]?.fields?.has(name) === true;
  const path = wasThere || isEnumerable(frame, descriptor) ? [name] : [UNLISTED, name];
  frame.storeAt({ base: place.base, path: [...place.path, ...path] }, value);
  return true;
}

/** Properties that are defined are not enumerable unless they are said to be. */
function isEnumerable({ engine, fn }: Frame, descriptor: number): boolean {
  const literal = descriptor < 0 ? undefined : engine.types.ofRegister(fn, descriptor);
  if (literal?.k !== 'literal') return true;
  const said = literalMember(literal.fn, literal.op, 'enumerable');
  return said !== undefined && !(opcode(literal.fn, said) === Op.Const && operand(literal.fn, said, 1) === ConstKind.False);
}
