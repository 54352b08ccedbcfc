// Static types of registers, variables and members, computed on demand and remembered. Tiers T0, T1 and T1b of call
// resolution rest on it. It never guesses: what is not declared or evident is `unknown`.
import type { MemberFacts, TypeDeclFacts, TypeExpr } from '#model/facts';
import { ConstKind, LoopKind, Op, PropertyKind, UnaryKind, VarField, VarFlag, VarKind } from '#model/facts';
import { builtinMember, builtinType, externalMember } from './builtin-types.ts';
import type { Cls, Fn, Program, Unit } from './program.ts';
import { callArguments, callTypeArguments, list, opcode, operand, text, varField } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import { alternatives, awaited, BOOLEAN, elementOf, NO_ENV, NUMBER, STRING, UNKNOWN, unionOf } from './static-type.ts';
import type { Symbol, Symbols } from './symbols.ts';

const MAX_DEPTH = 24;

export class Types {
  readonly program: Program;
  readonly symbols: Symbols;
  /** Names of getters and setters: other members are read without looking at types. */
  readonly accessorNames: ReadonlySet<string>;
  private readonly registers = new Map<number, (StaticType | null | undefined)[]>();
  private readonly returns = new Map<number, StaticType | null>();
  private readonly fields = new Map<string, StaticType | null>();
  private readonly uses = new Map<number, Map<number, number>>();
  private readonly writes = new Map<number, Map<number, number[]>>();
  private readonly subclasses = new Map<number, Cls[]>();
  private readonly implementers = new Map<string, Cls[]>();
  private depth = 0;

  constructor(program: Program, symbols: Symbols) {
    this.program = program;
    this.symbols = symbols;
    this.accessorNames = new Set(program.fns.flatMap((f) => (f.facts.kind === 'getter' || f.facts.kind === 'setter' ? [f.facts.n] : [])));
    for (const cls of program.classes) this.indexHeritage(cls);
  }

  private indexHeritage(cls: Cls): void {
    const base = this.baseOf(cls);
    if (base) push(this.subclasses, base.id, cls);
    for (const t of cls.facts.implements) {
      const type = this.resolve(cls.unit, t, NO_ENV);
      if (type.k === 'object' && type.name) push(this.implementers, `${type.unit.index} ${type.name}`, cls);
      else if (type.k === 'instance') push(this.subclasses, type.cls.id, cls);
    }
  }

  baseOf(cls: Cls): Cls | undefined {
    if (!cls.facts.extends) return undefined;
    const type = this.resolve(cls.unit, cls.facts.extends, NO_ENV);
    return type.k === 'instance' && type.cls !== cls ? type.cls : undefined;
  }

  /** Classes below a class or implementing an interface, all levels. */
  below(key: Cls | string): readonly Cls[] {
    const out = new Set<Cls>();
    const visit = (direct: readonly Cls[] | undefined): void => {
      for (const c of direct ?? []) {
        if (out.has(c)) continue;
        out.add(c);
        visit(this.subclasses.get(c.id));
      }
    };
    visit(typeof key === 'string' ? this.implementers.get(key) : this.subclasses.get(key.id));
    return [...out];
  }

  /* ---------- types as written ---------- */

  resolve(unit: Unit, type: TypeExpr, env: TypeEnv, depth = 0): StaticType {
    if (depth > MAX_DEPTH) return UNKNOWN;
    const of = (t: TypeExpr): StaticType => this.resolve(unit, t, env, depth + 1);
    switch (type.k) {
      case 'primitive': return type.n === 'any' || type.n === 'unknown' || type.n === 'object' ? UNKNOWN : { k: 'primitive', n: type.n };
      case 'literal': return { k: 'primitive', n: type.n === 'boolean' || type.n === 'number' ? type.n : `"${type.n}"` };
      case 'array': return { k: 'list', of: of(type.of) };
      case 'tuple': return { k: 'tuple', of: type.of.map(of) };
      case 'union': return unionOf(type.of.map(of));
      case 'intersection': return this.intersect(unit, type.of.map(of), env);
      case 'object': return { k: 'object', name: '', unit, members: type.members, bases: [], env };
      case 'function': return { k: 'signature', unit, type, env };
      case 'index': return this.indexed(of(type.of), type.key);
      case 'typeof': return this.named(unit, type.n);
      case 'keyof': return STRING;
      case 'mapped': return type.of ? { k: 'map', of: of(type.of) } : UNKNOWN;
      case 'import': return this.fromSymbol(this.symbols.imported(unit, type.from, type.n, true), type.n, (type.args ?? []).map(of), depth);
      case 'ref': return this.reference(unit, type, env, depth);
    }
  }

  private intersect(unit: Unit, parts: readonly StaticType[], env: TypeEnv): StaticType {
    const known = parts.filter((p) => p.k !== 'unknown');
    const [first] = known;
    if (known.length <= 1) return first ?? UNKNOWN;
    return { k: 'object', name: known.map((p) => (p.k === 'object' ? p.name : p.k === 'instance' ? p.cls.facts.n : '')).find((n) => n) ?? '', unit, members: [], bases: known, env };
  }

  private indexed(type: StaticType, key: TypeExpr): StaticType {
    if (key.k === 'literal' && key.n !== 'number') return this.member(type, key.n);
    return elementOf(type);
  }

  private reference(unit: Unit, type: TypeExpr & { readonly k: 'ref' }, env: TypeEnv, depth: number): StaticType {
    const bound = env.get(type.n);
    if (bound) return bound;
    const args = (): StaticType[] => (type.args ?? []).map((a) => this.resolve(unit, a, env, depth + 1));
    const [head, ...rest] = type.n.split('.');
    const declared = this.declaredIn(unit, type.n, args, depth);
    if (declared) return declared;
    if (rest.length > 0 && head !== undefined) {
      const entry = this.symbols.importOf(unit, head);
      const module = entry ? this.symbols.imported(unit, entry.from, entry.n) : undefined;
      const last = rest[rest.length - 1] ?? '';
      if (module?.kind === 'module') return this.fromSymbol(this.symbols.exported(module.unit, last, true), last, args(), depth);
      if (module?.kind === 'external') return externalInstance(module.from, [...module.path, ...rest], last, args());
    }
    const entry = this.symbols.importOf(unit, type.n);
    if (entry) {
      const symbol = this.symbols.imported(unit, entry.from, entry.n, true);
      if (symbol?.kind === 'external' && symbol.from === 'rxjs') return builtinType(type.n, args()) ?? externalInstance(symbol.from, symbol.path, type.n, args());
      if (symbol) return this.fromSymbol(symbol, type.n, args(), depth);
      return this.schema(entry.n) ?? externalInstance(entry.from, [entry.n], type.n, args());
    }
    const utility = this.utility(unit, type, env, depth);
    if (utility) return utility;
    return builtinType(type.n, args()) ?? this.schema(type.n) ?? externalInstance('', [], last(type.n), args());
  }

