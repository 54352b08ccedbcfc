// Routes that are files: Next.js, Nuxt and SvelteKit name the path by the folder and the method by an export or the file.
import { Op, VarField } from '#model/facts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, opcode, varField } from './program.ts';
import type { Types } from './types.ts';
import { ANY, segmentsOf } from './url-paths.ts';

export interface Route {
  /** In upper case; `*` for any. */
  readonly method: string;
  readonly segments: readonly string[];
  readonly handlers: readonly Fn[];
  readonly style: 'router' | 'result';
}

/** `:id`, `{id}` and `[id]` stand for anything. */
export function routeSegments(path: string): readonly string[] {
  return (segmentsOf(`/${path}`) ?? []).map((s) => (/^[:*{[(]/.test(s) ? ANY : s));
}

const NEXT_APP = /(?:^|\/)app\/((?:.+\/)?)route\.[jt]sx?$/;
const NEXT_PAGES = /(?:^|\/)pages\/(api\/.+)\.[jt]sx?$/;
const NITRO = /(?:^|\/)server\/(?:routes\/|(?=api\/))(.+?)(?:\.(get|post|put|patch|delete))?\.[jt]s$/;
const SVELTE = /(?:^|\/)routes\/((?:.+\/)?)\+server\.[jt]s$/;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function fileRoutes(types: Types, unit: Unit): readonly Route[] {
  const exported = NEXT_APP.exec(unit.path) ?? SVELTE.exec(unit.path);
  if (exported) return METHODS.flatMap((method) => route(types, unit, method, method, exported[1] ?? '', 'result'));
  const page = NEXT_PAGES.exec(unit.path);
  if (page) return route(types, unit, 'default', ANY, page[1] ?? '', 'router');
  const nitro = NITRO.exec(unit.path);
  return nitro ? route(types, unit, 'default', nitro[2]?.toUpperCase() ?? ANY, nitro[1] ?? '', 'result') : [];
}

function route(types: Types, unit: Unit, name: string, method: string, path: string, style: Route['style']): readonly Route[] {
  const symbol = types.symbols.exported(unit, name);
  if (!symbol) return [];
  const type = types.ofSymbol(symbol);
  const handlers = type.k === 'functions' ? type.fns : symbol.kind === 'register' ? wrapped(types, types.program.fnOf(symbol.unit, 0), symbol.r) : symbol.kind === 'variable' ? wrappedVariable(types, symbol.unit, symbol.v) : [];
  // Groups in brackets are no part of the path; neither is a last `index`.
  const segments = routeSegments(path).map((s) => (s.startsWith('[') ? ANY : s)).filter((s) => !s.startsWith('(') && !s.startsWith('@'));
  return handlers.length === 0 ? [] : [{ method, segments: segments.at(-1) === 'index' ? segments.slice(0, -1) : segments, handlers, style }];
}

function wrappedVariable(types: Types, unit: Unit, v: number): readonly Fn[] {
  const init = varField(unit, v, VarField.Init);
  return init < 0 ? [] : wrapped(types, types.program.fnOf(unit, varField(unit, v, VarField.Owner)), init);
}

/** `defineEventHandler(async (event) => …)`, `withAuth(handler)`. */
function wrapped(types: Types, fn: Fn, r: number): readonly Fn[] {
  if (opcode(fn, r) !== Op.Call || argumentCount(fn, r) === 0) return [];
  for (let i = argumentCount(fn, r) - 1; i >= 0; i--) {
    const at = argument(fn, r, i);
    const type = at < 0 ? undefined : types.ofRegister(fn, at);
    if (type?.k === 'functions') return type.fns;
  }
  return [];
}

