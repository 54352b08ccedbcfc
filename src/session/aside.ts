// Sources that are left aside, such as test code that the policies allow: nothing in them is followed. They are parsed only
// where followed code imports them, for then their types and functions are part of it.
import { type FileFacts, Op, OP_WIDTH } from '#model/facts';
import type { CodeKind } from '#model/finding';
import type { RepoPath } from '#model/location';
import { classifyCode } from '#project/code-context';
import type { Resolver } from '#project/resolve';

/** Who asks for a folder of fixtures or examples by name wants it judged as what it shows: its own place does not count. */
export const codeKindIn = (asked: readonly string[]) => (path: RepoPath): CodeKind => {
  const folder = asked.find((each) => path.startsWith(`${each}/`) && classifyCode(`${each}/_` as RepoPath) !== 'production');
  return classifyCode(folder === undefined ? path : (path.slice(folder.length + 1) as RepoPath));
};

/** Sources that the policies allow to do anything. */
export function asideUnder(exempt: ReadonlySet<CodeKind>, asked: readonly string[]): (path: RepoPath) => boolean {
  const kindOf = codeKindIn(asked);
  return (path) => exempt.size > 0 && exempt.has(kindOf(path));
}

/** Paths left aside that `from` imports, re-exports or requires. */
export function* asideOf(from: { readonly path: RepoPath; readonly facts: FileFacts }, aside: ReadonlySet<RepoPath>, resolver: Resolver): Generator<RepoPath> {
  for (const specifier of specifiersOf(from.facts)) {
    const target = resolver.resolve(from.path, specifier);
    if (target.kind === 'file' && aside.has(target.file)) yield target.file;
  }
}

function specifiersOf({ imports, exports, code, strings }: FileFacts): ReadonlySet<string> {
  const out = new Set<string>();
  for (const { from } of imports) out.add(from);
  for (const { from } of exports) if (from !== undefined) out.add(from);
  for (let at = 0; at < code.length; at += OP_WIDTH) {
    const named = code[at] === Op.Import ? strings[code[at + 1] ?? -1] : undefined;
    if (named !== undefined) out.add(named);
  }
  return out;
}
