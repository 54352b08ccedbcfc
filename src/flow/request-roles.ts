// Which variables are the request, the response or the context of a server: by their declared type, by what they were made of,
// by their place in a function that is registered or handed `next`; a name is one witness among these.
import type { DecoratorFacts } from '#model/facts';
import { Op, VarField, VarFlag, VarKind } from '#model/facts';
import { writtenChain } from './callee.ts';
import type { Fn, Program, Unit } from './program.ts';
import { argumentCount, opcode, operand, text, varField, varName } from './program.ts';
import { alternatives, type StaticType } from './static-type.ts';
import type { Types } from './types.ts';

export type Role = 'request' | 'response' | 'context';

const BY_NAME: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['req', 'request'], ['request', 'request'], ['_req', 'request'],
  ['res', 'response'], ['response', 'response'], ['_res', 'response'], ['reply', 'response'],
  ['ctx', 'context'], ['context', 'context'],
]);
const BY_TYPE: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['Request', 'request'], ['NextApiRequest', 'request'], ['FastifyRequest', 'request'], ['IncomingMessage', 'request'],
  ['Response', 'response'], ['NextApiResponse', 'response'], ['FastifyReply', 'response'], ['ServerResponse', 'response'],
  ['ParameterizedContext', 'context'], ['RouterContext', 'context'],
]);
const CONTEXT_PACKAGES = /^npm:(?:@?koa|hono|egg)\b/;
const DECORATORS: ReadonlyMap<string, Role> = new Map<string, Role>([['Req', 'request'], ['Request', 'request'], ['Res', 'response'], ['Response', 'response']]);
const GETTERS: ReadonlyMap<string, Role> = new Map<string, Role>([['getRequest', 'request'], ['getResponse', 'response']]);
/** What only a request, a response or a context has. */
const REQUEST_MEMBERS = new Set(['headers', 'body', 'query', 'params', 'cookies', 'header', 'originalUrl', 'session']);
const RESPONSE_MEMBERS = new Set(['locals', 'status', 'json', 'send', 'sendStatus', 'setHeader', 'redirect', 'cookie', 'end']);
const CONTEXT_MEMBERS = new Set(['state', 'request', 'response', 'status', 'cookies', 'throw', 'body']);
const REGISTERS = new Set(['use', 'all', 'get', 'post', 'put', 'patch', 'delete', 'options', 'head']);
const MAX_HOPS = 4;

export const roleOfName = (name: string): Role | undefined => BY_NAME.get(name);

export class RequestRoles {
  private readonly program: Program;
  private readonly types: Types;
  private readonly known: Map<number, Role | undefined>[] = [];
  private readonly places: (readonly (Role | undefined)[] | undefined)[] = [];

  constructor(program: Program, types: Types) {
    this.program = program;
    this.types = types;
  }

  /** The role of a variable, if it has one. */
  of(unit: Unit, v: number): Role | undefined {
    const named = BY_NAME.get(varName(unit, v));
    if (named) return named;
    const known = (this.known[unit.index] ??= new Map());
    if (!known.has(v)) {
      known.set(v, undefined);
      known.set(v, this.find(unit, v));
    }
    return known.get(v);
  }

  ofParameter(fn: Fn, index: number): Role | undefined {
    const v = fn.facts.params[index]?.v;
    return v === undefined ? undefined : this.of(fn.unit, v);
  }

  private find(unit: Unit, v: number): Role | undefined {
    if (varField(unit, v, VarField.Type) >= 0) {
      const declared = roleOfType(this.types.ofVariable(unit, v), 0);
      if (declared) return declared;
    }
    const owner = this.program.fnOf(unit, varField(unit, v, VarField.Owner));
    if (varField(unit, v, VarField.Kind) === VarKind.Param) {
      const index = owner.facts.params.findIndex((p) => p.v === v);
      return decoratedRole(owner.facts.params[index]?.decorators) ?? this.placesIn(owner)[index];
    }
    const init = varField(unit, v, VarField.Init);
    return init < 0 || varField(unit, v, VarField.Flags) & VarFlag.Reassigned ? undefined : this.made(owner, init, 0);
  }

