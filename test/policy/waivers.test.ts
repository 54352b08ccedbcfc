// Waivers on judged findings: when one counts, when not and why, which finding it follows, and what it leaves as it was.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Decision } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import { toRepoPath } from '#model/location';
import type { Control } from '#model/policy';
import type { Waiver, WaiverUse } from '#model/waiver';
import { applyWaivers, readWaivers, type WaiverRules } from '#policy/waivers';

const TODAY = '2026-11-30';
const RULES: WaiverRules = { max_days: { C3: 90, C2: 180, C1: 365 }, expiring_days: 14, approvers: ['compliance', 'security'] };
const text = { en: 'A', zh: '甲' };
const control = (id: string, waivable = true): Control => ({ id, package: 'p', file: 'a.rego', line: 1, title: text, description: text, remediation: text, clauses: [], waivable });
const controls = new Map([control('log.number'), control('storage.sad', false)].map((each) => [each.id, each]));

const location = { file: toRepoPath('src/a.ts'), line: 1, column: 1, endLine: 1, endColumn: 2 };
const finding = (id: string, elements: readonly string[] = ['iban'], decision: Partial<Decision> = {}, looseId = `loose-${id}`): Finding => ({
  kind: 'flow', id, looseId, rule: 'no-customer-data-in-logs', channel: 'log', confidence: 'high', class: 'C2', sources: [],
  elements: elements.map((element) => ({ element, class: 'C2', witness: 'schema', evidence: [], confidence: 'high' })),
  sink: { location, inner: location, callee: 'log', innerCallee: 'log', catalog: 'console', argument: 0 },
  context: { symbol: 'a', code: 'production', side: 'server' },
  decision: { effect: 'deny', blocking: true, controls: ['log.number'], citations: [], ...decision },
});
const waiver = (over: Partial<Waiver> = {}): Waiver => ({
  id: 'W-1', finding: 'f1', elements: ['iban'], reason: 'Read by two people, deleted daily.', approver: { role: 'compliance' }, approved: '2026-11-01', expires: '2027-01-15', place: {}, ...over,
});
const use = (waivers: readonly Waiver[], findings: readonly Finding[], today = TODAY): readonly WaiverUse[] => applyWaivers(findings, waivers, controls, RULES, today).uses;
const state = (one: Partial<Waiver>, of: Finding, today = TODAY): readonly [string, string, boolean] => {
  const { uses, findings } = applyWaivers([of], [waiver(one)], controls, RULES, today);
  return [uses[0]?.state ?? '', uses[0]?.detail ?? '', findings[0]?.decision.blocking ?? true];
};

const waivers = suite('policy/waivers');

waivers('one that counts takes away what blocks and nothing else', () => {
  const { findings, uses } = applyWaivers([finding('f0'), finding('f1')], [waiver()], controls, RULES, TODAY);
  assert.equal(findings[0], finding('f0'));
  assert.equal(findings[1], finding('f1', ['iban'], { blocking: false, waiver: { id: 'W-1', reason: 'Read by two people, deleted daily.', approver: 'compliance', expires: '2027-01-15', state: 'active' } }));
  assert.equal(uses, [{ waiver: waiver(), state: 'active', detail: '2027-01-15', finding: 'f1' }]);
});

waivers('its last day still counts, the day after gives the finding back', () => {
  assert.equal(state({}, finding('f1'), '2027-01-15'), ['expiring', '2027-01-15', false]);
  assert.equal(state({}, finding('f1'), '2027-01-16'), ['expired', '2027-01-15', true]);
});

waivers('it is told to be expiring for so many days before the end, over the turn of the year too', () => {
  assert.is(state({}, finding('f1'), '2027-01-01')[0], 'active');
  assert.is(state({}, finding('f1'), '2027-01-02')[0], 'expiring');
  const { findings } = applyWaivers([finding('f1')], [waiver()], controls, RULES, '2027-01-02');
  assert.is(findings[0]?.decision.waiver?.state, 'expiring');
});

waivers('more than was accepted lapses it; less makes it over-broad, and it still counts', () => {
  assert.equal(state({}, finding('f1', ['iban', 'person-name', 'pin'])), ['lapsed', 'person-name, pin', true]);
  assert.equal(state({ elements: ['iban', 'pin'] }, finding('f1')), ['over-broad', 'pin', false]);
  assert.is(state({ elements: ['person-name', 'iban'] }, finding('f1', ['iban', 'person-name']))[0], 'active');
});

waivers('a control that can not be waived refuses it, also beside others', () => {
  assert.equal(state({}, finding('f1', ['iban'], { controls: ['log.number', 'storage.sad'] })), ['refused', 'storage.sad', true]);
});

