// A subject is made once and written later: `readonly user$ = this.subject.asObservable()` is what methods put into the subject,
// not the value that it starts with.
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import type { Fn } from './program.ts';
import { opcode } from './program.ts';
import { cellOfField } from './summary.ts';
import { ofOrigin, type Value } from './value.ts';

/** What the own field holds later, read while the object is made. */
export function streamField(engine: Engine, fn: Fn, load: number, key: string): Value | undefined {
  if (fn.facts.kind !== 'fields' && fn.facts.kind !== 'constructor') return undefined;
  const type = engine.types.ofRegister(fn, load);
  const self = engine.types.thisOf(fn);
  if (type.k !== 'promise' || self.k !== 'instance') return undefined;
  const made = engine.types.fieldInitialiser(self.cls, key, false);
  if (!made || opcode(made.fn, made.r) !== Op.New) return undefined;
  return ofOrigin(engine.cell(cellOfField(self.cls.id, key), key, type, self.cls.unit, self.cls.facts.start));
}
