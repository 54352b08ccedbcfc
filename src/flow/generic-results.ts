// A helper that fetches whatever it is asked for (`request(url)`, `cache.get(key)`) gives something else to each caller. What comes
// back is therefore as opaque as the call of the helper: it is named, typed and read there, not once for all callers.
import { Op, VarField, VarKind } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import type { Origin } from './value.ts';

type Opaque = Origin & { readonly kind: 'opaque' };

const FETCHES = /^(?:\$?(?:get|post|put|patch|delete|request|fetch)|getItem|send|axios|ajax|http|query|execute|raw|call|invoke|run|load|read|readFile|json|hget|select|graphql|useQuery|useSWR)$/;
const MAX_HOPS = 8;

const known = new WeakMap<Engine, Map<number, boolean>>();

/** The result of a call whose subject the function was given by its callers. */
export function isAskedFor(engine: Engine, origin: Opaque): boolean {
  let memo = known.get(engine);
  if (!memo) known.set(engine, (memo = new Map()));
  let answer = memo.get(origin.id);
  if (answer === undefined) memo.set(origin.id, (answer = origin.op >= 0 && asks(engine, origin.fn, origin.op)));
  return answer;
}

/** Along `(await fetch(url)).json()` back to the call that takes the subject. */
function asks(engine: Engine, fn: Fn, from: number): boolean {
  let r = from;
  for (let hops = 0; hops < MAX_HOPS && r >= 0; hops++) {
    switch (opcode(fn, r)) {
      case Op.Await:
      case Op.Cast: r = operand(fn, r, 1); break;
      case Op.GetVar: r = varField(fn.unit, operand(fn, r, 1), VarField.Owner) === fn.local ? varField(fn.unit, operand(fn, r, 1), VarField.Init) : -1; break;
      case Op.Call: {
        const callee = operand(fn, r, 1);
        const isMember = opcode(fn, callee) === Op.Load;
        const name = isMember ? text(fn.unit, operand(fn, callee, 2)) : opcode(fn, callee) === Op.Global ? text(fn.unit, operand(fn, callee, 1)) : opcode(fn, callee) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, callee, 1), VarField.Name)) : '';
        const [subject = -1] = callArguments(fn, r);
        if (FETCHES.test(name) && subject >= 0 && isGiven(fn, subject, 0)) return true;
        r = isMember ? operand(fn, callee, 1) : -1;
        break;
      }
      default: return false;
    }
  }
  return false;
}

/** Nothing but what callers pass: a parameter, a member of one, a text that begins with one. */
function isGiven(fn: Fn, r: number, depth: number): boolean {
  if (r < 0 || depth > MAX_HOPS) return false;
  switch (opcode(fn, r)) {
    case Op.GetVar: {
      const v = operand(fn, r, 1);
      if (varField(fn.unit, v, VarField.Owner) !== fn.local) return false;
      if (varField(fn.unit, v, VarField.Kind) === VarKind.Param) return true;
      return isGiven(fn, varField(fn.unit, v, VarField.Init), depth + 1);
    }
    case Op.Load:
    case Op.Cast:
    case Op.Rest: return isGiven(fn, operand(fn, r, 1), depth + 1);
    // `${base}${path}` says as little as `path`; any text of its own says where it goes.
    case Op.Template: return [...list(fn.unit, operand(fn, r, 2))].every((part) => isGiven(fn, part, depth + 1) || !isText(fn, part)) && [...list(fn.unit, operand(fn, r, 2))].some((part) => isGiven(fn, part, depth + 1));
    case Op.Concat: return [operand(fn, r, 1), operand(fn, r, 2)].some((part) => isGiven(fn, part, depth + 1)) && [operand(fn, r, 1), operand(fn, r, 2)].every((part) => isGiven(fn, part, depth + 1) || !isText(fn, part));
    case Op.Object: return [...list(fn.unit, operand(fn, r, 2))].some((part, i) => i % 3 === 2 && isGiven(fn, part, depth + 1));
    default: return false;
  }
}

const isText = (fn: Fn, r: number): boolean => opcode(fn, r) === Op.Const;
