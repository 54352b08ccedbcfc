// A Finding carries facts, neither sentences nor severity: policy judges, reporters speak. See schemas/result.schema.json.
import type { Arrival, Change } from '#model/change';
import type { Channel, RuleName } from '#model/channel';
import type { Decision } from '#model/decision';
import type { Confidence, DataClass, ElementClaim, ElementId, ProtectionKind, Witness } from '#model/element';
import type { Location } from '#model/location';

/** Hash of rule, path, enclosing symbol, callee and ordinal; stable under renames of locals and reformatting. */
export type FindingId = string;

export const STEP_KINDS = [
  'source', 'read', 'assign', 'call', 'return', 'store', 'load', 'transform', 'protect', 'callback', 'sink',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One way-point. `names` are names of code for the sentence that a reporter makes, never literal values. */
export interface Step {
  readonly kind: StepKind;
  readonly location: Location;
  /** Symbol path of the enclosing function, such as `UserService.register`. */
  readonly within: string;
  readonly names: readonly string[];
  /** The step rests on an assumption about code that was not visible. */
  readonly assumed?: true;
  /** The step merged paths or fields because a limit was reached. */
  readonly broadened?: true;
}

export interface SourceFlow {
  readonly elements: readonly ElementId[];
  readonly witness: Witness;
  /** The place where the datum is declared or first enters. */
  readonly location: Location;
  /** The expression in names of code, such as `user.email`. */
  readonly name: string;
  readonly path: readonly Step[];
  readonly protections: readonly Protection[];
  readonly assumptions: readonly Assumption[];
  readonly confidence: Confidence;
}

export interface Protection {
  readonly kind: ProtectionKind;
  /** Catalogue id, or the symbol of the project's own function. */
  readonly by: string;
  readonly location: Location;
  /** Whether it fits the elements and the channel, as the catalogue says. */
  readonly worth: 'sufficient' | 'weak' | 'none';
}

export const ASSUMPTIONS = ['unknown-call', 'field-based', 'broadened', 'entity-shape', 'shape-by-use', 'callback', 'dynamic-key', 'partly-shown'] as const;
export type Assumption = (typeof ASSUMPTIONS)[number];

export interface SinkPlace {
  /** The place of the finding: the frame in which the value is recognisable. */
  readonly location: Location;
  /** The callee as written there, in names of code. */
  readonly callee: string;
  /** Where the data really leaves; equals `location` unless wrappers lie between. */
  readonly inner: Location;
  readonly innerCallee: string;
  /** Id of the catalogue entry. */
  readonly catalog: string;
  readonly argument: number;
  readonly vendor?: string;
  /** Scheme and host of a constant URL, or a name of code; never other literals. */
  readonly destination?: string;
  readonly transport?: 'plaintext' | 'unverified' | 'encrypted';
}

export interface FindingContext {
  readonly symbol: string;
  /** What the file is for; `development` where a condition keeps production code from running in production. */
  readonly code: 'production' | 'development' | 'test' | 'story' | 'mock' | 'seed' | 'example' | 'script';
  readonly side: 'server' | 'browser' | 'unknown';
  /** Nothing at all refers to the code. */
  readonly dormant?: true;
  readonly owner?: string;
}

export interface Finding {
  readonly kind: 'flow' | 'site' | 'absence';
  readonly id: FindingId;
  /** The second, loose key without path and ordinal, for recognising moves. */
  readonly looseId: string;
  readonly rule: RuleName;
  readonly channel: Channel;
  readonly elements: readonly ElementClaim[];
  /** The highest class among `elements`; absent for a site without elements. */
  readonly class?: DataClass;
  readonly sink: SinkPlace;
  readonly sources: readonly SourceFlow[];
  readonly confidence: Confidence;
  readonly context: FindingContext;
  readonly decision: Decision;
  /** An inline comment with a reason covers the finding; it then blocks nothing and only audit reports show it. */
  readonly suppression?: Suppression;
  /** How it relates to a baseline or to the base of a change; absent when nothing was compared. */
  readonly change?: Change;
  /** Of a finding that was reached: what is new about it. */
  readonly arrived?: Arrival;
}

export interface Suppression {
  readonly reason: string;
  /** Last day on which the comment counts, as `2027-01-31`. */
  readonly until?: string;
  /** Where the comment stands. */
  readonly location: Location;
}

/** A finding that has its identity and context and waits for judgement. */
export type IdentifiedFinding = Omit<Finding, 'decision' | 'suppression' | 'change' | 'arrived'>;

export type CodeKind = FindingContext['code'];
export type CodeSide = FindingContext['side'];

/** A finding before it has an identity and a judgement, as the engine hands it over. */
export interface RawFinding extends Omit<IdentifiedFinding, 'id' | 'looseId' | 'rule' | 'class' | 'context'> {
  /** Path of symbols that encloses the sink place, such as `UserService.register`; empty at module level. */
  readonly symbol: string;
  /** Nothing at all refers to the code (design decision 12). */
  readonly dormant: boolean;
  /** A condition lets the code run in development or tests only. */
  readonly development?: true;
  /** Position of the call among all calls of the symbol with an equal callee, leaking or not. Without it the findings
   * are numbered, and then fixing one of two equal calls renumbers the other. */
  readonly callOrdinal?: number;
}
