// The developers' door: the findings of `fiduciary scan` in the editor and on ESLint's command line.
// Usage: import fiduciary from 'fiduciary/eslint'; export default [fiduciary.configs.recommended];
import type { ESLint } from 'eslint';
import { VERSION } from '#model/version';
import { createConfigs, type Configs } from './configs.ts';
import { RULES } from './rules.ts';

export interface FiduciaryPlugin extends ESLint.Plugin {
  readonly rules: typeof RULES;
  readonly configs: Configs;
}

// Configurations name the plugin that they belong to.
const base = { meta: { name: 'fiduciary', version: VERSION, namespace: 'fiduciary' }, rules: RULES } satisfies ESLint.Plugin;
const plugin: FiduciaryPlugin = Object.assign(base, { configs: createConfigs(base) });

export default plugin;
