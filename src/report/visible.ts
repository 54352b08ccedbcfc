// Which findings a report shows. Everything else is counted, never dropped in silence.
import { isNew } from '#model/change';
import type { Confidence } from '#model/element';
import type { Finding } from '#model/finding';
import { confidenceRank } from './sentences.ts';

export interface Visible {
  readonly shown: readonly Finding[];
  readonly allowed: number;
  readonly suppressed: number;
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

export function selectVisible(findings: readonly Finding[], options: Wish): Visible {
  const shown: Finding[] = [];
  const hidden = { allowed: 0, suppressed: 0, lowConfidence: 0, quiet: 0, known: 0 };
  for (const finding of findings) {
    const { effect } = finding.decision;
    if (effect === 'allow') hidden.allowed += 1;
    else if (finding.suppression !== undefined) hidden.suppressed += 1;
    // What makes the run fail is never hidden.
    else if (finding.decision.blocking) shown.push(finding);
    else if (options.newOnly === true && finding.change !== undefined && !isNew(finding.change)) hidden.known += 1;
    else if (confidenceRank(finding.confidence) < confidenceRank(options.confidence)) hidden.lowConfidence += 1;
    else if (options.quiet && (effect === 'warn' || effect === 'note')) hidden.quiet += 1;
    else shown.push(finding);
  }
  return { shown, ...hidden };
}
