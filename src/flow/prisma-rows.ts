// Rows of Prisma: the model of the schema that the client's member names, with the members and relations that the call asks for.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import { writtenChain } from './callee.ts';
import { literalMember } from './literals.ts';
import type { Fn, SchemaType } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import type { LiteralRef, StaticType } from './static-type.ts';
import { literalOf } from './static-type.ts';
import type { Types } from './types.ts';

const FINDS = /^find(?:Unique|First|UniqueOrThrow|FirstOrThrow|Many)$/;
const WRITES = /^(?:create|update|upsert|delete|createManyAndReturn|updateManyAndReturn)$/;
const MANY = /^(?:findMany|createManyAndReturn|updateManyAndReturn)$/;
/** Other packages create and update a `customer` too. */
const CLIENT = /prisma|^(?:tx|trx|db|orm)$|transaction/i;
/** Relations of relations of relations are as deep as queries go. */
const MAX_DEPTH = 4;

export function prismaRows(types: Types, method: string, fn: Fn, op: number): StaticType | undefined {
  const isWrite = WRITES.test(method);
  if (!isWrite && !FINDS.test(method)) return undefined;
  const model = operand(fn, operand(fn, op, 1), 1);
  if (opcode(fn, model) !== Op.Load) return undefined;
  const schema = modelNamed(types, text(fn.unit, operand(fn, model, 2)));
  if (!schema || (isWrite && !writtenChain(fn, operand(fn, model, 1)).some((name) => CLIENT.test(name)))) return undefined;
  const [first = -1] = callArguments(fn, op);
  const of = row(types, schema, first < 0 ? undefined : literalOf(types.ofRegister(fn, first)), 0);
  return of && { k: 'promise', of: MANY.test(method) ? { k: 'list', of } : of };
}

/** The client calls a model by its name with a small first letter. */
function modelNamed(types: Types, member: string): SchemaType | undefined {
  const schema = types.program.schemas.get(member.charAt(0).toUpperCase() + member.slice(1)) ?? types.program.schemas.get(member);
  return schema?.file.endsWith('.prisma') === true ? schema : undefined;
}

function row(types: Types, schema: SchemaType, query: LiteralRef | undefined, depth: number): StaticType | undefined {
  const all = types.schema(schema.name);
  if (all?.k !== 'record') return undefined;
  const asked = (option: string): ReadonlyMap<string, LiteralRef | undefined> | undefined | null => {
    const r = query && literalMember(query.fn, query.op, option);
    return query && r !== undefined ? chosen(types, query.fn, r) : undefined;
  };
  const [select, omit, include] = [asked('select'), asked('omit'), asked('include')];
  // What is asked for is put together elsewhere.
  if (select === null) return undefined;
  const fields = new Map<string, StaticType>();
  for (const field of schema.fields) {
    const known = all.fields.get(field.name);
    if (!known || (select ? !select.has(field.name) : omit?.has(field.name) === true)) continue;
    const related = select?.has(field.name) === true || include?.has(field.name) === true ? types.program.schemas.get(field.type) : undefined;
    const of = related && depth < MAX_DEPTH ? row(types, related, select?.get(field.name) ?? include?.get(field.name), depth + 1) : undefined;
    fields.set(field.name, of === undefined ? known : field.list ? { k: 'list', of } : of);
  }
  return { ...all, fields };
}

/** `{ id: true, owner: { select: … } }`: the members that are not false; null when not all of them are in sight. */
function chosen(types: Types, fn: Fn, r: number): ReadonlyMap<string, LiteralRef | undefined> | null {
  const at = literalOf(types.ofRegister(fn, r));
  if (!at) return null;
  const out = new Map<string, LiteralRef | undefined>();
  const items = list(at.fn.unit, operand(at.fn, at.op, 2));
  for (let i = 0; i < items.length; i += 3) {
    const value = items[i + 2] ?? -1;
    if (items[i] === PropertyKind.Spread) {
      const more = chosen(types, at.fn, value);
      if (more === null) return null;
      for (const [key, of] of more) out.set(key, of);
      continue;
    }
    if (items[i] !== PropertyKind.Plain) return null;
    const key = text(at.fn.unit, items[i + 1] ?? -1);
    if (opcode(at.fn, value) === Op.Const && operand(at.fn, value, 1) === ConstKind.False) out.delete(key);
    else out.set(key, literalOf(types.ofRegister(at.fn, value)));
  }
  return out;
}
