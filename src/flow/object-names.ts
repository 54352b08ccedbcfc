// By what two places of the code know that they speak of the same object: the name it was made with (`new Queue('mails')`,
// `@InjectQueue('mails')`), or else the variable, field or class that it is.
import { Op, type Skeleton, VAR_WIDTH, VarField, VarFlag, VarKind } from '#model/facts';
import { writtenChain } from './callee.ts';
import { memberOfConstant } from './constant-texts.ts';
import type { Engine } from './engine.ts';
import type { Cls, Fn, Unit } from './program.ts';
import { argument, argumentCount, opcode, operand, text, varField } from './program.ts';
import { awaited } from './static-type.ts';

const MAX_DEPTH = 16;

/** Text of a register, where the caller knows more of it than its constants say. */
export type TextOf = (r: number) => string | undefined;

/** A name: the text itself, or the first text that the object was made with. */
export function nameOf(engine: Engine, fn: Fn, r: number, textOf?: TextOf, depth = 0): string | undefined {
  if (r < 0 || depth > MAX_DEPTH) return undefined;
  const own = textOf?.(r) ?? engine.types.constantText(fn, r);
  if (own !== undefined) return own;
  switch (opcode(fn, r)) {
    case Op.New: return argumentCount(fn, r) > 0 ? nameOf(engine, fn, argument(fn, r, 0), undefined, depth + 1) : undefined;
    case Op.Cast: case Op.Await: return nameOf(engine, fn, operand(fn, r, 1), textOf, depth + 1);
    case Op.GetVar: return nameOfVariable(engine, fn.unit, operand(fn, r, 1), depth + 1);
    case Op.Load: return nameOfField(engine, fn, r, depth + 1) ?? nameOfPort(engine, fn, r);
    case Op.Global: return nameOfPort(engine, fn, r);
    default: return undefined;
  }
}

function nameOfVariable(engine: Engine, unit: Unit, v: number, depth: number): string | undefined {
  if (varField(unit, v, VarField.Kind) === VarKind.Import) {
    const symbol = engine.types.symbols.variable(unit, v);
    if (symbol?.kind === 'variable') return nameOfVariable(engine, symbol.unit, symbol.v, depth + 1);
    return symbol?.kind === 'external' && PORTS.has(symbol.path.join('.')) ? fileStem(unit.path) : undefined;
  }
  const init = varField(unit, v, VarField.Init);
  return init < 0 ? undefined : nameOf(engine, engine.program.fnOf(unit, varField(unit, v, VarField.Owner)), init, undefined, depth);
}

function nameOfField(engine: Engine, fn: Fn, load: number, depth: number): string | undefined {
  const type = awaited(engine.types.ofRegister(fn, operand(fn, load, 1)));
  if (type.k !== 'instance' && type.k !== 'class') return undefined;
  const key = text(fn.unit, operand(fn, load, 2));
  const made = engine.types.fieldInitialiser(type.cls, key, type.k === 'class');
  return made ? nameOf(engine, made.fn, made.r, undefined, depth) : injectedName(engine, type.cls, key);
}

