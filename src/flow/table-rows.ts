// Rows of tables that Drizzle describes: `pgTable('payees', { iban: text('iban') })` and the queries that name the table.
import { ConstKind, Op, PropertyKind, VAR_WIDTH, VarField } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn, Unit } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { BOOLEAN, literalOf, NUMBER, STRING, UNKNOWN, yielding } from './static-type.ts';
import type { Types } from './types.ts';

type Row = StaticType & { readonly k: 'record' };

const DEFINES = /^(?:pg|mysql|sqlite|singlestore)Table$/;
const DATE: StaticType = { k: 'primitive', n: 'date' };
const COLUMNS: Readonly<Record<string, StaticType>> = {
  integer: NUMBER, int: NUMBER, serial: NUMBER, bigserial: NUMBER, smallint: NUMBER, bigint: NUMBER, numeric: NUMBER, decimal: NUMBER, real: NUMBER, double: NUMBER, doublePrecision: NUMBER,
  boolean: BOOLEAN, timestamp: DATE, date: DATE, datetime: DATE, time: DATE, text: STRING, varchar: STRING, char: STRING, uuid: STRING,
};

/** What a call that defines a table yields: a table, with its row as type argument. */
export function tableOf(types: Types, callee: StaticType, fn: Fn, op: number): StaticType | undefined {
  if (callee.k !== 'external' || !callee.names.some((n) => n.root.startsWith('npm:drizzle-orm/') && DEFINES.test(n.members.at(-1) ?? ''))) return undefined;
  const [, columns = -1] = callArguments(fn, op);
  const given = columns < 0 ? UNKNOWN : types.ofRegister(fn, columns);
  const at = given.k === 'functions' ? types.returnsOf(given) : given;
  if (at.k !== 'literal') return undefined;
  const fields = new Map<string, StaticType>();
  const items = list(at.fn.unit, operand(at.fn, at.op, 2));
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] === PropertyKind.Plain) fields.set(text(at.fn.unit, items[i + 1] ?? -1), COLUMNS[columnKind(at.fn, items[i + 2] ?? -1)] ?? UNKNOWN);
  }
  return yielding(callee, 'Table', { k: 'record', name: '', fields, schema: true });
}

/** `text('iban').notNull()` and `t.text()` are texts. */
function columnKind(fn: Fn, r: number): string {
  let inner = r;
  for (let hops = 0; hops < 12 && opcode(fn, inner) === Op.Call; hops++) {
    const callee = operand(fn, inner, 1);
    if (opcode(fn, callee) === Op.GetVar) return text(fn.unit, varField(fn.unit, operand(fn, callee, 1), VarField.Name));
    if (opcode(fn, callee) !== Op.Load) return '';
    const receiver = operand(fn, callee, 1);
    if (opcode(fn, receiver) !== Op.Call) return text(fn.unit, operand(fn, callee, 2));
    inner = receiver;
  }
  return '';
}

/** `db.select().from(payees)`, `db.insert(payees).values(…).returning()`, `db.query.payees.findMany()`. */
export function tableRows(types: Types, method: string, fn: Fn, op: number): StaticType | undefined {
  const receiver = operand(fn, operand(fn, op, 1), 1);
  const [first = -1] = callArguments(fn, op);
  switch (method) {
    case 'from': {
      const row = first < 0 ? undefined : rowOf(types.ofRegister(fn, first));
      return row && rows(selected(types, fn, receiver, row));
    }
    case 'returning': {
      const row = changedTable(types, fn, receiver);
      return row && rows(first < 0 ? row : columnsOf(types, fn, first));
    }
    case 'findMany':
    case 'findFirst': {
      if (opcode(fn, receiver) !== Op.Load) return undefined;
      const query = operand(fn, receiver, 1);
      if (opcode(fn, query) !== Op.Load || text(fn.unit, operand(fn, query, 2)) !== 'query') return undefined;
      const table = tableNamed(types, text(fn.unit, operand(fn, receiver, 2)));
      if (!table) return undefined;
      const of = narrowed(types, fn, first, table);
      return method === 'findFirst' ? { k: 'promise', of } : rows(of);
    }
    default: return undefined;
  }
}

const rows = (of: StaticType): StaticType => ({ k: 'promise', of: { k: 'list', of } });

const rowOf = (type: StaticType): Row | undefined => {
  const [row] = type.k === 'external' && type.names.some((n) => n.root === 'type:Table' && n.members.length === 0) ? type.args : [];
  return row?.k === 'record' ? row : undefined;
};

