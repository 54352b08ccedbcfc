// Routes of the servers in the repository: method, path and what handles them. Express, Koa, Fastify and Hono routers with the
// prefixes they are mounted at, Nest controllers, and the files of Next.js and Nuxt.
import type { Skeleton } from '#model/facts';
import { Op, VarField, VarKind } from '#model/facts';
import type { Cls, Fn, Program, Unit } from './program.ts';
import { argument, argumentCount, list, opcode, operand, text, varField } from './program.ts';
import { literalMember } from './literals.ts';
import type { Types } from './types.ts';
import { fileRoutes, type Route, routeSegments } from './file-routes.ts';
import { ANY, urlPath } from './url-paths.ts';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all']);
const NEST: Readonly<Record<string, string>> = { Get: 'GET', Post: 'POST', Put: 'PUT', Patch: 'PATCH', Delete: 'DELETE', All: ANY };
const CONTROLLERS = /^(?:Controller|JsonController|RestController)$/;
const MAX_DEPTH = 6;

interface Mount {
  readonly parent: string | undefined;
  readonly prefix: readonly string[];
}

interface Found {
  readonly method: string;
  readonly path: readonly string[];
  readonly router: string | undefined;
  readonly handlers: readonly Fn[];
}

export class ServerRoutes {
  readonly routes: readonly Route[];
  /** First segments that a client's base URL may hold as well. */
  readonly prefixes = new Set<string>();
  private readonly types: Types;
  private readonly program: Program;
  private readonly mounts = new Map<string, Mount[]>();

  constructor(types: Types) {
    this.types = types;
    this.program = types.program;
    const found: Found[] = [];
    const routes: Route[] = [];
    for (const unit of this.program.units) {
      if (unit.test || unit.exempt) continue;
      routes.push(...fileRoutes(types, unit));
      unit.facts.functions.forEach((facts, local) => {
        const fn = this.program.fnOf(unit, local);
        if (facts.decorators && facts.cls >= 0) routes.push(...this.controllerRoutes(fn, this.program.clsOf(unit, facts.cls)));
        this.scan(fn, found);
      });
    }
    for (const { method, path, router, handlers } of found) for (const prefix of this.prefixesOf(router, 0)) routes.push({ method, segments: [...prefix, ...path], handlers, style: 'router' });
    this.routes = routes;
  }

  /* ---------- controllers ---------- */

  private controllerRoutes(fn: Fn, cls: Cls): readonly Route[] {
    const controller = cls.facts.decorators?.find((d) => CONTROLLERS.test(d.n));
    if (!controller) return [];
    const out: Route[] = [];
    for (const d of fn.facts.decorators ?? []) {
      const method = NEST[d.n];
      if (method === undefined) continue;
      for (const base of pathsOf(controller.args[0])) for (const path of pathsOf(d.args[0])) out.push({ method, segments: [...routeSegments(base), ...routeSegments(path)], handlers: [fn], style: 'result' });
    }
    return out;
  }

  /* ---------- routers ---------- */

  private scan(fn: Fn, found: Found[]): void {
    for (let op = 0; op < fn.count; op++) {
      if (opcode(fn, op) !== Op.Call || argumentCount(fn, op) === 0) continue;
      const callee = operand(fn, op, 1);
      if (opcode(fn, callee) !== Op.Load) continue;
      const name = text(fn.unit, operand(fn, callee, 2));
      if (VERBS.has(name)) this.route(fn, op, name, operand(fn, callee, 1), found);
      else if (name === 'use' || name === 'register' || name === 'route') this.mount(fn, op, name, operand(fn, callee, 1));
      else if (name === 'setGlobalPrefix') for (const s of this.pathAt(fn, argument(fn, op, 0)) ?? []) this.prefixes.add(s);
    }
  }

  private pathAt(fn: Fn, r: number): readonly string[] | undefined {
    const { text: path, given } = urlPath(this.types, fn, r);
    return given || path.includes('\0') ? undefined : routeSegments(path);
  }

  private route(fn: Fn, op: number, verb: string, receiver: number, found: Found[]): void {
    const method = verb === 'all' ? ANY : verb === 'del' ? 'DELETE' : verb.toUpperCase();
    const last = argument(fn, op, argumentCount(fn, op) - 1);
    // `router.route('/x').get(handler)`: the path stands in the call before.
    const routed = this.routedAt(fn, receiver);
    if (!routed && argumentCount(fn, op) < 2) return;
    const paths = routed ? [routed.path] : this.pathsAt(fn, argument(fn, op, 0));
    if (paths.length === 0) return;
    const handlers = this.handlersAt(fn, last, 0);
    if (handlers.length === 0) return;
    const router = this.routerAt(fn, routed ? routed.router : receiver, 0);
    for (const path of paths) found.push({ method, path, router, handlers });
  }

