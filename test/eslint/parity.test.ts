// Two doors, one truth: what ESLint reports on the fixtures is what a scan shows, by id, rule, file, line and column.
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import { selectVisible } from '#report/visible';
import { scan } from '../../src/index.ts';
import { createLinter, idOf, inOrder, type Reported, VERSIONS } from './lint.ts';

const parity = suite<{ folder: string; expected: readonly Reported[] }>('parity');

parity.before((context) => {
  context.folder = realpathSync(mkdtempSync(join(tmpdir(), 'fiduciary-parity-')));
  cpSync('fixtures/bank', join(context.folder), { recursive: true });
  const { findings } = scan({ root: context.folder, host: createNodeHost() });
  const { shown } = selectVisible(findings, { confidence: 'medium', quiet: false });
  context.expected = inOrder(shown.map(({ id, rule, sink: { location: { file, line, column } } }) => ({ id, rule, file, line, column })));
});

parity.after(({ folder }) => rmSync(folder, { recursive: true, force: true }));

for (const [version, eslint] of Object.entries(VERSIONS)) {
  parity(`${version} reports what a scan shows`, async ({ folder, expected }) => {
    assert.ok(expected.length > 15, `only ${expected.length} findings`);
    const results = await createLinter(folder, { eslint }).lintFiles(['.']);
    const reported = results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, column, message }): Reported => (
      { id: idOf(message), rule: (ruleId ?? message).replace(/^fiduciary\//, ''), file: relative(folder, filePath), line, column }
    )));
    assert.equal(inOrder(reported), expected);
  });
}

parity.run();
