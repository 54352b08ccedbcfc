// What `this` and `super` are.
import { Op } from '#model/facts';
import type { Fn } from './program.ts';
import { opcode } from './program.ts';
import type { StaticType } from './static-type.ts';
import { NO_ENV, UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';

/** `this` where a function says it. */
export function thisType(types: Types, fn: Fn): StaticType {
  for (let f: Fn | undefined = fn; f; f = types.program.parent(f)) {
    if (f.facts.kind === 'arrow') continue;
    if (f.facts.cls >= 0) {
      const cls = types.program.clsOf(f.unit, f.facts.cls);
      return f.facts.static ? { k: 'class', cls } : { k: 'instance', cls, env: NO_ENV };
    }
    return receiverLiteral(types, f);
  }
  return UNKNOWN;
}

/** `this` inside a method of an object literal is that literal. */
function receiverLiteral(types: Types, fn: Fn): StaticType {
  const parent = types.program.parent(fn);
  const r = parent ? types.uses.closure(parent, fn.local) : -1;
  const use = parent && r >= 0 ? types.uses.of(parent, r) : -1;
  return parent && use >= 0 && opcode(parent, use) === Op.Object ? { k: 'literal', fn: parent, op: use } : UNKNOWN;
}

/** `super`: the base, on the same side. */
export function superType(types: Types, fn: Fn): StaticType {
  const self = thisType(types, fn);
  const cls = self.k === 'instance' || self.k === 'class' ? self.cls : undefined;
  const base = cls && types.baseOf(cls);
  if (base) return self.k === 'class' ? { k: 'class', cls: base } : { k: 'instance', cls: base, env: NO_ENV };
  const written = cls?.facts.extends;
  return cls && written ? types.resolve(cls.unit, written, NO_ENV) : UNKNOWN;
}
