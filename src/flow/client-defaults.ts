// Headers that a client adds to every request: `client.defaults.headers.common[name] = value` and request interceptors. They go
// wherever the client's base URL leads.
import { Op } from '#model/facts';
import { writtenChain } from './callee.ts';
import { clientBase, isAbsolute, isPlaintext } from './destinations.ts';
import type { Frame } from './frame.ts';
import { leakInto } from './library.ts';
import type { Fn } from './program.ts';
import { callArguments, opcode, operand, text } from './program.ts';
import type { SinkUse } from './summary.ts';
import type { Value } from './value.ts';

const BASES = ['baseURL', 'baseUrl', 'prefixUrl'];
const MAX_MEMBERS = 6;

/** A header is written: `object[name] = value`. */
export function headerOfClient(frame: Frame, op: number, object: number, value: Value): void {
  const { fn, engine } = frame;
  const client = defaultsOf(fn, object) ?? intercepted(frame, object);
  if (!client) return;
  const destination = clientBase(engine, client.fn, client.r, BASES);
  if (destination === undefined || !isAbsolute(destination)) return;
  const callee = frame.calleeNames(object).join('.');
  const use: Omit<SinkUse, 'channel'> = { catalog: 'client-defaults', read: 'text', argument: 0, fn, op, callee, destination };
  engine.sinkPlaces.add(`${fn.id}:${op}`);
  if (isPlaintext(destination)) leakInto(frame, op, { ...use, channel: 'transport', transport: 'plaintext' }, value);
  const vendor = vendorAt(frame, destination);
  if (vendor !== undefined) leakInto(frame, op, { ...use, channel: 'third-party', vendor }, value);
}

interface At {
  readonly fn: Fn;
  readonly r: number;
}

/** The client of `client.defaults.headers…`. */
function defaultsOf(fn: Fn, object: number): At | undefined {
  let headers = false;
  let at = object;
  for (let i = 0; i < MAX_MEMBERS && opcode(fn, at) === Op.Load; i++) {
    const name = text(fn.unit, operand(fn, at, 2));
    if (name === 'headers') headers = true;
    at = operand(fn, at, 1);
    if (name === 'defaults') return headers ? { fn, r: at } : undefined;
  }
  return undefined;
}

/** The client of `client.interceptors.request.use((config) => …)`, when this function is that callback. */
function intercepted(frame: Frame, object: number): At | undefined {
  const { fn, engine } = frame;
  const chain = writtenChain(fn, object);
  if (chain[1] !== 'headers' || chain[0] !== fn.facts.params[0]?.n) return undefined;
  const maker = engine.program.parent(fn);
  if (!maker) return undefined;
  for (let op = 0; op < maker.count; op++) {
    if (opcode(maker, op) !== Op.Call) continue;
    const [callback = -1] = callArguments(maker, op);
    if (callback < 0 || opcode(maker, callback) !== Op.Closure || engine.program.fnOf(maker.unit, operand(maker, callback, 1)) !== fn) continue;
    const callee = operand(maker, op, 1);
    return writtenChain(maker, callee).slice(-3).join('.') === 'interceptors.request.use' ? { fn: maker, r: below(maker, callee, 3) } : undefined;
  }
  return undefined;
}

function below(fn: Fn, r: number, members: number): number {
  let at = r;
  for (let i = 0; i < members && opcode(fn, at) === Op.Load; i++) at = operand(fn, at, 1);
  return at;
}

function vendorAt(frame: Frame, destination: string): string | undefined {
  const host = destination.slice(destination.indexOf('://') + 3).replace(/[:/].*$/, '');
  return frame.engine.catalog.vendors.find((v) => v.hosts.some((h) => host === h || host.endsWith(`.${h}`)))?.id;
}
