// Where what was analysed is kept by default. Every door asks here, so that they share it.
import type { Host } from '#host/host';

/** Never a new folder in somebody's work tree: where packages keep theirs, else where the user's programs keep theirs. */
export function defaultCacheFolder(host: Host, root: string): string | undefined {
  if (host.stat(`${root}/node_modules`)?.kind === 'folder') return `${root}/node_modules/.cache/fiduciary`;
  const home = host.env('HOME');
  const base = host.env('XDG_CACHE_HOME') ?? host.env('LOCALAPPDATA') ?? (home === undefined ? undefined : `${home}/.cache`);
  return base === undefined || base === '' ? undefined : `${base.replaceAll('\\', '/')}/fiduciary/${host.sha256(root).slice(0, 16)}`;
}
