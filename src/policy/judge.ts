// The seam between facts and judgement: whatever decides is one function from identified findings to
// decisions, in the same order.
import type { Decision, Effect } from '#model/decision';
import type { Finding, IdentifiedFinding } from '#model/finding';
import type { FailOn, RunInfo } from '#model/run';

export type Judge = (findings: readonly IdentifiedFinding[], run: RunInfo) => readonly Decision[];

/** Attaches the decisions of a judge. A judge that answers for another number of findings is a bug, never a partial result. */
export function judge(findings: readonly IdentifiedFinding[], run: RunInfo, decide: Judge): readonly Finding[] {
  const decisions = decide(findings, run);
  if (decisions.length !== findings.length) {
    throw new Error(`the judge gave ${decisions.length} decisions for ${findings.length} findings`);
  }
  return findings.map((finding, index) => {
    const decision = decisions[index];
    if (decision === undefined) throw new Error(`the judge gave no decision for finding ${finding.id}`);
    return { ...finding, decision };
  });
}

const BLOCKING: Readonly<Record<FailOn, readonly Effect[]>> = {
  deny: ['deny'],
  approval: ['deny', 'require_approval'],
  warn: ['deny', 'require_approval', 'warn'],
  never: [],
};

/** What makes a run fail when it was said for this run, whatever the enforcement of the policies says. */
export const isBlocking = (effect: Effect, failOn: FailOn): boolean => BLOCKING[failOn].includes(effect);
