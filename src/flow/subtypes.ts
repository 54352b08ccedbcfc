// What stands below a class or implements an interface: classes by their heritage, object literals by the type they are
// declared as.
import { Op, VarField, VarKind } from '#model/facts';
import { literalBelow, push } from './classes.ts';
import { literalMember } from './literals.ts';
import type { Cls, Fn, Unit } from './program.ts';
import { callArguments, opcode, operand, text, varField } from './program.ts';
import type { LiteralRef, StaticType } from './static-type.ts';
import { alternatives, awaited, NO_ENV } from './static-type.ts';
import type { Types } from './types.ts';

export class Subtypes {
  private readonly types: Types;
  private readonly subclasses = new Map<number, Cls[]>();
  private readonly implementers = new Map<string, Cls[]>();
  private readonly subinterfaces = new Map<string, string[]>();
  private readonly reached = new Map<Cls | string, readonly Cls[]>();
  private readonly literals = new Map<string, LiteralRef[]>();

  constructor(types: Types) {
    this.types = types;
  }

  /** Fills the tables of what implements what; needs the rest of the types at work. */
  index(): void {
    for (const cls of this.types.program.classes) this.indexHeritage(cls);
    for (const unit of this.types.program.units) {
      for (const d of unit.facts.typeDecls) {
        if (d.kind !== 'interface') continue;
        for (const base of d.extends) for (const key of interfaceKeys(this.types.resolve(unit, base, NO_ENV))) push(this.subinterfaces, key, `${unit.index} ${d.n}`);
      }
    }
    this.indexLiterals();
  }

  private indexHeritage(cls: Cls): void {
    const base = this.types.baseOf(cls);
    if (base) push(this.subclasses, base.id, cls);
    for (const t of cls.facts.implements) {
      const type = this.types.resolve(cls.unit, t, NO_ENV);
      if (type.k === 'instance') push(this.subclasses, type.cls.id, cls);
      else for (const key of interfaceKeys(type)) push(this.implementers, key, cls);
    }
  }

  /** Classes below a class or implementing an interface, all levels. */
  below(key: Cls | string): readonly Cls[] {
    const known = this.reached.get(key);
    if (known) return known;
    const out = new Set<Cls>();
    const visit = (direct: readonly Cls[] | undefined): void => {
      for (const c of direct ?? []) {
        if (out.has(c)) continue;
        out.add(c);
        visit(this.subclasses.get(c.id));
      }
    };
    if (typeof key === 'string') for (const name of this.interfacesBelow(key)) visit(this.implementers.get(name));
    else visit(this.subclasses.get(key.id));
    const found = [...out];
    this.reached.set(key, found);
    return found;
  }

  private interfacesBelow(key: string): ReadonlySet<string> {
    const out = new Set([key]);
    for (const name of out) for (const sub of this.subinterfaces.get(name) ?? []) out.add(sub);
    return out;
  }

  /** Object literals that stand where an interface is declared: typed variables, casts, results of functions. */
  literalsOf(key: string): readonly LiteralRef[] {
    return [...this.interfacesBelow(key)].flatMap((name) => this.literals.get(name) ?? []);
  }

  private indexLiterals(): void {
    const { program } = this.types;
    const add = (type: () => StaticType, fn: Fn, r: number): void => {
      const literal = literalAt(fn, r);
      if (!literal) return;
      for (const t of alternatives(awaited(type()))) for (const key of interfaceKeys(t)) push(this.literals, key, literal);
    };
    for (const unit of program.units) this.typedVariables(unit, add);
    for (const fn of program.fns) {
      const { ret } = fn.facts;
      for (let op = 0; op < fn.count; op++) {
        const code = opcode(fn, op);
        if (code === Op.Return && ret && operand(fn, op, 1) >= 0) add(() => this.types.resolve(fn.unit, ret, this.types.envOf(fn)), fn, operand(fn, op, 1));
        else if (code === Op.Cast) {
          const written = fn.unit.facts.types[operand(fn, op, 2)];
          if (written) add(() => this.types.resolve(fn.unit, written, this.types.envOf(fn)), fn, operand(fn, op, 1));
        } else if (code === Op.Jsx || code === Op.Call) {
          const given = this.contextValue(fn, op, code);
          if (given) add(() => given.type, fn, given.r);
        }
      }
    }
  }

  /** React contexts: `createContext<Auth>({ … })` and `<AuthContext.Provider value={…}>`. */
  private contextValue(fn: Fn, op: number, code: number): { readonly type: StaticType; readonly r: number } | undefined {
    const callee = operand(fn, op, 1);
    if (callee < 0 || nameOf(fn, callee) !== (code === Op.Jsx ? 'Provider' : 'createContext')) return undefined;
    const r = code === Op.Jsx ? literalMember(fn, operand(fn, op, 3), 'value') : callArguments(fn, op)[0];
    if (r === undefined || r < 0) return undefined;
    const type = this.types.ofRegister(fn, code === Op.Jsx ? callee : op);
    const [made] = type.k === 'external' && type.names.some((n) => n.root === 'npm:react') ? type.args : [];
    return made && { type: made, r };
  }

  private typedVariables(unit: Unit, add: (type: () => StaticType, fn: Fn, r: number) => void): void {
    for (let v = 0; v < unit.facts.vars.length / 8; v++) {
      const written = unit.facts.types[varField(unit, v, VarField.Type)];
      if (!written || varField(unit, v, VarField.Kind) === VarKind.Param) continue;
      const owner = this.types.program.fnOf(unit, varField(unit, v, VarField.Owner));
      const init = varField(unit, v, VarField.Init);
      for (const r of init >= 0 ? [init] : this.types.writesTo(owner, v)) add(() => this.types.resolve(unit, written, this.types.envOf(owner)), owner, r);
    }
  }
}

const nameOf = (fn: Fn, r: number): string | undefined =>
  opcode(fn, r) === Op.Load ? text(fn.unit, operand(fn, r, 2)) : opcode(fn, r) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, r, 1), VarField.Name)) : undefined;

/** The literal that a register holds, itself or through a variable of the same function. */
function literalAt(fn: Fn, r: number): LiteralRef | undefined {
  const isRead = opcode(fn, r) === Op.GetVar && fn.unit.facts.functions[varField(fn.unit, operand(fn, r, 1), VarField.Owner)] === fn.facts;
  const op = literalBelow(fn, isRead ? varField(fn.unit, operand(fn, r, 1), VarField.Init) : r);
  return op >= 0 ? { fn, op } : undefined;
}

/** Names of an interface or object type and of those it is made of. */
function interfaceKeys(type: StaticType): readonly string[] {
  if (type.k !== 'object') return [];
  return [...(type.name === '' ? [] : [`${type.unit.index} ${type.name}`]), ...(type.members.length === 0 ? type.bases.flatMap(interfaceKeys) : [])];
}
