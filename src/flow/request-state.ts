// What one function puts on a request, a later one reads: `req.user`, `res.locals.customer`, `ctx.state.account`. The frameworks
// hand the same object to both, so its members are cells, told by what holds them and their name.
import { Op } from '#model/facts';
import { writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import { keyOf } from './named-cells.ts';
import { roleOfName } from './request-roles.ts';
import type { Fn, Unit } from './program.ts';
import { opcode, operand, text, varName } from './program.ts';
import { mapTaints, type Origin, type Value, withName } from './value.ts';

/** Members that the frameworks fill themselves, and those that requests to other servers have. */
const OWN = new Set([
  'body', 'query', 'params', 'headers', 'cookies', 'signedCookies', 'url', 'originalUrl', 'method', 'path', 'ip', 'ips', 'host', 'hostname', 'protocol', 'data', 'files', 'file', 'res', 'req', 'next', 'app', 'route',
  'baseUrl', 'baseURL', 'raw', 'rawBody', 'log', 'logger', 'socket', 'connection', 'server', 'state', 'request', 'response', 'input', 'payload', 'config', 'options', 'timeout', 'type', 'status', 'responseType', 'args', 'props', 'signal',
]);

export interface StateCell {
  readonly key: string;
  /** Members below it. */
  readonly rest: readonly string[];
}

/** The cell that an access path of a request, response or context leads to. */
function stateCell(name: string, path: readonly string[]): StateCell | undefined {
  const [member, inner] = path;
  if (member === undefined) return undefined;
  if (name === '$store') return member === 'state' ? { key: VUEX_STATE, rest: path.slice(1) } : undefined;
  // `getApp().globalData.customer` of a mini-program, `this.globalData` in its `App`.
  if (name === 'globalData') return { key: keyOf('global-data', [member]), rest: path.slice(1) };
  if (name === 'app') return member === 'globalData' ? stateCell(member, path.slice(1)) : undefined;
  const role = roleOfName(name);
  if (role === 'request') return OWN.has(member) ? undefined : { key: keyOf('request', [member]), rest: path.slice(1) };
  if (role === 'response') return member === 'locals' && inner !== undefined ? { key: keyOf('locals', [inner]), rest: path.slice(2) } : undefined;
  if (role !== 'context') return undefined;
  if (member === 'state' && inner !== undefined) return { key: keyOf('state', [inner]), rest: path.slice(2) };
  const below = roleOfName(member);
  if (below === 'request' || below === 'response') return stateCell(member, path.slice(1));
  return OWN.has(member) ? undefined : { key: keyOf('context', [member]), rest: path.slice(1) };
}

/** The same below a variable: what it is counts, then what it is called. */
export const stateBelow = (engine: Engine, unit: Unit, v: number, path: readonly string[]): StateCell | undefined =>
  (path.length === 0 ? undefined : stateCell(engine.roles.of(unit, v) ?? varName(unit, v), path));

/** The same below `this`: `this.ctx.state.account` of a service. */
export const stateBelowThis = ([first, ...rest]: readonly string[]): StateCell | undefined => (first === undefined ? undefined : stateCell(first, rest));

/** What is read of an origin that is a request as its function sees it. */
export function stateOf(engine: Engine, origin: Origin, path: readonly string[]): StateCell | undefined {
  if (origin.kind !== 'opaque') return undefined;
  // `this.$store.state.user`
  if (path[0] === '$store' && path[1] === 'state') return { key: VUEX_STATE, rest: path.slice(2) };
  if (origin.why === 'receiver') return stateBelowThis(path);
  if (origin.why === 'parameter' || origin.why === 'input') return stateCell(engine.roles.ofParameter(origin.fn, -1 - origin.op) ?? origin.name, path);
  return origin.why === 'result' ? stateCell(origin.name, path) : undefined;
}

/** The member names what is put there, above all what was picked out of a header. */
export function asState(value: Value, { key, rest }: StateCell): Value {
  const name = rest.at(-1) ?? key.slice(key.lastIndexOf(':') + 1);
  return mapTaints(value, (t) => (t.path.startsWith('headers/') ? undefined : t.alias === undefined && t.path === '' ? withName(t, name, t.hint, t.trace) : t));
}

const STORES = new Set(['$store', 'globalData', 'app']);
const isHolder = (name: string): boolean => STORES.has(name) || roleOfName(name) !== undefined;

/** Most access paths start elsewhere, which is told without spelling them out. */
function mayBeState(engine: Engine, fn: Fn, op: number): boolean {
  let at = op;
  let member = '';
  for (let hops = 0; hops < 8; hops++) {
    switch (opcode(fn, at)) {
      case Op.Load: case Op.Store: member = text(fn.unit, operand(fn, at, 2)); break;
      case Op.Elem: case Op.StoreElem: case Op.Cast: case Op.Await: break;
      case Op.GetVar: return isHolder(varName(fn.unit, operand(fn, at, 1))) || engine.roles.of(fn.unit, operand(fn, at, 1)) !== undefined;
      case Op.This: return isHolder(member);
      case Op.Call: return true;
      default: return false;
    }
    at = operand(fn, at, 1);
  }
  return false;
}

/** The cell that a Load, Elem, Store or StoreElem reads or writes. */
export function stateAt(engine: Engine, fn: Fn, op: number): StateCell | undefined {
  if (!mayBeState(engine, fn, op)) return undefined;
  const path: string[] = [];
  let at = op;
  for (let hops = 0; hops < 8; hops++) {
    switch (opcode(fn, at)) {
      case Op.Load: case Op.Store: path.unshift(text(fn.unit, operand(fn, at, 2))); break;
      case Op.Elem: case Op.StoreElem: {
        const key = engine.types.constantText(fn, operand(fn, at, 2));
        if (key === undefined) return undefined;
        path.unshift(key);
        break;
      }
      case Op.Cast: case Op.Await: break;
      case Op.GetVar: return stateBelow(engine, fn.unit, operand(fn, at, 1), path);
      case Op.This: return stateBelowThis(path);
      // `context.switchToHttp().getRequest()`
      case Op.Call: {
        const name = writtenChain(fn, operand(fn, at, 1)).at(-1);
        return name === 'getRequest' ? stateCell('request', path) : name === 'getResponse' ? stateCell('response', path) : name === 'getApp' ? stateCell('app', path) : undefined;
      }
      default: return undefined;
    }
    at = operand(fn, at, 1);
  }
  return undefined;
}

const VUEX_STATE = keyOf('vuex', []);

/** What a login strategy says the user is: the result of its `validate`. */
export const STRATEGY_USER = keyOf('request', ['user']);
export const isStrategy = (engine: Engine, fn: Fn): boolean =>
  fn.facts.kind === 'method' && fn.facts.n === 'validate' && fn.facts.cls >= 0 && engine.program.clsOf(fn.unit, fn.facts.cls).facts.mixin?.n === 'PassportStrategy';
