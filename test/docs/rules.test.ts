// The samples on the pages of the rules do what the page says of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fiduciary from '../../src/eslint/index.ts';
import { BANK } from '../eslint/bank.ts';
import { createLinter } from '../eslint/lint.ts';
import { withProgram } from '../eslint/program.ts';

const pages = suite('docs/rules');

for (const rule of Object.keys(fiduciary.rules)) {
  const page = readFileSync(`docs/rules/${rule}.md`, 'utf8');
  const samples = [...page.matchAll(/^```ts (reported|quiet)\n([^]*?)^```$/gm)].map(([, kind = '', code = '']) => ({ kind, code }));

  pages(rule, async () => {
    assert.equal(samples.map(({ kind }) => kind), ['reported', 'quiet']);
    for (const { kind, code } of samples) {
      await withProgram(BANK, async (folder) => {
        const [result] = await createLinter(folder).lintText(code, { filePath: join(folder, 'src/case.ts') });
        assert.equal(result?.messages.map(({ ruleId, message }) => ruleId ?? message), kind === 'reported' ? [`fiduciary/${rule}`] : [], kind);
      });
    }
  });

  pages(`${rule} is where its documentation says`, () => {
    const { url = '' } = fiduciary.rules[rule as keyof typeof fiduciary.rules].meta?.docs ?? {};
    assert.is(readFileSync(new URL(url), 'utf8'), page);
  });
}

pages.run();
