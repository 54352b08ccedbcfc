// Writes schemas/ from the schemas in the code, for editors; tests hold them equal.
import { writeFileSync } from 'node:fs';
import { CATALOG_SCHEMA } from '#catalog/schema';
import { CONFIG_SCHEMA } from '#config/schema';
import { BASELINE_SCHEMA } from '#identify/baseline-schema';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { REGISTER_SCHEMA } from '#policy/register';
import { WAIVERS_SCHEMA } from '#policy/waivers';

const SCHEMAS = { catalog: CATALOG_SCHEMA, config: CONFIG_SCHEMA, baseline: BASELINE_SCHEMA, 'policy-input': POLICY_INPUT_SCHEMA, register: REGISTER_SCHEMA, waivers: WAIVERS_SCHEMA };

for (const [name, schema] of Object.entries(SCHEMAS)) writeFileSync(`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`);
