// The product: one versioned, serialisable Result. No clock, no absolute path; sorted where it is made.
import type { Comparison } from '#model/change';
import type { Finding } from '#model/finding';
import type { Gap } from '#model/gap';

export const RESULT_VERSION = '1.0';

export const CALL_TIERS = ['T0', 'T1', 'T1b', 'T2', 'library', 'unresolved'] as const;
export type CallTier = (typeof CALL_TIERS)[number];

export interface Counts {
  readonly files: number;
  readonly lines: number;
  readonly functions: number;
  readonly calls: number;
  readonly callsByTier: Readonly<Record<CallTier, number>>;
  /** Distinct places that were recognised as customer data. */
  readonly sources: number;
  /** Call sites, assignments and returns that the catalogue knows as sinks. */
  readonly sinks: number;
  /** Flows in which a sufficient protection was met. */
  readonly protectedFlows: number;
  /** Files of tests, mocks, stories and seeds that are not followed, since the policies allow whatever they do. */
  readonly exempt?: number;
  readonly assumptions: Readonly<Record<string, number>>;
  readonly limits: Readonly<Record<string, number>>;
}

export interface Result {
  readonly version: typeof RESULT_VERSION;
  readonly tool: { readonly name: 'fiduciary'; readonly version: string; readonly rules: string };
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly counts: Counts;
  /** Present when the run was compared with a baseline or with the base of a change. */
  readonly comparison?: Comparison;
}
