// Conditions: constant ones decide a branch; presence, discriminants and membership tests say what a branch can still hold.
import { BinaryKind, ConstFlag, ConstKind, Op, UnaryKind, VarField, VarFlag } from '#model/facts';
import type { Engine } from './engine.ts';
import { ofGuardCall } from './guards.ts';
import { keyComparison, type KeyTest, keyTest } from './key-tests.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, callArguments, list, opcode, operand, text, varField } from './program.ts';
import { literalMember } from './types.ts';

const MAX_DEPTH = 6;

/** What a parameter holds in this run: a constant as `constantWord` writes it. One that is not certain may be nothing as well. */
export interface Literal {
  readonly word: string;
  readonly certain: boolean;
}

/** By variable of the parameter. */
export type Literals = ReadonlyMap<number, Literal>;
export const NO_LITERALS: Literals = new Map();

/** True or false when the condition is a constant: a literal, or a constant flag of this or another module. */
export function constantCondition(engine: Engine, fn: Fn, r: number, literals: Literals, depth = 0): boolean | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const inner = (x: number): boolean | undefined => constantCondition(engine, fn, x, literals, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Const: return truthOf(constantWord(engine, fn, r));
    case Op.Cast: return inner(operand(fn, r, 1));
    case Op.GetVar: {
      const literal = literals.get(operand(fn, r, 1));
      if (literal) return literal.certain ? truthOf(literal.word) : undefined;
      const init = constantInit(engine, fn.unit, operand(fn, r, 1));
      return init && constantCondition(engine, init.fn, init.r, NO_LITERALS, depth + 1);
    }
    case Op.Unary: {
      if (operand(fn, r, 1) !== UnaryKind.Not) return undefined;
      const value = inner(operand(fn, r, 2));
      return value === undefined ? undefined : !value;
    }
    case Op.Binary: return constantComparison(engine, fn, r, literals);
    case Op.Load: {
      const member = constantMember(engine, fn, r);
      return member && constantCondition(engine, member.fn, member.r, NO_LITERALS, depth + 1);
    }
    case Op.Join: {
      const parts = logicalParts(fn, r);
      if (!parts) return undefined;
      const [left, right] = [inner(parts.left), inner(parts.right)];
      const decisive = !parts.and;
      if (left === decisive || right === decisive) return decisive;
      return left === undefined || right === undefined ? undefined : !decisive;
    }
    default: return undefined;
  }
}

/** Whether a constant counts as true. */
function truthOf(word: string | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  return word !== 'false' && word !== NOTHING_WORD && word !== '""' && word !== '#0';
}

/** `LEVEL === 'debug'` and `LOG_LEVEL >= LEVELS.debug`, both sides constants of modules. */
function constantComparison(engine: Engine, fn: Fn, r: number, literals: Literals): boolean | undefined {
  const kind = operand(fn, r, 1);
  const [left, right] = [constantWord(engine, fn, operand(fn, r, 2), literals), constantWord(engine, fn, operand(fn, r, 3), literals)];
  // Two nothings need not be the same one.
  if (left === undefined || right === undefined || (left === NOTHING_WORD && right === NOTHING_WORD)) return undefined;
  if (kind === BinaryKind.Equal || kind === BinaryKind.NotEqual) return (left === right) === (kind === BinaryKind.Equal);
  if (!left.startsWith('#') || !right.startsWith('#')) return undefined;
  const [a, b] = [Number(left.slice(1)), Number(right.slice(1))];
  switch (kind) {
    case BinaryKind.Less: return a < b;
    case BinaryKind.LessEqual: return a <= b;
    case BinaryKind.Greater: return a > b;
    case BinaryKind.GreaterEqual: return a >= b;
    default: return undefined;
  }
}

/** Undefined or null, as a word. */
export const NOTHING_WORD = 'nothing';

