// What calls of built-in methods and of well-known generic library functions yield.
import { Op } from '#model/facts';
import { setter, signal } from './builtin-types.ts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { callArguments, list as listOf, opcode, operand } from './program.ts';
import type { ExternalName, StaticType } from './static-type.ts';
import { awaited, BOOLEAN, elementOf, NO_ENV, NUMBER, STRING, UNKNOWN, unionOf } from './static-type.ts';
import { withLoadedRelations } from './loaded-relations.ts';
import { projection } from './query-rows.ts';
import { afterOperators, creationResult, joined } from './streams.ts';
import type { Types } from './types.ts';
import { validated, validatorOf } from './validator-types.ts';

type External = StaticType & { readonly k: 'external' };

interface Site {
  readonly types: Types;
  readonly callee: External;
  readonly name: ExternalName;
  readonly method: string;
  readonly fn: Fn;
  readonly op: number;
  /** Type arguments as written. */
  readonly written: readonly StaticType[];
}

export function libraryResult(types: Types, callee: External, fn: Fn, op: number, written: readonly StaticType[]): StaticType | undefined {
  const [name] = callee.names;
  if (!name) return undefined;
  const method = name.members[name.members.length - 1] ?? name.root.slice(name.root.indexOf(':') + 1);
  const site: Site = { types, callee, name, method, fn, op, written };
  if (name.root.startsWith('builtin:')) return builtinResult(site);
  if (name.root.startsWith('global:')) {
    const known = globalResult(site);
    if (known) return known;
  }
  const { root } = name;
  if (WRAPPERS.test(`${root}.${method}`)) {
    const wrapped = argumentType(site, 0);
    if (wrapped.k === 'functions') return wrapped;
  }
  if (name.members.length === 1 && (root === 'npm:rxjs' || root === 'npm:rxjs/operators')) return creationResult(types, method, argumentTypes(site));
  if (root === 'npm:react' || root === 'npm:preact/hooks') {
    const known = reactResult(site);
    if (known) return known;
  }
  if (VUE.test(root)) {
    const known = vueResult(site);
    if (known) return known;
  }
  if (root.startsWith('npm:@angular/core')) {
    const known = angularResult(site);
    if (known) return known;
  }
  return injected(site) ?? httpResult(site) ?? repositoryResult(site) ?? validationResult(site);
}

/** Libraries that give back the function they are given, to be called as before: kept, delayed, caught. */
const WRAPPERS = /^npm:(?:react\.(?:cache|memo|forwardRef)|next\/cache\.unstable_cache|(?:lodash|lodash-es|underscore|es-toolkit|radash)\.(?:debounce|throttle|once|memoize|memo)|(?:express-async-handler|express-async-wrap|p-memoize|memoize-one|fast-memoize|micro-memoize|memoizee|moize|debounce|lodash\.debounce|lodash\.throttle|lodash\.memoize)\.\S+)$/;

function argumentType({ types, fn, op }: Site, i: number): StaticType {
  const r = callArguments(fn, op)[i];
  return r === undefined || r < 0 ? UNKNOWN : types.ofRegister(fn, r);
}

const argumentTypes = ({ types, fn, op }: Site): readonly StaticType[] => [...callArguments(fn, op)].map((r) => (r < 0 ? UNKNOWN : types.ofRegister(fn, r)));

function callbackResult(site: Site, i: number): StaticType {
  const f = argumentType(site, i);
  return f.k === 'functions' ? site.types.returnsOf(f) : UNKNOWN;
}

const instanceOf = (token: StaticType): StaticType | undefined => (token.k === 'class' ? { k: 'instance', cls: token.cls, env: NO_ENV } : undefined);

