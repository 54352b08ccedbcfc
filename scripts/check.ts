// The house rules as programs: `npm run check`, or `npm run check -- NAME…` for some of them. Exit code 1 on any problem.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { checkArchitecture } from './checks/architecture.ts';
import { checkPackage } from './checks/package.ts';
import type { Check, Problem } from './checks/problem.ts';
import { checkProhibited } from './checks/prohibited.ts';
import { listSources } from './checks/sources.ts';
import { checkHeads, checkLinks, checkWords } from './checks/texts.ts';
import { checkUnusedExports } from './checks/unused-exports.ts';

const LONG = 300;

/** What runs in a browser sees its globals; nothing else does. */
const PROJECTS = ['.', 'src/report/html/client', 'test/browser'];

const CHECKS: readonly Check[] = [
  { name: 'types', run: () => PROJECTS.flatMap((project) => runNode('tsc', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project])) },
  { name: 'architecture', run: checkArchitecture },
  { name: 'exports', run: checkUnusedExports },
  { name: 'calls', run: checkProhibited },
  { name: 'heads', run: checkHeads },
  { name: 'words', run: checkWords },
  { name: 'links', run: checkLinks },
  { name: 'generated', run: checkGenerated },
  { name: 'package', run: checkPackage },
];

const write = (text: string): void => void process.stdout.write(`${text}\n`);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) write(`unknown check ${unknown.join(', ')}; there are ${CHECKS.map(({ name }) => name).join(', ')}`);

let failed = unknown.length;
for (const check of CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const problems = check.run();
  write(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}`);
  for (const { where, what } of problems) write(`     ${where}  ${what}`);
  if (problems.length > 0) failed += 1;
}
reportSizes();
process.exitCode = failed > 0 ? 1 : 0;

/** Every scripts/generate-*.ts writes files that are checked in, and with --check only compares them. */
function checkGenerated(): readonly Problem[] {
  const generators = readdirSync('scripts').filter((name) => /^generate-.*\.(ts|mjs)$/.test(name));
  return generators.flatMap((name) => runNode(name, ['--conditions=source', '--import', 'tsx', `scripts/${name}`, '--check']));
}

function runNode(name: string, args: readonly string[]): readonly Problem[] {
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return run.status === 0 ? [] : [{ where: name, what: `${run.stdout}${run.stderr}`.trim() }];
}

/** Told, not judged: a table or one visitor may be long, anything else wants a seam. */
function reportSizes(): void {
  const long = listSources(...['src', 'test', 'bench', 'scripts'].filter((folder) => existsSync(folder)))
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONG);
  if (long.length > 0) write(`note files of more than ${LONG} lines`);
  for (const { file, lines } of long.sort((a, b) => b.lines - a.lines)) write(`     ${file}  ${lines}`);
}
