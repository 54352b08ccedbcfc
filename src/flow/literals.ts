// Object literals: their members by name, and what is assigned to them right after they are made.
import { Op, PropertyKind } from '#model/facts';
import type { Fn } from './program.ts';
import { list, opcode, operand, text } from './program.ts';

/** Register of a member of an object literal. */
export function literalMember(fn: Fn, op: number, key: string): number | undefined {
  const items = list(fn.unit, operand(fn, op, 2));
  for (let i = items.length - 3; i >= 0; i -= 3) {
    const kind = items[i];
    if ((kind === PropertyKind.Plain || kind === PropertyKind.Getter) && text(fn.unit, items[i + 1] ?? -1) === key) return items[i + 2];
  }
  return undefined;
}

/** Registers of the values of an object literal; nothing when it holds spread or computed members. */
export function literalValues(fn: Fn, op: number): readonly number[] | undefined {
  const items = list(fn.unit, operand(fn, op, 2));
  const values: number[] = [];
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return undefined;
    values.push(items[i + 2] ?? 0);
  }
  return values;
}

/** Registers that an object literal takes members from. */
export function spreadValues(fn: Fn, op: number): readonly number[] {
  const items = list(fn.unit, operand(fn, op, 2));
  const values: number[] = [];
  for (let i = items.length - 3; i >= 0; i -= 3) if (items[i] === PropertyKind.Spread) values.push(items[i + 2] ?? 0);
  return values;
}

/** The name under which an object literal holds a register. */
export function keyOfValue(fn: Fn, op: number, r: number): string | undefined {
  const items = list(fn.unit, operand(fn, op, 2));
  for (let i = 0; i < items.length; i += 3) if (items[i + 2] === r && items[i] === PropertyKind.Plain) return text(fn.unit, items[i + 1] ?? -1);
  return undefined;
}

/** Closures that get or set a member of an object literal. */
export function literalAccessors(fn: Fn, op: number, key: string, kind: 'getter' | 'setter'): readonly number[] {
  const wanted = kind === 'getter' ? PropertyKind.Getter : PropertyKind.Setter;
  const items = list(fn.unit, operand(fn, op, 2));
  const found: number[] = [];
  for (let i = 0; i < items.length; i += 3) if (items[i] === wanted && text(fn.unit, items[i + 1] ?? -1) === key) found.push(items[i + 2] ?? 0);
  return found;
}

/** `const api = {}; api.send = …`: members that the same function stores in variables, by variable and name. */
export class StoredMembers {
  private readonly byFn: (ReadonlyMap<string, readonly number[]> | undefined)[] = [];

  of(fn: Fn, v: number, key: string): readonly number[] {
    return (this.byFn[fn.id] ??= storesIn(fn)).get(`${v} ${key}`) ?? [];
  }
}

function storesIn(fn: Fn): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.Store || opcode(fn, operand(fn, op, 1)) !== Op.GetVar) continue;
    const key = `${operand(fn, operand(fn, op, 1), 1)} ${text(fn.unit, operand(fn, op, 2))}`;
    const known = found.get(key);
    if (known) known.push(operand(fn, op, 3));
    else found.set(key, [operand(fn, op, 3)]);
  }
  return found;
}
