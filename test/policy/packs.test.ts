// The shipped policies as data: ids, clauses, parameters and words hang together.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHANNEL_NAMES } from '#model/channel';
import { EFFECTS, OBLIGATION_KINDS } from '#model/decision';
import { ON_UNKNOWN, readControls, readDuties, readParams, readProfiles, readRegulations, readTopics, regoFiles } from '../../scripts/policies/read-policies.ts';
import { loadShipped } from '../catalog/rules.ts';

const controls = readControls();
const regulations = readRegulations();
const profiles = readProfiles();
const params = readParams();
const ids = controls.map(({ id }) => id);
const clauses = regulations.flatMap((regulation) => regulation.clauses.map((clause) => ({ ...clause, regulation: regulation.id })));
const sorted = (items: Iterable<string>): readonly string[] => [...new Set(items)].sort();
const missing = (items: Iterable<string>, known: Iterable<string>): readonly string[] => {
  const names = new Set(known);
  return sorted(items).filter((item) => !names.has(item));
};

const packs = suite('policy/packs');

packs('every control has an id of its own, which its rule uses', () => {
  assert.is(new Set(ids).size, ids.length);
  assert.ok(ids.length >= 70);
  for (const { id, body } of controls) {
    assert.ok(body.includes(`"${id}"`), `${id} is not what its rule says`);
    assert.equal(missing([...body.matchAll(/"([a-z-]+\.[a-z0-9-]+)"/g)].map(([, name = '']) => name), [id]), [], id);
  }
});

packs('every rule of a topic is annotated', () => {
  for (const file of regoFiles().filter((name) => name.includes('/topics/') && !name.endsWith('_test.rego'))) {
    const text = readFileSync(file, 'utf8');
    const rules = [...text.matchAll(/^verdict contains/gm)].length;
    assert.is(controls.filter((control) => control.file === file).length, rules, file);
    assert.ok(rules > 0, file);
  }
});

packs('every control says what it is, in both languages, and for which duty', () => {
  const duties = readDuties().map(({ id }) => id);
  for (const control of controls) {
    for (const key of ['title', 'title_zh', 'description', 'description_zh', 'remediation', 'remediation_zh'] as const) {
      assert.ok(typeof control[key] === 'string' && control[key].length > 0, `${control.id} has no ${key}`);
    }
    for (const key of ['title_zh', 'description_zh', 'remediation_zh'] as const) assert.match(control[key], /\p{Script=Han}/u, control.id);
    assert.is(control.unknown === undefined, control.unknown_zh === undefined, control.id);
    assert.is(control.unknown === undefined, control.on_unknown === undefined, control.id);
    assert.equal(missing(control.on_unknown === undefined ? [] : [control.on_unknown], ON_UNKNOWN), [], control.id);
    assert.is(typeof control.detected, 'boolean', control.id);
    assert.ok((EFFECTS as readonly string[]).includes(control.effect), control.id);
    assert.equal(missing(control.channels, [...CHANNEL_NAMES, 'all']), [], control.id);
  }
  assert.equal(missing(controls.map(({ duty }) => duty), duties), []);
  assert.equal(missing(duties, controls.map(({ duty }) => duty)), [], 'duties without a control');
  assert.equal(sorted(readTopics().map(({ id }) => id)), sorted(controls.map(({ topic }) => topic)));
});

packs('every control answers to a clause, and every clause to known controls', () => {
  assert.equal(missing(ids, clauses.flatMap((clause) => clause.controls)), [], 'controls without a clause');
  assert.equal(missing(clauses.flatMap((clause) => clause.controls), ids), [], 'clauses of unknown controls');
  assert.is(new Set(clauses.map(({ clause }) => clause)).size, clauses.length);
  for (const { clause, verified, title_zh } of clauses) {
    assert.is(typeof verified, 'boolean', clause);
    assert.match(title_zh, /\p{Script=Han}/u, clause);
  }
});

packs('a control that is cited for some elements only has a clause for the others', () => {
  const general = clauses.filter(({ elements }) => elements === undefined).flatMap((clause) => clause.controls);
  assert.equal(missing(ids, general), ['storage.issuer'].filter((id) => !general.includes(id)));
});

