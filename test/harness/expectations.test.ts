import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MarkError, parseMarks } from './expectations.ts';

const test = suite('expectations');
const marks = (text: string) => parseMarks('a.ts', text).map(({ kind, line, rule, elements }) => [kind, line, rule, ...elements].join(' '));

test('a comment behind code speaks of its own line', () => {
  assert.equal(marks('one();\nlog(email); // expect: no-customer-data-in-logs email-address'), [
    'expect 2 no-customer-data-in-logs email-address',
  ]);
});

test('a comment of its own speaks of the next line of code', () => {
  const text = '// expect: no-customer-data-in-logs email-address, mobile-phone\n// because\n\n  log(user);';
  assert.equal(marks(text), ['expect 4 no-customer-data-in-logs email-address mobile-phone']);
});

test('several rules on one line, by semicolon or by stacked comments', () => {
  const text = '// expect: no-customer-data-in-urls email-address; no-unencrypted-transport email-address\n// expect: no-customer-data-in-logs\ncall();';
  assert.equal(marks(text), [
    'expect 3 no-customer-data-in-urls email-address',
    'expect 3 no-unencrypted-transport email-address',
    'expect 3 no-customer-data-in-logs',
  ]);
});

test('JSX, block and HTML comments', () => {
  assert.equal(marks('{/* expect: no-customer-data-in-logs email-address */}\n<Card />'), ['expect 2 no-customer-data-in-logs email-address']);
  assert.equal(marks('log(x); /* expect: no-customer-data-in-logs pin */'), ['expect 1 no-customer-data-in-logs pin']);
  assert.equal(marks('<!-- expect: no-customer-data-in-urls iban -->\n<a>'), ['expect 2 no-customer-data-in-urls iban']);
});

test('an equals sign asks for exactly these elements', () => {
  assert.is(parseMarks('a.ts', 'x(); // expect: = no-customer-data-in-logs email-address')[0]?.exact, true);
});

test('known marks keep their reason and demand one', () => {
  const [mark] = parseMarks('a.ts', 'x(); // known-miss: no-customer-data-in-logs iban -- proxies are not followed');
  assert.is(mark?.reason, 'proxies are not followed');
  assert.throws(() => parseMarks('a.ts', 'x(); // known-noise: no-customer-data-in-logs iban'), (error: unknown) => error instanceof MarkError);
});

test('an ok line is no mark, and contradicts an expectation', () => {
  assert.equal(marks('log(id); // ok: surrogate id'), []);
  assert.throws(() => marks('// ok\nlog(id); // expect: no-customer-data-in-logs email-address'), /both/);
});

test('mistakes are errors with a place', () => {
  assert.throws(() => marks('\nx(); // expect: no-such-rule email-address'), /a\.ts:2: "no-such-rule" is not a rule/);
  assert.throws(() => marks('x(); // expect no-customer-data-in-logs'), /colon/);
  assert.throws(() => marks('x(); // expect: no-customer-data-in-logs Email'), /not an element id/);
  assert.throws(() => marks('// expect: no-customer-data-in-logs iban'), /no line of code/);
});

test('prose that merely contains the words is no mark', () => {
  assert.equal(marks('// we expect: nothing here\n// okay\nx();'), []);
});

test.run();
