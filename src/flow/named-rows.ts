// What a chain of calls yields that starts with the name of a table: ThinkJS models, MongoDB and cloud collections, knex, Supabase.
import { opcode, operand, text, callArguments } from './program.ts';
import type { Fn, Program } from './program.ts';
import { Op } from '#model/facts';
import { loadedService } from './loaded-by-name.ts';
import { columnsNamed, constant, isDirect, NamedTables, openedTable } from './named-tables.ts';
import type { StaticType } from './static-type.ts';
import { NUMBER, UNKNOWN, yielding } from './static-type.ts';
import type { Types } from './types.ts';

type External = StaticType & { readonly k: 'external' };

/** How a table was opened tells what its methods yield. */
const TABLES: Readonly<Record<string, string>> = { model: 'ModelTable', collection: 'CollectionTable', from: 'FromTable', table: 'FromTable', into: 'FromTable' };
const KINDS = new Set(Object.values(TABLES).map((name) => `type:${name}`));
/** Methods that give the query so far on to the next of the chain. */
const CHAINS = new Set([
  'where', 'andWhere', 'orWhere', 'whereIn', 'whereNot', 'whereNull', 'order', 'orderBy', 'limit', 'page', 'offset', 'skip', 'join', 'leftJoin', 'innerJoin', 'alias', 'group', 'groupBy',
  'having', 'distinct', 'field', 'fieldReverse', 'cache', 'doc', 'setRelation',
]);
const ONE = /^(?:first|findOne|findOneAndUpdate|findOneAndDelete|findOneAndReplace)$/;

const known = new WeakMap<Program, NamedTables>();

function tablesOf(program: Program): NamedTables {
  let tables = known.get(program);
  if (!tables) known.set(program, (tables = new NamedTables(program)));
  return tables;
}

/** The result of a call that opens a table by its name, or of one further down such a chain. */
export function namedRows(types: Types, callee: StaticType, fn: Fn, op: number): StaticType | undefined {
  const chain = callee.k === 'external' ? callee.names.find((n) => KINDS.has(n.root) && n.members.length === 1) : undefined;
  const row = callee.k === 'external' ? callee.args[0] : undefined;
  if (chain && row) return chained(callee, chain.root, chain.members[0] ?? '', row, fn, op);
  const method = methodOf(fn, op);
  if (method === 'service') return loadedService(types, fn, op);
  if ((method === 'get' || method === 'select') && isDirect(fn, operand(fn, operand(fn, op, 1), 1))) return directRows(types, method, fn, op);
  const name = openedTable(fn, op);
  if (name === undefined) return undefined;
  const tables = tablesOf(types.program);
  const registered = tables.registeredAs(name);
  if (registered) return registered.fn === fn && registered.op === op ? undefined : types.ofRegister(registered.fn, registered.op);
  const known = tables.row(name);
  const kind = TABLES[text(fn.unit, operand(fn, operand(fn, op, 1), 2))];
  return known && kind !== undefined ? yielding(callee, kind, known) : undefined;
}

/** `app.mysql.get('account', { id })` */
function directRows(types: Types, method: string, fn: Fn, op: number): StaticType | undefined {
  const name = constant(fn, callArguments(fn, op)[0] ?? -1);
  const row = name === undefined ? undefined : tablesOf(types.program).row(name);
  return row && (method === 'get' ? { k: 'promise', of: row } : rows(row));
}

function methodOf(fn: Fn, op: number): string | undefined {
  const callee = operand(fn, op, 1);
  return opcode(fn, callee) === Op.Load ? text(fn.unit, operand(fn, callee, 2)) : undefined;
}

function chained(callee: StaticType, kind: string, method: string, row: StaticType, fn: Fn, op: number): StaticType | undefined {
  if (CHAINS.has(method)) return yielding(callee, kind.slice('type:'.length), narrowed(method, row, fn, op));
  switch (method) {
    case 'find': return kind === 'type:ModelTable' ? { k: 'promise', of: row } : rows(row);
    case 'select': return kind === 'type:ModelTable' ? rows(row) : { k: 'promise', of: record({ data: { k: 'list', of: narrowed(method, row, fn, op) }, error: UNKNOWN }) };
    case 'countSelect': return { k: 'promise', of: record({ data: { k: 'list', of: row }, count: NUMBER }) };
    case 'get': return { k: 'promise', of: record({ data: isDocument(fn, op) ? row : { k: 'list', of: row } }) };
    case 'toArray': return rows(row);
    default: return ONE.test(method) ? { k: 'promise', of: row } : undefined;
  }
}

const rows = (of: StaticType): StaticType => ({ k: 'promise', of: { k: 'list', of } });
const record = (fields: Readonly<Record<string, StaticType>>): StaticType => ({ k: 'record', name: '', fields: new Map(Object.entries(fields)) });

/** `db.collection('users').doc(id).get()` asks for one. */
function isDocument(fn: Fn, op: number): boolean {
  const receiver = operand(fn, operand(fn, op, 1), 1);
  return opcode(fn, receiver) === Op.Call && text(fn.unit, operand(fn, operand(fn, receiver, 1), 2)) === 'doc';
}

/** `field('id,name')` and `select('id')` leave the other columns out, `fieldReverse('password')` those that it names. */
function narrowed(method: string, row: StaticType, fn: Fn, op: number): StaticType {
  if (method !== 'field' && method !== 'select' && method !== 'fieldReverse') return row;
  const named = new Map<string, StaticType>();
  for (const r of callArguments(fn, op)) columnsNamed(fn, r, named);
  return named.size > 0 ? { k: 'without', of: row, keys: [...named.keys()], keep: method !== 'fieldReverse' } : row;
}
