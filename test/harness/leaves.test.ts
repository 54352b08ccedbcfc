import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findLeaves, readMarks } from './leaves.ts';
import { renderLedger } from './ledger.ts';

const test = suite('leaves');
const leaves = findLeaves(resolve('fixtures'));

test('each pattern that must be found or left alone has its folder', () => {
  for (const [theme, count] of [['patterns', 72], ['quiet', 44]] as const) {
    const numbers = leaves.filter((leaf) => leaf.theme === theme).map((leaf) => Number(leaf.name.slice(theme.length + 1, theme.length + 3)));
    assert.equal(numbers, Array.from({ length: count }, (_, index) => index + 1));
  }
});

test('every leaf expects something', () => {
  const idle = leaves.filter((leaf) => readMarks(leaf).length === 0).map((leaf) => leaf.name);
  assert.equal(idle, []);
});

test('marks name files inside their leaf', () => {
  const bank = leaves.find((leaf) => leaf.name === 'bank');
  assert.ok(bank !== undefined && readMarks(bank).some((mark) => mark.file === 'src/customers/customer.routes.ts'));
});

test('marks speak of elements that the catalogue has', () => {
  const texts = readdirSync('rules/elements').map((file) => readFileSync(`rules/elements/${file}`, 'utf8'));
  const known = new Set(texts.flatMap((text) => [...text.matchAll(/^ *(?:- )?\{? *id: ([a-z0-9-]+)/gm)].map(([, id]) => id)));
  const odd = leaves.flatMap(readMarks).flatMap((mark) => mark.elements).filter((element) => !known.has(element));
  assert.equal([...new Set(odd)], []);
});

test('the ledger adds up', () => {
  const [first, second] = [{ theme: 'a', name: 'a/1', root: '' }, { theme: 'b', name: 'b/1', root: '' }];
  const verdict = { expected: 2, found: 1, knownMisses: 1, knownNoise: 0, problems: ['x'] };
  const lines = renderLedger(new Map([[first, verdict], [second, { ...verdict, found: 2, problems: [] }]])).trimEnd().split('\n');
  assert.is(lines.length, 4);
  assert.equal(lines.at(-1)?.split(/\s+/), ['all', '2', '1', '3', '4', '2', '0']);
});

test.run();
