// What all sections look at: the Result, its findings in order of gravity with their standing, and the processing record.
import { drawRecord, type ProcessingRecord } from '#inventory/processing-record';
import { EFFECTS, type Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { compareLocations, compareText } from '#model/location';
import type { Result } from '#model/result';
import type { ReportOptions } from '../report-options.ts';
import { standingOf, type Standing, STANDINGS } from '../visible.ts';
import { createSay, type Say } from './tongues.ts';

export interface View {
  readonly result: Result;
  readonly options: ReportOptions;
  readonly say: Say;
  readonly record: ProcessingRecord;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly byStanding: Readonly<Record<Standing, readonly Finding[]>>;
}

export type EffectCounts = Readonly<Record<Effect, number>>;

/** The strongest first, as everything on the page is ordered. */
export const WORST_FIRST: readonly Effect[] = [...EFFECTS].reverse();

export function createView(result: Result, options: ReportOptions): View {
  const findings = [...result.findings].sort(byGravity);
  return {
    result,
    options,
    say: createSay(options.vocabulary),
    record: drawRecord(result),
    findings,
    byStanding: Object.fromEntries(STANDINGS.map((standing) =>
      [standing, findings.filter((finding) => standingOf(finding, options.confidence) === standing)])) as Record<Standing, Finding[]>,
  };
}

export function countEffects(findings: readonly Pick<Finding, 'decision'>[]): EffectCounts {
  const counts: Record<Effect, number> = { allow: 0, note: 0, warn: 0, require_approval: 0, deny: 0 };
  for (const { decision } of findings) counts[decision.effect] += 1;
  return counts;
}

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Negative when `a` is worse: by the strongest effect in which they differ. */
export function compareCounts(a: EffectCounts, b: EffectCounts): number {
  for (const effect of WORST_FIRST) if (a[effect] !== b[effect]) return b[effect] - a[effect];
  return 0;
}

function byGravity(a: Finding, b: Finding): number {
  return EFFECTS.indexOf(b.decision.effect) - EFFECTS.indexOf(a.decision.effect)
    || Number(b.decision.blocking) - Number(a.decision.blocking)
    || compareText(b.class ?? '', a.class ?? '')
    || compareLocations(a.sink.location, b.sink.location)
    || compareText(a.id, b.id);
}