  /** `Partial<T>`, `Pick<T, 'a'>`, `Omit<T, 'a'>` and their kin. */
  private utility(unit: Unit, type: TypeExpr & { readonly k: 'ref' }, env: TypeEnv, depth: number): StaticType | undefined {
    const [first, second] = type.args ?? [];
    if (!first) return undefined;
    const of = (): StaticType => this.resolve(unit, first, env, depth + 1);
    switch (type.n) {
      case 'Partial': case 'Required': case 'Readonly': case 'NonNullable': case 'Awaited': case 'DeepPartial': case 'Extract': case 'Exclude': case 'Nullable': case 'Maybe':
        return type.n === 'Awaited' ? awaited(of()) : of();
      case 'Pick': case 'Omit': {
        const keys = second ? literalKeys(second) : undefined;
        return keys ? { k: 'without', of: of(), keys, keep: type.n === 'Pick' } : of();
      }
      case 'ReturnType': {
        const f = of();
        return f.k === 'functions' ? this.returnsOf(f) : UNKNOWN;
      }
      case 'InstanceType': {
        const c = of();
        return c.k === 'class' ? { k: 'instance', cls: c.cls, env: NO_ENV } : UNKNOWN;
      }
      default: return undefined;
    }
  }

  schema(name: string): StaticType | undefined {
    const schema = this.program.schemas.get(name);
    if (!schema) return undefined;
    const fields = new Map<string, StaticType>();
    const type: StaticType = { k: 'record', name, fields, schema: true };
    for (const f of schema.fields) {
      const of: StaticType = SCHEMA_SCALARS.get(f.type.toLowerCase()) ?? (this.program.schemas.has(f.type) ? { k: 'external', names: [{ root: `schema:${f.type}`, members: [] }], args: [] } : UNKNOWN);
      fields.set(f.name, f.list ? { k: 'list', of } : of);
    }
    return type;
  }

  private readonly declaredByName = new Map<number, Map<string, TypeDeclFacts | number>>();

  private declaredIn(unit: Unit, name: string, args: () => StaticType[], depth: number): StaticType | undefined {
    let names = this.declaredByName.get(unit.index);
    if (!names) {
      names = new Map();
      for (const d of unit.facts.typeDecls) if (!names.has(d.n)) names.set(d.n, d);
      unit.facts.classes.forEach((c, i) => c.n && !names?.has(c.n) && names?.set(c.n, i));
      this.declaredByName.set(unit.index, names);
    }
    const found = names.get(name);
    if (found === undefined) return undefined;
    if (typeof found === 'number') {
      const cls = this.program.clsOf(unit, found);
      return { k: 'instance', cls, env: bindEnv(cls.facts.typeParams, args) };
    }
    return this.declaration(unit, found, args, depth);
  }

  private declaration(unit: Unit, d: TypeDeclFacts, args: () => StaticType[], depth: number): StaticType {
    if (d.kind === 'enum') return { k: 'enum', unit, name: d.n };
    const env = bindEnv(d.typeParams, args);
    if (d.kind === 'alias') {
      const type = this.resolve(unit, d.type, env, depth + 1);
      return type.k === 'object' && type.name === '' ? { ...type, name: d.n, ...(d.tags ? { tags: d.tags } : {}) } : type;
    }
    const bases = d.extends.map((b) => this.resolve(unit, b, env, depth + 1)).filter((t) => t.k !== 'unknown');
    return { k: 'object', name: d.n, unit, members: d.members, bases, env, ...(d.tags ? { tags: d.tags } : {}) };
  }

  private fromSymbol(symbol: Symbol | undefined, name: string, args: readonly StaticType[], depth: number): StaticType {
    if (!symbol) return UNKNOWN;
    switch (symbol.kind) {
      case 'type': return this.declaredIn(symbol.unit, symbol.name, () => [...args], depth) ?? UNKNOWN;
      case 'variable': {
        const declared = this.declaredIn(symbol.unit, text(symbol.unit, varField(symbol.unit, symbol.v, VarField.Name)), () => [...args], depth);
        return declared ?? UNKNOWN;
      }
      case 'register': {
        const type = this.ofRegister(this.program.fnOf(symbol.unit, 0), symbol.r);
        return type.k === 'class' ? { k: 'instance', cls: type.cls, env: NO_ENV } : UNKNOWN;
      }
      case 'module': return UNKNOWN;
      case 'external': return externalInstance(symbol.from, symbol.path, last(name), args);
    }
  }

  /** A value name in type position (`typeof x`), or any name at module level. */
  private named(unit: Unit, name: string): StaticType {
    const [head, ...rest] = name.split('.');
    for (let v = 0; v < unit.facts.vars.length / 8; v++) {
      if (varField(unit, v, VarField.Owner) !== 0 || text(unit, varField(unit, v, VarField.Name)) !== head) continue;
      let type = this.ofVariable(unit, v);
      for (const key of rest) type = this.member(type, key);
      return type;
    }
    return UNKNOWN;
  }

  /* ---------- values ---------- */

  ofSymbol(symbol: Symbol | undefined): StaticType {
    if (!symbol) return UNKNOWN;
    switch (symbol.kind) {
      case 'variable': return this.ofVariable(symbol.unit, symbol.v);
      case 'register': return this.ofRegister(this.program.fnOf(symbol.unit, 0), symbol.r);
      case 'module': return { k: 'module', unit: symbol.unit };
      case 'type': return UNKNOWN;
      case 'external': return { k: 'external', names: [{ root: `npm:${symbol.from}`, members: symbol.path }], args: [] };
    }
  }

  ofVariable(unit: Unit, v: number): StaticType {
    const kind = varField(unit, v, VarField.Kind);
    const ref = varField(unit, v, VarField.Ref);
    if (kind === VarKind.Import) {
      const entry = unit.facts.imports[ref];
      if (!entry) return UNKNOWN;
      const symbol = this.symbols.imported(unit, entry.from, entry.n);
      if (symbol) return this.ofSymbol(symbol);
      const path = entry.n === '*' || entry.n === 'default' ? [] : [entry.n];
      return /^[./]/.test(entry.from) ? UNKNOWN : { k: 'external', names: [{ root: `npm:${entry.from}`, members: path }], args: [] };
    }
    if (kind === VarKind.Function && ref >= 0) return { k: 'functions', fns: [this.program.fnOf(unit, ref)], env: NO_ENV, tier: 'T0' };
    if (kind === VarKind.Class && ref >= 0) return { k: 'class', cls: this.program.clsOf(unit, ref) };
    if (kind === VarKind.Enum) return { k: 'enum', unit, name: text(unit, varField(unit, v, VarField.Name)) };
    const declared = varField(unit, v, VarField.Type);
    const owner = this.program.fnOf(unit, varField(unit, v, VarField.Owner));
    if (declared >= 0) {
      const type = unit.facts.types[declared];
      const resolved = type ? this.resolve(unit, type, this.envOf(owner)) : UNKNOWN;
      const param = kind === VarKind.Param && owner.facts.params.find((p) => p.v === v);
      if (resolved.k !== 'unknown') return param && param.rest && resolved.k !== 'list' ? { k: 'list', of: resolved } : resolved;
    }
    if (kind === VarKind.Param) return this.contextualParam(owner, owner.facts.params.findIndex((p) => p.v === v));
    const init = varField(unit, v, VarField.Init);
    if (init >= 0 && (varField(unit, v, VarField.Flags) & VarFlag.Reassigned) === 0) return this.ofRegister(owner, init);
    return this.ofWrites(owner, v);
  }

