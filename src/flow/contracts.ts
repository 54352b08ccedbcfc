// What a request of a client gets, where the server that answers it lies in the repository: the call is matched by method and path
// with the routes, and its result has the type of what the handler answers. Only calls that declare nothing are looked at, and the
// routes are read when the first of them asks.
import { Op, VarField } from '#model/facts';
import { answerOf } from './answers.ts';
import type { CallSite } from './generics.ts';
import { CLIENT_NAMES, CLIENTS, FETCHES, type Form, formOf, isGlobalObject, receiverName, VERBS } from './http-clients.ts';
import { literalMember } from './literals.ts';
import { graphqlAnswer } from './graphql-answers.ts';
import { Procedures } from './procedures.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand, text, varField } from './program.ts';
import type { Route } from './file-routes.ts';
import { bestRoute } from './route-match.ts';
import { ServerRoutes } from './server-routes.ts';
import { type Spoken, spokenIn } from './spoken.ts';
import type { StaticType } from './static-type.ts';
import { awaited, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';
import { segmentsOf, urlPath, type UrlPath } from './url-paths.ts';

interface Request {
  readonly path: UrlPath;
  /** In upper case; undefined when it is not in sight. */
  readonly method: string | undefined;
  readonly form: Form;
}

/** A function of the project that forwards the URL it is given. */
interface Forward {
  readonly path: UrlPath;
  readonly method: string | undefined;
  /** What it returns, with `ASKED` for the answer. */
  readonly result: StaticType;
}

/** Stands for the answer in a function that asks for what its callers name. */
const ASKED: StaticType = { k: 'external', names: [{ root: 'contract:answer', members: [] }], args: [] };
const MAX_DEPTH = 4;

export class Contracts {
  private readonly types: Types;
  private read: ServerRoutes | undefined;
  private readonly forwards = new Map<number, Forward | null>();
  private readonly answers = new Map<Route, StaticType>();
  private readonly calls = new Map<number, Map<number, StaticType>>();
  private readonly inferred: (fn: Fn) => StaticType;
  private readonly procedures: Procedures;
  private depth = 0;

  /** `inferred` is the type of what a function returns, whatever it declares. */
  constructor(types: Types, inferred: (fn: Fn) => StaticType) {
    this.types = types;
    this.inferred = inferred;
    this.procedures = new Procedures(types);
  }

  /** The result of a call by contract; undefined when it asks for nothing that the repository answers. */
  resultOf(callee: StaticType, at: CallSite): StaticType | undefined {
    if (this.depth > MAX_DEPTH || !this.isPossible) return undefined;
    this.depth++;
    const found = this.bySchema(callee, at) ?? (this.speaks?.http !== true || this.read?.routes.length === 0 ? undefined : callee.k === 'functions' ? this.ofFunction(callee.fns, at) : this.ofClient(callee, at));
    this.depth--;
    if (found) {
      let known = this.calls.get(at.fn.id);
      if (!known) this.calls.set(at.fn.id, (known = new Map()));
      known.set(at.op, found);
    }
    return found;
  }

  /** What was found for a call; undefined for one that has no contract. */
  of(fn: Fn, op: number): StaticType | undefined {
    return this.calls.get(fn.id)?.get(op);
  }

  private speaks: Spoken | undefined;

  /** Whether some file speaks like a server whose answers can be known. */
  get isPossible(): boolean {
    this.speaks ??= spokenIn(this.types.program.units);
    return this.speaks.http || this.speaks.graphql || this.speaks.trpc;
  }

  private bySchema(callee: StaticType, { fn, op }: CallSite): StaticType | undefined {
    const asked = this.speaks?.graphql === true ? graphqlAnswer(this.types, callee, fn, op) : undefined;
    return asked ?? (this.speaks?.trpc === true && callee.k !== 'functions' ? this.procedures.answer(fn, op) : undefined);
  }

  private routes(): ServerRoutes {
    return (this.read ??= new ServerRoutes(this.types));
  }

  /* ---------- clients ---------- */

  private ofClient(callee: StaticType, { fn, op }: CallSite): StaticType | undefined {
    const later = this.bodyOf(callee, fn, op);
    if (later) return later;
    const asked = this.requestAt(callee, fn, op);
    const answer = asked && (this.answerAt(asked) ?? (asked.path.given ? ASKED : undefined));
    return asked && answer && delivered(asked.form, answer, callee);
  }

  /** `/users/${id}` ends in a segment, `${base}${path}` in a path. */
  private answerAt({ path, method }: Request): StaticType | undefined {
    if (!path.given) return this.answer(path.text, method);
    return path.text.endsWith('/') ? this.answer(`${path.text}\0`, method) : undefined;
  }

  /** `response.json()` of a response whose answer is known. */
  private bodyOf(callee: StaticType, fn: Fn, op: number): StaticType | undefined {
    if (callee.k !== 'external' || opcode(fn, operand(fn, op, 1)) !== Op.Load || text(fn.unit, operand(fn, operand(fn, op, 1), 2)) !== 'json') return undefined;
    const [body] = callee.args;
    return body && callee.names.some((n) => n.root === 'contract:response') ? { k: 'promise', of: body } : undefined;
  }

  private requestAt(callee: StaticType, fn: Fn, op: number): Request | undefined {
    if (argumentCount(fn, op) === 0 || argument(fn, op, 0) < 0) return undefined;
    const at = operand(fn, op, 1);
    const isMember = opcode(fn, at) === Op.Load;
    const name = isMember ? text(fn.unit, operand(fn, at, 2)) : opcode(fn, at) === Op.Global ? text(fn.unit, operand(fn, at, 1)) : opcode(fn, at) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, at, 1), VarField.Name)) : '';
    const roots = callee.k === 'external' ? callee.names.map((n) => n.root) : [];
    if (FETCHES.test(name) && (!isMember || isGlobalObject(fn, operand(fn, at, 1)))) {
      return { path: urlPath(this.types, fn, argument(fn, op, 0)), method: this.methodIn(fn, op, 1) ?? 'GET', form: name === '$fetch' ? 'body' : 'fetch' };
    }
    const verb = isMember ? VERBS[name] : undefined;
    const isClient = roots.some((r) => CLIENTS.test(r)) || (callee.k !== 'functions' && isMember && CLIENT_NAMES.test(receiverName(fn, operand(fn, at, 1))));
    if (!isClient || (isMember && verb === undefined && name !== 'request')) return undefined;
    const form = formOf(roots, isMember ? receiverName(fn, operand(fn, at, 1)) : name);
    if (verb !== undefined) return { path: urlPath(this.types, fn, argument(fn, op, 0)), method: verb, form };
    const options = this.types.ofRegister(fn, argument(fn, op, 0));
    if (options.k === 'literal') {
      const url = literalMember(options.fn, options.op, 'url');
      return url === undefined || options.fn !== fn ? undefined : { path: urlPath(this.types, fn, url), method: this.methodIn(fn, op, 0) ?? 'GET', form };
    }
    const path = urlPath(this.types, fn, argument(fn, op, 0));
    // The options that a function was given as a whole say the method as well.
    return { path, method: this.methodIn(fn, op, 1) ?? (path.given ? '' : 'GET'), form };
  }

  /** `{ method: 'POST' }` among the arguments; undefined when there is none, `''` when it is not constant. */
  private methodIn(fn: Fn, op: number, index: number): string | undefined {
    if (index >= argumentCount(fn, op)) return undefined;
    const options = argument(fn, op, index) < 0 ? UNKNOWN : this.types.ofRegister(fn, argument(fn, op, index));
    if (options.k !== 'literal') return options.k === 'unknown' ? '' : undefined;
    const method = literalMember(options.fn, options.op, 'method') ?? literalMember(options.fn, options.op, 'type');
    return method === undefined ? undefined : (this.types.constantText(options.fn, method)?.toUpperCase() ?? '');
  }

  /* ---------- functions that forward a URL ---------- */

  private ofFunction(fns: readonly Fn[], { fn, op }: CallSite): StaticType | undefined {
    const [own] = fns;
    if (!own || fns.length !== 1) return undefined;
    const forward = this.forwardOf(own);
    const given = forward?.path.given;
    if (!forward || !given) return undefined;
    const passed = this.passedPath(given, fn, op);
    if (!passed) return undefined;
    const path = { ...passed, text: forward.path.text + passed.text };
    const answer = this.answerAt({ path, method: forward.method || this.methodPassed(fn, op, given.index), form: 'body' });
    return answer ? this.replaced(forward.result, answer, 0) : passed.given && forward.result;
  }

  private passedPath({ index, member }: NonNullable<UrlPath['given']>, fn: Fn, op: number): UrlPath | undefined {
    const r = index < argumentCount(fn, op) ? argument(fn, op, index) : -1;
    if (r < 0) return undefined;
    const options = this.types.ofRegister(fn, r);
    if (member === undefined && options.k !== 'literal') return urlPath(this.types, fn, r);
    const value = options.k === 'literal' ? literalMember(options.fn, options.op, member ?? 'url') : undefined;
    return options.k === 'literal' && value !== undefined ? urlPath(this.types, options.fn, value) : undefined;
  }

  private methodPassed(fn: Fn, op: number, index: number): string | undefined {
    for (let i = index; i < argumentCount(fn, op); i++) {
      const named = this.methodIn(fn, op, i);
      if (named) return named;
      const word = argument(fn, op, i) < 0 ? undefined : this.types.constantText(fn, argument(fn, op, i));
      if (i !== index && word !== undefined && VERBS[word.toLowerCase()] !== undefined) return word.toUpperCase();
    }
    return undefined;
  }

  private forwardOf(fn: Fn): Forward | undefined {
    const known = this.forwards.get(fn.id);
    if (known !== undefined) return known ?? undefined;
    this.forwards.set(fn.id, null);
    const found = fn.facts.params.length === 0 || fn.facts.kind === 'module' ? undefined : this.findForward(fn);
    this.forwards.set(fn.id, found ?? null);
    return found;
  }

  private findForward(fn: Fn): Forward | undefined {
    for (let op = 0; op < fn.count; op++) {
      if (opcode(fn, op) !== Op.Call || argumentCount(fn, op) === 0) continue;
      const callee = this.types.ofRegister(fn, operand(fn, op, 1));
      const inner = callee.k === 'functions' ? this.forwardedBy(callee.fns, fn, op) : this.requestAt(callee, fn, op);
      if (!inner?.path.given || this.answerAt(inner)) continue;
      const result = this.inferred(fn);
      const isMethodGiven = inner.method === '' || inner.method === undefined;
      return { path: inner.path, method: isMethodGiven ? undefined : inner.method, result: containsAsked(result, 0) ? result : { k: 'promise', of: wrappedOrBare(ASKED) } };
    }
    return undefined;
  }

  private forwardedBy(fns: readonly Fn[], fn: Fn, op: number): Request | undefined {
    const [own] = fns;
    const forward = own && fns.length === 1 && own !== fn ? this.forwardOf(own) : undefined;
    const passed = forward?.path.given && this.passedPath(forward.path.given, fn, op);
    return forward && passed?.given ? { path: { text: forward.path.text + passed.text, given: passed.given }, method: forward.method, form: 'body' } : undefined;
  }

  /** The type with the answer, or members of it, in the place of `ASKED`. */
  private replaced(type: StaticType, answer: StaticType, depth: number): StaticType {
    if (type === ASKED) return answer;
    if (depth > MAX_DEPTH) return type;
    const inner = (t: StaticType): StaticType => this.replaced(t, answer, depth + 1);
    switch (type.k) {
      case 'promise': return { k: 'promise', of: awaited(inner(type.of)) };
      case 'list': return { k: 'list', of: inner(type.of) };
      case 'union': return unionOf(type.of.map(inner));
      case 'record': return { ...type, fields: new Map([...type.fields].map(([key, t]) => [key, inner(t)])) };
      case 'external': {
        const asked = type.names.find((n) => n.root === 'contract:answer');
        return asked ? asked.members.reduce((t, key) => this.types.member(t, key), answer) : { ...type, args: type.args.map(inner) };
      }
      default: return type;
    }
  }

  /* ---------- matching ---------- */

  private answer(path: string, method: string | undefined): StaticType | undefined {
    const segments = segmentsOf(path.startsWith('/') || path.startsWith('\0') || path.includes('://') ? path : `/${path}`);
    if (!segments) return undefined;
    const found = bestRoute(this.routes(), segments, method || undefined);
    if (!found) return undefined;
    let answer = this.answers.get(found);
    if (!answer) {
      this.answers.set(found, UNKNOWN);
      this.answers.set(found, (answer = answerOf(this.types, found)));
    }
    return answer.k === 'unknown' || answer.k === 'primitive' || answer.k === 'external' ? undefined : answer;
  }
}

