// Verdicts of several controls → one decision: what wins, what stays visible, what blocks, what no policy may say.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Decision } from '#model/decision';
import type { Control, Enforcement, Regulation, Verdict } from '#model/policy';
import type { Stage } from '#model/run';
import { EvaluationError } from '#policy/evaluation-error';
import { createDecider } from '#policy/verdicts';

const text = { en: 'A', zh: '甲' };
const control = (id: string, over: Partial<Control> = {}): Control => ({
  id, package: 'fiduciary.topics.processing', file: 'a.rego', line: 1, title: text, description: text, remediation: text, clauses: [], waivable: true, ...over,
});
const controls = new Map([
  control('log.secret'), control('log.c2'), control('log.low'), control('partner.ok'), control('ours.balance', { clauses: ['Ours 4'] }), control('new.rule', { effective: '2027-01-01' }),
].map((each) => [each.id, each]));

const clause = (name: string, spoken: readonly string[], over: Partial<Regulation['clauses'][number]> = {}): Regulation['clauses'][number] =>
  ({ clause: name, title: text, verified: true, controls: spoken, ...over });
const regulations: readonly Regulation[] = [
  { id: 'pipl', name: text, edition: '2021', clauses: [clause('PIPL 51', ['log.secret', 'log.c2']), clause('PIPL 28', ['log.c2'], { elements: ['face-feature'] })] },
  { id: 'nfra', name: text, edition: '2024', clauses: [clause('NFRA 45', ['log.secret'], { verified: false }), clause('PIPL 51', ['log.c2'])] },
];

const advise = { '*': 'advise' } as const;
const DEFAULT: Enforcement = { editor: advise, ci: { deny: 'block', '*': 'advise' }, release: { deny: 'block', warn: 'block', '*': 'advise' } };

const says = (id: string, effect: Verdict['effect'], over: Partial<Verdict> = {}): Verdict => ({ finding: '1', control: id, effect, elements: ['mobile-phone'], ...over });
const decide = (verdicts: readonly Verdict[], enforcement: Enforcement = DEFAULT, stage: Stage = 'ci', date = '2026-11-30'): Decision =>
  createDecider({ controls, regulations, enforcement }, { stage, date })(verdicts);
const ci = (levels: Enforcement['ci']): Enforcement => ({ ...DEFAULT, ci: levels });

const verdicts = suite('policy/verdicts');

verdicts('the strongest effect wins, the others stay visible, from strong to light', () => {
  const decision = decide([says('log.low', 'note'), says('log.secret', 'deny'), says('log.c2', 'warn')]);
  assert.is(decision.effect, 'deny');
  assert.equal(decision.controls, ['log.secret', 'log.c2', 'log.low']);
});

verdicts('who allows has nothing to add where another demands something', () => {
  assert.equal(decide([says('partner.ok', 'allow'), says('log.c2', 'warn')]).controls, ['log.c2']);
  assert.equal(decide([says('partner.ok', 'allow')]), { effect: 'allow', blocking: false, controls: ['partner.ok'], citations: [] });
});

verdicts('what nobody speaks of is not silently allowed', () => {
  assert.equal(decide([]), { effect: 'warn', blocking: false, controls: [], citations: [] });
});

verdicts('what blocks depends on the stage', () => {
  const warned = [says('log.c2', 'warn')];
  assert.equal((['editor', 'ci', 'release'] as const).map((stage) => decide(warned, DEFAULT, stage).blocking), [false, false, true]);
  assert.ok(decide([...warned, says('log.secret', 'deny')]).blocking);
});

verdicts('the level of a control beats that of its effect, which beats the star', () => {
  assert.not.ok(decide([says('log.secret', 'deny')], ci({ deny: 'block', 'log.secret': 'advise' })).blocking);
  assert.ok(decide([says('log.c2', 'warn')], ci({ warn: 'advise', 'log.c2': 'block' })).blocking);
  assert.ok(decide([says('log.c2', 'warn')], ci({ warn: 'block', '*': 'off' })).blocking);
  assert.equal(decide([says('log.c2', 'warn')], ci({})), decide([says('log.c2', 'warn')], ci({ '*': 'advise' })));
});

verdicts('a lighter control may block on its own account', () => {
  const decision = decide([says('log.secret', 'deny'), says('log.low', 'note')], ci({ deny: 'advise', 'log.low': 'block' }));
  assert.equal([decision.effect, decision.blocking], ['deny', true]);
});

