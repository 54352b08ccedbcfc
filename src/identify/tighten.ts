// A baseline held against the findings of now: what is fixed goes, what moved is followed, what leaks less is written down as
// less. Nothing new gets in, unless somebody asks for exactly that.
import type { KnownFinding } from '#model/change';
import type { Finding } from '#model/finding';
import type { BaselineEntry } from './baseline.ts';
import { classifyChanges, type States } from './change.ts';
import { describe } from './known.ts';

export interface Tightened {
  readonly entries: readonly BaselineEntry[];
  readonly fixed: number;
  readonly moved: number;
  readonly narrowed: number;
  /** New findings, and known ones that leak more; taken in only when `add` was asked for. */
  readonly introduced: number;
  readonly reached: number;
}

/** `findings` are the open ones. */
export function tighten(entries: readonly BaselineEntry[], findings: readonly Finding[], states: States, add: boolean): Tightened {
  const { changes, fixed, partners } = classifyChanges(findings, entries, states);
  const kept: BaselineEntry[] = [];
  const counts = { moved: 0, narrowed: 0, introduced: 0, reached: 0 };
  for (const [index, finding] of findings.entries()) {
    const now = describe(finding);
    const entry = partners[index];
    const change = changes[index];
    if (entry === undefined) {
      counts.introduced += 1;
      if (add) kept.push(now);
    } else if (change === 'reached') {
      counts.reached += 1;
      kept.push(add ? renew(entry, now) : entry);
    } else {
      if (change === 'moved') counts.moved += 1;
      else if (now.elements.length < entry.elements.length || now.sources.length < entry.sources.length) counts.narrowed += 1;
      kept.push(renew(entry, now));
    }
  }
  return { entries: kept, fixed: fixed.length, ...counts };
}

/** The finding as it is now, with what people wrote beside it. */
const renew = ({ reason, owner, until }: BaselineEntry, now: KnownFinding): BaselineEntry => ({
  ...now,
  ...(reason === undefined ? {} : { reason }),
  ...(owner === undefined ? {} : { owner }),
  ...(until === undefined ? {} : { until }),
});
