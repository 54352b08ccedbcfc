// What a function does with data, in terms of its own parameters: computed once, applied at every call.
import type { Channel } from '#model/channel';
import type { SinkRead } from '#model/catalog';
import type { Fn } from './program.ts';
import type { Origin, Taint, Value } from './value.ts';
import { EMPTY } from './value.ts';

/** A sink of the catalogue, used at a place. */
export interface SinkUse {
  readonly channel: Channel;
  readonly catalog: string;
  readonly read: SinkRead;
  readonly vendor?: string;
  readonly destination?: string;
  readonly transport?: 'plaintext' | 'unverified' | 'encrypted';
  readonly argument: number;
  readonly fn: Fn;
  readonly op: number;
  readonly callee: string;
  /** A cookie that scripts cannot read. */
  readonly sealed?: true;
  /** Where it goes stands in an argument: no sink before a call says so. */
  readonly given?: GivenUrl;
}

/** The parameter, or a member of one, that a URL starts with. */
export interface GivenUrl {
  readonly fn: Fn;
  readonly index: number;
  readonly path: readonly string[];
}

/** Where a finding is placed: the frame in which the value is recognisable. */
export interface Place {
  readonly fn: Fn;
  readonly op: number;
  readonly argument: number;
  readonly callee: string;
  /** Calls between the place and the sink. */
  readonly hops: number;
  readonly settled: boolean;
}

export interface SinkEffect {
  readonly use: SinkUse;
  readonly taint: Taint;
  readonly place: Place;
}

/** A write to something that outlives the call: a cell, or a variable of an enclosing function. */
export interface WriteEffect {
  readonly key: string;
  readonly path: readonly string[];
  readonly value: Value;
}

/** The function calls something that it was given. */
export interface CallbackEffect {
  readonly origin: Origin & { readonly kind: 'callback' };
  readonly callee: Value;
  readonly args: readonly Value[];
}

export interface Summary {
  readonly ret: Value;
  readonly throws: Value;
  /** Members written on parameters (by index) and on `this` (-1). */
  readonly outs: ReadonlyMap<number, Value>;
  readonly sinks: readonly SinkEffect[];
  readonly writes: readonly WriteEffect[];
  readonly callbacks: readonly CallbackEffect[];
}

export const NOTHING: Summary = { ret: EMPTY, throws: EMPTY, outs: new Map(), sinks: [], writes: [], callbacks: [] };
export const THIS = -1;

export const cellOfVariable = (unit: number, v: number): string => `v:${unit}:${v}`;
export const isCellOfVariable = (key: string): boolean => key.startsWith('v:');
export const cellOfField = (cls: number, name: string): string => `f:${cls}:${name}`;
/** A field of whatever the receiver is: written by a class that has others below it, it belongs to the class of the receiver. */
export const fieldOfReceiver = (cls: number, name: string): string => `t:${cls}:${name}`;
export const isOfReceiver = (key: string): boolean => key.startsWith('t:');

export function readFieldOfReceiver(key: string): { readonly cls: number; readonly name: string } {
  const [, cls = '', ...name] = key.split(':');
  return { cls: Number(cls), name: name.join(':') };
}
