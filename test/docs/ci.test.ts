// The pages about pipelines and baselines hold to the code: each input is named, the workflow is one, the sample is a baseline.
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse as parseYaml } from 'yaml';
import { parseBaseline } from '#identify/baseline';
import { CHANGES } from '#model/change';

const docs = suite('docs/ci');

const read = (file: string): string => readFileSync(file, 'utf8');
const blocks = (page: string, language: string): readonly string[] => [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[] }>>;
}

const manifest = parseYaml(read('action.yml')) as { inputs: Record<string, unknown>; outputs: Record<string, unknown> };

docs('every input and output of the action is explained, and no other', () => {
  const page = read('docs/ci.md');
  const rows = page.split('\n').filter((line) => /^\| `/.test(line));
  const named = new Set(rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name)));
  for (const name of [...Object.keys(manifest.inputs), ...Object.keys(manifest.outputs)]) assert.ok(named.has(name), name);
  for (const name of named) assert.ok(name in manifest.inputs || name in manifest.outputs || name.startsWith('--'), name);
});

docs('workflows: no permission by default, the least per job, every action pinned by its commit, inputs that exist', () => {
  const samples = blocks(read('docs/ci.md'), 'yaml');
  const own = readdirSync('.github/workflows').map((file) => read(`.github/workflows/${file}`));
  assert.ok(samples.length > 0 && own.length > 0);
  for (const text of [...samples, ...own]) {
    const workflow = parseYaml(text) as Workflow;
    assert.equal(workflow.permissions, {});
    assert.not.match(text, 'pull_request_target:');
    for (const job of Object.values(workflow.jobs)) {
      assert.is(job.permissions['contents'], 'read');
      assert.equal(Object.keys(job.permissions).filter((name) => !['contents', 'security-events'].includes(name)), []);
      for (const { uses, with: inputs } of job.steps) {
        if (uses === undefined) continue;
        const ours = uses === './' || uses.startsWith('OWNER/');
        if (!ours) assert.match(uses, /@[0-9a-f]{40}$/);
        else for (const name of Object.keys(inputs ?? {})) assert.ok(name in manifest.inputs, name);
      }
    }
  }
  assert.ok(own.some((text) => text.includes('uses: ./')));
});

docs('the sample entry is one, and every change has its row', () => {
  const page = read('docs/baseline.md');
  const [entry = ''] = blocks(page, 'json');
  const [parsed] = parseBaseline('docs/baseline.md', `{ "version": "1.0", "tool": "0.1.0", "findings": [${entry}] }`);
  assert.is(parsed?.owner, 'team-login');
  for (const change of CHANGES) assert.match(page, `| \`${change}\` |`);
});

docs.run();
