// What the engine can say about one place of the code beyond its findings: why something is, or is not, one.
import type { ElementId, Witness } from '#model/element';
import type { Location, RepoPath } from '#model/location';

export const EXPLAIN_KINDS = ['classified', 'flow', 'stopped', 'sink', 'not-analysed'] as const;
export type ExplainKind = (typeof EXPLAIN_KINDS)[number];

export interface ExplainNote {
  readonly location: Location;
  readonly kind: ExplainKind;
  /** Names of code, never literal values. */
  readonly names: readonly string[];
  readonly element?: ElementId;
  readonly witness?: Witness;
  /** A short phrase in plain English, such as `a mask that suffices for a log`. */
  readonly reason: string;
}

export interface ExplainIndex {
  at(file: RepoPath, line: number): readonly ExplainNote[];
}
