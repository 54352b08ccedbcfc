// The whole program as the solver sees it: files with their facts, functions and classes under global numbers.
import type { ClassFacts, FileFacts, FunctionFacts } from '#model/facts';
import { OP_WIDTH, VAR_WIDTH } from '#model/facts';
import type { Location, RepoPath } from '#model/location';

export type ModuleTarget =
  | { readonly kind: 'file'; readonly file: RepoPath }
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'unresolved' };

export type ResolveModule = (from: RepoPath, specifier: string) => ModuleTarget;

/** A record from a schema file (Prisma, GraphQL) that stands in for a generated type. */
export interface SchemaType {
  readonly name: string;
  readonly file: RepoPath;
  readonly line: number;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly list: boolean; readonly line: number }[];
}

export interface Unit {
  readonly index: number;
  readonly path: RepoPath;
  readonly facts: FileFacts;
  /** Test code: it calls production code with made-up data. */
  readonly test: boolean;
  /** What the code does is nobody's concern: it is read, but not followed. */
  readonly exempt: boolean;
  /** Global number of this file's function 0 and class 0. */
  readonly firstFunction: number;
  readonly firstClass: number;
  /** Those of `facts`, one look-up nearer: they are read many millions of times. */
  readonly strings: readonly string[];
  readonly extra: Int32Array;
  readonly vars: Int32Array;
}

export interface ProgramInput {
  readonly files: readonly { readonly path: RepoPath; readonly facts: FileFacts }[];
  readonly resolve: ResolveModule;
  readonly schemas: readonly SchemaType[];
  /** Which paths hold test code; none when absent. */
  readonly isTest?: (path: string) => boolean;
  /** Test code that no policy judges. */
  readonly isExempt?: (path: string) => boolean;
}

/** A function of the program. Operations and registers are relative to it. */
export interface Fn {
  readonly id: number;
  readonly unit: Unit;
  readonly local: number;
  readonly facts: FunctionFacts;
  /** Operations of the whole file, and where those of this function start in it. */
  readonly code: Int32Array;
  readonly base: number;
  readonly count: number;
}

export interface Cls {
  readonly id: number;
  readonly unit: Unit;
  readonly local: number;
  readonly facts: ClassFacts;
}

export class Program {
  readonly units: readonly Unit[];
  readonly fns: readonly Fn[];
  readonly classes: readonly Cls[];
  readonly resolve: ResolveModule;
  readonly schemas: ReadonlyMap<string, SchemaType>;
  private readonly byPath = new Map<RepoPath, Unit>();

  constructor(input: ProgramInput) {
    const units: Unit[] = [];
    const fns: Fn[] = [];
    const classes: Cls[] = [];
    for (const { path, facts } of input.files) {
      const unit: Unit = { index: units.length, path, facts, test: input.isTest?.(path) ?? false, exempt: input.isExempt?.(path) ?? false, firstFunction: fns.length, firstClass: classes.length, strings: facts.strings, extra: facts.extra, vars: facts.vars };
      units.push(unit);
      this.byPath.set(path, unit);
      facts.functions.forEach((f, local) => fns.push({ id: fns.length, unit, local, facts: f, code: facts.code, base: f.first * OP_WIDTH, count: f.count }));
      facts.classes.forEach((c, local) => classes.push({ id: classes.length, unit, local, facts: c }));
    }
    this.units = units;
    this.fns = fns;
    this.classes = classes;
    this.resolve = input.resolve;
    this.schemas = new Map(input.schemas.map((s) => [s.name, s]));
  }

  unit(path: RepoPath): Unit | undefined {
    return this.byPath.get(path);
  }

  fn(id: number): Fn {
    return at(this.fns, id);
  }

  cls(id: number): Cls {
    return at(this.classes, id);
  }

  fnOf(unit: Unit, local: number): Fn {
    return at(this.fns, unit.firstFunction + local);
  }

  clsOf(unit: Unit, local: number): Cls {
    return at(this.classes, unit.firstClass + local);
  }

  /** The function whose `this` a function sees: arrow functions see that of the function around them. */
  thisOwner(fn: Fn): Fn {
    let owner = fn;
    for (let up = this.parent(fn); up && owner.facts.kind === 'arrow'; up = this.parent(up)) owner = up;
    return owner;
  }

  parent(fn: Fn): Fn | undefined {
    return fn.facts.parent < 0 ? undefined : this.fnOf(fn.unit, fn.facts.parent);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}

export const opcode = (fn: Fn, op: number): number => fn.code[fn.base + op * OP_WIDTH] ?? -1;
export const operand = (fn: Fn, op: number, n: 1 | 2 | 3): number => fn.code[fn.base + op * OP_WIDTH + n] ?? -1;
export const text = (unit: Unit, index: number): string => unit.strings[index] ?? '';
export const varField = (unit: Unit, variable: number, field: number): number => unit.vars[variable * VAR_WIDTH + field] ?? -1;
export const varName = (unit: Unit, variable: number): string => text(unit, varField(unit, variable, 0));

/** A list in `extra`, without its length. */
export function list(unit: Unit, index: number): Int32Array {
  const n = unit.extra[index] ?? 0;
  return unit.extra.subarray(index + 1, index + 1 + n);
}

/** Registers of the arguments of a Call or New (spread ones as `~r`). */
export function callArguments(fn: Fn, op: number): Int32Array {
  const at = operand(fn, op, 2);
  return fn.unit.extra.subarray(at + 2, at + 1 + (fn.unit.extra[at] ?? 0));
}

/* The same one by one, where a list for each call would be too many. */
export const argumentCount = (fn: Fn, op: number): number => Math.max(0, (fn.unit.extra[operand(fn, op, 2)] ?? 0) - 1);
export const argument = (fn: Fn, op: number, index: number): number => fn.unit.extra[operand(fn, op, 2) + 2 + index] ?? -1;

export function callTypeArguments(fn: Fn, op: number): number {
  const at = operand(fn, op, 2);
  return at < 0 ? -1 : (fn.unit.extra[at + 1] ?? -1);
}

export function locate(unit: Unit, start: number, end: number): Location {
  const lines = unit.facts.lines;
  const from = lineOf(lines, start);
  const to = lineOf(lines, end);
  return { file: unit.path, line: from + 1, column: start - (lines[from] ?? 0) + 1, endLine: to + 1, endColumn: end - (lines[to] ?? 0) + 1 };
}

export function locateOp(fn: Fn, op: number): Location {
  const i = (fn.facts.first + op) * 2;
  return locate(fn.unit, fn.unit.facts.pos[i] ?? 0, fn.unit.facts.pos[i + 1] ?? 0);
}

export const startOfOp = (fn: Fn, op: number): number => fn.unit.facts.pos[(fn.facts.first + op) * 2] ?? 0;

function lineOf(lines: Int32Array, offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Names of the functions and classes that enclose a function, outermost first: `UserService.register`. */
export function symbolPath(program: Program, fn: Fn): string {
  const names: string[] = [];
  for (let f: Fn | undefined = fn; f && f.facts.kind !== 'module'; f = program.parent(f)) {
    if (f.facts.n) names.unshift(f.facts.n);
    const isMember = f.facts.kind !== 'arrow' && f.facts.cls >= 0;
    if (isMember) names.unshift(program.clsOf(f.unit, f.facts.cls).facts.n);
  }
  return names.filter((n) => n !== '').join('.');
}

