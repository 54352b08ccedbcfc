// What a name of another module means: follows exports, re-exports, barrels and CommonJS, without a type checker.
import { Op, PropertyKind, VarField, VarKind } from '#model/facts';
import type { Program, Unit } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';

export type Symbol =
  | { readonly kind: 'variable'; readonly unit: Unit; readonly v: number }
  | { readonly kind: 'register'; readonly unit: Unit; readonly r: number }
  | { readonly kind: 'type'; readonly unit: Unit; readonly name: string }
  | { readonly kind: 'module'; readonly unit: Unit }
  | { readonly kind: 'external'; readonly from: string; readonly path: readonly string[] };

type Memo = Map<string, Symbol | undefined>;

export class Symbols {
  private readonly program: Program;
  /** By unit: for values, for types. */
  private readonly values: Memo[] = [];
  private readonly types: Memo[] = [];

  constructor(program: Program) {
    this.program = program;
  }

  /** The symbol that an import of `name` from `specifier` binds; `*` is the module itself. */
  imported(unit: Unit, specifier: string, name: string, types = false): Symbol | undefined {
    return this.follow(unit, specifier, name, types, new Set());
  }

  exported(unit: Unit, name: string, types = false): Symbol | undefined {
    return this.search(unit, name, types, new Set());
  }

  private follow(unit: Unit, specifier: string, name: string, types: boolean, seen: Set<string>): Symbol | undefined {
    const target = this.program.resolve(unit.path, specifier);
    if (target.kind === 'file') {
      const to = this.program.unit(target.file);
      return to ? this.search(to, name, types, seen) : undefined;
    }
    if (target.kind === 'unresolved') return undefined;
    const from = target.kind === 'builtin' ? target.name.replace(/^node:/, '') : target.subpath ? `${target.name}/${target.subpath.replace(/^\.?\//, '')}` : target.name;
    return { kind: 'external', from, path: name === '*' || name === 'default' ? [] : [name] };
  }

  /** Modules may export one another in circles: what is being searched yields nothing, and only the start remembers that. */
  private search(unit: Unit, name: string, types: boolean, seen: Set<string>): Symbol | undefined {
    if (name === '*') return { kind: 'module', unit };
    const memo = ((types ? this.types : this.values)[unit.index] ??= new Map());
    const known = memo.get(name);
    if (known || memo.has(name)) return known;
    const key = `${unit.index} ${name}`;
    if (seen.has(key)) return undefined;
    const first = seen.size === 0;
    seen.add(key);
    const found = this.find(unit, name, types, seen);
    if (found || first) memo.set(name, found);
    return found;
  }

  private find(unit: Unit, name: string, types: boolean, seen: Set<string>): Symbol | undefined {
    for (const e of unit.facts.exports) {
      if (e.n !== name) continue;
      if (e.from !== undefined) return this.follow(unit, e.from, e.as ?? name, types, seen);
      const type = types && e.type !== undefined ? this.ownType(unit, e.type, seen) : undefined;
      if (type) return type;
      if (e.v !== undefined) return this.ownVariable(unit, e.v, types, seen);
      if (e.r !== undefined) return { kind: 'register', unit, r: e.r };
      if (e.type !== undefined) return this.ownType(unit, e.type, seen);
    }
    const common = this.commonJs(unit, name, seen);
    if (common) return common;
    for (const e of unit.facts.exports) {
      if (e.n !== '*' || e.from === undefined || name === 'default') continue;
      const found = this.follow(unit, e.from, name, types, seen);
      if (found && found.kind !== 'external') return found;
    }
    return undefined;
  }

  /** A local name that is exported; an import that is exported again leads on. */
  variable(unit: Unit, v: number, types = false): Symbol | undefined {
    return this.ownVariable(unit, v, types, new Set());
  }

  private ownVariable(unit: Unit, v: number, types: boolean, seen: Set<string>): Symbol | undefined {
    if (varField(unit, v, VarField.Kind) !== VarKind.Import) return { kind: 'variable', unit, v };
    const entry = unit.facts.imports[varField(unit, v, VarField.Ref)];
    return entry ? this.follow(unit, entry.from, entry.n, types, seen) : undefined;
  }

  localType(unit: Unit, name: string): Symbol | undefined {
    return this.ownType(unit, name, new Set());
  }

  private ownType(unit: Unit, name: string, seen: Set<string>): Symbol | undefined {
    if (unit.facts.typeDecls.some((d) => d.n === name) || unit.facts.classes.some((c) => c.n === name)) return { kind: 'type', unit, name };
    const entry = this.importOf(unit, name);
    return entry ? this.follow(unit, entry.from, entry.n, true, seen) : undefined;
  }

  private readonly importsByName = new Map<number, Map<string, { readonly from: string; readonly n: string }>>();

  /** The import that binds a name at module level. */
  importOf(unit: Unit, name: string): { readonly from: string; readonly n: string } | undefined {
    let names = this.importsByName.get(unit.index);
    if (!names) {
      names = new Map();
      for (let v = 0; v < unit.facts.vars.length / 8; v++) {
        if (varField(unit, v, VarField.Kind) !== VarKind.Import) continue;
        const entry = unit.facts.imports[varField(unit, v, VarField.Ref)];
        if (entry) names.set(text(unit, varField(unit, v, VarField.Name)), entry);
      }
      this.importsByName.set(unit.index, names);
    }
    return names.get(name);
  }

  /** `module.exports = { name }`, or the whole of `module.exports` for a default import. */
  private commonJs(unit: Unit, name: string, seen: Set<string>): Symbol | undefined {
    const assigned = unit.facts.exports.find((e) => e.n === 'export=');
    const r = assigned?.r;
    if (r === undefined) {
      if (name === 'default' && assigned?.v !== undefined) return this.ownVariable(unit, assigned.v, false, seen);
      return name === 'default' && unit.facts.exports.length > 0 && !unit.facts.exports.some((e) => e.n === 'default') ? { kind: 'module', unit } : undefined;
    }
    if (name === 'default') return { kind: 'register', unit, r };
    const module = this.program.fnOf(unit, 0);
    if (opcode(module, r) !== Op.Object) return undefined;
    const items = list(unit, operand(module, r, 2));
    for (let i = 0; i < items.length; i += 3) {
      if (items[i] === PropertyKind.Plain && text(unit, items[i + 1] ?? -1) === name) return { kind: 'register', unit, r: items[i + 2] ?? 0 };
    }
    return undefined;
  }
}
