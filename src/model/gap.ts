// What could not be analysed. A gap is a value, not an exception: collected, counted, shown.
import type { RepoPath } from '#model/location';

export const GAP_KINDS = [
  'syntax-error', 'unreadable', 'binary', 'too-large', 'minified', 'generated', 'vendored', 'unsupported', 'broken-tsconfig',
  'symlink-loop', 'limit-reached', 'vanished', 'no-sources', 'cache',
  'suppression-without-reason', 'suppression-unknown-rule', 'suppression-expired', 'suppression-unused',
  'suppression-needs-waiver',
  'waiver-expired', 'waiver-expiring', 'waiver-lapsed', 'waiver-refused', 'waiver-unused', 'waiver-over-broad',
  'no-merge-base', 'baseline-stale', 'baseline-expired',
] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export interface Gap {
  readonly kind: GapKind;
  /** Absent for a gap that concerns the whole run. */
  readonly file?: RepoPath;
  readonly line?: number;
  /** Names of code or a count, for the sentence that a reporter makes. */
  readonly detail: string;
}

/** Gap kinds that are expected in any repository and do not make a run incomplete. */
export const EXPECTED_GAPS: ReadonlySet<GapKind> = new Set([
  'minified', 'generated', 'vendored', 'binary', 'suppression-needs-waiver',
  'waiver-expired', 'waiver-expiring', 'waiver-lapsed', 'waiver-refused', 'waiver-unused', 'waiver-over-broad',
]);
