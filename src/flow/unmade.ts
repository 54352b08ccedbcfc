// Messages that a bus hands out by their class: commands, queries, events. When nothing constructs the class, what handles them
// never runs.
import { Op, VarField } from '#model/facts';
import { constructions } from './constructions.ts';
import type { Engine } from './engine.ts';
import type { Cls, Fn } from './program.ts';
import { callArguments, list, opcode, operand, text, varField, varName } from './program.ts';

const HANDLER = /^(?:Command|Query|Events?)Handler$/;
/** Calls that ask for messages of a class and make none. */
const SUBSCRIBES = /^(?:ofType|on|once|subscribe|addListener|register|unsubscribe|off)$/;

export class Unmade {
  private readonly engine: Engine;
  private readonly known = new Map<number, boolean>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The function gets a message by its class, and there are none of that class. */
  isHandledBy(fn: Fn): boolean {
    if (fn.facts.kind !== 'method' || fn.facts.cls < 0) return false;
    const handler = this.engine.program.clsOf(fn.unit, fn.facts.cls);
    const isHandler = /^(?:execute|handle)$/.test(fn.facts.n) && (handler.facts.decorators?.some((d) => HANDLER.test(d.n)) ?? false);
    return fn.facts.params.some((p) => {
      if (p.type === undefined || (p.decorators?.length ?? 0) > 0) return false;
      const type = this.engine.types.ofVariable(fn.unit, p.v);
      return type.k === 'instance' && (isHandler || this.isAskedForIn(fn, type.cls)) && this.isUnmade(type.cls);
    });
  }

  /** `bus.ofType(CardBlocked)` in the file of the handler. */
  private isAskedForIn({ unit }: Fn, cls: Cls): boolean {
    if (!unit.strings.includes('ofType')) return false;
    return this.valuesOf(cls, (fn) => fn.unit === unit).some(({ fn, by }) => opcode(fn, by) === Op.Call && calledName(fn, by) === 'ofType');
  }

  private isUnmade(cls: Cls): boolean {
    let found = this.known.get(cls.id);
    if (found === undefined) this.known.set(cls.id, (found = this.find(cls)));
    return found;
  }

  private find(cls: Cls): boolean {
    const { types } = this.engine;
    if (types.below(cls).some((c) => constructions(this.engine, c).some(({ fn }) => !fn.unit.test))) return false;
    if (constructions(this.engine, cls).some(({ fn }) => !fn.unit.test)) return false;
    // Handed to somebody who may construct it, or kept in a table of classes.
    return this.valuesOf(cls, (fn) => !fn.unit.test).every(({ fn, by }) => opcode(fn, by) === Op.Call && isAsking(calledName(fn, by)));
  }

  /** Operations that use the class as a value: calls that are given it, lists and objects that hold it. */
  private valuesOf(cls: Cls, where: (fn: Fn) => boolean): readonly { readonly fn: Fn; readonly by: number }[] {
    const { program, types } = this.engine;
    const out: { fn: Fn; by: number }[] = [];
    const isIt = (fn: Fn, r: number): boolean => {
      if (r < 0 || opcode(fn, r) !== Op.GetVar || text(fn.unit, varField(fn.unit, operand(fn, r, 1), VarField.Name)) !== cls.facts.n) return false;
      const type = types.ofRegister(fn, r);
      return type.k === 'class' && type.cls === cls;
    };
    for (const fn of program.fns) {
      if (!where(fn) || !fn.unit.strings.includes(cls.facts.n)) continue;
      for (let op = 0; op < fn.count; op++) {
        const code = opcode(fn, op);
        const used = code === Op.Call || code === Op.New ? callArguments(fn, op) : code === Op.Array || code === Op.Object ? list(fn.unit, operand(fn, op, 2)) : [];
        if ([...used].some((r) => isIt(fn, r))) out.push({ fn, by: op });
      }
    }
    return out;
  }
}

/** Subscribes to messages of a class, or says in a decorator that it handles them. */
const isAsking = (name: string): boolean => SUBSCRIBES.test(name) || HANDLER.test(name);

function calledName(fn: Fn, op: number): string {
  const callee = operand(fn, op, 1);
  switch (opcode(fn, callee)) {
    case Op.Load: return text(fn.unit, operand(fn, callee, 2));
    case Op.GetVar: return varName(fn.unit, operand(fn, callee, 1));
    default: return '';
  }
}
