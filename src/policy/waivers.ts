// Reads waivers and lays them on decisions. A waiver that is written wrongly is an error; one that has run out gives the finding
// back; one that counts takes away what blocks and leaves the finding in audits.
import type { Catalog } from '#model/catalog';
import { isDay } from '#model/day';
import type { AppliedWaiver } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import { compareText } from '#model/location';
import { findNearest } from '#model/nearest';
import type { Control } from '#model/policy';
import type { Waiver, WaiverUse } from '#model/waiver';
import { readDocument, type TextFile } from './document.ts';

const date = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', description: 'Write a day as 2027-01-31.' };
const id16 = { type: 'string', pattern: '^[0-9a-f]{16}$', description: 'The id that "fiduciary scan" shows: 16 hexadecimal digits.' };

const waiver = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'finding', 'elements', 'reason', 'approver', 'approved', 'expires'],
  properties: {
    id: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$', description: 'A name of your own, such as W-2026-014.' },
    finding: id16,
    looseId: { ...id16, description: 'Follows the finding when it moves. Written by "fiduciary waiver new".' },
    elements: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' }, description: 'What may leak. More than listed lapses the waiver.' },
    reason: { type: 'string', minLength: 20, description: 'Say in at least 20 characters why it is accepted.' },
    approver: {
      type: 'object', additionalProperties: false, required: ['role'],
      properties: { role: { type: 'string', pattern: '^[a-z][a-z-]*$', description: 'A role such as compliance or data-protection-officer.' }, name: { type: 'string', minLength: 1 } },
    },
    approved: date,
    expires: { ...date, description: 'Last day on which it counts, as 2027-01-31.' },
    ticket: { type: 'string', minLength: 1 },
  },
};

export const WAIVERS_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:fiduciary:schema:waivers',
  title: 'Fiduciary waivers',
  description: 'Findings that somebody with the right to do so accepts, each with a reason, an approver and a last day.',
  type: 'object',
  additionalProperties: false,
  required: ['waivers'],
  properties: { $schema: { type: 'string', description: 'For editors; has no effect.' }, waivers: { type: 'array', items: waiver } },
} as const;

export interface WaiverRules {
  /** Longest life by class of the highest element, in days. */
  readonly max_days: Readonly<Record<string, number>>;
  /** So many days before the end a waiver is told to be expiring. */
  readonly expiring_days: number;
  /** Roles that may approve; all when empty. */
  readonly approvers: readonly string[];
}

/** Throws `UserError` for a waiver that is malformed, too long, back-dated, not yet approved or named twice. */
export function readWaivers(files: readonly TextFile[], catalog: Pick<Catalog, 'elements'>, rules: WaiverRules, today: string): readonly Waiver[] {
  const read = files.flatMap((file) => readFile(file, catalog, rules, today));
  const known = new Map<string, Waiver>();
  for (const each of read) {
    const other = known.get(each.id);
    if (other !== undefined) throw new UserError(`Two waivers have the id "${each.id}"`, `Give this one another id; the other stands in ${other.place.file ?? ''}:${other.place.line ?? 0}.`, each.place);
    known.set(each.id, each);
  }
  return read;
}