function builtinResult(site: Site): StaticType | undefined {
  const { callee, name, method, types, fn, op } = site;
  const of = callee.args[0] ?? UNKNOWN;
  const kind = name.root.slice('builtin:'.length);
  switch (`${kind}.${method}`) {
    case 'list.map': return { k: 'list', of: callbackResult(site, 0) };
    case 'list.flatMap': return { k: 'list', of: elementOf(callbackResult(site, 0)) };
    case 'list.reduce': {
      const start = argumentType(site, 1);
      return start.k === 'literal' ? UNKNOWN : start;
    }
    case 'promise.then': return { k: 'promise', of: awaited(callbackResult(site, 0)) };
    case 'promise.pipe': return { k: 'promise', of: afterOperators(types, of, fn, op, Infinity) };
    case 'promise.select': return promise(projection(types, of, fn, callArguments(fn, op)[0] ?? -1));
    case 'function.bind': return of;
    case 'function.call':
    case 'function.apply': return of.k === 'functions' ? types.returnsOf(of) : UNKNOWN;
    case 'signal.signal': return of;
    case 'signal.asReadonly': return signal(of);
    default: return BUILTIN_RESULTS[`${kind}.${method}`]?.(of);
  }
}

function globalResult(site: Site): StaticType | undefined {
  const { name, method, types } = site;
  switch (`${name.root.slice('global:'.length)}${name.members.length > 0 ? `.${method}` : ''}`) {
    case 'Promise.all':
    case 'Promise.race':
    case 'Promise.any': {
      const all = joined(types, argumentType(site, 0));
      return method === 'all' ? all : all?.k === 'promise' ? { k: 'promise', of: elementOf(all.of) } : undefined;
    }
    case 'Promise.resolve': return { k: 'promise', of: awaited(argumentType(site, 0)) };
    case 'Object.values': return { k: 'list', of: types.elements(argumentType(site, 0)) };
    case 'Object.entries': return { k: 'list', of: { k: 'tuple', of: [STRING, types.elements(argumentType(site, 0))] } };
    case 'Object.keys':
    case 'Object.getOwnPropertyNames': return { k: 'list', of: STRING };
    case 'Object.freeze':
    case 'Object.seal':
    case 'structuredClone': return argumentType(site, 0);
    case 'Object.assign': return unionOf(argumentTypes(site));
    case 'Array.from': {
      const mapped = callArguments(site.fn, site.op).length > 1 ? callbackResult(site, 1) : UNKNOWN;
      return { k: 'list', of: mapped.k === 'unknown' ? elementOf(argumentType(site, 0)) : mapped };
    }
    case 'Array.of': return { k: 'list', of: unionOf(argumentTypes(site)) };
    case 'JSON.stringify':
    case 'String': return STRING;
    case 'Number':
    case 'parseInt':
    case 'parseFloat': return NUMBER;
    default: return undefined;
  }
}

function reactResult(site: Site): StaticType | undefined {
  const { method, written } = site;
  const initial = (): StaticType => {
    const type = argumentType(site, 0);
    return written[0] ?? (type.k === 'functions' ? site.types.returnsOf(type) : type);
  };
  switch (method) {
    case 'useCallback': {
      const f = argumentType(site, 0);
      return f.k === 'functions' ? f : undefined;
    }
    case 'useMemo': return written[0] ?? callbackResult(site, 0);
    case 'useState': {
      const state = initial();
      return { k: 'tuple', of: [state, setter(state)] };
    }
    case 'useRef':
    case 'createRef': return { k: 'record', name: '', fields: new Map([['current', written[0] ?? argumentType(site, 0)]]) };
    case 'useContext': {
      const context = argumentType(site, 0);
      return context.k === 'external' ? context.args[0] : undefined;
    }
    default: return undefined;
  }
}

/** Vue, also where a bundler imports its functions by itself. */
const VUE = /^(?:npm:(?:vue|@vue\/composition-api|@vue\/reactivity)$|global:(?:ref|shallowRef|computed|reactive)$)/;

function vueResult(site: Site): StaticType | undefined {
  const { method, written } = site;
  switch (method) {
    case 'ref':
    case 'shallowRef': return box(written[0] ?? argumentType(site, 0));
    case 'computed': return box(written[0] ?? callbackResult(site, 0));
    case 'reactive':
    case 'shallowReactive': return written[0] ?? argumentType(site, 0);
    default: return undefined;
  }
}

