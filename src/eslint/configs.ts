// Ready-made configurations. Warnings by default: what must stop a change is for the pipeline to say, where policies, baseline and
// waivers are weighed; `strict` is for projects that want the editor and the commit hook to be as hard.
import type { ESLint, Linter } from 'eslint';
import { RULES } from './rules.ts';

export type ConfigName = 'recommended' | 'strict' | 'flat/recommended' | 'flat/strict';
export type Configs = Readonly<Record<ConfigName, Linter.Config>>;

/** What a scan reads. Elsewhere, as in JSON or CSS, the rules would have nothing to look at. */
const FILES = ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx,vue}'];

export function createConfigs(plugin: ESLint.Plugin): Configs {
  const config = (name: string, entry: Linter.RuleEntry): Linter.Config => ({
    name: `fiduciary/${name}`,
    files: FILES,
    plugins: { fiduciary: plugin },
    rules: Object.fromEntries(Object.keys(RULES).map((rule) => [`fiduciary/${rule}`, entry])),
  });
  const recommended = config('recommended', 'warn');
  const strict = config('strict', ['error', { confidence: 'low' }]);
  return { recommended, strict, 'flat/recommended': recommended, 'flat/strict': strict };
}