  /** What a constant was made of: another one, a member of a context, what a guard asks for. */
  private made(fn: Fn, r: number, hops: number): Role | undefined {
    if (hops > MAX_HOPS) return undefined;
    switch (opcode(fn, r)) {
      case Op.Cast: case Op.Await: return this.made(fn, operand(fn, r, 1), hops + 1);
      case Op.GetVar: return this.of(fn.unit, operand(fn, r, 1));
      case Op.Load: return this.made(fn, operand(fn, r, 1), hops + 1) === 'context' ? BY_NAME.get(text(fn.unit, operand(fn, r, 2))) : undefined;
      case Op.Call: return GETTERS.get(writtenChain(fn, operand(fn, r, 1)).at(-1) ?? '');
      default: return undefined;
    }
  }

  private placesIn(fn: Fn): readonly (Role | undefined)[] {
    return (this.places[fn.id] ??= this.findPlaces(fn));
  }

  /** `(request, response, next)`, `(error, request, response, next)`, `(context, next)`. */
  private findPlaces(fn: Fn): readonly (Role | undefined)[] {
    const count = fn.facts.params.length;
    if (count < 2 || count > 4) return NOWHERE;
    const use = usesIn(this.program, fn);
    const last = count - 1;
    if (use.called.has(last)) {
      if (count === 2) return has(use.members[0], CONTEXT_MEMBERS) ? CONTEXT : NOWHERE;
      const first = count - 3;
      if (!has(use.members[first], REQUEST_MEMBERS) && !has(use.members[first + 1], RESPONSE_MEMBERS)) return NOWHERE;
      return first === 0 ? HANDLER : [undefined, ...HANDLER];
    }
    return (count === 2 || count === 3) && this.isRegistered(fn) && has(use.members[1], RESPONSE_MEMBERS) ? HANDLER : NOWHERE;
  }

  /** `router.get('/path', (a, b) => …)`. */
  private isRegistered(fn: Fn): boolean {
    const parent = this.program.parent(fn);
    const r = parent ? this.types.uses.closure(parent, fn.local) : -1;
    const call = parent && r >= 0 ? this.types.uses.of(parent, r) : -1;
    if (!parent || call < 0 || opcode(parent, call) !== Op.Call) return false;
    const callee = operand(parent, call, 1);
    return opcode(parent, callee) === Op.Load && REGISTERS.has(text(parent.unit, operand(parent, callee, 2)));
  }
}

/** `@Req() { user }`: a pattern has no name of its own. */
function decoratedRole(decorators: readonly DecoratorFacts[] | undefined): Role | undefined {
  for (const { n } of decorators ?? []) {
    const role = DECORATORS.get(n);
    if (role) return role;
  }
  return undefined;
}

function roleOfType(type: StaticType, hops: number): Role | undefined {
  for (const t of alternatives(type)) {
    if (t.k === 'external') {
      for (const { root, members } of t.names) {
        const role = root.startsWith('type:') && members.length === 0 ? BY_TYPE.get(root.slice(5)) : undefined;
        if (role) return role;
        if (CONTEXT_PACKAGES.test(root) && members.at(-1)?.endsWith('Context')) return 'context';
      }
    } else if (t.k === 'object' && hops < MAX_HOPS) {
      for (const base of t.bases) {
        const role = roleOfType(base, hops + 1);
        if (role) return role;
      }
    }
  }
  return undefined;
}

interface Use {
  /** By parameter: the members that are read or called of it. */
  readonly members: readonly Set<string>[];
  /** Parameters that are called with nothing, or with one value. */
  readonly called: ReadonlySet<number>;
}

/** In the function and in the closures that it makes. */
function usesIn(program: Program, fn: Fn): Use {
  const index = new Map(fn.facts.params.map((p, i) => [p.v, i] as const));
  const members = fn.facts.params.map(() => new Set<string>());
  const called = new Set<number>();
  const look = (f: Fn): void => {
    const parameter = (r: number): number => (opcode(f, r) === Op.GetVar ? (index.get(operand(f, r, 1)) ?? -1) : -1);
    for (let op = 0; op < f.count; op++) {
      const code = opcode(f, op);
      if (code === Op.Load) members[parameter(operand(f, op, 1))]?.add(text(f.unit, operand(f, op, 2)));
      else if (code === Op.Call && argumentCount(f, op) <= 1) called.add(parameter(operand(f, op, 1)));
      else if (code === Op.Closure) look(program.fnOf(f.unit, operand(f, op, 1)));
    }
  };
  look(fn);
  return { members, called };
}

const has = (members: ReadonlySet<string> | undefined, wanted: ReadonlySet<string>): boolean => members !== undefined && [...members].some((m) => wanted.has(m));

const NOWHERE: readonly Role[] = [];
const HANDLER: readonly Role[] = ['request', 'response'];
const CONTEXT: readonly Role[] = ['context'];
