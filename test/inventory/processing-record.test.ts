// The processing record counts what the Result holds, once for each element, channel and destination.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawRecord, worstEffect } from '#inventory/processing-record';
import { at, claim, finding, SAMPLE, sink, source } from '../report/sample.ts';

const record = suite('inventory/processing-record');

const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync('schemas/inventory.schema.json', 'utf8')) as object);

record('fits its schema', () => {
  validate(JSON.parse(JSON.stringify(drawRecord(SAMPLE))));
  assert.equal(validate.errors ?? [], []);
});

record('totals are those of the Result, also where nothing is known of the data', () => {
  const { totals, entries } = drawRecord(SAMPLE);
  assert.is(totals.findings, SAMPLE.findings.length);
  assert.is(totals.withoutElement, 1);
  assert.is(Object.values(totals.effects).reduce((a, b) => a + b), SAMPLE.findings.length);
  const seen = new Set(entries.flatMap((entry) => entry.places.map((place) => place.finding)));
  assert.is(seen.size, totals.findings - totals.withoutElement);
  for (const entry of entries) assert.is(Object.values(entry.effects).reduce((a, b) => a + b), entry.findings);
});

record('the highest class comes first', () => {
  assert.equal(drawRecord(SAMPLE).entries.map(({ class: level, element, channel }) => `${level} ${element} ${channel}`), [
    'C3 login-password log', 'C2 email-address log', 'C2 email-address third-party', 'C2 email-address storage', 'C2 email-address url',
    'C2 email-address error', 'C2 mobile-phone log',
  ]);
});

record('a vendor, a host and a kind of sink are different destinations', () => {
  const findings = [
    finding('third-party', 'deny', { id: 'a'.repeat(16), sink: sink(at('a.ts', 1), 'track', { vendor: 'segment', destination: 'https://api.segment.io' }) }),
    finding('third-party', 'deny', { id: 'b'.repeat(16), sink: sink(at('b.ts', 1), 'fetch', { destination: 'https://api.segment.io' }) }),
    finding('third-party', 'warn', { id: 'c'.repeat(16), sink: sink(at('c.ts', 1), 'send') }),
  ];
  assert.equal(drawRecord({ ...SAMPLE, findings }).entries.map((entry) => entry.destination), [
    { kind: 'host', name: 'https://api.segment.io' }, { kind: 'sink', name: 'console' }, { kind: 'vendor', name: 'segment' },
  ]);
});

record('origins and protections are those of the element, not of its neighbours', () => {
  const two = finding('log', 'deny', {
    id: 'a'.repeat(16), sink: sink(at('a.ts', 9), 'log'), elements: [claim('email-address'), claim('mobile-phone')],
    sources: [
      source('user.email', at('dto.ts', 1), [], { protections: [{ kind: 'mask', by: 'mask', location: at('a.ts', 2), worth: 'sufficient' }] }),
      source('user.phone', at('dto.ts', 2), [], { elements: ['mobile-phone'] }),
    ],
  });
  const [email, phone] = drawRecord({ ...SAMPLE, findings: [two] }).entries;
  assert.equal(email?.origins, [{ name: 'user.email', file: at('dto.ts', 1).file, line: 1 }]);
  assert.equal(email?.protections, [{ kind: 'mask', worth: 'sufficient', count: 1 }]);
  assert.equal(phone?.protections, []);
});

record('waivers, comments and duties are counted as decisions state them', () => {
  const place = sink(at('a.ts', 1), 'log');
  const decision = { effect: 'deny', blocking: false, controls: ['log.c3'], citations: [] } as const;
  const findings = [
    finding('log', 'deny', {
      id: 'a'.repeat(16), sink: place,
      decision: { ...decision, obligations: [{ kind: 'notify', what: 'regulator' }], waiver: { id: 'W-1', reason: 'moving', approver: 'risk', expires: '2027-01-31', state: 'active' } },
    }),
    finding('log', 'deny', { id: 'b'.repeat(16), sink: place, decision: { ...decision, obligations: [{ kind: 'notify', what: 'regulator' }] }, suppression: { reason: 'x', location: at('a.ts', 1) } }),
  ];
  const [entry] = drawRecord({ ...SAMPLE, findings }).entries;
  assert.is(entry?.waived, 1);
  assert.is(entry?.suppressed, 1);
  assert.equal(entry?.obligations, [{ kind: 'notify', what: 'regulator' }]);
});

record('the order of findings does not matter', () => {
  assert.is(JSON.stringify(drawRecord({ ...SAMPLE, findings: [...SAMPLE.findings].reverse() })), JSON.stringify(drawRecord(SAMPLE)));
});

record('the worst effect is the strongest that occurs', () => {
  assert.is(worstEffect({ allow: 3, note: 1, warn: 0, require_approval: 1, deny: 0 }), 'require_approval');
  assert.is(worstEffect({ allow: 0, note: 0, warn: 0, require_approval: 0, deny: 0 }), undefined);
});

record.run();