const wrappedOrBare = (answer: StaticType): StaticType => unionOf([{ k: 'record', name: '', fields: new Map([['data', answer]]) }, answer]);

/** Interceptors of axios often hand over the body at once, so both are possible. */
function delivered(form: Form, answer: StaticType, callee: StaticType): StaticType {
  switch (form) {
    case 'body': return { k: 'promise', of: answer };
    case 'axios': return { k: 'promise', of: wrappedOrBare(answer) };
    case 'fetch': case 'text-body': {
      const names = callee.k === 'external' ? callee.names.map((n) => ({ root: n.root, members: [...n.members, '()'] })) : [];
      const response: StaticType = { k: 'external', names: [...names, { root: 'type:Response', members: [] }, { root: 'contract:response', members: [] }], args: [answer] };
      return form === 'fetch' ? { k: 'promise', of: response } : response;
    }
  }
}

/** Whether the type says nothing before it is known what was asked for. */
export function containsAsked(type: StaticType, depth = 0): boolean {
  if (type === ASKED || (type.k === 'external' && type.names.some((n) => n.root === 'contract:answer'))) return true;
  if (depth > MAX_DEPTH) return false;
  const inner = (t: StaticType): boolean => containsAsked(t, depth + 1);
  switch (type.k) {
    case 'promise': case 'list': return inner(type.of);
    case 'union': return type.of.some(inner);
    case 'record': return [...type.fields.values()].some(inner);
    case 'external': return type.args.some(inner);
    default: return false;
  }
}

