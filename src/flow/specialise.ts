// A summary for calls that pass constants: `get('mail')` reads one member, `transporter(false)` takes one branch. A function that
// reads members by a parameter, or branches on one, is run once more with that parameter fixed, once per set of constants
// (cloning by constant arguments: Metzger and Stroud 1993).
import { Op, VarField, VarFlag } from '#model/facts';
import { constantWord, type Literal, type Literals, NOTHING_WORD } from './conditions.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import type { Summary } from './summary.ts';
import type { Value } from './value.ts';

/** Sets of constants that one function is run with; a call with any more gets the summary for all. */
const MAX_VARIANTS = 64;
const MAX_DEPTH = 6;

/** A call as its function sees it: what it passes, and what is constant around it. */
export interface CallOf {
  readonly fn: Fn;
  readonly op: number;
  readonly args: readonly Value[];
  readonly literals: Literals;
  /** What the function captured when it was made. */
  readonly env: ReadonlyMap<number, Value> | undefined;
}

export class Specialiser {
  private readonly engine: Engine;
  private readonly run: (fn: Fn, literals: Literals) => Summary;
  private readonly deciding = new Map<number, readonly number[]>();
  private readonly variants = new Map<number, Map<string, Summary>>();

  constructor(engine: Engine, run: (fn: Fn, literals: Literals) => Summary) {
    this.engine = engine;
    this.run = run;
  }

  /** The summary of a function for this call; undefined when no constant that the call passes decides anything. */
  summaryFor(callee: Fn, call: CallOf): Summary | undefined {
    // Within a recursive component summaries are still on their way.
    if (this.engine.component(callee) === this.engine.component(call.fn) || !this.engine.summaries.has(callee.id)) return undefined;
    const deciding = this.parametersOf(callee);
    const literals = new Map<number, Literal>();
    for (const v of call.env ? this.capturedBy(callee) : NONE) {
      const name = call.env?.get(v)?.text;
      if (name !== undefined) literals.set(v, { word: `"${name}"`, certain: false });
    }
    for (const index of deciding) {
      const literal = this.literalOf(callee, index, call);
      const v = callee.facts.params[index]?.v;
      if (literal !== undefined && v !== undefined) literals.set(v, { ...literal, word: inCase(literal.word, this.changeOf(callee, v)) });
    }
    return literals.size === 0 ? undefined : this.variant(callee, literals);
  }

  private variant(fn: Fn, literals: Literals): Summary | undefined {
    let known = this.variants.get(fn.id);
    if (!known) this.variants.set(fn.id, (known = new Map()));
    const key = [...literals].map(([v, { word, certain }]) => `${v}${certain ? '=' : '~'}${word}`).join();
    const found = known.get(key);
    if (found) return found;
    if (known.size >= MAX_VARIANTS) {
      this.engine.limit('literal-variants');
      return undefined;
    }
    const made = this.run(fn, literals);
    known.set(key, made);
    return made;
  }

  private literalOf(callee: Fn, index: number, { fn, op, args, literals }: CallOf): Literal | undefined {
    const count = argumentCount(fn, op);
    for (let i = 0; i <= index && i < count; i++) if (argument(fn, op, i) < 0) return undefined;
    const given = index < count ? constantWord(this.engine, fn, argument(fn, op, index), literals) : NOTHING_WORD;
    const word = given === NOTHING_WORD ? this.defaultOf(callee, callee.facts.params[index]?.v ?? -1) : given;
    if (word !== undefined) return { word, certain: true };
    // Beside a text of the caller's own there may be nothing at all, which a condition would notice.
    const name = args[index]?.text;
    return name === undefined ? undefined : { word: `"${name}"`, certain: false };
  }

  private defaultOf(fn: Fn, v: number): string | undefined {
    const [initial = -1] = this.engine.types.writesTo(fn, v);
    if (initial < 0) return NOTHING_WORD;
    const parts = opcode(fn, initial) === Op.Join ? list(fn.unit, operand(fn, initial, 2)) : undefined;
    return parts?.length === 2 ? constantWord(this.engine, fn, parts[1] ?? -1) : undefined;
  }

  /** `method = method.toUpperCase()` at the start leaves the constant one; undefined for a parameter that becomes anything else. */
  private changeOf(fn: Fn, v: number): string | undefined {
    if ((varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) === 0) return '';
    let change: string | undefined;
    for (const r of this.engine.types.writesTo(fn, v)) {
      // Its default, beside itself.
      if (opcode(fn, r) === Op.Join && [...list(fn.unit, operand(fn, r, 2))].some((x) => x >= 0 && opcode(fn, x) === Op.GetVar && operand(fn, x, 1) === v)) continue;
      const callee = opcode(fn, r) === Op.Call ? operand(fn, r, 1) : -1;
      const method = callee >= 0 && opcode(fn, callee) === Op.Load ? text(fn.unit, operand(fn, callee, 2)) : '';
      const of = callee >= 0 && CASES.has(method) ? operand(fn, callee, 1) : -1;
      if (of < 0 || change !== undefined || opcode(fn, of) !== Op.GetVar || operand(fn, of, 1) !== v) return undefined;
      change = method;
    }
    return change;
  }