const box = (of: StaticType): StaticType | undefined => (of.k === 'unknown' ? undefined : { k: 'record', name: '', fields: new Map([['value', of]]) });

function angularResult(site: Site): StaticType | undefined {
  const { name, method, written } = site;
  const required = method === 'required';
  const base = required ? name.members[name.members.length - 2] : method;
  switch (base) {
    case 'inject': {
      const token = argumentType(site, 0);
      return instanceOf(token) ?? written[0] ?? (token.k === 'external' ? token.args[0] : undefined);
    }
    case 'signal':
    case 'model': return signal(written[0] ?? argumentType(site, 0));
    case 'input': return signal(written[0] ?? (required ? UNKNOWN : argumentType(site, 0)));
    case 'computed': return signal(written[0] ?? callbackResult(site, 0));
    case 'toSignal': return signal(awaited(argumentType(site, 0)));
    case 'toObservable': {
      const [of] = callArgs(argumentType(site, 0));
      return { k: 'promise', of: of ?? UNKNOWN };
    }
    case 'viewChild':
    case 'contentChild': return signal(written[0] ?? instanceOf(argumentType(site, 0)) ?? UNKNOWN);
    case 'viewChildren':
    case 'contentChildren': return signal({ k: 'list', of: written[0] ?? instanceOf(argumentType(site, 0)) ?? UNKNOWN });
    default: return undefined;
  }
}

const callArgs = (type: StaticType): readonly StaticType[] => (type.k === 'external' && type.names[0]?.root === 'builtin:signal' ? type.args : []);

const GETTERS = new Set(['get', 'resolve', 'inject', 'getInstance', 'resolveAsync']);

/** Containers hand out an instance of the class they are asked for: `moduleRef.get(UserService)`. */
function injected(site: Site): StaticType | undefined {
  if (!GETTERS.has(site.method) || site.name.members.length === 0) return undefined;
  const instance = instanceOf(argumentType(site, 0));
  return instance && (site.method === 'resolve' || site.method === 'resolveAsync') && site.callee.names.some((n) => n.root.startsWith('npm:@nestjs') || n.root === 'type:ModuleRef') ? { k: 'promise', of: instance } : instance;
}

const HTTP_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'request', 'axios', 'head']);

function httpResult({ callee, name, method, written }: Site): StaticType | undefined {
  const [body] = written;
  const isHttp = /axios|HttpClient|HttpService|ky$|got$/.test(name.root) || name.members.some((m) => m === 'HttpClient' || m === 'HttpService');
  if (!isHttp || !body || !HTTP_METHODS.has(method)) return undefined;
  const angular = callee.names.some((n) => n.root === 'type:HttpClient' || n.root === 'npm:@angular/common/http');
  return { k: 'promise', of: angular ? body : { k: 'record', name: '', fields: new Map([['data', body]]) } };
}

const ONE_ROW = /^(findOne|findOneBy|findOneOrFail|findOneByOrFail|findById|findByPk|findUnique|findFirst|save|create|insert|update|getOne|getOneOrFail|preload|findByIdAndUpdate|findOneAndUpdate|findByIdOrFail)$/;
const MANY_ROWS = /^(find|findBy|findAll|findMany|getMany|findByIds|aggregate)$/;

/** Their second argument says which members are wanted. */
const PROJECTS = /^(?:find|findOne|findById)$/;

/** `Repository<User>.findOne()` and its kin yield rows of the type argument. */
function repositoryResult({ types, callee, method, fn, op }: Site): StaticType | undefined {
  const [whole] = callee.args;
  const isRepository = callee.names.some((n) => /^type:(?:.*Repository|Model|.*Model|ReturnModelType|Collection|BaseEntity)$/.test(n.root));
  if (!whole || !isRepository) return undefined;
  if (method === 'aggregate' && isReshaped(fn, op)) return undefined;
  const row = withLoadedRelations(types, PROJECTS.test(method) ? projection(types, whole, fn, callArguments(fn, op)[1] ?? -1) : whole, method, fn, op);
  if (ONE_ROW.test(method)) return { k: 'promise', of: row };
  return MANY_ROWS.test(method) ? { k: 'promise', of: { k: 'list', of: row } } : undefined;
}

