// The form of what policies read, as JSON Schema: `input`, and the documents under `data`. The strict check of Rego is typed
// with it, so that a misspelt field is an error. schemas/policy-input.schema.json is the first for editors; a test holds them equal.
import { CHANGES } from '#model/change';
import { CHANNELS, CHANNEL_NAMES } from '#model/channel';
import { CONFIDENCES, PROTECTION_KINDS, WITNESSES } from '#model/element';
import { ASSUMPTIONS } from '#model/finding';
import { STAGES } from '#model/run';
import { REGISTER_SCHEMA } from './register.ts';

const text = { type: 'string' };
const word = (words: readonly string[]): object => ({ type: 'string', enum: [...words] });
const list = (items: object): object => ({ type: 'array', items });
const closed = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}): object =>
  ({ type: 'object', additionalProperties: false, required: Object.keys(required), properties: { ...required, ...optional } });

const claim = closed({
  element: { ...text, description: 'Id of a data element.' },
  class: word(['C1', 'C2', 'C3']),
  nature: word(['secret', 'personal', 'financial', 'identifier']),
  witness: word(WITNESSES),
  confidence: word(CONFIDENCES),
  evidence: { ...text, description: 'Names of code, such as User.email.' },
});

const finding = closed({
  id: { ...text, description: 'The id that reports show.' },
  kind: word(['flow', 'site', 'absence']),
  rule: word(Object.values(CHANNELS).map(({ rule }) => rule)),
  channel: word(CHANNEL_NAMES),
  confidence: word(CONFIDENCES),
  elements: list(claim),
  protected: { type: 'boolean', description: 'A protection that suffices was met on every way.' },
  protections: list(closed({ kind: word(PROTECTION_KINDS), by: { ...text, description: 'Id of the catalogue, or the function of the project.' }, worth: word(['sufficient', 'weak', 'none']), everywhere: { type: 'boolean', description: 'One of this kind was met on every way.' } })),
  assumptions: list(word(ASSUMPTIONS)),
  sink: closed({ catalog: { ...text, description: 'Id of a sink of the catalogue.' }, callee: { ...text, description: 'As written there, such as logger.info.' } }, {
    vendor: { ...text, description: 'Id of a vendor of the catalogue.' },
    category: { ...text, description: 'What the vendor does, such as analytics.' },
    region: { ...text, description: 'Where the vendor processes by default.' },
    destination: { ...text, description: 'Scheme and host of a constant URL, or a name of code.' },
    transport: word(['plaintext', 'unverified', 'encrypted']),
  }),
  steps: { type: 'integer', description: 'Way-points of the longest of its paths.' },
  sources: { type: 'integer', description: 'Places that the data comes from.' },
  crossings: { type: 'integer', description: 'Borders of files on the way.' },
  volume: { ...word(['single', 'bulk', 'unknown']), description: 'Data of one customer or of many.' },
  file: { ...text, description: 'Relative to the repository root.' },
  context: closed({
    symbol: { ...text, description: 'The function around it, such as UserService.register.' },
    code: word(['production', 'development', 'test', 'story', 'mock', 'seed', 'example', 'script']),
    side: word(['server', 'browser', 'unknown']),
    dormant: { type: 'boolean', description: 'Nothing at all refers to the code.' },
  }, { owner: { ...text, description: 'Who answers for the file.' } }),
}, {
  class: { ...word(['C1', 'C2', 'C3']), description: 'The highest of its elements.' },
  change: { ...word(CHANGES), description: 'When the run compares with a baseline or a base.' },
  expected: { ...text, description: 'Of an absence: the safeguard that should be there.' },
  evidence: { ...word(['no', 'unknown']), description: 'Of an absence: missing, or not seen.' },
});

export const POLICY_INPUT_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:fiduciary:schema:policy-input',
  title: 'Input of a Fiduciary policy',
  ...closed({
    run: closed({ date: { ...text, description: 'As 2026-11-27. The only clock of a policy.' }, stage: word(STAGES) }),
    findings: list(finding),
  }),
} as const;

const { $schema: _, ...registerKeys } = REGISTER_SCHEMA.properties;
/** The host fills in what a register leaves out. */
const REGISTER_DOCUMENT = { type: 'object', additionalProperties: false, properties: registerKeys };

/** The documents under `data` but `params`, whose form depends on the folders that are loaded. */
export const POLICY_DATA_SCHEMAS = {
  config: closed({ profile: text, regulations: list(text) }),
  register: REGISTER_DOCUMENT,
  waivers: {
    type: 'object',
    additionalProperties: closed({ id: text, approver: text, expires: text, elements: list(text) }),
  },
} as const;