  private routedAt(fn: Fn, r: number): { readonly path: readonly string[]; readonly router: number } | undefined {
    for (let at = r, hops = 0; hops < MAX_DEPTH && opcode(fn, at) === Op.Call; hops++) {
      const callee = operand(fn, at, 1);
      if (opcode(fn, callee) !== Op.Load) return undefined;
      const name = text(fn.unit, operand(fn, callee, 2));
      const receiver = operand(fn, callee, 1);
      if (name === 'route' && argumentCount(fn, at) > 0) {
        const path = this.pathAt(fn, argument(fn, at, 0));
        return path && { path, router: receiver };
      }
      if (!VERBS.has(name)) return undefined;
      at = receiver;
    }
    return undefined;
  }

  private pathsAt(fn: Fn, r: number): readonly (readonly string[])[] {
    if (r < 0) return [];
    const items = opcode(fn, r) === Op.Array ? [...list(fn.unit, operand(fn, r, 2))] : [r];
    return items.flatMap((item) => {
      const { text: path, given } = urlPath(this.types, fn, item);
      return given || path.includes('\0') || !(path.startsWith('/') || path === '*') ? [] : [routeSegments(path)];
    });
  }

  /** The function, one that a wrapper (`asyncHandler(…)`) is given, or the last of a list. */
  private handlersAt(fn: Fn, r: number, depth: number): readonly Fn[] {
    if (r < 0 || depth > 3) return [];
    if (opcode(fn, r) === Op.Array) return this.handlersAt(fn, list(fn.unit, operand(fn, r, 2)).at(-1) ?? -1, depth + 1);
    const type = this.types.ofRegister(fn, r);
    if (opcode(fn, r) === Op.Call && argumentCount(fn, r) > 0) {
      const inner = this.handlersAt(fn, argument(fn, r, argumentCount(fn, r) - 1), depth + 1);
      if (inner.length > 0) return inner;
    }
    return type.k === 'functions' && type.fns.length <= 2 ? type.fns : [];
  }

  private mount(fn: Fn, op: number, name: string, receiver: number): void {
    const count = argumentCount(fn, op);
    const first = argument(fn, op, 0);
    const parent = this.routerAt(fn, receiver, 0);
    if (name === 'register') {
      const options = count > 1 ? this.types.ofRegister(fn, argument(fn, op, 1)) : undefined;
      const prefix = options?.k === 'literal' ? literalMember(options.fn, options.op, 'prefix') : undefined;
      const path = options?.k === 'literal' && prefix !== undefined ? this.pathAt(options.fn, prefix) : [];
      for (const plugin of this.handlersAt(fn, first, 0)) this.mountAt(`p:${plugin.id}:0`, parent, path ?? []);
      return;
    }
    const path = first >= 0 && this.types.ofRegister(fn, first).k === 'primitive' ? this.pathAt(fn, first) : [];
    if (path === undefined) return;
    for (let i = 0; i < count; i++) {
      const child = argument(fn, op, i) < 0 ? undefined : this.routerAt(fn, argument(fn, op, i), 0);
      if (child !== undefined && child !== parent) this.mountAt(child, parent, path);
    }
  }

  private mountAt(child: string, parent: string | undefined, prefix: readonly string[]): void {
    const known = this.mounts.get(child);
    if (known) known.push({ parent, prefix });
    else this.mounts.set(child, [{ parent, prefix }]);
  }

  private prefixesOf(router: string | undefined, depth: number): readonly (readonly string[])[] {
    const mounts = router === undefined || depth > MAX_DEPTH ? undefined : this.mounts.get(router);
    const own = router === undefined ? [] : (this.ownPrefixes.get(router) ?? []);
    if (!mounts) return [own];
    return mounts.flatMap((m) => this.prefixesOf(m.parent, depth + 1).map((p) => [...p, ...m.prefix, ...own])).slice(0, 8);
  }

  private readonly ownPrefixes = new Map<string, readonly string[]>();

