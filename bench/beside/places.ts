// Where tools found something, and which of them stand at the same place.

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly end: number;
  /** Of Fiduciary the channel, of Semgrep the rule of semgrep.yaml. */
  readonly rule: string;
}

/** Two tools mark a call at its name, its argument or its start. */
const NEAR = 3;

export const isNear = (one: Place, other: Place): boolean => one.file === other.file && one.line - other.end <= NEAR && other.line - one.end <= NEAR;

export const standsAtAny = (place: Place, others: readonly Place[]): boolean => others.some((other) => isNear(place, other));
