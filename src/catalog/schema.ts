// The form of a file in `rules/` and of a bank's overlay, as JSON Schema. schemas/catalog.schema.json is this same schema for
// editors (a test holds them equal), so that loading needs no file beside the catalogue itself.
import { CHANNEL_NAMES } from '#model/channel';
import { EFFECTS } from '#model/decision';
import { PROTECTION_KINDS } from '#model/element';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const id = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', description: 'Stable key: lower-case words joined by hyphens.' } as const;
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

const object = (required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

const channel = oneOf(CHANNEL_NAMES);
const dataClass = oneOf(['C3', 'C2', 'C1']);
const nature = oneOf(['secret', 'personal', 'financial', 'identifier']);
const strength = oneOf(['strong', 'weak', 'none']);
const protectionKind = oneOf(PROTECTION_KINDS);
const callees = described(texts, "Callees such as 'npm:winston.createLogger().{info,warn}'.");
const places = described(texts, 'Places of a call such as arg0.body.');
const position = { type: 'integer', minimum: 0 } as const;
const constants = { type: 'array', items: { type: ['string', 'number', 'boolean'] } } as const;
const values = object({ member: text, values: constants });

const names = object({}, {
  strong: described(texts, 'Unmistakable alone. Also listed in owned: medium alone, high with a fitting owner.'),
  owned: described(texts, 'Count with a fitting owner only. Also listed in weak: low alone, high with a fitting owner.'),
  weak: described(texts, 'Count alone, with low confidence.'),
  pinyin: described(texts, 'Initials and full pinyin; up to five letters they need other pinyin or Chinese names beside them.'),
  chinese: described(texts, 'Chinese spellings, matched as the end of a name.'),
  owners: described(texts, 'Entity ids whose members the owned names are.'),
  not: described(texts, 'Names that look like the element and are not.'),
});

/** One entry per list; a file may hold any of the lists. */
export const ENTRY_SCHEMAS = {
  elements: object({ id, title: object({ en: text, zh: text }), group: text, class: dataClass, nature, names }),
  entities: object({ id, names: described(texts, 'Ends of variable, parameter, type and table names.') }, {
    carries: described(texts, 'Element ids that such an object is taken to hold when its shape is visible nowhere.'),
    not: described(texts, "Names that only look like it; '* profile' refuses any unexplained word before profile."),
  }),
  words: object({ role: oneOf(['act', 'kind', 'qualifier', 'filler', 'soft', 'claim', 'short', 'wrapper', 'apart']), words: texts }, { kind: protectionKind, of: text }),
  sinks: object({ id, title: text, channel, callees, leaks: places }, { read: oneOf(['deep', 'text']), when: object({ place: text, names: texts }), vendor: text }),
  requests: object({ id, title: text, callees }, { url: places, query: places, payload: places, base: texts }),
  sites: object({ id, title: text, channel }, { callees, option: values, assigns: values }),
  protections: object({ id, kind: protectionKind, callees, strength }, { input: text, output: text }),
  fits: object({ kind: protectionKind, strength, channels: { anyOf: [{ const: 'all' }, { type: 'array', items: channel }] }, elements: { anyOf: [{ const: 'all' }, texts] }, sufficient: { type: 'boolean' } }, {
    kept: { type: 'integer', minimum: 1, description: 'Only of masks that are known to leave at most so many characters visible.' },
  }),
  models: object({ id }, {
    callees,
    flows: texts,
    cell: described(object({ kind: text }, { key: places, decorators: texts }), 'What the call writes or reads is shared by all calls with an equal key.'),
    composes: oneOf(['forward', 'backward']),
    methods: described(object({ at: text, given: position }, { state: position, called: text, named: text, parts: text }), 'Functions of a store that change its cell.'),
    neutral: { type: 'boolean' },
    omits: places,
    picks: places,
    source: oneOf(['external', 'store', 'input']),
    returns: object({ typeArgument: { type: 'integer', minimum: 0 } }, { member: text }),
  }),
  vendors: object({ id, title: text, category: text, region: text }, { packages: texts, globals: texts, hosts: texts }),
} as const satisfies Record<string, Schema>;

export type ListName = keyof typeof ENTRY_SCHEMAS;
export const LIST_NAMES = Object.keys(ENTRY_SCHEMAS) as readonly ListName[];

export const CATALOG_SCHEMA: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:fiduciary:schema:catalog',
  title: 'Fiduciary catalogue file',
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: Object.fromEntries(LIST_NAMES.map((list) => [list, { type: 'array', items: ENTRY_SCHEMAS[list] }])),
};
