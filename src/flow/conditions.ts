// Conditions: constant ones decide a branch; discriminants and membership tests say which variant a union is.
import { BinaryKind, ConstKind, Op, UnaryKind, VarField, VarFlag } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Fn, Unit } from './program.ts';
import { opcode, operand, text, varField } from './program.ts';
import { literalMember } from './types.ts';

/** True or false when the condition is a constant: a literal, or a constant flag of this or another module. */
export function constantCondition(engine: Engine, fn: Fn, r: number, depth = 0): boolean | undefined {
  if (depth > 6) return undefined;
  switch (opcode(fn, r)) {
    case Op.Const: return constantOf(fn, r);
    case Op.GetVar: return constantVariable(engine, fn.unit, operand(fn, r, 1), depth);
    case Op.Unary: {
      if (operand(fn, r, 1) !== UnaryKind.Not) return undefined;
      const inner = constantCondition(engine, fn, operand(fn, r, 2), depth + 1);
      return inner === undefined ? undefined : !inner;
    }
    case Op.Load: {
      const object = engine.types.ofRegister(fn, operand(fn, r, 1));
      if (object.k !== 'literal' || !isFrozenModuleLiteral(object.fn)) return undefined;
      const value = literalMember(object.fn, object.op, text(fn.unit, operand(fn, r, 2)));
      return value === undefined ? undefined : constantCondition(engine, object.fn, value, depth + 1);
    }
    default: return undefined;
  }
}

const isFrozenModuleLiteral = (fn: Fn): boolean => fn.facts.kind === 'module';

function constantOf(fn: Fn, r: number): boolean | undefined {
  switch (operand(fn, r, 1)) {
    case ConstKind.True: return true;
    case ConstKind.False:
    case ConstKind.Null:
    case ConstKind.Undefined: return false;
    default: return undefined;
  }
}

function constantVariable(engine: Engine, unit: Unit, v: number, depth: number): boolean | undefined {
  const symbol = engine.types.symbols.variable(unit, v);
  if (symbol?.kind !== 'variable') return undefined;
  const init = varField(symbol.unit, symbol.v, VarField.Init);
  if (init < 0 || varField(symbol.unit, symbol.v, VarField.Flags) & VarFlag.Reassigned) return undefined;
  const owner = engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner));
  const code = opcode(owner, init);
  return code === Op.Const || code === Op.GetVar || code === Op.Unary ? constantCondition(engine, owner, init, depth + 1) : undefined;
}

export interface Refinement {
  readonly v: number;
  readonly path: readonly string[];
  /** `kind=card`, `!kind=card`, or `email=` for «has the member». */
  readonly fact: string;
  /** The test says whether the value is there at all. */
  readonly absent: boolean;
}

/** What a condition says about variables when it holds. */
export function refinements(engine: Engine, fn: Fn, r: number): readonly Refinement[] {
  const code = opcode(fn, r);
  if (code === Op.Unary && operand(fn, r, 1) === UnaryKind.Not) {
    return refinements(engine, fn, operand(fn, r, 2)).map((f) => ({ ...f, fact: f.fact.startsWith('!') ? f.fact.slice(1) : `!${f.fact}` }));
  }
  if (code !== Op.Binary) return [];
  const kind = operand(fn, r, 1);
  const [left, right] = [operand(fn, r, 2), operand(fn, r, 3)];
  if (kind === BinaryKind.Equal || kind === BinaryKind.NotEqual) {
    const found = discriminant(engine, fn, left, right) ?? discriminant(engine, fn, right, left);
    return found ? [{ ...found, fact: kind === BinaryKind.Equal ? found.fact : `!${found.fact}` }] : [];
  }
  if (kind === BinaryKind.In && opcode(fn, right) === Op.GetVar) {
    const key = engine.types.constantText(fn, left);
    return key === undefined ? [] : [{ v: operand(fn, right, 1), path: [], fact: `${key}=`, absent: false }];
  }
  return [];
}

function discriminant(engine: Engine, fn: Fn, member: number, value: number): Refinement | undefined {
  if (opcode(fn, member) !== Op.Load || opcode(fn, operand(fn, member, 1)) !== Op.GetVar) return undefined;
  const word = opcode(fn, value) === Op.Const || opcode(fn, value) === Op.Load ? engine.types.constantText(fn, value) : undefined;
  if (word === undefined) return undefined;
  return { v: operand(fn, operand(fn, member, 1), 1), path: [], fact: `${text(fn.unit, operand(fn, member, 2))}=${word}`, absent: false };
}
