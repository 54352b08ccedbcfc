// The path of a URL as code spells it: segments, with `*` where a value is put in.
import { ConstFlag, ConstKind, Op, VarField, VarFlag, VarKind } from '#model/facts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import type { Types } from './types.ts';

export const ANY = '*';

/** A path, and the parameter of the function around that it ends in, when the caller says the rest. */
export interface UrlPath {
  /** Text with `\0` for what is not constant. */
  readonly text: string;
  /** Index of the parameter, and the member of it, that stands where the text ends. */
  readonly given?: { readonly index: number; readonly member: string | undefined };
}

const MAX_DEPTH = 10;
const UNKNOWN_TEXT: UrlPath = { text: '\0' };

export function urlPath(types: Types, fn: Fn, r: number, depth = 0): UrlPath {
  if (depth > MAX_DEPTH || r < 0) return UNKNOWN_TEXT;
  const next = (x: number): UrlPath => urlPath(types, fn, x, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Const: return constant(fn, r);
    case Op.Cast: case Op.Await: return next(operand(fn, r, 1));
    case Op.Template: return joined([...list(fn.unit, operand(fn, r, 2))].map(next));
    case Op.Concat: return joined([next(operand(fn, r, 1)), next(operand(fn, r, 2))]);
    case Op.GetVar: return ofVariable(types, fn, operand(fn, r, 1), depth);
    case Op.Load: return ofMember(types, fn, r, depth);
    case Op.New: return argumentCount(fn, r) > 0 ? next(argument(fn, r, 0)) : UNKNOWN_TEXT;
    case Op.Call: return ofCall(types, fn, r, depth);
    case Op.Join: return inSight([...list(fn.unit, operand(fn, r, 2))].map(next));
    default: return UNKNOWN_TEXT;
  }
}

function constant(fn: Fn, r: number): UrlPath {
  if (operand(fn, r, 1) !== ConstKind.String) return UNKNOWN_TEXT;
  if (operand(fn, r, 3) & ConstFlag.Empty) return { text: '' };
  const s = operand(fn, r, 2);
  // What is not kept of a text may be a query, which ends the path.
  const query = operand(fn, r, 3) & ConstFlag.HasQuery ? '?' : '';
  return s >= 0 ? { text: text(fn.unit, s) + query } : query ? { text: query } : UNKNOWN_TEXT;
}

/** `production ? env.SERVER + 'api/' : 'http://localhost:8888/api/'`: one is as good as the other, and one may be in sight. */
const inSight = (paths: readonly UrlPath[]): UrlPath => paths.find((p) => !p.given && !p.text.includes('\0')) ?? UNKNOWN_TEXT;

const BARE_HOST = /^[a-z][a-z0-9+.-]*:\/\/[^/\0]+$/;

