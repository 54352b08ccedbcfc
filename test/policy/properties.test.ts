// What must hold of every decision, whatever the finding and whatever a bank has set: tried on findings and settings made by chance,
// through the compiled policies. A counter-example is printed with the seed that makes it again.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '#config/load-config';
import { createNodeHost } from '#host/node-host';
import { type Decision, EFFECTS, INCIDENT_GRADES } from '#model/decision';
import type { DataClass, ElementClaim } from '#model/element';
import type { Finding } from '#model/finding';
import { STAGES } from '#model/run';
import type { Waiver } from '#model/waiver';
import { policyFindings } from '#policy/input';
import { createRegoJudge } from '#policy/rego-judge';
import { applyWaivers } from '#policy/waivers';
import { loadRunCatalog } from '#session/load-catalog';
import { loadPolicies, type Policies } from '#session/load-policies';
import { findingsOf, highestOf, type MadeFinding, protectionOf } from './random-findings.ts';
import { createRandom, type Random } from './random.ts';
import { makeSettings } from './random-settings.ts';

const TODAY = '2026-11-30';
const PROFILES = ['bank-baseline', 'strict', 'observe-only'] as const;
const REGULATIONS = ['pipl', 'gdpr', 'pci-dss', 'glba'] as const;
const SETTINGS = 4;
const CASES = 200;

/** One bank: what it has set, and findings that meet it. */
interface World {
  readonly seed: number;
  readonly told: string;
  readonly policies: Policies;
  readonly cases: readonly MadeFinding[];
  judge(cases: readonly MadeFinding[]): readonly Decision[];
}

const host = createNodeHost();