verdicts('what is allowed blocks nothing, whatever the level of who allows', () => {
  assert.not.ok(decide([says('log.c2', 'allow')], ci({ 'log.c2': 'block' })).blocking);
  assert.not.ok(decide([says('log.c2', 'allow')], ci({ '*': 'block' })).blocking);
});

verdicts('a control that is off is not heard; where all are, somebody decided so', () => {
  assert.equal(decide([says('log.secret', 'deny'), says('log.c2', 'warn')], ci({ 'log.secret': 'off', '*': 'advise' })).controls, ['log.c2']);
  assert.equal(decide([says('log.secret', 'deny')], ci({ '*': 'off' })), { effect: 'allow', blocking: false, controls: [], citations: [] });
});

verdicts('what is only observed is marked, unless one that is heard is shown', () => {
  const observe = ci({ '*': 'observe' });
  assert.is(decide([says('log.secret', 'deny')], observe).observed, true);
  assert.is(decide([says('partner.ok', 'allow')], observe).observed, undefined);
  assert.is(decide([says('log.secret', 'deny'), says('log.c2', 'warn')], ci({ deny: 'observe', warn: 'advise' })).observed, undefined);
});

verdicts('before its day a control warns at most, and says from when on it demands', () => {
  const before = decide([says('new.rule', 'deny')], DEFAULT, 'ci', '2026-12-31');
  assert.equal([before.effect, before.blocking, before.effective], ['warn', false, '2027-01-01']);
  const after = decide([says('new.rule', 'deny')], DEFAULT, 'ci', '2027-01-01');
  assert.equal([after.effect, after.blocking, after.effective], ['deny', true, undefined]);
  assert.is(decide([says('new.rule', 'note')], DEFAULT, 'ci', '2026-12-31').effective, undefined);
});

verdicts('clauses: those of the control first, then of the regulations in their order, each once', () => {
  assert.equal(decide([says('ours.balance', 'warn'), says('log.secret', 'deny'), says('log.c2', 'warn')]).citations, ['Ours 4', 'PIPL 51', 'NFRA 45']);
});

verdicts('a clause about some elements is cited for those', () => {
  assert.equal(decide([says('log.c2', 'warn')]).citations, ['PIPL 51']);
  assert.equal(decide([says('log.c2', 'warn', { elements: ['mobile-phone', 'face-feature'] })]).citations, ['PIPL 51', 'PIPL 28']);
});

verdicts('clauses that nobody compared with the text are named apart', () => {
  assert.equal(decide([says('log.secret', 'deny')]).unverified, ['NFRA 45']);
  assert.is(decide([says('log.c2', 'warn')]).unverified, undefined);
});

verdicts('obligations of all that are heard, each once, in an order of their own', () => {
  const approval = { kind: 'approval', what: 'compliance' };
  const record = { kind: 'record', what: 'third-party-register' };
  const decision = decide([says('log.secret', 'deny', { obligations: [record, approval] }), says('log.c2', 'warn', { obligations: [approval] })]);
  assert.equal(decision.obligations, [approval, record]);
  assert.is(decide([says('log.c2', 'warn')]).obligations, undefined);
});

verdicts('the gravest incident counts', () => {
  const serious = { grade: 'serious', report: [] };
  const major = { grade: 'major', report: ['regulator', 'data-protection-authority'], withinHours: 2 };
  assert.equal(decide([says('log.secret', 'deny', { incident: serious }), says('log.c2', 'warn', { incident: major })]).incident, { grade: 'major', report: ['data-protection-authority', 'regulator'], withinHours: 2 });
  assert.equal(decide([says('log.secret', 'deny', { incident: serious })]).incident, serious);
});

const wrong: readonly (readonly [string, Verdict, RegExp])[] = [
  ['a control without METADATA', says('log.unknown', 'deny'), /"log\.unknown", which no METADATA describes/],
  ['an effect that there is not', says('log.c2', 'forbid' as Verdict['effect']), /gives the effect "forbid"/],
  ['an obligation that there is not', says('log.c2', 'warn', { obligations: [{ kind: 'pray', what: 'daily' }] }), /an obligation "pray"/],
  ['a grade that there is not', says('log.c2', 'warn', { incident: { grade: 'bad', report: [] } }), /an incident "bad"/],
];
for (const [what, verdict, message] of wrong) {
  verdicts(`${what} is an error, never a part of the answer`, () => {
    assert.throws(() => decide([says('log.low', 'note'), verdict]), (error: unknown) => error instanceof EvaluationError && message.test(error.message));
  });
}

verdicts.run();
