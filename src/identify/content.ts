// Whether a finding leaks anything that the known one did not: an element more, or a source more. Sources are compared one to
// one, first by all they are, then with what an edit may have changed: the file (it moved), then the name of a local.
import type { Arrival, KnownFinding, KnownSource } from '#model/change';

export const arrivals = (known: KnownFinding, now: KnownFinding): Arrival => ({
  elements: now.elements.filter((element) => !known.elements.includes(element)),
  sources: unmatched(known.sources, now.sources),
});

export function coversAll(known: KnownFinding, now: KnownFinding): boolean {
  const { elements, sources } = arrivals(known, now);
  return elements.length + sources.length === 0;
}

export const isSame = (known: KnownFinding, now: KnownFinding): boolean => coversAll(known, now) && coversAll(now, known);

type Key = (source: KnownSource) => string;

/** NUL cannot occur in a path or a name. */
const join = (...parts: readonly string[]): string => parts.join('\0');
/** `user.email` stays the same datum when the local `user` gets another name. */
const member = (name: string): string => name.split(/[.?[\]()\s]+/).filter((part) => part !== '').at(-1) ?? '';

const STEPS: readonly Key[] = [
  (s) => join(s.file, s.symbol, s.name, ...s.elements),
  (s) => join(s.file, s.symbol, member(s.name), ...s.elements),
  (s) => join(s.symbol, member(s.name), ...s.elements),
  (s) => join(s.file, s.symbol, ...s.elements),
];

/** Those of `now` that have no counterpart. Fewer sources than before is never a change for the worse. */
function unmatched(known: readonly KnownSource[], now: readonly KnownSource[]): readonly KnownSource[] {
  let left = now;
  let free = known;
  for (const key of STEPS) {
    if (left.length === 0) break;
    const counts = new Map<string, KnownSource[]>();
    for (const source of free) counts.set(key(source), [...(counts.get(key(source)) ?? []), source]);
    left = left.filter((source) => counts.get(key(source))?.pop() === undefined);
    free = [...counts.values()].flat();
  }
  return left;
}
