// What a route handler returns is an answer: controllers by decorator, route functions by framework convention.
import { isHidden } from './classify.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { opcode, operand } from './program.ts';
import { Op } from '#model/facts';
import type { OpenCaller } from './roots.ts';
import type { StaticType } from './static-type.ts';
import { awaited, elementOf, NO_ENV } from './static-type.ts';
import type { Value } from './value.ts';
import { convert, ELEMENT, EMPTY, Form, isEmpty, make } from './value.ts';

const ROUTE_DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Query', 'Mutation', 'ResolveField', 'Subscription']);

export const isRoute = (fn: Fn): boolean => fn.facts.decorators?.some((d) => ROUTE_DECORATORS.has(d.n)) ?? false;

/** Sends the result of a route handler to the response channel. */
export function leakIntoEngine(engine: Engine, caller: OpenCaller, fn: Fn, ret: Value): void {
  if (!isRoute(fn) || isEmpty(ret)) return;
  const op = lastReturn(fn);
  if (op < 0) return;
  engine.sinkPlaces.add(`${fn.id}:${op}`);
  const use = { channel: 'response' as const, catalog: 'route-result', read: 'deep' as const, argument: 0, fn, op, callee: fn.facts.n };
  for (const taint of convert(serialised(engine, ret, awaited(engine.types.returnsOf({ k: 'functions', fns: [fn], env: NO_ENV, tier: 'T1' })), 0), Form.Deep, 'whole').taints) {
    caller.sink({ use, taint, place: { fn, op, argument: 0, callee: fn.facts.n, hops: 0, settled: true } });
  }
}

function lastReturn(fn: Fn): number {
  for (let op = fn.count - 1; op >= 0; op--) if (opcode(fn, op) === Op.Return && operand(fn, op, 1) >= 0) return op;
  return -1;
}

/** Instances are deep enough in an answer for a page of records that belong to others. */
const MAX_DEPTH = 6;

/** What the serialiser of a controller shows: members that their class excludes are left out, wherever their value comes from. */
function serialised(engine: Engine, v: Value, type: StaticType, depth: number): Value {
  if (!v.fields || depth > MAX_DEPTH) return v;
  const from: StaticType = v.cls ? { k: 'instance', cls: v.cls, env: NO_ENV } : type;
  const fields = new Map<string, Value>();
  for (const [key, value] of v.fields) {
    if (key === ELEMENT) fields.set(key, serialised(engine, value, awaited(elementOf(from)), depth + 1));
    else fields.set(key, isHidden(engine.types.memberFacts(from, key)) ? EMPTY : serialised(engine, value, awaited(engine.types.member(from, key)), depth + 1));
  }
  return make(v.taints, fields, v.calls, v.text, v.mask, v.cls);
}
