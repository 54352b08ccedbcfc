// Requests whose URL a function is given: `const post = (url, data) => fetch(url, …)`. Where they go is known at the call that
// says so, so that what they carry is held back until then, together with the parameter that the URL starts with.
import { Op, VarField, VarKind } from '#model/facts';
import type { Application, Caller } from './apply.ts';
import { constantPrefix, isAbsolute, isPlaintext } from './destinations.ts';
import type { Engine } from './engine.ts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import type { GivenUrl, SinkUse } from './summary.ts';
import { load } from './value.ts';

const MAX_DEPTH = 8;

/** The parameter that a URL starts with; undefined when something else stands there. */
export function givenUrl(engine: Engine, fn: Fn, r: number, depth = 0): GivenUrl | undefined {
  if (depth > MAX_DEPTH || r < 0) return undefined;
  const next = (x: number): GivenUrl | undefined => givenUrl(engine, fn, x, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Template: return next(list(fn.unit, operand(fn, r, 2))[0] ?? -1);
    case Op.Concat: case Op.Cast: case Op.Await: return next(operand(fn, r, 1));
    case Op.Load: {
      const inner = next(operand(fn, r, 1));
      return inner && inner.path.length === 0 ? { ...inner, path: [text(fn.unit, operand(fn, r, 2))] } : undefined;
    }
    case Op.GetVar: return ofVariable(engine, fn, operand(fn, r, 1), depth);
    default: return undefined;
  }
}

function ofVariable(engine: Engine, fn: Fn, v: number, depth: number): GivenUrl | undefined {
  const owner = engine.program.fnOf(fn.unit, varField(fn.unit, v, VarField.Owner));
  const writes = engine.types.writesTo(owner, v);
  if (varField(fn.unit, v, VarField.Kind) !== VarKind.Param) {
    const init = varField(fn.unit, v, VarField.Init);
    return init < 0 ? undefined : givenUrl(engine, owner, init, depth + 1);
  }
  const index = owner.facts.params.findIndex((p) => p.v === v);
  // `url = url + '?' + query` leaves the start as it is, `url = BASE + url` does not.
  return index < 0 || writes.some((w) => !startsWith(owner, w, v)) ? undefined : { fn: owner, index, path: [] };
}

function startsWith(fn: Fn, r: number, v: number): boolean {
  let at = r;
  for (let hops = 0; hops < MAX_DEPTH && at >= 0; hops++) {
    switch (opcode(fn, at)) {
      case Op.Concat: at = operand(fn, at, 1); break;
      case Op.Template: at = list(fn.unit, operand(fn, at, 2))[0] ?? -1; break;
      // `url = ''` among the parameters stands for what is not given.
      case Op.Join: return [...list(fn.unit, operand(fn, at, 2))].some((x) => x >= 0 && opcode(fn, x) === Op.GetVar && operand(fn, x, 1) === v);
      default: return opcode(fn, at) === Op.GetVar && operand(fn, at, 1) === v;
    }
  }
  return false;
}

/** What a request that was held back is at a call: sent in the clear or to a vendor, held back further, or of no concern. */
export function sentAt(engine: Engine, caller: Caller, app: Application, use: SinkUse): readonly SinkUse[] {
  const { given, ...rest } = use;
  if (!given || given.fn !== app.callee.fn) return [use];
  const at = given.index - app.callee.bound.length;
  const value = app.args[at];
  if (value === undefined) return [];
  const written = writtenAt(engine, caller.fn, app, at, given.path);
  const passed = given.path.reduce((v, key) => load(v, key), value).text ?? (written && constantPrefix(engine, written.fn, written.r));
  if (passed !== undefined && isAbsolute(passed)) {
    const vendor = vendorAt(engine, passed);
    return [
      ...(isPlaintext(passed) ? [{ ...rest, destination: passed, transport: 'plaintext' as const }] : []),
      ...(vendor === undefined ? [] : [{ ...rest, channel: 'third-party' as const, destination: passed, vendor }]),
    ];
  }
  const further = written && written.fn === caller.fn ? givenUrl(engine, caller.fn, written.r) : undefined;
  return further ? [{ ...rest, given: further }] : [];
}

/** The register of an argument of a call that is written there, or of a member of an object literal. */
function writtenAt(engine: Engine, fn: Fn, app: Application, index: number, path: readonly string[]): { readonly fn: Fn; readonly r: number } | undefined {
  if (app.op < 0 || opcode(fn, app.op) !== Op.Call || !engine.types.targets(fn, app.op).fns.includes(app.callee.fn)) return undefined;
  const r = callArguments(fn, app.op)[index] ?? -1;
  if (r < 0) return undefined;
  const [key] = path;
  if (key === undefined) return { fn, r };
  const type = engine.types.ofRegister(fn, r);
  const member = type.k === 'literal' ? literalMember(type.fn, type.op, key) : undefined;
  return type.k === 'literal' && member !== undefined ? { fn: type.fn, r: member } : undefined;
}

function vendorAt(engine: Engine, destination: string): string | undefined {
  const host = destination.slice(destination.indexOf('://') + 3).replace(/[:/].*$/, '');
  return engine.catalog.vendors.find((v) => v.hosts.some((h) => host === h || host.endsWith(`.${h}`)))?.id;
}