packs('elements, categories and parameters are ones that exist', () => {
  const catalog = loadShipped();
  const elements = catalog.elements.map(({ id }) => id);
  const lists = [params['elements']?.['numbers'], params['elements']?.['sensitive_authentication'], params['elements']?.['separate_consent'],
    params['processing']?.['log_low'], params['storage']?.['tokens'], params['storage']?.['verifiers'], params['access']?.['issued']] as (readonly string[])[];
  assert.equal(missing(lists.flat(), elements), []);
  assert.equal(missing(clauses.flatMap((clause) => clause.elements ?? []), elements), []);
  const { marketing = [], models = [] } = params['use'] as { marketing?: readonly string[]; models?: readonly string[] };
  assert.equal(missing([...marketing, ...models], catalog.vendors.map(({ category }) => category)), []);
  // How long a waiver lasts is for the host to read, not for a control.
  const keys = Object.entries(params).filter(([topic]) => topic !== 'waivers').flatMap(([topic, values]) => Object.keys(values).map((key) => `${topic}.${key}`));
  assert.equal(missing(controls.flatMap((control) => control.params), keys), []);
  const rego = regoFiles().filter((file) => !file.endsWith('_test.rego')).map((file) => readFileSync(file, 'utf8')).join('\n');
  const read = [...rego.matchAll(/data\.params\.(\w+\.\w+)/g)].map(([, key = '']) => key);
  assert.equal(missing(keys, read), [], 'parameters that nothing reads');
  assert.equal(missing(read, keys), [], 'parameters without a default');
});

packs('parameters of the pack and of every profile fit their schema', () => {
  const schema = JSON.parse(readFileSync('policies/params.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  for (const [name, values] of [['params.yaml', params], ...profiles.map(({ id, params: own }) => [id, own] as const)] as const) {
    assert.ok(validate(values), `${name}: ${JSON.stringify(validate.errors)}`);
  }
  const wrong = [{ storage: { issuer: { enabled: true } } }, { storage: { issuer: { enabled: true, reason: 'short', elements: [] } } }, { log: {} }, { partners: { home: ['China'] } }];
  for (const values of wrong) assert.not.ok(validate(values), JSON.stringify(values));
});

packs('profiles name regulations, stages and effects that exist', () => {
  assert.equal(profiles.map(({ id }) => id), ['bank-baseline', 'observe-only', 'strict']);
  for (const { id, regulations: cited, enforcement } of profiles) {
    assert.equal(sorted(cited), sorted(regulations.map((regulation) => regulation.id)), id);
    assert.equal(Object.keys(enforcement), ['editor', 'ci', 'release'], id);
    for (const rules of Object.values(enforcement)) {
      assert.equal(missing(Object.keys(rules), [...EFFECTS, ...ids, '*']), [], id);
      assert.equal(missing(Object.values(rules), ['off', 'observe', 'advise', 'block']), [], id);
    }
  }
});

packs('who reports an incident follows a regulation', () => {
  const { report = {} } = params['incident'] as { report?: Readonly<Record<string, unknown>> };
  assert.equal(missing(Object.keys(report), regulations.map(({ id }) => id)), []);
});

packs('every control is expected by a test, with the effect it asks for', () => {
  const tests = regoFiles().filter((file) => file.endsWith('_test.rego')).map((file) => readFileSync(file, 'utf8')).join('\n');
  assert.equal(controls.filter(({ id, effect }) => !tests.includes(`"${id}": "${effect}"`) && !tests.includes(`["${id}"] == "${effect}"`)).map(({ id }) => id), []);
});

packs('obligations are of known kinds', () => {
  const kinds = regoFiles().flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/"kind": "(\w+)", "what"/g)].map(([, kind = '']) => kind));
  assert.ok(kinds.length > 0);
  assert.equal(missing(kinds, OBLIGATION_KINDS), []);
});

packs('the gravest grade is named by the incident plan alone', () => {
  const named = regoFiles().filter((file) => /critical/i.test(readFileSync(file, 'utf8')));
  assert.equal(named, ['policies/lib/incident.rego', 'policies/lib/incident_test.rego']);
});

packs('policies need nothing of the host', () => {
  const calls = /\b(?:sprintf|http\.|opa\.|time\.|rand\.|uuid\.|net\.|io\.|crypto\.|yaml\.|semver\.|regex\.(?:replace|split|find_n)|trace|print)\(/;
  for (const file of regoFiles()) assert.not.match(readFileSync(file, 'utf8'), calls, file);
});

packs.run();
