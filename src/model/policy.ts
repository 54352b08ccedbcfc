// What policies say about themselves: controls, the clauses they answer to, and the profiles that choose among them.
import type { Effect } from '#model/decision';
import type { Stage } from '#model/run';

export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A statement in Rego with the METADATA above it. */
export interface Control {
  /** Such as `log.secret`; unique over all packages that are loaded together. */
  readonly id: string;
  /** Path of its package, such as `fiduciary.topics.storage`. */
  readonly package: string;
  /** Relative to the folder of its policies. */
  readonly file: string;
  readonly line: number;
  readonly title: Bilingual;
  readonly description: Bilingual;
  /** What to do about a finding; empty when the control says nothing. */
  readonly remediation: Bilingual;
  /** Row of the duties of a bank's plan; absent for a control of a bank's own that names none. */
  readonly duty?: string;
  /** Clauses that the control itself names; those of regulations come from their files. */
  readonly clauses: readonly string[];
  readonly waivable: boolean;
  /** Before this day what it denies or wants approved is a warning. */
  readonly effective?: string;
}

export interface Clause {
  readonly clause: string;
  readonly title: Bilingual;
  /** Whether somebody compared number and gist with the text in force. */
  readonly verified: boolean;
  readonly controls: readonly string[];
  /** The elements of which the clause speaks; all when absent. */
  readonly elements?: readonly string[];
}

export interface Regulation {
  readonly id: string;
  readonly name: Bilingual;
  readonly edition: string;
  readonly clauses: readonly Clause[];
}

/** `off`: not asked. `observe`: judged and kept for audits. `advise`: shown. `block`: shown, and the run fails. */
export const ENFORCEMENT_LEVELS = ['off', 'observe', 'advise', 'block'] as const;
export type EnforcementLevel = (typeof ENFORCEMENT_LEVELS)[number];

/** Stage → id of a control, an effect, or `*` → level. A control beats an effect, an effect beats `*`. */
export type Enforcement = Readonly<Record<Stage, Readonly<Record<string, EnforcementLevel>>>>;

export interface Profile {
  readonly id: string;
  readonly title: Bilingual;
  /** Ids of the regulations that are cited, in this order. */
  readonly regulations: readonly string[];
  readonly enforcement: Enforcement;
}

/** What a control says of a finding, as it comes out of Rego. */
export interface Verdict {
  readonly finding: string;
  readonly control: string;
  readonly effect: Effect;
  readonly elements: readonly string[];
  readonly obligations?: readonly { readonly kind: string; readonly what: string }[];
  readonly incident?: { readonly grade: string; readonly report: readonly string[]; readonly withinHours?: number };
}
