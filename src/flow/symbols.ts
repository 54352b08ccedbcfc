// What a name of another module means: follows exports, re-exports, barrels and CommonJS, without a type checker.
import type { ExportFacts } from '#model/facts';
import { Op, PropertyKind, VarField, VarKind } from '#model/facts';
import type { Program, Unit } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';

export type Symbol =
  | { readonly kind: 'variable'; readonly unit: Unit; readonly v: number }
  | { readonly kind: 'register'; readonly unit: Unit; readonly r: number }
  | { readonly kind: 'type'; readonly unit: Unit; readonly name: string }
  | { readonly kind: 'module'; readonly unit: Unit }
  | { readonly kind: 'external'; readonly from: string; readonly path: readonly string[] };

/** What one search has been through, and whether it met itself. */
interface Trail {
  readonly searching: Set<string>;
  cut: boolean;
}

const newTrail = (): Trail => ({ searching: new Set(), cut: false });

interface ExportTable {
  readonly byName: ReadonlyMap<string, readonly ExportFacts[]>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
}

type Memo = Map<string, Symbol | undefined>;

export class Symbols {
  private readonly program: Program;
  /** By unit: for values, for types. */
  private readonly values: Memo[] = [];
  private readonly types: Memo[] = [];
  private readonly tables: (ExportTable | undefined)[] = [];

  constructor(program: Program) {
    this.program = program;
  }

  /** The symbol that an import of `name` from `specifier` binds; `*` is the module itself. */
  imported(unit: Unit, specifier: string, name: string, types = false): Symbol | undefined {
    return this.follow(unit, specifier, name, types, newTrail());
  }

  exported(unit: Unit, name: string, types = false): Symbol | undefined {
    return this.search(unit, name, types, newTrail());
  }

  private follow(unit: Unit, specifier: string, name: string, types: boolean, trail: Trail): Symbol | undefined {
    const target = this.program.resolve(unit.path, specifier);
    if (target.kind === 'file') {
      const to = this.program.unit(target.file);
      return to ? this.search(to, name, types, trail) : undefined;
    }
    if (target.kind === 'unresolved') return undefined;
    const from = target.kind === 'builtin' ? target.name.replace(/^node:/, '') : target.subpath ? `${target.name}/${target.subpath.replace(/^\.?\//, '')}` : target.name;
    return { kind: 'external', from, path: name === '*' || name === 'default' ? [] : [name] };
  }

  /** Modules may export one another in circles: what is being searched yields nothing, which is not remembered on the way. */
  private search(unit: Unit, name: string, types: boolean, trail: Trail): Symbol | undefined {
    if (name === '*') return { kind: 'module', unit };
    const memo = ((types ? this.types : this.values)[unit.index] ??= new Map());
    const known = memo.get(name);
    if (known || memo.has(name)) return known;
    const key = `${unit.index} ${name}`;
    if (trail.searching.has(key)) {
      trail.cut = true;
      return undefined;
    }
    const first = trail.searching.size === 0;
    const wasCut = trail.cut;
    trail.cut = false;
    trail.searching.add(key);
    const found = this.find(unit, name, types, trail);
    if (found || first || !trail.cut) memo.set(name, found);
    trail.cut ||= wasCut;
    return found;
  }

  private find(unit: Unit, name: string, types: boolean, trail: Trail): Symbol | undefined {
    const { byName, stars } = (this.tables[unit.index] ??= exportsOf(unit));
    for (const e of byName.get(name) ?? []) {
      if (e.from !== undefined) return this.follow(unit, e.from, e.as ?? name, types, trail);
      const type = types && e.type !== undefined ? this.ownType(unit, e.type, trail) : undefined;
      if (type) return type;
      if (e.v !== undefined) return this.ownVariable(unit, e.v, types, trail);
      if (e.r !== undefined) return { kind: 'register', unit, r: e.r };
      if (e.type !== undefined) return this.ownType(unit, e.type, trail);
    }
    const common = this.commonJs(unit, name, trail);
    if (common) return common;
    for (const from of name === 'default' ? [] : stars) {
      const found = this.follow(unit, from, name, types, trail);
      if (found && found.kind !== 'external') return found;
    }
    return undefined;
  }

  /** A local name that is exported; an import that is exported again leads on. */
  variable(unit: Unit, v: number, types = false): Symbol | undefined {
    return this.ownVariable(unit, v, types, newTrail());
  }

  private ownVariable(unit: Unit, v: number, types: boolean, trail: Trail): Symbol | undefined {
    if (varField(unit, v, VarField.Kind) !== VarKind.Import) return { kind: 'variable', unit, v };
    const entry = unit.facts.imports[varField(unit, v, VarField.Ref)];
    return entry ? this.follow(unit, entry.from, entry.n, types, trail) : undefined;
  }

  localType(unit: Unit, name: string): Symbol | undefined {
    return this.ownType(unit, name, newTrail());
  }

  private ownType(unit: Unit, name: string, trail: Trail): Symbol | undefined {
    if (unit.facts.typeDecls.some((d) => d.n === name) || unit.facts.classes.some((c) => c.n === name)) return { kind: 'type', unit, name };
    const entry = this.importOf(unit, name);
    return entry ? this.follow(unit, entry.from, entry.n, true, trail) : undefined;
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
  private commonJs(unit: Unit, name: string, trail: Trail): Symbol | undefined {
    const assigned = unit.facts.exports.find((e) => e.n === 'export=');
    const r = assigned?.r;
    if (r === undefined) {
      if (name === 'default' && assigned?.v !== undefined) return this.ownVariable(unit, assigned.v, false, trail);
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

function exportsOf(unit: Unit): ExportTable {
  const byName = new Map<string, ExportFacts[]>();
  const stars: string[] = [];
  for (const e of unit.facts.exports) {
    const known = byName.get(e.n);
    if (e.n === '*' && e.from !== undefined) stars.push(e.from);
    else if (known) known.push(e);
    else byName.set(e.n, [e]);
  }
  return { byName, stars };
}