/** `constructor(@InjectQueue('mails') private readonly queue: Queue)`. */
function injectedName(engine: Engine, cls: Cls, key: string): string | undefined {
  const ctor = engine.types.constructorOf(cls);
  const given = ctor?.facts.params.find((p) => p.property && p.n === key)?.decorators ?? cls.facts.members.find((m) => m.n === key)?.decorators;
  for (const d of given ?? []) {
    const name = d.args[0] && nameOfSkeleton(engine, cls.unit, d.args[0]);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The other end of a worker is the file that runs in it. */
function nameOfPort(engine: Engine, fn: Fn, r: number): string | undefined {
  const type = engine.types.ofRegister(fn, r);
  if (type.k !== 'external') return undefined;
  return type.names.some((n) => n.root === 'globalThis' || PORTS.has(n.members.join('.'))) ? fileStem(fn.unit.path) : undefined;
}

const PORTS = new Set(['parentPort']);

/** A decorator's argument: a text, a constant, or the name in its options. */
export function nameOfSkeleton(engine: Engine, unit: Unit, s: Skeleton): string | undefined {
  if ('s' in s) return s.s;
  if ('o' in s) return s.o['name'] && nameOfSkeleton(engine, unit, s.o['name']);
  if (!('id' in s)) return undefined;
  const [root = '', ...members] = s.id.split('.');
  const v = moduleVariable(unit, root);
  if (v < 0) return undefined;
  if (members.length === 0) return engine.types.constantVariable(unit, v);
  let type = engine.types.ofVariable(unit, v);
  for (const key of members.slice(0, -1)) type = engine.types.member(type, key);
  return memberOfConstant(engine.types, type, members.at(-1) ?? '');
}

function moduleVariable(unit: Unit, name: string): number {
  const count = unit.vars.length / VAR_WIDTH;
  for (let v = 0; v < count; v++) if (varField(unit, v, VarField.Owner) === 0 && text(unit, varField(unit, v, VarField.Name)) === name) return v;
  return -1;
}

/** `./workers/pdf-worker.ts` and the file of that name are both `pdf-worker`. */
export const fileStem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '');

/** The variable, field or class that an object is; nothing where it is whatever a caller passes. */
export function objectOf(engine: Engine, fn: Fn, r: number, depth = 0): string | undefined {
  if (r < 0 || depth > MAX_DEPTH) return undefined;
  switch (opcode(fn, r)) {
    case Op.Cast: case Op.Await: return objectOf(engine, fn, operand(fn, r, 1), depth + 1);
    case Op.This: {
      const self = engine.types.thisOf(fn);
      return self.k === 'instance' || self.k === 'class' ? `k${self.cls.id}` : undefined;
    }
    case Op.Global: return `g${writtenChain(fn, r).join('.')}`;
    case Op.GetVar: return objectOfVariable(engine, fn, operand(fn, r, 1), depth + 1);
    case Op.Load: return objectOfMember(engine, fn, r, depth + 1);
    case Op.New: return objectMade(fn, r);
    default: return undefined;
  }
}

function objectOfVariable(engine: Engine, fn: Fn, v: number, depth: number): string | undefined {
  const { unit } = fn;
  const kind = varField(unit, v, VarField.Kind);
  if (kind === VarKind.Import) {
    const symbol = engine.types.symbols.variable(unit, v);
    switch (symbol?.kind) {
      case 'variable': return depth > MAX_DEPTH ? undefined : objectOfVariable(engine, engine.program.fnOf(symbol.unit, 0), symbol.v, depth + 1);
      case 'external': return `x${[symbol.from, ...symbol.path].join('.')}`;
      case 'register': return objectOf(engine, engine.program.fnOf(symbol.unit, 0), symbol.r, depth + 1) ?? objectMade(engine.program.fnOf(symbol.unit, 0), symbol.r);
      default: return undefined;
    }
  }
  if (kind === VarKind.Param) return undefined;
  const init = varField(unit, v, VarField.Flags) & VarFlag.Reassigned ? -1 : varField(unit, v, VarField.Init);
  if (init < 0) return `v${unit.index}:${v}`;
  const owner = engine.program.fnOf(unit, varField(unit, v, VarField.Owner));
  if (opcode(owner, init) === Op.GetVar || opcode(owner, init) === Op.Load || opcode(owner, init) === Op.Cast) return objectOf(engine, owner, init, depth + 1);
  const type = engine.types.ofRegister(owner, init);
  return type.k === 'instance' ? `k${type.cls.id}` : objectMade(owner, init);
}

/** What an operation makes. */
export const objectMade = (fn: Fn, op: number): string => `o${fn.id}.${op}`;

function objectOfMember(engine: Engine, fn: Fn, load: number, depth: number): string | undefined {
  const object = operand(fn, load, 1);
  const key = text(fn.unit, operand(fn, load, 2));
  const type = awaited(engine.types.ofRegister(fn, object));
  if (type.k === 'module') {
    const symbol = engine.types.symbols.exported(type.unit, key);
    return symbol?.kind === 'variable' ? objectOfVariable(engine, engine.program.fnOf(symbol.unit, 0), symbol.v, depth + 1) : undefined;
  }
  const held = engine.types.ofRegister(fn, load);
  if (held.k === 'instance') return `k${held.cls.id}`;
  if (type.k === 'instance' || type.k === 'class') return `f${type.cls.id}.${key}`;
  const inner = objectOf(engine, fn, object, depth + 1);
  return inner === undefined ? undefined : `${inner}.${key}`;
}
