// A finding as policies see it: every fact that they may read, nothing that they must not, and the form that the schema promises.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Finding, IdentifiedFinding, Protection, SourceFlow, Step } from '#model/finding';
import { type Location, toRepoPath } from '#model/location';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { policyFindings } from '#policy/input';
import { loadShipped } from '../catalog/rules.ts';
import { findingsOf } from './random-findings.ts';
import { createRandom } from './random.ts';

const catalog = loadShipped();
const toPolicyFinding = policyFindings(catalog);

const at = (file: string, line = 1): Location => ({ file: toRepoPath(file), line, column: 1, endLine: line, endColumn: 9 });
const step = (file: string): Step => ({ kind: 'assign', location: at(file), within: 'Payments.send', names: ['user', 'email'] });
const protection = (kind: Protection['kind'], worth: Protection['worth'], by = `${kind}Value`): Protection => ({ kind, worth, by, location: at('src/mask.ts') });
const way = (over: Partial<SourceFlow> = {}): SourceFlow => ({
  elements: ['email-address'], witness: 'schema', location: at('src/user.ts'), name: 'user.email', path: [step('src/user.ts'), step('src/log.ts')], protections: [], assumptions: [], confidence: 'high', ...over,
});
const finding = (over: Partial<IdentifiedFinding & Pick<Finding, 'change'>> = {}): IdentifiedFinding & Pick<Finding, 'change'> => ({
  kind: 'flow', id: '0123456789abcdef', looseId: 'fedcba9876543210', rule: 'no-customer-data-in-logs', channel: 'log', confidence: 'high', class: 'C2',
  elements: [{ element: 'email-address', class: 'C2', witness: 'schema', evidence: ['User', 'email'], confidence: 'high' }],
  sink: { location: at('src/log.ts', 7), inner: at('src/lib.ts', 3), callee: 'log', innerCallee: 'console.log', catalog: 'console', argument: 0 },
  sources: [way()], context: { symbol: 'Payments.send', code: 'production', side: 'server' }, ...over,
});

const input = suite('policy/input');

input('what a policy reads of a flow', () => {
  assert.equal(toPolicyFinding(finding()), {
    id: '0123456789abcdef', kind: 'flow', rule: 'no-customer-data-in-logs', channel: 'log', confidence: 'high', class: 'C2',
    elements: [{ element: 'email-address', class: 'C2', witness: 'schema', confidence: 'high', nature: 'personal', evidence: 'User.email' }],
    protected: false, protections: [], assumptions: [], sink: { catalog: 'console', callee: 'log' }, steps: 2, sources: 1, crossings: 1, volume: 'unknown',
    file: 'src/log.ts', context: { symbol: 'Payments.send', code: 'production', side: 'server', dormant: false },
  });
});

input('facts that are not known are left out', () => {
  const { class: _, ...bare } = finding({ elements: [], sources: [], kind: 'site' });
  const seen = toPolicyFinding(bare);
  for (const key of ['class', 'change', 'expected', 'evidence']) assert.not.ok(key in seen, key);
  assert.equal([seen.steps, seen.sources, seen.crossings, seen.protected], [0, 0, 0, false]);
  assert.is(toPolicyFinding(finding({ change: 'reached' })).change, 'reached');
});

input('a vendor brings what the catalogue says of it', () => {
  const vendor = catalog.vendors.find(({ region }) => region !== undefined);
  if (vendor === undefined) throw new Error('the catalogue has no vendor with a region');
  const sink = { ...finding().sink, vendor: vendor.id, destination: 'https://a.example', transport: 'plaintext' as const };
  assert.equal(toPolicyFinding(finding({ sink })).sink, { catalog: 'console', callee: 'log', vendor: vendor.id, category: vendor.category, region: vendor.region, destination: 'https://a.example', transport: 'plaintext' });
  assert.equal(toPolicyFinding(finding({ sink: { ...sink, vendor: 'nobody-knows' } })).sink.category, undefined);
});

input('natures come from the catalogue; an element that it does not know is personal', () => {
  const natures = ['login-password', 'iban', 'imei', 'of-a-bank'].map((element) => toPolicyFinding(finding({ elements: [{ element, class: 'C2', witness: 'schema', evidence: [], confidence: 'high' }] })).elements[0]?.nature);
  assert.equal(natures, ['secret', 'financial', 'identifier', 'personal']);
});

input('protected is what is protected on every way, sufficiently', () => {
  const masked = way({ protections: [protection('mask', 'sufficient')] });
  assert.ok(toPolicyFinding(finding({ sources: [masked, masked] })).protected);
  assert.not.ok(toPolicyFinding(finding({ sources: [masked, way()] })).protected);
  assert.not.ok(toPolicyFinding(finding({ sources: [way({ protections: [protection('hash', 'weak')] })] })).protected);
  assert.not.ok(toPolicyFinding(finding({ sources: [] })).protected);
});

input('protections of all ways, each once, with whether their kind is on every way', () => {
  const encrypted = way({ protections: [protection('encrypt', 'weak', 'aes'), protection('mask', 'none')] });
  const otherwise = way({ protections: [protection('encrypt', 'weak', 'hsm')] });
  assert.equal(toPolicyFinding(finding({ sources: [encrypted, encrypted, otherwise] })).protections, [
    { kind: 'encrypt', by: 'aes', worth: 'weak', everywhere: true },
    { kind: 'mask', by: 'maskValue', worth: 'none', everywhere: false },
    { kind: 'encrypt', by: 'hsm', worth: 'weak', everywhere: true },
  ]);
});

input('assumptions of all ways, sorted; the longest way counts; borders of files are crossed', () => {
  const far = way({ path: ['a', 'b', 'a', 'c'].map((name) => step(`src/${name}.ts`)), assumptions: ['unknown-call', 'callback'] });
  const seen = toPolicyFinding(finding({ sources: [way({ assumptions: ['callback'] }), far] }));
  assert.equal([seen.assumptions, seen.steps, seen.crossings, seen.sources], [['callback', 'unknown-call'], 4, 2, 2]);
});

input('no line, no text and no path of steps reaches a policy', () => {
  const text = JSON.stringify(toPolicyFinding(finding()));
  for (const hidden of ['"line"', '"path"', '"names"', '"looseId"', 'src/user.ts', 'src/lib.ts']) assert.not.ok(text.includes(hidden), hidden);
});

input('whatever a scan finds has the form of the schema, which stands in schemas/ too', () => {
  assert.equal(JSON.parse(readFileSync('schemas/policy-input.schema.json', 'utf8')), JSON.parse(JSON.stringify(POLICY_INPUT_SCHEMA)));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(POLICY_INPUT_SCHEMA);
  const random = createRandom(7);
  const make = findingsOf(catalog);
  for (let index = 0; index < 300; index += 1) {
    const made = make(random);
    const document = { run: { date: '2026-11-30', stage: 'ci' }, findings: [{ ...toPolicyFinding(made.finding), ...made.untold }] };
    assert.ok(validate(document), `${JSON.stringify(validate.errors)} ${JSON.stringify(document)}`);
  }
});

input.run();
