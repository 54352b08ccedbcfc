// A prepared and finished scan with the catalogue's words, as `scan` and `explain` both need it.
import { join } from 'node:path/posix';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { scan, type ScanOutcome } from '#session';
import { loadRunCatalog } from '#session/load-catalog';
import { prepare, type Preparation } from '#session/prepare';
import type { CommonFlags } from './common-flags.ts';
import { describePlace } from './failures.ts';
import { createProgress } from './terminal.ts';

export interface SessionRun {
  readonly preparation: Preparation;
  readonly outcome: ScanOutcome;
  readonly catalog: Catalog;
}

/** `whole`: the paths only say where the program is; all of it is reported. */
export function runSession(
  host: Host, paths: readonly string[], flags: CommonFlags & { readonly quiet?: boolean; readonly whole?: boolean },
): SessionRun {
  const preparation = prepare(host, { paths, ...(flags.config === undefined ? {} : { configFile: flags.config }) });
  for (const { message, place } of preparation.warnings) {
    host.write('stderr', `warning: ${describePlace(place, host.cwd())}: ${message}\n`);
  }
  const catalog = loadRunCatalog(host, preparation.config);
  const progress = createProgress(host, flags.quiet === true);
  try {
    const outcome = scan(host, {
      root: preparation.root,
      config: preparation.config,
      cacheDir: cacheFolder(host, preparation.root, flags.cache),
      paths: flags.whole === true ? [] : preparation.paths,
      onProgress: progress.update,
    });
    return { preparation, outcome, catalog };
  } finally {
    progress.end();
  }
}

/** Never a new folder in somebody's work tree: where packages keep theirs, else where the user's programs keep theirs. */
function cacheFolder(host: Host, root: string, flag: string | false | undefined): string | undefined {
  if (flag === false) return undefined;
  if (flag !== undefined) return join(flag.startsWith('/') ? '' : host.cwd(), flag);
  if (host.stat(`${root}/node_modules`)?.kind === 'folder') return `${root}/node_modules/.cache/fiduciary`;
  const home = host.env('HOME');
  const base = host.env('XDG_CACHE_HOME') ?? host.env('LOCALAPPDATA') ?? (home === undefined ? undefined : `${home}/.cache`);
  return base === undefined || base === '' ? undefined : `${base.replaceAll('\\', '/')}/fiduciary/${host.sha256(root).slice(0, 16)}`;
}
