// Findings as a scan of a large program would have them, made by chance: elements and vendors of the catalogue, files, lines,
// symbols, paths and protections that differ from one to the next.
import type { Catalog, ElementEntry } from '#model/catalog';
import { type Channel, CHANNELS, CHANNEL_NAMES } from '#model/channel';
import { CHANGES } from '#model/change';
import { type Confidence, CONFIDENCES, type DataClass, type ElementClaim, PROTECTION_KINDS, WITNESSES } from '#model/element';
import { ASSUMPTIONS, type Finding, type IdentifiedFinding, type Protection, type SourceFlow, type Step, STEP_KINDS } from '#model/finding';
import { type Location, toRepoPath } from '#model/location';
import type { PolicyFinding } from '#policy/input';
import type { Random } from './random.ts';

/** What policies read of a finding and no scan tells yet: safeguards that are missing, volumes. */
export type Untold = Pick<PolicyFinding, 'expected' | 'evidence'> & Partial<Pick<PolicyFinding, 'volume'>>;

export interface MadeFinding {
  readonly finding: IdentifiedFinding & Pick<Finding, 'change'>;
  readonly untold: Untold;
}

export type MakeFinding = (random: Random) => MadeFinding;

const AREAS = ['accounts', 'cards', 'payments', 'onboarding', 'loans', 'statements', 'support', 'transfers', 'audit', 'limits'] as const;
const NOUNS = ['Account', 'Card', 'Payment', 'Customer', 'Loan', 'Statement', 'Transfer', 'Session', 'Profile', 'Beneficiary'] as const;
const ROLES = ['Service', 'Controller', 'Repository', 'Client', 'Worker', 'Mapper', 'Screen', 'Job'] as const;
const VERBS = ['create', 'load', 'save', 'verify', 'export', 'notify', 'render', 'sync', 'reset', 'cancel'] as const;
const CALLEES = ['logger.info', 'console.log', 'axios.post', 'fetch', 'localStorage.setItem', 'res.json', 'Sentry.captureException', 'redis.set', 'jwt.sign', 'fs.writeFile'] as const;
const CODE = ['production', 'production', 'production', 'production', 'test', 'story', 'mock', 'seed', 'example', 'script'] as const;
const SAFEGUARDS = [
  'consent', 'separate-consent', 'guardian-consent', 'declared-purpose', 'authentication', 'authorisation', 'access-log', 'reason',
  'step-up', 'retention', 'deletion', 'provision-record',
] as const;

/** Ids that most elements and vendors are picked from, so that rare cases come up. */
export interface Favourites {
  readonly elements: readonly string[];
  readonly vendors: readonly string[];
}

/** A vendor of the catalogue stands behind a third party; some are not known. */
export function findingsOf(catalog: Pick<Catalog, 'elements' | 'vendors'>, favourites: Favourites = { elements: [], vendors: [] }): MakeFinding {
  const often = {
    elements: catalog.elements.filter(({ id }) => favourites.elements.includes(id)),
    vendors: catalog.vendors.filter(({ id }) => favourites.vendors.includes(id)),
  };
  return (random) => {
    const pick = <T>(all: readonly T[], some: readonly T[]): T => random.pick(some.length > 0 && random.chance(0.7) ? some : all);
    const channel = random.pick(CHANNEL_NAMES);
    const kind = kindOf(channel, random);
    const elements = claimsOf(() => pick(catalog.elements, often.elements), random);
    const sources = kind === 'flow' ? Array.from({ length: 1 + random.int(3) }, () => sourceOf(elements, random)) : [];
    const vendor = channel === 'third-party' && random.chance(0.8) ? pick(catalog.vendors, often.vendors).id : undefined;
    const location = placeOf(random);
    const symbol = symbolOf(random);
    const highest = highestOf(elements);
    return {
      finding: {
        kind, channel, elements, sources,
        id: random.hex(16),
        looseId: random.hex(16),
        rule: CHANNELS[channel].rule,
        ...(highest === undefined ? {} : { class: highest }),
        sink: {
          location, inner: location,
          callee: random.pick(CALLEES), innerCallee: random.pick(CALLEES), catalog: `${channel}.${random.pick(AREAS)}`, argument: random.int(3),
          ...(vendor === undefined ? {} : { vendor }),
          ...(random.chance(0.3) ? { destination: `https://${random.pick(AREAS)}.example` } : {}),
          ...(channel === 'transport' ? { transport: random.pick(['plaintext', 'unverified', 'encrypted'] as const) } : {}),
        },
        confidence: sureness(elements, random),
        context: {
          symbol, code: random.pick(CODE), side: random.pick(['server', 'browser', 'unknown']),
          ...(random.chance(0.1) ? { dormant: true as const } : {}), ...(random.chance(0.5) ? { owner: `@bank/${random.pick(AREAS)}` } : {}),
        },
        ...(random.chance(0.3) ? { change: random.pick(CHANGES) } : {}),
      },
      untold: {
        ...(kind === 'absence' ? { expected: random.pick(SAFEGUARDS), evidence: random.pick(['no', 'unknown'] as const) } : {}),
        ...(random.chance(0.3) ? { volume: random.pick(['single', 'bulk'] as const) } : {}),
      },
    };
  };
}

