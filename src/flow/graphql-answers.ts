// What a GraphQL operation that stands in the code asks for, as a type: the members it selects, of the types that the schema gives
// them where the repository holds it.
import { Op, VarField, VarFlag } from '#model/facts';
import { literalMember } from './literals.ts';
import type { Fn, Unit } from './program.ts';
import { argument, argumentCount, callArguments, opcode, operand, text, varField } from './program.ts';
import type { StaticType } from './static-type.ts';
import { UNKNOWN } from './static-type.ts';
import type { Types } from './types.ts';

const DOCUMENT = 'gql:';
const ROOTS: Readonly<Record<string, string>> = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
const MAX_DEPTH = 8;

const HOOK = /^use(?:\w*Query|Subscription)$/;
const PAIR = /^use(?:Lazy\w*Query|Mutation)$/;
const CLIENT = /^(?:query|mutate|watchQuery|subscribe|readQuery)$/;
const REQUEST = /^(?:request|rawRequest|fetch|execute|graphql)$/;
const MEMBERS = ['query', 'mutation', 'document', 'subscription'];

export function graphqlAnswer(types: Types, callee: StaticType, fn: Fn, op: number): StaticType | undefined {
  const at = operand(fn, op, 1);
  const name = opcode(fn, at) === Op.Load ? text(fn.unit, operand(fn, at, 2)) : opcode(fn, at) === Op.GetVar ? text(fn.unit, varField(fn.unit, operand(fn, at, 1), VarField.Name)) : '';
  const isPost = name === 'post';
  if (!isPost && !HOOK.test(name) && !PAIR.test(name) && !CLIENT.test(name) && !REQUEST.test(name)) return undefined;
  const documents = documentsAt(types, fn, op);
  const data = documents && selected(types, documents);
  if (!data) return undefined;
  const answer: StaticType = record(new Map([['data', data]]));
  if (PAIR.test(name)) return { k: 'tuple', of: [UNKNOWN, answer] };
  if (HOOK.test(name)) return callee.k === 'external' && callee.names.some((n) => /urql/.test(n.root)) ? { k: 'tuple', of: [answer, UNKNOWN] } : answer;
  if (isPost) return { k: 'promise', of: record(new Map([['data', answer]])) };
  return { k: 'promise', of: REQUEST.test(name) && name !== 'execute' ? data : answer };
}

const record = (fields: ReadonlyMap<string, StaticType>): StaticType => ({ k: 'record', name: '', fields });

/** The document among the arguments, or under `query` and its kin in a literal; with the fragments that are put into it. */
function documentsAt(types: Types, fn: Fn, op: number): readonly string[] | undefined {
  for (let i = 0; i < Math.min(3, argumentCount(fn, op)); i++) {
    const r = argument(fn, op, i);
    if (r < 0) continue;
    const found = documentAt(types, fn, r, 0);
    if (found.length > 0) return found;
    const options = types.ofRegister(fn, r);
    if (options.k !== 'literal') continue;
    for (const key of MEMBERS) {
      const value = literalMember(options.fn, options.op, key);
      const inner = value === undefined ? [] : documentAt(types, options.fn, value, 0);
      if (inner.length > 0) return inner;
    }
  }
  return undefined;
}

function documentAt(types: Types, fn: Fn, r: number, depth: number): readonly string[] {
  if (r < 0 || depth > MAX_DEPTH) return [];
  switch (opcode(fn, r)) {
    // `document.loc.source.body` is its text.
    case Op.Cast: case Op.Load: return documentAt(types, fn, operand(fn, r, 1), depth + 1);
    case Op.GetVar: {
      const symbol = types.symbols.variable(fn.unit, operand(fn, r, 1));
      return symbol?.kind === 'variable' ? ofVariable(types, symbol.unit, symbol.v, depth) : [];
    }
    case Op.Call: {
      const [first = -1, ...rest] = callArguments(fn, r);
      const own = first >= 0 && opcode(fn, first) === Op.Const && operand(fn, first, 2) >= 0 ? text(fn.unit, operand(fn, first, 2)) : '';
      if (own.startsWith(DOCUMENT)) return [own.slice(DOCUMENT.length), ...rest.flatMap((x) => documentAt(types, fn, x, depth + 1))];
      // `print(DOCUMENT)`, `graphql(DOCUMENT)`.
      return first >= 0 && rest.length === 0 ? documentAt(types, fn, first, depth + 1) : [];
    }
    default: return [];
  }
}

