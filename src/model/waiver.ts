// A waiver: somebody with the right to do so accepts one finding with what it leaks, for a reason and for a time.
import type { ElementId } from '#model/element';
import type { FindingId } from '#model/finding';
import type { UserErrorPlace } from '#model/errors';

export interface Waiver {
  readonly id: string;
  readonly finding: FindingId;
  /** Recognises the finding when it has moved; absent in a waiver that somebody wrote by hand. */
  readonly looseId?: string;
  /** What may leak. More than this lapses the waiver. */
  readonly elements: readonly ElementId[];
  readonly reason: string;
  readonly approver: { readonly role: string; readonly name?: string };
  /** Day of the approval, as `2026-11-30`. */
  readonly approved: string;
  /** Last day on which it counts. */
  readonly expires: string;
  readonly ticket?: string;
  readonly place: UserErrorPlace;
}

/** `active` and `expiring` count. `over-broad` counts too: it lists elements that the finding does not have. `lapsed`: the finding
 * leaks more than was accepted. `refused`: a control that spoke can't be waived. `unused`: there is no such finding. */
export const WAIVER_STATES = ['active', 'expiring', 'over-broad', 'expired', 'lapsed', 'refused', 'unused'] as const;
export type WaiverState = (typeof WAIVER_STATES)[number];

export interface WaiverUse {
  readonly waiver: Waiver;
  readonly state: WaiverState;
  /** The finding it was matched with. */
  readonly finding?: FindingId;
  /** What the state is about: elements beyond the list, or the control that refuses. */
  readonly detail: string;
}