function readFile(file: TextFile, catalog: Pick<Catalog, 'elements'>, rules: WaiverRules, today: string): readonly Waiver[] {
  const { value, placeOf } = readDocument<{ readonly waivers: readonly Omit<Waiver, 'place'>[] }>(file, 'waiver file', WAIVERS_SCHEMA);
  const classes = new Map(catalog.elements.map((element) => [element.id, element.class]));
  return value.waivers.map((given, index): Waiver => {
    const fail = (key: string, message: string, hint: string): never => {
      throw new UserError(`The waiver ${given.id} ${message}`, hint, placeOf(['waivers', index, key]));
    };
    for (const element of given.elements) {
      if (classes.has(element)) continue;
      const near = findNearest(element, classes.keys());
      fail('elements', `names an element "${element}" that the catalogue does not know`, near === undefined ? 'See "fiduciary catalog list elements".' : `Did you mean "${near}"?`);
    }
    for (const key of ['approved', 'expires'] as const) if (!isDay(given[key])) fail(key, `has a day that there is not: ${given[key]}`, 'Write a day of the calendar, as 2027-01-31.');
    if (given.approved > today) fail('approved', `is approved on ${given.approved}, which is still to come`, 'A waiver counts from the day of its approval on; correct the date.');
    if (given.expires < given.approved) fail('expires', 'ends before it was approved', 'Correct one of the two dates; a waiver is not renewed by dating it back.');
    const highest = given.elements.map((element) => classes.get(element) ?? 'C1').sort().at(-1) ?? 'C1';
    const most = rules.max_days[highest] ?? Number.POSITIVE_INFINITY;
    const days = daysBetween(given.approved, given.expires);
    if (days > most) fail('expires', `lasts ${days} days; for ${highest} data ${most} are the most`, `Let it end by ${addDays(given.approved, most)}, or change waivers.max_days in the parameters.`);
    if (rules.approvers.length > 0 && !rules.approvers.includes(given.approver.role)) fail('approver', `is approved by the role "${given.approver.role}", which may not`, `Roles that may: ${rules.approvers.join(', ')}.`);
    return { ...given, place: placeOf(['waivers', index, 'id']) };
  });
}

const DAY = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

export interface Waived {
  /** In the order given. */
  readonly findings: readonly Finding[];
  readonly uses: readonly WaiverUse[];
}

/** Lays waivers on findings that are judged. */
export function applyWaivers(findings: readonly Finding[], waivers: readonly Waiver[], controls: ReadonlyMap<string, Control>, rules: WaiverRules, today: string): Waived {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const find = (each: Waiver): Finding | undefined => {
    const exact = byId.get(each.finding);
    if (exact !== undefined || each.looseId === undefined) return exact;
    // Followed only where there is no doubt which one it is.
    const moved = findings.filter((finding) => finding.looseId === each.looseId);
    return moved.length === 1 ? moved[0] : undefined;
  };
  const applied = new Map<string, AppliedWaiver>();
  // Of several for one finding the one that lasts longest covers it, in whatever order they are read.
  const byEnd = [...waivers].sort((a, b) => compareText(a.expires, b.expires) || compareText(a.id, b.id));
  const uses = byEnd.map((each): WaiverUse => {
    const finding = find(each);
    const use = stateOf(each, finding, controls, rules, today);
    if (finding !== undefined && (use.state === 'active' || use.state === 'expiring' || use.state === 'over-broad')) {
      const expiring = today > addDays(each.expires, -rules.expiring_days);
      applied.set(finding.id, { id: each.id, reason: each.reason, approver: each.approver.role, expires: each.expires, state: expiring ? 'expiring' : 'active' });
    }
    return use;
  });
  return {
    findings: findings.map((finding) => {
      const found = applied.get(finding.id);
      return found === undefined ? finding : { ...finding, decision: { ...finding.decision, blocking: false, waiver: found } };
    }),
    uses: uses.sort((a, b) => compareText(a.waiver.id, b.waiver.id)),
  };
}

function stateOf(waiver: Waiver, finding: Finding | undefined, controls: ReadonlyMap<string, Control>, rules: WaiverRules, today: string): WaiverUse {
  const use = (state: WaiverUse['state'], detail = ''): WaiverUse => ({ waiver, state, detail, ...(finding === undefined ? {} : { finding: finding.id }) });
  if (today > waiver.expires) return use('expired', waiver.expires);
  if (finding === undefined || finding.decision.effect === 'allow') return use('unused');
  const leaked = finding.elements.map(({ element }) => element);
  const more = leaked.filter((element) => !waiver.elements.includes(element));
  if (more.length > 0) return use('lapsed', more.join(', '));
  const refusing = finding.decision.controls.find((id) => controls.get(id)?.waivable === false);
  if (refusing !== undefined) return use('refused', refusing);
  const beyond = waiver.elements.filter((element) => !leaked.includes(element));
  if (beyond.length > 0) return use('over-broad', beyond.join(', '));
  return today > addDays(waiver.expires, -rules.expiring_days) ? use('expiring', waiver.expires) : use('active', waiver.expires);
}
