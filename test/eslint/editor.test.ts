// An editor as ESLint's interface sees it: buffers that are not saved, files that change meanwhile, one lint at a time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ESLint } from 'eslint';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLinter, VERSIONS } from './lint.ts';
import { withProgram } from './program.ts';

const SOURCE = `export interface Customer { id: string; email: string; mobile: string }
export function loadCustomer(id: string): Customer {
  return JSON.parse(read(id));
}
declare function read(id: string): string;
`;

const MASKED = `const mask = (text: string): string => text.slice(0, 2) + '***';
export interface Customer { id: string; email: string; mobile: string }
export function loadCustomer(id: string): Customer {
  const customer: Customer = JSON.parse(read(id));
  return { ...customer, email: mask(customer.email), mobile: mask(customer.mobile) };
}
declare function read(id: string): string;
`;

const QUIET = `import { loadCustomer } from './customers';
export function greet(id: string): void {
  const customer = loadCustomer(id);
  console.log(customer.id);
}
`;

const LEAK = QUIET.replace('customer.id', 'customer.mobile');

async function rulesAt(linter: ESLint, folder: string, file: string, text: string): Promise<readonly string[]> {
  const [result] = await linter.lintText(text, { filePath: join(folder, file) });
  return (result?.messages ?? []).map(({ ruleId, line, column, message }) => `${line}:${column} ${ruleId ?? message}`);
}

const FOUND = '4:3 fiduciary/no-customer-data-in-logs';

/** What tells a run of the command line from an editor, whose server lives on; pipelines set it, and these tests may run in one. */
function setCi(value: string | undefined): void {
  if (value === undefined) delete process.env['CI'];
  else process.env['CI'] = value;
}

for (const [version, eslint] of Object.entries(VERSIONS)) {
  const outside = process.env['CI'];
  const editor = suite(`editor, ${version}`);
  editor.before(() => setCi(undefined));
  editor.after(() => setCi(outside));

  editor('a leak typed into a buffer appears, with its source in another file, and goes when it is masked there', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/greet.ts': QUIET }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', QUIET), []);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
      writeFileSync(join(folder, 'src/customers.ts'), MASKED);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [], 'masked on the disk');
      writeFileSync(join(folder, 'src/customers.ts'), SOURCE);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND], 'no longer masked');
    }));

  editor('a buffer of the other file counts before it is saved', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/greet.ts': LEAK }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
      assert.equal(await rulesAt(linter, folder, 'src/customers.ts', MASKED), []);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [], 'masked in the buffer');
      writeFileSync(join(folder, 'src/customers.ts'), `${SOURCE}\n`);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND], 'the buffer was given up, and the file written by somebody else');
    }));

  editor('a file that is not on the disk yet', () =>
    withProgram({ 'src/customers.ts': SOURCE }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/new/greet.ts', LEAK.replace('./customers', '../customers')), [FOUND]);
    }));

  editor('a file that appears gives a caller to what was open', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/write.ts': 'export function write(text: string): void {\n  console.log(text);\n}\n' }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      const caller = "import { loadCustomer } from './customers';\nimport { write } from './write';\nexport const show = (id: string): void => write(loadCustomer(id).mobile);\n";
      assert.equal(await rulesAt(linter, folder, 'src/show.ts', caller), ['3:43 fiduciary/no-customer-data-in-logs']);
    }));

  editor('settings that change count at the next lint', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/greet.ts': LEAK }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
      writeFileSync(join(folder, 'fiduciary.yaml'), 'rules: { no-customer-data-in-logs: off }\n');
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), []);
      writeFileSync(join(folder, 'fiduciary.yaml'), 'rulez: {}\n');
      const [problem = '', ...others] = await rulesAt(linter, folder, 'src/greet.ts', LEAK);
      assert.equal(others, [], 'told once, not by each rule');
      assert.match(problem, /^1:1 /);
      writeFileSync(join(folder, 'fiduciary.yaml'), '');
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
    }));

  editor('a comment with a reason silences, and one without does not', () =>
    withProgram({ 'src/customers.ts': SOURCE }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      const commented = (comment: string): string => LEAK.replace('  console', `  // fiduciary-allow no-customer-data-in-logs${comment}\n  console`);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', commented(' -- shown to the customer')), []);
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', commented('')), [FOUND.replace('4', '5')]);
    }));

  editor('text without a name, and code that is no program, is left alone', () =>
    withProgram({ 'src/customers.ts': SOURCE }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      const [result] = await linter.lintText('console.log(user.password)', { warnIgnored: false });
      assert.equal(result?.messages ?? [], []);
      assert.equal(await rulesAt(linter, folder, 'src/broken.ts', 'const = ;'), ['1:6 Parsing error: Variable declaration expected.']);
    }));

  editor.run();

  const pipeline = suite(`single run, ${version}`);
  pipeline.before(() => setCi('true'));
  pipeline.after(() => setCi(outside));

  pipeline('what is written to the disk after the first answer does not count, what a buffer holds does', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/greet.ts': LEAK }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
      writeFileSync(join(folder, 'src/customers.ts'), MASKED);
      writeFileSync(join(folder, 'fiduciary.yaml'), 'rules: { no-customer-data-in-logs: off }\n');
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND], 'the state of the disk at the start');
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', QUIET), [], 'another text of the file at hand');
    }));

  pipeline('an analysis serves all files', () =>
    withProgram({ 'src/customers.ts': SOURCE, 'src/greet.ts': LEAK, 'src/wave.ts': LEAK }, async (folder) => {
      const linter = createLinter(folder, { eslint });
      assert.equal(await rulesAt(linter, folder, 'src/greet.ts', LEAK), [FOUND]);
      writeFileSync(join(folder, 'src/customers.ts'), MASKED);
      assert.equal(await rulesAt(linter, folder, 'src/wave.ts', LEAK), [FOUND], 'nothing was read again');
    }));

  pipeline.run();
}
