// Pieces of a text that is taken apart: `rule.split(',').map((token) => …)` reads the tokens of a language, not those of a session.
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand, text } from './program.ts';

const EACH = /^(?:map|flatMap|forEach|filter|find|findIndex|some|every)$/;
/** What leaves pieces pieces. */
const KEEPS = /^(?:map|filter|slice|reverse|sort)$/;
const MAX_HOPS = 4;

/** The first parameter of a function that is called with each piece. */
export function isPieceOfText(engine: Engine, fn: Fn, index: number): boolean {
  const maker = index === 0 && fn.facts.kind !== 'method' ? engine.program.parent(fn) : undefined;
  if (!maker) return false;
  for (let op = 0; op < maker.count; op++) {
    if (opcode(maker, op) !== Op.Call || argumentCount(maker, op) === 0 || !EACH.test(methodOf(maker, op))) continue;
    const r = argument(maker, op, 0);
    if (r >= 0 && opcode(maker, r) === Op.Closure && operand(maker, r, 1) === fn.local) return isSplit(maker, receiverOf(maker, op), 0);
  }
  return false;
}

function isSplit(fn: Fn, r: number, hops: number): boolean {
  if (hops > MAX_HOPS || r < 0 || opcode(fn, r) !== Op.Call) return false;
  const method = methodOf(fn, r);
  return method === 'split' || (KEEPS.test(method) && isSplit(fn, receiverOf(fn, r), hops + 1));
}

const methodOf = (fn: Fn, op: number): string => (opcode(fn, operand(fn, op, 1)) === Op.Load ? text(fn.unit, operand(fn, operand(fn, op, 1), 2)) : '');
const receiverOf = (fn: Fn, op: number): number => operand(fn, operand(fn, op, 1), 1);