  private readonly keys = new Map<number, readonly number[]>();

  /** Captured variables by which the function reads a member. */
  private capturedBy(fn: Fn): readonly number[] {
    let found = this.keys.get(fn.id);
    if (!found) this.keys.set(fn.id, (found = fn.facts.captures.length === 0 ? NONE : capturedKeys(fn)));
    return found;
  }

  /** Parameters by which the function reads a member, or on which it branches, itself or in what it calls. */
  private parametersOf(fn: Fn): readonly number[] {
    let found = this.deciding.get(fn.id);
    if (!found) this.deciding.set(fn.id, (found = this.findParameters(fn)));
    return found;
  }

  private findParameters(fn: Fn): readonly number[] {
    const byVariable = new Map<number, number>();
    fn.facts.params.forEach((p, i) => {
      if (!p.rest && p.n !== '' && this.changeOf(fn, p.v) !== undefined) byVariable.set(p.v, i);
    });
    const found = new Set<number>();
    const note = (r: number): void => {
      const at = below(fn, r);
      const index = at >= 0 && opcode(fn, at) === Op.GetVar ? byVariable.get(operand(fn, at, 1)) : undefined;
      if (index !== undefined) found.add(index);
    };
    for (let op = 0; op < fn.count && found.size < byVariable.size; op++) {
      switch (opcode(fn, op)) {
        case Op.Elem: case Op.StoreElem: note(operand(fn, op, 2)); break;
        case Op.If: for (const r of tested(fn, operand(fn, op, 1), 0)) note(r); break;
        case Op.Call: case Op.New: this.passedOn(fn, op, note); break;
        default: break;
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  private passedOn(fn: Fn, call: number, note: (r: number) => void): void {
    const count = argumentCount(fn, call);
    if (count === 0) return;
    const callee = operand(fn, call, 1);
    const { fns } = this.engine.types.targets(fn, call);
    // A map is read by a key too.
    if (fns.length === 0 && opcode(fn, callee) === Op.Load && (KEYED.has(text(fn.unit, operand(fn, callee, 2))) || this.engine.callees.namesCell(text(fn.unit, operand(fn, callee, 2))))) note(argument(fn, call, 0));
    for (const f of fns) {
      if (this.engine.component(f) === this.engine.component(fn)) continue;
      for (const i of this.parametersOf(f)) if (i < count && argument(fn, call, i) >= 0) note(argument(fn, call, i));
    }
  }
}

const CASES = new Set(['toUpperCase', 'toLowerCase']);
const inCase = (word: string, change: string | undefined): string => (!word.startsWith('"') ? word : change === 'toUpperCase' ? word.toUpperCase() : change === 'toLowerCase' ? word.toLowerCase() : word);

const NONE: readonly number[] = [];

function capturedKeys(fn: Fn): readonly number[] {
  const found = new Set<number>();
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.Elem) continue;
    const key = below(fn, operand(fn, op, 2));
    const v = key >= 0 && opcode(fn, key) === Op.GetVar ? operand(fn, key, 1) : -1;
    if (fn.facts.captures.includes(v) && varField(fn.unit, v, VarField.Owner) !== 0 && (varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) === 0) found.add(v);
  }
  return [...found];
}

const KEYED = new Set(['get', 'set']);

function below(fn: Fn, r: number): number {
  let at = r;
  while (at >= 0 && opcode(fn, at) === Op.Cast) at = operand(fn, at, 1);
  return at;
}

/** Registers that a condition rests on. */
function tested(fn: Fn, r: number, depth: number): readonly number[] {
  if (r < 0 || depth > MAX_DEPTH) return [];
  switch (opcode(fn, r)) {
    case Op.GetVar: return [r];
    case Op.Cast: return tested(fn, operand(fn, r, 1), depth + 1);
    case Op.Unary: return tested(fn, operand(fn, r, 2), depth + 1);
    case Op.Binary: return [...tested(fn, operand(fn, r, 2), depth + 1), ...tested(fn, operand(fn, r, 3), depth + 1)];
    case Op.Join: return [...list(fn.unit, operand(fn, r, 2))].flatMap((part) => tested(fn, part, depth + 1));
    default: return [];
  }
}
