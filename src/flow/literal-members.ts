// Types of the members of object literals: written, spread from elsewhere, or assigned right after.
import { Op, VarField } from '#model/facts';
import { literalAccessors, literalMember, spreadValues, StoredMembers } from './literals.ts';
import type { Fn } from './program.ts';
import { opcode, operand, varField } from './program.ts';
import type { LiteralRef, StaticType } from './static-type.ts';
import { UNKNOWN, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

export class LiteralMembers {
  private readonly types: Types;
  private readonly stored = new StoredMembers();
  private readonly known = new Map<number, Map<string, StaticType>>();

  constructor(types: Types) {
    this.types = types;
  }

  of({ fn, op }: LiteralRef, key: string): StaticType {
    let memo = this.known.get(fn.id);
    if (!memo) this.known.set(fn.id, (memo = new Map()));
    const name = `${op} ${key}`;
    const known = memo.get(name);
    if (known) return known;
    // Literals may spread one another in circles.
    memo.set(name, UNKNOWN);
    const found = this.findInLiteral(fn, op, key);
    memo.set(name, found);
    return found;
  }

  private findInLiteral(fn: Fn, op: number, key: string): StaticType {
    const value = literalMember(fn, op, key);
    if (value !== undefined) {
      const found = this.types.ofRegister(fn, value);
      if (found.k !== 'functions') return found;
      return literalAccessors(fn, op, key, 'getter').includes(value) ? this.types.returnsOf(found) : { ...found, tier: 'T1' };
    }
    for (const r of spreadValues(fn, op)) {
      const spread = this.types.member(this.types.ofRegister(fn, r), key);
      if (spread.k !== 'unknown') return spread;
    }
    return this.storedMember(fn, op, key);
  }

  /** `const api = {}; api.send = …` */
  private storedMember(fn: Fn, op: number, key: string): StaticType {
    const use = this.types.uses.of(fn, op);
    if (use < 0 || opcode(fn, use) !== Op.SetVar) return UNKNOWN;
    const v = operand(fn, use, 1);
    if (varField(fn.unit, v, VarField.Init) !== op) return UNKNOWN;
    const stores = this.stored.of(fn, v, key);
    return stores.length > 4 ? UNKNOWN : unionOf(stores.map((r) => this.types.ofRegister(fn, r)));
  }
}
