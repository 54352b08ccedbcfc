// The typed module: `import { scan } from 'fiduciary'`. The same pipeline as the command line, without output and exit codes.
import { relative, resolve } from 'node:path/posix';
import { createNodeHost } from '#host/node-host';
import type { Host } from '#host/host';
import type { Result } from '#model/result';
import type { FailOn, Stage } from '#model/run';
import { scan as scanProgram } from '#session';
import { knownAtBase } from '#session/base-scan';
import { blockOnlyNew, compare, knownByBaseline } from '#session/compare';
import { enforce } from '#session/enforce';
import { judgeChanges } from '#session/judge-changes';
import { openScan, type ScanOptions, today } from '#session/open-scan';
import { prepare } from '#session/prepare';

export type { Finding, SourceFlow, Step } from '#model/finding';
export type { Gap } from '#model/gap';
export type { Counts, Result } from '#model/result';
export { UserError } from '#model/errors';

export interface ScanRequest {
  /** Folder to scan; the working directory when absent. */
  readonly root?: string;
  /** Folders or files to scan instead of one root. */
  readonly paths?: readonly string[];
  /** Settings file; the nearest `fiduciary.yaml` up to the repository root when absent. */
  readonly config?: string;
  /** Where to keep what was analysed; nothing is kept when absent. */
  readonly cacheDir?: string;
  readonly stage?: Stage;
  readonly failOn?: FailOn;
  /** Shipped profiles and regulations by name, folders of policies by path; over the settings. */
  readonly policies?: readonly string[];
  /** Judge as if there were no waivers. */
  readonly ignoreWaivers?: boolean;
  /** Baseline file; the one that the settings name when absent. Only what it does not hold blocks. */
  readonly baseline?: string;
  /** Branch or commit: only what the change since the merge base brings blocks. Beats a baseline. */
  readonly diff?: string;
  /** For tests and for callers without a disk. */
  readonly host?: Host;
}

function compareWith(host: Host, options: ScanOptions, result: Result, { baseline, diff }: ScanRequest): Result {
  if (diff !== undefined) {
    const known = knownAtBase(host, options, diff);
    return 'kind' in known ? { ...result, gaps: [...result.gaps, known] } : compare(host, options.root, result, known);
  }
  const file = baseline === undefined ? options.config.baseline : resolve(host.cwd(), baseline);
  return file === undefined ? result : compare(host, options.root, result, knownByBaseline(host, file, relative(options.root, file), options.paths));
}

/** Throws `UserError` for bad input; what could not be analysed is a gap in the result. */
export function scan(request: ScanRequest = {}): Result {
  const host = request.host ?? createNodeHost();
  const paths = request.paths ?? (request.root === undefined ? [] : [request.root]);
  const { root, config, paths: places } = prepare(host, { paths, ...(request.config === undefined ? {} : { configFile: request.config }) });
  const stage = request.stage ?? 'ci';
  const options = { root, config, paths: places, cacheDir: request.cacheDir, stage, policies: request.policies, ignoreWaivers: request.ignoreWaivers };
  const opened = openScan(host, options);
  const { result } = scanProgram(host, options, opened);
  const compared = compareWith(host, options, result, request);
  return blockOnlyNew(enforce(judgeChanges(compared, opened.policies, stage, today(host)), request.failOn));
}
