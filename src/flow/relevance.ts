// Which elements matter on which channel: an answer may carry its owner's data, a session may hold its own token. What is
// left out here would be noise on every channel of that kind; judgement of the rest is policy's.
import type { ElementClaim, ElementId } from '#model/element';
import { Op } from '#model/facts';
import { writtenChain } from './callee.ts';
import type { Engine } from './engine.ts';
import { originName } from './classify.ts';
import { IS_NUMBER, REFUSED, VALIDATED } from './conditions.ts';
import { constantPrefix } from './destinations.ts';
import { isIssued, isTokenAnswer } from './issued.ts';
import { argument, argumentCount, opcode, operand } from './program.ts';
import type { SinkEffect } from './summary.ts';
import { Form, type Taint } from './value.ts';
import { suffices } from './worth.ts';

export function isReportable(engine: Engine, effect: SinkEffect, claim: ElementClaim, whole: boolean): boolean {
  const element = engine.catalog.names.element(claim.element);
  if (!element || element.nature === 'identifier') return false;
  // A name, a mail address or a secret is no number.
  if (effect.taint.facts.includes(IS_NUMBER) && element.nature !== 'financial') return false;
  const { channel } = effect.use;
  const { taint } = effect;
  // A key that unknown code was given is used there, not given back.
  if (element.nature === 'secret' && taint.form === Form.Part && taint.assumed.includes('unknown-call')) return false;
  if (element.nature !== 'secret' && isSetting(effect, claim)) return false;
  // A request to a service carries the key which that service has issued.
  if (channel === 'third-party' && effect.use.destination !== undefined && CREDENTIAL.test(claim.element)) return false;
  // What is sent to its owner to be used once has to be sent; over the bank's own server nobody else sees it.
  if (channel === 'third-party' && DELIVERED.test(claim.element) && isOwn(engine, effect.use.vendor)) return false;
  // Digests of what is long and random are no weakness, nor are those that a test makes of what it has made up.
  if (channel === 'protection') return isGuessable(engine, claim.element) && !effect.use.fn.unit.test;
  // Refused by a validator, but let through by another one before: only what comes from outside is refused in earnest.
  if (taint.facts.includes(REFUSED) && !isRaw(taint)) return false;
  // Where sessions belong: a cookie that scripts cannot read, the server's own session store.
  if (channel === 'storage' && ISSUED.test(claim.element) && (effect.use.sealed === true || /redis|cache-manager|session/.test(effect.use.catalog))) return false;
  // A test that fails says so to its author, with what it was made to work on.
  if (channel === 'error' && effect.use.fn.unit.test) return false;
  // An answer of somebody else that is passed on, cookies and all.
  if (effect.use.catalog.startsWith('set-cookie') && /(?:^|\/)[sS]et-[cC]ookie$/.test(taint.path)) return false;
  // The client's own secret of a payment is made to be handed to it.
  if (channel === 'response' && claim.element === 'api-key' && isOfPayment(taint)) return false;
  if (channel === 'response' && HANDED_OUT.test(claim.element) && isIssued(engine, taint, claim, whole)) return false;
  if (channel === 'response' && claim.element === 'refresh-or-access-token' && isTokenAnswer(effect.use)) return false;
  if (channel === 'response') return element.nature === 'secret' && claim.element !== 'card-expiry' && claim.witness !== 'entity-name' && !(ISSUED.test(claim.element) && (whole || isFresh(effect)));
  // A token for one use is made to stand in a link, and what stands in the address of a page already is no news to the next.
  if (channel === 'url' && (claim.element === 'reset-token' || (!isRequest(engine, effect) && isInAddress(taint)))) return false;
  // Some services want the key which they have issued in the query; over https nobody else reads the address of a request.
  if (channel === 'url' && claim.element === 'api-key' && isRequest(engine, effect) && isToService(engine, effect)) return false;
  // Nobody puts a whole record into a URL: some member of it was meant, and that one is not known.
  if (channel === 'url' && whole) return false;
  // What a kind of object usually carries is no evidence once the object went through places that are not visible.
  if (claim.witness === 'entity-name' && taint.assumed.length > 0) return false;
  return true;
}

