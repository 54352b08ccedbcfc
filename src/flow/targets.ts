// Which functions of the project a call may reach. Too many are none: the caller joins what it can't tell apart.
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode, operand } from './program.ts';
import { alternatives } from './static-type.ts';
import type { Types } from './types.ts';

/** T0 names and lexical scope, T1 declared types, T1b inferred types, T2 values of a table. */
export type Tier = 'T0' | 'T1' | 'T1b' | 'T2';

export interface Targets {
  readonly fns: readonly Fn[];
  readonly tier: Tier;
}

const MAX_TARGETS = 16;

/** Every function a call may reach, with the tier it was resolved by. */
export function targetsOf(types: Types, fn: Fn, r: number): Targets {
  const calleeRegister = operand(fn, r, 1);
  const calleeOp = opcode(fn, calleeRegister);
  const callee = types.ofRegister(fn, calleeRegister);
  const isNew = opcode(fn, r) === Op.New;
  // Most calls have one target or none.
  if (callee.k === 'functions' && callee.fns.length === 1) return { fns: callee.fns, tier: tierOf(fn, calleeRegister, callee.tier) };
  if (callee.k === 'external' || callee.k === 'unknown' || callee.k === 'primitive') return { fns: NO_FNS, tier: tierOf(fn, calleeRegister, 'T0') };
  const found = new Set<Fn>();
  let tier: Tier = 'T0';
  for (const c of alternatives(callee)) {
    if (c.k === 'functions') {
      for (const f of c.fns) found.add(f);
      tier = c.tier;
    } else if ((c.k === 'class' && isNew) || (c.k === 'instance' && calleeOp === Op.Super)) {
      const ctor = types.constructorOf(c.cls);
      if (ctor) found.add(ctor);
      if (!isNew) tier = 'T1';
    } else if (c.k === 'object' && !isNew) {
      const called = types.member(c, '()');
      for (const f of called.k === 'functions' ? called.fns : []) found.add(f);
      tier = 'T1';
    }
  }
  return { fns: found.size > MAX_TARGETS ? NO_FNS : [...found], tier: tierOf(fn, calleeRegister, tier) };
}

const NO_FNS: readonly Fn[] = [];

/** The tier that the callee's own says, seen from how it is reached. */
function tierOf(fn: Fn, callee: number, tier: Tier): Tier {
  const op = opcode(fn, callee);
  if (op === Op.Elem) return 'T2';
  return op !== Op.Load ? tier : isInferred(fn, operand(fn, callee, 1)) ? 'T1b' : tier === 'T0' ? 'T1' : tier;
}

function isInferred(fn: Fn, receiver: number): boolean {
  const op = opcode(fn, receiver);
  return op === Op.Call || op === Op.Await || op === Op.Iterate || op === Op.Elem || op === Op.Join;
}
