// Fields that hold the literal of their initialiser for ever: `private logging = false` that nothing writes. Only a field that
// no code in sight, and none out of sight that is known to write fields, can change counts; in doubt it is no constant.
import { ConstKind, Op } from '#model/facts';
import { type ValueAt, push } from './classes.ts';
import type { Cls, Fn, Program } from './program.ts';
import { argument, argumentCount, opcode, operand, text } from './program.ts';
import { alternatives, type StaticType } from './static-type.ts';
import { literalValues, keyOfValue } from './literals.ts';
import type { Types } from './types.ts';

/** Instances of these are filled by the framework: from templates, tables, requests. */
const FILLED = /Component|Directive|Element$|Entity|Table|Schema|Model|ObjectType|InputType|ArgsType|Embedd|Options$|View$|State$|Store$/;
/** Calls that write members of what they are given. */
const COPIES = new Set(['assign', 'assignIn', 'extend', 'merge', 'mergeWith', 'defaults', 'defaultsDeep', 'defineProperty', 'defineProperties', 'set']);
/** Calls that only pass `this` on as the receiver. */
const BINDS = new Set(['bind', 'call', 'apply']);

interface Writes {
  /** Stores by member name, initialisers too. */
  readonly stores: ReadonlyMap<string, readonly { readonly fn: Fn; readonly op: number }[]>;
  /** Names that calls may write in objects that are not known. */
  readonly copied: ReadonlySet<string>;
  /** Objects handed to code that may write any member of them. */
  readonly exposed: readonly StaticType[];
}

export class ConstantFields {
  private readonly types: Types;
  private readonly program: Program;
  private readonly memo = new Map<string, ValueAt | null>();
  private writes: Writes | undefined;

  constructor(types: Types, program: Program) {
    this.types = types;
    this.program = program;
  }

