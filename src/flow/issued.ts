// Keys that the program makes up and hands to whoever asked for one: a new key stands in the answer that tells of it, the only time
// it can be read. Followed is the value as it is written: random bytes, a text that holds some, a column of a row that is new.
import type { ElementClaim } from '#model/element';
import { ConstKind, Op, VarField, VarFlag } from '#model/facts';
import { externalNames, writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import { literalOf } from './static-type.ts';
import type { SinkUse } from './summary.ts';
import type { Taint } from './value.ts';

const MAKERS = /^(?:random|made-key)$/;
/** What a text is cut, encoded or rewritten with. */
const TEXT_METHODS = /^(?:toString|toLowerCase|toUpperCase|slice|substring|substr|replace|replaceAll|trim|padStart|padEnd|concat|join)$/;
const CREATES = /^(?:create|insert|insertOne)$/;
/** May also bring a row up to date that was there before. */
const SAVES = /^save$/;
const MAX_DEPTH = 6;

/** Made in the course of the request that it answers. What lay in a field in between may answer any other. */
export function isIssued(engine: Engine, { origin, path, assumed }: Taint, { evidence }: ElementClaim, whole: boolean): boolean {
  if (origin.kind !== 'opaque' || origin.op < 0 || assumed.includes('field-based')) return false;
  const column = path === '' && whole ? evidence.at(-1) : path;
  return column ? isNewColumn(engine, origin.fn, origin.op, column) : isMade(engine, origin.fn, origin.op, 0);
}

function isMade(engine: Engine, fn: Fn, r: number, depth: number): boolean {
  if (depth > MAX_DEPTH || r < 0) return false;
  const next = (x: number): boolean => isMade(engine, fn, x, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Cast: case Op.Await: return next(operand(fn, r, 1));
    case Op.Concat: return next(operand(fn, r, 1)) || next(operand(fn, r, 2));
    case Op.Template: return [...list(fn.unit, operand(fn, r, 2))].some(next);
    case Op.GetVar: return isMadeVariable(engine, fn, operand(fn, r, 1), depth);
    case Op.Call: return isMadeByCall(engine, fn, r, depth);
    default: return false;
  }
}

function isMadeVariable(engine: Engine, fn: Fn, v: number, depth: number): boolean {
  const init = varField(fn.unit, v, VarField.Init);
  if (init < 0 || varField(fn.unit, v, VarField.Flags) & VarFlag.Reassigned) return false;
  return isMade(engine, engine.program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner)), init, depth + 1);
}

function isMadeByCall(engine: Engine, fn: Fn, r: number, depth: number): boolean {
  const callee = operand(fn, r, 1);
  const { fns } = engine.types.targets(fn, r);
  if (fns.length > 0) return fns.every((f) => returnsMade(engine, f, depth));
  const { models } = engine.callees.match({ external: externalNames(engine.types.ofRegister(fn, callee)), chain: writtenChain(fn, callee) });
  if (models.some((m) => MAKERS.test(m.id))) return true;
  return opcode(fn, callee) === Op.Load && TEXT_METHODS.test(text(fn.unit, operand(fn, callee, 2))) && isMade(engine, fn, operand(fn, callee, 1), depth + 1);
}

function returnsMade(engine: Engine, fn: Fn, depth: number): boolean {
  let found = false;
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.Return) continue;
    const r = operand(fn, op, 1);
    if (r >= 0 && opcode(fn, r) === Op.Const && operand(fn, r, 1) !== ConstKind.String) continue;
    if (!isMade(engine, fn, r, depth + 1)) return false;
    found = true;
  }
  return found;
}

/**
 * `create({ secret })` and `create({ data: { secret } })`: the new row holds what it was given, or what the database made for it. Its
 * answer goes to whoever has had it made; a key that was read elsewhere is no new one.
 */
function isNewColumn(engine: Engine, fn: Fn, op: number, path: string): boolean {
  const callee = opcode(fn, op) === Op.Call ? operand(fn, op, 1) : -1;
  if (callee < 0 || opcode(fn, callee) !== Op.Load || argumentCount(fn, op) === 0) return false;
  const method = text(fn.unit, operand(fn, callee, 2));
  const row = literalOf(engine.types.ofRegister(fn, argument(fn, op, 0)));
  const data = row && literalMember(row.fn, row.op, 'data');
  const given = row && data !== undefined ? literalOf(engine.types.ofRegister(row.fn, data)) : row;
  const column = given && literalMember(given.fn, given.op, path);
  if (given === undefined || column === undefined) return CREATES.test(method);
  return (CREATES.test(method) || SAVES.test(method)) && isMade(engine, given.fn, column, 0);
}

/** The answer of a token endpoint (RFC 6749, 5.1): it exists to hand tokens to the client that has shown a code for them. */
export function isTokenAnswer({ fn, op, argument: index }: SinkUse): boolean {
  let r = op < 0 ? -1 : opcode(fn, op) === Op.Return ? operand(fn, op, 1) : opcode(fn, op) === Op.Call && index >= 0 && index < argumentCount(fn, op) ? argument(fn, op, index) : -1;
  while (r >= 0 && (opcode(fn, r) === Op.Await || opcode(fn, r) === Op.Cast)) r = operand(fn, r, 1);
  return r >= 0 && opcode(fn, r) === Op.Object && literalMember(fn, r, 'access_token') !== undefined && literalMember(fn, r, 'token_type') !== undefined;
}