  /** A variable that is assigned more than once: all its values, if they agree. */
  private ofWrites(owner: Fn, v: number): StaticType {
    const registers = this.writesTo(owner, v);
    return registers.length > 6 ? UNKNOWN : unionOf(registers.map((r) => this.ofRegister(owner, r)));
  }

  /** Registers that the owner assigns to a variable. */
  writesTo(owner: Fn, v: number): readonly number[] {
    let byVariable = this.writes.get(owner.id);
    if (!byVariable) {
      byVariable = new Map();
      for (let op = 0; op < owner.facts.count; op++) {
        if (opcode(owner, op) !== Op.SetVar) continue;
        const variable = operand(owner, op, 1);
        byVariable.set(variable, [...(byVariable.get(variable) ?? []), operand(owner, op, 2)]);
      }
      this.writes.set(owner.id, byVariable);
    }
    return byVariable.get(v) ?? [];
  }

  /** Type parameters of the functions and classes around; a parameter is unknown unless something binds it. */
  envOf(fn: Fn): TypeEnv {
    const names: string[] = [];
    for (let f: Fn | undefined = fn; f; f = this.program.parent(f)) {
      names.push(...(f.facts.typeParams ?? []));
      if (f.facts.cls >= 0) names.push(...(this.program.clsOf(f.unit, f.facts.cls).facts.typeParams ?? []));
    }
    return names.length === 0 ? NO_ENV : new Map(names.map((n) => [n, UNKNOWN]));
  }

  ofRegister(fn: Fn, r: number): StaticType {
    let memo = this.registers.get(fn.id);
    if (!memo) this.registers.set(fn.id, (memo = []));
    const known = memo[r];
    if (known !== undefined) return known ?? UNKNOWN;
    if (this.depth > 200) return UNKNOWN;
    memo[r] = null;
    this.depth++;
    const type = this.compute(fn, r);
    this.depth--;
    memo[r] = type;
    return type;
  }

  private compute(fn: Fn, r: number): StaticType {
    const a = operand(fn, r, 1);
    const b = operand(fn, r, 2);
    switch (opcode(fn, r)) {
      case Op.Const: return CONSTANT_TYPES[a] ?? UNKNOWN;
      case Op.GetVar: return this.ofVariable(fn.unit, a);
      case Op.Global: return GLOBAL_OBJECTS.has(text(fn.unit, a)) ? { k: 'external', names: [{ root: 'globalThis', members: [] }], args: [] } : { k: 'external', names: [{ root: `global:${text(fn.unit, a)}`, members: [] }], args: [] };
      case Op.Load: return this.member(this.ofRegister(fn, a), text(fn.unit, b));
      case Op.Elem: return this.element(fn, a, b);
      case Op.Call: return this.callResult(fn, r);
      case Op.New: return this.constructed(fn, r);
      case Op.Object: return { k: 'literal', fn, op: r };
      case Op.Array: return { k: 'list', of: unionOf([...list(fn.unit, b)].slice(0, 4).map((x) => (x < 0 ? elementOf(this.ofRegister(fn, ~x)) : this.ofRegister(fn, x)))) };
      case Op.Template:
      case Op.Concat: return STRING;
      case Op.Binary: return a === 0 ? NUMBER : BOOLEAN;
      case Op.Unary: return a === UnaryKind.Not ? BOOLEAN : a === UnaryKind.Typeof ? STRING : NUMBER;
      case Op.Join: return unionOf([...list(fn.unit, b)].map((x) => this.ofRegister(fn, x)));
      case Op.Closure: return { k: 'functions', fns: [this.program.fnOf(fn.unit, a)], env: NO_ENV, tier: 'T0' };
      case Op.ClassValue: return { k: 'class', cls: this.program.clsOf(fn.unit, a) };
      case Op.This: return this.thisOf(fn);
      case Op.Super: return this.superOf(fn);
      case Op.Await: return awaited(this.ofRegister(fn, a));
      case Op.Rest: return { k: 'without', of: this.ofRegister(fn, a), keys: [...list(fn.unit, b)].map((s) => text(fn.unit, s)), keep: false };
      case Op.RestArray: return this.ofRegister(fn, a);
      case Op.Cast: return this.castType(fn, a, b);
      case Op.Iterate: return operand(fn, r, 3) === LoopKind.In ? STRING : elementOf(this.ofRegister(fn, a));
      case Op.Import: return this.importedModule(fn.unit, text(fn.unit, a));
      default: return UNKNOWN;
    }
  }

  private castType(fn: Fn, value: number, type: number): StaticType {
    const written = fn.unit.facts.types[type];
    const resolved = written ? this.resolve(fn.unit, written, this.envOf(fn)) : UNKNOWN;
    return resolved.k === 'unknown' ? this.ofRegister(fn, value) : resolved;
  }

  private importedModule(unit: Unit, specifier: string): StaticType {
    const target = this.program.resolve(unit.path, specifier);
    if (target.kind === 'file') {
      const to = this.program.unit(target.file);
      if (!to) return UNKNOWN;
      const assigned = to.facts.exports.find((e) => e.n === 'export=');
      if (assigned?.r !== undefined) return this.ofRegister(this.program.fnOf(to, 0), assigned.r);
      if (assigned?.v !== undefined) return this.ofVariable(to, assigned.v);
      return { k: 'module', unit: to };
    }
    const name = target.kind === 'package' ? (target.subpath ? `${target.name}/${target.subpath.replace(/^\.?\//, '')}` : target.name) : specifier.replace(/^node:/, '');
    return { k: 'external', names: [{ root: `npm:${name}`, members: [] }], args: [] };
  }

  private element(fn: Fn, object: number, key: number): StaticType {
    const type = this.ofRegister(fn, object);
    const name = this.constantText(fn, key);
    return name === undefined ? elementOf(type) : this.member(type, name);
  }

  /** Text of a register that is a constant name: a literal, a constant variable, an enum member. */
  constantText(fn: Fn, r: number, depth = 0): string | undefined {
    if (depth > 4 || r < 0) return undefined;
    switch (opcode(fn, r)) {
      case Op.Const: {
        const s = operand(fn, r, 2);
        return s >= 0 ? text(fn.unit, s) : undefined;
      }
      case Op.Cast: return this.constantText(fn, operand(fn, r, 1), depth + 1);
      case Op.GetVar: return this.constantVariable(fn.unit, operand(fn, r, 1), depth + 1);
      case Op.Load: return this.constantMember(fn, r, depth + 1);
      default: return undefined;
    }
  }

  constantVariable(unit: Unit, v: number, depth = 0): string | undefined {
    const kind = varField(unit, v, VarField.Kind);
    if (kind === VarKind.Import) {
      const symbol = this.symbols.variable(unit, v);
      return symbol?.kind === 'variable' ? this.constantVariable(symbol.unit, symbol.v, depth + 1) : undefined;
    }
    const init = varField(unit, v, VarField.Init);
    if (init < 0 || depth > 6) return undefined;
    return this.constantText(this.program.fnOf(unit, varField(unit, v, VarField.Owner)), init, depth + 1);
  }

