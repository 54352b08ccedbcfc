// The table of contents of the tool: discover → extract → link and solve → identify → judge, and who owns which cache.
import { defaultConfig, type ValidConfig } from '#config/valid-config';
import { linkedCalls, type LinkedCall } from '#flow/calls';
import { explainIndex } from '#flow/explain';
import type { ProgramInput } from '#flow/program';
import { solve, type Solved } from '#flow/solve';
import { type Host, HostError } from '#host/host';
import { identify } from '#identify/identify';
import { suppress } from '#identify/suppressions';
import type { Catalog } from '#model/catalog';
import { CHANNELS } from '#model/channel';
import type { ExplainIndex } from '#model/explain';
import type { CodeKind, Finding } from '#model/finding';
import { FACTS_VERSION } from '#model/facts';
import type { Gap } from '#model/gap';
import { compareText, type RepoPath } from '#model/location';
import { RESULT_VERSION, type Result } from '#model/result';
import { VERSION } from '#model/version';
import { judge } from '#policy/judge';
import { createTableJudge } from '#policy/table-judge';
import { classifyCode, classifySide } from '#project/code-context';
import { readSource } from '#project/discover';
import { createResolver } from '#project/resolve';
import { NO_STORE, openFactsStore } from './session/facts-store.ts';
import { loadRunCatalog } from './session/load-catalog.ts';
import { readProgram, type ReadProgram } from './session/read-program.ts';
import { buildId, readResult, writeResult } from './session/result-store.ts';