/** A constant as text: `#3`, `"debug"`, `true`, `nothing`. */
export function constantWord(engine: Engine, fn: Fn, r: number, literals: Literals = NO_LITERALS): string | undefined {
  switch (opcode(fn, r)) {
    case Op.Cast: return constantWord(engine, fn, operand(fn, r, 1), literals);
    case Op.Global: return isNothing(fn, r) ? NOTHING_WORD : undefined;
    case Op.GetVar: {
      const literal = literals.get(operand(fn, r, 1));
      if (literal) return literal.certain ? literal.word : undefined;
      const init = constantInit(engine, fn.unit, operand(fn, r, 1));
      return init && opcode(init.fn, init.r) === Op.Const ? constantWord(engine, init.fn, init.r) : undefined;
    }
    case Op.Load: {
      const member = constantMember(engine, fn, r);
      return member && constantWord(engine, member.fn, member.r);
    }
    case Op.Const: {
      const [kind, flags] = [operand(fn, r, 1), operand(fn, r, 3)];
      if (kind === ConstKind.Number) return flags & ConstFlag.SmallInteger ? `#${(flags >> 16) - 64}` : undefined;
      if (kind === ConstKind.String) return flags & ConstFlag.Empty ? '""' : operand(fn, r, 2) < 0 ? undefined : `"${text(fn.unit, operand(fn, r, 2))}"`;
      if (kind === ConstKind.Null || kind === ConstKind.Undefined) return NOTHING_WORD;
      return kind === ConstKind.True || kind === ConstKind.False ? String(kind === ConstKind.True) : undefined;
    }
    default: return undefined;
  }
}

interface At {
  readonly fn: Fn;
  readonly r: number;
}

/** Settings that a build for production replaces by those of another file. */
const ENVIRONMENTS = /(?:^|\/)environments?\/environment(?:\.\w+)?\.[jt]s$/;

/** `LEVELS.debug`: a member of an object literal at module level, `this.logging`: a field, that nothing in sight changes. */
function constantMember(engine: Engine, fn: Fn, r: number): At | undefined {
  const receiver = operand(fn, r, 1);
  const object = engine.types.ofRegister(fn, receiver);
  if (object.k === 'class' || (object.k === 'instance' && opcode(fn, receiver) === Op.This)) return engine.types.constantField(object.cls, text(fn.unit, operand(fn, r, 2)), object.k === 'class');
  if (object.k !== 'literal' || object.fn.facts.kind !== 'module' || ENVIRONMENTS.test(object.fn.unit.path) || isChanged(engine, object.fn.unit, object.op)) return undefined;
  const value = literalMember(object.fn, object.op, text(fn.unit, operand(fn, r, 2)));
  return value === undefined ? undefined : { fn: object.fn, r: value };
}

/** Objects of module variables that are written to, or handed to a call that may write to them, by `unit:operation`. */
const changed = new WeakMap<Engine, ReadonlySet<string>>();

function isChanged(engine: Engine, unit: Unit, op: number): boolean {
  let found = changed.get(engine);
  if (!found) changed.set(engine, (found = collectChanged(engine)));
  return found.has(`${unit.index}:${op}`);
}

function collectChanged(engine: Engine): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (fn: Fn, r: number): void => {
    const object = r >= 0 && opcode(fn, r) === Op.GetVar ? engine.types.ofRegister(fn, r) : undefined;
    if (object?.k === 'literal' && object.fn.facts.kind === 'module') found.add(`${object.fn.unit.index}:${object.op}`);
  };
  for (const fn of engine.program.fns) {
    for (let op = 0; op < fn.count; op++) {
      const code = opcode(fn, op);
      if (code === Op.Store || code === Op.StoreElem || code === Op.Delete) note(fn, operand(fn, op, 1));
      else if (code === Op.Call) for (let i = 0, n = argumentCount(fn, op); i < n; i++) note(fn, argument(fn, op, i));
    }
  }
  return found;
}

/** Where the only value of a never reassigned variable is made, when that is a constant or made of constants. */
export function constantInit(engine: Engine, unit: Unit, v: number): At | undefined {
  const init = onlyInit(engine, unit, v);
  if (!init) return undefined;
  const code = opcode(init.fn, init.r);
  return code === Op.Const || code === Op.GetVar || code === Op.Unary || code === Op.Cast || code === Op.Binary ? init : undefined;
}

function onlyInit(engine: Engine, unit: Unit, v: number): At | undefined {
  const symbol = engine.types.symbols.variable(unit, v);
  if (symbol?.kind !== 'variable') return undefined;
  const init = varField(symbol.unit, symbol.v, VarField.Init);
  if (init < 0 || varField(symbol.unit, symbol.v, VarField.Flags) & VarFlag.Reassigned) return undefined;
  return { fn: engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), r: init };
}

