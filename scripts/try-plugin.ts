// Installs the packed tarball into small projects, as a user would, with both versions of ESLint, and holds what ESLint reports to
// what a scan shows. Needs the package registry, so it is no part of `npm test`.
// Usage: node --conditions=source --import tsx scripts/try-plugin.ts [--keep] [NAME…]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.ts';
import { PROJECTS } from './try-plugin/projects.ts';

const VERSIONS = ['^9', '^10'] as const;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: 'boolean', default: false } } });
const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-plugin-'));
const [{ filename }] = JSON.parse(run(process.cwd(), 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', scratch)) as [{ filename: string }];
try {
  for (const [name, project] of Object.entries(PROJECTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const version of VERSIONS) tryOut(name, version, project.files, project.packages);
  }
} finally {
  if (values.keep) write(scratch);
  else rmSync(scratch, { recursive: true, force: true });
}

function tryOut(name: string, version: string, files: Readonly<Record<string, string>>, packages: readonly string[]): void {
  const folder = join(scratch, `${name}-${version.replace(/\D/g, '')}`);
  for (const [path, text] of Object.entries({ ...files, 'package.json': '{ "private": true, "type": "module" }\n', 'eslint.config.mjs': linesOfReadme(name) })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--silent', `eslint@${version}`, join(scratch, filename), ...packages);
  const installed = (JSON.parse(readFileSync(join(folder, 'node_modules/eslint/package.json'), 'utf8')) as { version: string }).version;
  const linted = reported(folder);
  const scanned = shown(folder);
  const same = linted.join('\n') === scanned.join('\n') && scanned.length > 0;
  write(`${same ? 'ok  ' : 'FAIL'} ${name}, ESLint ${installed}: ${scanned.length} findings`);
  if (same) return;
  process.exitCode = 1;
  for (const line of linted.filter((each) => !scanned.includes(each))) write(`     only ESLint  ${line}`);
  for (const line of scanned.filter((each) => !linted.includes(each))) write(`     only scan    ${line}`);
}

function linesOfReadme(name: string): string {
  const [, lines] = new RegExp(`<!-- eslint:${name} -->\\n\\n\`\`\`js\\n([^]*?)\`\`\``).exec(readFileSync('README.md', 'utf8')) ?? [];
  if (lines === undefined) throw new Error(`the README has no lines for ${name}`);
  return lines;
}

function reported(folder: string): readonly string[] {
  const output = run(folder, process.execPath, 'node_modules/eslint/bin/eslint.js', '--format', 'json', '.');
  const results = JSON.parse(output) as readonly { filePath: string; messages: readonly { ruleId: string | null; line: number; column: number; message: string }[] }[];
  return results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, column, message }) =>
    `${relative(folder, filePath)}:${line}:${column} ${ruleId?.replace(/^fiduciary\//, '') ?? message} ${/\(([0-9a-f]{16})\)$/.exec(message)?.[1] ?? message}`)).sort();
}

/** What a scan shows is what its report for code scanning holds. */
function shown(folder: string): readonly string[] {
  const output = run(folder, process.execPath, 'node_modules/fiduciary/dist/cli/bin.js', 'scan', '--format', 'sarif', '--fail-on', 'never');
  const { runs: [{ results }] } = JSON.parse(output) as { runs: [{ results: readonly SarifResult[] }] };
  return results.map(({ ruleId, locations: [{ physicalLocation: { artifactLocation, region } }], partialFingerprints }) =>
    `${decodeURIComponent(artifactLocation.uri)}:${region.startLine}:${region.startColumn} ${ruleId} ${partialFingerprints['fiduciary/v1']}`).sort();
}

interface SarifResult {
  readonly ruleId: string;
  readonly locations: [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number; readonly startColumn: number } } }];
  readonly partialFingerprints: { readonly 'fiduciary/v1': string };
}

function run(cwd: string, program: string, ...args: readonly string[]): string {
  const ended = spawnSync(program, args, { cwd: resolve(cwd), encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, CI: 'true' } });
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${ended.status ?? ended.signal ?? 'nothing'}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout;
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
