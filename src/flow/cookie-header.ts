// One cookie picked out of all: `req.headers.cookie.match(/(?:^|;)\s*locale=([^;]+)/)` yields that cookie alone, whose name the
// expression tells.
import { ConstKind, Op } from '#model/facts';
import { constantInit } from './conditions.ts';
import type { Frame } from './frame.ts';
import { argument, argumentCount, opcode, operand, text } from './program.ts';
import { ELEMENT, EMPTY, isEmpty, mapTaints, store, type Value } from './value.ts';

/** `match` of the header, or `exec` of the expression; undefined when it is another text or another expression. */
export function pickedCookie(frame: Frame, op: number, method: string, held: Value, args: readonly Value[]): Value | undefined {
  if (method !== 'match' && method !== 'exec') return undefined;
  const { fn } = frame;
  const callee = operand(fn, op, 1);
  if (argumentCount(fn, op) === 0 || opcode(fn, callee) !== Op.Load) return undefined;
  const [header, expression] = method === 'match' ? [held, argument(fn, op, 0)] : [args[0] ?? EMPTY, operand(fn, callee, 1)];
  if (isEmpty(header) || header.fields || !header.taints.every((t) => ALL.test(t.path))) return undefined;
  const name = capturedName(frame, expression);
  return name === undefined ? undefined : store(EMPTY, ELEMENT, mapTaints(header, (t) => ({ ...t, path: t.path.replace(ALL, `$1cookies/${name}`), hint: undefined })));
}

/** All cookies as one text. */
const ALL = /(^|\/)[cC]ookie$/;

function capturedName({ fn, engine }: Frame, r: number): string | undefined {
  if (r < 0) return undefined;
  const at = opcode(fn, r) === Op.GetVar ? constantInit(engine, fn.unit, operand(fn, r, 1)) : { fn, r };
  const isNamed = at && opcode(at.fn, at.r) === Op.Const && operand(at.fn, at.r, 1) === ConstKind.Regex && operand(at.fn, at.r, 2) >= 0;
  return isNamed ? text(at.fn.unit, operand(at.fn, at.r, 2)) : undefined;
}
