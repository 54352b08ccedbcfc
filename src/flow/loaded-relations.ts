// Relations of entities: a find of TypeORM leaves every relation undefined that its `relations` does not name, unless the entity
// calls it eager or its type says that it loads itself when it is read.
import { ConstKind, Op, PropertyKind } from '#model/facts';
import type { DecoratorFacts, MemberFacts } from '#model/facts';
import type { Cls, Fn } from './program.ts';
import { callArguments, list, opcode, operand, text } from './program.ts';
import type { StaticType } from './static-type.ts';
import type { Types } from './types.ts';

const BY_WHERE = /^(?:findBy|findOneBy|findOneByOrFail)$/;
const BY_OPTIONS = /^(?:find|findOne|findOneOrFail)$/;
const RELATION = /^(?:OneToOne|OneToMany|ManyToOne|ManyToMany)$/;

/** The row without the relations that the call does not ask for; the row itself where that cannot be told. */
export function withLoadedRelations(types: Types, row: StaticType, method: string, fn: Fn, op: number): StaticType {
  if (row.k !== 'instance' || !(BY_WHERE.test(method) || BY_OPTIONS.test(method))) return row;
  const relations = relationsOf(types, row.cls);
  if (relations.length === 0) return row;
  const asked = BY_WHERE.test(method) ? [] : askedFor(types, fn, callArguments(fn, op)[0] ?? -1);
  const keys = asked ? relations.filter((name) => !asked.includes(name)) : [];
  return keys.length > 0 ? { k: 'without', of: row, keys, keep: false, absent: true } : row;
}

function relationsOf(types: Types, cls: Cls): readonly string[] {
  const found: string[] = [];
  for (let c: Cls | undefined = cls, hops = 0; c && hops < 8; c = types.baseOf(c), hops++) {
    if (c.unit.facts.imports.some((i) => i.from === 'typeorm')) found.push(...c.facts.members.filter(isRelation).map((m) => m.n));
  }
  return found;
}

const isRelation = (m: MemberFacts): boolean => {
  const decorator = m.decorators?.find((d) => RELATION.test(d.n));
  return decorator !== undefined && !isEager(decorator) && !(m.type?.k === 'ref' && m.type.n === 'Promise');
};

/** `@ManyToOne(() => Branch, { eager: true })`; options that are not written there may say so too. The first argument is the entity. */
const isEager = ({ args: [, ...others] }: DecoratorFacts): boolean => others.some((a) => ('o' in a && a.o['eager'] !== undefined) || 'id' in a || 'x' in a);

/** `{ relations: { profile: true } }` and `{ relations: ['profile', 'branch.address'] }`; undefined when it cannot be read. */
function askedFor(types: Types, fn: Fn, options: number): readonly string[] | undefined {
  if (options < 0) return [];
  if (opcode(fn, options) !== Op.Object) return undefined;
  const items = list(fn.unit, operand(fn, options, 2));
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return undefined;
    const key = text(fn.unit, items[i + 1] ?? -1);
    if (key === 'join' || key === 'loadRelationIds') return undefined;
    if (key === 'relations') return relationNames(types, fn, items[i + 2] ?? -1);
  }
  return [];
}

function relationNames(types: Types, fn: Fn, r: number): readonly string[] | undefined {
  const names: string[] = [];
  if (opcode(fn, r) === Op.Array) {
    for (const each of list(fn.unit, operand(fn, r, 2))) {
      const path = types.constantText(fn, each);
      if (path === undefined) return undefined;
      names.push(path.split('.')[0] ?? path);
    }
    return names;
  }
  if (opcode(fn, r) !== Op.Object) return undefined;
  const items = list(fn.unit, operand(fn, r, 2));
  for (let i = 0; i < items.length; i += 3) {
    if (items[i] !== PropertyKind.Plain) return undefined;
    const value = items[i + 2] ?? -1;
    if (opcode(fn, value) !== Op.Const || operand(fn, value, 1) !== ConstKind.False) names.push(text(fn.unit, items[i + 1] ?? -1));
  }
  return names;
}
