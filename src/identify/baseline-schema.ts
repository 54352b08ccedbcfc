// The form of a baseline file as JSON Schema. schemas/baseline.schema.json is this same schema for editors; a test holds them equal.
import { CHANNELS } from '#model/channel';

export const BASELINE_VERSION = '1.0';

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };
const path = { type: 'string', minLength: 1, description: 'Relative to the repository root, with forward slashes.' };

const source = {
  type: 'object',
  additionalProperties: false,
  required: ['file', 'symbol', 'name', 'elements'],
  properties: { file: path, symbol: { type: 'string' }, name: { type: 'string' }, elements: texts },
};

const entry = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'looseId', 'rule', 'file', 'symbol', 'callee', 'code', 'elements', 'sources'],
  properties: {
    id: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    looseId: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    rule: { enum: Object.values(CHANNELS).map((channel) => channel.rule) },
    file: path,
    symbol: { type: 'string', description: 'Path of the symbols that enclose the place.' },
    callee: { type: 'string' },
    code: { enum: ['production', 'development', 'test', 'story', 'mock', 'seed', 'example', 'script'] },
    elements: { ...texts, description: 'What leaks. More than listed here is a new finding.' },
    sources: { type: 'array', items: source, description: 'Where it comes from. More than listed here is a new finding.' },
    reason: { type: 'string', minLength: 1, description: 'Why it is still there. Written by people, kept on every rewriting.' },
    owner: { type: 'string', minLength: 1, description: 'Who will take it away.' },
    until: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Last day on which the entry counts.' },
  },
};

export const BASELINE_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:fiduciary:schema:baseline',
  title: 'Fiduciary baseline',
  description: 'Findings that a project knows and has not repaired yet. Written by "fiduciary baseline"; it only shrinks by itself.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'tool', 'findings'],
  properties: {
    version: { const: BASELINE_VERSION },
    tool: { type: 'string', description: 'Version that wrote the file.' },
    findings: { type: 'array', items: entry },
  },
} as const;
