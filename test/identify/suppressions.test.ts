// Inline comments: what they cover, what they may silence, and that nothing about them stays unsaid.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { suppress, type SuppressionOutcome } from '#identify/suppressions';
import type { Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { toRepoPath } from '#model/location';
import { at, finding, sink } from '../report/sample.ts';

const TODAY = '2026-11-23';
const RULE = 'no-customer-data-in-logs';
const path = 'src/a.ts';

const on = (line: number, effect: Effect = 'warn'): Finding => finding('log', effect, { id: line.toString().padStart(16, '0'), sink: sink(at(path, line), 'log') });
const run = (text: string, findings: readonly Finding[], mode?: 'reason' | 'waiver'): SuppressionOutcome =>
  suppress(findings, [[toRepoPath(path), text]], TODAY, mode);
const silenced = (outcome: SuppressionOutcome): readonly number[] =>
  outcome.findings.filter((each) => each.suppression !== undefined).map((each) => each.sink.location.line);
const kinds = (outcome: SuppressionOutcome): readonly string[] => outcome.gaps.map((gap) => gap.kind);

const suppressions = suite('identify/suppressions');

suppressions('on the line, on the line before, and above other comments', () => {
  assert.equal(silenced(run(`log(a) // fiduciary-allow ${RULE} -- test data`, [on(1)])), [1]);
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- test data\nlog(a)\nlog(b)`, [on(2), on(3)])), [2]);
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- test data\n// and more\nlog(a)`, [on(3)])), [3]);
});

suppressions('as block comment, also over several lines, in JSX and in templates', () => {
  assert.equal(silenced(run(`/* fiduciary-allow ${RULE} -- test data */\nlog(a)`, [on(2)])), [2]);
  const outcome = run(`/*\n * nothing\n */\n/** fiduciary-allow ${RULE} -- long\n * reason */\nlog(a)`, [on(6)]);
  assert.equal(silenced(outcome), [6]);
  assert.is(outcome.findings[0]?.suppression?.reason, 'long reason');
  assert.equal(silenced(run(`  {/* fiduciary-allow ${RULE} -- shown to its owner */}\n  <b>{a}</b>`, [on(2)])), [2]);
  assert.equal(silenced(run(`<!-- fiduciary-allow ${RULE} -- shown to its owner -->\n<b>{{ a }}</b>`, [on(2)])), [2]);
});

suppressions('covers the rest of a call over several lines, not the body of a function', () => {
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- ok\nlog(\n  'x',\n  a,\n)\nlog(b)`, [on(4), on(6)])), [4]);
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- ok\nrun(() => {\n  log(a)\n})`, [on(3)])), []);
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- ok\nlog({\n  email: a,\n})`, [on(3)])), [3]);
});

suppressions('without a reason nothing is silenced, and it is said', () => {
  for (const comment of [`// fiduciary-allow ${RULE}`, `// fiduciary-allow ${RULE} --`, `// fiduciary-allow ${RULE} --   `]) {
    const outcome = run(`${comment}\nlog(a)`, [on(2)]);
    assert.equal(silenced(outcome), []);
    assert.equal(kinds(outcome), ['suppression-without-reason']);
  }
});

suppressions('expires after its day', () => {
  const at = (until: string) => run(`// fiduciary-allow ${RULE} until ${until} -- migration\nlog(a)`, [on(2)]);
  assert.equal(silenced(at(TODAY)), [2]);
  assert.is(at('2027-01-31').findings[0]?.suppression?.until, '2027-01-31');
  assert.equal(silenced(at('2026-11-22')), []);
  assert.equal(kinds(at('2026-11-22')), ['suppression-expired']);
  assert.equal(kinds(at('next-year')), ['suppression-expired']);
});

suppressions('the date may stand at the end of the reason', () => {
  const outcome = run(`// fiduciary-allow ${RULE} -- migration (until 2027-01-31)\nlog(a)`, [on(2)]);
  assert.equal([outcome.findings[0]?.suppression?.reason, outcome.findings[0]?.suppression?.until], ['migration', '2027-01-31']);
});

suppressions('names several rules, and only those count', () => {
  const url = finding('url', 'warn', { id: 'u'.repeat(16), sink: sink(at(path, 2), 'push') });
  const outcome = run(`// fiduciary-allow ${RULE}, no-customer-data-in-urls -- test data\nlog(a)`, [on(2), url]);
  assert.is(outcome.findings.filter((each) => each.suppression).length, 2);
  assert.equal(silenced(run('// fiduciary-allow no-customer-data-in-urls -- x\nlog(a)', [on(2)])), []);
});

suppressions('an unknown rule and an unused comment are said', () => {
  assert.equal(kinds(run('// fiduciary-allow no-such-rule -- x\nlog(a)', [on(2)])), ['suppression-unknown-rule']);
  assert.equal(kinds(run('// fiduciary-allow -- x\nlog(a)', [on(2)])), ['suppression-unknown-rule']);
  assert.equal(kinds(run(`// fiduciary-allow ${RULE} -- x\n\nlog(a)`, [on(3)])), ['suppression-unused']);
  assert.equal(kinds(run(`// fiduciary-allow ${RULE} -- x\nlog(a)`, [on(2, 'allow')])), ['suppression-unused']);
});

suppressions('what is denied or needs approval needs a waiver', () => {
  const outcome = run(`// fiduciary-allow ${RULE} -- x\nlog(a)`, [on(2, 'deny')]);
  assert.equal(silenced(outcome), []);
  assert.equal(kinds(outcome), ['suppression-needs-waiver']);
  assert.ok(outcome.findings[0]?.decision.blocking);
  assert.equal(kinds(run(`// fiduciary-allow ${RULE} -- x\nlog(a)`, [on(2)], 'waiver')), ['suppression-needs-waiver']);
});

suppressions('a silenced finding stays in the result and blocks nothing', () => {
  const blocking = { ...on(2), decision: { ...on(2).decision, blocking: true } };
  const outcome = run(`// fiduciary-allow ${RULE} -- x\nlog(a)`, [blocking]);
  assert.is(outcome.findings.length, 1);
  assert.is(outcome.findings[0]?.decision.blocking, false);
});

suppressions('windows line ends and look-alike words', () => {
  assert.equal(silenced(run(`// fiduciary-allow ${RULE} -- ok\r\nlog(a)`, [on(2)])), [2]);
  assert.equal(kinds(run('// fiduciary-allowance is paid\nlog(a)', [on(2)])), []);
  assert.equal(kinds(run("const text = 'fiduciary-allow me';\nlog(a)", [on(2)])), []);
});

suppressions.run();