  private constantMember(fn: Fn, r: number, depth: number): string | undefined {
    const key = text(fn.unit, operand(fn, r, 2));
    const object = this.ofRegister(fn, operand(fn, r, 1));
    if (object.k === 'enum') {
      const decl = object.unit.facts.typeDecls.find((d) => d.kind === 'enum' && d.n === object.name);
      return decl?.kind === 'enum' ? decl.members.find((m) => m.n === key)?.s : undefined;
    }
    if (object.k === 'literal') {
      const value = literalMember(object.fn, object.op, key);
      return value === undefined ? undefined : this.constantText(object.fn, value, depth);
    }
    if (object.k === 'module') {
      const symbol = this.symbols.exported(object.unit, key);
      return symbol?.kind === 'variable' ? this.constantVariable(symbol.unit, symbol.v, depth) : undefined;
    }
    if (object.k === 'class') {
      const at = this.fieldInitialiser(object.cls, key, true);
      return at ? this.constantText(at.fn, at.r, depth) : undefined;
    }
    return undefined;
  }

  thisOf(fn: Fn): StaticType {
    for (let f: Fn | undefined = fn; f; f = this.program.parent(f)) {
      if (f.facts.kind === 'arrow') continue;
      if (f.facts.cls >= 0) {
        const cls = this.program.clsOf(f.unit, f.facts.cls);
        return f.facts.static ? { k: 'class', cls } : { k: 'instance', cls, env: NO_ENV };
      }
      return this.receiverLiteral(f);
    }
    return UNKNOWN;
  }

  /** `this` inside a method of an object literal is that literal. */
  private receiverLiteral(fn: Fn): StaticType {
    const parent = this.program.parent(fn);
    if (!parent) return UNKNOWN;
    const use = this.closureUse(parent, fn.local);
    return use !== undefined && opcode(parent, use) === Op.Object ? { k: 'literal', fn: parent, op: use } : UNKNOWN;
  }

  private superOf(fn: Fn): StaticType {
    const self = this.thisOf(fn);
    const cls = self.k === 'instance' || self.k === 'class' ? self.cls : undefined;
    const base = cls && this.baseOf(cls);
    if (base) return self.k === 'class' ? { k: 'class', cls: base } : { k: 'instance', cls: base, env: NO_ENV };
    const written = cls?.facts.extends;
    return cls && written ? this.resolve(cls.unit, written, NO_ENV) : UNKNOWN;
  }

  /* ---------- members ---------- */

  member(type: StaticType, key: string): StaticType {
    switch (type.k) {
      case 'union': return unionOf(type.of.map((t) => this.member(t, key)));
      case 'without': return type.keys.includes(key) === type.keep ? this.member(type.of, key) : UNKNOWN;
      case 'instance': return this.classMember(type.cls, key, false, type.env);
      case 'class': return key === 'prototype' ? { k: 'instance', cls: type.cls, env: NO_ENV } : this.classMember(type.cls, key, true, NO_ENV);
      case 'object': return this.objectMember(type, key);
      case 'record': return type.fields.get(key) ?? UNKNOWN;
      case 'literal': return this.literalMemberType(type, key);
      case 'module': return this.ofSymbol(this.symbols.exported(type.unit, key));
      case 'external': return this.memberOfExternal(type, key);
      case 'tuple': return type.of[Number(key)] ?? builtinMember(type, key);
      case 'enum': return { k: 'primitive', n: 'enum' };
      default: return builtinMember(type, key);
    }
  }

  private memberOfExternal(type: StaticType & { readonly k: 'external' }, key: string): StaticType {
    const schema = type.names.find((n) => n.root.startsWith('schema:'));
    if (schema) return this.member(this.schema(schema.root.slice(7)) ?? UNKNOWN, key);
    return externalMember(type, key);
  }

  /** The member of an object type, with what its declaration says. */
  memberFacts(type: StaticType, key: string): MemberFacts | undefined {
    switch (type.k) {
      case 'object': return type.members.find((m) => m.n === key) ?? type.bases.map((b) => this.memberFacts(b, key)).find((m) => m);
      case 'instance': {
        for (let c: Cls | undefined = type.cls, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) {
          const found = c.facts.members.find((m) => m.n === key && !m.static);
          if (found) return found;
        }
        return undefined;
      }
      case 'union': return type.of.map((t) => this.memberFacts(t, key)).find((m) => m);
      case 'without': return this.memberFacts(type.of, key);
      default: return undefined;
    }
  }

  private objectMember(type: StaticType & { readonly k: 'object' }, key: string): StaticType {
    const found = type.members.find((m) => m.n === key);
    if (found) {
      if (found.kind === 'method') return this.interfaceMethod(type, found);
      return found.type ? this.resolve(type.unit, found.type, type.env) : UNKNOWN;
    }
    for (const base of type.bases) {
      const inherited = this.member(base, key);
      if (inherited.k !== 'unknown') return inherited;
    }
    const index = type.members.find((m) => m.kind === 'index');
    return index?.type ? this.resolve(type.unit, index.type, type.env) : UNKNOWN;
  }

  private interfaceMethod(type: StaticType & { readonly k: 'object' }, member: MemberFacts): StaticType {
    const declared = member.type ? { declared: { unit: type.unit, type: member.type } } : {};
    const fns = type.name === '' ? [] : this.below(`${type.unit.index} ${type.name}`).flatMap((c) => this.methodOf(c, member.n, false) ?? []);
    return { k: 'functions', fns: unique(fns), env: type.env, tier: 'T1', ...declared };
  }

