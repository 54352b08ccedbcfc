// What a query asks for is what its rows hold: `select` and `omit` of Prisma and TypeORM, `attributes` of Sequelize.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import { literalMember } from './types.ts';
import type { Value } from './value.ts';
import { ELEMENT, EMPTY, load, pick, store, without } from './value.ts';

const MANY = /^(?:find|findAll|findMany|findBy|findAndCountAll|findAndCount|query|getMany)$/;

/** The rows of a query call, reduced to the members that its options name. */
export function projected(engine: Engine, fn: Fn, op: number, method: string, rows: Value): Value {
  const options = callArguments(fn, op);
  for (const r of options) {
    const kept = memberNames(engine, fn, r, 'select') ?? memberNames(engine, fn, r, 'attributes');
    if (kept) return MANY.test(method) ? store(EMPTY, ELEMENT, pick(load(rows, ELEMENT), kept)) : pick(rows, kept);
    const left = memberNames(engine, fn, r, 'omit') ?? memberNames(engine, fn, member(engine, fn, r, 'attributes'), 'exclude');
    if (left) return MANY.test(method) ? store(rows, ELEMENT, without(load(rows, ELEMENT), left)) : without(rows, left);
  }
  return rows;
}

function member(engine: Engine, fn: Fn, r: number, name: string): number {
  if (r < 0) return -1;
  const type = engine.types.ofRegister(fn, r);
  const found = type.k === 'literal' && type.fn === fn ? literalMember(type.fn, type.op, name) : undefined;
  return found ?? -1;
}

/** `{ email: true }` and `['email']` name members; a spread or a computed key leaves them open. */
function memberNames(engine: Engine, fn: Fn, r: number, option: string): readonly string[] | undefined {
  const at = member(engine, fn, r, option);
  if (at < 0) return undefined;
  const items = list(fn.unit, operand(fn, at, 2));
  const names: string[] = [];
  if (opcode(fn, at) === Op.Array) {
    for (const item of items) {
      if (item < 0 || opcode(fn, item) !== Op.Const || operand(fn, item, 1) !== ConstKind.String || operand(fn, item, 2) < 0) return undefined;
      names.push(text(fn.unit, operand(fn, item, 2)));
    }
    return names;
  }
  if (opcode(fn, at) !== Op.Object) return undefined;
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return undefined;
    const value = items[i + 2] ?? -1;
    const isFalse = opcode(fn, value) === Op.Const && operand(fn, value, 1) === ConstKind.False;
    if (!isFalse) names.push(text(fn.unit, items[i + 1] ?? -1));
  }
  return names;
}
