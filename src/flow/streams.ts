// RxJS: what an operator makes of a stream, and what its callback is given.
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { callArguments, opcode, operand, text } from './program.ts';
import type { StaticType } from './static-type.ts';
import { awaited, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

const SAME = new Set([
  'tap', 'filter', 'takeUntil', 'takeUntilDestroyed', 'untilDestroyed', 'debounceTime', 'debounce', 'distinctUntilChanged', 'distinctUntilKeyChanged', 'distinct', 'finalize', 'take', 'takeLast',
  'first', 'last', 'single', 'skip', 'skipWhile', 'skipUntil', 'takeWhile', 'shareReplay', 'share', 'publishReplay', 'refCount', 'delay', 'delayWhen', 'retry', 'retryWhen', 'repeat', 'throttleTime',
  'auditTime', 'sampleTime', 'observeOn', 'subscribeOn', 'timeout', 'catchError', 'defaultIfEmpty', 'throwIfEmpty', 'startWith', 'endWith',
]);
const FLATTENING = new Set(['switchMap', 'mergeMap', 'concatMap', 'exhaustMap', 'flatMap']);
const WITH_CALLBACK = new Set(['map', 'tap', 'filter', 'takeWhile', 'skipWhile', 'first', 'last', 'single', 'find', 'every', 'distinct', 'delayWhen', 'debounce', 'reduce', 'scan', 'groupBy', 'concatMapTo', ...FLATTENING]);

/** The name of an RxJS operator that a register calls. */
function operatorAt(types: Types, fn: Fn, r: number): string | undefined {
  if (r < 0 || opcode(fn, r) !== Op.Call) return undefined;
  const callee = types.ofRegister(fn, operand(fn, r, 1));
  const name = callee.k === 'external' ? callee.names.find((n) => n.root === 'npm:rxjs' || n.root === 'npm:rxjs/operators' || n.root === 'npm:@angular/core/rxjs-interop' || n.root === 'npm:@ngneat/until-destroy') : undefined;
  return name?.members.length === 1 ? name.members[0] : undefined;
}

/** What comes out of `source.pipe(a, b, …)` before the operator at a position. */
export function afterOperators(types: Types, source: StaticType, fn: Fn, pipe: number, until: number): StaticType {
  let type = awaited(source);
  const args = callArguments(fn, pipe);
  for (let i = 0; i < Math.min(until, args.length) && type.k !== 'unknown'; i++) type = afterOperator(types, type, fn, args[i] ?? -1);
  return type;
}

function afterOperator(types: Types, type: StaticType, fn: Fn, r: number): StaticType {
  const name = operatorAt(types, fn, r);
  if (name === undefined) return UNKNOWN;
  if (SAME.has(name)) return type;
  const args = callArguments(fn, r);
  const result = (): StaticType => {
    const [first] = args;
    const callback = first === undefined || first < 0 ? UNKNOWN : types.ofRegister(fn, first);
    return callback.k === 'functions' ? types.returnsOf(callback) : UNKNOWN;
  };
  if (name === 'map') return result();
  if (FLATTENING.has(name)) return awaited(result());
  if (name === 'toArray') return { k: 'list', of: type };
  if (name === 'pairwise') return { k: 'tuple', of: [type, type] };
  if (name === 'withLatestFrom' || name === 'combineLatestWith') return { k: 'tuple', of: [type, ...[...args].map((x) => (x < 0 ? UNKNOWN : awaited(types.ofRegister(fn, x))))] };
  return UNKNOWN;
}

/** The first parameter of the callback given to an operator inside `pipe(…)`; `key` for observers: `tap({ next })`. */
export function operatorInput(types: Types, fn: Fn, call: number, index: number, key: string | undefined): StaticType {
  const name = operatorAt(types, fn, call);
  if (name === undefined || !WITH_CALLBACK.has(name) || (key !== undefined && key !== 'next')) return UNKNOWN;
  if (index !== (name === 'scan' || name === 'reduce' ? 1 : 0)) return UNKNOWN;
  const pipe = types.uses.of(fn, call);
  if (pipe < 0 || opcode(fn, pipe) !== Op.Call) return UNKNOWN;
  const callee = operand(fn, pipe, 1);
  if (opcode(fn, callee) !== Op.Load || text(fn.unit, operand(fn, callee, 2)) !== 'pipe') return UNKNOWN;
  const source = types.ofRegister(fn, operand(fn, callee, 1));
  return source.k === 'promise' || source.k === 'union' ? afterOperators(types, source, fn, pipe, callArguments(fn, pipe).indexOf(call)) : UNKNOWN;
}

/** `of(x)`, `from(promise)`, `forkJoin([a, b])`, `combineLatest({ a, b })`, `firstValueFrom(stream)`. */
export function creationResult(types: Types, name: string, args: readonly StaticType[]): StaticType | undefined {
  const [first = UNKNOWN] = args;
  switch (name) {
    case 'of': return { k: 'promise', of: unionOf(args) };
    case 'from':
    case 'defer': return first.k === 'promise' ? first : first.k === 'list' ? { k: 'promise', of: first.of } : undefined;
    case 'firstValueFrom':
    case 'lastValueFrom': return first.k === 'promise' ? first : undefined;
    case 'merge':
    case 'concat':
    case 'race': return { k: 'promise', of: unionOf(args.map(awaited)) };
    case 'forkJoin':
    case 'combineLatest':
    case 'zip': return args.length > 1 ? { k: 'promise', of: { k: 'tuple', of: args.map(awaited) } } : joined(types, first);
    default: return undefined;
  }
}

/** Promises or streams in a list or a literal, waited for together. */
export function joined(types: Types, type: StaticType): StaticType | undefined {
  if (type.k === 'list') return { k: 'promise', of: { k: 'list', of: awaited(type.of), ...(type.items ? { items: type.items.map(awaited) } : {}) } };
  if (type.k === 'tuple') return { k: 'promise', of: { k: 'tuple', of: type.of.map(awaited) } };
  if (type.k !== 'literal') return undefined;
  const fields = new Map<string, StaticType>();
  for (const [key, value] of types.entries(type)) fields.set(key, awaited(value));
  return { k: 'promise', of: { k: 'record', name: '', fields } };
}