  private classMember(cls: Cls, key: string, isStatic: boolean, env: TypeEnv): StaticType {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) {
      const member = c.facts.members.find((m) => m.n === key && (m.static ?? false) === isStatic);
      if (member) return this.declaredMember(c, cls, member, isStatic, c === cls ? env : this.baseEnv(cls, c));
      const property = isStatic ? undefined : this.constructorProperty(c, key, env);
      if (property) return property;
    }
    const assigned = this.fieldType(cls, key, isStatic);
    if (assigned.k !== 'unknown') return assigned;
    return this.externalBaseMember(cls, key, isStatic);
  }

  /** A member of a base class from outside: `this.findOne` of a class that extends a library's repository. */
  private externalBaseMember(cls: Cls, key: string, isStatic: boolean): StaticType {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) {
      if (!c.facts.extends || this.baseOf(c)) continue;
      const base = this.resolve(c.unit, c.facts.extends, NO_ENV);
      return base.k === 'external' ? externalMember(base.args.some(isRecordType) && !isStatic ? base : { ...base, args: [{ k: 'instance', cls, env: NO_ENV }] }, key) : UNKNOWN;
    }
    return UNKNOWN;
  }

  private baseEnv(from: Cls, to: Cls): TypeEnv {
    for (let c: Cls | undefined = from, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) {
      if (!c.facts.extends) return NO_ENV;
      const base = this.resolve(c.unit, c.facts.extends, NO_ENV);
      if (base.k === 'instance' && base.cls === to) return base.env;
    }
    return NO_ENV;
  }

  private declaredMember(c: Cls, receiver: Cls, member: MemberFacts, isStatic: boolean, env: TypeEnv): StaticType {
    if (member.kind === 'method') {
      const own = member.fn === undefined ? [] : [this.program.fnOf(c.unit, member.fn)];
      const fns = own.length > 0 ? own : isStatic ? [] : this.below(receiver).flatMap((s) => this.methodOf(s, member.n, false) ?? []);
      return { k: 'functions', fns: unique(fns), env, tier: 'T1', ...(member.type ? { declared: { unit: c.unit, type: member.type } } : {}) };
    }
    if (member.type) {
      const type = this.resolve(c.unit, member.type, env.size > 0 ? env : this.classEnv(c));
      if (type.k !== 'unknown' && type.k !== 'signature') return type;
    }
    if (member.kind === 'getter' && member.fn !== undefined) return this.returnsOf({ k: 'functions', fns: [this.program.fnOf(c.unit, member.fn)], env, tier: 'T1b' });
    if (member.fn !== undefined) return { k: 'functions', fns: [this.program.fnOf(c.unit, member.fn)], env, tier: 'T1' };
    const declared = member.type ? this.resolve(c.unit, member.type, env) : UNKNOWN;
    const assigned = this.fieldType(c, member.n, isStatic);
    return assigned.k === 'unknown' ? declared : assigned;
  }

  private classEnv(c: Cls): TypeEnv {
    return c.facts.typeParams ? new Map(c.facts.typeParams.map((n) => [n, UNKNOWN])) : NO_ENV;
  }

  methodOf(cls: Cls, name: string, isStatic: boolean): Fn | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) {
      const m = c.facts.members.find((x) => x.n === name && x.fn !== undefined && (x.static ?? false) === isStatic);
      if (m?.fn !== undefined) return this.program.fnOf(c.unit, m.fn);
    }
    return undefined;
  }

  private constructorProperty(c: Cls, key: string, env: TypeEnv): StaticType | undefined {
    if (c.facts.ctor < 0) return undefined;
    const ctor = this.program.fnOf(c.unit, c.facts.ctor);
    const param = ctor.facts.params.find((p) => p.property && p.n === key);
    return param ? (param.type ? this.resolve(c.unit, param.type, env.size > 0 ? env : this.classEnv(c)) : UNKNOWN) : undefined;
  }

  private readonly fieldStores = new Map<number, Map<string, { readonly fn: Fn; readonly r: number }[]>>();

  /** Where a class assigns `this.key`: initialisers and constructor first, then the other methods. */
  private storesOf(cls: Cls): Map<string, { readonly fn: Fn; readonly r: number }[]> {
    const known = this.fieldStores.get(cls.id);
    if (known) return known;
    const stores = new Map<string, { readonly fn: Fn; readonly r: number }[]>();
    this.fieldStores.set(cls.id, stores);
    const local = [cls.facts.fields, cls.facts.ctor, ...cls.facts.members.flatMap((m) => (m.fn === undefined ? [] : [m.fn]))];
    for (const index of local) {
      if (index < 0) continue;
      const fn = this.program.fnOf(cls.unit, index);
      for (let op = 0; op < fn.facts.count; op++) {
        if (opcode(fn, op) !== Op.Store || opcode(fn, operand(fn, op, 1)) !== Op.This) continue;
        const key = text(fn.unit, operand(fn, op, 2));
        stores.set(key, [...(stores.get(key) ?? []), { fn, r: operand(fn, op, 3) }]);
      }
    }
    return stores;
  }

  fieldInitialiser(cls: Cls, key: string, isStatic: boolean): { readonly fn: Fn; readonly r: number } | undefined {
    return this.storesOf(cls).get(key)?.find((s) => (isStatic ? true : s.fn.facts.kind === 'fields' || s.fn.facts.kind === 'constructor')) ?? (isStatic ? this.staticInitialiser(cls, key) : undefined);
  }

  private staticInitialiser(cls: Cls, key: string): { readonly fn: Fn; readonly r: number } | undefined {
    const statics = this.program.fns.slice(cls.unit.firstFunction, cls.unit.firstFunction + cls.unit.facts.functions.length).find((f) => f.facts.kind === 'static' && f.facts.cls === cls.local);
    if (!statics) return undefined;
    for (let op = 0; op < statics.facts.count; op++) {
      if (opcode(statics, op) === Op.Store && text(statics.unit, operand(statics, op, 2)) === key) return { fn: statics, r: operand(statics, op, 3) };
    }
    return undefined;
  }

  private fieldType(cls: Cls, key: string, isStatic: boolean): StaticType {
    const memo = `${cls.id} ${key} ${isStatic}`;
    const known = this.fields.get(memo);
    if (known !== undefined) return known ?? UNKNOWN;
    this.fields.set(memo, null);
    const initial = isStatic ? this.staticInitialiser(cls, key) : undefined;
    const stores = initial ? [initial] : (this.storesOf(cls).get(key) ?? []);
    const type = stores.length > 4 ? UNKNOWN : unionOf(stores.map((s) => this.ofRegister(s.fn, s.r)));
    this.fields.set(memo, type);
    return type;
  }

  private literalMemberType(type: StaticType & { readonly k: 'literal' }, key: string): StaticType {
    const value = literalMember(type.fn, type.op, key);
    if (value !== undefined) {
      const found = this.ofRegister(type.fn, value);
      if (found.k === 'functions' && isAccessor(type.fn, type.op, key)) return this.returnsOf(found);
      return found.k === 'functions' ? { ...found, tier: 'T1' } : found;
    }
    const items = list(type.fn.unit, operand(type.fn, type.op, 2));
    for (let i = items.length - 3; i >= 0; i -= 3) {
      if (items[i] !== PropertyKind.Spread) continue;
      const spread = this.member(this.ofRegister(type.fn, items[i + 2] ?? 0), key);
      if (spread.k !== 'unknown') return spread;
    }
    return UNKNOWN;
  }

  /* ---------- calls ---------- */

  private callResult(fn: Fn, r: number): StaticType {
    const callee = this.ofRegister(fn, operand(fn, r, 1));
    const results = alternatives(callee).map((c) => this.resultOf(c, fn, r));
    return unionOf(results);
  }

  private resultOf(callee: StaticType, fn: Fn, r: number): StaticType {
    if (callee.k === 'functions') return this.returnsOf(callee, fn, r);
    if (callee.k === 'signature') return callee.type.ret ? this.resolve(callee.unit, callee.type.ret, this.bindCall(callee.type.tp, callee.env, fn, r)) : UNKNOWN;
    if (callee.k === 'external') return this.externalResult(callee, fn, r);
    return UNKNOWN;
  }

  private bindCall(params: readonly string[] | undefined, env: TypeEnv, fn: Fn, r: number): TypeEnv {
    if (!params) return env;
    const written = fn.unit.facts.types[callTypeArguments(fn, r)];
    const given = written?.k === 'tuple' ? written.of.map((t) => this.resolve(fn.unit, t, this.envOf(fn))) : [];
    return new Map([...env, ...params.map((n, i) => [n, given[i] ?? UNKNOWN] as const)]);
  }

  /** Declared return type, else the union of what is returned. */
  returnsOf(f: StaticType & { readonly k: 'functions' }, at?: Fn, call = -1): StaticType {
    if (f.fns.length === 0 && f.declared?.type.k === 'function' && f.declared.type.ret) {
      const env = at ? this.bindCall(f.declared.type.tp, f.env, at, call) : f.env;
      return this.resolve(f.declared.unit, f.declared.type.ret, env);
    }
    return unionOf(f.fns.slice(0, 4).map((fn) => this.returnOf(fn, f.env, at, call)));
  }

  private returnOf(fn: Fn, env: TypeEnv, at: Fn | undefined, call: number): StaticType {
    const overload = fn.facts.overloads?.[0]?.ret;
    const declared = fn.facts.ret ?? overload;
    if (declared && !(declared.k === 'primitive' && declared.n === 'any')) {
      const bound = at ? this.bindGenerics(fn, env, at, call) : env;
      const full = bound.size > 0 ? bound : this.envOf(fn);
      const type = this.resolve(fn.unit, declared, full);
      if (type.k !== 'unknown') return type;
    }
    return this.inferredReturn(fn);
  }

  /** Type arguments as written, else from arguments whose parameter is `T`, `T[]` or `Promise<T>`. */
  private bindGenerics(fn: Fn, env: TypeEnv, at: Fn, call: number): TypeEnv {
    const names = fn.facts.typeParams;
    if (!names) return env;
    const written = at.unit.facts.types[callTypeArguments(at, call)];
    const given = written?.k === 'tuple' ? written.of.map((t) => this.resolve(at.unit, t, this.envOf(at))) : [];
    const bound = new Map<string, StaticType>(env);
    const args = callArguments(at, call);
    names.forEach((n, i) => {
      let type = given[i];
      if (!type) {
        const p = fn.facts.params.findIndex((x) => mentions(x.type, n));
        const arg = args[p];
        const param = fn.facts.params[p]?.type;
        if (arg !== undefined && arg >= 0 && param) type = unify(param, n, this.ofRegister(at, arg));
      }
      bound.set(n, type ?? UNKNOWN);
    });
    return bound;
  }

  private inferredReturn(fn: Fn): StaticType {
    const known = this.returns.get(fn.id);
    if (known !== undefined) return known ?? UNKNOWN;
    this.returns.set(fn.id, null);
    const types: StaticType[] = [];
    for (let op = 0; op < fn.facts.count && types.length < 8; op++) {
      if (opcode(fn, op) === Op.Return && operand(fn, op, 1) >= 0) types.push(this.ofRegister(fn, operand(fn, op, 1)));
    }
    const type = unionOf(types);
    const result: StaticType = fn.facts.generator ? UNKNOWN : fn.facts.async && type.k !== 'promise' && type.k !== 'unknown' ? { k: 'promise', of: type } : type;
    this.returns.set(fn.id, result);
    return result;
  }

  private externalResult(callee: StaticType & { readonly k: 'external' }, fn: Fn, r: number): StaticType {
    const written = fn.unit.facts.types[callTypeArguments(fn, r)];
    const args = written?.k === 'tuple' ? written.of.map((t) => this.resolve(fn.unit, t, this.envOf(fn))) : [];
    const known = builtinCall(this, callee, fn, r, args);
    if (known) return known;
    return { k: 'external', names: callee.names.map((n) => ({ root: n.root, members: [...n.members, '()'] })), args: args.length > 0 ? args : callee.args };
  }

  private constructed(fn: Fn, r: number): StaticType {
    const callee = this.ofRegister(fn, operand(fn, r, 1));
    if (callee.k === 'class') {
      const written = fn.unit.facts.types[callTypeArguments(fn, r)];
      const args = written?.k === 'tuple' ? written.of.map((t) => this.resolve(fn.unit, t, this.envOf(fn))) : [];
      return { k: 'instance', cls: callee.cls, env: bindEnv(callee.cls.facts.typeParams, () => args) };
    }
    if (callee.k !== 'external') return UNKNOWN;
    const written = fn.unit.facts.types[callTypeArguments(fn, r)];
    const args = written?.k === 'tuple' ? written.of.map((t) => this.resolve(fn.unit, t, this.envOf(fn))) : [];
    const [name] = callee.names;
    const simple = name && name.members.length === 0 && name.root.startsWith('global:') ? name.root.slice(7) : name?.members[name.members.length - 1];
    if (name?.root.startsWith('global:') && simple) {
      const builtin = builtinType(simple, args);
      if (builtin) return builtin;
    }
    return { k: 'external', names: [...callee.names.map((n) => ({ root: n.root, members: [...n.members, 'new'] })), ...(simple ? [{ root: `type:${simple}`, members: [] }] : [])], args };
  }

  /** Every function a call may reach, with the tier it was resolved by. */
  targets(fn: Fn, r: number): { readonly fns: readonly Fn[]; readonly tier: 'T0' | 'T1' | 'T1b' | 'T2' } {
    const calleeRegister = operand(fn, r, 1);
    const callee = this.ofRegister(fn, calleeRegister);
    const isNew = opcode(fn, r) === Op.New;
    const isSuper = opcode(fn, calleeRegister) === Op.Super;
    const found: Fn[] = [];
    let tier: 'T0' | 'T1' | 'T1b' | 'T2' = 'T0';
    for (const c of alternatives(callee)) {
      if (c.k === 'functions' && !isNew) {
        found.push(...c.fns);
        tier = c.tier;
      } else if (c.k === 'class' && isNew) {
        const ctor = this.constructorOf(c.cls);
        if (ctor) found.push(ctor);
      } else if (c.k === 'instance' && isSuper) {
        const ctor = this.constructorOf(c.cls);
        if (ctor) found.push(ctor);
        tier = 'T1';
      } else if (c.k === 'functions' && isNew) {
        found.push(...c.fns);
        tier = c.tier;
      }
    }
    if (opcode(fn, calleeRegister) === Op.Load && tier === 'T0') tier = 'T1';
    if (opcode(fn, calleeRegister) === Op.Load && this.isInferred(fn, operand(fn, calleeRegister, 1))) tier = 'T1b';
    const fns = unique(found);
    return { fns: fns.length > 16 ? [] : fns, tier };
  }

  private isInferred(fn: Fn, receiver: number): boolean {
    const op = opcode(fn, receiver);
    return op === Op.Call || op === Op.Await || op === Op.Iterate || op === Op.Elem || op === Op.Join;
  }

  constructorOf(cls: Cls): Fn | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; c = this.baseOf(c), hops++) if (c.facts.ctor >= 0) return this.program.fnOf(c.unit, c.facts.ctor);
    return undefined;
  }

  /** Getters that a Load may run. */
  accessors(fn: Fn, load: number): readonly Fn[] {
    return this.accessorsOf(this.ofRegister(fn, operand(fn, load, 1)), text(fn.unit, operand(fn, load, 2)), 'getter');
  }

  accessorsOf(type: StaticType, key: string, kind: 'getter' | 'setter'): readonly Fn[] {
    const found: Fn[] = [];
    for (const t of alternatives(type)) {
      if (t.k === 'instance' || t.k === 'class') {
        for (let c: Cls | undefined = t.cls, hops = 0; c && hops < 8; c = this.baseOf(c), hops++) {
          const m = c.facts.members.find((x) => x.n === key && x.kind === kind && x.fn !== undefined);
          if (m?.fn === undefined) continue;
          found.push(this.program.fnOf(c.unit, m.fn));
          break;
        }
      } else if (t.k === 'literal') {
        const items = list(t.fn.unit, operand(t.fn, t.op, 2));
        const wanted = kind === 'getter' ? PropertyKind.Getter : PropertyKind.Setter;
        for (let i = 0; i < items.length; i += 3) {
          if (items[i] === wanted && text(t.fn.unit, items[i + 1] ?? -1) === key) found.push(this.program.fnOf(t.fn.unit, operand(t.fn, items[i + 2] ?? 0, 1)));
        }
      }
    }
    return found;
  }

  /* ---------- callbacks ---------- */

  /** The operation of `parent` that uses a closure: the call it is given to, or the object it is a member of. */
  closureUse(parent: Fn, local: number): number | undefined {
    let uses = this.uses.get(parent.id);
    if (!uses) {
      uses = new Map();
      const closures = new Map<number, number>();
      for (let op = 0; op < parent.facts.count; op++) {
        const code = opcode(parent, op);
        if (code === Op.Closure) closures.set(op, operand(parent, op, 1));
        else if (code === Op.Call || code === Op.New) {
          for (const r of callArguments(parent, op)) if (closures.has(r)) uses.set(closures.get(r) ?? -1, op);
        } else if (code === Op.Object) {
          for (const r of list(parent.unit, operand(parent, op, 2))) if (closures.has(r)) uses.set(closures.get(r) ?? -1, op);
        }
      }
      this.uses.set(parent.id, uses);
    }
    return uses.get(local);
  }

  private contextualParam(fn: Fn, index: number): StaticType {
    const parent = this.program.parent(fn);
    if (!parent || index < 0) return UNKNOWN;
    const use = this.closureUse(parent, fn.local);
    if (use === undefined || opcode(parent, use) === Op.Object) return UNKNOWN;
    const args = callArguments(parent, use);
    const position = args.findIndex((r) => r >= 0 && opcode(parent, r) === Op.Closure && operand(parent, r, 1) === fn.local);
    const callee = operand(parent, use, 1);
    const type = this.ofRegister(parent, callee);
    const declared = this.declaredCallback(type, position, index, parent, use);
    if (declared.k !== 'unknown') return declared;
    if (opcode(parent, callee) !== Op.Load) return UNKNOWN;
    return callbackParam(text(parent.unit, operand(parent, callee, 2)), this.ofRegister(parent, operand(parent, callee, 1)), index, position);
  }

  private declaredCallback(callee: StaticType, position: number, index: number, at: Fn, call: number): StaticType {
    for (const c of alternatives(callee)) {
      if (c.k !== 'functions') continue;
      for (const f of c.fns) {
        const written = f.facts.params[position]?.type;
        if (!written) continue;
        const type = this.resolve(f.unit, written, this.bindGenerics(f, c.env, at, call));
        const signature = alternatives(type).find((t) => t.k === 'signature');
        const param = signature?.k === 'signature' ? signature.type.params[index]?.t : undefined;
        if (param && signature?.k === 'signature') return this.resolve(signature.unit, param, signature.env);
      }
    }
    return UNKNOWN;
  }
}