export interface ScanOptions {
  readonly root: string;
  readonly config: ValidConfig;
  /** Where facts and the last result are kept; nothing is kept when absent. */
  readonly cacheDir?: string | undefined;
  /** Relative to the root; findings elsewhere are left out, the whole program is analysed. Empty: everything. */
  readonly paths: readonly string[];
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

export interface PhaseStats {
  readonly phase: string;
  readonly ms: number;
}

export interface ScanOutcome {
  readonly result: Result;
  readonly stats: readonly PhaseStats[];
  readonly explain: ExplainIndex;
}

export function scan(host: Host, options: ScanOptions): ScanOutcome {
  const clock = createClock(host);
  const { config, cacheDir } = options;
  const progress = options.onProgress ?? ((): void => undefined);
  const catalog = clock.time('catalogue', () => loadRunCatalog(host, config));
  const store = cacheDir === undefined ? NO_STORE : openFactsStore(host, cacheDir);
  const program = clock.time('discover', () => readProgram(host, options.root, config, store, (n) => progress('read', n, n)));
  let solved: Solved | undefined;
  const solveOnce = (): Solved => {
    clock.time('read', () => program.facts());
    return (solved ??= clock.time('solve', () => solve(toInput(program, codeKind(options.paths)), catalog, (done, total) => progress('solve', done, total))));
  };
  const compute = (): Result => clock.time('judge', () => toResult(host, options, catalog, program, solveOnce()));
  const result = keptResult(host, options, catalog, program, compute);
  return { result, stats: clock.stats(), explain: { at: (file, line) => explainIndex(solveOnce().engine, result.findings).at(file, line) } };
}

/** Where each call leads, for comparison with other resolvers. */
export function* callTargets(host: Host, root: string, config: ValidConfig = defaultConfig(root)): Generator<LinkedCall> {
  yield* linkedCalls(toInput(readProgram(host, root, config, NO_STORE, () => undefined)));
}

function toInput(program: ReadProgram, kindOf: (path: RepoPath) => CodeKind = classifyCode): ProgramInput {
  const resolver = createResolver(program.project);
  return { files: program.facts().files, schemas: program.schemas, isTest: (path) => kindOf(path as RepoPath) === 'test', resolve: (from, specifier) => resolver.resolve(from, specifier) };
}

/** Who asks for a folder of fixtures or examples by name wants it judged as what it shows: its own place does not count. */
const codeKind = (asked: readonly string[]) => (path: RepoPath): CodeKind => {
  const folder = asked.find((each) => path.startsWith(`${each}/`) && classifyCode(`${each}/_` as RepoPath) !== 'production');
  return classifyCode(folder === undefined ? path : (path.slice(folder.length + 1) as RepoPath));
};

function keptResult(host: Host, options: ScanOptions, catalog: Catalog, program: ReadProgram, compute: () => Result): Result {
  const build = buildId(host);
  if (options.cacheDir === undefined || build === undefined) return compute();
  const key = resultKey(host, options, catalog, program, build);
  const kept = readResult(host, options.cacheDir, key);
  if (kept) return kept;
  const result = compute();
  writeResult(host, options.cacheDir, key, result);
  return result;
}

/** A digest of everything a result depends on; the date matters for what expires. */
function resultKey(host: Host, options: ScanOptions, catalog: Catalog, program: ReadProgram, build: string): string {
  const { project } = program;
  return host.sha256(JSON.stringify([
    VERSION, FACTS_VERSION, build, catalog.digest, options.config, options.paths, today(host), program.openGaps, program.schemas, project.packages, project.settings,
    [...project.paths].sort(compareText), project.files.map((f) => [f.path, f.hash]), project.declarations.map((f) => [f.path, f.hash]),
  ]));
}

function toResult(host: Host, options: ScanOptions, catalog: Catalog, program: ReadProgram, solved: Solved): Result {
  const { config } = options;
  const raw = solved.findings.filter((f) => !config.rulesOff.has(CHANNELS[f.channel].rule));
  const identified = identify(raw, codeKind(options.paths), (file) => classifySide(file));
  const judged = judge(identified, { stage: 'ci' }, createTableJudge(catalog));
  const { findings, gaps } = suppress(judged, commentedTexts(host, program), today(host), config.suppressions);
  const noSources: readonly Gap[] = solved.counts.sources === 0 && program.project.files.length > 0 ? [{ kind: 'no-sources', detail: String(program.project.files.length) }] : [];
  return {
    version: RESULT_VERSION,
    tool: { name: 'fiduciary', version: VERSION, rules: catalog.digest },
    findings: findings.filter((f) => isAsked(f, options.paths)),
    gaps: [...program.facts().gaps, ...gaps, ...limitGaps(solved), ...noSources].sort(compareGaps),
    counts: { files: program.project.files.length, lines: program.facts().lines, ...solved.counts },
  };
}

const limitGaps = (solved: Solved): readonly Gap[] => Object.entries(solved.counts.limits).map(([name, n]) => ({ kind: 'limit-reached', detail: `${name}: ${n}` }));

const compareGaps = (a: Gap, b: Gap): number => compareText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || compareText(a.kind, b.kind) || compareText(a.detail, b.detail);

const today = (host: Host): string => host.now().toISOString().slice(0, 10);

const isAsked = (f: Finding, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((p) => f.sink.location.file === p || f.sink.location.file.startsWith(`${p}/`) || f.sink.inner.file === p || f.sink.inner.file.startsWith(`${p}/`));

/** Texts of the files that hold suppression comments. */
function* commentedTexts(host: Host, program: ReadProgram): Generator<readonly [RepoPath, string]> {
  for (const { path, facts } of program.facts().files) {
    if (!facts.directives) continue;
    try {
      yield [path, readSource(host, program.project, path).text];
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
}

interface Clock {
  time<T>(phase: string, run: () => T): T;
  stats(): readonly PhaseStats[];
}

/** Nested phases count for themselves, not for the phase around them. */
function createClock(host: Host): Clock {
  const spent = new Map<string, number>();
  let inner = 0;
  return {
    time(phase, run) {
      const outer = inner;
      inner = 0;
      const start = host.now().getTime();
      try {
        return run();
      } finally {
        const ms = host.now().getTime() - start;
        spent.set(phase, (spent.get(phase) ?? 0) + ms - inner);
        inner = outer + ms;
      }
    },
    stats: () => [...spent].map(([phase, ms]) => ({ phase, ms })),
  };
}
