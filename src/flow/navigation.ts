// Sinks that are assignments, not calls: `document.cookie = x`, `location.href = x`, `ctx.body = x`, and safeguards that an
// assignment switches off.
import type { Channel } from '#model/channel';
import { writtenChain } from './callee.ts';
import { headerOfClient } from './client-defaults.ts';
import type { Frame } from './frame.ts';
import { leakInto } from './library.ts';
import type { Fn } from './program.ts';
import type { Value } from './value.ts';

interface AssignedSink {
  readonly id: string;
  readonly channel: Channel;
  readonly read: 'deep' | 'text';
  /** Ends of the written access path. */
  readonly paths: readonly string[];
}

const SINKS: readonly AssignedSink[] = [
  { id: 'document-cookie', channel: 'storage', read: 'text', paths: ['document.cookie'] },
  { id: 'location-assign', channel: 'url', read: 'text', paths: ['window.location', 'location.href', 'globalThis.location', 'document.location', 'location.search', 'location.hash'] },
  { id: 'koa-body', channel: 'response', read: 'deep', paths: ['ctx.body', 'context.body', 'ctx.response.body'] },
  { id: 'web-storage-member', channel: 'storage', read: 'deep', paths: ['localStorage.*', 'sessionStorage.*'] },
];

/** Last members of the paths above, of client headers and of settings that switch a safeguard off. */
const MEMBERS = new Set([...SINKS.flatMap((s) => s.paths.map((p) => p.slice(p.lastIndexOf('.') + 1))), 'NODE_TLS_REJECT_UNAUTHORIZED', 'DEFAULT_MIN_VERSION']);

/** Whether an assignment to a member may be one of the sinks here; a first look that costs little. */
export function isAssignedSink(fn: Fn, object: number, key: string | undefined): boolean {
  if (key !== undefined && MEMBERS.has(key)) return true;
  const chain = writtenChain(fn, object);
  return chain.includes('headers') || chain.at(-1) === 'env' || /^(?:local|session)Storage$/.test(chain.at(-1) ?? '');
}

export function destinationSinks(frame: Frame, op: number, object: number, key: string, value: Value): void {
  headerOfClient(frame, op, object, value);
  const names = [...frame.calleeNames(object), key];
  const last = names[names.length - 1];
  const owner = names[names.length - 2];
  if (owner === undefined) return;
  if (owner === 'env' && names[names.length - 3] === 'process') frame.engine.assigned(frame.fn, op, `process.env.${key}`);
  else if (owner === 'tls') frame.engine.assigned(frame.fn, op, `tls.${key}`);
  for (const sink of SINKS) {
    const hit = sink.paths.some((p) => {
      const parts = p.split('.');
      const tail = names.slice(-parts.length);
      return tail.length === parts.length && parts.every((x, i) => x === '*' || x === tail[i]);
    });
    if (!hit) continue;
    frame.engine.sinkPlaces.add(`${frame.fn.id}:${op}`);
    leakInto(frame, op, { channel: sink.channel, catalog: sink.id, read: sink.read, argument: 0, fn: frame.fn, op, callee: `${owner}.${last}` }, value);
  }
}
