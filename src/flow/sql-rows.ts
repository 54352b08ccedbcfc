// Rows of a query written as text: the columns that `select` names, where the query names them.
import { Op } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import type { StaticType } from './static-type.ts';
import { UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';

const PREFIX = 'select ';
/** Drivers differ: rows in an object, rows alone, rows and columns. */
const QUERIES = /^(?:query|execute|raw|\$queryRawUnsafe|unsafe)$/;
const LISTS = /^(?:all|any|many|manyOrNone)$/;
const SINGLES = /^(?:get|one|oneOrNone|first)$/;

export function sqlRows(types: Types, method: string, fn: Fn, op: number): StaticType | undefined {
  const isQuery = QUERIES.test(method);
  const isList = LISTS.test(method);
  if (!isQuery && !isList && !SINGLES.test(method)) return undefined;
  const of = columnsOf(types, fn, op) ?? (isQuery ? undefined : preparedColumns(types, fn, operand(fn, operand(fn, op, 1), 1)));
  if (!of) return undefined;
  const rows: StaticType = { k: 'list', of };
  if (!isQuery) return { k: 'promise', of: isList ? rows : of };
  return { k: 'promise', of: { k: 'union', of: [{ k: 'record', name: '', fields: new Map([['rows', rows]]) }, rows] } };
}

/** `db.prepare('select …').all()`. */
const preparedColumns = (types: Types, fn: Fn, receiver: number): StaticType | undefined =>
  opcode(fn, receiver) === Op.Call && text(fn.unit, operand(fn, operand(fn, receiver, 1), 2)) === 'prepare' ? columnsOf(types, fn, receiver) : undefined;

function columnsOf(types: Types, fn: Fn, call: number): StaticType | undefined {
  const [first = -1] = callArguments(fn, call);
  const query = first < 0 ? undefined : queryText(types, fn, first);
  if (query?.startsWith(PREFIX) !== true) return undefined;
  return { k: 'record', name: '', fields: new Map(query.slice(PREFIX.length).split(',').map((column) => [column, UNKNOWN])), schema: true };
}

function queryText(types: Types, fn: Fn, r: number): string | undefined {
  switch (opcode(fn, r)) {
    // The head of a template says what is selected; what is put in comes later.
    case Op.Template: {
      const [head = -1] = list(fn.unit, operand(fn, r, 2));
      return head < 0 ? undefined : types.constantText(fn, head);
    }
    case Op.Concat: return queryText(types, fn, operand(fn, r, 1));
    case Op.Object: {
      const at = literalMember(fn, r, 'text') ?? literalMember(fn, r, 'sql');
      return at === undefined ? undefined : queryText(types, fn, at);
    }
    default: return types.constantText(fn, r);
  }
}
