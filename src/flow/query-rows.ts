// Rows that a query yields, read off the call: the clients that mappers generate and the types of packages are not in the
// checkout. A row is a model of a Prisma schema, an entity that is asked for, the columns of a table, or a document's members.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import { smallInteger } from './constant-texts.ts';
import { documentRow, modelOf } from './document-rows.ts';
import { writtenArguments } from './generics.ts';
import { namedRows } from './named-rows.ts';
import { prismaRows } from './prisma-rows.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varName } from './program.ts';
import { sqlRows } from './sql-rows.ts';
import type { StaticType } from './static-type.ts';
import { NO_ENV, UNKNOWN, yielding } from './static-type.ts';
import { tableOf, tableRows } from './table-rows.ts';
import type { Types } from './types.ts';

const ONE = /^(?:findOne|findOneBy|findOneOrFail|findOneByOrFail|findOneOrThrow|save|create|preload|refresh|upsert)$/;
const MANY = /^(?:find|findBy|findAll)$/;
const REPOSITORIES = /^get(?:Mongo|Tree)?Repository$/;

/** Methods that any of the readers below knows: a first look, since nearly every call of a program comes by here. */
const QUERIES = new Set([
  'findOne', 'findOneBy', 'findOneOrFail', 'findOneByOrFail', 'findOneOrThrow', 'save', 'create', 'preload', 'refresh', 'upsert', 'find', 'findBy', 'findAll',
  'getRepository', 'getMongoRepository', 'getTreeRepository', 'findUnique', 'findFirst', 'findUniqueOrThrow', 'findFirstOrThrow', 'findMany', 'update', 'delete',
  'createManyAndReturn', 'updateManyAndReturn', 'from', 'returning', 'pgTable', 'mysqlTable', 'sqliteTable', 'singlestoreTable', 'model', 'define',
  'query', 'execute', 'raw', '$queryRawUnsafe', 'unsafe', 'all', 'any', 'many', 'manyOrNone', 'get', 'one', 'oneOrNone', 'first',
]);

/** What a call yields by what it queries; undefined when it is no query, or nothing is known of its rows. */
export function queryRows(types: Types, callee: StaticType, fn: Fn, op: number): StaticType | undefined {
  const at = operand(fn, op, 1);
  const written = (): readonly StaticType[] => writtenArguments(types, fn, op);
  if (opcode(fn, at) !== Op.Load) return callee.k === 'external' ? (tableOf(types, callee, fn, op) ?? modelOf(types, callee, 'call', fn, op, written)) : undefined;
  const method = text(fn.unit, operand(fn, at, 2));
  if (!QUERIES.has(method)) return namedRows(types, callee, fn, op);
  return namedRows(types, callee, fn, op) ?? entityRows(types, callee, method, fn, op) ?? prismaRows(types, method, fn, op) ?? tableRows(types, method, fn, op) ?? tableOf(types, callee, fn, op)
    ?? modelOf(types, callee, method, fn, op, written) ?? sqlRows(types, method, fn, op);
}

/** `getRepository(Customer)` is a repository of customers, and `manager.find(Customer, …)` finds some. */
function entityRows(types: Types, callee: StaticType, method: string, fn: Fn, op: number): StaticType | undefined {
  const isRepository = REPOSITORIES.test(method);
  if (!isRepository && !ONE.test(method) && !MANY.test(method)) return undefined;
  const [first = -1] = callArguments(fn, op);
  const entity = first < 0 ? undefined : types.ofRegister(fn, first);
  if (entity?.k !== 'class') return undefined;
  const row: StaticType = { k: 'instance', cls: entity.cls, env: NO_ENV };
  if (!isRepository) return { k: 'promise', of: MANY.test(method) ? { k: 'list', of: row } : row };
  return yielding(callee, 'Repository', row);
}

/** Rows of which a query wants some members: `'name'`, `'-password -__v'`, `{ password: 0 }`. What cannot be read leaves nothing known. */
export function projection(types: Types, of: StaticType, fn: Fn, r: number): StaticType {
  if (r < 0 || of.k === 'unknown') return of;
  if (of.k === 'list') return { k: 'list', of: projection(types, of.of, fn, r) };
  const given = types.ofRegister(fn, r);
  if (given.k === 'literal') return withMembers(of, membersAskedFor(given.fn, given.op));
  const words = types.constantText(fn, r)?.split(' ') ?? [];
  if (given.k === 'primitive' && given.n === 'null') return of;
  return withMembers(of, words.map((word) => (word.startsWith('-') ? { name: word.slice(1), wanted: false } : { name: word.replace(/^\+/, ''), wanted: true })));
}

interface Wish {
  readonly name: string;
  readonly wanted: boolean;
}

function withMembers(of: StaticType, wishes: readonly Wish[]): StaticType {
  if (wishes.length === 0) return UNKNOWN;
  const wanted = wishes.filter((wish) => wish.wanted).map((wish) => wish.name);
  const left = wishes.filter((wish) => !wish.wanted).map((wish) => wish.name);
  return wanted.length > 0 ? { k: 'without', of, keys: wanted, keep: true } : { k: 'without', of, keys: left, keep: false };
}

function membersAskedFor(fn: Fn, op: number): readonly Wish[] {
  const items = list(fn.unit, operand(fn, op, 2));
  const wishes: Wish[] = [];
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return [];
    const value = items[i + 2] ?? -1;
    const isOff = opcode(fn, value) === Op.Const && (operand(fn, value, 1) === ConstKind.False || smallInteger(fn, value) === 0);
    wishes.push({ name: text(fn.unit, items[i + 1] ?? -1), wanted: !isOff });
  }
  return wishes;
}

/** Type arguments of a construction that names none: what `new Schema({ … })` describes. */
export const describedArguments = (types: Types, name: string, fn: Fn, op: number): readonly StaticType[] => {
  const [first = -1] = callArguments(fn, op);
  const row = name === 'Schema' && first >= 0 ? documentRow(types, types.ofRegister(fn, first)) : undefined;
  return row ? [row] : [];
};

/** `new Schema({ … })` where the class came in as an argument: `const { Schema } = app.mongoose`. */
export function describedInstance(types: Types, fn: Fn, op: number): StaticType {
  const callee = operand(fn, op, 1);
  const name = opcode(fn, callee) === Op.GetVar ? varName(fn.unit, operand(fn, callee, 1)) : opcode(fn, callee) === Op.Load ? text(fn.unit, operand(fn, callee, 2)) : '';
  const args = describedArguments(types, name, fn, op);
  return args.length > 0 ? { k: 'external', names: [{ root: `type:${name}`, members: [] }], args } : UNKNOWN;
}
