// A prepared and finished scan with the catalogue's words, as `scan` and `explain` both need it. Compiler and solver are loaded
// when they have something to do: after an unchanged run they have not.
import { join } from 'node:path/posix';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import type { Result } from '#model/result';
import type { Stage } from '#model/run';
import type { ScanOutcome } from '#session';
import { defaultCacheFolder } from '#session/cache-folder';
import type { PhaseStats } from '#session/clock';
import type { Policies } from '#session/load-policies';
import { type OpenedScan, openScan, type ScanOptions } from '#session/open-scan';
import { prepare, type Preparation } from '#session/prepare';
import type { CommonFlags } from './common-flags.ts';
import { describePlace } from './failures.ts';
import { createProgress } from './terminal.ts';

type SessionFlags = CommonFlags & {
  readonly quiet?: boolean;
  /** The paths only say where the program is; all of it is reported. */
  readonly whole?: boolean;
  readonly stage?: Stage;
};

interface SessionRun<Outcome> {
  readonly preparation: Preparation;
  readonly options: ScanOptions;
  readonly outcome: Outcome;
  readonly catalog: Catalog;
  readonly policies: Policies;
}

export function runSession(host: Host, paths: readonly string[], flags: SessionFlags): Promise<SessionRun<ScanOutcome>> {
  return run(host, paths, flags, (options, opened) => finish(host, options, opened));
}

/** The result alone, which may be that of the last run. */
export function runForResult(host: Host, paths: readonly string[], flags: SessionFlags): Promise<SessionRun<{ readonly result: Result; readonly stats: readonly PhaseStats[] }>> {
  return run(host, paths, flags, async (options, opened) => (opened.kept ? { result: opened.kept, stats: opened.clock.stats() } : finish(host, options, opened)));
}

async function finish(host: Host, options: ScanOptions, opened: OpenedScan): Promise<ScanOutcome> {
  const { scan } = await import('#session');
  return scan(host, options, opened);
}

async function run<Outcome>(
  host: Host, paths: readonly string[], flags: SessionFlags, complete: (options: ScanOptions, opened: OpenedScan) => Promise<Outcome>,
): Promise<SessionRun<Outcome>> {
  const preparation = prepare(host, { paths, ...(flags.config === undefined ? {} : { configFile: flags.config }) });
  for (const { message, place } of preparation.warnings) {
    host.write('stderr', `warning: ${describePlace(place, host.cwd())}: ${message}\n`);
  }
  const progress = createProgress(host, flags.quiet === true);
  try {
    const options: ScanOptions = {
      root: preparation.root,
      config: preparation.config,
      cacheDir: cacheFolder(host, preparation.root, flags.cache),
      jobs: flags.jobs,
      paths: flags.whole === true ? [] : preparation.paths,
      stage: flags.stage,
      policies: flags.policy,
      ignoreWaivers: flags.ignoreWaivers,
      onProgress: progress.update,
    };
    const opened = openScan(host, options);
    return { preparation, options, outcome: await complete(options, opened), catalog: opened.catalog, policies: opened.policies };
  } finally {
    progress.end();
  }
}

export function cacheFolder(host: Host, root: string, flag: string | false | undefined): string | undefined {
  if (flag === false) return undefined;
  return flag === undefined ? defaultCacheFolder(host, root) : join(flag.startsWith('/') ? '' : host.cwd(), flag);
}
