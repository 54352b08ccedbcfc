// How long a lint takes while somebody types, as a ratio to parsing the file with the same text (see README.md). Works on a copy.
// Usage: node --conditions=source --import tsx bench/eslint.ts [--files N] [--seed N] FOLDER
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import ts from 'typescript';
import type { FiduciaryPlugin } from '../src/eslint/index.ts';
import { ensureBuilt } from '../scripts/ensure-built.ts';
import { analysedTexts, type AnalysedText } from './files.ts';
import { median, spread } from './measure.ts';

const { values, positionals: [folder] } = parseArgs({ allowPositionals: true, options: { files: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } } });
const LINES = { least: 250, most: 350 };

/** What stands at the new line after each pause of the typist: all of it is code that parses. */
const TYPED = [
  '', '// c', '// che', '// check this', '// check this\nconst n = 1;', '// check this\nconst note = 1;', '// check this\nconst note = 12;',
  '// check this\nconst note = [12];', '// check this\nconst note = [12, "a"];', '// check this\nconst note = [12, "a"];\nconsole.log(note);',
  '// check this\nconst note = [12, "a"];\nconsole.log(note, 3);', 'const note = [12, "a"];\nconsole.log(note, 3);',
];

/** Milliseconds, by the clock and of the processor. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

interface Lint {
  /** What our rules add to a lint of the same text without them. */
  readonly own: Spent;
  readonly without: number;
  readonly parse: number;
}

const broken = ensureBuilt();
if (broken !== undefined) throw new Error(broken);
if (folder === undefined) throw new Error('name a folder to measure');
// An editor's server, whatever the shell says.
delete process.env['CI'];
const { default: fiduciary } = (await import(pathToFileURL(resolve('dist/eslint/index.js')).href)) as { default: FiduciaryPlugin };
const scratch = mkdtempSync(join(tmpdir(), 'fiduciary-bench-'));
try {
  await measure(join(scratch, basename(folder)), folder);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measure(copy: string, original: string): Promise<void> {
  cpSync(original, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => !['node_modules', '.git', '.fiduciary'].includes(basename(path)) });
  const texts = analysedTexts(copy);
  const chosen = choose(texts, Number(values.files));
  const withRules = createLinter(copy, fiduciary.configs.recommended, join(scratch, 'cache'));
  const withoutRules = createLinter(copy, {}, false);
  const lints: Lint[] = [];
  const first = performance.now();
  await lint(withRules, copy, chosen[0]?.path ?? '', chosen[0]?.text ?? '');
  const opening = performance.now() - first;
  for (const { path, text } of chosen) {
    const at = findPlace(path, text);
    for (const typed of TYPED) {
      const edited = `${text.slice(0, at)}\n${typed}${text.slice(at)}`;
      const parse = await time(() => void ts.createSourceFile(path, edited, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, false));
      const without = await lint(withoutRules, copy, path, edited);
      const all = await lint(withRules, copy, path, edited);
      lints.push({ own: { wall: all.wall - without.wall, cpu: all.cpu - without.cpu }, without: without.wall, parse: parse.wall });
    }
  }
  print(texts, chosen.length, opening, lints);
}

function createLinter(cwd: string, config: object, cache: string | false): ESLint {
  const typescript = { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } };
  return new ESLint({ cwd, overrideConfigFile: true, overrideConfig: [{ linterOptions: { reportUnusedDisableDirectives: 'off' } }, typescript, config, { settings: { fiduciary: { cache } } }] });
}

function lint(linter: ESLint, cwd: string, path: string, text: string): Promise<Spent> {
  return time(async () => {
    const [result] = await linter.lintText(text, { filePath: join(cwd, path) });
    const fatal = result?.messages.find(({ fatal: is, ruleId }) => is === true && ruleId === null);
    if (fatal) throw new Error(`${path}:${fatal.line} ${fatal.message}`);
  });
}

async function time(run: () => void | Promise<void>): Promise<Spent> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run();
  const used = process.cpuUsage(before);
  return { wall: performance.now() - start, cpu: (used.user + used.system) / 1000 };
}

/** By a generator of its own, so that one seed means the same files everywhere (Numerical Recipes, `ranqd1`). */
function choose(texts: readonly AnalysedText[], count: number): readonly AnalysedText[] {
  const pool = texts.filter(({ path, text }) => {
    const lines = text.split('\n').length;
    return /\.tsx?$/.test(path) && lines >= LINES.least && lines <= LINES.most && findPlace(path, text) >= 0;
  });
  let state = Number(values.seed) >>> 0;
  const chosen: AnalysedText[] = [];
  while (chosen.length < count && pool.length > 0) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    chosen.push(...pool.splice(Math.floor((state / 2 ** 32) * pool.length), 1));
  }
  return chosen;
}

/** The end of the line in the middle of the file behind the first statement of some function; -1 when there is none. */
function findPlace(path: string, text: string): number {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const places: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) for (const statement of node.statements.slice(0, 1)) if (!ts.isReturnStatement(statement)) places.push(statement.end);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places.find((at) => at > text.length / 3) ?? places[0] ?? -1;
}

function print(texts: readonly AnalysedText[], files: number, opening: number, lints: readonly Lint[]): void {
  const kloc = texts.reduce((sum, { text }) => sum + text.split('\n').length, 0) / 1000;
  const parse = lints.map((each) => each.parse);
  const row = (what: string, figures: readonly number[]): string =>
    `  ${what.padEnd(15)} ${spread(figures)}, p95 ${Math.round(quantile(figures, 0.95))} ms: ${Math.round(quantile(figures, 0.5) / median(parse))} and ${Math.round(quantile(figures, 0.95) / median(parse))} times the parse`;
  process.stdout.write([
    `${texts.length} files, ${kloc.toFixed(1)} kLOC; ${lints.length} lints of ${files} files of ${LINES.least} to ${LINES.most} lines, seed ${values.seed}`,
    `  first lint      ${Math.round(opening)} ms`,
    `  parse           ${spread(parse)}`,
    `  ESLint alone    ${spread(lints.map(({ without }) => without))}`,
    row('our rules', lints.map(({ own }) => own.wall)),
    row('processor time', lints.map(({ own }) => own.cpu)),
    `  goal for p95    ${Math.round(2 * median(parse) + 20)} ms`,
    '',
  ].join('\n'));
}

function quantile(figures: readonly number[], part: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

