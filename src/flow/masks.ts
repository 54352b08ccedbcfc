// Masking by string operations, recognised by what it does: what stays visible, not what the function is called.
import { BinaryKind, ConstFlag, ConstKind, Op } from '#model/facts';
import { writtenChain } from './callee.ts';
import { constantWord } from './conditions.ts';
import { smallInteger } from './constant-texts.ts';
import type { Frame } from './frame.ts';
import { takeElement } from './lists.ts';
import type { Fn } from './program.ts';
import { callArguments, locateOp, opcode, operand, text } from './program.ts';
import type { Guard, Value } from './value.ts';
import { convert, ELEMENT, EMPTY, Form, isEmpty, mapTaints, MASK, ofFields, store } from './value.ts';

/** At most this many characters may stay visible in a kept piece, whatever it is a piece of. */
const MAX_KEPT = 6;
/** So many tell nothing of what is long and random. */
const MAX_KEPT_OF_LONG = 8;
/** The beginning of a whole object as text: ids and kinds come first, and what of the rest is still in it nobody knows. */
const MAX_KEPT_OF_OBJECT = 200;
/** A regular expression no longer than this has no room for a look-ahead: it matches single characters. */
const SINGLE_CHARACTER = 8;

/** The result of a string or list method, when it masks, cuts or takes one away; undefined when it does none of it. */
export function stringOperation(frame: Frame, op: number, method: string, receiver: Value, args: readonly Value[]): Value | undefined {
  switch (method) {
    case 'repeat': return receiver.mask ? MASK : undefined;
    case 'replace':
    case 'replaceAll': return replaced(frame, op, receiver, args);
    case 'slice':
    case 'substring':
    case 'substr':
    case 'charAt': return isText(frame, op, method, receiver) ? cut(frame, op, method, receiver) : undefined;
    case 'padStart':
    case 'padEnd': return padded(frame, op, receiver, args);
    case 'split': return pieces(frame, op, receiver);
    case 'shift':
    case 'pop': return takeElement(frame, op, method, receiver);
    default: return undefined;
  }
}

/** Lists have `slice` too: a part of a list is no part of its elements. */
function isText(frame: Frame, op: number, method: string, receiver: Value): boolean {
  if (isEmpty(receiver) || receiver.fields) return false;
  const callee = operand(frame.fn, op, 1);
  if (opcode(frame.fn, callee) !== Op.Load || text(frame.fn.unit, operand(frame.fn, callee, 2)) !== method) return false;
  if (method !== 'slice' || receiver.taints.every((t) => t.form === Form.Text || t.form === Form.Part)) return true;
  const type = frame.engine.types.ofRegister(frame.fn, operand(frame.fn, callee, 1));
  if (type.k !== 'unknown') return type.k === 'primitive' || type.k === 'union';
  const [name = ''] = writtenChain(frame.fn, operand(frame.fn, callee, 1)).slice(-1);
  return !LIST_NAME.test(name);
}

const LIST_NAME = /(?:[a-z]s|list|array|data|history|queue|stack|\?|\(\)|\[\])$/i;

const guarded = (v: Value, guard: Guard): Value => mapTaints(convert(v, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards.filter((g) => g.kind !== 'partial'), guard] }));

