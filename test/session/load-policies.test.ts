// What a run is judged by: the bundle of the build, profiles, parameters, registers, own folders; and every mistake with its place.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '#config/load-config';
import { defaultConfig } from '#config/valid-config';
import { createNodeHost } from '#host/node-host';
import { UserError } from '#model/errors';
import { loadRunCatalog } from '#session/load-catalog';
import { buildShipped, loadPolicies, type Policies, type PolicyRequest } from '#session/load-policies';

const host = createNodeHost();
const today = '2026-11-30';

const loading = suite<{ folder: string }>('session/load-policies');

loading.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'fiduciary-policies-'));
});
loading.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

const load = (folder: string, files: Readonly<Record<string, string>>, request: Partial<PolicyRequest> = {}): Policies => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const config = 'fiduciary.yaml' in files ? loadConfig(host, join(folder, 'fiduciary.yaml')).config : defaultConfig(folder);
  return loadPolicies(host, loadRunCatalog(host, config), config, { today, cacheDir: join(folder, 'cache'), ...request });
};

const failure = (act: () => unknown): UserError => {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const own = (body: string, id = 'ours.a'): string => `package fiduciary.custom.ours

# METADATA
# title: A
# custom:
#   id: ${id}
verdict contains v if {
	some f in input.findings
	${body}
	v := {"finding": f.id, "control": "${id}", "effect": "deny", "elements": []}
}
`;

loading('the build has compiled what policies/ holds', ({ folder }) => {
  const { wasm } = buildShipped(host);
  assert.ok(Buffer.from(wasm).equals(readFileSync('dist/policies/policy.wasm')), 'the same sources give the same bytes');
  const policies = load(folder, {});
  assert.is(policies.profile.id, 'bank-baseline');
  assert.ok(Buffer.from(policies.wasm).equals(Buffer.from(wasm)));
  assert.ok(policies.controls.size >= 70);
});

loading('a profile, regulations and parameters of the settings', ({ folder }) => {
  const policies = load(folder, { 'fiduciary.yaml': 'policies:\n  profile: strict\n  regulations: [gdpr]\n  params: { audit: { ratchet: false } }\n  enforcement: { ci: { log.secret: off } }\n' });
  assert.is(policies.profile.id, 'strict');
  assert.equal(policies.regulations.map(({ id }) => id), ['gdpr']);
  assert.equal(policies.data.params['audit'], { ratchet: false });
  assert.equal(policies.data.params['duties'], { approver: { 'third-party': 'compliance', other: 'data-protection-officer' }, require_owner: true });
  assert.is(policies.enforcement.ci['log.secret'], 'off');
  assert.is(policies.enforcement.ci['warn'], 'block', 'of the profile');
});

loading('what is named on the command line beats the settings', ({ folder }) => {
  const policies = load(folder, { 'fiduciary.yaml': 'policies: { profile: strict }\n' }, { named: ['observe-only', 'pci-dss'] });
  assert.equal([policies.profile.id, policies.profile.regulations], ['observe-only', ['pci-dss']]);
});

loading('own folders are compiled with the shipped policies, once', ({ folder }) => {
  const files = { 'mine/a.rego': own('f.channel == "log"') };
  const first = load(folder, files, { named: [join(folder, 'mine')] });
  assert.is(first.controls.get('ours.a')?.file, 'mine/a.rego');
  const mute = { ...host, runWasi: () => ({ code: 2, stdout: '', stderr: 'called again' }) };
  const config = defaultConfig(folder);
  const again = loadPolicies(mute, loadRunCatalog(mute, config), config, { today, cacheDir: join(folder, 'cache'), named: [join(folder, 'mine')] });
  assert.is(again.digest, first.digest);
});

const broken: readonly (readonly [string, string, RegExp, RegExp, number])[] = [
  ['a misspelt field', own('f.chanel == "log"'), /undefined ref: .*chanel/, /form of the input/, 9],
  ['a misspelt parameter', own('data.params.audit.rachet == true'), /undefined ref: data\.params\.audit\.rachet/, /form of the input/, 9],
  ['a function of the host', own('http.send({"url": "x", "method": "get"})'), /undefined function http\.send/, /only what WebAssembly has/, 9],
  ['a clock', own('time.now_ns() > 0'), /undefined function time\.now_ns/, /no clock/, 9],
  ['an id that is taken', own('f.channel == "log"', 'log.secret'), /Two controls have the id "log\.secret"/, /another id; the other stands in policies\/topics\/processing\/logs\.rego:\d+/, 7],
  ['no id', own('f.channel == "log"').replace(/# METADATA[^]*?ours\.a\n/, ''), /no METADATA with an id/, /# METADATA/, 3],
  ['an id of another form', own('f.channel == "log"', 'Ours'), /no id of a control/, /dot between/, 7],
  ['a syntax error', 'package fiduciary.custom.ours\n\nverdict contains v if {\n', /unexpected|no match|eof/i, /syntax/, 4],
  ['another package', own('f.channel == "log"').replace('package fiduciary.custom.ours', 'package ours'), /never evaluated/, /fiduciary\.custom\.NAME/, 7],
  ['nothing to say', 'package fiduciary.custom.ours\n\nlimit := 3\n', /say nothing about findings/, /verdict contains/, 0],
];

for (const [what, text, message, hint, line] of broken) {
  loading(`${what} is told with file and line`, ({ folder }) => {
    const error = failure(() => load(folder, { 'mine/a.rego': text }, { named: [join(folder, 'mine')] }));
    assert.match(error.message, message);
    assert.match(error.hint, hint);
    assert.is(error.place.file, join(folder, 'mine/a.rego'));
    if (line > 0) assert.is(error.place.line, line);
  });
}

loading('packs and folders that are not there, or hold nothing', ({ folder }) => {
  assert.match(failure(() => load(folder, {}, { named: ['strickt'] })).hint, /Did you mean "strict"/);
  mkdirSync(join(folder, 'empty'));
  assert.match(failure(() => load(folder, {}, { named: [join(folder, 'empty')] })).message, /holds no policy/);
});

const faults: readonly (readonly [string, Readonly<Record<string, string>>, RegExp, string, number])[] = [
  ['an unknown profile', { 'fiduciary.yaml': 'policies:\n  profile: bank\n' }, /no profile "bank"/, 'fiduciary.yaml', 2],
  ['an unknown regulation', { 'fiduciary.yaml': 'policies:\n  regulations:\n    - gdpr\n    - gdbr\n' }, /no regulation "gdbr"/, 'fiduciary.yaml', 4],
  ['a control that there is not', { 'fiduciary.yaml': 'policies:\n  enforcement:\n    ci:\n      log.secrets: off\n' }, /no control "log\.secrets"/, 'fiduciary.yaml', 4],
  ['a parameter of no policy', { 'fiduciary.yaml': 'policies:\n  params:\n    audits: {}\n' }, /parameters "audits"/, 'fiduciary.yaml', 3],
  ['a parameter of another form', { 'fiduciary.yaml': 'policies:\n  params:\n    audit: { ratchet: 3 }\n' }, /"audit\.ratchet" must be boolean/, 'fiduciary.yaml', 3],
  ['a vendor that the catalogue does not know', { 'fiduciary.yaml': 'register: r.yaml\n', 'r.yaml': 'vendors:\n  sentri: { owner: it, assessed: "2026-01-01", expires: "2027-01-01", country: US, classes: [C1], purpose: errors }\n' }, /vendor "sentri"/, 'r.yaml', 2],
  ['a date of another form', { 'fiduciary.yaml': 'register: r.yaml\n', 'r.yaml': 'vendors:\n  sentry:\n    owner: it\n    assessed: 01.01.2026\n    expires: "2027-01-01"\n    country: US\n    classes: [C1]\n    purpose: errors\n' }, /"vendors\.sentry\.assessed" does not have the form/, 'r.yaml', 4],
  ['a day that there is not', { 'fiduciary.yaml': 'register: r.yaml\n', 'r.yaml': 'purposes:\n  service:\n    title: Service\n    elements: []\n    reviewed: "2026-02-30"\n' }, /"purposes\.service\.reviewed" is a day that there is not/, 'r.yaml', 5],
  ['a misspelt parameter', { 'fiduciary.yaml': 'policies:\n  params:\n    audit:\n      rachet: true\n' }, /Unknown key "rachet"/, 'fiduciary.yaml', 4],
  ['an unknown key of the register', { 'fiduciary.yaml': 'register: r.yaml\n', 'r.yaml': 'vendor: {}\n' }, /Unknown key "vendor"/, 'r.yaml', 1],
  ['a register that is not there', { 'fiduciary.yaml': 'register: gone.yaml\n' }, /cannot be read/, 'gone.yaml', 0],
];

for (const [what, files, message, file, line] of faults) {
  loading(`${what} is told with file and line`, ({ folder }) => {
    const error = failure(() => load(folder, files));
    assert.match(error.message, message);
    assert.is(error.place.file, join(folder, file));
    if (line > 0) assert.is(error.place.line, line);
  });
}

const waiver = (changes: Readonly<Record<string, string>> = {}): string => {
  const lines = {
    id: 'W-1', finding: '"0123456789abcdef"', elements: '[email-address]', reason: 'Read by two people, deleted daily.', approver: '{ role: compliance }',
    approved: '"2026-11-01"', expires: '"2027-01-31"', ...changes,
  };
  return `waivers:\n  -\n${Object.entries(lines).map(([key, value]) => `    ${key}: ${value}\n`).join('')}`;
};

const badWaivers: readonly (readonly [string, Readonly<Record<string, string>>, RegExp, number])[] = [
  ['malformed', { finding: 'x' }, /"waivers\.0\.finding" does not have the form/, 4],
  ['with a reason of one word', { reason: 'no' }, /reason/, 6],
  ['over-long', { expires: '"2028-01-31"' }, /lasts 456 days; for C2 data 180 are the most/, 9],
  ['back-dated', { approved: '"2027-02-01"', expires: '"2027-01-01"' }, /still to come/, 8],
  ['ending before it began', { approved: '"2026-11-01"', expires: '"2026-10-01"' }, /ends before it was approved/, 9],
  ['on a day that there is not', { expires: '"2027-02-30"' }, /a day that there is not/, 9],
  ['for an element that there is not', { elements: '[email-adress]' }, /"email-adress" that the catalogue does not know/, 5],
  ['approved by somebody else', { approver: '{ role: developer }' }, /"developer", which may not/, 7],
];

for (const [what, changes, message, line] of badWaivers) {
  loading(`a waiver ${what} is told with file and line`, ({ folder }) => {
    const error = failure(() => load(folder, { 'fiduciary.yaml': 'waivers: waivers\n', 'waivers/a.yaml': waiver(changes) }));
    assert.match(error.message, message);
    assert.equal([error.place.file, error.place.line], [join(folder, 'waivers/a.yaml'), line]);
  });
}

loading('waivers that are written rightly, and none when they are to be ignored', ({ folder }) => {
  const files = { 'fiduciary.yaml': 'waivers: waivers\n', 'waivers/a.yaml': waiver() };
  assert.equal(load(folder, files).waivers.map(({ id }) => id), ['W-1']);
  assert.equal(load(folder, files, { ignoreWaivers: true }).waivers, []);
  assert.match(failure(() => load(folder, { ...files, 'waivers/b.yaml': waiver() })).message, /Two waivers have the id "W-1"/);
});

loading.run();