const CONSTANT_TYPES: Readonly<Record<number, StaticType>> = {
  [ConstKind.True]: BOOLEAN, [ConstKind.False]: BOOLEAN, [ConstKind.Number]: NUMBER, [ConstKind.BigInt]: NUMBER, [ConstKind.String]: STRING,
  [ConstKind.Regex]: { k: 'primitive', n: 'regexp' }, [ConstKind.Null]: { k: 'primitive', n: 'null' }, [ConstKind.Undefined]: { k: 'primitive', n: 'undefined' },
};
const SCHEMA_SCALARS: ReadonlyMap<string, StaticType> = new Map([
  ['string', STRING], ['int', NUMBER], ['float', NUMBER], ['decimal', NUMBER], ['bigint', NUMBER], ['boolean', BOOLEAN], ['datetime', { k: 'primitive', n: 'date' }], ['id', STRING], ['json', UNKNOWN], ['bytes', STRING],
]);
const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'global', 'self']);

/** A row type that a base class was given, not a helper type around the class itself. */
const isRecordType = (t: StaticType): boolean => t.k === 'instance' || t.k === 'object' || t.k === 'record';

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const items = map.get(key);
  if (items) items.push(value);
  else map.set(key, [value]);
}

function bindEnv(params: readonly string[] | undefined, args: () => readonly StaticType[]): TypeEnv {
  if (!params || params.length === 0) return NO_ENV;
  const given = args();
  return new Map(params.map((n, i) => [n, given[i] ?? UNKNOWN]));
}

