// Text that is built up from nothing but pieces: `let clean = ''; for (…) clean += letter`. It says no more than its pieces do, so
// it is what its name says of it, where a text that was written around data (`'Dear ' + name`) is only a text that holds some.
import { ConstKind, Op, VarField, VarFlag } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand, varField } from './program.ts';
import type { Value } from './value.ts';
import { Form, ofTaints } from './value.ts';

/** The length of a constant stands above its flags. */
const LENGTH_AT = 16;

const known = new WeakMap<Fn, Map<number, boolean>>();

/** Whether a sum adds a piece to such a text. */
export function isAccumulated(fn: Fn, op: number): boolean {
  if (opcode(fn, op) !== Op.Concat) return false;
  const v = accumulator(fn, op);
  if (v < 0) return false;
  let memo = known.get(fn);
  if (!memo) known.set(fn, (memo = new Map()));
  let found = memo.get(v);
  if (found === undefined) memo.set(v, (found = holdsOnlyPieces(fn, v)));
  return found;
}

/** What a piece gives to such a text: letters that were taken one by one are no text around data. */
export const gathered = ({ taints }: Value): Value =>
  ofTaints(taints.map((t) => (t.form === Form.Text && t.guards.some((g) => g.kind === 'partial') ? { ...t, form: Form.Value } : t)));

/** The variable of this function that a sum starts with. */
function accumulator(fn: Fn, op: number): number {
  const left = operand(fn, op, 1);
  if (opcode(fn, left) !== Op.GetVar) return -1;
  const v = operand(fn, left, 1);
  return varField(fn.unit, v, VarField.Owner) === fn.local && !(varField(fn.unit, v, VarField.Flags) & VarFlag.WrittenInClosure) ? v : -1;
}

/** It begins empty, and all that is given to it later is itself and another piece, or what a method of its own makes of it. */
function holdsOnlyPieces(fn: Fn, v: number): boolean {
  let begins = false;
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.SetVar || operand(fn, op, 1) !== v) continue;
    const given = operand(fn, op, 2);
    if (isEmptyText(fn, given)) begins = true;
    else if (!isSum(fn, given, v) && !isOwnMethod(fn, given, v)) return false;
  }
  return begins;
}

const isSum = (fn: Fn, r: number, v: number): boolean =>
  opcode(fn, r) === Op.Concat && accumulator(fn, r) === v && opcode(fn, operand(fn, r, 2)) !== Op.Const;

/** `clean = clean.trim()`. */
function isOwnMethod(fn: Fn, r: number, v: number): boolean {
  const callee = opcode(fn, r) === Op.Call ? operand(fn, r, 1) : -1;
  const receiver = callee >= 0 && opcode(fn, callee) === Op.Load ? operand(fn, callee, 1) : -1;
  return receiver >= 0 && opcode(fn, receiver) === Op.GetVar && operand(fn, receiver, 1) === v;
}

const isEmptyText = (fn: Fn, r: number): boolean => opcode(fn, r) === Op.Const && operand(fn, r, 1) === ConstKind.String && operand(fn, r, 3) >>> LENGTH_AT === 0;
