// `fiduciary init`: what it sees is there, what it writes is valid and works, and nobody loses a file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse as parseYaml } from 'yaml';
import { loadConfig } from '#config/load-config';
import type { Host } from '#host/host';
import { createNodeHost } from '#host/node-host';
import { settingsText } from '#init/settings-text';
import { toRepoPath } from '#model/location';
import type { Sightings } from '#model/sightings';
import { survey } from '#session/survey';
import { main } from '../../src/cli/main.ts';
import { run, withFolder } from '../cli/spawn.ts';
import { withRepository } from '../repository.ts';

const init = suite('init');

const BANK: Readonly<Record<string, string>> = {
  '.git/HEAD': '',
  'package.json': '{ "name": "bank", "workspaces": ["packages/*"], "devDependencies": { "eslint": "10.0.0" } }',
  'package-lock.json': '{}',
  'eslint.config.js': 'export default [];\n',
  '.github/workflows/test.yml': 'name: test\n',
  'packages/web/package.json': '{ "name": "@bank/web" }',
  'packages/core/package.json': '{ "name": "@bank/core" }',
  'prisma/schema.prisma': 'model Customer {\n  id String @id\n  email String\n}\n',
  'packages/core/log.ts': "import pino from 'pino';\nimport type { Logger } from 'winston';\nexport const log = pino();\nexport type L = Logger;\n",
  'packages/core/mask.ts': "export function maskCard(pan: string): string {\n  return '************' + pan.slice(-4);\n}\nexport function redactNote(note: string): string {\n  return note;\n}\n",
  'packages/core/pay.ts': "import axios from 'axios';\nimport * as Sentry from '@sentry/node';\nimport { log } from './log';\nimport { maskCard } from './mask';\ninterface Card { cardNumber: string; email: string }\nexport async function pay(card: Card): Promise<void> {\n  log.info(maskCard(card.cardNumber));\n  console.log(card.email);\n  Sentry.captureMessage('paid');\n  await axios.post('https://pay.bank.example/v1', card);\n}\n",
  'packages/web/store.ts': "// wx.request is only spoken of here\nconst format = 'dd.MM.yyyy';\nexport function keep(analytics: { track(x: string): void }): void {\n  localStorage.setItem('format', format);\n  analytics.track('kept');\n}\n",
  'packages/web/page.ts': "import { Context } from 'vm';\nimport { HttpClient } from '@angular/common/http';\nexport const load = (http: HttpClient, context: Context): unknown => [context, http.get('/cards')];\nexport const sanitizeHtml = (html: string): string => html.replace(/<[^>]*>/g, '');\n",
  'packages/web/store.test.ts': "import nock from 'nock';\nimport winston from 'winston';\nwinston.info(String(nock));\n",
};

const names = (seen: Sightings, role: string): readonly string[] => seen.libraries.filter((library) => library.role === role).map(({ name }) => name);

init('what production code uses is seen, and nothing that only looks like it', () => withFolder(BANK, (folder) => {
  const seen = survey(createNodeHost(), folder, () => undefined);
  assert.equal(names(seen, 'logger'), ['console', 'pino']);
  assert.equal(names(seen, 'client'), ['HttpClient of @angular/common', 'axios']);
  assert.equal(names(seen, 'vendor'), ['@sentry/node']);
  assert.equal(names(seen, 'storage'), ['localStorage']);
  assert.equal(seen.packages.map(({ name }) => name), ['@bank/core', '@bank/web']);
  assert.equal([...seen.schemas], ['prisma/schema.prisma']);
  assert.equal(seen.protectors.map(({ name, file, does }) => [name, file, does?.kind]), [['maskCard', 'packages/core/mask.ts', 'mask'], ['redactNote', 'packages/core/mask.ts', undefined]]);
  assert.equal({ ...seen.otherCode }, { script: 1, test: 1 });
}));

init('--yes writes settings, ESLint snippet and workflow; a scan with them runs', () => withFolder(BANK, (folder) => {
  const ended = run(folder, 'init', '--yes');
  assert.equal([ended.code, ended.stderr], [0, '']);
  assert.match(ended.stdout, /loggers +console in 1 file, pino in 1 file/);
  assert.match(ended.stdout, /third parties +@sentry\/node \(Sentry, error monitoring\) in 1 file/);
  assert.match(ended.stdout, /protections +maskCard \(mask\) packages\/core\/mask\.ts:\d/);
  assert.match(ended.stdout, /pipelines +GitHub Actions/);
  assert.match(ended.stdout, '+ fiduciary.yaml (settings)');
  assert.match(ended.stdout, "in eslint.config.js: import fiduciary from './fiduciary.eslint.mjs'");
  assert.match(ended.stdout, 'npm install --save-dev fiduciary');
  const loaded = loadConfig(createNodeHost(), join(folder, 'fiduciary.yaml'));
  assert.equal([loaded.warnings, [...loaded.config.exclude]], [[], []]);
  const text = readFileSync(join(folder, 'fiduciary.yaml'), 'utf8');
  assert.match(text, 'loggers: console, pino');
  assert.match(text, 'redactNote  packages/core/mask.ts:4');
  const scanned = run(folder, 'scan', '--fail-on', 'never');
  assert.equal([scanned.code, scanned.stderr], [0, '']);
  assert.match(readFileSync(join(folder, 'fiduciary.eslint.mjs'), 'utf8'), "from 'fiduciary/eslint'");
  const again = run(folder, 'init', '--yes');
  assert.match(again.stdout, '= fiduciary.yaml is up to date');
}));

