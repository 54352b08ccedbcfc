// Masking by string operations, recognised by what it does: what stays visible, not what the function is called.
import { BinaryKind, ConstFlag, ConstKind, Op } from '#model/facts';
import type { Frame } from './frame.ts';
import { integerOf } from './frame.ts';
import { callArguments, opcode, operand, text } from './program.ts';
import type { Guard, Value } from './value.ts';
import { convert, EMPTY, Form, isEmpty, mapTaints, MASK } from './value.ts';

/** At most this many characters may stay visible in a kept piece. */
const MAX_KEPT = 6;

/** The result of a string method, when it masks or cuts; undefined when it does neither. */
export function stringOperation(frame: Frame, op: number, method: string, receiver: Value, args: readonly Value[]): Value | undefined {
  switch (method) {
    case 'repeat': return receiver.mask ? MASK : undefined;
    case 'replace':
    case 'replaceAll': return replaced(frame, op, receiver, args);
    case 'slice':
    case 'substring':
    case 'substr':
    case 'charAt': return isEmpty(receiver) ? undefined : cut(frame, op, method, receiver);
    case 'padStart':
    case 'padEnd': return padded(frame, op, receiver, args);
    default: return undefined;
  }
}

const guarded = (v: Value, guard: Guard): Value => mapTaints(convert(v, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards.filter((g) => g.kind !== 'partial'), guard] }));

function replaced(frame: Frame, op: number, receiver: Value, args: readonly Value[]): Value | undefined {
  const { fn } = frame;
  if (isEmpty(receiver)) return undefined;
  const [pattern = -1, replacement = -1] = callArguments(fn, op);
  const value = args[1] ?? EMPTY;
  const broad = pattern >= 0 && opcode(fn, pattern) === Op.Const && operand(fn, pattern, 1) === ConstKind.Regex ? (operand(fn, pattern, 3) & ConstFlag.BroadRegex) !== 0 : opcode(fn, pattern) !== Op.Const;
  const flags = replacement >= 0 && opcode(fn, replacement) === Op.Const && operand(fn, replacement, 1) === ConstKind.String ? operand(fn, replacement, 3) : -1;
  const mask: Guard = { kind: 'mask', by: 'replace', strength: 'strong', fn, op };
  if (!broad) return undefined;
  if (value.mask || (flags >= 0 && flags & ConstFlag.Mask)) return guarded(receiver, mask);
  if (value.calls) {
    const piece = mapTaints(convert(receiver, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards, { ...mask, kind: 'partial' as const, strength: 'weak' as const }] }));
    const result = frame.callFunction(value, [piece, piece, piece, piece], op);
    const masked = result.mask || (result.taints.length > 0 && result.taints.every((t) => t.guards.some((g) => g.kind === 'mask')));
    return masked ? guarded(receiver, mask) : undefined;
  }
  return undefined;
}

function cut(frame: Frame, op: number, method: string, receiver: Value): Value | undefined {
  const { fn } = frame;
  const fromEnd = keptFromEnd(frame, op, method);
  const numbers = [...callArguments(fn, op)].map((r) => (r >= 0 ? integerOf(fn, r) : undefined));
  const [from, to] = [numbers[0] === undefined ? NaN : Number(numbers[0]), numbers[1] === undefined ? NaN : Number(numbers[1])];
  const kept = method === 'charAt' ? 1 : method === 'substr' ? (Number.isNaN(to) ? -from : to) : Number.isNaN(to) ? (from < 0 ? -from : NaN) : to > 0 && from >= 0 ? to - from : NaN;
  if (fromEnd === undefined && !(kept > 0 && kept <= MAX_KEPT)) return undefined;
  return mapTaints(convert(receiver, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards, { kind: 'partial', by: method, strength: 'weak', fn, op }] }));
}

/** `text.slice(text.length - 4)` keeps four characters, as `text.slice(-4)` does. */
function keptFromEnd(frame: Frame, op: number, method: string): number | undefined {
  const { fn } = frame;
  const [start = -1, ...others] = callArguments(fn, op);
  if (method === 'charAt' || others.length > 0 || start < 0 || opcode(fn, start) !== Op.Binary || operand(fn, start, 1) !== BinaryKind.Arithmetic) return undefined;
  const [left, right] = [operand(fn, start, 2), operand(fn, start, 3)];
  const isLength = opcode(fn, left) === Op.Load && text(fn.unit, operand(fn, left, 2)) === 'length';
  const kept = Number(integerOf(fn, right) ?? NaN);
  return isLength && kept > 0 && kept <= MAX_KEPT ? kept : undefined;
}

function padded(frame: Frame, op: number, receiver: Value, args: readonly Value[]): Value | undefined {
  const fill = args[1] ?? EMPTY;
  if (receiver.mask) return MASK;
  const partial = receiver.taints.length > 0 && receiver.taints.every((t) => t.guards.some((g) => g.kind === 'partial'));
  return fill.mask && partial ? guarded(receiver, { kind: 'mask', by: 'padStart', strength: 'strong', fn: frame.fn, op }) : undefined;
}