/** The highest class among the elements. */
export const highestOf = (elements: readonly Pick<ElementClaim, 'class'>[]): DataClass | undefined => elements.map((claim) => claim.class).sort().at(-1);

/** Most often the kind of the channel; a missing record of a provision stands on the channel of flows to third parties. */
function kindOf(channel: Channel, random: Random): Finding['kind'] {
  return random.chance(0.8) ? CHANNELS[channel].kind : random.pick(['flow', 'site', 'absence']);
}

/** No finding is surer than the surest of its elements. */
function sureness(elements: readonly ElementClaim[], random: Random): Confidence {
  const surest = Math.max(...elements.map(({ confidence }) => CONFIDENCES.indexOf(confidence)));
  return random.pick(elements.length === 0 ? CONFIDENCES : CONFIDENCES.slice(0, surest + 1).slice(-2));
}

/** Up to four elements, each once. A bank may class an element otherwise than the catalogue does. */
function claimsOf(pick: () => ElementEntry, random: Random): readonly ElementClaim[] {
  const chosen = new Map(Array.from({ length: random.int(5) }, pick).map((element) => [element.id, element]));
  return [...chosen.values()].map((element) => ({
    element: element.id,
    class: random.chance(0.8) ? element.class : random.pick(['C1', 'C2', 'C3']),
    witness: random.pick(WITNESSES),
    evidence: [random.pick(NOUNS), `${random.pick(VERBS)}${random.int(1000)}`],
    confidence: random.pick(CONFIDENCES),
  }));
}

function sourceOf(elements: readonly ElementClaim[], random: Random): SourceFlow {
  return {
    elements: elements.map((claim) => claim.element),
    witness: random.pick(WITNESSES),
    location: placeOf(random),
    name: `${random.pick(NOUNS).toLowerCase()}.${random.pick(VERBS)}${random.int(1000)}`,
    path: Array.from({ length: 2 + random.int(6) }, () => stepOf(random)),
    protections: random.chance(0.35) ? [protectionOf(random)] : [],
    assumptions: random.some(ASSUMPTIONS, 0.1),
    confidence: random.pick(CONFIDENCES),
  };
}

const stepOf = (random: Random): Step => ({ kind: random.pick(STEP_KINDS), location: placeOf(random), within: symbolOf(random), names: [random.pick(NOUNS).toLowerCase(), random.pick(VERBS)] });

export const protectionOf = (random: Random, worth: Protection['worth'] = random.pick(['sufficient', 'weak', 'none'])): Protection => ({
  kind: random.pick(PROTECTION_KINDS), by: `${random.pick(VERBS)}${random.pick(NOUNS)}`, location: placeOf(random), worth,
});

function placeOf(random: Random): Location {
  const line = 1 + random.int(900);
  const column = 1 + random.int(60);
  return { file: toRepoPath(`apps/${random.pick(AREAS)}/src/${random.pick(VERBS)}-${random.pick(NOUNS).toLowerCase()}${random.int(40)}.ts`), line, column, endLine: line, endColumn: column + 12 };
}

const symbolOf = (random: Random): string => `${random.pick(NOUNS)}${random.pick(ROLES)}.${random.pick(VERBS)}${random.int(30)}`;