waivers('one for a finding that is gone, or that is allowed by now, is unused', () => {
  assert.is(state({ finding: 'f9' }, finding('f1'))[0], 'unused');
  assert.is(state({}, finding('f1', ['iban'], { effect: 'allow', blocking: false }))[0], 'unused');
});

waivers('it follows a finding that moved where there is no doubt which one it is', () => {
  const moved = finding('f2', ['iban'], {}, 'loose');
  assert.equal(use([waiver({ looseId: 'loose' })], [moved]).map((each) => [each.state, each.finding]), [['active', 'f2']]);
  const twin = finding('f3', ['iban'], {}, 'loose');
  assert.equal(use([waiver({ looseId: 'loose' })], [moved, twin]).map((each) => [each.state, each.finding]), [['unused', undefined]]);
  assert.equal(use([waiver({ finding: 'f3', looseId: 'loose' })], [moved, twin]).map((each) => each.finding), ['f3']);
  assert.is(use([waiver()], [moved])[0]?.state, 'unused', 'a waiver without the loose key follows nothing');
});

waivers('uses come in the order of their ids, findings in the order given', () => {
  const { uses, findings } = applyWaivers([finding('f2'), finding('f1')], [waiver({ id: 'W-2', finding: 'f2' }), waiver({ id: 'W-1' })], controls, RULES, TODAY);
  assert.equal([uses.map((each) => each.waiver.id), findings.map(({ id }) => id)], [['W-1', 'W-2'], ['f2', 'f1']]);
});

waivers('which of two waivers of a finding covers it does not depend on their order', () => {
  const pair = [waiver({ id: 'W-1', expires: '2026-12-20' }), waiver({ id: 'W-2', expires: '2027-01-20' })];
  const covering = (list: readonly Waiver[]): string | undefined => applyWaivers([finding('f1')], list, controls, RULES, TODAY).findings[0]?.decision.waiver?.id;
  assert.equal([covering(pair), covering([...pair].reverse())], ['W-2', 'W-2']);
});

const catalog = { elements: [['iban', 'C2'], ['pin', 'C3'], ['imei', 'C1']].map(([id = '', level]) => ({ id, class: level })) } as unknown as Parameters<typeof readWaivers>[1];
const read = (over: Readonly<Record<string, string>>, rules = RULES): readonly Waiver[] => {
  const lines = { id: 'W-1', finding: '"0123456789abcdef"', elements: '[iban]', reason: 'Read by two people, deleted daily.', approver: '{ role: compliance }', approved: '"2026-11-01"', expires: '"2027-01-31"', ...over };
  return readWaivers([{ name: 'w.yaml', text: `waivers:\n  -\n${Object.entries(lines).map(([key, value]) => `    ${key}: ${value}\n`).join('')}` }], catalog, rules, TODAY);
};
const refused = (over: Readonly<Record<string, string>>, rules = RULES): string => {
  try {
    read(over, rules);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
};

waivers('a waiver that is read has the place of its id', () => {
  assert.equal(read({})[0]?.place, { file: 'w.yaml', line: 3, column: 5 });
});

waivers('the longest life is that of the highest class, to the day', () => {
  const of = (elements: string, expires: string): string => refused({ elements, approved: '"2026-11-01"', expires: `"${expires}"` });
  assert.equal([of('[iban]', '2027-04-30'), of('[pin, iban]', '2027-01-30'), of('[imei]', '2027-11-01')], ['', '', '']);
  assert.match(of('[iban]', '2027-05-01'), /lasts 181 days; for C2 data 180 are the most/);
  assert.match(of('[imei, pin]', '2027-01-31'), /lasts 91 days; for C3 data 90/);
  assert.match(of('[imei]', '2027-11-02'), /lasts 366 days; for C1 data 365/);
});

waivers('it counts from the day of its approval, and may end on it', () => {
  assert.is(refused({ approved: '"2026-11-30"', expires: '"2026-11-30"' }), '');
  assert.match(refused({ approved: '"2026-12-01"' }), /still to come/);
  assert.match(refused({ approved: '"2026-11-02"', expires: '"2026-11-01"' }), /ends before it was approved/);
});

waivers('days are days of the calendar', () => {
  assert.match(refused({ expires: '"2027-02-29"' }), /a day that there is not: 2027-02-29/);
  assert.is(refused({ approved: '"2024-02-29"', expires: '"2024-03-01"' }), '');
});

waivers('who may approve is a parameter; everybody where none is named', () => {
  assert.match(refused({ approver: '{ role: developer }' }), /"developer", which may not/);
  assert.is(refused({ approver: '{ role: developer }' }, { ...RULES, approvers: [] }), '');
});

waivers.run();
