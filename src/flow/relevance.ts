// Which elements matter on which channel: an answer may carry its owner's data, a session may hold its own token. What is
// left out here would be noise on every channel of that kind; judgement of the rest is policy's.
import type { ElementClaim } from '#model/element';
import type { Engine } from './engine.ts';
import type { SinkEffect } from './summary.ts';

export function isReportable(engine: Engine, effect: SinkEffect, claim: ElementClaim, whole: boolean): boolean {
  const element = engine.catalog.names.element(claim.element);
  if (!element || element.nature === 'identifier') return false;
  const { channel } = effect.use;
  if (channel === 'response') return element.nature === 'secret' && claim.witness !== 'entity-name' && !(isFresh(effect) && ISSUED.test(claim.element) && !whole);
  return true;
}

/** Made for this answer, not read from anywhere: the result of a call, itself. */
const isFresh = ({ taint }: SinkEffect): boolean => taint.origin.kind === 'opaque' && (taint.path === '' || taint.origin.why === 'input' || taint.origin.why === 'parameter');

/** Handed to their owner on purpose, as the answer of a login. */
const ISSUED = /token|session|cookie|one-time|otp|verification-code|jwt|authorization|qr/;
