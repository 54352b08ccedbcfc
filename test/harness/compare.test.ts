import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Effect } from '#model/decision';
import type { Confidence } from '#model/element';
import type { Finding } from '#model/finding';
import { toRepoPath } from '#model/location';
import { compare } from './compare.ts';
import { parseMarks } from './expectations.ts';

const test = suite('compare');
const FILE = 'a.ts';

interface Shape {
  readonly line: number;
  readonly endLine?: number;
  readonly elements?: readonly string[];
  readonly confidence?: Confidence;
  readonly effect?: Effect;
}

const logFinding = ({ line, endLine = line, elements = ['iban'], confidence = 'high', effect = 'deny' }: Shape): Finding => {
  const location = { file: toRepoPath(FILE), line, column: 1, endLine, endColumn: 2 };
  return {
    kind: 'flow', id: `${line}`, looseId: `${line}`, rule: 'no-customer-data-in-logs', channel: 'log', sources: [], confidence,
    elements: elements.map((element) => ({ element, class: 'C2', witness: 'own-name', evidence: [], confidence })),
    sink: { location, callee: 'log', inner: location, innerCallee: 'log', catalog: 'console', argument: 0 },
    context: { symbol: '', code: 'production', side: 'server' },
    decision: { effect, blocking: effect === 'deny', controls: [], citations: [] },
  };
};

const judge = (text: string, ...shapes: readonly Shape[]) => compare(parseMarks(FILE, text), shapes.map(logFinding));
const EXPECT = 'log(x); // expect: no-customer-data-in-logs iban';

test('found, missing, unexpected', () => {
  assert.equal(judge(EXPECT, { line: 1 }).problems, []);
  assert.match(judge(EXPECT).problems.join(), 'missing a.ts:1');
  assert.match(judge('log(x);', { line: 1 }).problems.join(), 'unexpected a.ts:1');
});

test('a subset of elements is enough, unless exact', () => {
  assert.equal(judge(EXPECT, { line: 1, elements: ['iban', 'pin'] }).problems, []);
  assert.match(judge(EXPECT, { line: 1, elements: ['pin'] }).problems.join(), 'no iban');
  assert.match(judge(EXPECT.replace('expect:', 'expect: ='), { line: 1, elements: ['iban', 'pin'] }).problems.join(), 'also pin');
});

test('elements add up over the arguments of one call', () => {
  const text = 'log(x, y); // expect: no-customer-data-in-logs iban, pin';
  assert.equal(judge(text, { line: 1 }, { line: 1, elements: ['pin'] }).problems, []);
});

test('any line of the call may carry the mark', () => {
  assert.equal(judge('log\n  .child()\n  .info(x); // expect: no-customer-data-in-logs iban', { line: 1, endLine: 3 }).problems, []);
});

test('what the user does not see counts neither way', () => {
  assert.equal(judge('log(x);', { line: 1, confidence: 'low' }, { line: 1, effect: 'allow' }).problems, []);
  assert.is(judge(EXPECT, { line: 1, confidence: 'low' }).found, 0);
});

test('known misses and known noise may only go away together with their mark', () => {
  const miss = 'log(x); // known-miss: no-customer-data-in-logs iban -- why';
  assert.equal(judge(miss).problems, []);
  assert.match(judge(miss, { line: 1 }).problems.join(), 'found now');
  const noise = 'log(x); // known-noise: no-customer-data-in-logs iban -- why';
  assert.equal(judge(noise, { line: 1 }).problems, []);
  assert.match(judge(noise).problems.join(), 'quiet now');
});

test('expect-note wants the effect note', () => {
  const text = 'log(x); // expect-note: no-customer-data-in-logs iban';
  assert.equal(judge(text, { line: 1, effect: 'note' }).problems, []);
  assert.match(judge(text, { line: 1, effect: 'deny' }).problems.join(), 'too loud');
});

test.run();
