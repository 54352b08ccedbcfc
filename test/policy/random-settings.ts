// A bank's settings, made by chance: profile, regulations, parameters, register, what blocks. All of them are valid.
import { ENFORCEMENT_LEVELS } from '#model/policy';
import { STAGES } from '#model/run';
import type { Random } from './random.ts';

export interface MadeSettings {
  readonly settings: object;
  readonly register: object;
  /** Elements and vendors that the settings name. */
  readonly named: { readonly elements: readonly string[]; readonly vendors: readonly string[] };
}

/** Of each list of the parameters some, and some that stand in none. */
const ELEMENTS = [
  'card-verification-code', 'track-data', 'pin', 'pin-block', 'bank-card-number', 'iban', 'id-card-number', 'session-token', 'refresh-or-access-token', 'payment-token',
  'password-hash', 'api-key', 'connection-string', 'login-password', 'account-balance', 'customer-number', 'account-status', 'mobile-phone', 'person-name', 'email-address',
  'face-feature', 'credit-report', 'minor-data', 'otp-seed', 'card-number-truncated',
] as const;

const CODE = ['development', 'test', 'story', 'mock', 'seed', 'example', 'script'] as const;
const DATES = ['2020-01-01', '2026-11-30', '2026-12-01', '2027-06-30'] as const;
const COUNTRIES = ['CN', 'SG', 'US', 'DE'] as const;

export interface Known {
  readonly regulations: readonly string[];
  readonly vendors: readonly string[];
  /** Some of them block whatever they say; none when empty. */
  readonly controls: readonly string[];
}

export function makeSettings(random: Random, profile: string, { regulations, vendors, controls }: Known): MadeSettings {
  const elements = (): readonly string[] => random.some(ELEMENTS, 0.4);
  const registered = random.shuffled(vendors).slice(0, 6);
  const params = {
    elements: { numbers: elements(), system: random.some(['api-key', 'connection-string', 'service-password', 'pin'], 0.6), sensitive_authentication: random.some(ELEMENTS.slice(0, 8), 0.6), separate_consent: elements() },
    context: { exempt: random.some(CODE, 0.3), quiet: random.some(CODE, 0.6) },
    processing: { log_low: elements() },
    storage: { tokens: elements(), verifiers: elements(), issuer: { enabled: random.chance(0.5), reason: 'PIN verification in the card system', elements: elements() } },
    access: { issued: elements(), delegated: elements() },
    use: { marketing: random.some(['advertising', 'analytics', 'AI service', 'survey', 'push'], 0.5), models: random.some(['AI service', 'vector store', 'analytics'], 0.5) },
    partners: { home: random.some(COUNTRIES, 0.4) },
    incident: { outside: random.some(['third-party', 'transport', 'log', 'response'], 0.5) },
    duties: { require_owner: random.chance(0.5) },
    audit: { ratchet: random.chance(0.5) },
  };
  // Every other time a topic is left to the defaults and the profile.
  const given = Object.fromEntries(Object.entries(params).filter(() => random.chance(0.5)));
  const register = {
    countries: random.some(COUNTRIES, 0.5),
    vendors: Object.fromEntries(registered.map((id) => [id, {
      owner: 'marketing', purpose: 'mail', assessed: random.pick(DATES.slice(0, 2)), expires: random.pick([...DATES, ...DATES.slice(1)]), country: random.pick(COUNTRIES),
      classes: random.some(['C1', 'C2', 'C3'], 0.6), ...(random.chance(0.5) ? { elements: elements() } : {}),
    }])),
  };
  return {
    settings: { register: 'register.yaml', policies: { profile, ...(random.chance(0.3) ? { regulations: random.some(regulations, 0.4) } : {}), params: given, enforcement: enforcementOf(random, controls) } },
    register,
    named: { elements: ELEMENTS, vendors: registered },
  };
}

/** What is graver is never enforced less: a bank that switches off what is denied and blocks what is a note gets what it asks for. */
function enforcementOf(random: Random, controls: readonly string[]): object {
  const levels = (): readonly string[] => Array.from({ length: 4 }, () => random.int(ENFORCEMENT_LEVELS.length)).sort().map((index) => ENFORCEMENT_LEVELS[index] ?? 'off');
  const stage = (): object => {
    const [note = 'off', warn = 'off', require_approval = 'off', deny = 'off'] = levels();
    return { note, warn, require_approval, deny, ...Object.fromEntries(random.some(controls, 0.1).map((control) => [control, 'block'])) };
  };
  return random.chance(0.5) ? {} : Object.fromEntries(random.some(STAGES, 0.7).map((name) => [name, stage()]));
}
