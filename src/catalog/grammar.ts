// The one-line texts of `rules/`: callees, places of a call, flows. rules/README.md describes them; a text that does not fit
// ends in a UserError, to which the loader adds file and line.
import type { CalleePattern, CallPlace, ModelFlow } from '#model/catalog';
import { UserError } from '#model/errors';

const ROOTS = ['global', 'npm', 'type', 'name', 'any'] as const;
type RootKind = (typeof ROOTS)[number];

const ROOT = /^(global|npm|type|name|any):/;
const IDENTIFIER = /^[\p{L}_$*][\p{L}\p{N}_$*]*/u;
/** A package may have dots (`mailgun.js`, `socket.io-client`): quoted, or one of the endings that no API has as a member. */
const PACKAGE = /^(?:"([^"]+)"|(?:node:)?((?:@[\w.:*-]+\/)?[\w*-]+(?:\.(?:js|io|ts|mjs|[a-z]+-[\w-]+)(?![\w$]))?(?:-[\w-]+)?(?:\/[\w*-]+(?:\.js)?)*))/;
const MEMBER = /^(?:\.\{([^{}]*)\}|\.\*|\.(#?[\p{L}_$][\p{L}\p{N}_$]*)|\(\))/u;

export function parseCallee(text: string): CalleePattern {
  const kind = ROOT.exec(text)?.[1] as RootKind | undefined;
  if (kind === undefined) throw bad(text, 'callee', `start with one of ${ROOTS.map((root) => `${root}:`).join(' ')}`);
  const afterRoot = text.slice(kind.length + 1);
  const { name, length } = readRootName(kind, afterRoot, text);
  return { root: { kind, name }, members: readMembers(afterRoot.slice(length), text), text };
}

function readRootName(kind: RootKind, rest: string, text: string): { name: string; length: number } {
  if (kind === 'any') {
    if (!rest.startsWith('.')) throw bad(text, 'callee', 'write a member after any:, such as any:.trim');
    return { name: '', length: 0 };
  }
  const match = kind === 'npm' ? PACKAGE.exec(rest) : IDENTIFIER.exec(rest);
  if (match === null) throw bad(text, 'callee', kind === 'npm' ? 'write a package name after npm:' : `write a name after ${kind}:`);
  return { name: match[1] ?? match[2] ?? match[0], length: match[0].length };
}

function readMembers(text: string, whole: string): readonly (readonly string[])[] {
  const members: (readonly string[])[] = [];
  let rest = text;
  while (rest !== '') {
    const match = MEMBER.exec(rest);
    if (match === null) throw bad(whole, 'callee', `"${rest}" is neither .name, .{a,b}, .* nor ()`);
    members.push(readMember(match, whole));
    rest = rest.slice(match[0].length);
  }
  return members;
}

function readMember(match: RegExpExecArray, whole: string): readonly string[] {
  const [text, set, name] = match;
  if (name !== undefined) return [name];
  if (set === undefined) return [text === '()' ? '()' : '*'];
  const names = set.split(',').map((part) => part.trim());
  if (names.some((part) => !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(part))) throw bad(whole, 'callee', `"{${set}}" must list names, such as {info,warn}`);
  return names;
}

const PLACE = /^(?:(args|this|return|cell|callee)|(?:arg|(setter))(\d+)(\.\.(?![\p{L}_$#.]))?)(?:\.(?:param(\d+)|(return))(?![\w$-]))?/u;
const STEP = /^(?:\[(\*|\d+)\]|\.(\*|#?[\p{L}_$][\p{L}\p{N}_$-]*))/u;

export function parsePlace(text: string): CallPlace {
  const match = PLACE.exec(text);
  if (match === null) throw bad(text, 'place', 'write arg0, arg0.body, arg0.., args, this, return, cell, setter0, arg1.param0 or arg1.return');
  const [head, word, setter, index, open, parameter, result] = match;
  const base = word === 'args' || word === 'this' || word === 'return' || word === 'cell' || word === 'callee' ? word : setter !== undefined ? 'setter' : 'arg';
  if (base !== 'arg' && (parameter !== undefined || result !== undefined)) throw bad(text, 'place', 'only an argument has param and return, such as arg1.param0');
  const callback = parameter !== undefined ? ({ kind: 'param', index: Number(parameter) } as const) : result !== undefined ? ({ kind: 'return' } as const) : undefined;
  return {
    base,
    index: Number(index ?? 0),
    open: open !== undefined,
    ...(callback === undefined ? {} : { callback }),
    path: readPath(text.slice(head.length), text),
  };
}

function readPath(text: string, whole: string): readonly string[] {
  const path: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (match === null) throw bad(whole, 'place', `"${rest}" is neither .member, [*] nor .*`);
    path.push(match[1] === '*' ? '[*]' : (match[1] ?? match[2] ?? ''));
    rest = rest.slice(match[0].length);
  }
  return path;
}

const FLOW = /^(\S+)\s*->\s*([^\s:]+)(?:\s*:\s*(\S+))?$/;
const FLOW_KINDS = ['value', 'derived', 'deep', 'rendered'] as const;

export function parseFlow(text: string): ModelFlow {
  const [, input, output, word] = FLOW.exec(text.trim()) ?? [];
  const kind = word === undefined ? 'value' : FLOW_KINDS.find((known) => known === word);
  if (input === undefined || output === undefined) throw bad(text, 'flow', 'write arg0 -> return, or arg0 -> return: derived');
  if (kind === undefined) throw bad(text, 'flow', `"${word}" is none of ${FLOW_KINDS.join(', ')}`);
  return { input: parsePlace(input), output: parsePlace(output), kind };
}

const bad = (text: string, what: string, hint: string): UserError => new UserError(`"${text}" is not a ${what}`, hint);
