// How the findings of now relate to those known before. By identity, never by count: fixing one leak pays for no other. The
// strict id comes first; the loose one, which leaves out file and ordinal, follows what was moved, where only one reading is
// possible. More elements or sources than known is `reached`, whatever the id says.
import type { Change, KnownFinding } from '#model/change';
import type { Finding } from '#model/finding';
import { compareText } from '#model/location';
import { coversAll, isSame } from './content.ts';
import { describe } from './known.ts';
import { type Declarations, renamedPairs } from './renames.ts';

export interface Classified<Known extends KnownFinding> {
  /** In the order of the findings. */
  readonly changes: readonly Change[];
  readonly fixed: readonly Known[];
  /** The known finding that each is, where it is one. */
  readonly partners: readonly (Known | undefined)[];
}

/** What else is known of the two states. */
export interface States {
  /** A file of the earlier state no longer exists. */
  isGone(file: string): boolean;
  readonly names: Declarations;
}

export function classifyChanges<Known extends KnownFinding>(findings: readonly Finding[], known: readonly Known[], states: States): Classified<Known> {
  const now = findings.map(describe);
  const changes = new Map<KnownFinding, Change>();
  const partners = new Map<KnownFinding, Known>();
  const free = new Set(known);
  const open = new Set(now);
  const pair = (before: Known, after: KnownFinding, change: Change, covered = coversAll(before, after)): void => {
    free.delete(before);
    open.delete(after);
    changes.set(after, covered ? change : 'reached');
    partners.set(after, before);
  };
  /** Pairs within groups of one key, the known one that fits best first. */
  const pairBy = (key: (finding: KnownFinding) => string, fits: (before: Known, after: KnownFinding) => boolean, change: Change): void => {
    const groups = groupBy([...free], key);
    for (const after of [...open]) {
      const before = groups.get(key(after))?.find((each) => free.has(each) && fits(each, after));
      if (before !== undefined) pair(before, after, change);
    }
  };
  const strict = (finding: KnownFinding): string => finding.id;
  const inFile = (finding: KnownFinding): string => `${finding.file}\0${finding.looseId}`;
  pairBy(strict, isSame, 'unchanged');
  // Another call of the same name in front shifts the ordinal: the same leak in the same function is still the same.
  pairBy(inFile, isSame, 'moved');
  pairBy(strict, coversAll, 'unchanged');
  pairBy(inFile, coversAll, 'moved');
  pairBy(strict, () => true, 'unchanged');
  for (const [before, after] of movedPairs([...free], [...open], states)) pair(before, after, 'moved');
  for (const [before, after] of renamedPairs([...free], [...open], states.names)) pair(before, after, 'moved', true);
  return {
    changes: now.map((finding) => changes.get(finding) ?? 'introduced'),
    fixed: [...free].sort((a, b) => compareText(a.file, b.file) || compareText(a.id, b.id)),
    partners: now.map((finding) => partners.get(finding)),
  };
}

/** From one file to one other, the same number of them, in the order in which they stand: nothing else is unique enough. */
function* movedPairs<Known extends KnownFinding>(free: readonly Known[], open: readonly KnownFinding[], { isGone }: States): Generator<readonly [Known, KnownFinding]> {
  const loose = (finding: KnownFinding): string => `${finding.looseId}\0${finding.code}`;
  const after = groupBy(open, loose);
  for (const [key, before] of groupBy(free, loose)) {
    const candidates = after.get(key) ?? [];
    const [first] = before;
    if (first === undefined || candidates.length !== before.length || !ofOneFile(before) || !ofOneFile(candidates)) continue;
    // Module level has no name to be known by; there only a file that is gone can have moved.
    if (first.symbol === '' && !isGone(first.file)) continue;
    for (const [index, each] of before.entries()) {
      const candidate = candidates[index];
      if (candidate !== undefined) yield [each, candidate];
    }
  }
}

const ofOneFile = (findings: readonly KnownFinding[]): boolean => findings.every((finding) => finding.file === findings[0]?.file);

function groupBy<Each extends KnownFinding>(findings: readonly Each[], key: (finding: KnownFinding) => string): ReadonlyMap<string, readonly Each[]> {
  const groups = new Map<string, Each[]>();
  for (const finding of findings) {
    const known = groups.get(key(finding));
    if (known === undefined) groups.set(key(finding), [finding]);
    else known.push(finding);
  }
  return groups;
}
