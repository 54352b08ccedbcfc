// What calls and constructions yield: declared return types, else what the function returns, else what is known of libraries.
import type { TypeExpr } from '#model/facts';
import { Op } from '#model/facts';
import { builtinType } from './builtin-types.ts';
import { bindCall, bindEnv, type CallSite, writtenArguments } from './generics.ts';
import { containsAsked, Contracts } from './contracts.ts';
import { withKeys } from './keyed-results.ts';
import { libraryResult } from './library-results.ts';
import type { Fn } from './program.ts';
import { describedArguments, describedInstance, queryRows } from './query-rows.ts';
import { callArguments, opcode, operand } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { alternatives, awaited, elementOf, NO_ENV, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

type Functions = StaticType & { readonly k: 'functions' };
type External = StaticType & { readonly k: 'external' };

export class CallResults {
  private readonly types: Types;
  private readonly returns = new Map<number, StaticType | null>();
  private readonly fluent = new Map<number, boolean>();

  readonly contracts: Contracts;

  constructor(types: Types) {
    this.types = types;
    this.contracts = new Contracts(types, (fn) => this.inferred(fn));
  }

  of(fn: Fn, op: number): StaticType {
    const callee = this.types.ofRegister(fn, operand(fn, op, 1));
    const result = unionOf(alternatives(callee).map((c) => this.resultOf(c, { fn, op })));
    const isKnown = result.k !== 'unknown' && result.k !== 'external';
    if (isKnown && !isOpen(result)) return result;
    return (isKnown ? undefined : queryRows(this.types, callee, fn, op)) ?? this.contracts.resultOf(callee, { fn, op }) ?? result;
  }

  private resultOf(callee: StaticType, at: CallSite): StaticType {
    switch (callee.k) {
      case 'functions': return this.fluentResult(callee, at) ?? this.returnsOf(callee, at);
      case 'signature': return callee.type.ret ? this.types.resolve(callee.unit, callee.type.ret, bindCall(this.types, callee.type.tp, callee.type.params.map((p) => p.t), callee.env, at)) : UNKNOWN;
      case 'object': {
        const called = this.types.member(callee, '()');
        return called.k === 'functions' ? this.returnsOf(called, at) : UNKNOWN;
      }
      case 'external': return this.libraryResult(callee, at);
      default: return UNKNOWN;
    }
  }

  /** `return this` and `return new this()` yield what the method was called on, which may be a class below. */
  private fluentResult(callee: Functions, { fn, op }: CallSite): StaticType | undefined {
    const load = operand(fn, op, 1);
    if (opcode(fn, load) !== Op.Load || callee.fns.length === 0 || !callee.fns.every((f) => this.isFluent(f))) return undefined;
    const receiver = this.types.ofRegister(fn, operand(fn, load, 1));
    if (receiver.k === 'class') return { k: 'instance', cls: receiver.cls, env: NO_ENV };
    const own = alternatives(receiver).filter((t) => t.k === 'instance' || t.k === 'object');
    return own.length === 0 ? undefined : unionOf(own);
  }

  private isFluent(fn: Fn): boolean {
    const known = this.fluent.get(fn.id);
    if (known !== undefined) return known;
    const { ret } = fn.facts;
    const isOpen = !ret || (ret.k === 'primitive' && ret.n === 'any');
    const fluent = isThis(ret) || (isOpen && fn.facts.kind === 'method' && !fn.facts.async && returnsOnlyThis(fn));
    this.fluent.set(fn.id, fluent);
    return fluent;
  }

  /** Declared return type, else the union of what is returned. */
  returnsOf(f: Functions, at?: CallSite): StaticType {
    const declared = f.declared?.type.k === 'function' && f.declared.type.ret ? f.declared : undefined;
    const known = declared?.type.k === 'function' && declared.type.ret ? this.types.resolve(declared.unit, declared.type.ret, at ? bindCall(this.types, declared.type.tp, declared.type.params.map((p) => p.t), declared.env, at) : declared.env) : UNKNOWN;
    if (known.k !== 'unknown') return known;
    return unionOf(f.fns.slice(0, 4).map((fn) => this.returnOf(fn, f.env, at)));
  }

  private returnOf(fn: Fn, env: TypeEnv, at: CallSite | undefined): StaticType {
    const declared = fn.facts.ret ?? fn.facts.overloads?.[0]?.ret;
    if (declared && !(declared.k === 'primitive' && (declared.n === 'any' || declared.n === 'this'))) {
      const params = fn.facts.params.map((p) => p.type);
      const bound = at ? withKeys(this.types, declared, params, bindCall(this.types, fn.facts.typeParams, params, env, at), at) : env;
      const type = this.types.resolve(fn.unit, declared, bound.size > 0 ? bound : this.types.envOf(fn));
      if (type.k === 'object' || type.k === 'map') return this.valued(type, fn);
      if (type.k !== 'unknown') return type;
    }
    return this.inferred(fn);
  }

  /** A declared object type whose only value is a literal that the function makes. */
  private valued(type: StaticType, fn: Fn): StaticType {
    let only = -1;
    for (let op = 0; op < fn.count; op++) {
      if (opcode(fn, op) !== Op.Return || operand(fn, op, 1) < 0) continue;
      if (only >= 0) return type;
      only = operand(fn, op, 1);
    }
    return only >= 0 ? this.types.holding(type, fn, only) : type;
  }

  private inferred(fn: Fn): StaticType {
    const known = this.returns.get(fn.id);
    if (known !== undefined) return known ?? UNKNOWN;
    this.returns.set(fn.id, null);
    const found: StaticType[] = [];
    // What a generator delegates to has the type of a list, which says no more than that this one yields as well.
    const given = fn.facts.generator ? Op.Yield : Op.Return;
    for (let op = 0; op < fn.count && found.length < 8; op++) {
      if (opcode(fn, op) === given && operand(fn, op, 1) >= 0 && (given === Op.Return || operand(fn, op, 3) === 0)) found.push(this.types.ofRegister(fn, operand(fn, op, 1)));
    }
    const type = unionOf(found);
    const result: StaticType = fn.facts.generator ? { k: 'list', of: type } : fn.facts.async && type.k !== 'promise' && type.k !== 'unknown' ? { k: 'promise', of: type } : type;
    this.returns.set(fn.id, result);
    return result;
  }

  private libraryResult(callee: External, { fn, op }: CallSite): StaticType {
    const args = writtenArguments(this.types, fn, op);
    const known = libraryResult(this.types, callee, fn, op, args);
    if (known) return known;
    return { k: 'external', names: callee.names.map((n) => ({ root: n.root, members: [...n.members, '()'] })), args: args.length > 0 ? args : callee.args };
  }

  constructed(fn: Fn, op: number): StaticType {
    const callee = this.types.ofRegister(fn, operand(fn, op, 1));
    if (callee.k === 'union') return unionOf(callee.of.flatMap((c) => (c.k === 'class' ? [this.instance(c, fn, op)] : [])));
    if (callee.k === 'class') return this.instance(callee, fn, op);
    if (callee.k !== 'external') return describedInstance(this.types, fn, op);
    const args = writtenArguments(this.types, fn, op);
    const [name] = callee.names;
    const isGlobal = name?.root.startsWith('global:') ?? false;
    const simple = name && name.members.length === 0 && isGlobal ? name.root.slice(7) : name?.members[name.members.length - 1];
    // A proxy stands for what it is wrapped around.
    if (isGlobal && simple === 'Proxy') return this.firstArgument(fn, op);
    if (simple && (isGlobal || name?.root === 'npm:rxjs' || name?.root === 'npm:@angular/core')) {
      const builtin = builtinType(simple, args.length > 0 ? args : this.inferredArguments(simple, fn, op));
      if (builtin) return builtin;
    }
    const names = [...callee.names.map((n) => ({ root: n.root, members: [...n.members, 'new'] })), ...(simple ? [{ root: `type:${simple}`, members: [] }] : [])];
    return { k: 'external', names, args: args.length > 0 ? args : describedArguments(this.types, simple ?? '', fn, op) };
  }

  private instance(callee: StaticType & { readonly k: 'class' }, fn: Fn, op: number): StaticType {
    const { cls } = callee;
    const names = cls.facts.typeParams;
    if (!names) return { k: 'instance', cls, env: NO_ENV };
    const written = writtenArguments(this.types, fn, op);
    if (written.length > 0) return { k: 'instance', cls, env: bindEnv(names, () => written) };
    const ctor = this.types.constructorOf(cls);
    return { k: 'instance', cls, env: ctor ? bindCall(this.types, names, ctor.facts.params.map((p) => p.type), NO_ENV, { fn, op }) : NO_ENV };
  }

  /** `new Set(items)`, `new BehaviorSubject(value)`. */
  private inferredArguments(name: string, fn: Fn, op: number): readonly StaticType[] {
    if (name === 'Set') return [elementOf(this.firstArgument(fn, op))];
    return name === 'BehaviorSubject' ? [this.firstArgument(fn, op)] : [];
  }

  private firstArgument(fn: Fn, op: number): StaticType {
    const [r = -1] = callArguments(fn, op);
    return r < 0 ? UNKNOWN : this.types.ofRegister(fn, r);
  }
}

/** `Promise<any>`, or the answer to whatever the callers of a function ask for. */
function isOpen(type: StaticType): boolean {
  const of = awaited(type);
  return of.k === 'unknown' || (of.k === 'primitive' && of.n === 'any') || ((of.k === 'external' || of.k === 'union' || of.k === 'record') && containsAsked(of));
}

const isThis = (type: TypeExpr | undefined): boolean => type?.k === 'primitive' && type.n === 'this';

function returnsOnlyThis(fn: Fn): boolean {
  let found = false;
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.Return) continue;
    const r = operand(fn, op, 1);
    if (r < 0) continue;
    const isThis = fn.facts.static ? opcode(fn, r) === Op.New && opcode(fn, operand(fn, r, 1)) === Op.This : opcode(fn, r) === Op.This;
    if (!isThis) return false;
    found = true;
  }
  return found;
}
