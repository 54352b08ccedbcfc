// Lays inline comments over judged findings. A comment with a reason silences `warn` and `note`; a stronger decision needs a
// waiver, which somebody approved. What a comment cannot do, or no longer does, becomes a gap: nothing is silenced unseen.
import { CHANNELS, type RuleName } from '#model/channel';
import type { Finding, Suppression } from '#model/finding';
import type { Gap, GapKind } from '#model/gap';
import type { RepoPath } from '#model/location';
import { parseSuppressionComments, type SuppressionComment } from './suppression-comments.ts';

export interface SuppressionOutcome {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

const RULES: ReadonlySet<string> = new Set<RuleName>(Object.values(CHANNELS).map((channel) => channel.rule));

/**
 * `texts` are the analysed files that may hold comments (all of them: a comment that covers nothing is reported).
 * With `mode: 'waiver'` comments silence nothing. `today` is the date of the run as `2026-11-23`; days compare as text.
 */
export function suppress(
  findings: readonly Finding[],
  texts: Iterable<readonly [RepoPath, string]>,
  today: string,
  mode: 'reason' | 'waiver' = 'reason',
): SuppressionOutcome {
  const isSuppressible = (finding: Finding): boolean =>
    mode === 'reason' && finding.decision.effect !== 'deny' && finding.decision.effect !== 'require_approval';
  const byFile = new Map<RepoPath, Finding[]>();
  for (const finding of findings) {
    if (finding.decision.effect === 'allow') continue;
    const { file } = finding.sink.location;
    const known = byFile.get(file);
    if (known === undefined) byFile.set(file, [finding]);
    else known.push(finding);
  }
  const suppressed = new Map<Finding, Suppression>();
  const gaps: Gap[] = [];
  for (const [file, text] of texts) {
    for (const comment of parseSuppressionComments(file, text)) {
      const report = (kind: GapKind, detail: string): void => {
        gaps.push({ kind, file, line: comment.location.line, detail });
      };
      if (comment.rules.length === 0) report('suppression-unknown-rule', '');
      for (const rule of comment.rules) {
        const covered = (byFile.get(file) ?? []).filter((finding) => finding.rule === rule && covers(comment, finding));
        const fault = faultOf(comment, rule, covered, covered.every(isSuppressible), today);
        if (fault !== undefined) report(fault, rule);
        if (fault !== undefined && fault !== 'suppression-needs-waiver') continue;
        for (const finding of covered.filter(isSuppressible)) suppressed.set(finding, toSuppression(comment));
      }
    }
  }
  return {
    findings: findings.map((finding) => {
      const suppression = suppressed.get(finding);
      return suppression === undefined
        ? finding
        : { ...finding, decision: { ...finding.decision, blocking: false }, suppression };
    }),
    gaps,
  };
}

function faultOf(
  comment: SuppressionComment, rule: string, covered: readonly Finding[], coversAll: boolean, today: string,
): GapKind | undefined {
  if (!RULES.has(rule)) return 'suppression-unknown-rule';
  if (comment.reason === '') return 'suppression-without-reason';
  // A date that cannot be read must not silence for ever.
  if (comment.until !== undefined && !(isDay(comment.until) && today <= comment.until)) return 'suppression-expired';
  if (covered.length === 0) return 'suppression-unused';
  return coversAll ? undefined : 'suppression-needs-waiver';
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function covers(comment: SuppressionComment, finding: Finding): boolean {
  const { line } = finding.sink.location;
  return line >= comment.covers.from && line <= comment.covers.to;
}

function toSuppression(comment: SuppressionComment): Suppression {
  return {
    reason: comment.reason,
    ...(comment.until === undefined ? {} : { until: comment.until }),
    location: comment.location,
  };
}