function externalInstance(from: string, path: readonly string[], name: string, args: readonly StaticType[]): StaticType {
  const names = from === '' ? [] : [{ root: `npm:${from}`, members: [...path, 'new'] }];
  return { k: 'external', names: [...names, { root: `type:${name}`, members: [] }], args };
}

function literalKeys(type: TypeExpr): readonly string[] | undefined {
  if (type.k === 'literal') return [type.n];
  if (type.k === 'union') return type.of.flatMap((t) => literalKeys(t) ?? []);
  return undefined;
}

function mentions(type: TypeExpr | undefined, name: string): boolean {
  if (!type) return false;
  if (type.k === 'ref') return type.n === name || (type.args ?? []).some((a) => mentions(a, name));
  return type.k === 'array' ? mentions(type.of, name) : false;
}

function unify(param: TypeExpr, name: string, arg: StaticType): StaticType | undefined {
  if (param.k === 'ref' && param.n === name) return arg;
  if (param.k === 'array') return unify(param.of, name, elementOf(arg));
  if (param.k === 'ref' && param.args?.[0]) {
    const inner = param.args[0];
    if (param.n === 'Promise') return unify(inner, name, awaited(arg));
    if (arg.k === 'list' || arg.k === 'map') return unify(inner, name, arg.of);
    if (arg.k === 'class') return unify(inner, name, { k: 'instance', cls: arg.cls, env: NO_ENV });
  }
  return undefined;
}

/** Register of a member of an object literal. */
export function literalMember(fn: Fn, op: number, key: string): number | undefined {
  const items = list(fn.unit, operand(fn, op, 2));
  for (let i = items.length - 3; i >= 0; i -= 3) {
    const kind = items[i];
    if ((kind === PropertyKind.Plain || kind === PropertyKind.Getter) && text(fn.unit, items[i + 1] ?? -1) === key) return items[i + 2];
  }
  return undefined;
}