/** What `select({ … })` before `from` names, or all columns. */
function selected(types: Types, fn: Fn, receiver: number, row: Row): StaticType {
  const [columns = -1] = opcode(fn, receiver) === Op.Call ? callArguments(fn, receiver) : [];
  return columns < 0 ? row : columnsOf(types, fn, columns);
}

/** `{ id: payees.id, name: payees.fullName }`. */
function columnsOf(types: Types, fn: Fn, r: number): StaticType {
  const at = literalOf(types.ofRegister(fn, r));
  if (!at) return UNKNOWN;
  const fields = new Map<string, StaticType>();
  const items = list(at.fn.unit, operand(at.fn, at.op, 2));
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return UNKNOWN;
    fields.set(text(at.fn.unit, items[i + 1] ?? -1), columnType(types, at.fn, items[i + 2] ?? -1));
  }
  return { k: 'record', name: '', fields, schema: true };
}

function columnType(types: Types, fn: Fn, r: number): StaticType {
  if (opcode(fn, r) !== Op.Load) return opcode(fn, r) === Op.GetVar ? (rowOf(types.ofRegister(fn, r)) ?? UNKNOWN) : UNKNOWN;
  return rowOf(types.ofRegister(fn, operand(fn, r, 1)))?.fields.get(text(fn.unit, operand(fn, r, 2))) ?? UNKNOWN;
}

/** The table that `insert`, `update` or `delete` names further up the chain. */
function changedTable(types: Types, fn: Fn, r: number): Row | undefined {
  let call = r;
  for (let hops = 0; hops < 12 && opcode(fn, call) === Op.Call; hops++) {
    const callee = operand(fn, call, 1);
    if (opcode(fn, callee) !== Op.Load) return undefined;
    const [first = -1] = callArguments(fn, call);
    if (/^(?:insert|update|delete)$/.test(text(fn.unit, operand(fn, callee, 2)))) return first < 0 ? undefined : rowOf(types.ofRegister(fn, first));
    call = operand(fn, callee, 1);
  }
  return undefined;
}

/** `columns: { id: true }` keeps, `columns: { password: false }` leaves out. */
function narrowed(types: Types, fn: Fn, options: number, row: Row): StaticType {
  const at = options < 0 ? undefined : literalOf(types.ofRegister(fn, options));
  const member = at && literalMember(at.fn, at.op, 'columns');
  if (!at || member === undefined) return row;
  const columns = literalOf(types.ofRegister(at.fn, member));
  if (!columns) return UNKNOWN;
  const items = list(columns.fn.unit, operand(columns.fn, columns.op, 2));
  const kept = new Set<string>();
  const left = new Set<string>();
  for (let i = 0; i < items.length; i += 3) {
    const value = items[i + 2] ?? -1;
    const isFalse = opcode(columns.fn, value) === Op.Const && operand(columns.fn, value, 1) === ConstKind.False;
    (isFalse ? left : kept).add(text(columns.fn.unit, items[i + 1] ?? -1));
  }
  return { ...row, fields: new Map([...row.fields].filter(([key]) => (kept.size > 0 ? kept.has(key) : !left.has(key)))) };
}


const tables = new WeakMap<Types, ReadonlyMap<string, Row>>();

/** Tables by the names of the variables that hold them: `db.query` has a member of that name. */
function tableNamed(types: Types, name: string): Row | undefined {
  let known = tables.get(types);
  if (!known) tables.set(types, (known = new Map(types.program.units.flatMap((unit) => tablesOf(types, unit)))));
  return known.get(name);
}

function tablesOf(types: Types, unit: Unit): readonly (readonly [string, Row])[] {
  const found: (readonly [string, Row])[] = [];
  const module = types.program.fnOf(unit, 0);
  for (let v = 0; v * VAR_WIDTH < unit.vars.length; v++) {
    const init = varField(unit, v, VarField.Init);
    if (varField(unit, v, VarField.Owner) !== 0 || init < 0 || opcode(module, init) !== Op.Call) continue;
    const callee = operand(module, init, 1);
    if (opcode(module, callee) !== Op.GetVar || !DEFINES.test(text(unit, varField(unit, operand(module, callee, 1), VarField.Name)))) continue;
    const row = rowOf(types.ofRegister(module, init));
    if (row) found.push([text(unit, varField(unit, v, VarField.Name)), row]);
  }
  return found;
}
