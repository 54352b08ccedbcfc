// From what somebody asked for (paths, perhaps a settings file) to what a scan needs: the root, the settings, the places.
import { dirname, relative, resolve } from 'node:path/posix';
import { findConfig } from '#config/find-config';
import { loadConfig, type ConfigWarning, type LoadedConfig } from '#config/load-config';
import { defaultConfig, toValidConfig, type ValidConfig } from '#config/valid-config';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';

export interface Request {
  /** As typed, relative to the working directory; empty means the working directory. */
  readonly paths: readonly string[];
  readonly configFile?: string;
}

export interface Preparation {
  /** The repository root, or the scanned folder when there is no git: every path of the Result is relative to it. */
  readonly root: string;
  /** Relative to the root; empty when it is the root itself that was asked for. */
  readonly paths: readonly string[];
  /** `include` and `exclude` are relative to the root now. */
  readonly config: ValidConfig;
  readonly warnings: readonly ConfigWarning[];
}

export function prepare(host: Host, request: Request): Preparation {
  const cwd = host.realpath(host.cwd()) ?? host.cwd();
  const places = (request.paths.length === 0 ? ['.'] : request.paths).map((path) => toPlace(host, cwd, path));
  const start = commonFolder(places.map(({ path, folder }) => (folder ? path : dirname(path))));
  const repository = host.gitRoot(start);
  // Without a repository a lone file belongs to the folder one stands in, when it lies there.
  const root = repository ?? (places.every(({ folder }) => folder) || !isInside(start, cwd) ? start : cwd);
  const paths = places.map(({ path }) => relative(root, path));
  const loaded = load(host, cwd, request.configFile, start, repository ?? (isInside(start, cwd) ? cwd : start));
  return {
    root,
    paths: paths.includes('') ? [] : paths,
    config: rebase(loaded.config, root),
    warnings: loaded.warnings,
  };
}

function load(host: Host, cwd: string, given: string | undefined, from: string, top: string): LoadedConfig {
  const file = given === undefined ? findConfig(host, from, top) : resolve(cwd, given.replaceAll('\\', '/'));
  return file === undefined ? { config: defaultConfig(from), warnings: [] } : loadConfig(host, file);
}

function toPlace(host: Host, cwd: string, path: string): { path: string; folder: boolean } {
  const real = host.realpath(resolve(cwd, path.replaceAll('\\', '/')));
  const kind = real === undefined ? undefined : host.stat(real)?.kind;
  if (real === undefined || kind === undefined) {
    throw new UserError(`Nothing to scan: ${path} does not exist`, 'Name an existing file or folder.', { file: path });
  }
  return { path: real, folder: kind === 'folder' };
}

function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...others] = folders;
  let common = first;
  for (const folder of others) while (!isInside(folder, common)) common = dirname(common);
  return common;
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Globs are written relative to the settings file; from here on there is one root for all paths. */
function rebase(config: ValidConfig, root: string): ValidConfig {
  const folder = config.file === undefined ? root : config.folder;
  if (folder === root || !isInside(folder, root)) return config;
  const prefix = relative(root, folder);
  const move = (glob: string): string => rebaseGlob(glob, prefix);
  return toValidConfig({ ...config, include: config.include.map(move), exclude: config.exclude.map(move) });
}

/** A glob without a slash in it means any depth, as in `.gitignore`. */
export function rebaseGlob(glob: string, prefix: string): string {
  const [, not = '', body = ''] = /^(!?)(?:\.?\/)*(.*)$/.exec(glob) ?? [];
  const anchored = /^!?\.?\//.test(glob) || body.replace(/\/$/, '').includes('/');
  return `${not}/${prefix}/${anchored ? '' : '**/'}${body}`;
}
