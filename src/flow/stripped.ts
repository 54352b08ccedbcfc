// `plainToInstance(Dto, value, { excludeExtraneousValues: true })`: of a value only the members come through that the class
// exposes; of a class that exposes none by decorator, those that it declares.
import type { MemberFacts } from '#model/facts';
import { ConstKind, Op } from '#model/facts';
import type { Frame } from './frame.ts';
import { literalMember } from './literals.ts';
import { callArguments, opcode, operand } from './program.ts';
import type { StaticType } from './static-type.ts';
import type { Value } from './value.ts';
import { ELEMENT, EMPTY, load, loadElements, ofFields, store } from './value.ts';

type Class = StaticType & { readonly k: 'class' };

export function stripped({ engine: { types }, fn }: Frame, op: number, v: Value): Value {
  const [to = -1, from = -1, options = -1] = callArguments(fn, op);
  const target = to < 0 ? undefined : types.ofRegister(fn, to);
  const given = options < 0 ? undefined : types.ofRegister(fn, options);
  if (target?.k !== 'class' || given?.k !== 'literal') return v;
  const said = literalMember(given.fn, given.op, 'excludeExtraneousValues');
  if (said === undefined || opcode(given.fn, said) !== Op.Const || operand(given.fn, said, 1) !== ConstKind.True) return v;
  const names = exposed(membersOf(target));
  const kept = (of: Value): Value => ofFields(new Map(names.map((name) => [name, load(of, name)])));
  return from >= 0 && types.ofRegister(fn, from).k === 'list' ? store(EMPTY, ELEMENT, kept(loadElements(v))) : kept(v);

  function membersOf(of: Class): readonly MemberFacts[] {
    const found: MemberFacts[] = [];
    for (let c: Class['cls'] | undefined = of.cls, hops = 0; c && hops < 8; c = types.baseOf(c), hops++) found.push(...c.facts.members.filter((m) => m.kind === 'field' && !m.static));
    return found;
  }
}

function exposed(members: readonly MemberFacts[]): readonly string[] {
  const chosen = members.filter((m) => m.decorators?.some((d) => d.n === 'Expose' || d.n === 'Type' || d.n === 'Transform'));
  return (chosen.length > 0 ? chosen : members).map((m) => m.n);
}
