// Type parameters: what type arguments as written, or the arguments of a call, bind them to.
import type { TypeExpr } from '#model/facts';
import type { Fn } from './program.ts';
import { callArguments, callTypeArguments } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { alternatives, awaited, elementOf, NO_ENV, UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';

export function bindEnv(params: readonly string[] | undefined, args: () => readonly StaticType[]): TypeEnv {
  if (!params || params.length === 0) return NO_ENV;
  const given = args();
  return new Map(params.map((n, i) => [n, given[i] ?? UNKNOWN]));
}

/** Type arguments as written at a call. */
export function writtenArguments(types: Types, at: Fn, call: number): readonly StaticType[] {
  const written = at.unit.facts.types[callTypeArguments(at, call)];
  return written?.k === 'tuple' ? written.of.map((t) => types.resolve(at.unit, t, types.envOf(at))) : [];
}

export interface CallSite {
  readonly fn: Fn;
  readonly op: number;
  /** An argument that takes no part: the callback whose own parameters are wanted. */
  readonly except?: number;
}

/** Type arguments as written, else from the arguments of the call. */
export function bindCall(types: Types, names: readonly string[] | undefined, params: readonly (TypeExpr | undefined)[], env: TypeEnv, at: CallSite): TypeEnv {
  if (!names || names.length === 0) return env;
  const given = writtenArguments(types, at.fn, at.op);
  const args = callArguments(at.fn, at.op);
  const bound = new Map<string, StaticType>(env);
  names.forEach((name, i) => {
    const type = given[i] ?? inferred(types, name, params, args, at);
    bound.set(name, type ?? UNKNOWN);
  });
  return bound;
}

function inferred(types: Types, name: string, params: readonly (TypeExpr | undefined)[], args: Int32Array, at: CallSite): StaticType | undefined {
  for (let i = 0; i < params.length; i++) {
    const param = params[i];
    const arg = args[i];
    if (param === undefined || arg === undefined || arg < 0 || i === at.except || !mentions(param, name)) continue;
    const type = unify(types, param, name, types.ofRegister(at.fn, arg));
    if (type && type.k !== 'unknown') return type;
  }
  return undefined;
}

function mentions(type: TypeExpr | undefined, name: string): boolean {
  if (!type) return false;
  switch (type.k) {
    case 'ref': return type.n === name || (type.args ?? []).some((a) => mentions(a, name));
    case 'array': return mentions(type.of, name);
    case 'union': return type.of.some((t) => mentions(t, name));
    case 'function': return mentions(type.ret, name);
    case 'object': return type.members.some((m) => mentions(m.type, name));
    default: return false;
  }
}

const CONSTRUCTORS = new Set(['Type', 'Class', 'ClassType', 'Constructor', 'ClassConstructor', 'Newable', 'ProviderToken', 'ObjectType', 'EntityTarget']);

function unify(types: Types, param: TypeExpr, name: string, arg: StaticType): StaticType | undefined {
  switch (param.k) {
    case 'ref': {
      if (param.n === name) return arg;
      const inner = param.args?.find((a) => mentions(a, name));
      if (!inner) return undefined;
      if (param.n === 'Promise' || param.n === 'PromiseLike' || param.n === 'Observable') return unify(types, inner, name, awaited(arg));
      if (arg.k === 'list' || arg.k === 'map') return unify(types, inner, name, arg.of);
      return arg.k === 'class' && CONSTRUCTORS.has(param.n) ? unify(types, inner, name, { k: 'instance', cls: arg.cls, env: NO_ENV }) : undefined;
    }
    case 'array': return unify(types, param.of, name, elementOf(arg));
    case 'union': {
      const part = param.of.find((t) => mentions(t, name));
      return part ? unify(types, part, name, arg) : undefined;
    }
    case 'function': {
      const f = alternatives(arg).find((t) => t.k === 'functions');
      return f?.k === 'functions' && param.ret ? unify(types, param.ret, name, types.returnsOf(f)) : undefined;
    }
    case 'object': {
      const member = param.members.find((m) => mentions(m.type, name));
      return member?.type ? unify(types, member.type, name, types.member(arg, member.n)) : undefined;
    }
    default: return undefined;
  }
}
