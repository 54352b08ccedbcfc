// Judges again what a comparison says is new: some controls speak only of what a change brings. A comment that silenced a warning
// does not silence more than that.
import type { Finding } from '#model/finding';
import { isNew } from '#model/change';
import type { Result } from '#model/result';
import type { Stage } from '#model/run';
import { judge } from '#policy/judge';
import { applyWaivers } from '#policy/waivers';
import type { Policies } from './load-policies.ts';

export function judgeChanges(result: Result, policies: Policies, stage: Stage, today: string): Result {
  const changed = result.findings.filter(({ change }) => change !== undefined && isNew(change));
  if (changed.length === 0) return result;
  const judged = judge(changed, { stage }, policies.decide) as readonly Finding[];
  const anew = new Map(applyWaivers(judged, policies.waivers, policies.controls, policies.waiverRules, today).findings.map((finding) => [finding.id, finding]));
  return { ...result, findings: result.findings.map((finding) => keepSuppression(anew.get(finding.id) ?? finding)) };
}

function keepSuppression(finding: Finding): Finding {
  if (finding.suppression === undefined) return finding;
  if (finding.decision.effect !== 'deny' && finding.decision.effect !== 'require_approval') return { ...finding, decision: { ...finding.decision, blocking: false } };
  const { suppression: _, ...rest } = finding;
  return rest;
}
