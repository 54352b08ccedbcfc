// Rows of models that are described by an object literal: Mongoose schemas and Sequelize definitions.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import type { StaticType } from './static-type.ts';
import { BOOLEAN, literalOf, NUMBER, STRING, UNKNOWN, yielding } from './static-type.ts';
import type { Types } from './types.ts';

const MAX_DEPTH = 6;
const ID: StaticType = { k: 'primitive', n: 'id' };
const KINDS: Readonly<Record<string, StaticType>> = {
  String: STRING, string: STRING, STRING, TEXT: STRING, CHAR: STRING, CITEXT: STRING,
  Number: NUMBER, number: NUMBER, NUMBER, INTEGER: NUMBER, BIGINT: NUMBER, FLOAT: NUMBER, REAL: NUMBER, DOUBLE: NUMBER, DECIMAL: NUMBER, Decimal128: NUMBER,
  Boolean: BOOLEAN, boolean: BOOLEAN, BOOLEAN, ENUM: BOOLEAN,
  Date: { k: 'primitive', n: 'date' }, DATE: { k: 'primitive', n: 'date' }, DATEONLY: { k: 'primitive', n: 'date' },
  ObjectId: ID, ObjectID: ID, UUID: ID,
};

/** `mongoose.model('Card', cardSchema)`, `sequelize.define('card', { … })`: a model whose rows are known. */
export function modelOf(types: Types, callee: StaticType, method: string, fn: Fn, op: number, written: () => readonly StaticType[]): StaticType | undefined {
  const [name = -1, described = -1] = callArguments(fn, op);
  if (described < 0 || name < 0 || !(method === 'model' || method === 'define' || (method === 'call' && isModel(callee)))) return undefined;
  if (opcode(fn, name) !== Op.Const || operand(fn, name, 1) !== ConstKind.String) return undefined;
  const type = types.ofRegister(fn, described);
  const row = written()[0] ?? (method === 'define' ? documentRow(types, type) : type.k === 'external' ? type.args[0] : undefined);
  if (!row) return undefined;
  return yielding(callee, 'Model', row);
}

/** `import { model } from 'mongoose'`. */
const isModel = (callee: StaticType): boolean => callee.k === 'external' && callee.names.some((n) => n.root === 'npm:mongoose' && n.members.at(-1) === 'model');

/** The members that an object literal describes; undefined when the type is no literal. */
export function documentRow(types: Types, type: StaticType, depth = 0): StaticType | undefined {
  const at = literalOf(type);
  if (!at || depth > MAX_DEPTH) return undefined;
  const fields = new Map<string, StaticType>();
  const items = list(at.fn.unit, operand(at.fn, at.op, 2));
  for (let i = 0; i < items.length; i += 3) {
    const value = items[i + 2] ?? -1;
    if (items[i] === PropertyKind.Spread) {
      const more = documentRow(types, types.ofRegister(at.fn, value), depth + 1);
      if (more?.k === 'record') for (const [key, of] of more.fields) fields.set(key, of);
    } else if (items[i] === PropertyKind.Plain && !isLeftOut(types, at.fn, value)) fields.set(text(at.fn.unit, items[i + 1] ?? -1), fieldOf(types, at.fn, value, depth));
  }
  return { k: 'record', name: '', fields, schema: true };
}

/** `{ type: String, select: false }` is not read unless a query asks for it. */
function isLeftOut(types: Types, fn: Fn, r: number): boolean {
  const type = types.ofRegister(fn, r);
  const select = type.k === 'literal' ? literalMember(type.fn, type.op, 'select') : undefined;
  return type.k === 'literal' && select !== undefined && opcode(type.fn, select) === Op.Const && operand(type.fn, select, 1) === ConstKind.False;
}

function fieldOf(types: Types, fn: Fn, r: number, depth: number): StaticType {
  const kind = KINDS[kindName(fn, r)];
  if (kind) return kind;
  if (opcode(fn, r) === Op.Array) {
    const [first = -1] = list(fn.unit, operand(fn, r, 2));
    return { k: 'list', of: first < 0 ? UNKNOWN : fieldOf(types, fn, first, depth) };
  }
  const type = types.ofRegister(fn, r);
  if (type.k === 'external') return type.names.some((n) => n.root === 'type:Schema') ? (type.args[0] ?? UNKNOWN) : UNKNOWN;
  if (type.k !== 'literal') return UNKNOWN;
  const inner = literalMember(type.fn, type.op, 'type');
  return inner === undefined ? (documentRow(types, type, depth + 1) ?? UNKNOWN) : fieldOf(types, type.fn, inner, depth + 1);
}

/** `String`, `Schema.Types.ObjectId`, `DataTypes.STRING(64)`. */
function kindName(fn: Fn, r: number): string {
  switch (opcode(fn, r)) {
    case Op.Global: return text(fn.unit, operand(fn, r, 1));
    case Op.Load: return text(fn.unit, operand(fn, r, 2));
    case Op.Call: return kindName(fn, operand(fn, r, 1));
    default: return '';
  }
}