function replaced(frame: Frame, op: number, receiver: Value, args: readonly Value[]): Value | undefined {
  const { fn } = frame;
  if (isEmpty(receiver)) return undefined;
  const [pattern = -1, replacement = -1] = callArguments(fn, op);
  const value = args[1] ?? EMPTY;
  const regex = pattern >= 0 && opcode(fn, pattern) === Op.Const && operand(fn, pattern, 1) === ConstKind.Regex ? operand(fn, pattern, 3) : undefined;
  const broad = regex === undefined ? pattern >= 0 && opcode(fn, pattern) !== Op.Const : (regex & ConstFlag.BroadRegex) !== 0;
  const single = regex !== undefined && writtenLength(fn, pattern) <= SINGLE_CHARACTER && (regex & ConstFlag.Groups) === 0;
  const flags = replacement >= 0 && opcode(fn, replacement) === Op.Const && operand(fn, replacement, 1) === ConstKind.String ? operand(fn, replacement, 3) : -1;
  const mask: Guard = { kind: 'mask', by: 'replace', strength: 'strong', fn, op };
  if (!broad) return undefined;
  if (value.mask || (flags >= 0 && flags & ConstFlag.Mask)) {
    if (!single) return guarded(receiver, mask);
    // `/./g` leaves nothing to see, `/./` nearly everything.
    return (regex & ConstFlag.GlobalRegex) !== 0 ? MASK : undefined;
  }
  if (value.calls) {
    const piece = mapTaints(convert(receiver, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards, { ...mask, kind: 'partial' as const, strength: 'weak' as const }] }));
    const result = frame.callFunction(value, [piece, piece, piece, piece], op);
    const masked = result.mask || (result.taints.length > 0 && result.taints.every((t) => t.guards.some((g) => g.kind === 'mask')));
    return masked ? guarded(receiver, mask) : undefined;
  }
  return undefined;
}

/** Length of an operation's source text, on one line. */
function writtenLength(fn: Fn, op: number): number {
  const { column, endColumn } = locateOp(fn, op);
  return endColumn - column;
}

function cut(frame: Frame, op: number, method: string, receiver: Value): Value | undefined {
  const { fn } = frame;
  if (trimsEnd(frame, op)) return undefined;
  const kept = keptFromEnd(frame, op, method) ?? keptByNumbers(frame, op, method);
  if (kept === undefined || kept > MAX_KEPT_OF_OBJECT) return undefined;
  if (kept > MAX_KEPT_OF_LONG) return truncated(receiver);
  // One character tells too little to need a mask around it. How much an unknown bound keeps is not known at all.
  if (kept === 1) return guarded(receiver, { kind: 'mask', by: method, strength: 'strong', kept, fn, op });
  if (kept === UNKNOWN_LENGTH) return partly(receiver, { kind: 'partial', by: method, strength: 'none', fn, op });
  return partly(receiver, { kind: 'partial', by: method, strength: kept > MAX_KEPT ? 'none' : 'weak', kept, fn, op });
}

/** `JSON.stringify(order).slice(0, 100)` */
function truncated(receiver: Value): Value | undefined {
  if (!receiver.taints.some((t) => t.form === Form.Deep)) return undefined;
  return mapTaints(receiver, (t) => (t.form !== Form.Deep || t.assumed.includes('partly-shown') ? t : { ...t, assumed: [...t.assumed, 'partly-shown' as const].sort() }));
}

/** A piece that mask characters around it turn into a mask: not one that is known to be too long. */
export const isPiece = (g: Guard): boolean => g.kind === 'partial' && (g.kept ?? 0) <= MAX_KEPT;

const UNKNOWN_LENGTH = 0;
const partly = (v: Value, guard: Guard): Value => mapTaints(convert(v, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards, guard] }));

/** How many characters `slice`, `substring`, `substr` or `charAt` keep; undefined for all or nearly all of them. */
function keptByNumbers(frame: Frame, op: number, method: string): number | undefined {
  if (method === 'charAt') return 1;
  const bounds = [...callArguments(frame.fn, op)];
  const numbers = bounds.map((r) => (r >= 0 ? numberOf(frame, r) : undefined));
  if (bounds.length > 0 && numbers.some((n) => n === undefined)) return UNKNOWN_LENGTH;
  const [from = 0, to] = numbers.map(Number);
  // `phone.slice(7)`: four digits of eleven, so the rest may be masked; `text.slice(1)` is nearly everything.
  if (to === undefined) return from < 0 ? -from : from >= 3 ? UNKNOWN_LENGTH : undefined;
  if (to < 0) return UNKNOWN_LENGTH;
  if (method === 'substr') return to > 0 ? to : undefined;
  return to > 0 && from >= 0 && to > from ? to - from : undefined;
}