/** The two sides of `a && b` and `a || b`: a Join behind the If that tests the left side. */
export function logicalParts(fn: Fn, r: number): { readonly left: number; readonly right: number; readonly and: boolean } | undefined {
  const values = list(fn.unit, operand(fn, r, 2));
  const right = values[values.length - 1];
  if (right === undefined || values.length > 2) return undefined;
  for (let op = r - 1; op >= 0; op--) {
    if (opcode(fn, op) !== Op.If || operand(fn, op, 3) !== r) continue;
    const condition = operand(fn, op, 1);
    if (values.length === 1) return { left: condition, right, and: true };
    const [left = -1] = values;
    return opcode(fn, condition) === Op.Unary && operand(fn, condition, 2) === left ? { left, right, and: false } : undefined;
  }
  return undefined;
}

export interface Refinement {
  readonly v: number;
  /** Members below the variable. */
  readonly path: readonly string[];
  /** `kind=card`, `!kind=card`, or `email=` for «has the member»; empty when `absent`. */
  readonly fact: string;
  /** The place holds nothing: undefined, null, empty. */
  readonly absent: boolean;
  /** The variable is a key, or holds what stands under a key, that is not in this list; `names` are those in sight. */
  readonly except?: { readonly names: readonly string[] | undefined; readonly isKey: boolean };
  /** The variable is a key that is in this list. */
  readonly among?: { readonly names: readonly string[] | undefined };
}

/** What is known of variables when a condition turned out true (`holds`) or false. */
export function outcomes(engine: Engine, fn: Fn, r: number, holds: boolean, depth = 0): readonly Refinement[] {
  if (depth > MAX_DEPTH) return [];
  const inner = (x: number, outcome: boolean): readonly Refinement[] => outcomes(engine, fn, x, outcome, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Unary: return operand(fn, r, 1) === UnaryKind.Not ? inner(operand(fn, r, 2), !holds) : [];
    case Op.Join: {
      const parts = logicalParts(fn, r);
      // `a && b` held: both did. `a || b` failed: both did. Otherwise nothing is known for sure.
      return parts && parts.and === holds ? [...inner(parts.left, holds), ...inner(parts.right, holds)] : [];
    }
    case Op.Binary: return ofComparison(engine, fn, r, holds);
    case Op.GetVar: return [...ofFlag(engine, fn, operand(fn, r, 1), holds, depth), ...absence(fn, r, holds)];
    case Op.Load: return [...absence(fn, r, holds), ...(holds ? [] : ofValidation(fn, r))];
    case Op.Call: return [...ofKeyTest(engine, fn, r, holds), ...ofGuardCall(engine, fn, r, (guard, result) => outcomes(engine, guard, result, holds, depth + 1))];
    default: return [];
  }
}

/** `if (HIDDEN.has(key))` failed: what stands under the key is none of the hidden. */
function ofKeyTest(engine: Engine, fn: Fn, r: number, holds: boolean, test: KeyTest | undefined = keyTest(engine, fn, r)): readonly Refinement[] {
  if (!test) return [];
  if (holds) return [{ v: test.key, path: [], fact: '', absent: false, among: { names: test.names } }];
  const refined = (v: number, isKey: boolean): Refinement => ({ v, path: [], fact: '', absent: false, except: { names: test.names, isKey } });
  return [refined(test.key, true), ...test.values.map((v) => refined(v, false))];
}

/** `const plain = !message.email; if (plain) …`: the test was made when the variable was. */
function ofFlag(engine: Engine, fn: Fn, v: number, holds: boolean, depth: number): readonly Refinement[] {
  if (varField(fn.unit, v, VarField.Owner) !== fn.local) return [];
  const init = onlyInit(engine, fn.unit, v);
  if (!init || init.fn !== fn) return [];
  const code = opcode(fn, init.r);
  const isTest = code === Op.Unary || code === Op.Binary || (code === Op.Join && logicalParts(fn, init.r) !== undefined);
  return isTest ? outcomes(engine, fn, init.r, holds, depth + 1) : [];
}

