// Types that a validator describes: `z.object({ email: z.string() })` is read as the record that `z.infer` makes of it. The same
// spelling serves zod, valibot (`v.object`), superstruct and TypeBox, as far as their calls look alike.
import { Op, PropertyKind, VAR_WIDTH, VarField } from '#model/facts';
import type { Fn, Unit } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { BOOLEAN, NUMBER, STRING, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

interface At {
  readonly fn: Fn;
  readonly r: number;
}

type Shape = StaticType & { readonly k: 'record' };

const MAX_DEPTH = 24;
const MODULES = /^(?:npm:)?(?:zod(?:\/.*)?|valibot|superstruct|yup|joi|@hapi\/joi|@sinclair\/typebox|@hono\/zod-openapi|@sveltejs\/kit)$/;
const OBJECT = /^(?:object|strictObject|looseObject|Object|type)$/;
const NUMBERS = /^(?:number|int|int32|float64|bigint|Number|Integer|nan)$/;
/** They hold words of the program, switches or moments: never data of a customer. */
const WORDS = /^(?:enum|nativeEnum|literal|picklist|enums|Literal|Enum|boolean|Boolean|stringbool|null|undefined|void|never|function|symbol)$/;
const OPEN = /^(?:passthrough|loose|catchall|looseObject)$/;

/** The type of values that the validator at a register lets through; undefined when there is no validator. */
export function validated(types: Types, at: At, depth = 0): StaticType | undefined {
  if (depth > MAX_DEPTH || at.r < 0) return undefined;
  const { fn, r } = at;
  switch (opcode(fn, r)) {
    case Op.Cast: return validated(types, { fn, r: operand(fn, r, 1) }, depth + 1);
    case Op.GetVar: {
      const init = initOf(types, fn.unit, operand(fn, r, 1));
      return init && named(types, init, depth + 1);
    }
    case Op.Call: return ofCall(types, at, depth);
    default: return undefined;
  }
}

/** A schema is named again and again, by others above all: each is read once. */
function named(types: Types, { at, name }: Init, depth: number): StaticType | undefined {
  const key = at.fn.id * 2 ** 24 + at.r;
  const known = types.schemas.get(key);
  if (known !== undefined) return known ?? undefined;
  // One that names itself says nothing more at the second time.
  types.schemas.set(key, null);
  const type = validated(types, at, depth);
  const made = type?.k === 'record' && type.name === '' ? { ...type, name } : type;
  types.schemas.set(key, made ?? null);
  return made;
}

/** Whether members that the validator does not name come through as well. */
export function isOpen(types: Types, at: At, depth = 0): boolean {
  if (depth > MAX_DEPTH || at.r < 0) return true;
  const { fn, r } = at;
  if (opcode(fn, r) === Op.Cast) return isOpen(types, { fn, r: operand(fn, r, 1) }, depth + 1);
  if (opcode(fn, r) === Op.GetVar) {
    const init = initOf(types, fn.unit, operand(fn, r, 1));
    return init === undefined || isOpen(types, init.at, depth + 1);
  }
  if (opcode(fn, r) !== Op.Call) return true;
  const callee = operand(fn, r, 1);
  if (opcode(fn, callee) !== Op.Load) return false;
  if (OPEN.test(text(fn.unit, operand(fn, callee, 2)))) return true;
  const receiver = operand(fn, callee, 1);
  return opcode(fn, receiver) === Op.Call || opcode(fn, receiver) === Op.GetVar && initOf(types, fn.unit, operand(fn, receiver, 1)) !== undefined ? isOpen(types, { fn, r: receiver }, depth + 1) : false;
}

function ofCall(types: Types, { fn, r }: At, depth: number): StaticType | undefined {
  const callee = operand(fn, r, 1);
  const args = callArguments(fn, r);
  const argument = (i: number): StaticType | undefined => validated(types, { fn, r: args[i] ?? -1 }, depth + 1);
  if (opcode(fn, callee) !== Op.Load) return isModule(types, fn, callee) ? made(types, calledName(fn, callee), { fn, r }, argument, depth) : undefined;
  const method = text(fn.unit, operand(fn, callee, 2));
  const receiver = operand(fn, callee, 1);
  if (isModule(types, fn, receiver)) return made(types, method, { fn, r }, argument, depth);
  const inner = validated(types, { fn, r: receiver }, depth + 1);
  return inner && changed(types, inner, method, { fn, r }, argument, depth);
}

/** `z.email()`, `z.object({ … })`, `z.array(User)`. */
function made(types: Types, kind: string, { fn, r }: At, argument: (i: number) => StaticType | undefined, depth: number): StaticType {
  const [first = -1] = callArguments(fn, r);
  if (OBJECT.test(kind)) return { k: 'record', name: '', fields: fieldsOf(types, { fn, r: first }, depth), schema: true };
  if (NUMBERS.test(kind)) return NUMBER;
  if (WORDS.test(kind)) return BOOLEAN;
  switch (kind) {
    case 'date': case 'Date': return { k: 'primitive', n: 'date' };
    case 'array': case 'Array': case 'set': case 'tuple': return { k: 'list', of: argument(0) ?? UNKNOWN };
    case 'record': case 'map': case 'Record': return { k: 'map', of: argument(1) ?? argument(0) ?? UNKNOWN };
    case 'union': case 'Union': return unionOf(parts(types, { fn, r: first }, depth));
    case 'discriminatedUnion': case 'variant': return unionOf(parts(types, { fn, r: callArguments(fn, r)[1] ?? -1 }, depth));
    case 'intersection': return merged(argument(0), argument(1));
    case 'optional': case 'nullable': case 'nullish': case 'lazy': case 'preprocess': case 'partial': case 'readonly': return argument(kind === 'preprocess' ? 1 : 0) ?? UNKNOWN;
    case 'any': case 'unknown': case 'custom': case 'instanceof': return UNKNOWN;
    default: return STRING;
  }
}

/** What a method of a validator makes of its type; checks and messages change nothing. */
function changed(types: Types, inner: StaticType, method: string, { fn, r }: At, argument: (i: number) => StaticType | undefined, depth: number): StaticType {
  const [first = -1] = callArguments(fn, r);
  switch (method) {
    case 'array': return { k: 'list', of: inner };
    case 'extend': case 'safeExtend': case 'augment': case 'setKey': return merged(inner, { k: 'record', name: '', fields: fieldsOf(types, { fn, r: first }, depth), schema: true });
    case 'merge': case 'and': return merged(inner, argument(0));
    case 'or': return unionOf([inner, argument(0) ?? UNKNOWN]);
    case 'pick': case 'omit': return inner.k === 'record' ? { ...inner, fields: new Map([...inner.fields].filter(([key]) => namesOf({ fn, r: first }).has(key) === (method === 'pick'))) } : inner;
    case 'transform': case 'pipe': return inner.k === 'record' ? UNKNOWN : inner;
    case 'keyof': return BOOLEAN;
    case 'element': case 'unwrap': return inner.k === 'list' ? inner.of : inner;
    default: return inner;
  }
}

function merged(a: StaticType | undefined, b: StaticType | undefined): StaticType {
  if (a?.k !== 'record' || b?.k !== 'record') return a ?? b ?? UNKNOWN;
  return { k: 'record', name: a.name || b.name, fields: new Map([...a.fields, ...b.fields]), schema: true } satisfies Shape;
}

function fieldsOf(types: Types, at: At, depth: number): ReadonlyMap<string, StaticType> {
  const fields = new Map<string, StaticType>();
  const literal = literalAt(types, at);
  if (!literal) return fields;
  const { fn, r } = literal;
  const items = list(fn.unit, operand(fn, r, 2));
  for (let i = 0; i < items.length; i += 3) {
    const value = items[i + 2] ?? -1;
    if (items[i] === PropertyKind.Plain) fields.set(text(fn.unit, items[i + 1] ?? -1), validated(types, { fn, r: value }, depth + 1) ?? UNKNOWN);
    else if (items[i] === PropertyKind.Spread) for (const [key, type] of spreadFields(types, { fn, r: value }, depth)) fields.set(key, type);
  }
  return fields;
}

/** `...Base.shape` and `...baseFields`. */
function spreadFields(types: Types, { fn, r }: At, depth: number): ReadonlyMap<string, StaticType> {
  if (opcode(fn, r) === Op.Load && /^(?:shape|entries|properties)$/.test(text(fn.unit, operand(fn, r, 2)))) {
    const of = validated(types, { fn, r: operand(fn, r, 1) }, depth + 1);
    return of?.k === 'record' ? of.fields : new Map<string, StaticType>();
  }
  return fieldsOf(types, { fn, r }, depth + 1);
}

function parts(types: Types, at: At, depth: number): readonly StaticType[] {
  if (at.r < 0 || opcode(at.fn, at.r) !== Op.Array) return [];
  return [...list(at.fn.unit, operand(at.fn, at.r, 2))].map((r) => validated(types, { fn: at.fn, r }, depth + 1) ?? UNKNOWN);
}

function literalAt(types: Types, at: At): At | undefined {
  if (at.r < 0) return undefined;
  if (opcode(at.fn, at.r) === Op.Object) return at;
  if (opcode(at.fn, at.r) !== Op.GetVar) return undefined;
  const init = initOf(types, at.fn.unit, operand(at.fn, at.r, 1));
  return init && opcode(init.at.fn, init.at.r) === Op.Object ? init.at : undefined;
}

function namesOf({ fn, r }: At): ReadonlySet<string> {
  const names = new Set<string>();
  if (r < 0 || opcode(fn, r) !== Op.Object) return names;
  const items = list(fn.unit, operand(fn, r, 2));
  for (let i = 0; i < items.length; i += 3) if (items[i] === PropertyKind.Plain) names.add(text(fn.unit, items[i + 1] ?? -1));
  return names;
}

/** The name `z` of the module, or a function of it that was imported by name. */
function isModule(types: Types, fn: Fn, r: number): boolean {
  if (opcode(fn, r) !== Op.GetVar && !(opcode(fn, r) === Op.Load && text(fn.unit, operand(fn, r, 2)) === 'coerce')) return false;
  if (opcode(fn, r) === Op.Load) return isModule(types, fn, operand(fn, r, 1));
  const symbol = types.symbols.variable(fn.unit, operand(fn, r, 1));
  return symbol?.kind === 'external' && MODULES.test(symbol.from);
}

function calledName(fn: Fn, callee: number): string {
  return opcode(fn, callee) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, callee, 1), VarField.Name)) : '';
}