  /** Where the only value of `this.key` is made, for a receiver of this class; undefined when it may change. */
  of(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined {
    const memo = `${cls.id} ${key} ${isStatic}`;
    let found = this.memo.get(memo);
    if (found === undefined) this.memo.set(memo, (found = this.find(cls, key, isStatic) ?? null));
    return found ?? undefined;
  }

  private find(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined {
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; c = this.types.baseOf(c), hops++) {
      const member = c.facts.members.find((m) => m.n === key && (m.static === true) === isStatic);
      if (!member) continue;
      if (member.kind !== 'field' || member.decorators || !this.isOurs(c, member.private === true)) return undefined;
      const initial = this.initialiser(c, key, isStatic);
      return initial && isLiteral(initial) && !this.isWritten(c, key, initial) ? initial : undefined;
    }
    return undefined;
  }

  private initialiser(cls: Cls, key: string, isStatic: boolean): ValueAt | undefined {
    if (isStatic) return this.types.staticInitialiser(cls, key);
    const stores = this.types.storesTo(cls, key);
    // A constructor may do it under a condition; what is false or nothing at all is false all the same.
    return stores.find((s) => s.fn.facts.kind === 'fields') ?? stores.find((s) => s.fn.facts.kind === 'constructor' && opcode(s.fn, s.r) === Op.Const && operand(s.fn, s.r, 1) === ConstKind.False);
  }

  /** No base class out of sight, and no framework that fills its instances, unless none of them can see the field. */
  private isOurs(cls: Cls, isPrivate: boolean): boolean {
    if (isPrivate) return true;
    for (const c of [cls, ...this.types.below(cls)]) if (c.facts.decorators?.some((d) => FILLED.test(d.n))) return false;
    for (let c: Cls | undefined = cls, hops = 0; c && hops < 10; hops++) {
      const base = this.types.baseOf(c);
      if (!base && (c.facts.extends !== undefined || c.facts.mixin !== undefined)) return false;
      c = base;
    }
    return true;
  }

  private isWritten(cls: Cls, key: string, initial: ValueAt): boolean {
    const { stores, copied, exposed } = (this.writes ??= this.collect());
    if (copied.has(key) || exposed.some((t) => this.mayBe(t, cls))) return true;
    return (stores.get(key) ?? []).some(({ fn, op }) => !(fn === initial.fn && operand(fn, op, 3) === initial.r) && this.mayBe(this.types.ofRegister(fn, operand(fn, op, 1)), cls));
  }

  /** Whether an object of this type may be an instance of the class, of one above or below it, or the class itself. */
  private mayBe(type: StaticType, cls: Cls): boolean {
    return alternatives(type).some((t) => {
      if (t.k === 'instance' || t.k === 'class') return t.cls === cls || this.isBelow(t.cls, cls) || this.isBelow(cls, t.cls);
      if (t.k === 'external') return !t.names.some((n) => n.root.startsWith('global'));
      return t.k === 'unknown' || t.k === 'object' || t.k === 'without' || (t.k === 'primitive' && t.n === 'any');
    });
  }

  private isBelow(cls: Cls, base: Cls): boolean {
    for (let c = this.types.baseOf(cls), hops = 0; c && hops < 10; c = this.types.baseOf(c), hops++) if (c === base) return true;
    return false;
  }

  private collect(): Writes {
    const stores = new Map<string, { fn: Fn; op: number }[]>();
    const copied = new Set<string>();
    const exposed = new Set<StaticType>();
    for (const fn of this.program.fns) {
      for (let op = 0; op < fn.count; op++) {
        switch (opcode(fn, op)) {
          case Op.Store: case Op.Delete: push(stores, text(fn.unit, operand(fn, op, 2)), { fn, op }); break;
          case Op.StoreElem: case Op.DeleteElem: {
            const key = this.types.constantText(fn, operand(fn, op, 2));
            if (key !== undefined) push(stores, key, { fn, op });
            else this.expose(fn, operand(fn, op, 1), exposed);
            break;
          }
          case Op.Call: this.call(fn, op, copied, exposed); break;
          default: break;
        }
      }
    }
    return { stores, copied, exposed: [...exposed] };
  }

  /** Objects of known classes that something unknown is written to; one that nobody knows may be anything, and is taken for a plain one. */
  private expose(fn: Fn, r: number, exposed: Set<StaticType>): void {
    const type = this.types.ofRegister(fn, r);
    if (type.k === 'instance' || type.k === 'class') exposed.add(type);
  }

  private call(fn: Fn, op: number, copied: Set<string>, exposed: Set<StaticType>): void {
    const callee = operand(fn, op, 1);
    const method = opcode(fn, callee) === Op.Load ? text(fn.unit, operand(fn, callee, 2)) : opcode(fn, callee) === Op.GetVar ? '' : undefined;
    const copies = method !== undefined && COPIES.has(method);
    for (let i = 0, n = argumentCount(fn, op); i < n; i++) {
      const r = argument(fn, op, i);
      if (r < 0) continue;
      if (opcode(fn, r) === Op.This) {
        if (method === undefined || !BINDS.has(method)) this.expose(fn, r, exposed);
      } else if (copies && i === 0) this.expose(fn, r, exposed);
      else if (copies) this.namesIn(fn, r, copied);
    }
  }

  private namesIn(fn: Fn, r: number, copied: Set<string>): void {
    const type = this.types.ofRegister(fn, r);
    if (type.k !== 'literal') return;
    for (const value of literalValues(type.fn, type.op) ?? []) {
      const key = keyOfValue(type.fn, type.op, value);
      if (key !== undefined) copied.add(key);
    }
  }
}

/** A flag, a level, a word; what starts as nothing is meant to be filled. */
function isLiteral({ fn, r }: ValueAt): boolean {
  if (opcode(fn, r) !== Op.Const) return false;
  const kind = operand(fn, r, 1);
  return kind === ConstKind.True || kind === ConstKind.False || kind === ConstKind.Number || kind === ConstKind.String;
}
