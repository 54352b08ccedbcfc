// What the README and docs/policies say of the policies is what policies/ says.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readDenied } from '../../scripts/policies/read-denied.ts';
import { type Control, type Duty, readControls, readDuties } from '../../scripts/policies/read-policies.ts';
import { renderCoverage } from '../../scripts/policies/render-coverage.ts';

const docs = suite('docs/policies');

docs('the pages and the coverage table are the generated ones', () => {
  const run = spawnSync(process.execPath, ['--conditions=source', '--import', 'tsx', 'scripts/generate-policy-docs.ts', '--check'], { encoding: 'utf8' });
  assert.is(run.status, 0, `${run.stdout}${run.stderr}`);
});

docs('each duty stands in the README with its controls', () => {
  const table = renderCoverage(readDuties(), readControls(), readDenied());
  assert.ok(readFileSync('README.md', 'utf8').includes(table));
  for (const { title } of readDuties()) assert.ok(table.includes(`| ${title} |`), title);
});

docs('each program that shows a duty stands in its row, with the control that denies it', () => {
  const rows = renderCoverage(readDuties(), readControls(), readDenied()).split('\n');
  for (const [duty, control] of readDenied()) assert.ok(rows.some((row) => row.endsWith(`| [denied](fixtures/duties/${duty}/denied) by \`${control}\`, [allowed](fixtures/duties/${duty}/allowed) |`)), duty);
});

docs('what is not detected is never counted as covered', () => {
  const duty: Duty = { id: 'use', title: 'use', title_zh: '使用', shows: 'flows' };
  const control = (id: string, detected: boolean): Control => ({ ...(readControls()[0] as Control), id, duty: 'use', detected });
  const row = (controls: readonly Control[]): string | undefined => renderCoverage([duty], controls, new Map()).split('\n')[2];
  assert.is(row([control('a.x', true), control('b.y', false)]), '| use | flows | `a.x` ([page](docs/policies/use.md)) | `b.y` ([page](docs/policies/use.md)) |  |');
  assert.is(row(['a.1', 'a.2', 'a.3', 'a.4'].map((id) => control(id, false))), '| use | flows |  | `a.*` (4) ([page](docs/policies/use.md)) |  |');
});

docs.run();
