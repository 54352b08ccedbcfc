// Sets what blocks at a stage, on a Result that is already judged. Effects stay: enforcement is about the run, not the finding.
import type { Result } from '#model/result';
import type { RunInfo } from '#model/run';
import { isBlocking } from '#policy/judge';

export function enforce(result: Result, run: RunInfo): Result {
  return {
    ...result,
    findings: result.findings.map((finding) => {
      const blocking = finding.suppression === undefined && isBlocking(finding.decision.effect, run);
      return blocking === finding.decision.blocking ? finding : { ...finding, decision: { ...finding.decision, blocking } };
    }),
  };
}
