// tRPC: what a client's `api.user.get.useQuery()` gets is what the procedure of that path returns, where the router that holds it
// lies in the repository.
import { Op, VarField, VarFlag } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand, text, varField } from './program.ts';
import type { LiteralRef, StaticType } from './static-type.ts';
import { awaited } from './static-type.ts';
import type { Types } from './types.ts';

const ROUTERS = /^(?:router|createTRPCRouter|createRouter|trpcRouter)$|[a-z]Router$/;
const CALLED: Readonly<Record<string, 'hook' | 'pages' | 'promise'>> = {
  useQuery: 'hook', useSuspenseQuery: 'hook', useMutation: 'hook', useInfiniteQuery: 'pages', query: 'promise', mutate: 'promise', fetch: 'promise', ensureData: 'promise', getData: 'promise', mutateAsync: 'promise',
};
const MAX_DEPTH = 6;

export class Procedures {
  private readonly types: Types;
  private routers: readonly LiteralRef[] | undefined;

  constructor(types: Types) {
    this.types = types;
  }

  answer(fn: Fn, op: number): StaticType | undefined {
    const callee = operand(fn, op, 1);
    const form = opcode(fn, callee) === Op.Load ? CALLED[text(fn.unit, operand(fn, callee, 2))] : undefined;
    const path = form && pathOf(fn, operand(fn, callee, 1));
    const procedure = path && this.find(path);
    if (!form || !procedure) return undefined;
    const closure = argument(procedure.fn, procedure.op, 0);
    const resolver = closure < 0 ? undefined : this.types.ofRegister(procedure.fn, closure);
    if (resolver?.k !== 'functions') return undefined;
    const data = awaited(this.types.returnsOf(resolver));
    if (data.k === 'unknown') return undefined;
    if (form === 'promise') return { k: 'promise', of: data };
    const pages: StaticType = { k: 'record', name: '', fields: new Map([['pages', { k: 'list', of: data }]]) };
    return { k: 'record', name: '', fields: new Map([['data', form === 'pages' ? pages : data]]) };
  }

  /** The call of `query` or `mutation` that makes the procedure of a path; undefined when two routers have one. */
  private find(path: readonly string[]): LiteralRef | undefined {
    const found = new Set<string>();
    let procedure: LiteralRef | undefined;
    for (const router of (this.routers ??= this.findRouters())) {
      const at = this.below(router, path);
      if (!at) continue;
      procedure = at;
      found.add(`${at.fn.id}:${at.op}`);
    }
    return found.size === 1 ? procedure : undefined;
  }

  private below(router: LiteralRef, path: readonly string[]): LiteralRef | undefined {
    let at: LiteralRef | undefined = router;
    for (const [i, key] of path.entries()) {
      const value: number | undefined = at && literalMember(at.fn, at.op, key);
      const made: LiteralRef | undefined = at && value !== undefined ? this.madeAt(at.fn, value, 0) : undefined;
      if (!made) return undefined;
      if (i === path.length - 1) return isProcedure(made) ? made : undefined;
      at = literalOfRouter(made);
    }
    return undefined;
  }

  /** The call that a member, or the variable it names, is made by. */
  private madeAt(fn: Fn, r: number, depth: number): LiteralRef | undefined {
    if (r < 0 || depth > MAX_DEPTH) return undefined;
    const code = opcode(fn, r);
    if (code === Op.Call || code === Op.Object) return { fn, op: r };
    if (code === Op.Cast) return this.madeAt(fn, operand(fn, r, 1), depth + 1);
    if (code !== Op.GetVar) return undefined;
    const symbol = this.types.symbols.variable(fn.unit, operand(fn, r, 1));
    if (symbol?.kind !== 'variable') return undefined;
    const init = varField(symbol.unit, symbol.v, VarField.Init);
    if (init < 0 || varField(symbol.unit, symbol.v, VarField.Flags) & VarFlag.Reassigned) return undefined;
    return this.madeAt(this.types.program.fnOf(symbol.unit, varField(symbol.unit, symbol.v, VarField.Owner)), init, depth + 1);
  }

  private findRouters(): readonly LiteralRef[] {
    const found: LiteralRef[] = [];
    for (const fn of this.types.program.fns) {
      if (fn.unit.test || fn.facts.kind !== 'module') continue;
      for (let op = 0; op < fn.count; op++) {
        const literal = opcode(fn, op) === Op.Call ? literalOfRouter({ fn, op }) : undefined;
        if (literal) found.push(literal);
      }
    }
    return found;
  }
}

/** `router({ … })`: the literal; a nested plain literal is a router as well. */
function literalOfRouter({ fn, op }: LiteralRef): LiteralRef | undefined {
  if (opcode(fn, op) === Op.Object) return { fn, op };
  const callee = operand(fn, op, 1);
  const name = opcode(fn, callee) === Op.Load ? text(fn.unit, operand(fn, callee, 2)) : opcode(fn, callee) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, callee, 1), VarField.Name)) : '';
  if (!ROUTERS.test(name) || argumentCount(fn, op) === 0) return undefined;
  const first = argument(fn, op, 0);
  return first >= 0 && opcode(fn, first) === Op.Object ? { fn, op: first } : undefined;
}

function isProcedure({ fn, op }: LiteralRef): boolean {
  if (opcode(fn, op) !== Op.Call || argumentCount(fn, op) === 0) return false;
  const callee = operand(fn, op, 1);
  return opcode(fn, callee) === Op.Load && /^(?:query|mutation)$/.test(text(fn.unit, operand(fn, callee, 2)));
}

/** Members between the client and the method: `['user', 'get']` of `trpc.client.user.get.useQuery`. */
function pathOf(fn: Fn, r: number): readonly string[] | undefined {
  const path: string[] = [];
  let at = r;
  while (opcode(fn, at) === Op.Load) {
    path.unshift(text(fn.unit, operand(fn, at, 2)));
    at = operand(fn, at, 1);
  }
  const start = path[0] === 'client' ? 1 : 0;
  return path.length - start >= 1 && (opcode(fn, at) === Op.GetVar || opcode(fn, at) === Op.Call) ? path.slice(start) : undefined;
}