function ofComparison(engine: Engine, fn: Fn, r: number, holds: boolean): readonly Refinement[] {
  const kind = operand(fn, r, 1);
  const [left, right] = [operand(fn, r, 2), operand(fn, r, 3)];
  if (kind === BinaryKind.Equal || kind === BinaryKind.NotEqual) {
    const equal = (kind === BinaryKind.Equal) === holds;
    if (isNothing(fn, right)) return absence(fn, left, !equal);
    if (isNothing(fn, left)) return absence(fn, right, !equal);
    const typed = equal ? ofTypeof(engine, fn, left, right) ?? ofTypeof(engine, fn, right, left) : undefined;
    if (typed) return typed;
    const found = discriminant(engine, fn, left, right) ?? discriminant(engine, fn, right, left);
    if (!found) return ofKeyTest(engine, fn, r, equal, keyComparison(engine, fn, left, right) ?? keyComparison(engine, fn, right, left));
    return [{ ...found, fact: equal ? found.fact : `!${found.fact}` }];
  }
  if (kind === BinaryKind.In && opcode(fn, right) === Op.GetVar) {
    const key = engine.types.constantText(fn, left);
    const fact = holds ? `${key}=` : `!${key}=`;
    return key === undefined ? [] : [{ v: operand(fn, right, 1), path: [], fact, absent: false }];
  }
  return [];
}

function isNothing(fn: Fn, r: number): boolean {
  if (opcode(fn, r) === Op.Global) return text(fn.unit, operand(fn, r, 1)) === 'undefined';
  if (opcode(fn, r) !== Op.Const) return false;
  const kind = operand(fn, r, 1);
  return kind === ConstKind.Undefined || kind === ConstKind.Null || (kind === ConstKind.String && (operand(fn, r, 3) & ConstFlag.Empty) !== 0);
}

/** A place that is tested for being there, and is not. */
function absence(fn: Fn, r: number, present: boolean): readonly Refinement[] {
  if (present) return [];
  const path: string[] = [];
  let at = r;
  while (opcode(fn, at) === Op.Load) {
    path.unshift(text(fn.unit, operand(fn, at, 2)));
    at = operand(fn, at, 1);
  }
  return opcode(fn, at) === Op.GetVar && path.length <= 3 ? [{ v: operand(fn, at, 1), path, fact: '', absent: true }] : [];
}

/** `typeof x === 'number'`: no text; of any other kind but `string` and `object`, no data at all. */
function ofTypeof(engine: Engine, fn: Fn, test: number, word: number): readonly Refinement[] | undefined {
  if (opcode(fn, test) !== Op.Unary || operand(fn, test, 1) !== UnaryKind.Typeof) return undefined;
  const kind = engine.types.constantText(fn, word);
  const tested = operand(fn, test, 2);
  if (kind === undefined || kind === 'string' || kind === 'object') return [];
  if (kind !== 'number' && kind !== 'bigint') return absence(fn, tested, false);
  return opcode(fn, tested) === Op.GetVar ? [{ v: operand(fn, tested, 1), path: [], fact: IS_NUMBER, absent: false }] : [];
}

/** `if (!schema.safeParse(input).success)`: the branch for what the validator refuses. */
function ofValidation(fn: Fn, r: number): readonly Refinement[] {
  if (text(fn.unit, operand(fn, r, 2)) !== 'success') return [];
  const result = operand(fn, r, 1);
  const call = opcode(fn, result) === Op.GetVar ? varField(fn.unit, operand(fn, result, 1), VarField.Init) : result;
  if (call < 0 || (opcode(fn, result) === Op.GetVar && varField(fn.unit, operand(fn, result, 1), VarField.Owner) !== fn.local)) return [];
  const made = opcode(fn, call) === Op.Await ? operand(fn, call, 1) : call;
  const [input = -1] = opcode(fn, made) === Op.Call ? callArguments(fn, made) : [];
  return input >= 0 && opcode(fn, input) === Op.GetVar ? [{ v: operand(fn, input, 1), path: [], fact: REFUSED, absent: false }] : [];
}

/** Facts of a value that a validator has let through, or refused. */
export const VALIDATED = 'validated=yes';
export const REFUSED = '!validated=yes';

/** Fact of a value that was tested to be a number. */
export const IS_NUMBER = 'typeof=number';

function discriminant(engine: Engine, fn: Fn, member: number, value: number): Refinement | undefined {
  if (opcode(fn, member) !== Op.Load || opcode(fn, operand(fn, member, 1)) !== Op.GetVar) return undefined;
  const word = opcode(fn, value) === Op.Const || opcode(fn, value) === Op.Load ? engine.types.constantText(fn, value) : undefined;
  if (word === undefined) return undefined;
  return { v: operand(fn, operand(fn, member, 1), 1), path: [], fact: `${text(fn.unit, operand(fn, member, 2))}=${word}`, absent: false };
}
