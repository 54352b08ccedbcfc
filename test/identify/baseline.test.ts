// The baseline file: what is written is read back, reads and merges by lines, shrinks by itself and grows only when asked to.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type BaselineEntry, isInForce, parseBaseline, renderBaseline } from '#identify/baseline';
import { BASELINE_SCHEMA } from '#identify/baseline-schema';
import type { States } from '#identify/change';
import { toKnown } from '#identify/known';
import { tighten } from '#identify/tighten';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import { SAMPLE } from '../report/sample.ts';

const NOTHING: States = { isGone: () => false, names: { now: () => true, before: () => undefined } };

const baseline = suite('identify/baseline');

const open: readonly Finding[] = SAMPLE.findings.filter((finding) => toKnown(finding) !== undefined).map((finding, index) => ({ ...finding, looseId: String(index).repeat(16) }));
const entries: readonly BaselineEntry[] = open.flatMap((finding) => toKnown(finding) ?? []);
const text = renderBaseline(entries, '0.1.0');

function fault(content: string): UserError {
  try {
    parseBaseline('known.json', content);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

baseline('what is written is read back, in one order, a source on one line', () => {
  assert.equal(renderBaseline(parseBaseline('known.json', text), '0.1.0'), text);
  assert.is(renderBaseline([...entries].reverse(), '0.1.0'), text);
  assert.match(text, /^ +\{ "file": "src\/users\/dto\.ts", "symbol": "", "name": "user\.email", "elements": \["email-address"\] \},?$/m);
});

baseline('names with quotes, backslashes and brackets survive', () => {
  const [entry] = entries;
  if (entry === undefined) throw new Error('no entry');
  const odd: BaselineEntry = { ...entry, callee: 'a["b"].c', sources: [{ file: entry.file, symbol: 'x "y" \\ z', name: 'row["e,\\n] }"]', elements: ['email-address', 'mobile-phone'] }] };
  assert.equal(parseBaseline('known.json', renderBaseline([odd], '0.1.0')), [odd]);
});

baseline('the published schema is the one that checks', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../schemas/baseline.schema.json', import.meta.url), 'utf8'));
  assert.equal(published, JSON.parse(JSON.stringify(BASELINE_SCHEMA)));
});

baseline('a mistake is told with its place', () => {
  const cases: readonly (readonly [content: string, message: RegExp, line: number])[] = [
    ['{\n  "version": "1.0",\n  "tool": "0.1.0"\n  "findings": []\n}', /not valid JSON/, 4],
    [text.replace('  "findings": [', '<<<<<<< ours\n  "findings": ['), /merge conflict/, 4],
    [text.replace('"rule": "no-customer-data-in-logs"', '"rule": "no-such-rule"'), /findings\.\d+\.rule/, text.split('\n').findIndex((line) => line.includes('"no-customer-data-in-logs"')) + 1],
    [text.replace('"callee"', '"calee"'), /calee|callee/, text.split('\n').findIndex((line) => line.includes('"callee"')) - 5],
    ['{ "version": "9", "tool": "0.1.0", "findings": [] }', /version/, 1],
    ['[]', /object/, 1],
  ];
  for (const [content, message, line] of cases) {
    const error = fault(content);
    assert.match(error.message, message);
    assert.is(error.place.file, 'known.json');
    assert.is(error.place.line, line, error.message);
  }
  const [first = ''] = /\{\n {6}"id"[\s\S]*?\n {4}\}/.exec(text) ?? [];
  assert.match(fault(text.replace(first, `${first},\n    ${first}`)).message, /twice/);
});

baseline('an entry counts up to and including its last day', () => {
  const [entry] = entries;
  if (entry === undefined) throw new Error('no entry');
  assert.is(isInForce(entry, '2027-02-01'), true);
  assert.is(isInForce({ ...entry, until: '2027-01-31' }, '2027-01-31'), true);
  assert.is(isInForce({ ...entry, until: '2027-01-31' }, '2027-02-01'), false);
});

baseline('tightening drops what is fixed, keeps words of people, takes nothing new in', () => {
  const [first, second, ...rest] = open;
  const [entry, ...others] = entries;
  if (first === undefined || second === undefined || entry === undefined) throw new Error('too few findings');
  const before = [{ ...entry, reason: 'until the log is rebuilt', owner: 'payments' }, ...others];
  const less: Finding = { ...first, sources: first.sources.slice(0, 1) };
  const fresh: Finding = { ...second, id: 'a'.repeat(16), looseId: 'b'.repeat(16) };
  const after = tighten(before, [less, ...rest, fresh], NOTHING, false);
  assert.equal([after.fixed, after.introduced, after.narrowed, after.reached, after.moved], [1, 1, 1, 0, 0]);
  assert.is(after.entries.length, before.length - 1);
  const kept = after.entries.find((each) => each.id === first.id);
  assert.equal([kept?.reason, kept?.owner, kept?.sources.length], ['until the log is rebuilt', 'payments', 1]);
  assert.is(tighten(before, [less, ...rest, fresh], NOTHING, true).entries.length, before.length);
});

baseline('what leaks more stays written down as it was', () => {
  const [first] = open;
  const [entry] = entries;
  if (first === undefined || entry === undefined) throw new Error('no finding');
  const narrow: BaselineEntry = { ...entry, sources: entry.sources.slice(0, 1), elements: entry.sources[0]?.elements ?? [] };
  const { entries: kept, reached } = tighten([narrow], [first], NOTHING, false);
  assert.equal([kept, reached], [[narrow], 1]);
  assert.is(tighten([narrow], [first], NOTHING, true).entries[0]?.sources.length, 2);
});

baseline.run();
