// Functions of libraries that write a cell: the setter of a state, `dispatch`, `done` of a login strategy. They travel like data,
// as origins; whoever calls one writes the cell.
import type { Engine } from './engine.ts';
import { cellValue, isNamedCell } from './named-cells.ts';
import type { Fn } from './program.ts';
import { UNKNOWN } from './static-type.ts';
import { EMPTY, Form, isEmpty, load, membersOf, ofOrigin, type Origin, type Value } from './value.ts';

const PREFIX = 'w:';

/** A function that writes its argument `index` to a cell. */
export const setterOf = (engine: Engine, fn: Fn, op: number, cell: string, index: number): Origin => engine.cell(`${PREFIX}${index}:${cell}`, '', UNKNOWN, fn.unit, op);

const isSetter = (origin: Origin): origin is Origin & { readonly kind: 'cell' } => origin.kind === 'cell' && origin.key.startsWith(PREFIX);

export const hasSetter = (v: Value): boolean => v.taints.some((t) => isSetter(t.origin) && t.path === '' && t.form === Form.Value);

interface Writer {
  readonly engine: Engine;
  readonly fn: Fn;
  write(key: string, path: readonly string[], value: Value): void;
  callFunction(callee: Value, args: readonly Value[], op: number): Value;
}

/** What calls of the function that a cell holds under a path pass, by argument. */
const CALLS = 'k:';
const MAX_GIVEN = 3;

/** Calls the setters among what a value may be; says whether there are some. */
export function callSetters(writer: Writer, callee: Value, args: readonly Value[], op: number): boolean {
  let found = false;
  for (const { origin, path, form } of callee.taints) {
    if (form !== Form.Value || origin.kind !== 'cell') continue;
    if (isSetter(origin) && path === '') {
      found = true;
      callSetter(writer, origin.key, args, op);
    } else if (isNamedCell(origin.key) && path !== '') {
      for (let i = 0; i < MAX_GIVEN; i++) if (args[i] && !isEmpty(args[i] ?? EMPTY)) writer.write(`${CALLS}${origin.key}#${path}`, [String(i)], args[i] ?? EMPTY);
    }
  }
  return found;
}

function callSetter(writer: Writer, setter: string, args: readonly Value[], op: number): void {
  const [index = '', ...rest] = setter.slice(PREFIX.length).split(':');
  const key = rest.join(':');
  const given = args[Number(index)] ?? EMPTY;
  // `setUser((user) => ({ ...user, email }))` is given what there was.
  const value = given.calls ? writer.callFunction(given, [cellValue(writer.engine, writer.fn, op, key)], op) : given;
  if (!isEmpty(value)) writer.write(key, [], value);
}

/** Calls what cells hold with what was passed to it elsewhere: `const { login } = useContext(Session); login(form)`. */
export function callThroughCells(engine: Engine, call: (callee: Value, given: (fn: Fn, index: number) => Value | undefined) => void): void {
  for (const [key, passed] of [...engine.cells]) {
    if (!key.startsWith(CALLS)) continue;
    const at = key.lastIndexOf('#');
    const callee = membersOf(key.slice(at + 1)).reduce<Value>((v, k) => load(v, k), engine.cells.get(key.slice(CALLS.length, at)) ?? EMPTY);
    call(callee, (fn, index) => (passed.fields?.has(String(index)) ? load(ofOrigin(engine.cell(key, '', UNKNOWN, fn.unit, 0)), String(index)) : undefined));
  }
}
