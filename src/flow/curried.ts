// Functions of a library that take their data last and were given all the rest: `pick(['id', 'currency'])` waits for an object and
// keeps these members of it, wherever it is called with one.
import type { CallPlace, ModelEntry } from '#model/catalog';
import { Op } from '#model/facts';
import { externalNames, writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand } from './program.ts';
import { pick, type Value, without } from './value.ts';

export interface Waiting {
  readonly keeps: boolean;
  readonly keys: readonly string[];
}

/** What a call leaves of the data that it still waits for; undefined when it waits for none or its keys are not constant. */
export function waitingAt(engine: Engine, fn: Fn, r: number): Waiting | undefined {
  if (r < 0 || opcode(fn, r) !== Op.Call) return undefined;
  const callee = operand(fn, r, 1);
  const { models } = engine.callees.match({ external: externalNames(engine.types.ofRegister(fn, callee)), chain: writtenChain(fn, callee) });
  for (const entry of models) {
    const places = entry.picks ?? entry.omits;
    if (!places || !isNext(entry, argumentCount(fn, r))) continue;
    const keys = keysAt(engine, fn, r, places);
    if (keys) return { keeps: entry.picks !== undefined, keys };
  }
  return undefined;
}

export const narrowedBy = ({ keeps, keys }: Waiting, given: Value): Value => (keeps ? pick(given, keys) : without(given, keys));

/** The data is the argument behind those that were given. */
const isNext = ({ flows }: ModelEntry, given: number): boolean =>
  flows.some(({ input, output }) => input.base === 'arg' && input.index === given && input.path.length === 0 && output.base === 'return');

function keysAt(engine: Engine, fn: Fn, r: number, places: readonly CallPlace[]): readonly string[] | undefined {
  const keys: string[] = [];
  for (const { base, index, path } of places) {
    const at = base === 'arg' && path.length === 0 && index < argumentCount(fn, r) ? argument(fn, r, index) : -1;
    if (at < 0) return undefined;
    for (const part of opcode(fn, at) === Op.Array ? list(fn.unit, operand(fn, at, 2)) : [at]) {
      const key = part < 0 ? undefined : engine.types.constantText(fn, part);
      if (key === undefined) return undefined;
      keys.push(key);
    }
  }
  return keys;
}