/** `aggregate([{ $group: … }])` yields groups, not rows; a pipeline that is not written there may do so too. */
function isReshaped(fn: Fn, op: number): boolean {
  const [pipeline = -1] = callArguments(fn, op);
  if (pipeline < 0 || opcode(fn, pipeline) !== Op.Array) return true;
  return [...listOf(fn.unit, operand(fn, pipeline, 2))].some((stage) => stage < 0 || opcode(fn, stage) !== Op.Object || RESHAPING.some((key) => literalMember(fn, stage, key) !== undefined));
}

const RESHAPING = ['$group', '$project', '$count', '$bucket', '$bucketAuto', '$facet', '$replaceRoot', '$sortByCount'];

/** `userSchema.parse(body)` yields what the schema describes. */
function validationResult({ types, fn, op }: Site): StaticType | undefined {
  const validator = validatorOf(fn, op);
  const of = validator && validated(types, validator.at);
  if (!validator || !of) return undefined;
  const result: StaticType = validator.wrapped ? { k: 'record', name: '', fields: new Map([['data', of]]) } : of;
  return validator.later ? { k: 'promise', of: result } : result;
}

const list = (of: StaticType): StaticType => ({ k: 'list', of });
const map = (of: StaticType): StaticType => ({ k: 'map', of });
const promise = (of: StaticType): StaticType => ({ k: 'promise', of });
/** The one row of an answer that holds rows as `data`. */
function oneOfData(of: StaticType): StaticType {
  const data = of.k === 'record' ? of.fields.get('data') : undefined;
  return promise(of.k === 'record' && data ? { ...of, fields: new Map([...of.fields, ['data', elementOf(data)]]) } : of);
}
const itself = (of: StaticType): StaticType => of;

const BUILTIN_RESULTS: Readonly<Record<string, (of: StaticType) => StaticType>> = {
  'list.filter': list, 'list.slice': list, 'list.concat': list, 'list.sort': list, 'list.toSorted': list, 'list.reverse': list, 'list.toReversed': list, 'list.splice': list, 'list.values': list, 'list.toArray': list,
  'list.flat': (of) => list(elementOf(of).k === 'unknown' ? of : elementOf(of)),
  'list.find': itself, 'list.findLast': itself, 'list.pop': itself, 'list.shift': itself, 'list.at': itself,
  'list.join': () => STRING, 'list.includes': () => BOOLEAN, 'list.some': () => BOOLEAN, 'list.every': () => BOOLEAN, 'list.indexOf': () => NUMBER,
  'list.entries': (of) => list({ k: 'tuple', of: [NUMBER, of] }),
  'list.add': list, 'list.fill': list, 'list.with': list, 'list.toSpliced': list, 'list.copyWithin': list, 'map.set': map,
  'map.get': itself, 'map.values': list, 'map.has': () => BOOLEAN, 'map.entries': (of) => list({ k: 'tuple', of: [STRING, of] }),
  'promise.lean': promise, 'promise.exec': promise, 'promise.sort': promise, 'promise.limit': promise, 'promise.skip': promise, 'promise.populate': promise, 'promise.orFail': promise, 'promise.session': promise,
  'promise.where': promise, 'promise.orderBy': promise, 'promise.offset': promise, 'promise.groupBy': promise, 'promise.leftJoin': promise, 'promise.innerJoin': promise, 'promise.$dynamic': promise,
  'promise.eq': promise, 'promise.neq': promise, 'promise.match': promise, 'promise.in': promise, 'promise.is': promise, 'promise.ilike': promise, 'promise.order': promise, 'promise.range': promise,
  'promise.single': oneOfData, 'promise.maybeSingle': oneOfData,
  'promise.catch': promise, 'promise.finally': promise, 'promise.toPromise': promise, 'promise.asObservable': promise, 'promise.getValue': itself,
  'primitive.split': () => list(STRING),
};
