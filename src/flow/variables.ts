// Types of variables: declared, imported, given by the place of a callback, or evident from what is assigned.
import { Op, VarField, VarFlag, VarKind } from '#model/facts';
import { literalBelow, push } from './classes.ts';
import { contextualParam } from './context-types.ts';
import type { Cycles } from './cycles.ts';
import { withValue } from './members.ts';
import type { Fn, Unit } from './program.ts';
import { opcode, operand, text, varField } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { NO_ENV, UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

export class Variables {
  private readonly types: Types;
  private readonly cycles: Cycles;
  private readonly known: ((StaticType | null | undefined)[] | undefined)[] = [];
  private readonly moduleNames: (ReadonlyMap<string, number> | undefined)[] = [];
  private readonly writes: (ReadonlyMap<number, readonly number[]> | undefined)[] = [];
  private readonly envs: (TypeEnv | undefined)[] = [];

  constructor(types: Types, cycles: Cycles) {
    this.types = types;
    this.cycles = cycles;
  }

  /** A value name in type position (`typeof x`), or any name at module level. */
  named(unit: Unit, name: string): StaticType {
    const [head = '', ...rest] = name.split('.');
    const v = (this.moduleNames[unit.index] ??= moduleNamesOf(unit)).get(head);
    let type = v === undefined ? UNKNOWN : this.of(unit, v);
    for (const key of rest) type = this.types.member(type, key);
    return type;
  }

  of(unit: Unit, v: number): StaticType {
    const memo = (this.known[unit.index] ??= []);
    const known = memo[v];
    if (known === null) this.cycles.metVariable(unit.index, v);
    if (known !== undefined) return known ?? UNKNOWN;
    memo[v] = null;
    const type = this.variableType(unit, v);
    memo[v] = this.cycles.leaveVariable(unit.index, v) && type.k === 'unknown' ? undefined : type;
    return type;
  }

  private variableType(unit: Unit, v: number): StaticType {
    const kind = varField(unit, v, VarField.Kind);
    const ref = varField(unit, v, VarField.Ref);
    if (kind === VarKind.Import) return this.importedType(unit, ref);
    if (kind === VarKind.Function && ref >= 0) return { k: 'functions', fns: [this.types.program.fnOf(unit, ref)], env: NO_ENV, tier: 'T0' };
    if (kind === VarKind.Class && ref >= 0) return { k: 'class', cls: this.types.program.clsOf(unit, ref) };
    if (kind === VarKind.Enum) return { k: 'enum', unit, name: text(unit, varField(unit, v, VarField.Name)) };
    const owner = this.types.program.fnOf(unit, varField(unit, v, VarField.Owner));
    const isFixed = (varField(unit, v, VarField.Flags) & VarFlag.Reassigned) === 0;
    const init = isFixed ? varField(unit, v, VarField.Init) : -1;
    const declared = this.declaredType(unit, v, owner);
    if (declared.k !== 'unknown') return init >= 0 ? this.holding(declared, owner, init) : declared;
    if (kind === VarKind.Param) return contextualParam(this.types, owner, owner.facts.params.findIndex((p) => p.v === v));
    return init >= 0 ? this.types.ofRegister(owner, init) : this.ofWrites(owner, v);
  }

  private importedType(unit: Unit, ref: number): StaticType {
    const entry = unit.facts.imports[ref];
    if (!entry) return UNKNOWN;
    const symbol = this.types.symbols.imported(unit, entry.from, entry.n);
    if (symbol) return this.types.ofSymbol(symbol);
    const path = entry.n === '*' || entry.n === 'default' ? [] : [entry.n];
    return /^[./]/.test(entry.from) ? UNKNOWN : { k: 'external', names: [{ root: `npm:${entry.from}`, members: path }], args: [] };
  }

  private declaredType(unit: Unit, v: number, owner: Fn): StaticType {
    const written = unit.facts.types[varField(unit, v, VarField.Type)];
    const type = written ? this.types.resolve(unit, written, this.envOf(owner)) : UNKNOWN;
    if (type.k === 'unknown' || type.k === 'list' || varField(unit, v, VarField.Kind) !== VarKind.Param) return type;
    return owner.facts.params.some((p) => p.v === v && p.rest) ? { k: 'list', of: type } : type;
  }

  /** A declared type together with what is evident of the value: the literal it holds, the functions it is. */
  holding(type: StaticType, fn: Fn, r: number): StaticType {
    if (type.k === 'object' || type.k === 'map') {
      const op = literalBelow(fn, r);
      if (op >= 0) return withValue(type, { fn, op });
    }
    if (type.k !== 'signature' && type.k !== 'external' && type.k !== 'object') return type;
    const value = this.types.ofRegister(fn, r);
    if (value.k !== 'functions') return value.k === 'literal' ? withValue(type, value) : type;
    return type.k === 'signature' ? { ...value, declared: { unit: type.unit, type: type.type, env: type.env } } : value;
  }

  /** A variable that is assigned more than once: all its values, if they agree. */
  private ofWrites(owner: Fn, v: number): StaticType {
    const registers = this.writesTo(owner, v);
    return registers.length > 6 ? UNKNOWN : unionOf(registers.map((r) => this.types.ofRegister(owner, r)));
  }

  /** Registers that the owner assigns to a variable. */
  writesTo(owner: Fn, v: number): readonly number[] {
    return (this.writes[owner.id] ??= writesIn(owner)).get(v) ?? [];
  }

  /** Type parameters of the functions and classes around; a parameter is unknown unless something binds it. */
  envOf(fn: Fn): TypeEnv {
    return (this.envs[fn.id] ??= this.findEnv(fn));
  }

  private findEnv(fn: Fn): TypeEnv {
    const parent = this.types.program.parent(fn);
    const outer = parent ? this.envOf(parent) : NO_ENV;
    const names = [...(fn.facts.typeParams ?? []), ...(fn.facts.cls >= 0 ? (this.types.program.clsOf(fn.unit, fn.facts.cls).facts.typeParams ?? []) : [])];
    return names.length === 0 ? outer : new Map([...outer, ...names.map((n) => [n, UNKNOWN] as const)]);
  }
}

function moduleNamesOf(unit: Unit): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (let v = 0; v < unit.facts.vars.length / 8; v++) {
    const name = text(unit, varField(unit, v, VarField.Name));
    if (varField(unit, v, VarField.Owner) === 0 && !names.has(name)) names.set(name, v);
  }
  return names;
}

function writesIn(fn: Fn): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let op = 0; op < fn.count; op++) if (opcode(fn, op) === Op.SetVar) push(found, operand(fn, op, 1), operand(fn, op, 2));
  return found;
}
