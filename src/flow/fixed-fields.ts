// `readonly accounts: AccountStore = new MemoryAccounts()`: what such a field is declared as says which calls are possible, what
// it is made of says which one is meant. Only fields that nobody can assign again count.
import type { MemberFacts } from '#model/facts';
import type { ValueAt } from './classes.ts';
import type { Cls } from './program.ts';
import { type StaticType, unionOf } from './static-type.ts';
import type { Types } from './types.ts';

const MAX_STORES = 4;

/** The classes whose instances a field of a declared type holds; undefined where it may hold others. */
export function fixedTo(types: Types, cls: Cls, member: MemberFacts, declared: StaticType, stores: readonly ValueAt[]): StaticType | undefined {
  if (member.fixed !== true || member.static || member.decorators || stores.length === 0 || stores.length > MAX_STORES || !isService(declared)) return undefined;
  const made = stores.map(({ fn, r }) => types.ofRegister(fn, r));
  if (!made.every((t) => t.k === 'instance' && t.open !== true)) return undefined;
  // A class below may have a field of the same name that is made otherwise.
  return types.below(cls).some((c) => c.facts.members.some((m) => m.n === member.n)) ? undefined : unionOf(made);
}

/** Something with methods: of plain data the declaration says more than what it was first. */
const isService = (type: StaticType): boolean =>
  (type.k === 'object' && (type.members.some((m) => m.kind === 'method') || type.bases.some(isService))) || (type.k === 'instance' && type.open === true);
