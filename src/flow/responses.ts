// What a route handler returns is an answer: controllers by decorator, route functions by framework convention.
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { opcode, operand } from './program.ts';
import { Op } from '#model/facts';
import type { OpenCaller } from './roots.ts';
import type { Value } from './value.ts';
import { convert, Form, isEmpty } from './value.ts';

const ROUTE_DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Query', 'Mutation', 'ResolveField', 'Subscription']);

export const isRoute = (fn: Fn): boolean => fn.facts.decorators?.some((d) => ROUTE_DECORATORS.has(d.n)) ?? false;

/** Sends the result of a route handler to the response channel. */
export function leakIntoEngine(engine: Engine, caller: OpenCaller, fn: Fn, ret: Value): void {
  if (!isRoute(fn) || isEmpty(ret)) return;
  const op = lastReturn(fn);
  if (op < 0) return;
  engine.sinkPlaces.add(`${fn.id}:${op}`);
  const use = { channel: 'response' as const, catalog: 'route-result', read: 'deep' as const, argument: 0, fn, op, callee: fn.facts.n };
  for (const taint of convert(ret, Form.Deep, 'whole').taints) {
    caller.sink({ use, taint, place: { fn, op, argument: 0, callee: fn.facts.n, hops: 0, settled: true } });
  }
}

function lastReturn(fn: Fn): number {
  for (let op = fn.count - 1; op >= 0; op--) if (opcode(fn, op) === Op.Return && operand(fn, op, 1) >= 0) return op;
  return -1;
}
