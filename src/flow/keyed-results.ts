// `get<K extends keyof Settings>(key: K): Settings[K]`: what comes back is the member that the call names.
import type { TypeExpr } from '#model/facts';
import type { CallSite } from './generics.ts';
import { callArguments } from './program.ts';
import type { StaticType, TypeEnv } from './static-type.ts';
import type { Types } from './types.ts';

/** With the names that a call gives for type parameters by which its result is looked up. */
export function withKeys(types: Types, result: TypeExpr, params: readonly (TypeExpr | undefined)[], env: TypeEnv, at: CallSite): TypeEnv {
  let bound: Map<string, StaticType> | undefined;
  for (const key of keysOf(result)) {
    const r = env.has(key) ? (callArguments(at.fn, at.op)[params.findIndex((p) => p?.k === 'ref' && p.n === key)] ?? -1) : -1;
    const text = r < 0 ? undefined : types.constantText(at.fn, r);
    if (text !== undefined) (bound ??= new Map(env)).set(key, { k: 'primitive', n: `"${text}"` });
  }
  return bound ?? env;
}

/** The name that a type stands for which is one text and no other. */
export function literalText(n: string): string | undefined {
  return n.length > 2 && n.startsWith('"') ? n.slice(1, -1) : undefined;
}

/** Names that something is looked up by: `K` in `Promise<Settings[K]>`. */
function keysOf(type: TypeExpr): readonly string[] {
  switch (type.k) {
    case 'index': return type.key.k === 'ref' ? [type.key.n] : [];
    case 'array': return keysOf(type.of);
    case 'union': return type.of.flatMap(keysOf);
    case 'ref': return type.args?.flatMap(keysOf) ?? [];
    default: return [];
  }
}
