// ESLint's own RuleTester under uvu: each case runs in a folder of its own, in which the small bank lies on the disk and the code
// of the case is a buffer that nobody has saved.
import { createRequire } from 'node:module';
import { RuleTester } from 'eslint';
import { suite } from 'uvu';
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
  for (const [version, Tester] of Object.entries(VERSIONS)) {
    const tests = suite(`${name}, ${version}`);
    for (const each of valid) tests(each.name, () => inBank(each, () => run(Tester, name, { valid: [toCase(each)], invalid: [] })));
    for (const each of invalid) tests(each.name, () => inBank(each, () => run(Tester, name, { valid: [], invalid: [{ ...toCase(each), errors: [...each.errors] }] })));
    tests.run();
  }
}

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