init('the step that is left to do fits the form of the configuration', () => {
  const step = (file: string): string => withFolder({ 'a.js': 'export const a = 1;\n', '.git/HEAD': '', [file]: '' }, (folder) => run(folder, 'init', '--yes').stdout);
  assert.match(step('eslint.config.ts'), "in eslint.config.ts: import fiduciary from './fiduciary.eslint.mjs' and add");
  assert.match(step('eslint.config.cjs'), "in eslint.config.cjs: const { default: fiduciary } = require('./fiduciary.eslint.mjs') and add");
  assert.match(step('.eslintrc.json'), '.eslintrc.json is the old form');
});

init('the workflow is one, with the least permissions, pinned actions, and an installation that fits', () => {
  const locks: readonly (readonly [files: Readonly<Record<string, string>>, command: RegExp])[] = [
    [{ 'package-lock.json': '{}' }, /^npm ci --ignore-scripts$/],
    [{ 'package-lock.json': '', 'pnpm-lock.yaml': '' }, /^pnpm install --frozen-lockfile/],
    [{ 'package-lock.json': '', 'yarn.lock': '' }, /^yarn install/],
  ];
  for (const [files, command] of locks) {
    withFolder({ ...BANK, ...files, 'package.json': '{ "devDependencies": { "fiduciary": "0.1.0" } }' }, (folder) => {
      assert.is(run(folder, 'init', '--yes').code, 0);
      const workflow = parseYaml(readFileSync(join(folder, '.github/workflows/fiduciary.yml'), 'utf8')) as {
        permissions: object; jobs: { scan: { permissions: object; steps: { uses?: string; run?: string; with?: object }[] } };
      };
      assert.equal(workflow.permissions, {});
      assert.equal(workflow.jobs.scan.permissions, { contents: 'read', 'security-events': 'write' });
      const { steps } = workflow.jobs.scan;
      assert.ok(steps.some((step) => command.test(step.run ?? '')), String(command));
      for (const { uses } of steps) if (uses !== undefined && !uses.startsWith('./')) assert.match(uses, /@[0-9a-f]{40}$/);
      assert.ok(steps.some(({ uses }) => uses === './node_modules/fiduciary'));
    });
  }
});

init('a file that is there already is kept, unless it is asked for', () => withFolder({ ...BANK, 'fiduciary.yaml': 'exclude: [legacy]\n' }, (folder) => {
  const kept = run(folder, 'init', '--yes');
  assert.match(kept.stdout, 'fiduciary.yaml is kept as it is (--overwrite replaces it)');
  assert.is(readFileSync(join(folder, 'fiduciary.yaml'), 'utf8'), 'exclude: [legacy]\n');
  run(folder, 'init', '--yes', '--overwrite');
  assert.match(readFileSync(join(folder, 'fiduciary.yaml'), 'utf8'), 'suppressions: reason');
}));

init('without a terminal and without --yes nothing is written, and that is said', () => withFolder(BANK, (folder) => {
  const ended = run(folder, 'init');
  assert.is(ended.code, 2);
  assert.match(ended.stderr, '--yes');
  assert.not.ok(existsSync(join(folder, 'fiduciary.yaml')));
  assert.is(run(folder, 'init', '--dry-run').code, 0);
  assert.not.ok(existsSync(join(folder, 'fiduciary.yaml')));
}));

/** Somebody at a terminal. */
function answering(folder: string, answers: string[]): Host & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...createNodeHost(), asked, cwd: () => folder, write: () => undefined, flush: () => Promise.resolve(),
    ask: (question) => Promise.resolve((asked.push(question), answers.shift())),
  };
}

init('asked file by file: yes is the default for a new one, no for one that is there', () => withRepository(async ({ folder, commit }) => {
  const { '.git/HEAD': _, ...files } = BANK;
  commit('Begin', { ...files, 'fiduciary.yaml': '# mine\n' });
  const host = answering(folder, ['', '', 'n']);
  assert.is(await main(host, ['init']), 0);
  assert.equal(host.asked, ['fiduciary.yaml is there already. Replace it? [y/N] ', 'Write fiduciary.eslint.mjs? [Y/n] ', 'Write .github/workflows/fiduciary.yml? [Y/n] ']);
  assert.is(readFileSync(join(folder, 'fiduciary.yaml'), 'utf8'), '# mine\n');
  assert.ok(existsSync(join(folder, 'fiduciary.eslint.mjs')));
  assert.not.ok(existsSync(join(folder, '.github/workflows/fiduciary.yml')));
  assert.is(await main(answering(folder, ['y', 'y', 'y']), ['init']), 0);
  assert.match(readFileSync(join(folder, 'fiduciary.yaml'), 'utf8'), 'suppressions: reason');
}));

init('names of the repository cannot leave the comments of the settings', () => {
  const name = 'x\nexclude: [src]\u2028evil: 1';
  const seen: Sightings = {
    files: 1, lines: 1, packages: [{ name, dir: name }], libraries: [{ name, role: 'logger', files: 1 }, { name: 'p', role: 'vendor', title: name, files: 1 }],
    protectors: [{ name, file: toRepoPath(name), line: 1 }], schemas: [toRepoPath(name)], otherCode: {}, effects: { deny: 1 }, dependencies: [],
  };
  assert.equal(parseYaml(settingsText(seen)), { exclude: [], suppressions: 'reason' });
});

init('no code, no folder: told', () => withFolder({ 'a.txt': '' }, (folder) => {
  assert.match(run(folder, 'init').stderr, 'No TypeScript, JavaScript or Vue file');
  assert.match(run(folder, 'init', 'gone').stderr, 'is no folder');
}));

init.run();
