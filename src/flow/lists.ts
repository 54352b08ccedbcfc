// Lists whose elements are all known: `shift` and `pop` take one away, and the others are still told apart.
import type { Frame } from './frame.ts';
import { opcode, operand } from './program.ts';
import { Op } from '#model/facts';
import type { Value } from './value.ts';
import { ELEMENT, EMPTY, ofFields } from './value.ts';

/** The element that `shift` or `pop` takes, when the list was made in sight; undefined otherwise. */
export function takeElement(frame: Frame, op: number, method: 'shift' | 'pop', list: Value): Value | undefined {
  const { fields } = list;
  if (!fields || list.taints.length > 0 || fields.has(ELEMENT) || fields.size === 0) return undefined;
  const elements = [...fields].filter(([key]) => /^\d+$/.test(key)).sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
  if (elements.length !== fields.size) return undefined;
  const taken = method === 'shift' ? elements.shift() : elements.pop();
  const callee = operand(frame.fn, op, 1);
  const place = opcode(frame.fn, callee) === Op.Load ? frame.placeOf(operand(frame.fn, callee, 1)) : undefined;
  if (!place) return undefined;
  frame.storeAt(place, ofFields(new Map(elements.map((value, i) => [String(i), value]))));
  return taken ?? EMPTY;
}
