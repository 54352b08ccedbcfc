// Which elements matter on which channel: an answer may carry its owner's data, a session may hold its own token. What is
// left out here would be noise on every channel of that kind; judgement of the rest is policy's.
import type { ElementClaim } from '#model/element';
import type { Engine } from './engine.ts';
import type { SinkEffect } from './summary.ts';

export function isReportable(engine: Engine, effect: SinkEffect, claim: ElementClaim, whole: boolean): boolean {
  const element = engine.catalog.names.element(claim.element);
  if (!element || element.nature === 'identifier') return false;
  const { channel } = effect.use;
  if (channel === 'response') return element.nature === 'secret' && (whole ? !ISSUED.test(claim.element) || claim.witness !== 'entity-name' : !ISSUED.test(claim.element)) && claim.witness !== 'entity-name';
  return true;
}

/** Handed to their owner on purpose, as the answer of a login. */
const ISSUED = /token|session|cookie|one-time|otp|verification-code|jwt|authorization|qr/;
