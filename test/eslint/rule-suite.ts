// ESLint's own RuleTester under uvu: each case runs in a folder of its own, in which the small bank lies on the disk and the code
// of the case is a buffer that nobody has saved.
import { createRequire } from 'node:module';
import { RuleTester } from 'eslint';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fiduciary from '../../src/eslint/index.ts';
import { BANK } from './bank.ts';
import { PARSERS } from './lint.ts';
import { withProgram } from './program.ts';

type RuleName = keyof typeof fiduciary.rules;

export interface Valid {
  readonly name: string;
  readonly code: string;
  /** By default `src/case.ts`. */
  readonly filename?: string;
  readonly options?: readonly object[];
  readonly settings?: object;
  /** Further files of the program. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Invalid extends Valid {
  readonly errors: readonly RuleTester.TestCaseError[];
}

/** A finding by its effect and its place: `4:3-4:30`. */
export function at(effect: string, place: string, suggestions?: RuleTester.SuggestionOutput[]): RuleTester.TestCaseError {
  const [line, column, endLine, endColumn] = place.split(/[:-]/).map(Number);
  return { messageId: effect, line, column, endLine, endColumn, ...(suggestions === undefined ? {} : { suggestions }) } as RuleTester.TestCaseError;
}

const VERSIONS = { 'ESLint 10': RuleTester, 'ESLint 9': (createRequire(import.meta.url)('eslint9') as { readonly RuleTester: typeof RuleTester }).RuleTester };

export function testRule(name: RuleName, valid: readonly Valid[], invalid: readonly Invalid[]): void {
  const examined = suite(`${name}, cases`);
  examined('ten that are quiet and ten that are reported at least, none of which is another one with other names', () => {
    for (const cases of [valid, invalid]) {
      assert.ok(cases.length >= LEAST_CASES, `only ${cases.length}`);
      const byShape = new Map<string, string>();
      for (const each of cases) {
        const shape = shapeOf(each);
        assert.is(byShape.get(shape), undefined, `"${each.name}" is "${byShape.get(shape)}" again`);
        byShape.set(shape, each.name);
      }
    }
  });
  examined.run();
  for (const [version, Tester] of Object.entries(VERSIONS)) {
    const tests = suite(`${name}, ${version}`);
    for (const each of valid) tests(each.name, () => inBank(each, () => run(Tester, name, { valid: [toCase(each)], invalid: [] })));
    for (const each of invalid) tests(each.name, () => inBank(each, () => run(Tester, name, { valid: [], invalid: [{ ...toCase(each), errors: [...each.errors] }] })));
    tests.run();
  }
}

const LEAST_CASES = 10;

/** A case without its names: words of the language stay, any other becomes the place at which it came first. */
function shapeOf({ name: _, code, errors: _errors, ...around }: Valid & { readonly errors?: unknown }): string {
  const names = new Map<string, string>();
  const placeOf = (word: string): string => {
    const known = names.get(word) ?? `#${names.size}`;
    names.set(word, known);
    return known;
  };
  return `${JSON.stringify(around)}\n${code.replace(/\s+/g, ' ').replace(/[\p{L}_$][\p{L}\p{N}_$]*/gu, (word) => (WORDS.has(word) ? word : placeOf(word)))}`;
}

const WORDS = new Set('async await break case catch class const constructor default delete do else export extends false finally for from function get if implements import in instanceof interface let new null of private readonly return set static string super switch this throw true try type typeof undefined var void while yield'.split(' '));

function run(Tester: typeof RuleTester, name: RuleName, cases: Parameters<RuleTester['run']>[2]): void {
  Tester.describe = (_: string, define: () => void): void => define();
  Tester.it = (_: string, test: () => void): void => test();
  new Tester().run(name, fiduciary.rules[name], cases);
}

/** The working directory of a RuleTester is that of the process when it was made. */
function inBank({ files = {} }: Valid, test: () => void): Promise<void> {
  return withProgram({ ...BANK, ...files }, (folder) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      test();
    } finally {
      process.chdir(before);
    }
    return Promise.resolve();
  });
}

function toCase({ name, code, filename = 'src/case.ts', options = [], settings = {} }: Valid): RuleTester.ValidTestCase {
  const extension = filename.slice(filename.lastIndexOf('.') + 1);
  const parsing = PARSERS.find(({ files = [] }) => files.some((glob) => new RegExp(`[{.,]${extension}(?![a-z])`).test(String(glob))));
  return { name, code, filename, options: [...options], languageOptions: parsing?.languageOptions ?? {}, settings: { fiduciary: { cache: false, ...settings } } };
}
