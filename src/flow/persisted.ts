// Stores that a library keeps in the browser or on the device: `defineStore('user', setup, { persist: true })`, zustand's `persist`.
// What leaks is what the function returns that makes the state; a member of it holds later what its name says.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import type { Frame } from './frame.ts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import type { StaticType } from './static-type.ts';
import { UNKNOWN } from './static-type.ts';
import type { Value } from './value.ts';
import { isEmpty, join, ofOrigin, pick, without } from './value.ts';

/** Options by which a library is told which members to keep. */
const PICKS = ['paths', 'pick', 'whitelist'];
const OMITS = ['omit', 'blacklist'];
const SELECTS = 'partialize';

interface Kept {
  readonly names: readonly string[];
  /** The names are those that are kept, not those that are left out. */
  readonly wanted: boolean;
}

/** The state that `made` returns, as far as it is kept. */
export function persistedState(frame: Frame, op: number, made: Value, at?: { readonly fn: Fn; readonly r: number }): Value {
  const kept = keptMembers(frame, op);
  // A slice of a store is its state already.
  const isMade = made.calls !== undefined && made.calls.length > 0;
  const returned = isMade ? frame.callFunction(made, [], op) : made;
  const held = kept ? (kept.wanted ? pick(returned, kept.names) : without(returned, kept.names)) : returned;
  // A function that leads to no data has no value of its own.
  const type = isMade || !at ? UNKNOWN : frame.engine.types.ofRegister(at.fn, at.r);
  const makers = isMade ? (made.calls ?? []).map((c) => c.fn) : type.k === 'functions' ? type.fns : [];
  const named = namedState(frame, op, makers, kept);
  return named === undefined ? held : isEmpty(held) ? named : join(held, named);
}

/** A state that starts empty is known by the names of its members: `() => ({ token: '', profile: null })`. */
function namedState({ engine, fn }: Frame, op: number, makers: readonly Fn[], kept: Kept | undefined): Value | undefined {
  const fields = new Map<string, StaticType>();
  for (const state of makers) {
    const type = engine.types.returnsOf({ k: 'functions', fns: [state], env: new Map(), tier: 'T0' });
    if (type.k !== 'literal') continue;
    const items = list(type.fn.unit, operand(type.fn, type.op, 2));
    for (let i = 0; i < items.length; i += 3) {
      const key = text(type.fn.unit, items[i + 1] ?? -1);
      if (items[i] === PropertyKind.Plain && startsEmpty(type.fn, items[i + 2] ?? -1) && (!kept || kept.names.includes(key) === kept.wanted)) fields.set(key, UNKNOWN);
    }
  }
  if (fields.size === 0) return undefined;
  const [name = -1] = callArguments(fn, op);
  const isNamed = name >= 0 && opcode(fn, name) === Op.Const && operand(fn, name, 1) === ConstKind.String;
  const called = isNamed ? text(fn.unit, operand(fn, name, 2)) : '';
  return ofOrigin(engine.opaque('store', called, fn, op, { k: 'record', name: called, fields, schema: true }));
}

/** A member that is nothing yet: what is put there later is not in sight of the maker. */
function startsEmpty(fn: Fn, r: number): boolean {
  if (r < 0 || opcode(fn, r) !== Op.Const) return false;
  const kind = operand(fn, r, 1);
  return kind === ConstKind.Null || kind === ConstKind.Undefined || (kind === ConstKind.String && operand(fn, r, 2) < 0);
}

/** `persist: { pick: ['theme'] }`, `partialize: (state) => ({ theme: state.theme })`; undefined when everything is kept. */
function keptMembers(frame: Frame, op: number): Kept | undefined {
  const { types } = frame.engine;
  for (const r of callArguments(frame.fn, op)) {
    const options = r < 0 ? UNKNOWN : types.ofRegister(frame.fn, r);
    if (options.k !== 'literal') continue;
    const selects = types.member(options, SELECTS);
    if (selects.k === 'functions') {
      const selected = types.returnsOf(selects);
      return selected.k === 'literal' ? { names: plainKeys(selected.fn, selected.op), wanted: true } : undefined;
    }
    const nested = types.member(options, 'persist');
    const persist = nested.k === 'literal' ? nested : options;
    for (const name of [...PICKS, ...OMITS]) {
      const at = literalMember(persist.fn, persist.op, name);
      if (at !== undefined && opcode(persist.fn, at) === Op.Array) {
        const names = [...list(persist.fn.unit, operand(persist.fn, at, 2))].map((item) => (types.constantText(persist.fn, item) ?? '').split('.')[0] ?? '');
        return { names, wanted: PICKS.includes(name) };
      }
    }
  }
  return undefined;
}

function plainKeys(fn: Fn, op: number): readonly string[] {
  const items = list(fn.unit, operand(fn, op, 2));
  const keys: string[] = [];
  for (let i = 0; i < items.length; i += 3) if (items[i] === PropertyKind.Plain) keys.push(text(fn.unit, items[i + 1] ?? -1));
  return keys;
}
