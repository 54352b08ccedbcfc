// Where a request goes: scheme and host of its URL, folded from constants, templates, base URLs and defaults.
import { ConstKind, Op, VarField, VarKind } from '#model/facts';
import { externalNames } from './callee.ts';
import { fieldArguments } from './constructions.ts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import { literalMember } from './types.ts';

const MAX_DEPTH = 10;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//;

/** The constant start of a text, such as `http://api.bank.example`; undefined when nothing of it is constant. */
export function constantPrefix(engine: Engine, fn: Fn, r: number, depth = 0): string | undefined {
  if (depth > MAX_DEPTH || r < 0) return undefined;
  const next = (x: number): string | undefined => constantPrefix(engine, fn, x, depth + 1);
  switch (opcode(fn, r)) {
    case Op.Const: return operand(fn, r, 1) === ConstKind.String && operand(fn, r, 2) >= 0 ? text(fn.unit, operand(fn, r, 2)) : undefined;
    case Op.Template: return folded(engine, fn, [...list(fn.unit, operand(fn, r, 2))], depth);
    case Op.Concat: return folded(engine, fn, [operand(fn, r, 1), operand(fn, r, 2)], depth);
    case Op.Cast:
    case Op.Await: return next(operand(fn, r, 1));
    case Op.Join: return preferAbsolute([...list(fn.unit, operand(fn, r, 2))].map(next));
    case Op.GetVar: return ofVariable(engine, fn, operand(fn, r, 1), depth);
    case Op.Load: return ofMember(engine, fn, r, depth);
    case Op.New:
    case Op.Call: return ofCall(engine, fn, r, depth);
    default: return undefined;
  }
}

/** Constant parts up to the first that is not. */
function folded(engine: Engine, fn: Fn, parts: readonly number[], depth: number): string | undefined {
  let out: string | undefined;
  for (const part of parts) {
    const next = constantPrefix(engine, fn, part, depth + 1);
    if (next === undefined) break;
    out = (out ?? '') + next;
    if (ABSOLUTE.test(out) && /^[^/]*:\/\/[^/]+\//.test(out)) break;
  }
  return out;
}

const preferAbsolute = (texts: readonly (string | undefined)[]): string | undefined => texts.find((t) => t !== undefined && ABSOLUTE.test(t)) ?? texts.find((t) => t !== undefined);

function ofVariable(engine: Engine, fn: Fn, v: number, depth: number): string | undefined {
  const symbol = varField(fn.unit, v, VarField.Kind) === VarKind.Import ? engine.types.symbols.variable(fn.unit, v) : { kind: 'variable' as const, unit: fn.unit, v };
  if (symbol?.kind === 'register') return constantPrefix(engine, engine.program.fnOf(symbol.unit, 0), symbol.r, depth + 1);
  if (symbol?.kind !== 'variable') return undefined;
  const owner = engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner));
  const init = varField(symbol.unit, symbol.v, VarField.Init);
  if (init >= 0) return constantPrefix(engine, owner, init, depth + 1);
  return preferAbsolute(engine.types.writesTo(owner, symbol.v).slice(0, 4).map((r) => constantPrefix(engine, owner, r, depth + 1)));
}

function ofMember(engine: Engine, fn: Fn, r: number, depth: number): string | undefined {
  const key = text(fn.unit, operand(fn, r, 2));
  const known = engine.types.constantText(fn, r);
  if (known !== undefined) return known;
  const object = engine.types.ofRegister(fn, operand(fn, r, 1));
  if (object.k === 'literal') {
    const value = literalMember(object.fn, object.op, key);
    return value === undefined ? undefined : constantPrefix(engine, object.fn, value, depth + 1);
  }
  if (object.k === 'instance' || object.k === 'class') {
    const at = engine.types.fieldInitialiser(object.cls, key, object.k === 'class');
    const own = at && constantPrefix(engine, at.fn, at.r, depth + 1);
    if (own !== undefined) return own;
    const given = new Set(fieldArguments(engine, object.cls, key).map((x) => constantPrefix(engine, x.fn, x.r, depth + 1)));
    const [only] = given;
    return given.size === 1 ? only : undefined;
  }
  if (object.k === 'module') {
    const symbol = engine.types.symbols.exported(object.unit, key);
    if (symbol?.kind !== 'variable') return undefined;
    const init = varField(symbol.unit, symbol.v, VarField.Init);
    return init < 0 ? undefined : constantPrefix(engine, engine.program.fnOf(symbol.unit, 0), init, depth + 1);
  }
  if (key === 'href' || key === 'toString') return constantPrefix(engine, fn, operand(fn, r, 1), depth + 1);
  return undefined;
}

