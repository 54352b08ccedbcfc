// The default judgement: which row decides, which effect wins, and what is capped whatever the table says.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ElementEntry, JudgementRow } from '#model/catalog';
import type { Decision } from '#model/decision';
import type { IdentifiedFinding } from '#model/finding';
import { FAIL_ON, type RunInfo } from '#model/run';
import { judge } from '#policy/judge';
import { createTableJudge } from '#policy/table-judge';
import { at, claim, finding, sink, source } from '../report/sample.ts';

const names = { strong: [], owned: [], weak: [], pinyin: [], chinese: [], owners: [], not: [] };
const element = (id: string, nature: ElementEntry['nature']): ElementEntry =>
  ({ id, title: { en: id, zh: id }, group: 'test', class: 'C2', nature, names });
const row = (channel: JudgementRow['channel'], effect: JudgementRow['effect'], rest: Partial<JudgementRow> = {}): JudgementRow =>
  ({ channel, effect, control: `${channel}.${effect}`, citations: [`clause of ${effect}`], ...rest });

const table: readonly JudgementRow[] = [
  row('log', 'deny', { nature: 'secret' }),
  row('log', 'allow', { elements: ['customer-number'] }),
  row('log', 'require_approval', { class: 'C3' }),
  row('log', 'warn'),
  row('transport', 'deny'),
  row('all', 'note', { class: 'C1' }),
];
const decide = createTableJudge({ judgement: table, elements: [element('login-password', 'secret'), element('email-address', 'personal'), element('customer-number', 'identifier')] });

const ci: RunInfo = { stage: 'ci' };
const base = (overrides: Partial<IdentifiedFinding> = {}): IdentifiedFinding =>
  finding('log', 'note', { id: '1'.repeat(16), sink: sink(at('a.ts', 1), 'log'), ...overrides });
const one = (overrides: Partial<IdentifiedFinding>, run = ci): Decision | undefined => decide([base(overrides)], run)[0];

const judging = suite('policy/table-judge');

judging('the first row that fits decides: nature, elements, class, channel', () => {
  assert.is(one({ elements: [claim('login-password', { class: 'C3' })] })?.effect, 'deny');
  assert.is(one({ elements: [claim('customer-number')] })?.effect, 'allow');
  assert.is(one({ elements: [claim('pin', { class: 'C3' })] })?.effect, 'require_approval');
  assert.is(one({ elements: [claim('email-address')] })?.effect, 'warn');
  assert.is(one({ channel: 'url', elements: [claim('age', { class: 'C1' })] })?.effect, 'note');
});

judging('the strongest effect over the elements wins and all that demanded something speak', () => {
  const decision = one({ elements: [claim('email-address'), claim('customer-number'), claim('login-password')] });
  assert.equal(decision, {
    effect: 'deny', blocking: true, controls: ['log.deny', 'log.warn'], citations: ['clause of deny', 'clause of warn'],
  });
});

judging('a condition on data does not fit a finding without data', () => {
  assert.is(one({ kind: 'site', elements: [] })?.effect, 'warn');
});

judging('what no row speaks of is not allowed in silence', () => {
  assert.equal(one({ channel: 'storage' }), { effect: 'warn', blocking: false, controls: ['default'], citations: [] });
});

judging('test, story, mock, seed and example code is a note at most; scripts are not', () => {
  const context = base().context;
  for (const code of ['test', 'story', 'mock', 'seed', 'example'] as const) {
    assert.is(one({ elements: [claim('login-password')], context: { ...context, code } })?.effect, 'note');
  }
  assert.is(one({ elements: [claim('login-password')], context: { ...context, code: 'script' } })?.effect, 'deny');
  assert.is(one({ elements: [claim('customer-number')], context: { ...context, code: 'test' } })?.effect, 'allow');
});

judging('low confidence and dormant code are notes at most', () => {
  assert.is(one({ elements: [claim('login-password')], confidence: 'low' })?.effect, 'note');
  assert.is(one({ elements: [claim('login-password')], context: { ...base().context, dormant: true } })?.effect, 'note');
});

judging('a sufficient protection on every source allows; on one of two it does not', () => {
  const protection = { kind: 'mask', by: 'mask', location: at('a.ts', 1), worth: 'sufficient' } as const;
  const masked = source('a', at('a.ts', 1), [], { protections: [protection] });
  const weak = source('b', at('a.ts', 2), [], { protections: [{ ...protection, worth: 'weak' }] });
  const elements = [claim('login-password')];
  assert.is(one({ elements, sources: [masked] })?.effect, 'allow');
  assert.is(one({ elements, sources: [masked, weak] })?.effect, 'deny');
  assert.is(one({ elements, sources: [source('c', at('a.ts', 3))] })?.effect, 'deny');
});

judging('a plaintext connection that carries nothing recognisable is judged lower', () => {
  assert.is(one({ channel: 'transport', kind: 'site', elements: [] })?.effect, 'warn');
  assert.is(one({ channel: 'transport', elements: [claim('email-address')] })?.effect, 'deny');
});

judging('blocking depends on the stage, and --fail-on overrides it', () => {
  const effects = [{ elements: [claim('login-password')] }, { elements: [claim('pin', { class: 'C3' as const })] }, {}, { channel: 'url' as const, elements: [claim('age', { class: 'C1' as const })] }];
  const blocks = (run: RunInfo): readonly boolean[] => effects.map((overrides) => one(overrides, run)?.blocking ?? false);
  assert.equal(blocks({ stage: 'ci' }), [true, true, false, false]);
  assert.equal(blocks({ stage: 'release' }), [true, true, false, false]);
  assert.equal(blocks({ stage: 'editor' }), [false, false, false, false]);
  const expected = { deny: [true, false, false, false], approval: [true, true, false, false], warn: [true, true, true, false], never: [false, false, false, false] };
  for (const failOn of FAIL_ON) assert.equal(blocks({ stage: 'editor', failOn }), expected[failOn]);
});

judging('judge keeps order and refuses a judge that answers for less', () => {
  assert.equal(judge([base({ id: 'a' }), base({ id: 'b' })], ci, decide).map((each) => each.id), ['a', 'b']);
  assert.throws(() => judge([base()], ci, () => []), /0 decisions for 1 finding/);
});

judging.run();
