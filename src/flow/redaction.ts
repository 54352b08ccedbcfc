// A logger that redacts by itself: paths given to its factory (pino), formats that rewrite the record (winston).
import { Op, VarField, VarKind } from '#model/facts';
import { writtenChain } from './callee.ts';
import { Frame } from './frame.ts';
import type { Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField } from './program.ts';
import { literalMember } from './types.ts';
import type { Value } from './value.ts';
import { EMPTY, isEmpty, store, storePath } from './value.ts';

interface At {
  readonly fn: Fn;
  readonly r: number;
}

const MAX_HOPS = 8;

/** What is left of a log call's argument when the logger that stands at `receiver` has redacted it. */
export function redacted(frame: Frame, receiver: number, op: number, value: Value): Value {
  if (receiver < 0 || isEmpty(value)) return value;
  const factory = factoryOf(frame, { fn: frame.fn, r: receiver }, 0);
  if (!factory) return value;
  let out = value;
  for (const path of redactPaths(frame, factory)) out = erase(out, path);
  for (const format of formats(frame, factory)) out = rewritten(frame, format, op, out);
  return out;
}

/** The call that made a logger: `pino({ … })`, through variables, fields and `.child()`. */
function factoryOf(frame: Frame, at: At, hops: number): At | undefined {
  if (hops > MAX_HOPS || at.r < 0) return undefined;
  const { types, program } = frame.engine;
  const next = (fn: Fn, r: number): At | undefined => factoryOf(frame, { fn, r }, hops + 1);
  switch (opcode(at.fn, at.r)) {
    case Op.Cast: return next(at.fn, operand(at.fn, at.r, 1));
    case Op.GetVar: {
      const v = operand(at.fn, at.r, 1);
      const symbol = varField(at.fn.unit, v, VarField.Kind) === VarKind.Import ? types.symbols.variable(at.fn.unit, v) : { kind: 'variable' as const, unit: at.fn.unit, v };
      if (symbol?.kind === 'register') return next(program.fnOf(symbol.unit, 0), symbol.r);
      if (symbol?.kind !== 'variable') return undefined;
      return next(program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), varField(symbol.unit, symbol.v, VarField.Init));
    }
    case Op.Load: {
      const object = types.ofRegister(at.fn, operand(at.fn, at.r, 1));
      if (object.k !== 'instance') return undefined;
      const field = types.fieldInitialiser(object.cls, text(at.fn.unit, operand(at.fn, at.r, 2)), false);
      return field && next(field.fn, field.r);
    }
    case Op.Call: {
      const callee = operand(at.fn, at.r, 1);
      const isChild = opcode(at.fn, callee) === Op.Load && text(at.fn.unit, operand(at.fn, callee, 2)) === 'child';
      return isChild ? next(at.fn, operand(at.fn, callee, 1)) : at;
    }
    default: return undefined;
  }
}

/** The register of a member of the factory's options. */
function option(frame: Frame, factory: At, name: string): At | undefined {
  for (const r of callArguments(factory.fn, factory.r)) {
    const type = r >= 0 ? frame.engine.types.ofRegister(factory.fn, r) : undefined;
    const member = type?.k === 'literal' ? literalMember(type.fn, type.op, name) : undefined;
    if (type?.k === 'literal' && member !== undefined) return { fn: type.fn, r: member };
  }
  return undefined;
}

/** `redact: ['user.email']` or `redact: { paths: [...] }`. */
function redactPaths(frame: Frame, factory: At): readonly (readonly string[])[] {
  const redact = option(frame, factory, 'redact');
  if (!redact) return [];
  const type = frame.engine.types.ofRegister(redact.fn, redact.r);
  const inner = type.k === 'literal' ? literalMember(type.fn, type.op, 'paths') : undefined;
  const at = type.k === 'literal' && inner !== undefined ? { fn: type.fn, r: inner } : redact;
  const array = madeAt(frame, at);
  if (!array || opcode(array.fn, array.r) !== Op.Array) return [];
  return [...list(array.fn.unit, operand(array.fn, array.r, 2))].flatMap((r) => {
    const path = r >= 0 ? frame.engine.types.constantText(array.fn, r) : undefined;
    return path === undefined ? [] : [path.replace(/\[(?:"|')?([^\]"']+)(?:"|')?\]/g, '.$1').split('.').filter((key) => key !== '')];
  });
}

/** Where a value is made: itself, or the initialiser of the variable it is read from. */
function madeAt(frame: Frame, at: At): At | undefined {
  if (opcode(at.fn, at.r) === Op.Cast) return madeAt(frame, { fn: at.fn, r: operand(at.fn, at.r, 1) });
  if (opcode(at.fn, at.r) !== Op.GetVar) return at;
  const symbol = frame.engine.types.symbols.variable(at.fn.unit, operand(at.fn, at.r, 1));
  if (symbol?.kind !== 'variable') return undefined;
  const init = varField(symbol.unit, symbol.v, VarField.Init);
  return init < 0 ? undefined : { fn: frame.engine.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), r: init };
}

/** Takes what stands at a path out of a value; `*` stands for every member that is known. */
function erase(value: Value, path: readonly string[]): Value {
  const at = path.indexOf('*');
  if (at < 0) return storePath(value, path, EMPTY, false);
  if (at > 0) {
    const [first = '', ...rest] = path;
    const inner = value.fields?.get(first);
    return inner ? store(value, first, erase(inner, rest)) : value;
  }
  let out = value;
  for (const [key, field] of value.fields ?? []) out = store(out, key, path.length === 1 ? EMPTY : erase(field, path.slice(1)));
  return out;
}

/** Functions of `winston.format(…)` in the `format` option: they get the record and return another one. */
function formats(frame: Frame, factory: At): readonly Fn[] {
  const format = option(frame, factory, 'format');
  return format ? transforms(frame, format, 0) : [];
}

function transforms(frame: Frame, at: At, depth: number): readonly Fn[] {
  const made = depth > MAX_HOPS ? undefined : madeAt(frame, at);
  if (!made || opcode(made.fn, made.r) !== Op.Call) return [];
  const callee = operand(made.fn, made.r, 1);
  const chain = writtenChain(made.fn, callee);
  if (chain[chain.length - 1] === 'combine') return [...callArguments(made.fn, made.r)].flatMap((r) => (r >= 0 ? transforms(frame, { fn: made.fn, r }, depth + 1) : []));
  // `hide()` where `const hide = winston.format((info) => …)`.
  const maker = madeAt(frame, { fn: made.fn, r: callee });
  if (!maker || opcode(maker.fn, maker.r) !== Op.Call || writtenChain(maker.fn, operand(maker.fn, maker.r, 1)).at(-1) !== 'format') return [];
  return [...callArguments(maker.fn, maker.r)].flatMap((r) => (r >= 0 && opcode(maker.fn, r) === Op.Closure ? [frame.engine.program.fnOf(maker.fn.unit, operand(maker.fn, r, 1))] : []));
}

function rewritten(frame: Frame, format: Fn, op: number, value: Value): Value {
  if (!value.fields) return value;
  // Nothing calls the format in sight, so its summary may not have been made yet.
  if (!frame.engine.summaries.has(format.id)) frame.engine.summaries.set(format.id, new Frame(frame.engine, format).run());
  const { ret } = frame.invoke({ fn: format, env: undefined, self: undefined, bound: [] }, [value], EMPTY, op, ['format']);
  return isEmpty(ret) ? value : ret;
}