/** `new URL(path, base)`, `String(x)`, `a.concat(b)`, and project functions that return a text. */
function ofCall(engine: Engine, fn: Fn, r: number, depth: number): string | undefined {
  const args = callArguments(fn, r);
  const callee = operand(fn, r, 1);
  if (opcode(fn, r) === Op.New) return preferAbsolute([...args].reverse().map((x) => constantPrefix(engine, fn, x, depth + 1)));
  const { fns } = engine.types.targets(fn, r);
  const [only] = fns;
  if (only && fns.length === 1) {
    for (let op = 0; op < only.count; op++) {
      if (opcode(only, op) !== Op.Return) continue;
      const found = constantPrefix(engine, only, operand(only, op, 1), depth + 2);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (opcode(fn, callee) === Op.Load && /^(?:concat|toString|trim|replace|format)$/.test(text(fn.unit, operand(fn, callee, 2)))) return constantPrefix(engine, fn, operand(fn, callee, 1), depth + 1);
  return undefined;
}

const PLAINTEXT = /^(?:http|ws|ftp|ldap|redis|amqp|mqtt|smtp|tcp|mongodb|mysql|postgres|postgresql|grpc):\/\//;
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|[\w-]+$|[\w.-]*\.(?:local|localhost|test|example|invalid|internal)(?::|$)|(?:[\w-]+\.)?example\.(?:com|org|net))/;

/** A URL without encryption to a host that is not this machine or a reserved name. */
export function isPlaintext(url: string): boolean {
  if (!PLAINTEXT.test(url)) return false;
  const host = url.slice(url.indexOf('://') + 3);
  return host !== '' && !LOCAL.test(host) && !/^(?:www\.)?w3\.org|schemas?\.|^(?:www\.)?xmlns|json-schema\.org/.test(host);
}

/** Base URL of a client: the options its factory was called with. */
export function clientBase(engine: Engine, fn: Fn, client: number, members: readonly string[], depth = 0): string | undefined {
  if (members.length === 0 || depth > 6 || client < 0) return undefined;
  switch (opcode(fn, client)) {
    case Op.GetVar: {
      const v = operand(fn, client, 1);
      const symbol = varField(fn.unit, v, VarField.Kind) === VarKind.Import ? engine.types.symbols.variable(fn.unit, v) : { kind: 'variable' as const, unit: fn.unit, v };
      if (symbol?.kind === 'register') return clientBase(engine, engine.program.fnOf(symbol.unit, 0), symbol.r, members, depth + 1);
      if (symbol?.kind !== 'variable') return undefined;
      const init = varField(symbol.unit, symbol.v, VarField.Init);
      return init < 0 ? undefined : clientBase(engine, engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), init, members, depth + 1);
    }
    case Op.Load: {
      const object = engine.types.ofRegister(fn, operand(fn, client, 1));
      if (object.k !== 'instance') return undefined;
      const at = engine.types.fieldInitialiser(object.cls, text(fn.unit, operand(fn, client, 2)), false);
      return at ? clientBase(engine, at.fn, at.r, members, depth + 1) : undefined;
    }
    case Op.Call:
    case Op.New: {
      const direct = members.find((m) => /^arg\d$/.test(m));
      const given = direct === undefined ? undefined : callArguments(fn, client)[Number(direct.slice(3))];
      const own = given !== undefined && given >= 0 ? constantPrefix(engine, fn, given, depth + 1) : undefined;
      if (own !== undefined && ABSOLUTE.test(own)) return own;
      const [options] = callArguments(fn, client);
      if (options === undefined || options < 0) return undefined;
      const type = engine.types.ofRegister(fn, options);
      if (type.k !== 'literal') return undefined;
      for (const m of members) {
        const value = literalMember(type.fn, type.op, m);
        if (value === undefined) continue;
        const found = constantPrefix(engine, type.fn, value, depth + 1);
        // `https.request({ hostname })`: the module says the scheme.
        return found !== undefined && !ABSOLUTE.test(found) && (m === 'hostname' || m === 'host') ? `${schemeOf(engine, fn, client)}://${found}` : found;
      }
      return undefined;
    }
    default: return undefined;
  }
}

const schemeOf = (engine: Engine, fn: Fn, call: number): string =>
  externalNames(engine.types.ofRegister(fn, operand(fn, call, 1))).some((n) => /^npm:(?:https|tls)$/.test(n.root) || n.members[0] === 'https') ? 'https' : 'http';

export const isAbsolute = (url: string): boolean => ABSOLUTE.test(url);
