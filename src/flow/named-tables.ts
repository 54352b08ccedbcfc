// Tables and collections that code knows by name only: `this.model('order')`, `db.collection('users')`, `knex('payees')`. What
// the program writes to one, or asks it for, tells its columns; a schema that the program registers under the name tells more.
import { ConstKind, Op, PropertyKind, VarField, VarFlag } from '#model/facts';
import type { Fn, Program } from './program.ts';
import { callArguments, list, opcode, operand, text, varField, varName } from './program.ts';
import type { LiteralRef, StaticType } from './static-type.ts';
import { UNKNOWN } from './static-type.ts';

export type Row = StaticType & { readonly k: 'record' };
type TableRow = Row & { readonly fields: Map<string, StaticType> };

const OPENS = /^(?:model|collection|from|into|table)$/;
const DIRECT = /^(?:knex|db|trx|transaction)$/;
const REGISTERS = /^(?:model|define)$/;
/** Methods whose arguments hold members of rows, as they are stored or compared with. */
const TOUCHES = new Set([
  'add', 'addMany', 'thenAdd', 'thenUpdate', 'insert', 'insertOne', 'insertMany', 'create', 'save', 'set', 'upsert', 'update', 'updateOne', 'updateMany', 'findOneAndUpdate',
  'where', 'andWhere', 'orWhere', 'find', 'findOne', 'field', 'select', 'eq', 'filter', 'match',
]);
const WRITES_DIRECTLY = /^(?:insert|update|get|select)$/;
const NAMES_COLUMNS = /^(?:field|select)$/;
const OPERATOR = /^(?:[$_]|where$)/;
const OPTION = /^(?:columns|orders|limit|offset)$/;
const MAX_HOPS = 16;

export class NamedTables {
  private readonly rows = new Map<string, TableRow>();
  /** Calls that register a schema under a name: `mongoose.model('User', userSchema)`. */
  private readonly registered = new Map<string, LiteralRef>();

  constructor(program: Program) {
    for (const fn of program.fns) {
      if (!fn.unit.exempt) this.gather(fn);
    }
  }

  /** The columns of a table that the program writes or names; undefined when it names none. */
  row(name: string): Row | undefined {
    return this.rows.get(name);
  }

  registeredAs(name: string): LiteralRef | undefined {
    return this.registered.get(name);
  }

  private gather(fn: Fn): void {
    for (let op = 0; op < fn.count; op++) {
      if (opcode(fn, op) !== Op.Call) continue;
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) !== Op.Load) continue;
      const method = text(fn.unit, operand(fn, callee, 2));
      if (WRITES_DIRECTLY.test(method) && isDirect(fn, operand(fn, callee, 1))) this.touchDirectly(fn, op);
      else if (TOUCHES.has(method)) this.touch(fn, op, method, operand(fn, callee, 1));
      else if (REGISTERS.test(method)) this.register(fn, op);
    }
  }

  private register(fn: Fn, op: number): void {
    const [first = -1, second = -1] = callArguments(fn, op);
    const name = second < 0 ? undefined : constant(fn, first);
    if (name !== undefined && !this.registered.has(name)) this.registered.set(name, { fn, op });
  }

  /** `app.mysql.insert('account', { iban })` names the table each time. */
  private touchDirectly(fn: Fn, op: number): void {
    const [first = -1, ...rest] = callArguments(fn, op);
    const name = constant(fn, first);
    if (name === undefined) return;
    const row = this.rowFor(name);
    for (const r of rest) membersOf(fn, r, row.fields, 0);
    if (row.fields.size > 0) this.rows.set(name, row);
  }

  private rowFor(name: string): TableRow {
    return this.rows.get(name) ?? { k: 'record', name: singular(name), fields: new Map<string, StaticType>(), schema: true, open: true };
  }

  private touch(fn: Fn, op: number, method: string, receiver: number): void {
    const name = tableBelow(fn, receiver);
    if (name === undefined) return;
    const row = this.rowFor(name);
    const { fields } = row;
    for (const r of callArguments(fn, op)) {
      if (NAMES_COLUMNS.test(method)) columnsNamed(fn, r, fields);
      else membersOf(fn, r, fields, 0);
    }
    if (fields.size > 0) this.rows.set(name, row);
  }
}

