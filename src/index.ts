// The typed module: `import { scan } from 'fiduciary'`. The same pipeline as the command line, without output and exit codes.
import { createNodeHost } from '#host/node-host';
import type { Host } from '#host/host';
import type { Result } from '#model/result';
import type { FailOn, Stage } from '#model/run';
import { scan as scanProgram } from '#session';
import { enforce } from '#session/enforce';
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
  /** For tests and for callers without a disk. */
  readonly host?: Host;
}

/** Throws `UserError` for bad input; what could not be analysed is a gap in the result. */
export function scan(request: ScanRequest = {}): Result {
  const host = request.host ?? createNodeHost();
  const paths = request.paths ?? (request.root === undefined ? [] : [request.root]);
  const { root, config, paths: places } = prepare(host, { paths, ...(request.config === undefined ? {} : { configFile: request.config }) });
  const { result } = scanProgram(host, { root, config, paths: places, cacheDir: request.cacheDir });
  return enforce(result, { stage: request.stage ?? 'ci', ...(request.failOn === undefined ? {} : { failOn: request.failOn }) });
}