function isAccessor(fn: Fn, op: number, key: string): boolean {
  const items = list(fn.unit, operand(fn, op, 2));
  for (let i = 0; i < items.length; i += 3) if (items[i] === PropertyKind.Getter && text(fn.unit, items[i + 1] ?? -1) === key) return true;
  return false;
}

const ELEMENT_FIRST = new Set(['map', 'filter', 'forEach', 'find', 'findLast', 'findIndex', 'some', 'every', 'flatMap', 'sort', 'findLastIndex']);

/** Parameter types of callbacks of built-in methods. */
function callbackParam(method: string, receiver: StaticType, index: number, position: number): StaticType {
  if (position !== 0) return UNKNOWN;
  const isList = receiver.k === 'list' || receiver.k === 'tuple' || receiver.k === 'map' || (receiver.k === 'union' && receiver.of.some((t) => t.k === 'list'));
  if (isList && (ELEMENT_FIRST.has(method) ? index === 0 || (method === 'sort' && index === 1) : method === 'reduce' && index === 1)) return elementOf(receiver);
  if (receiver.k === 'promise' && index === 0 && method === 'then') return awaited(receiver);
  if (receiver.k === 'promise' && index === 0 && (method === 'subscribe' || method === 'pipe')) return awaited(receiver);
  return UNKNOWN;
}

/** Results of calls of built-in methods and well-known generic library calls. */
function builtinCall(types: Types, callee: StaticType & { readonly k: 'external' }, fn: Fn, r: number, args: readonly StaticType[]): StaticType | undefined {
  const name = callee.names[0];
  if (!name) return undefined;
  const method = name.members[name.members.length - 1] ?? name.root.slice(name.root.indexOf(':') + 1);
  const registers = callArguments(fn, r);
  const argument = (i: number): StaticType => {
    const x = registers[i];
    return x === undefined || x < 0 ? UNKNOWN : types.ofRegister(fn, x);
  };
  const callbackResult = (i: number): StaticType => {
    const f = argument(i);
    return f.k === 'functions' ? types.returnsOf(f) : UNKNOWN;
  };
  if (name.root.startsWith('builtin:')) {
    const of = callee.args[0] ?? UNKNOWN;
    switch (`${name.root.slice(8)}.${method}`) {
      case 'list.map': return { k: 'list', of: awaited(callbackResult(0)).k === 'unknown' ? callbackResult(0) : callbackResult(0) };
      case 'list.flatMap': return { k: 'list', of: elementOf(callbackResult(0)) };
      case 'list.reduce': return argument(1).k === 'literal' ? UNKNOWN : argument(1);
      case 'promise.then': {
        const next = awaited(callbackResult(0));
        return { k: 'promise', of: next };
      }
      default: return BUILTIN_RESULTS[`${name.root.slice(8)}.${method}`]?.(of);
    }
  }
  if (name.root === 'global:Promise' && method === 'all') return { k: 'promise', of: { k: 'list', of: awaited(elementOf(argument(0))) } };
  if (name.root === 'global:Promise' && method === 'resolve') return { k: 'promise', of: awaited(argument(0)) };
  if (name.root === 'global:Object' && method === 'values') return { k: 'list', of: elementOf(argument(0)) };
  if (name.root === 'global:Object' && (method === 'keys' || method === 'getOwnPropertyNames')) return { k: 'list', of: STRING };
  if (name.root === 'global:Object' && method === 'freeze') return argument(0);
  if (name.root === 'global:Array' && method === 'from') return { k: 'list', of: elementOf(argument(0)) };
  if (name.root === 'global:String') return STRING;
  if (name.root === 'global:Number' || name.root === 'global:parseInt' || name.root === 'global:parseFloat') return NUMBER;
  if (name.root === 'global:structuredClone') return argument(0);
  if (name.root === 'npm:@angular/core' && method === 'inject') {
    const token = argument(0);
    return token.k === 'class' ? { k: 'instance', cls: token.cls, env: NO_ENV } : undefined;
  }
  const isHttp = /axios|HttpClient|HttpService|ky$|got$/.test(name.root) || name.members.some((m) => m === 'HttpClient' || m === 'HttpService');
  if (isHttp && args[0] && HTTP_METHODS.has(method)) {
    const angular = callee.names.some((n) => n.root === 'type:HttpClient' || n.root === 'npm:@angular/common/http');
    const body: StaticType = angular ? args[0] : { k: 'record', name: '', fields: new Map([['data', args[0]]]) };
    return { k: 'promise', of: body };
  }
  return repositoryResult(callee, method);
}

const HTTP_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'request', 'axios', 'head']);
const ONE_ROW = /^(findOne|findOneBy|findOneOrFail|findOneByOrFail|findById|findByPk|findUnique|findFirst|save|create|insert|update|getOne|getOneOrFail|preload|findByIdAndUpdate|findOneAndUpdate|findByIdOrFail)$/;
const MANY_ROWS = /^(find|findBy|findAll|findMany|getMany|findByIds|aggregate)$/;

/** `Repository<User>.findOne()` and its kin yield rows of the type argument. */
function repositoryResult(callee: StaticType & { readonly k: 'external' }, method: string): StaticType | undefined {
  const [row] = callee.args;
  const isRepository = callee.names.some((n) => /^type:(?:.*Repository|Model|.*Model|ReturnModelType|Collection)$/.test(n.root));
  if (!row || !isRepository) return undefined;
  if (ONE_ROW.test(method)) return { k: 'promise', of: row };
  return MANY_ROWS.test(method) ? { k: 'promise', of: { k: 'list', of: row } } : undefined;
}

const BUILTIN_RESULTS: Readonly<Record<string, (of: StaticType) => StaticType>> = {
  'list.filter': (of) => ({ k: 'list', of }), 'list.slice': (of) => ({ k: 'list', of }), 'list.concat': (of) => ({ k: 'list', of }), 'list.sort': (of) => ({ k: 'list', of }),
  'list.reverse': (of) => ({ k: 'list', of }), 'list.splice': (of) => ({ k: 'list', of }), 'list.flat': (of) => ({ k: 'list', of: elementOf(of).k === 'unknown' ? of : elementOf(of) }),
  'list.find': (of) => of, 'list.findLast': (of) => of, 'list.pop': (of) => of, 'list.shift': (of) => of, 'list.at': (of) => of,
  'list.values': (of) => ({ k: 'list', of }), 'list.join': () => STRING, 'list.includes': () => BOOLEAN, 'list.some': () => BOOLEAN, 'list.every': () => BOOLEAN, 'list.indexOf': () => NUMBER,
  'list.entries': (of) => ({ k: 'list', of: { k: 'tuple', of: [NUMBER, of] } }),
  'map.get': (of) => of, 'map.values': (of) => ({ k: 'list', of }), 'map.has': () => BOOLEAN, 'map.entries': (of) => ({ k: 'list', of: { k: 'tuple', of: [STRING, of] } }),
  'promise.catch': (of) => ({ k: 'promise', of }), 'promise.finally': (of) => ({ k: 'promise', of }), 'promise.pipe': (of) => ({ k: 'promise', of }), 'promise.toPromise': (of) => ({ k: 'promise', of }),
  'primitive.split': () => ({ k: 'list', of: STRING }),
};