/** The table that a chain of calls starts with: `this.model('order').where(…).order(…)`. */
function tableBelow(fn: Fn, r: number): string | undefined {
  let at = r;
  for (let hops = 0; hops < MAX_HOPS && at >= 0; hops++) {
    switch (opcode(fn, at)) {
      case Op.GetVar: at = fixed(fn, operand(fn, at, 1)); break;
      case Op.Await: at = operand(fn, at, 1); break;
      case Op.Call: {
        const opened = openedTable(fn, at);
        if (opened !== undefined) return opened;
        const callee = operand(fn, at, 1);
        if (opcode(fn, callee) !== Op.Load) return undefined;
        at = operand(fn, callee, 1);
        break;
      }
      default: return undefined;
    }
  }
  return undefined;
}

/** The name by which a call opens a table. */
export function openedTable(fn: Fn, op: number): string | undefined {
  const callee = operand(fn, op, 1);
  const [first = -1, second = -1] = callArguments(fn, op);
  if (first < 0 || (second >= 0 && opcode(fn, second) !== Op.Const)) return undefined;
  switch (opcode(fn, callee)) {
    case Op.Load: return OPENS.test(text(fn.unit, operand(fn, callee, 2))) ? constant(fn, first) : undefined;
    case Op.GetVar: return DIRECT.test(text(fn.unit, varField(fn.unit, operand(fn, callee, 1), VarField.Name))) ? constant(fn, first) : undefined;
    default: return undefined;
  }
}

/** The client of Egg's MySQL plugin: `this.app.mysql`. */
export const isDirect = (fn: Fn, r: number): boolean =>
  (opcode(fn, r) === Op.Load && text(fn.unit, operand(fn, r, 2)) === 'mysql') || (opcode(fn, r) === Op.GetVar && varName(fn.unit, operand(fn, r, 1)) === 'mysql');

export const constant = (fn: Fn, r: number): string | undefined =>
  r >= 0 && opcode(fn, r) === Op.Const && operand(fn, r, 1) === ConstKind.String ? text(fn.unit, operand(fn, r, 2)) : undefined;

/** The register that a variable of this function is made with and keeps, or -1. */
const fixed = (fn: Fn, v: number): number =>
  varField(fn.unit, v, VarField.Owner) === fn.local && (varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) === 0 ? varField(fn.unit, v, VarField.Init) : -1;

/** `field('id,name,mobile')`, `select('id', 'name')`, `select(['id'])`. */
export function columnsNamed(fn: Fn, r: number, into: Map<string, StaticType>): void {
  if (r >= 0 && opcode(fn, r) === Op.Array) for (const each of list(fn.unit, operand(fn, r, 2))) columnsNamed(fn, each, into);
  for (const column of constant(fn, r)?.split(',') ?? []) {
    const name = column.trim();
    if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) into.set(name, UNKNOWN);
  }
}

/** Members of an object literal, of each in a list, and of what operators hold: `{ $set: { email } }`, `{ data: { email } }`. */
function membersOf(fn: Fn, r: number, into: Map<string, StaticType>, depth: number): void {
  if (r < 0 || depth > 2) return;
  switch (opcode(fn, r)) {
    case Op.Array: for (const each of list(fn.unit, operand(fn, r, 2))) membersOf(fn, each, into, depth + 1); return;
    case Op.GetVar: {
      const v = operand(fn, r, 1);
      const init = fixed(fn, v);
      if (init < 0 || opcode(fn, init) !== Op.Object) return;
      membersOf(fn, init, into, depth + 1);
      for (let op = init; op < fn.count; op++) {
        if (opcode(fn, op) === Op.Store && opcode(fn, operand(fn, op, 1)) === Op.GetVar && operand(fn, operand(fn, op, 1), 1) === v) into.set(text(fn.unit, operand(fn, op, 2)), UNKNOWN);
      }
      return;
    }
    case Op.Object: {
      const items = list(fn.unit, operand(fn, r, 2));
      for (let i = 0; i < items.length; i += 3) {
        if (items[i] !== PropertyKind.Plain) continue;
        const key = text(fn.unit, items[i + 1] ?? -1);
        if (OPERATOR.test(key) || (key === 'data' && items.length === 3)) membersOf(fn, items[i + 2] ?? -1, into, depth + 1);
        else if (!OPTION.test(key)) into.set(key, UNKNOWN);
      }
      return;
    }
    default: return;
  }
}

/** What one row of a table is called: `users` holds users. */
const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
