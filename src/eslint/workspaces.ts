// The open programs of this process, one for each working directory and each way to look at it: a monorepo may have several
// configurations in one run, and an editor several folders.
import { resolve } from 'node:path/posix';
import { createNodeHost } from '#host/node-host';
import type { Host } from '#host/host';
import { Workspace } from '#session/workspace';
import type { Settings } from './settings.ts';

/** More at once would only hold memory; the least recently used goes. */
const MOST = 4;

const open = new Map<string, Workspace>();
let host: Host | undefined;

export function workspaceFor(cwd: string, { config, cache }: Settings): Workspace {
  host ??= createNodeHost();
  const folder = cwd.replaceAll('\\', '/');
  const key = JSON.stringify([folder, config, cache]);
  const known = open.get(key);
  const workspace = known ?? new Workspace(host, {
    folder,
    configFile: config === undefined ? undefined : resolve(folder, config),
    cache: typeof cache === 'string' ? resolve(folder, cache) : cache,
    live: !isSingleRun(host),
  });
  open.delete(key);
  open.set(key, workspace);
  for (const oldest of open.keys()) {
    if (open.size <= MOST) break;
    open.delete(oldest);
  }
  return workspace;
}

/** A run over many files from the command line sees one state of the disk; an editor's server lives on while files change. */
function isSingleRun({ env }: Host): boolean {
  const program = (process.argv[1] ?? '').replaceAll('\\', '/');
  return env('CI') === 'true' || /(?:^|\/)(?:\.bin\/eslint|eslint\/bin\/eslint\.js)$/.test(program);
}
