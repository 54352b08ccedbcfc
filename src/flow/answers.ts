// What a route answers, as a type: the arguments of `res.json(…)` and its kin, `ctx.body = …`, or what the handler returns.
import { ConstKind, Op, PropertyKind, VarField } from '#model/facts';
import { smallInteger } from './constant-texts.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import type { Route } from './file-routes.ts';
import type { StaticType } from './static-type.ts';
import { awaited, NO_ENV, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';
import type { Value } from './value.ts';
import { typedAs, withTaints } from './value.ts';

const SENDS = /^(?:json|send|jsonp|end)$/;
const SENDERS = /^(?:NextResponse|Response|HttpResponse)$/;
const ANSWER_NAMES = /^(?:res|resp|response|reply|ctx|context|c|h)$/;
const MAX_DEPTH = 4;

export function answerOf(types: Types, route: Route): StaticType {
  const sent = route.handlers.flatMap((fn) => sentIn(types, fn, answerParam(fn, route.style), 0));
  const returned = route.style === 'result' || sent.length === 0 ? route.handlers.map((fn) => awaited(types.returnsOf({ k: 'functions', fns: [fn], env: NO_ENV, tier: 'T0' }))) : [];
  return asAnswer(types, unionOf([...sent, ...returned.filter((t) => t.k !== 'external')]), 0);
}

/** The parameter by which a handler answers, by its variable, or -1. */
function answerParam(fn: Fn, style: Route['style']): number {
  const { params } = fn.facts;
  const named = params.find((p) => ANSWER_NAMES.test(p.n) || p.decorators?.some((d) => d.n === 'Res' || d.n === 'Response'));
  return (named ?? (style === 'router' ? params[1] : undefined))?.v ?? -1;
}

function sentIn(types: Types, fn: Fn, to: number, depth: number): readonly StaticType[] {
  if (depth > MAX_DEPTH) return [];
  const out: StaticType[] = [];
  for (let op = 0; op < fn.count && out.length < 12; op++) {
    switch (opcode(fn, op)) {
      case Op.Store:
        if (text(fn.unit, operand(fn, op, 2)) === 'body' && isAnswer(fn, operand(fn, op, 1), to)) out.push(types.ofRegister(fn, operand(fn, op, 3)));
        break;
      case Op.Call: {
        const callee = operand(fn, op, 1);
        out.push(...sentByHelper(types, fn, op, to, depth));
        if (argumentCount(fn, op) === 0 || opcode(fn, callee) !== Op.Load || !SENDS.test(text(fn.unit, operand(fn, callee, 2)))) break;
        const receiver = operand(fn, callee, 1);
        if ((isAnswer(fn, receiver, to) || isSender(fn, receiver)) && !isFailure(fn, receiver) && argument(fn, op, 0) >= 0) out.push(types.ofRegister(fn, argument(fn, op, 0)));
        break;
      }
      case Op.Closure: out.push(...sentIn(types, types.program.fnOf(fn.unit, operand(fn, op, 1)), to, depth + 1)); break;
      default: break;
    }
  }
  return out;
}

/** What a function sends that is handed the answer: `sendToken(user, res)`. */
function sentByHelper(types: Types, fn: Fn, op: number, to: number, depth: number): readonly StaticType[] {
  if (to < 0) return [];
  for (let i = 0; i < argumentCount(fn, op); i++) {
    const r = argument(fn, op, i);
    if (r < 0 || opcode(fn, r) !== Op.GetVar || operand(fn, r, 1) !== to) continue;
    const [helper, ...others] = types.targets(fn, op).fns;
    return helper && others.length === 0 ? sentIn(types, helper, helper.facts.params[i]?.v ?? -1, depth + 1) : [];
  }
  return [];
}

/** `res`, `res.status(200)`, `ctx.response`. */
function isAnswer(fn: Fn, r: number, to: number): boolean {
  for (let at = r, hops = 0; at >= 0 && hops < 8; hops++) {
    switch (opcode(fn, at)) {
      case Op.GetVar: return operand(fn, at, 1) === to;
      case Op.Load: case Op.Call: case Op.Cast: at = operand(fn, at, 1); break;
      default: return false;
    }
  }
  return false;
}

function isSender(fn: Fn, r: number): boolean {
  if (opcode(fn, r) === Op.Global) return SENDERS.test(text(fn.unit, operand(fn, r, 1)));
  return opcode(fn, r) === Op.GetVar && SENDERS.test(text(fn.unit, varField(fn.unit, operand(fn, r, 1), VarField.Name)));
}

/** `res.status(404).json(…)` is what the client gets when there is nothing to get. */
function isFailure(fn: Fn, r: number): boolean {
  for (let at = r, hops = 0; at >= 0 && hops < 8; hops++) {
    if (opcode(fn, at) === Op.Call) {
      const callee = operand(fn, at, 1);
      const [code = -1] = argumentCount(fn, at) > 0 ? [argument(fn, at, 0)] : [];
      if (opcode(fn, callee) === Op.Load && /^(?:status|code|sendStatus)$/.test(text(fn.unit, operand(fn, callee, 2))) && code >= 0 && (smallInteger(fn, code) ?? 0) >= 400) return true;
      at = callee;
    } else if (opcode(fn, at) === Op.Load) at = operand(fn, at, 1);
    else return false;
  }
  return false;
}

/** What a call of the project's own client yields is what the server answers, where nothing else is said of it. */
export function answeredAs(v: Value, type: StaticType): Value {
  const open = v.taints.some(({ typed }) => typed?.type.k === 'primitive' && typed.type.n === 'any');
  return typedAs(open ? withTaints(v, v.taints.map((t) => ({ ...t, typed: undefined }))) : v, type);
}

/** A type as it arrives: literals of the handler become records of what their members are. */
function asAnswer(types: Types, type: StaticType, depth: number): StaticType {
  if (depth > MAX_DEPTH) return UNKNOWN;
  const inner = (t: StaticType): StaticType => asAnswer(types, t, depth + 1);
  switch (type.k) {
    case 'promise': return inner(type.of);
    case 'list': return { k: 'list', of: inner(type.of) };
    case 'union': return unionOf(type.of.map(inner));
    case 'literal': return recordOf(types, type, inner);
    case 'functions': case 'class': case 'module': case 'signature': return UNKNOWN;
    default: return type;
  }
}

function recordOf(types: Types, { fn, op }: StaticType & { readonly k: 'literal' }, inner: (t: StaticType) => StaticType): StaticType {
  const items = list(fn.unit, operand(fn, op, 2));
  const fields = new Map<string, StaticType>();
  const bases: StaticType[] = [];
  for (let i = 0; i < items.length; i += 3) {
    const r = items[i + 2] ?? -1;
    if (items[i] === PropertyKind.Spread) bases.push(inner(awaited(types.ofRegister(fn, r))));
    else if (items[i] === PropertyKind.Plain) fields.set(text(fn.unit, items[i + 1] ?? -1), isText(fn, r) ? WORD : memberType(fn, r, inner(awaited(types.ofRegister(fn, r)))));
  }
  const known = bases.filter((b) => b.k !== 'unknown');
  const isOpen = known.length < bases.length || [...fields.values()].some((t) => t.k === 'unknown');
  const own: StaticType = { k: 'record', name: '', fields, ...(isOpen ? { open: true as const } : {}) };
  if (known.length === 0) return own;
  // What is written later hides a member of the same name.
  const left = known.map((of): StaticType => ({ k: 'without', of, keys: [...fields.keys()], keep: false }));
  return { k: 'object', name: '', unit: fn.unit, members: [], bases: [own, ...left], env: NO_ENV };
}

/** A variable that begins as `null`, or a value of a library, may hold anything; `email: undefined` leaves it out. */
function memberType(fn: Fn, r: number, type: StaticType): StaticType {
  if (type.k === 'external') return type.names.some((n) => n.root.startsWith('schema:')) ? type : UNKNOWN;
  return type.k === 'primitive' && (type.n === 'null' || type.n === 'undefined') && opcode(fn, r) !== Op.Const ? UNKNOWN : type;
}

/** A constant text is a word of the program, whatever its member is called. */
const WORD: StaticType = { k: 'primitive', n: '"word"' };
const isText = (fn: Fn, r: number): boolean => r >= 0 && opcode(fn, r) === Op.Const && operand(fn, r, 1) === ConstKind.String;
