// Code that nothing leads to: functions of a module that nothing names, and methods that nobody calls on a class that is in use.
import { ConstKind, Op, VarField } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Cls, Fn } from './program.ts';
import { list, opcode, operand, text, varField } from './program.ts';
import { Unmade } from './unmade.ts';

/** `unnamed`: nothing names it or exports it. `uncalled`: others of its class are called, and this one is not. */
export type Dormant = 'unnamed' | 'uncalled';

/** Names by which frameworks call what they were given. */
const LIFECYCLE = /^(?:on|ng|before|after|handle|can)(?=[A-Z])|^(?:transform|intercept|use|catch|validate|execute|run|process|resolve|create|configure|render|toString|toJSON)$/;

export class Dormancy {
  private readonly engine: Engine;
  private readonly unmade: Unmade;
  private readonly known = new Map<number, Dormant | undefined>();

  constructor(engine: Engine) {
    this.engine = engine;
    this.unmade = new Unmade(engine);
  }

  of(fn: Fn): Dormant | undefined {
    const outer = this.outermost(fn);
    if (this.known.has(outer.id)) return this.known.get(outer.id);
    // Methods that call each other in a circle are called.
    this.known.set(outer.id, undefined);
    const found = this.isUnnamed(outer) ? 'unnamed' : this.isUncalled(outer) || this.isIdle(outer) ? 'uncalled' : undefined;
    this.known.set(outer.id, found);
    return found;
  }

  private outermost(fn: Fn): Fn {
    let outer = fn;
    for (let p = this.engine.program.parent(fn); p && p.facts.kind !== 'module'; p = this.engine.program.parent(p)) outer = p;
    return outer;
  }

  /** In a component the template may name it, which is not read. */
  private isUnnamed(fn: Fn): boolean {
    if (fn.unit.path.endsWith('.vue') || fn.facts.kind !== 'function' || fn.facts.parent !== 0 || fn.facts.n === '' || this.engine.referenced.has(fn.id)) return false;
    return !fn.unit.facts.exports.some((e) => e.v !== undefined && varField(fn.unit, e.v, VarField.Ref) === fn.local);
  }

  /** Frameworks call methods too: those that are decorated, that an interface names, or that a base from outside may call. */
  private isUncalled(fn: Fn): boolean {
    const { engine } = this;
    if (fn.facts.kind !== 'method' || fn.facts.cls < 0 || (fn.facts.decorators?.length ?? 0) > 0 || this.isCalled(fn)) return false;
    const cls = engine.program.clsOf(fn.unit, fn.facts.cls);
    if (cls.facts.implements.length > 0 || cls.facts.decorators?.some((d) => d.n !== 'Injectable') || LIFECYCLE.test(fn.facts.n) || cls.facts.extends !== undefined || engine.types.below(cls).length > 1) return false;
    return this.isInUse(cls, fn) && !this.isNamed(fn);
  }

  /** It handles messages that nobody makes, or is a part of its class that only such a handler calls. */
  private isIdle(fn: Fn): boolean {
    if (this.unmade.isHandledBy(fn)) return true;
    const callers = fn.facts.kind === 'method' && fn.facts.cls >= 0 && (fn.facts.decorators?.length ?? 0) === 0 ? this.engine.callersOf(fn) : [];
    return callers.length > 0 && callers.map((caller) => this.outermost(caller)).every((caller) => caller.unit === fn.unit && caller.facts.cls === fn.facts.cls && this.unmade.isHandledBy(caller));
  }

  /** Calls by methods that nobody calls themselves do not count, nor those of tests. */
  private isCalled(fn: Fn): boolean {
    return this.engine.callersOf(fn).some((caller) => {
      const outer = this.outermost(caller);
      return outer !== fn && !outer.unit.test && this.of(outer) !== 'uncalled';
    });
  }

  private isInUse(cls: Cls, except: Fn): boolean {
    return cls.facts.members.some((m) => {
      const other = m.kind === 'method' && m.fn !== undefined && m.fn !== except.local ? this.engine.program.fnOf(cls.unit, m.fn) : undefined;
      return other !== undefined && this.engine.callersOf(other).some((caller) => caller.unit !== cls.unit && !caller.unit.test);
    });
  }

  /** Some member of that name is read whose receiver is not known, or is this class. */
  private isNamed(method: Fn): boolean {
    const { program, types } = this.engine;
    const units = new Set(program.units.filter((unit) => !unit.test && unit.strings.includes(method.facts.n)));
    return program.fns.some((fn) => {
      if (fn === method || !units.has(fn.unit)) return false;
      for (let op = 0; op < fn.count; op++) {
        if (opcode(fn, op) !== Op.Load || text(fn.unit, operand(fn, op, 2)) !== method.facts.n) continue;
        const type = types.ofRegister(fn, op);
        if (type.k === 'unknown' && isFlag(fn, op)) continue;
        if (type.k !== 'functions' || (type.fns.includes(method) && this.of(fn) !== 'uncalled')) return true;
      }
      return false;
    });
  }
}

/** `({ notify = true }) => …`: what is a constant otherwise is no function. */
function isFlag(fn: Fn, r: number): boolean {
  for (let op = r + 1; op < fn.count && op < r + DEFAULT_DISTANCE; op++) {
    if (opcode(fn, op) !== Op.Join) continue;
    const parts = [...list(fn.unit, operand(fn, op, 2))];
    if (parts.includes(r)) return parts.some((part) => part >= 0 && opcode(fn, part) === Op.Const && operand(fn, part, 1) !== ConstKind.Undefined && operand(fn, part, 1) !== ConstKind.Null);
  }
  return false;
}

/** A default stands right behind the member that it is for. */
const DEFAULT_DISTANCE = 8;