/** `process.env.FROM_EMAIL`: an address of the organisation, not of a customer. */
const isSetting = ({ taint }: SinkEffect, claim: ElementClaim): boolean =>
  (taint.origin.kind === 'opaque' && taint.origin.why === 'global') || (/^[A-Z][A-Z0-9_]+$/.test(claim.evidence.at(-1) ?? '') && /(?:^|\/)(?:env|config|settings?)(?:\/|$)/i.test(`${originName(taint.origin)}/${taint.path}`));

/** Made for this answer, not read from anywhere: the result of a call, itself. */
const isFresh = ({ taint }: SinkEffect): boolean => taint.origin.kind === 'opaque' && (taint.path === '' || taint.origin.why === 'input' || taint.origin.why === 'parameter');

/** Handed in by somebody else and not checked yet. */
function isRaw({ origin, path, facts }: Taint): boolean {
  if (facts.includes(VALIDATED)) return false;
  if (origin.kind !== 'opaque' || (origin.why !== 'input' && origin.why !== 'parameter')) return false;
  const [first = ''] = path.split('/');
  const checked = origin.type.k === 'record' ? origin.type.fields.get(first) : undefined;
  return first !== 'parsedInput' && !(checked?.k === 'record' && checked.schema === true);
}

const isRequest = (engine: Engine, { use }: SinkEffect): boolean => engine.catalog.requests.some((r) => r.id === use.catalog);

/** The host is a constant of the program: at the request, or where the address is handed to a wrapper of it. */
function isToService(engine: Engine, { use, place }: SinkEffect): boolean {
  const at = place.op >= 0 && (opcode(place.fn, place.op) === Op.Call || opcode(place.fn, place.op) === Op.New) && place.argument >= 0 && place.argument < argumentCount(place.fn, place.op) ? argument(place.fn, place.op, place.argument) : -1;
  const url = use.destination ?? (at < 0 ? undefined : constantPrefix(engine, place.fn, at));
  return url !== undefined && HTTPS.test(url);
}

const HTTPS = /^https:\/\/[^/:]+\.[^/:]+/;

/** `route.params.token`, `searchParams.get('email')`: read from the address of the page or of the request. */
const isInAddress = (taint: Taint): boolean => [originName(taint.origin), ...taint.path.split('/')].some((key) => ADDRESS.has(key));

const ADDRESS = new Set(['params', 'query', 'searchParams', 'queryParams', 'paramMap', 'queryParamMap', 'urlParams']);

/** What a client shows to the service it calls. */
const CREDENTIAL = /^(?:api-key|refresh-or-access-token|session-token|signing-or-encryption-key|service-password)$/;

const DELIVERED = /^(?:otp-code|reset-token)$/;

const isOwn = (engine: Engine, vendor: string | undefined): boolean => engine.catalog.vendors.find((v) => v.id === vendor)?.region === 'self-hosted';

/** An unkeyed digest of it can be tried out. */
const isGuessable = (engine: Engine, element: ElementId): boolean => !suffices(engine.catalog.fits, 'hash', 'weak', 'protection', element);

/** `stripe.paymentIntents.create(…)` yields a `client_secret` with which the client goes on paying. */
function isOfPayment({ origin, path }: Taint): boolean {
  if (origin.kind !== 'opaque' || !/(?:^|\/)client_?[sS]ecret$/.test(path) || origin.op < 0 || opcode(origin.fn, origin.op) !== Op.Call) return false;
  return writtenChain(origin.fn, operand(origin.fn, origin.op, 1)).some((name) => /^(?:payment|setup)Intents$/.test(name));
}
/** Made for who asks for it, and shown to him once. */
const HANDED_OUT = /^(?:api-key|signing-or-encryption-key|refresh-or-access-token)$/;

/** Handed to their owner on purpose, as the answer of a login. */
const ISSUED = /token|session|cookie|one-time|otp|verification-code|jwt|authorization|qr/;