function ofVariable(types: Types, unit: Unit, v: number, depth: number): readonly string[] {
  const init = varField(unit, v, VarField.Init);
  if (init < 0 || varField(unit, v, VarField.Flags) & VarFlag.Reassigned) return [];
  return documentAt(types, types.program.fnOf(unit, varField(unit, v, VarField.Owner)), init, depth + 1);
}

/** The operation of a document with all its fragments. */
function selected(types: Types, documents: readonly string[]): StaticType | undefined {
  const tokens = documents.join(' ').split(' ');
  const fragments = new Map<string, readonly [on: string, at: number]>();
  let operation: readonly [root: string, at: number] | undefined;
  for (let i = 0, depth = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (depth === 0 && token === 'fragment') {
      fragments.set(tokens[i + 1] ?? '', [tokens[i + 2] ?? '', i + 3]);
      i += 2;
    } else if (depth === 0) operation ??= [ROOTS[token] ?? '', i + 1];
  }
  if (!operation) return undefined;
  const [root, at] = operation;
  const fields = new Map<string, StaticType>();
  new Selection(types, tokens, fragments).read(at, types.schema(root) ?? UNKNOWN, fields, 0);
  return fields.size > 0 ? { k: 'record', name: '', fields } : undefined;
}

class Selection {
  private readonly types: Types;
  private readonly tokens: readonly string[];
  private readonly fragments: ReadonlyMap<string, readonly [on: string, at: number]>;

  constructor(types: Types, tokens: readonly string[], fragments: ReadonlyMap<string, readonly [on: string, at: number]>) {
    this.types = types;
    this.tokens = tokens;
    this.fragments = fragments;
  }

  /** Reads a set of braces at `start` into `fields`; returns the place of the closing one. */
  read(start: number, owner: StaticType, fields: Map<string, StaticType>, depth: number): number {
    let i = start + 1;
    for (; i < this.tokens.length && this.tokens[i] !== '}'; i++) {
      const token = this.tokens[i] ?? '';
      if (token === '...') i = this.spread(i, owner, fields, depth);
      else {
        const isAlias = this.tokens[i + 1] === ':';
        if (isAlias) i += 2;
        const declared = this.types.member(owner, this.tokens[i] ?? '');
        if (this.tokens[i + 1] !== '{') {
          fields.set(token, declared);
          continue;
        }
        const isList = declared.k === 'list';
        const inner = new Map<string, StaticType>();
        const of = isList ? declared.of : declared;
        i = this.read(i + 1, of, inner, depth + 1);
        const made: StaticType = { k: 'record', name: nameOf(of), fields: inner, schema: true };
        fields.set(token, isList ? { k: 'list', of: made } : made);
      }
    }
    return i;
  }

  /** `...Contact` and `... on Customer { … }`. */
  private spread(at: number, owner: StaticType, fields: Map<string, StaticType>, depth: number): number {
    const next = this.tokens[at + 1] ?? '';
    if (next === 'on') return this.read(at + 3, this.types.schema(this.tokens[at + 2] ?? '') ?? owner, fields, depth + 1);
    if (next === '{') return this.read(at + 1, owner, fields, depth + 1);
    const fragment = this.fragments.get(next);
    if (fragment && depth < MAX_DEPTH) this.read(fragment[1], this.types.schema(fragment[0]) ?? owner, fields, depth + 1);
    return at + 1;
  }
}

const nameOf = (type: StaticType): string => (type.k === 'record' ? type.name : type.k === 'external' ? (type.names.find((n) => n.root.startsWith('schema:'))?.root.slice(7) ?? '') : '');
