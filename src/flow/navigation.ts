// Sinks that are assignments, not calls: `document.cookie = x`, `location.href = x`, `ctx.body = x`, and safeguards that an
// assignment switches off.
import type { Channel } from '#model/channel';
import { headerOfClient } from './client-defaults.ts';
import type { Frame } from './frame.ts';
import { leakInto } from './library.ts';
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

export function destinationSinks(frame: Frame, op: number, object: number, key: string, value: Value): void {
  headerOfClient(frame, op, object, value);
  const names = [...frame.calleeNames(object), key];
  const last = names[names.length - 1];
  const owner = names[names.length - 2];
  if (owner === undefined) return;
  if (owner === 'env' && names[names.length - 3] === 'process') frame.engine.assigned(frame.fn, op, `process.env.${key}`);
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
