// What policy makes of a finding. Effects are ordered: the strongest wins.

export const EFFECTS = ['allow', 'note', 'warn', 'require_approval', 'deny'] as const;
export type Effect = (typeof EFFECTS)[number];

export interface Decision {
  readonly effect: Effect;
  /** Whether this decision makes the run fail at the current stage. */
  readonly blocking: boolean;
  /** Ids of the controls that spoke. */
  readonly controls: readonly string[];
  /** Clauses behind the controls, such as `PIPL 51`. */
  readonly citations: readonly string[];
}
