// Where the instances of a class are made, and what its constructor keeps of its parameters: enough to know the base URL of a
// bank's own client class.
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Cls, Fn } from './program.ts';
import { callArguments, opcode, operand, text } from './program.ts';

export interface At {
  readonly fn: Fn;
  readonly r: number;
}

const sites = new WeakMap<Engine, ReadonlyMap<number, readonly At[]>>();

/** What constructions of the class in sight hand over for a field that the constructor sets from a parameter. */
export function fieldArguments(engine: Engine, cls: Cls, field: string): readonly At[] {
  const index = parameterOf(engine, cls, field);
  if (index === undefined) return [];
  return constructions(engine, cls).flatMap(({ fn, r }) => {
    const argument = callArguments(fn, r)[index];
    return argument === undefined || argument < 0 ? [] : [{ fn, r: argument }];
  });
}

export function constructions(engine: Engine, cls: Cls): readonly At[] {
  let found = sites.get(engine);
  if (!found) sites.set(engine, (found = collect(engine)));
  return found.get(cls.id) ?? [];
}

function collect(engine: Engine): ReadonlyMap<number, readonly At[]> {
  const found = new Map<number, At[]>();
  for (const fn of engine.program.fns) {
    for (let op = 0; op < fn.count; op++) {
      if (opcode(fn, op) !== Op.New) continue;
      const type = engine.types.ofRegister(fn, operand(fn, op, 1));
      if (type.k !== 'class') continue;
      const known = found.get(type.cls.id);
      if (known) known.push({ fn, r: op });
      else found.set(type.cls.id, [{ fn, r: op }]);
    }
  }
  return found;
}

/** `constructor(base) { this.base = base }` and `constructor(private base)`. */
function parameterOf(engine: Engine, cls: Cls, field: string): number | undefined {
  if (cls.facts.ctor < 0) return undefined;
  const fn = engine.program.fnOf(cls.unit, cls.facts.ctor);
  const property = fn.facts.params.findIndex((p) => p.property && p.n === field);
  if (property >= 0) return property;
  for (let op = 0; op < fn.count; op++) {
    if (opcode(fn, op) !== Op.Store || text(fn.unit, operand(fn, op, 2)) !== field || opcode(fn, operand(fn, op, 1)) !== Op.This) continue;
    const value = operand(fn, op, 3);
    const index = opcode(fn, value) === Op.GetVar ? fn.facts.params.findIndex((p) => p.v === operand(fn, value, 1)) : -1;
    return index < 0 ? undefined : index;
  }
  return undefined;
}
