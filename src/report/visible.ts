// Which findings a report shows. Everything else is counted, never dropped in silence.
import { isNew } from '#model/change';
import type { Confidence } from '#model/element';
import type { Finding } from '#model/finding';
import { confidenceRank } from './sentences.ts';

/** Where a finding stands: it asks for something (`open`), it may be none (`uncertain`), or it is accounted for. */
export const STANDINGS = ['open', 'uncertain', 'waived', 'suppressed', 'observed', 'allowed'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Visible {
  readonly shown: readonly Finding[];
  readonly allowed: number;
  readonly waived: number;
  readonly suppressed: number;
  readonly observed: number;
  readonly lowConfidence: number;
  readonly quiet: number;
  readonly known: number;
}

interface Wish {
  readonly confidence: Confidence;
  readonly quiet: boolean;
  /** Leave out what was known before. */
  readonly newOnly?: boolean;
}

export function standingOf({ decision, suppression, confidence }: Finding, lowest: Confidence): Standing {
  if (decision.effect === 'allow') return 'allowed';
  if (decision.waiver !== undefined) return 'waived';
  if (suppression !== undefined) return 'suppressed';
  if (decision.observed === true && !decision.blocking) return 'observed';
  // What makes the run fail is never hidden.
  return decision.blocking || confidenceRank(confidence) >= confidenceRank(lowest) ? 'open' : 'uncertain';
}

export function selectVisible(findings: readonly Finding[], options: Wish): Visible {
  const shown: Finding[] = [];
  const hidden = { allowed: 0, waived: 0, suppressed: 0, observed: 0, lowConfidence: 0, quiet: 0, known: 0 };
  for (const finding of findings) {
    const { effect, blocking } = finding.decision;
    const standing = standingOf(finding, options.confidence);
    if (standing === 'allowed' || standing === 'waived' || standing === 'suppressed' || standing === 'observed') hidden[standing] += 1;
    else if (blocking) shown.push(finding);
    else if (options.newOnly === true && finding.change !== undefined && !isNew(finding.change)) hidden.known += 1;
    else if (standing === 'uncertain') hidden.lowConfidence += 1;
    else if (options.quiet && (effect === 'warn' || effect === 'note')) hidden.quiet += 1;
    else shown.push(finding);
  }
  return { shown, ...hidden };
}
