// What is known about the findings of an earlier state (a baseline, the base of a change), and how a finding relates to it.
import type { RuleName } from '#model/channel';
import type { ElementId } from '#model/element';
import type { CodeKind, FindingId } from '#model/finding';
import type { RepoPath } from '#model/location';

/** `introduced`: was not there. `reached`: was there and now leaks more elements or from more sources. `moved`: the same in
 * another place. `fixed`: was there and is gone, so that no finding of the present state has it. */
export const CHANGES = ['introduced', 'reached', 'moved', 'unchanged', 'fixed'] as const;
export type Change = (typeof CHANGES)[number];

/** What a change answers for; the rest was there before. */
export const isNew = (change: Change): boolean => change === 'introduced' || change === 'reached';

/** A source as content of a known finding: names of code without a line, so that editing above it changes nothing. */
export interface KnownSource {
  readonly file: RepoPath;
  /** Symbol path of the function in which the datum enters; empty at module level. */
  readonly symbol: string;
  /** The expression in names of code, such as `user.email`. */
  readonly name: string;
  readonly elements: readonly ElementId[];
}

/** A finding as far as it can be recognised again: its two identities, and its content beside them. */
export interface KnownFinding {
  readonly id: FindingId;
  readonly looseId: string;
  readonly rule: RuleName;
  readonly file: RepoPath;
  readonly symbol: string;
  readonly callee: string;
  readonly code: CodeKind;
  readonly elements: readonly ElementId[];
  readonly sources: readonly KnownSource[];
}

/** What a finding that was `reached` leaks beyond what was known of it. */
export interface Arrival {
  readonly elements: readonly ElementId[];
  readonly sources: readonly KnownSource[];
}

/** The earlier state that a Result was compared with. */
export interface Comparison {
  readonly with: 'baseline' | 'diff';
  /** The baseline file, relative to the root, or the commit that was analysed for comparison. */
  readonly base: string;
  readonly counts: Readonly<Record<Change, number>>;
  readonly fixed: readonly KnownFinding[];
}
