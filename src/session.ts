// The table of contents of the tool: discover → extract → link and solve → identify → judge, and who owns which cache.
import { relative } from 'node:path/posix';
import { defaultConfig, type ValidConfig } from '#config/valid-config';
import { extract } from '#extract/extract';
import { linkedCalls, type LinkedCall } from '#flow/calls';
import { explainIndex } from '#flow/explain';
import type { ProgramInput } from '#flow/program';
import { solve, type Solved } from '#flow/solve';
import { type Host, HostError } from '#host/host';
import { identify } from '#identify/identify';
import { suppress } from '#identify/suppressions';
import { CHANNELS } from '#model/channel';
import type { ExplainIndex } from '#model/explain';
import type { CodeKind, Finding } from '#model/finding';
import type { Gap } from '#model/gap';
import { compareText, type RepoPath } from '#model/location';
import { RESULT_VERSION, type Result } from '#model/result';
import { VERSION } from '#model/version';
import type { WaiverUse } from '#model/waiver';
import { judge } from '#policy/judge';
import { applyWaivers } from '#policy/waivers';
import { classifyCode, classifySide } from '#project/code-context';
import { readSource } from '#project/discover';
import { codeKindIn } from './session/aside.ts';
import type { PhaseStats } from './session/clock.ts';
import { NO_STORE } from './session/facts-store.ts';
import { type OpenedScan, openScan, type ScanOptions, today } from './session/open-scan.ts';
import { type Facts, readProgram, type ReadProgram } from './session/read-program.ts';

export interface ScanOutcome {
  readonly result: Result;
  readonly stats: readonly PhaseStats[];
  readonly explain: ExplainIndex;
}

export function scan(host: Host, options: ScanOptions, opened: OpenedScan = openScan(host, options)): ScanOutcome {
  const { clock, catalog, program } = opened;
  const progress = options.onProgress ?? ((): void => undefined);
  let solved: Solved | undefined;
  const solveOnce = (): Solved => {
    const { files } = clock.time('read', () => program.facts(extract));
    return (solved ??= clock.time('solve', () => solve(toInput(program, files, codeKindIn(options.paths), opened.policies.exempt), catalog, { onProgress: (done, total) => progress('solve', done, total), everything: options.everything, only: options.only })));
  };
  const compute = (): Result => {
    const result = clock.time('judge', () => toResult(host, options, opened, solveOnce()));
    if (options.only === undefined) opened.keep(result);
    return result;
  };
  const result = opened.kept ?? compute();
  return { result, stats: clock.stats(), explain: { at: (file, line) => explainIndex(solveOnce().engine, result.findings, program.aside).at(file, line) } };
}

/** Where each call leads, for comparison with other resolvers. */
export function* callTargets(host: Host, root: string, config: ValidConfig = defaultConfig(root)): Generator<LinkedCall> {
  const program = readProgram(host, root, config, NO_STORE);
  yield* linkedCalls(toInput(program, program.facts(extract).files));
}

const NONE: ReadonlySet<CodeKind> = new Set();

function toInput(program: ReadProgram, files: Facts['files'], kindOf: (path: RepoPath) => CodeKind = classifyCode, exempt: ReadonlySet<CodeKind> = NONE): ProgramInput {
  const resolver = program.resolver();
  const isTest = (path: string): boolean => kindOf(path as RepoPath) === 'test';
  return { files, schemas: program.schemas, isTest, isExempt: (path) => exempt.has('test') && isTest(path), resolve: (from, specifier) => resolver.resolve(from, specifier) };
}

function toResult(host: Host, options: ScanOptions, { catalog, policies, program }: OpenedScan, solved: Solved): Result {
  const { config } = options;
  const raw = solved.findings.filter((f) => !config.rulesOff.has(CHANNELS[f.channel].rule) && (options.only === undefined || f.sink.location.file === options.only));
  const identified = identify(raw, codeKindIn(options.paths), (file) => classifySide(file));
  const judged = judge(identified, { stage: options.stage ?? 'ci' }, policies.decide);
  const waived = applyWaivers(judged, policies.waivers, policies.controls, policies.waiverRules, today(host));
  const { findings, gaps } = suppress(waived.findings, commentedTexts(host, program), today(host), config.suppressions);
  const noSources: readonly Gap[] = solved.counts.sources === 0 && program.project.files.length > 0 ? [{ kind: 'no-sources', detail: String(program.project.files.length) }] : [];
  return {
    version: RESULT_VERSION,
    tool: { name: 'fiduciary', version: VERSION, rules: catalog.digest },
    findings: findings.filter((f) => isAsked(f, options.paths)),
    gaps: [...program.facts(extract).gaps, ...gaps, ...waiverGaps(options.root, waived.uses), ...limitGaps(solved), ...noSources].sort(compareGaps),
    counts: { files: program.project.files.length, lines: program.facts(extract).lines, ...countsOf(solved, program.facts(extract)) },
  };
}

/** With the files that are not followed, parsed or not; none of them is no count. */
function countsOf({ counts: { exempt: parsed, ...counts } }: Solved, { unread }: Facts): Omit<Result['counts'], 'files' | 'lines'> {
  const exempt = parsed + unread;
  return { ...counts, ...(exempt > 0 ? { exempt } : {}) };
}

/** Waivers that do not count, or soon won't. */
const waiverGaps = (root: string, uses: readonly WaiverUse[]): readonly Gap[] => uses.flatMap(({ waiver: { id, place }, state }) => {
  if (state === 'active') return [];
  const file = place.file === undefined ? undefined : (relative(root, place.file) as RepoPath);
  return [{ kind: `waiver-${state}` as const, detail: id, ...(file === undefined ? {} : { file }), ...(place.line === undefined ? {} : { line: place.line }) }];
});

const limitGaps = (solved: Solved): readonly Gap[] => Object.entries(solved.counts.limits).map(([name, n]) => ({ kind: 'limit-reached', detail: `${name}: ${n}` }));

const compareGaps = (a: Gap, b: Gap): number => compareText(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || compareText(a.kind, b.kind) || compareText(a.detail, b.detail);

const isAsked = (f: Finding, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((p) => f.sink.location.file === p || f.sink.location.file.startsWith(`${p}/`) || f.sink.inner.file === p || f.sink.inner.file.startsWith(`${p}/`));

/** Texts of the files that hold suppression comments. */
function* commentedTexts(host: Host, program: ReadProgram): Generator<readonly [RepoPath, string]> {
  for (const { path, facts } of program.facts(extract).files) {
    if (!facts.directives) continue;
    try {
      yield [path, readSource(host, program.project, path).text];
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    }
  }
}