/** `exceptions` lets some controls block on their own account, so that a graver control may block less than a lighter one. */
function makeWorld(seed: number, profile: string, exceptions: boolean): World {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'fiduciary-properties-'));
  try {
    const made = makeSettings(random, profile, { regulations: REGULATIONS, vendors: catalog.vendors.map(({ id }) => id), controls: exceptions ? controls : [] });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'fiduciary.yaml'), JSON.stringify(made.settings));
    writeFileSync(join(folder, 'register.yaml'), JSON.stringify(made.register));
    const { config } = loadConfig(host, join(folder, 'fiduciary.yaml'));
    const policies = loadPolicies(host, catalog, config, { today: TODAY });
    const make = findingsOf(catalog, made.named);
    const stage = random.pick(STAGES);
    const untold = new Map<string, MadeFinding['untold']>();
    const decide = createRegoJudge({ ...policies, toPolicyFinding: (finding) => ({ ...toPolicyFinding(finding), ...untold.get(finding.id) }) }, TODAY);
    return {
      seed, policies,
      told: JSON.stringify({ stage, settings: made.settings, register: made.register }),
      cases: Array.from({ length: CASES }, () => make(random)),
      judge(cases) {
        for (const { finding, untold: facts } of cases) untold.set(finding.id, facts);
        return decide(cases.map(({ finding }) => finding), { stage });
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const catalog = loadRunCatalog(host, loadConfigOf(mkdtempSync(join(tmpdir(), 'fiduciary-properties-'))));
const toPolicyFinding = policyFindings(catalog);
const controls = ['log.c1', 'log.c2', 'response.any', 'third-party.c1', 'third-party.registered', 'storage.hash', 'error.any', 'audit.reached', 'incident.reportable'];

function loadConfigOf(folder: string): ReturnType<typeof loadConfig>['config'] {
  try {
    writeFileSync(join(folder, 'fiduciary.yaml'), '{}');
    return loadConfig(host, join(folder, 'fiduciary.yaml')).config;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const worlds = (exceptions: boolean): readonly World[] =>
  PROFILES.flatMap((profile, row) => Array.from({ length: SETTINGS }, (_, index) => makeWorld((exceptions ? 5000 : 1000) + row * 100 + index, profile, exceptions)));
const even = worlds(false);
const uneven = worlds(true);

/** What is found wrong with a pair of decisions; nothing when the property holds. */
type Objection = (before: Decision, after: Decision) => string | undefined;

/** Judges each case and its change, and holds the decisions against each other. */
function holds(of: readonly World[], change: (made: MadeFinding, random: Random) => MadeFinding | undefined, object: Objection): void {
  let tried = 0;
  for (const { seed, told, cases, judge } of of) {
    const random = createRandom(seed + 1);
    const pairs = cases.flatMap((made) => {
      const changed = change(made, random);
      return changed === undefined ? [] : [[made, changed] as const];
    });
    const before = judge(pairs.map(([made]) => made));
    const after = judge(pairs.map(([, changed]) => changed));
    pairs.forEach(([made, changed], index) => {
      const [first, second] = [before[index], after[index]];
      if (first === undefined || second === undefined) throw new Error('a decision is missing');
      const wrong = object(first, second);
      if (wrong !== undefined) throw new Error([`seed ${seed}, case ${index}: ${wrong}`, told, show(made), show(changed), JSON.stringify(first), JSON.stringify(second)].join('\n'));
    });
    tried += pairs.length;
  }
  assert.ok(tried > 200, `only ${tried} cases`);
}

/** As policies see it. */
const show = ({ finding, untold }: MadeFinding): string => JSON.stringify({ ...toPolicyFinding(finding), ...untold });
const rank = ({ effect }: Decision): number => EFFECTS.indexOf(effect);
/** The gravest comes first; no incident is the lightest. */
const gravity = ({ incident }: Decision): number => (incident === undefined ? -1 : INCIDENT_GRADES.length - INCIDENT_GRADES.indexOf(incident.grade));

const worse: Objection = (before, after) =>
  rank(after) > rank(before) ? `${before.effect} becomes ${after.effect}`
    : after.blocking && !before.blocking ? 'it blocks now'
      : gravity(after) > gravity(before) ? 'the incident is graver' : undefined;
const better: Objection = (before, after) => worse(after, before);
const different: Objection = (before, after) => (JSON.stringify(before) === JSON.stringify(after) ? undefined : 'another decision');

const CLASSES: readonly DataClass[] = ['C1', 'C2', 'C3'];

function withElements({ finding, untold }: MadeFinding, elements: readonly ElementClaim[]): MadeFinding {
  const { class: _, ...rest } = finding;
  const highest = highestOf(elements);
  return { finding: { ...rest, elements, ...(highest === undefined ? {} : { class: highest }) }, untold };
}

const properties = suite('policy/properties');

properties('the cases are of every effect', () => {
  const seen = new Set(even.flatMap(({ cases, judge }) => judge(cases)).map(({ effect }) => effect));
  assert.equal([...seen].sort(), [...EFFECTS].sort());
});

properties('a protection that suffices never worsens a decision', () => {
  holds(even, ({ finding, untold }, random) => {
    const [first, ...others] = random.shuffled(finding.sources);
    if (first === undefined) return undefined;
    const all = random.chance(0.5);
    const protect = (source: typeof first): typeof first => ({ ...source, protections: [...source.protections, protectionOf(random, 'sufficient')] });
    return { finding: { ...finding, sources: [protect(first), ...(all ? others.map(protect) : others)] }, untold };
  }, worse);
});

properties('what is protected on every way is allowed, and blocks nothing', () => {
  const protect = ({ finding, untold }: MadeFinding, random: Random): MadeFinding | undefined =>
    finding.sources.length === 0 ? undefined : { finding: { ...finding, sources: finding.sources.map((source) => ({ ...source, protections: [protectionOf(random, 'sufficient')] })) }, untold };
  const objection: Objection = (_, { effect, blocking, controls: spoke }) => (blocking || (effect !== 'allow' && spoke.length > 0) ? `${effect}${blocking ? ', and it blocks' : ''}` : undefined);
  holds(even, protect, objection);
  holds(uneven, protect, objection);
});

properties('a higher class never improves a decision', () => {
  holds(even, (made, random) => {
    const { elements } = made.finding;
    if (elements.length === 0) return undefined;
    const raised = random.int(elements.length);
    return withElements(made, elements.map((claim, index) => (index === raised ? { ...claim, class: random.pick(CLASSES.slice(CLASSES.indexOf(claim.class))) } : claim)));
  }, better);
});

properties('one more element never improves a decision', () => {
  const make = findingsOf(catalog);
  holds(even, (made, random) => {
    const known = made.finding.elements.map((claim) => claim.element);
    // Where none is known, the finding is about something else, such as a connection; a guess then says no more than that.
    if (known.length === 0) return undefined;
    const more = make(random).finding.elements.filter(({ element }) => !known.includes(element));
    return withElements(made, [...made.finding.elements, ...more]);
  }, better);
});

properties('one more way without protection never improves a decision', () => {
  holds(even, ({ finding, untold }) => {
    const [first] = finding.sources;
    return first === undefined ? undefined : { finding: { ...finding, sources: [...finding.sources, { ...first, protections: [] }] }, untold };
  }, better);
});

properties('a finding is never judged better than one of its ways', () => {
  holds(even, ({ finding, untold }, random) => (finding.sources.length < 2 ? undefined : { finding: { ...finding, sources: [random.pick(finding.sources)] }, untold }), worse);
});

properties('weaker evidence never worsens a decision', () => {
  holds(even, ({ finding, untold }) => ({ finding: { ...finding, confidence: 'low' }, untold }), worse);
});

properties('the order of findings, and of what they hold, changes nothing', () => {
  for (const { seed, cases, judge, told } of [...even, ...uneven]) {
    const random = createRandom(seed);
    const order = random.shuffled(cases.map((_, index) => index));
    const mixed = order.flatMap((index) => {
      const made = cases[index];
      return made === undefined ? [] : [{ ...made, finding: { ...made.finding, elements: random.shuffled(made.finding.elements), sources: random.shuffled(made.finding.sources) } }];
    });
    const before = judge(cases);
    judge(mixed).forEach((decision, index) => {
      const at = order[index] ?? 0;
      assert.equal(decision, before[at], `seed ${seed}, case ${at}\n${told}\n${show(cases[at] as MadeFinding)}`);
    });
  }
});

properties('findings do not touch each other', () => {
  for (const { seed, cases, judge } of even) {
    const together = judge(cases);
    for (const at of [0, 7, 42]) assert.equal(judge(cases.slice(at, at + 1)), together.slice(at, at + 1), `seed ${seed}, case ${at}`);
  }
});

properties('an unrelated waiver changes nothing', () => {
  for (const { seed, cases, judge, policies } of [...even, ...uneven]) {
    const random = createRandom(seed);
    const findings = cases.map(({ finding }, index): Finding => ({ ...finding, decision: judge([cases[index] as MadeFinding])[0] as Decision }));
    const waived = findings.slice(0, 5).map((finding, index) => waiverOf(`W-${index}`, finding));
    const apply = (waivers: readonly Waiver[]): readonly Finding[] => applyWaivers(findings, waivers, policies.controls, policies.waiverRules, TODAY).findings;
    const stranger = { ...waiverOf('W-STRANGER', findings[9] as Finding), finding: random.hex(16), looseId: random.hex(16) };
    assert.equal(apply(random.shuffled([...waived, stranger])), apply(waived), `seed ${seed}`);
    const other = waiverOf('W-OTHER', findings[9] as Finding);
    const without = (list: readonly Finding[]): readonly Finding[] => list.filter((_, index) => index !== 9);
    assert.equal(without(apply([other, ...waived])), without(apply(waived)), `seed ${seed}`);
    assert.equal(without(apply(waived)).slice(5).map(({ decision }) => decision), without(findings).slice(5).map(({ decision }) => decision), `seed ${seed}`);
  }
});

const waiverOf = (id: string, finding: Finding): Waiver => ({
  id, finding: finding.id, looseId: finding.looseId, elements: finding.elements.map((claim) => claim.element), reason: 'Read by two people, deleted daily.',
  approver: { role: 'compliance' }, approved: '2026-11-01', expires: '2027-01-15', place: {},
});

properties.run();
