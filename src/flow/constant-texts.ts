// Text of registers that are constant names: literals, constant variables, enum members, members of constant objects.
import { ConstFlag, ConstKind, Op, VarField, VarKind } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn, Unit } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import type { Types } from './types.ts';

export function constantText(types: Types, fn: Fn, r: number, depth = 0): string | undefined {
  if (depth > 4 || r < 0) return undefined;
  switch (opcode(fn, r)) {
    case Op.Const: {
      const s = operand(fn, r, 2);
      return s >= 0 ? text(fn.unit, s) : undefined;
    }
    case Op.Cast: return constantText(types, fn, operand(fn, r, 1), depth + 1);
    case Op.GetVar: return constantVariable(types, fn.unit, operand(fn, r, 1), depth + 1);
    case Op.Load: return constantMember(types, fn, r, depth + 1);
    default: return undefined;
  }
}

/** All texts that a register may be, where each of them is constant: `const key = late ? 'phone' : 'email'`. */
export function constantTexts(types: Types, fn: Fn, r: number, depth = 0): readonly string[] | undefined {
  if (depth > 4 || r < 0) return undefined;
  const code = opcode(fn, r);
  if (code === Op.Join) {
    const parts = [...list(fn.unit, operand(fn, r, 2))].map((part) => constantTexts(types, fn, part, depth + 1));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (code === Op.GetVar && varField(fn.unit, operand(fn, r, 1), VarField.Kind) !== VarKind.Import) {
    const v = operand(fn, r, 1);
    return constantTexts(types, types.program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner)), varField(fn.unit, v, VarField.Init), depth + 1);
  }
  const one = constantText(types, fn, r, depth);
  return one === undefined ? undefined : [one];
}

/** A whole number that is small enough to be kept: an index, a switch, a status. */
export function smallInteger(fn: Fn, r: number): number | undefined {
  const isSmall = opcode(fn, r) === Op.Const && operand(fn, r, 1) === ConstKind.Number && (operand(fn, r, 3) & ConstFlag.SmallInteger) !== 0;
  return isSmall ? (operand(fn, r, 3) >> 16) - 64 : undefined;
}

export function constantVariable(types: Types, unit: Unit, v: number, depth = 0): string | undefined {
  const kind = varField(unit, v, VarField.Kind);
  if (kind === VarKind.Import) {
    const symbol = types.symbols.variable(unit, v);
    return symbol?.kind === 'variable' ? constantVariable(types, symbol.unit, symbol.v, depth + 1) : undefined;
  }
  const init = varField(unit, v, VarField.Init);
  if (init < 0 || depth > 6) return undefined;
  return constantText(types, types.program.fnOf(unit, varField(unit, v, VarField.Owner)), init, depth + 1);
}

function constantMember(types: Types, fn: Fn, r: number, depth: number): string | undefined {
  return memberOfConstant(types, types.ofRegister(fn, operand(fn, r, 1)), text(fn.unit, operand(fn, r, 2)), depth);
}

/** Text of a member of an enum, of a constant object, of a module or class. */
export function memberOfConstant(types: Types, object: StaticType, key: string, depth = 0): string | undefined {
  switch (object.k) {
    case 'enum': {
      const decl = object.unit.facts.typeDecls.find((d) => d.kind === 'enum' && d.n === object.name);
      return decl?.kind === 'enum' ? decl.members.find((m) => m.n === key)?.s : undefined;
    }
    case 'literal': return memberText(types, object.fn, object.op, key, depth);
    case 'object':
    case 'map': return object.value ? memberText(types, object.value.fn, object.value.op, key, depth) : undefined;
    case 'module': {
      const symbol = types.symbols.exported(object.unit, key);
      return symbol?.kind === 'variable' ? constantVariable(types, symbol.unit, symbol.v, depth) : undefined;
    }
    case 'class': {
      const at = types.fieldInitialiser(object.cls, key, true);
      return at ? constantText(types, at.fn, at.r, depth) : undefined;
    }
    default: return undefined;
  }
}

function memberText(types: Types, fn: Fn, op: number, key: string, depth: number): string | undefined {
  const value = literalMember(fn, op, key);
  return value === undefined ? undefined : constantText(types, fn, value, depth);
}
