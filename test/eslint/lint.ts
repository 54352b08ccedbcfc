// Lints folders and buffers through ESLint's own interface, in both of its versions, as an editor or a command line would.
import { createRequire } from 'node:module';
import { ESLint, type Linter } from 'eslint';
import fiduciary from '../../src/eslint/index.ts';

const require = createRequire(import.meta.url);

/** The two versions have the same interface as far as it is used here. */
export const VERSIONS: Readonly<Record<string, typeof ESLint>> = {
  'ESLint 10': ESLint,
  'ESLint 9': (require('eslint9') as { readonly ESLint: typeof ESLint }).ESLint,
};

export type Parsing = 'espree' | 'typescript' | 'vue';

const typescriptParser = require('@typescript-eslint/parser') as Linter.Parser;
const vueParser = require('vue-eslint-parser') as Linter.Parser;

export const PARSERS: readonly Linter.Config[] = [
  { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser: typescriptParser, parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.{js,jsx,mjs}'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  { files: ['**/*.vue'], languageOptions: { parser: vueParser, parserOptions: { parser: typescriptParser } } },
];

export interface Options {
  readonly eslint?: typeof ESLint;
  readonly config?: Linter.Config;
  readonly settings?: object;
}

export function createLinter(folder: string, { eslint = ESLint, config = fiduciary.configs.recommended, settings = {} }: Options = {}): ESLint {
  const own = { settings: { fiduciary: { cache: false, ...settings } } };
  return new eslint({ cwd: folder, overrideConfigFile: true, overrideConfig: [...PARSERS, config, own] });
}

export interface Reported {
  readonly id: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export const idOf = (message: string): string => /[(（]([0-9a-f]{16})[)）]$/.exec(message)?.[1] ?? '';

/** In the order of ids, which no report depends on. */
export const inOrder = (reported: readonly Reported[]): readonly Reported[] =>
  [...reported].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column || (a.id < b.id ? -1 : 1)));
