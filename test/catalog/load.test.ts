// Loading: defaults, references between lists, and errors with file, line, column and a hint.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadCatalog } from '#catalog/load';
import { CATALOG_SCHEMA } from '#catalog/schema';
import { UserError } from '#model/errors';
import { loadShipped } from './rules.ts';

const test = suite('load');

const load = (text: string) => loadCatalog([{ name: 'bank.yaml', text }]);

const fail = (text: string): UserError => {
  try {
    load(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
};

test('the shipped catalogue loads', () => {
  const catalog = loadShipped();
  assert.ok(catalog.elements.length >= 145);
  assert.match(catalog.digest, /^[0-9a-f]{64}$/);
});

test('the published schema is the one in use', () => {
  assert.equal(JSON.parse(readFileSync('schemas/catalog.schema.json', 'utf8')), JSON.parse(JSON.stringify(CATALOG_SCHEMA)));
});

test('entries get their defaults', () => {
  const catalog = load(`
sinks:
  - { id: console, title: Console, channel: log, callees: ['global:console.log'], leaks: [args] }
protections:
  - { id: bcrypt, kind: hash, callees: ['npm:bcrypt.hash'], strength: strong }
models:
  - { id: trim, callees: ['any:.trim'], flows: ['this -> return'] }
sites:
  - { id: tls-off, title: TLS off, channel: transport, option: { member: rejectUnauthorized, values: [false] } }
`);
  assert.is(catalog.sinks[0]?.read, 'deep');
  assert.is(catalog.protections[0]?.input.base, 'arg');
  assert.is(catalog.protections[0]?.output.base, 'return');
  assert.is(catalog.models[0]?.neutral, false);
  assert.equal(catalog.sites[0]?.option?.values, ['false']);
  assert.equal(catalog.sites[0]?.callees, []);
});

const ERRORS: readonly (readonly [string, string, RegExp, RegExp, number, number])[] = [
  ['broken YAML', 'sinks:\n  - { id: a', /Invalid YAML/, /syntax/, 2, 12],
  ['an unknown list', 'sink: []', /Unknown key "sink"/, /"sinks"/, 1, 1],
  ['an unknown key', 'vendors:\n  - id: a\n    titel: A\n    title: A\n    category: c\n    region: US', /Unknown key "titel" in vendors/, /"title"/, 3, 5],
  ['a missing key', 'vendors:\n  - id: a\n    title: A\n    region: US', /lacks "category"/, /README/, 2, 5],
  ['an unknown value', 'sinks:\n  - { id: a, title: A, channel: logs, callees: [], leaks: [] }', /"logs" is no channel/, /"log"/, 2, 24],
  ['a bad callee', "sinks:\n  - id: a\n    title: A\n    channel: log\n    callees:\n      - 'global:a'\n      - 'consol:b'\n    leaks: []", /"consol:b" is not a callee/, /global:/, 7, 9],
  ['a bad place', 'sinks:\n  - { id: a, title: A, channel: log, callees: [], leaks: [arg] }', /"arg" is not a place/, /arg0/, 2, 59],
  ['a duplicate id', 'entities:\n  - { id: a, names: [a] }\n  - { id: a, names: [b] }', /Duplicate id "a"/, /bank.yaml:2/, 3, 7],
  ['an unknown element', 'entities:\n  - { id: a, names: [a], carries: [emial] }\nelements:\n  - { id: email, title: { en: E, zh: 邮 }, group: g, class: C2, nature: personal, names: {} }', /Unknown element "emial"/, /"email"/, 2, 36],
  ['an unquoted YAML word', 'entities:\n  - { id: a, names: [no, null] }', /entities.names is empty/, /quotes/, 2, 26],
  ['a number for a text', 'entities:\n  - { id: a, names: [1] }', /must be string, not number/, /quotes/, 2, 22],
  ['a list that is none', 'entities: 5', /must be array/, /./, 1, 1],
  ['nothing', '', /the file is empty/, /list/, 1, 1],
];

for (const [what, text, message, hint, line, column] of ERRORS) {
  test(`reports ${what}`, () => {
    const error = fail(text);
    assert.match(error.message, message);
    assert.match(error.hint, hint);
    assert.is(error.place.file, 'bank.yaml');
    assert.equal([error.place.line, error.place.column], [line, column]);
  });
}

test('the digest follows the entries, not their layout', () => {
  const one = load('vendors:\n  - { id: a, title: A, category: c, region: US }');
  assert.is(load('# note\nvendors:\n  - id: a\n    title: A\n    category: c\n    region: US').digest, one.digest);
  assert.is.not(load('vendors:\n  - { id: a, title: A, category: c, region: EU }').digest, one.digest);
});

test('the built JSON form reads the same, and its errors have a place', () => {
  const entry = { id: 'a', title: 'A', category: 'c', region: 'US' };
  const json = loadCatalog([{ name: 'rules.json', text: JSON.stringify({ vendors: [entry] }) }]);
  assert.is(json.digest, load('vendors:\n  - { id: a, title: A, category: c, region: US }').digest);
  assert.throws(() => loadCatalog([{ name: 'rules.json', text: '{\n"vendor": []}' }]), (error: unknown) => error instanceof UserError && error.place.line === 2);
});

test.run();
