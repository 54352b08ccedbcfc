// Sets what blocks on a Result that is already judged, when a run was told what to fail on. Effects stay: that is about the run, not
// the finding. What somebody waived or suppressed blocks nothing.
import type { Result } from '#model/result';
import type { FailOn } from '#model/run';
import { isBlocking } from '#policy/judge';

export function enforce(result: Result, failOn: FailOn | undefined): Result {
  if (failOn === undefined) return result;
  return {
    ...result,
    findings: result.findings.map((finding) => {
      const { decision } = finding;
      const blocking = finding.suppression === undefined && decision.waiver === undefined && isBlocking(decision.effect, failOn);
      return blocking === decision.blocking ? finding : { ...finding, decision: { ...decision, blocking } };
    }),
  };
}
