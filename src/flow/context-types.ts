// Types from outside in: what the place where a literal or closure stands expects of it, hence the types of the parameters
// of callbacks.
import { Op, VarField } from '#model/facts';
import { bindCall } from './generics.ts';
import { keyOfValue } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { alternatives, awaited, elementOf, UNKNOWN, unionOf } from './static-type.ts';
import { operatorInput } from './streams.ts';
import type { Types } from './types.ts';
import { validated } from './validator-types.ts';

const MAX_DEPTH = 8;

/** The type of a parameter of a closure that says nothing itself. */
export function contextualParam(types: Types, fn: Fn, index: number): StaticType {
  const parent = types.program.parent(fn);
  if (!parent || index < 0) return UNKNOWN;
  const r = types.uses.closure(parent, fn.local);
  if (r < 0) return UNKNOWN;
  const expected = parameterOf(types, expectedType(types, parent, r), index);
  return expected.k === 'unknown' ? libraryParam(types, parent, r, index) : expected;
}

/** What is expected of a register by the operation that uses it. */
function expectedType(types: Types, fn: Fn, r: number, depth = 0): StaticType {
  const use = depth > MAX_DEPTH ? -1 : types.uses.of(fn, r);
  if (use < 0) return UNKNOWN;
  switch (opcode(fn, use)) {
    case Op.Call:
    case Op.New: return expectedArgument(types, fn, use, callArguments(fn, use).indexOf(r));
    case Op.Object: {
      const key = keyOfValue(fn, use, r);
      return key === undefined ? UNKNOWN : types.member(expectedType(types, fn, use, depth + 1), key);
    }
    case Op.Array: return elementOf(expectedType(types, fn, use, depth + 1));
    case Op.Join: return expectedType(types, fn, use, depth + 1);
    case Op.SetVar: return written(types, fn, varField(fn.unit, operand(fn, use, 1), VarField.Type));
    case Op.Cast: return written(types, fn, operand(fn, use, 2));
    case Op.Store: return storedType(types, fn, use);
    case Op.Return: return expectedReturn(types, fn, depth);
    case Op.Jsx: {
      const component = operand(fn, use, 1);
      return component < 0 ? UNKNOWN : parameterOf(types, types.ofRegister(fn, component), 0);
    }
    default: return UNKNOWN;
  }
}

function written(types: Types, fn: Fn, t: number): StaticType {
  const type = fn.unit.facts.types[t];
  return type ? types.resolve(fn.unit, type, types.envOf(fn)) : UNKNOWN;
}

function storedType(types: Types, fn: Fn, store: number): StaticType {
  const object = types.ofRegister(fn, operand(fn, store, 1));
  const facts = types.memberFacts(object, text(fn.unit, operand(fn, store, 2)));
  const unit = object.k === 'instance' ? object.cls.unit : object.k === 'object' ? object.unit : undefined;
  return facts?.type && unit ? types.resolve(unit, facts.type, types.envOf(fn)) : UNKNOWN;
}

function expectedReturn(types: Types, fn: Fn, depth: number): StaticType {
  const { ret } = fn.facts;
  if (ret) {
    const type = types.resolve(fn.unit, ret, types.envOf(fn));
    return fn.facts.async ? awaited(type) : type;
  }
  const parent = types.program.parent(fn);
  const r = parent ? types.uses.closure(parent, fn.local) : -1;
  if (!parent || r < 0) return UNKNOWN;
  const results = alternatives(expectedType(types, parent, r, depth + 1)).map((t) => {
    if (t.k === 'signature') return t.type.ret ? types.resolve(t.unit, t.type.ret, t.env) : UNKNOWN;
    if (t.k === 'functions' && t.declared?.type.k === 'function' && t.declared.type.ret) return types.resolve(t.declared.unit, t.declared.type.ret, t.declared.env);
    return UNKNOWN;
  });
  const type = unionOf(results);
  return fn.facts.async ? awaited(type) : type;
}

function expectedArgument(types: Types, fn: Fn, call: number, position: number): StaticType {
  const site = { fn, op: call, except: position };
  return unionOf(alternatives(types.ofRegister(fn, operand(fn, call, 1))).map((callee) => {
    if (callee.k === 'signature' || (callee.k === 'functions' && callee.declared?.type.k === 'function' && callee.declared.type.params.length > 0)) {
      const { unit, type, env } = callee.k === 'signature' ? callee : (callee.declared ?? { unit: fn.unit, type: undefined, env: callee.env });
      if (type?.k !== 'function') return UNKNOWN;
      const param = type.params[position]?.t;
      return param ? types.resolve(unit, param, bindCall(types, type.tp, type.params.map((p) => p.t), env, site)) : UNKNOWN;
    }
    const fns = callee.k === 'functions' ? callee.fns : callee.k === 'class' ? [types.constructorOf(callee.cls)] : [];
    const env = callee.k === 'functions' ? callee.env : new Map<string, StaticType>();
    return unionOf(fns.slice(0, 4).map((f) => (f ? parameterType(types, f, position, env, site) : UNKNOWN)));
  }));
}