/** A small number, written there or a constant. */
function numberOf(frame: Frame, r: number): string | undefined {
  const word = constantWord(frame.engine, frame.fn, r);
  return smallInteger(frame.fn, r)?.toString() ?? (word?.startsWith('#') ? word.slice(1) : undefined);
}

/** What stands behind the `@` is the provider's name and says nothing of the customer; before it stands the customer. */
function pieces(frame: Frame, op: number, receiver: Value): Value | undefined {
  if (isEmpty(receiver) || receiver.fields) return undefined;
  const [separator = -1] = callArguments(frame.fn, op);
  if (separator < 0 || frame.engine.types.constantText(frame.fn, separator) !== '@') return undefined;
  return ofFields(new Map([['0', convert(receiver, Form.Text, 'own')], ['1', EMPTY]]));
}

/** `text.slice(text.length - 4)` keeps four characters, as `text.slice(-4)` does. */
function keptFromEnd(frame: Frame, op: number, method: string): number | undefined {
  const { fn } = frame;
  const [start = -1, ...others] = callArguments(fn, op);
  if (method === 'charAt' || others.length > 0 || start < 0 || opcode(fn, start) !== Op.Binary || operand(fn, start, 1) !== BinaryKind.Arithmetic) return undefined;
  const [left, right] = [operand(fn, start, 2), operand(fn, start, 3)];
  const isLength = opcode(fn, left) === Op.Load && text(fn.unit, operand(fn, left, 2)) === 'length';
  const kept = smallInteger(fn, right) ?? NaN;
  return isLength && kept > 0 && kept <= MAX_KEPT_OF_LONG ? kept : undefined;
}

/** `query.slice(0, -1)`, `query.substr(0, query.length - 1)`, `query.substr(0, query.lastIndexOf('&'))`: the last separator goes, the rest stays. */
function trimsEnd(frame: Frame, op: number): boolean {
  const { fn } = frame;
  const [start = -1, end = -1] = callArguments(fn, op);
  if (start < 0 || end < 0 || smallInteger(fn, start) !== 0) return false;
  const fixed = smallInteger(fn, end);
  if (fixed !== undefined) return fixed === -1;
  if (opcode(fn, end) === Op.Binary && operand(fn, end, 1) === BinaryKind.Arithmetic) return smallInteger(fn, operand(fn, end, 3)) === 1 && memberName(fn, operand(fn, end, 2)) === 'length';
  const [separator = -1] = opcode(fn, end) === Op.Call && memberName(fn, operand(fn, end, 1)) === 'lastIndexOf' ? callArguments(fn, end) : [];
  return separator >= 0 && opcode(fn, separator) === Op.Const && frame.engine.types.constantText(fn, separator) === undefined;
}

const memberName = (fn: Fn, r: number): string => (opcode(fn, r) === Op.Load ? text(fn.unit, operand(fn, r, 2)) : '');

/** `name[0]` shows one character. */
export function character(frame: Frame, op: number, value: Value): Value {
  return mapTaints(convert(value, Form.Text, 'own'), (t) => ({ ...t, guards: [...t.guards, { kind: 'partial' as const, by: 'charAt', strength: 'weak' as const, fn: frame.fn, op }] }));
}

function padded(frame: Frame, op: number, receiver: Value, args: readonly Value[]): Value | undefined {
  const fill = args[1] ?? EMPTY;
  if (receiver.mask) return MASK;
  const partial = receiver.taints.length > 0 && receiver.taints.every((t) => t.guards.some(isPiece));
  return fill.mask && partial ? guarded(receiver, { kind: 'mask', by: 'padStart', strength: 'strong', fn: frame.fn, op }) : undefined;
}
