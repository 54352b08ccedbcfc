// The form of `fiduciary.yaml` as JSON Schema. schemas/config.schema.json is this same schema for editors; a test holds them equal.
import { CHANNELS } from '#model/channel';
import { ENFORCEMENT_LEVELS } from '#model/policy';
import { STAGES } from '#model/run';

const texts = (description: string): object => ({ type: 'array', items: { type: 'string', minLength: 1 }, description });
const text = (description: string): object => ({ type: 'string', minLength: 1, description });
const free = (description: string): object => ({ type: 'object', description });

/** Keys whose feature is still to come. They are accepted, so that one file serves several versions, and answered with a warning. */
export const KEYS_TO_COME: ReadonlySet<string> = new Set([
  'duties', 'purposes', 'entrypoints', 'reports',
]);

export const SUPPRESSION_MODES = ['reason', 'waiver'] as const;
export type SuppressionMode = (typeof SUPPRESSION_MODES)[number];

export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:fiduciary:schema:config',
  title: 'Fiduciary configuration',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'For editors; has no effect.' },
    include: texts('Globs of files to analyse, relative to this file. Default: everything.'),
    exclude: texts('Globs of files to leave out, relative to this file.'),
    extends: {
      anyOf: [{ type: 'string', minLength: 1 }, { type: 'array', items: { type: 'string', minLength: 1 } }],
      description: 'Configuration to build on: a file relative to this one, or a package that has a fiduciary.yaml.',
    },
    catalog: texts('Catalogue files or folders of the project (elements, sinks, protections, vendors), relative to this file.'),
    rules: {
      type: 'object',
      additionalProperties: false,
      description: 'The rules by name: on (the default) or off.',
      properties: Object.fromEntries(Object.values(CHANNELS).map(({ rule, title }) => [rule, { enum: ['on', 'off', true, false], description: title }])),
    },
    suppressions: {
      enum: [...SUPPRESSION_MODES],
      description: 'reason: an inline comment with a reason silences warnings and notes. waiver: comments silence nothing.',
    },
    policies: {
      type: 'object',
      additionalProperties: false,
      description: 'What findings are judged by.',
      properties: {
        profile: text('Shipped profile: bank-baseline (the default), strict, observe-only.'),
        packs: texts('Folders of own policies, relative to this file.'),
        regulations: texts('Regulations that are cited, in this order. Default: those of the profile.'),
        params: free('Parameters of policies by topic; policies/params.yaml has them all.'),
        enforcement: {
          type: 'object',
          additionalProperties: false,
          description: 'What happens at each stage, by control, effect or *: off, observe, advise, block.',
          properties: Object.fromEntries(STAGES.map((stage) => [stage, { type: 'object', additionalProperties: { enum: [...ENFORCEMENT_LEVELS] } }])),
        },
      },
    },
    register: text('The register of partners, purposes and standards, relative to this file.'),
    waivers: text('The folder of waivers, relative to this file.'),
    baseline: text('The baseline file, relative to this file. Only what is not in it makes a run fail.'),
    duties: free('Paths and the owner and role that answer for them.'),
    purposes: free('Purposes of collection and what belongs to them.'),
    entrypoints: texts('Files or symbols through which data enters.'),
    reports: free('Reports to write on every run, by format.'),
  },
} as const;
