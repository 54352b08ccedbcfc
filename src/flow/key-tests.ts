// Redaction by a list of keys: `HIDDEN.has(key) ? '***' : value`. What is left when the test of the key failed is every member but
// those of the list. The key is known for one by what it is: the first half of an entry, an element of `Object.keys`, a `for…in`.
import { ConstKind, LoopKind, Op, VarField, VarKind } from '#model/facts';
import { writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';

/** A condition that asks whether a key is in a list. */
export interface KeyTest {
  /** Variable that holds the key. */
  readonly key: number;
  /** Variables that hold what stands under the key. */
  readonly values: readonly number[];
  /** The names of the list; undefined when they are not in sight. */
  readonly names: readonly string[] | undefined;
}

const ASKS = /^(?:has|includes|test|some|indexOf|match|contains)$/;
const MAX_DEPTH = 6;

export function keyTest(engine: Engine, fn: Fn, condition: number): KeyTest | undefined {
  const call = opcode(fn, condition) === Op.Cast ? operand(fn, condition, 1) : condition;
  if (opcode(fn, call) !== Op.Call) return undefined;
  const callee = operand(fn, call, 1);
  if (opcode(fn, callee) !== Op.Load || !ASKS.test(text(fn.unit, operand(fn, callee, 2)))) return undefined;
  const [first = -1] = callArguments(fn, call);
  const asked = first >= 0 && opcode(fn, first) === Op.Closure ? capturedKey(engine, fn, first) : rootVariable(fn, first, 0);
  if (asked < 0) return undefined;
  const values = valuesUnder(fn, asked);
  if (values === undefined) return undefined;
  const names = constantNames(engine, fn, operand(fn, callee, 1));
  // Asked of a part of the key, or of its lower case, a name stands for all that contain it.
  const exact = first >= 0 && opcode(fn, first) === Op.GetVar;
  return { key: asked, values, names: exact ? names : names?.map((n) => `~${n.toLowerCase()}`) };
}

/** `key === 'password'`: asked of the key itself. A test that merely fails for other keys must know what stands under this one. */
export function keyComparison(engine: Engine, fn: Fn, key: number, word: number): KeyTest | undefined {
  const asked = opcode(fn, key) === Op.GetVar ? operand(fn, key, 1) : -1;
  const name = asked < 0 || opcode(fn, word) !== Op.Const ? undefined : engine.types.constantText(fn, word);
  const values = name === undefined ? undefined : valuesUnder(fn, asked);
  return name === undefined || !values ? undefined : { key: asked, values, names: [name] };
}

/** `key`, `key.toLowerCase()`, `String(key)`. */
function rootVariable(fn: Fn, r: number, depth: number): number {
  if (r < 0 || depth > MAX_DEPTH) return -1;
  switch (opcode(fn, r)) {
    case Op.GetVar: return operand(fn, r, 1);
    case Op.Cast: return rootVariable(fn, operand(fn, r, 1), depth + 1);
    case Op.Call: {
      const callee = operand(fn, r, 1);
      if (opcode(fn, callee) === Op.Load) return rootVariable(fn, operand(fn, callee, 1), depth + 1);
      return rootVariable(fn, callArguments(fn, r)[0] ?? -1, depth + 1);
    }
    default: return -1;
  }
}

/** `HIDDEN.some((word) => key.includes(word))`. */
function capturedKey(engine: Engine, fn: Fn, closure: number): number {
  const inner = engine.program.fnOf(fn.unit, operand(fn, closure, 1));
  return inner.facts.captures.find((v) => varField(fn.unit, v, VarField.Owner) === fn.local && valuesUnder(fn, v) !== undefined) ?? -1;
}

/** Variables that hold what stands under a key; undefined when the variable is no key. */
function valuesUnder(fn: Fn, key: number): readonly number[] | undefined {
  const { unit } = fn;
  if (varField(unit, key, VarField.Owner) !== fn.local) return undefined;
  // `(key, value) => …`, as `JSON.stringify` and `mapValues` call it, and `([key, value]) => …`.
  if (varField(unit, key, VarField.Kind) === VarKind.Param) {
    const { params } = fn.facts;
    return params.length === 2 && KEY.test(textOf(fn, key)) ? params.filter((p) => p.v !== key).map((p) => p.v) : undefined;
  }
  const init = varField(unit, key, VarField.Init);
  if (init < 0) return undefined;
  const [object, member] = memberOf(fn, init);
  if (member === '0') return KEY.test(textOf(fn, key)) || isEntry(fn, object) ? siblings(fn, object) : undefined;
  return isKeyOfLoop(fn, init) ? [] : undefined;
}

const KEY = /^(?:k|key|keys?name|name|prop(?:erty)?|field|attr(?:ibute)?|path)$|[kK]ey$/;
const textOf = (fn: Fn, v: number): string => text(fn.unit, varField(fn.unit, v, VarField.Name));

/** Object and name of a member read by a constant: `entry[0]`. */
function memberOf(fn: Fn, r: number): readonly [object: number, member: string] {
  if (opcode(fn, r) === Op.Load) return [operand(fn, r, 1), text(fn.unit, operand(fn, r, 2))];
  return [-1, ''];
}

/** An element of `Object.entries(…)`. */
const isEntry = (fn: Fn, r: number): boolean => r >= 0 && opcode(fn, r) === Op.Iterate && isCallOf(fn, operand(fn, r, 1), 'entries');

function isKeyOfLoop(fn: Fn, r: number): boolean {
  if (opcode(fn, r) !== Op.Iterate) return false;
  return operand(fn, r, 3) === LoopKind.In || isCallOf(fn, operand(fn, r, 1), 'keys');
}

const isCallOf = (fn: Fn, r: number, method: string): boolean =>
  r >= 0 && opcode(fn, r) === Op.Call && writtenChain(fn, operand(fn, r, 1)).at(-1) === method;

/** Variables that hold the second half of the same entry. */
function siblings(fn: Fn, entry: number): readonly number[] {
  const found: number[] = [];
  for (let op = entry + 1; op < fn.facts.count; op++) {
    if (opcode(fn, op) !== Op.SetVar) continue;
    const [object, member] = memberOf(fn, operand(fn, op, 2));
    if (member === '1' && isSame(fn, object, entry)) found.push(operand(fn, op, 1));
  }
  return found;
}

const isSame = (fn: Fn, a: number, b: number): boolean =>
  a === b || (a >= 0 && b >= 0 && opcode(fn, a) === Op.GetVar && opcode(fn, b) === Op.GetVar && operand(fn, a, 1) === operand(fn, b, 1));

/** The texts of a list or set that is written out where a constant is made. */
export function constantNames(engine: Engine, fn: Fn, r: number): readonly string[] | undefined {
  if (opcode(fn, r) === Op.Cast) return constantNames(engine, fn, operand(fn, r, 1));
  if (opcode(fn, r) === Op.GetVar) {
    const symbol = engine.types.symbols.variable(fn.unit, operand(fn, r, 1));
    if (symbol?.kind !== 'variable') return undefined;
    const init = varField(symbol.unit, symbol.v, VarField.Init);
    return init < 0 ? undefined : constantNames(engine, engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), init);
  }
  if (opcode(fn, r) === Op.New) return constantNames(engine, fn, callArguments(fn, r)[0] ?? -1);
  if (r < 0 || opcode(fn, r) !== Op.Array) return undefined;
  const names: string[] = [];
  for (const item of list(fn.unit, operand(fn, r, 2))) {
    if (item < 0 || opcode(fn, item) !== Op.Const || operand(fn, item, 1) !== ConstKind.String || operand(fn, item, 2) < 0) return undefined;
    names.push(text(fn.unit, operand(fn, item, 2)));
  }
  return names;
}
