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
  /** Those of `citations` whose numbering nobody has compared with the text in force. */
  readonly unverified?: readonly string[];
  /** What has to be done or shown before the flow is in order. */
  readonly obligations?: readonly Obligation[];
  /** How grave it would be if the data left through this flow, and who must be told by when. */
  readonly incident?: Incident;
  /** All that spoke is only observed at this stage: nothing is shown but in audit reports. */
  readonly observed?: true;
  /** A control denies or wants an approval from this day on; until then it warns. */
  readonly effective?: string;
  /** The waiver that covers the finding; the decision then blocks nothing and only audit reports show it. */
  readonly waiver?: AppliedWaiver;
}

export const OBLIGATION_KINDS = ['approval', 'protect', 'record', 'assess', 'notify', 'review'] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];

export interface Obligation {
  readonly kind: ObligationKind;
  /** A role (`approval`, `notify`), a protection (`protect`), a register (`record`, `assess`), a date (`review`). */
  readonly what: string;
}

export const INCIDENT_GRADES = ['critical', 'major', 'serious', 'general'] as const;
export type IncidentGrade = (typeof INCIDENT_GRADES)[number];

export interface Incident {
  readonly grade: IncidentGrade;
  /** Who must be told, as ids of the pack, such as `regulator`; empty when nobody outside must be. */
  readonly report: readonly string[];
  /** Hours within which the first report is due. */
  readonly withinHours?: number;
}

export interface AppliedWaiver {
  readonly id: string;
  readonly reason: string;
  /** Role of who approved it. */
  readonly approver: string;
  /** Last day on which it counts, as `2027-01-31`. */
  readonly expires: string;
  readonly state: 'active' | 'expiring';
}
