// Findings of a function that got another name, or another place among the functions of its file. A name that is gone and one
// that was not there before, with the same findings in the same order, are one function; anything less is a fix and a new leak.
import type { KnownFinding } from '#model/change';
import { isSame } from './content.ts';

/** Whether a file declares a name, now and in the earlier state; undefined when that state is not at hand. */
export interface Declarations {
  now(file: string, name: string): boolean;
  before(file: string, name: string): boolean | undefined;
}

export function* renamedPairs<Known extends KnownFinding>(free: readonly Known[], open: readonly KnownFinding[], names: Declarations): Generator<readonly [Known, KnownFinding]> {
  const before = bySymbol(free);
  const after = bySymbol(open);
  for (const old of before.values()) {
    const candidates = [...after.values()].filter((fresh) => isRenamed(old, fresh, names));
    const [fresh] = candidates;
    // Two functions that could be it are none, in either direction.
    if (fresh === undefined || candidates.length > 1 || [...before.values()].some((other) => other !== old && isRenamed(other, fresh, names))) continue;
    for (const [index, each] of old.entries()) {
      const now = fresh[index];
      if (now !== undefined) yield [each, now];
    }
  }
}

function bySymbol<Each extends KnownFinding>(findings: readonly Each[]): ReadonlyMap<string, readonly Each[]> {
  const groups = new Map<string, Each[]>();
  for (const finding of findings) {
    const key = `${finding.file}\0${finding.symbol}`;
    groups.set(key, [...(groups.get(key) ?? []), finding].sort(inOrder));
  }
  return groups;
}

/** By what a rename leaves alone. */
const inOrder = (a: KnownFinding, b: KnownFinding): number => (shape(a) < shape(b) ? -1 : shape(a) > shape(b) ? 1 : 0);
const shape = (finding: KnownFinding): string => [finding.rule, calleeOf(finding), ...finding.elements, ...finding.sources.map(({ name }) => name)].join('\0');
const calleeOf = ({ callee }: KnownFinding): string => callee.split(/[.?[\]()\s]+/).filter((part) => part !== '').at(-1) ?? '';

function isRenamed(old: readonly KnownFinding[], fresh: readonly KnownFinding[], names: Declarations): boolean {
  const [first] = old;
  const [second] = fresh;
  if (first === undefined || second === undefined || first.file !== second.file || old.length !== fresh.length) return false;
  const [from, to] = [first.symbol.split('.'), second.symbol.split('.')];
  if ([...from, ...to].some((name) => !/^[\p{L}\w$]+$/u.test(name))) return false;
  const gone = from.filter((name) => !to.includes(name));
  const added = to.filter((name) => !from.includes(name));
  return gone.length + added.length > 0
    && old.every((each, index) => fresh[index] !== undefined && isSameLeak(each, fresh[index]))
    && gone.every((name) => !names.now(first.file, name))
    && added.every((name) => names.before(first.file, name) === false);
}

const isSameLeak = (a: KnownFinding, b: KnownFinding): boolean => a.rule === b.rule && a.code === b.code && calleeOf(a) === calleeOf(b) && isSame(anonymous(a), anonymous(b));

/** Sources within the function itself go with it. */
const anonymous = (finding: KnownFinding): KnownFinding => ({
  ...finding,
  sources: finding.sources.map((source) => (source.file === finding.file && source.symbol === finding.symbol ? { ...source, symbol: '' } : source)),
});

/** A word followed by what follows a declaration; a call counts too, which only makes us more careful. */
export const declares = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\w$.])${name.replaceAll('$', '\\$')}\\s*(?:[(=:{]|<[^>]*>\\s*\\(|extends\\b|implements\\b)`, 'u').test(text);
