// The JSON report: golden, the same bytes whatever the order of keys, and the published schema, exact in both directions.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CHANNEL_NAMES, CHANNELS } from '#model/channel';
import { EFFECTS } from '#model/decision';
import { CONFIDENCES, PROTECTION_KINDS, WITNESSES } from '#model/element';
import { ASSUMPTIONS, STEP_KINDS } from '#model/finding';
import { GAP_KINDS } from '#model/gap';
import { CALL_TIERS, type Result } from '#model/result';
import { renderJson } from '#report/json';
import { matchesGolden } from './golden.ts';
import { SAMPLE } from './sample.ts';

const json = suite('report/json');
const schema = JSON.parse(readFileSync(new URL('../../schemas/result.schema.json', import.meta.url), 'utf8')) as {
  definitions: Record<string, { properties: Record<string, { enum?: unknown; items?: { enum?: unknown } }>; enum?: unknown; required?: unknown }>;
};
const validate = new Ajv({ allErrors: true }).compile(schema);

json('reads as reviewed and ends with a line break', () => matchesGolden('sample.json', renderJson(SAMPLE)));

json('does not depend on the order in which objects were built', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, reversed(member)]));
  };
  assert.is(renderJson(reversed(SAMPLE) as Result), renderJson(SAMPLE));
});

json('fits the published schema', () => {
  validate(JSON.parse(renderJson(SAMPLE)));
  assert.equal(validate.errors ?? [], []);
});

json('the schema refuses what the model does not have', () => {
  const [first] = SAMPLE.findings;
  assert.not.ok(validate({ ...SAMPLE, extra: 1 }));
  assert.not.ok(validate({ ...SAMPLE, findings: [{ ...first, severity: 'high' }] }));
  assert.not.ok(validate({ ...SAMPLE, findings: [{ ...first, looseId: undefined }] }));
  assert.not.ok(validate({ ...SAMPLE, gaps: [{ kind: 'unreadable', file: '/absolute/path.ts', detail: '' }] }));
});

json('the schema knows the words of the model', () => {
  const { finding, source, step, protection, decision, gap, counts, confidence, elementClaim } = schema.definitions;
  assert.equal(finding?.properties['channel']?.enum, CHANNEL_NAMES);
  assert.equal(finding?.properties['rule']?.enum, CHANNEL_NAMES.map((channel) => CHANNELS[channel].rule));
  assert.equal(step?.properties['kind']?.enum, [...STEP_KINDS]);
  assert.equal(source?.properties['assumptions']?.items?.enum, [...ASSUMPTIONS]);
  assert.equal(elementClaim?.properties['witness']?.enum, [...WITNESSES]);
  assert.equal(protection?.properties['kind']?.enum, [...PROTECTION_KINDS]);
  assert.equal(decision?.properties['effect']?.enum, [...EFFECTS]);
  assert.equal(gap?.properties['kind']?.enum, [...GAP_KINDS]);
  assert.equal(confidence?.enum, [...CONFIDENCES]);
  assert.equal((counts?.properties['callsByTier'] as { required?: unknown }).required, [...CALL_TIERS]);
});

json.run();