function joined(parts: readonly UrlPath[]): UrlPath {
  const last = parts[parts.length - 1];
  let whole = '';
  parts.forEach((p, i) => {
    // Of a base URL only the host is kept: where it ends in a path, what follows starts with no slash.
    if (BARE_HOST.test(whole) && /^[^/?#\0]/.test(p.text)) whole = '\0/';
    whole += p.given && i < parts.length - 1 ? `${p.text}\0` : p.text;
  });
  return last?.given ? { text: whole, given: last.given } : { text: whole };
}

function ofVariable(types: Types, fn: Fn, v: number, depth: number): UrlPath {
  const symbol = types.symbols.variable(fn.unit, v);
  if (symbol?.kind === 'register') return urlPath(types, types.program.fnOf(symbol.unit, 0), symbol.r, depth + 1);
  if (symbol?.kind !== 'variable') return UNKNOWN_TEXT;
  const { unit } = symbol;
  if (varField(unit, symbol.v, VarField.Kind) === VarKind.Param) return given(fn, v);
  const init = varField(unit, symbol.v, VarField.Init);
  if (init < 0 || varField(unit, symbol.v, VarField.Flags) & VarFlag.Reassigned) return UNKNOWN_TEXT;
  const owner = types.program.fnOf(unit, varField(unit, symbol.v, VarField.Owner));
  // `({ url, method }) => …`: a member of a parameter.
  const found = urlPath(types, owner, init, depth + 1);
  return found.given && owner !== fn ? { text: found.text } : found;
}

function given(fn: Fn, v: number): UrlPath {
  const index = fn.facts.params.findIndex((p) => p.v === v);
  return index < 0 ? UNKNOWN_TEXT : { text: '', given: { index, member: undefined } };
}

function ofMember(types: Types, fn: Fn, r: number, depth: number): UrlPath {
  const known = types.constantText(fn, r);
  if (known !== undefined) return { text: known };
  const key = text(fn.unit, operand(fn, r, 2));
  const receiver = operand(fn, r, 1);
  const object = types.ofRegister(fn, receiver);
  if (object.k === 'instance' || object.k === 'class') {
    const at = types.fieldInitialiser(object.cls, key, object.k === 'class');
    const own = at && urlPath(types, at.fn, at.r, depth + 1);
    return own ? { text: own.given ? '\0' : own.text } : UNKNOWN_TEXT;
  }
  const inner = opcode(fn, receiver) === Op.GetVar ? given(fn, operand(fn, receiver, 1)) : UNKNOWN_TEXT;
  return inner.given ? { text: '', given: { index: inner.given.index, member: key } } : UNKNOWN_TEXT;
}

/** `api.user(id)`, a function of the project that makes a path; `'/users/'.concat(id)`; `encodeURI(path)`. */
function ofCall(types: Types, fn: Fn, r: number, depth: number): UrlPath {
  const callee = operand(fn, r, 1);
  const { fns } = types.targets(fn, r);
  const [only] = fns;
  if (only && fns.length === 1) {
    for (let op = 0; op < only.count; op++) {
      if (opcode(only, op) !== Op.Return || operand(only, op, 1) < 0) continue;
      const made = urlPath(types, only, operand(only, op, 1), depth + 2);
      if (!made.given) return made;
      const passed = made.given.member === undefined && made.given.index < argumentCount(fn, r) ? urlPath(types, fn, argument(fn, r, made.given.index), depth + 2) : UNKNOWN_TEXT;
      return joined([{ text: made.text }, passed]);
    }
    return UNKNOWN_TEXT;
  }
  if (opcode(fn, callee) === Op.Load && /^(?:concat|toString|trim|href)$/.test(text(fn.unit, operand(fn, callee, 2)))) return { text: `${urlPath(types, fn, operand(fn, callee, 1), depth + 1).text}\0` };
  if (opcode(fn, callee) === Op.Global && /^encodeURI$/.test(text(fn.unit, operand(fn, callee, 1))) && argumentCount(fn, r) > 0) return urlPath(types, fn, argument(fn, r, 0), depth + 1);
  return UNKNOWN_TEXT;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)/;
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1\]?|[\w-]+(?::|$)|\0)/;

/** The segments of a path; undefined when it leads to a host elsewhere or is no path at all. */
export function segmentsOf(path: string): readonly string[] | undefined {
  let rest = path;
  const host = ABSOLUTE.exec(path);
  if (host) {
    if (!LOCAL.test(host[1] ?? '')) return undefined;
    rest = path.slice(host[0].length);
  }
  const query = rest.search(/[?#]/);
  if (query >= 0) rest = rest.slice(0, query);
  // A base that is not in sight stands before the first slash.
  const start = rest.startsWith('\0') ? rest.indexOf('/') : 0;
  if (start < 0) return undefined;
  const segments = rest.slice(start).split('/').filter((s) => s !== '' && s !== '.');
  return segments.length === 0 ? undefined : segments.map((s) => (s.includes('\0') ? ANY : s));
}
