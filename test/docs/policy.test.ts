// The pages about policies, waivers and registers, followed step by step: what they print is what the tool prints.
// UPDATE_GOLDEN=1 writes today's answers into them.
import { writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '#config/load-config';
import { createNodeHost } from '#host/node-host';
import { EFFECTS, INCIDENT_GRADES, OBLIGATION_KINDS } from '#model/decision';
import { ENFORCEMENT_LEVELS } from '#model/policy';
import { WAIVER_STATES } from '#model/waiver';
import { loadRunCatalog } from '#session/load-catalog';
import { loadPolicies } from '#session/load-policies';
import { withFolder } from '../cli/spawn.ts';
import { DAY, follow, readPage, readSteps, rewritten } from './walkthrough.ts';

const docs = suite('docs/policy');

for (const file of ['docs/policy.md', 'docs/waivers.md', 'docs/register.md']) {
  docs(`${file}: each command answers what the page says`, () => {
    const page = readPage(file);
    const answered = follow(readSteps(page));
    assert.ok(answered.length > 0);
    if (process.env['UPDATE_GOLDEN']) writeFileSync(file, rewritten(page, answered));
    else for (const { command, expected, actual } of answered) assert.is(actual, expected, `$ ${command}`);
  });
}

docs('docs/policy.md: settings that are shown in passing are settings', () => {
  const host = createNodeHost();
  const page = readPage('docs/policy.md');
  const policy = readSteps(page).find((step) => step.kind === 'file' && step.path === 'mine/balance.rego');
  const samples = [...page.matchAll(/^```yaml\n(# fiduciary\.yaml\n[^]*?)^```$/gm)].map(([, text = '']) => text);
  assert.is(samples.length, 2);
  for (const text of samples) {
    withFolder({ 'fiduciary.yaml': text, 'mine/balance.rego': policy?.kind === 'file' ? policy.text : '' }, (folder) => {
      const { config } = loadConfig(host, `${folder}/fiduciary.yaml`);
      const policies = loadPolicies(host, loadRunCatalog(host, config), config, { today: DAY });
      assert.ok(policies.controls.has('mine.balance'));
    });
  }
});

docs('README.md shows the first policy of docs/policy.md', () => {
  const policy = readSteps(readPage('docs/policy.md')).find((step) => step.kind === 'file' && step.path === 'mine/balance.rego');
  assert.ok(policy?.kind === 'file' && readPage('README.md').includes(`\`\`\`rego\n${policy.text}\`\`\``));
});

docs('docs/policy.md: its words are those of the code', () => {
  const page = readPage('docs/policy.md');
  for (const word of [...EFFECTS, ...OBLIGATION_KINDS, ...INCIDENT_GRADES, ...ENFORCEMENT_LEVELS]) assert.ok(page.includes(`\`${word}\``), word);
});

docs('docs/waivers.md: every state is explained', () => {
  const page = readPage('docs/waivers.md');
  for (const state of WAIVER_STATES) assert.match(page, new RegExp(`^\\| \`${state}\` \\|`, 'm'));
});

docs.run();
