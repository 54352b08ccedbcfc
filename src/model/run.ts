// What a run is for and what makes it fail. Part of the policy input, beside the findings.

export const STAGES = ['editor', 'ci', 'release'] as const;
export type Stage = (typeof STAGES)[number];

export const FAIL_ON = ['deny', 'approval', 'warn', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

export interface RunInfo {
  readonly stage: Stage;
}
