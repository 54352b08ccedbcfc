// The launcher: which Fiduciary it chooses, and that it works from a bare checkout, without a build step of whoever uses it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse as parseYaml } from 'yaml';
import { withFolder } from '../cli/spawn.ts';
import { runJob } from './runner.ts';

const launching = suite('action/launch');

const project = { 'src/a.ts': 'interface User { id: string; password: string }\nexport function a(user: User): void {\n  console.log(user.password);\n}\n', '.git/HEAD': '' };
const LAUNCHER = resolve('src/action/launch.mjs');
/** Stands for an installed Fiduciary: says that it ran, and where. */
const STUB = 'process.stdout.write(`installed in ${process.cwd()}\\n`);\n';

launching('the one that the repository has installed comes first, from the nearest folder', () => withFolder({
  ...project, 'node_modules/fiduciary/dist/action/bin.js': STUB, 'app/a.ts': '', 'node_modules/fiduciary/package.json': '{ "type": "module" }',
}, (workspace) => {
  const end = runJob({ workspace, node: [LAUNCHER], inputs: { 'working-directory': 'app' } });
  assert.equal([end.code, end.stderr], [0, '']);
  assert.match(end.stdout, /^installed in .*app\n$/);
  assert.match(runJob({ workspace, node: [LAUNCHER], inputs: { tool: 'repository' } }).stdout, 'installed in');
}));

launching('one that lies outside of the workspace is none of the repository', () => withFolder({
  'node_modules/fiduciary/dist/action/bin.js': STUB, 'work/a.ts': '',
}, (folder) => {
  const end = runJob({ workspace: join(folder, 'work'), node: [LAUNCHER], inputs: { tool: 'repository' } });
  assert.is(end.code, 2);
  assert.match(end.commands[0]?.text ?? '', 'no fiduciary installed');
}));

launching('wrong inputs end with an error, and with the outputs a workflow reads', () => withFolder(project, (workspace) => {
  for (const [inputs, text] of [[{ tool: 'mine' }, 'auto, repository or action'], [{ 'working-directory': 'gone%0A::x' }, 'does not exist'], [{ tool: 'repository' }, 'no fiduciary installed']] as const) {
    const end = runJob({ workspace, node: [LAUNCHER], inputs });
    assert.equal([end.code, end.outputs], [2, { conclusion: 'error', 'exit-code': '2' }]);
    assert.equal(end.commands.map((each) => each.name), ['error']);
    assert.match(end.commands[0]?.text ?? '', text);
  }
}));

launching('a bare checkout with its production dependencies builds itself and scans', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'fiduciary-checkout-'));
  try {
    for (const file of spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).stdout.split('\n')) {
      if (!/^(src|rules|policies|schemas|toolchain)\/|^(package\.json|tsconfig.*|action\.yml|scripts\/[^/]*)$/.test(file) || !existsSync(file)) continue;
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      cpSync(file, join(checkout, file));
    }
    // Neither tests nor development dependencies: what `npm ci --omit=dev` leaves.
    mkdirSync(join(checkout, 'node_modules'));
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }> };
    for (const [path, entry] of Object.entries(lock.packages)) {
      if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || entry.dev === true || entry.devOptional === true || !existsSync(path)) continue;
      mkdirSync(dirname(join(checkout, path)), { recursive: true });
      symlinkSync(resolve(path), join(checkout, path));
    }
    assert.not.ok(existsSync(join(checkout, 'node_modules/@types')));
    withFolder(project, (workspace) => {
      const end = runJob({ workspace, node: [join(checkout, 'src/action/launch.mjs')] });
      assert.equal([end.code, end.stderr, end.outputs['findings'], end.outputs['conclusion']], [1, '', '1', 'failure']);
      // The second run finds the build of the first.
      assert.not.match(runJob({ workspace, node: [join(checkout, 'src/action/launch.mjs')] }).stdout, 'Building');
    });
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description?: string; readonly default?: unknown }>>;
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

launching('action.yml names what the code reads and writes, and gives no input a default', () => {
  const manifest = parseYaml(readFileSync('action.yml', 'utf8')) as Manifest;
  const code = ['launch.mjs', 'inputs.ts', 'run-action.ts'].map((file) => readFileSync(`src/action/${file}`, 'utf8')).join('\n');
  for (const [name, input] of Object.entries(manifest.inputs)) {
    assert.ok(code.includes(`'${name}'`) || code.includes(`INPUT_${name.toUpperCase()}`), name);
    assert.is(input.default, undefined);
    assert.ok(input.description);
  }
  for (const name of Object.keys(manifest.outputs)) assert.ok(code.includes(`'${name}'`) || new RegExp(`\\b${name}:`).test(code) || code.includes(`conclusion:`), name);
  assert.is(manifest.runs.using, 'node24');
  assert.ok(existsSync(manifest.runs.main));
});

launching.run();