function parameterType(types: Types, f: Fn, position: number, env: ReadonlyMap<string, StaticType>, site: { readonly fn: Fn; readonly op: number; readonly except: number }): StaticType {
  const { params } = f.facts;
  const param = params[position] ?? (params[params.length - 1]?.rest ? params[params.length - 1] : undefined);
  if (!param?.type) return UNKNOWN;
  const bound = bindCall(types, f.facts.typeParams, params.map((p) => p.type), env, site);
  const type = types.resolve(f.unit, param.type, bound.size > 0 ? bound : types.envOf(f));
  return param.rest ? elementOf(type) : type;
}

/** A parameter of a function type; React components have one, their properties. */
function parameterOf(types: Types, type: StaticType, index: number): StaticType {
  return unionOf(alternatives(type).map((t) => {
    if (t.k === 'signature') return param(types, t, index);
    if (t.k === 'functions') {
      if (t.declared) return param(types, t.declared, index);
      return unionOf(t.fns.slice(0, 2).map((f) => {
        const p = f.facts.params[index];
        return p?.type ? types.resolve(f.unit, p.type, types.envOf(f)) : UNKNOWN;
      }));
    }
    if (t.k === 'external' && index === 0 && t.names.some((n) => COMPONENTS.has(n.root))) return t.args[0] ?? UNKNOWN;
    return UNKNOWN;
  }));
}

const COMPONENTS = new Set(['type:FC', 'type:FunctionComponent', 'type:React.FC', 'type:VFC', 'type:NextPage', 'type:SFC']);

function param(types: Types, { unit, type, env }: NonNullable<Extract<StaticType, { readonly k: 'functions' }>['declared']>, index: number): StaticType {
  const written = type.k === 'function' ? type.params[index]?.t : undefined;
  return written ? types.resolve(unit, written, env) : UNKNOWN;
}

const ELEMENT_FIRST = new Set(['map', 'filter', 'forEach', 'find', 'findLast', 'findIndex', 'some', 'every', 'flatMap', 'sort', 'toSorted', 'findLastIndex']);

/** Parameters of callbacks of built-in methods, streams and state setters. */
function libraryParam(types: Types, fn: Fn, r: number, index: number): StaticType {
  let use = types.uses.of(fn, r);
  let argument = r;
  let key: string | undefined;
  if (use >= 0 && opcode(fn, use) === Op.Object) {
    key = keyOfValue(fn, use, r);
    argument = use;
    use = key === undefined ? -1 : types.uses.of(fn, use);
  }
  if (use < 0 || opcode(fn, use) !== Op.Call) return UNKNOWN;
  const streamed = operatorInput(types, fn, use, index, key);
  if (streamed.k !== 'unknown') return streamed;
  const position = callArguments(fn, use).indexOf(argument);
  const callee = operand(fn, use, 1);
  if (position !== 0) return UNKNOWN;
  if (key === undefined) {
    const type = types.ofRegister(fn, callee);
    if (type.k === 'external' && index === 0 && (type.names[0]?.root === 'builtin:setter' || (type.names[0]?.root === 'builtin:signal' && type.names[0].members[0] === 'update'))) return type.args[0] ?? UNKNOWN;
  }
  if (opcode(fn, callee) !== Op.Load) return UNKNOWN;
  const asked = key === undefined && index === 0 ? procedureParam(types, fn, callee) : undefined;
  if (asked) return asked;
  const method = text(fn.unit, operand(fn, callee, 2));
  const receiver = types.ofRegister(fn, operand(fn, callee, 1));
  if (key !== undefined) return key === 'next' && method === 'subscribe' && receiver.k === 'promise' && index === 0 ? awaited(receiver) : UNKNOWN;
  return unionOf(alternatives(receiver).map((t) => methodParam(t, method, index)));
}

function methodParam(receiver: StaticType, method: string, index: number): StaticType {
  switch (receiver.k) {
    case 'list':
    case 'tuple':
    case 'map':
      return (ELEMENT_FIRST.has(method) ? index === 0 || (index === 1 && (method === 'sort' || method === 'toSorted')) : method === 'reduce' && index === 1) ? elementOf(receiver) : UNKNOWN;
    case 'promise': return index === 0 && (method === 'then' || method === 'subscribe' || method === 'forEach') ? awaited(receiver) : UNKNOWN;
    case 'module': return index === 0 && method === 'then' ? receiver : UNKNOWN;
    default: return UNKNOWN;
  }
}

/** What the callback of a procedure calls its checked input: tRPC, server actions. */
const INPUT_MEMBERS: Readonly<Record<string, string>> = { query: 'input', mutation: 'input', subscription: 'input', action: 'parsedInput' };
const TAKES_INPUT = /^(?:input|inputSchema|schema)$/;

/** `procedure.input(TransferSchema).mutation(({ input }) => …)`: the input is what the schema lets through. */
function procedureParam(types: Types, fn: Fn, callee: number): StaticType | undefined {
  const member = INPUT_MEMBERS[text(fn.unit, operand(fn, callee, 2))];
  if (member === undefined) return undefined;
  let call = operand(fn, callee, 1);
  for (let hops = 0; hops < MAX_DEPTH && opcode(fn, call) === Op.Call; hops++) {
    const inner = operand(fn, call, 1);
    if (opcode(fn, inner) !== Op.Load) return undefined;
    const [first = -1] = callArguments(fn, call);
    const of = TAKES_INPUT.test(text(fn.unit, operand(fn, inner, 2))) ? validated(types, { fn, r: first }) : undefined;
    if (of) return { k: 'record', name: '', fields: new Map([[member, of]]) };
    call = operand(fn, inner, 1);
  }
  return undefined;
}