  /** What identifies a router: the variable or field that holds it, or the parameter it is handed over by. */
  private routerAt(fn: Fn, r: number, depth: number): string | undefined {
    if (r < 0 || depth > MAX_DEPTH) return undefined;
    const next = (x: number): string | undefined => this.routerAt(fn, x, depth + 1);
    switch (opcode(fn, r)) {
      case Op.Cast: case Op.Await: return next(operand(fn, r, 1));
      case Op.GetVar: return this.routerOfVariable(fn.unit, operand(fn, r, 1), depth);
      case Op.Import: return this.routerOfModule(fn.unit, text(fn.unit, operand(fn, r, 1)), depth);
      case Op.Load: {
        const object = this.types.ofRegister(fn, operand(fn, r, 1));
        const key = text(fn.unit, operand(fn, r, 2));
        if (object.k === 'instance') return `f:${object.cls.id}:${key}`;
        if (object.k !== 'module') return undefined;
        const symbol = this.types.symbols.exported(object.unit, key);
        return symbol?.kind === 'variable' ? this.routerOfVariable(symbol.unit, symbol.v, depth) : undefined;
      }
      case Op.Call: {
        const callee = operand(fn, r, 1);
        const { fns } = this.types.targets(fn, r);
        const [maker] = fns;
        if (maker && fns.length === 1) {
          for (let op = 0; op < maker.count; op++) if (opcode(maker, op) === Op.Return && operand(maker, op, 1) >= 0) return this.routerAt(maker, operand(maker, op, 1), depth + 1);
          return undefined;
        }
        return opcode(fn, callee) === Op.Load ? next(operand(fn, callee, 1)) : undefined;
      }
      default: return undefined;
    }
  }

  private routerOfVariable(unit: Unit, v: number, depth: number): string | undefined {
    const symbol = this.types.symbols.variable(unit, v);
    if (symbol?.kind === 'register') return this.routerAt(this.program.fnOf(symbol.unit, 0), symbol.r, depth + 1);
    if (symbol?.kind === 'module') return this.routerOfExport(symbol.unit, depth);
    if (symbol?.kind !== 'variable') return undefined;
    const owner = this.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner));
    if (varField(symbol.unit, symbol.v, VarField.Kind) === VarKind.Param) return `p:${owner.id}:${owner.facts.params.findIndex((p) => p.v === symbol.v)}`;
    const key = `v:${symbol.unit.index}:${symbol.v}`;
    const init = varField(symbol.unit, symbol.v, VarField.Init);
    const code = init < 0 ? -1 : opcode(owner, init);
    if (code === Op.Import || code === Op.GetVar || code === Op.Load || code === Op.Cast || code === Op.Call) return this.routerAt(owner, init, depth + 1) ?? key;
    if (code === Op.New) this.notePrefix(owner, init, key);
    return key;
  }

  /** `new Router({ prefix: '/users' })` */
  private notePrefix(fn: Fn, made: number, key: string): void {
    if (this.ownPrefixes.has(key) || argumentCount(fn, made) === 0) return;
    const options = this.types.ofRegister(fn, argument(fn, made, 0));
    const prefix = options.k === 'literal' ? literalMember(options.fn, options.op, 'prefix') : undefined;
    const path = options.k === 'literal' && prefix !== undefined ? this.pathAt(options.fn, prefix) : undefined;
    if (path) this.ownPrefixes.set(key, path);
  }

  private routerOfModule(unit: Unit, specifier: string, depth: number): string | undefined {
    const target = this.program.resolve(unit.path, specifier);
    const to = target.kind === 'file' ? this.program.unit(target.file) : undefined;
    return to && this.routerOfExport(to, depth);
  }

  private routerOfExport(unit: Unit, depth: number): string | undefined {
    const assigned = unit.facts.exports.find((e) => e.n === 'export=' || e.n === 'default');
    if (assigned?.v !== undefined) return this.routerOfVariable(unit, assigned.v, depth + 1);
    return assigned?.r === undefined ? undefined : this.routerAt(this.program.fnOf(unit, 0), assigned.r, depth + 1);
  }
}

/** Paths of a decorator: `'users'`, `['users', 'people']`, `{ path: 'users' }`; nothing is the root. */
function pathsOf(given: Skeleton | undefined): readonly string[] {
  if (given === undefined) return [''];
  if ('s' in given) return [given.s];
  if ('a' in given) return given.a.flatMap((item) => pathsOf(item));
  if ('o' in given) return pathsOf(given.o['path']);
  return [];
}
