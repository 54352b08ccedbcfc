// Conditions that call a function of the project: `if (isAnonymous(message))` says of the argument what the function's only
// result says of its parameter.
import { Op } from '#model/facts';
import type { Refinement } from './conditions.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, callArguments, opcode, operand, text } from './program.ts';

/** Reads a condition of another function. */
type OutcomesOf = (fn: Fn, r: number) => readonly Refinement[];

export function ofGuardCall(engine: Engine, fn: Fn, call: number, outcomesOf: OutcomesOf): readonly Refinement[] {
  if (argumentCount(fn, call) === 0) return [];
  const { fns } = engine.types.targets(fn, call);
  const [guard] = fns;
  const returned = guard && fns.length === 1 ? onlyResult(guard) : -1;
  if (!guard || returned < 0) return [];
  const found: Refinement[] = [];
  for (const refined of outcomesOf(guard, returned)) {
    const index = guard.facts.params.findIndex((p) => p.v === refined.v && !p.rest);
    const place = index < 0 || refined.except || refined.among ? undefined : placeOf(fn, callArguments(fn, call)[index] ?? -1);
    if (place) found.push({ ...refined, v: place.v, path: [...place.path, ...refined.path] });
  }
  return found;
}

/** The register that a function returns, when it does nothing else. */
function onlyResult(fn: Fn): number {
  if (fn.facts.async || fn.facts.generator) return -1;
  let returned = -1;
  for (let op = 0; op < fn.count; op++) {
    const code = opcode(fn, op);
    if (code === Op.SetVar || code === Op.Store || code === Op.Loop || code === Op.Try) return -1;
    if (code !== Op.Return || operand(fn, op, 1) < 0) continue;
    if (returned >= 0) return -1;
    returned = operand(fn, op, 1);
  }
  return returned;
}

function placeOf(fn: Fn, r: number): { readonly v: number; readonly path: readonly string[] } | undefined {
  const path: string[] = [];
  let at = r;
  while (at >= 0 && (opcode(fn, at) === Op.Load || opcode(fn, at) === Op.Cast)) {
    if (opcode(fn, at) === Op.Load) path.unshift(text(fn.unit, operand(fn, at, 2)));
    at = operand(fn, at, 1);
  }
  return at >= 0 && opcode(fn, at) === Op.GetVar ? { v: operand(fn, at, 1), path } : undefined;
}