interface Init {
  readonly at: At;
  readonly name: string;
}

/** Where the only value of a variable is made, in this or another module. */
function initOf(types: Types, unit: Unit, v: number): Init | undefined {
  const symbol = types.symbols.variable(unit, v);
  return symbol?.kind === 'variable' ? initOfVariable(types, symbol.unit, symbol.v) : undefined;
}

function initOfVariable(types: Types, unit: Unit, v: number): Init | undefined {
  const init = varField(unit, v, VarField.Init);
  if (init < 0) return undefined;
  const name = text(unit, varField(unit, v, VarField.Name)).replace(/^[zZ](?=[A-Z])|(?:Schema|Validator|Dto)$/g, '');
  return { at: { fn: types.program.fnOf(unit, varField(unit, v, VarField.Owner)), r: init }, name };
}

/** The type behind `z.infer<typeof userSchema>`: the validator by its name in a file, declared there or imported. */
export function validatedByName(types: Types, unit: Unit, name: string): StaticType | undefined {
  const v = variableOf(unit, name);
  if (v < 0) return undefined;
  const init = initOf(types, unit, v);
  return init && named(types, init, 0);
}

function variableOf(unit: Unit, name: string): number {
  const { vars, strings } = unit.facts;
  for (let v = 0; v * VAR_WIDTH < vars.length; v++) if (varField(unit, v, VarField.Owner) === 0 && strings[varField(unit, v, VarField.Name)] === name) return v;
  return -1;
}

const PARSES = /^(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateSync|cast|decode)$/;

/** The validator that a call asks to check a value, and what its result wraps the value in. */
export function validatorOf(fn: Fn, call: number): { readonly at: At; readonly wrapped: boolean; readonly later: boolean } | undefined {
  const callee = operand(fn, call, 1);
  if (opcode(fn, callee) !== Op.Load) return undefined;
  const method = text(fn.unit, operand(fn, callee, 2));
  if (!PARSES.test(method)) return undefined;
  return { at: { fn, r: operand(fn, callee, 1) }, wrapped: method.startsWith('safe'), later: method.endsWith('Async') || method === 'validate' };
}
