// Functions of a module that are named through it and not called: `list.map(format.masked)`.
import { Op, VarField, VarKind } from '#model/facts';
import type { Fn, Program } from './program.ts';
import { opcode, operand, varField } from './program.ts';
import type { Types } from './types.ts';

const NONE: readonly Fn[] = [];

/** What a member stands for that is read of an imported or required module. */
export function functionsOfModule(program: Program, types: Types, fn: Fn, load: number): readonly Fn[] {
  const object = operand(fn, load, 1);
  if (opcode(fn, object) !== Op.GetVar || !holdsModule(program, fn, operand(fn, object, 1))) return NONE;
  const type = types.ofRegister(fn, load);
  return type.k === 'functions' ? type.fns : NONE;
}

function holdsModule(program: Program, fn: Fn, v: number): boolean {
  if (varField(fn.unit, v, VarField.Kind) === VarKind.Import) return true;
  const init = varField(fn.unit, v, VarField.Init);
  return init >= 0 && opcode(program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner)), init) === Op.Import;
}
