// An object that stands in another by name: what is written to it later is written to the part of the other, too.
import { Op, PropertyKind, VarField, VarFlag } from '#model/facts';
import type { Fn } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';

export interface Holder {
  readonly v: number;
  readonly key: string;
}

const NO_HOLDERS: readonly Holder[] = [];
const memo = new WeakMap<Fn, ReadonlyMap<number, readonly Holder[]>>();

/** Variables declared with a literal that holds a variable: `const order = { customer, lines: [] }`. */
export function holdersOf(fn: Fn, v: number): readonly Holder[] {
  let known = memo.get(fn);
  if (!known) memo.set(fn, (known = find(fn)));
  return known.get(v) ?? NO_HOLDERS;
}

function find(fn: Fn): ReadonlyMap<number, readonly Holder[]> {
  const out = new Map<number, Holder[]>();
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.SetVar) continue;
    const made = operand(fn, op, 2);
    const isObject = opcode(fn, made) === Op.Object;
    if (!isObject && opcode(fn, made) !== Op.Array) continue;
    const items = list(fn.unit, operand(fn, made, 2));
    for (let i = 0; i < items.length; i += isObject ? 3 : 1) {
      if (isObject && items[i] !== PropertyKind.Plain) continue;
      const r = items[isObject ? i + 2 : i] ?? -1;
      if (r < 0 || opcode(fn, r) !== Op.GetVar) continue;
      const held = operand(fn, r, 1);
      // Of a variable that is assigned anew, the literal holds another object by then.
      if ((varField(fn.unit, held, VarField.Flags) | varField(fn.unit, operand(fn, op, 1), VarField.Flags)) & VarFlag.Reassigned) continue;
      const holder = { v: operand(fn, op, 1), key: isObject ? text(fn.unit, items[i + 1] ?? -1) : String(i) };
      const known = out.get(held);
      if (known) known.push(holder);
      else out.set(held, [holder]);
    }
  }
  return out;
}
