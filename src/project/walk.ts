// One walk over the tree: every file that git does not ignore and that is no package, cache or build output. Only names
// are looked at; links are counted and never followed, since what they point to inside the tree is met at its own place.
import { type FolderEntry, type Host, HostError } from '#host/host';
import type { Gap, GapKind } from '#model/gap';
import { compareText, type RepoPath, toRepoPath } from '#model/location';
import { isNeverCode, judgeFolder } from './folders.ts';
import { kindOfFile } from './file-kinds.ts';
import { extendChain, type IgnoreChain, isIgnored, type PathTest } from './ignore-rules.ts';

export interface Walk {
  /** In code-unit order. */
  readonly paths: readonly RepoPath[];
  /** Files in folders that are left out as a whole: known to exist, not analysed. */
  readonly leftOut: ReadonlySet<RepoPath>;
  readonly gaps: readonly Gap[];
  readonly links: number;
}

/** A folder of generated or vendored code is looked into only so far to judge it. */
const LOOK_LIMIT = 5000;

export function walkTree(host: Host, root: string, excluded: PathTest): Walk {
  const paths: RepoPath[] = [];
  const leftOut = new Set<RepoPath>();
  const gaps: Gap[] = [];
  let links = 0;

  const repository = host.gitRoot(root);
  const top = repository ?? root;
  const base = root === top ? '' : `${root.slice(top.length).replace(/^\//, '')}/`;

  const tracked = repository === undefined ? new Set<string>() : findTrackedThoughIgnored(host, root);
  const isLeftToGit = (chain: IgnoreChain | undefined, path: string): boolean => isIgnored(chain, base + path) && !tracked.has(path);

  const visit = (folder: string, entries: readonly FolderEntry[], chain: IgnoreChain | undefined): void => {
    const names = new Set(entries.map((entry) => entry.name));
    const inside = names.has('.gitignore') ? extendChain(chain, base + folder, readOr(host, `${root}/${folder}.gitignore`)) : chain;
    for (const { name, kind } of entries) {
      const path = folder + name;
      if (kind === 'file') {
        if (!isLeftToGit(inside, path)) paths.push(toRepoPath(path));
      } else if (kind === 'folder') {
        if (!isNeverCode(name) && !isLeftToGit(inside, `${path}/`) && !excluded(`${path}/`)) enter(path, name, names, inside);
      } else if (kind === 'link') {
        links += 1;
        noteLink(path);
      }
    }
  };

  const enter = (path: string, name: string, siblings: ReadonlySet<string>, chain: IgnoreChain | undefined): void => {
    const entries = listOrGap(path);
    let below: readonly string[] | undefined;
    const look = (): readonly string[] => (below ??= filesBelow(host, `${root}/${path}`, entries));
    const judged = judgeFolder({ path, name, siblings, below: look });
    if (judged === 'code') return visit(`${path}/`, entries, chain);
    for (const file of look()) leftOut.add(toRepoPath(`${path}/${file}`));
    const sources = look().filter((file) => kindOfFile(file) === 'source').length;
    if (sources > 0) gap(judged, path, `${sources} ${sources === 1 ? 'file' : 'files'} in this folder`);
  };

  const listOrGap = (path: string): readonly FolderEntry[] => {
    try {
      return host.list(`${root}/${path}`);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      gap(error.reason === 'missing' ? 'vanished' : 'unreadable', path, 'folder');
      return [];
    }
  };

  /** A link is a gap only where code may be missed: it leads out of the tree, or in circles. */
  const noteLink = (path: string): void => {
    const target = host.realpath(`${root}/${path}`);
    if (target === undefined) {
      if (kindOfFile(path) === 'source') gap('unreadable', path, 'symbolic link that leads nowhere');
    } else if (`${root}/${path}`.startsWith(`${target}/`)) {
      gap('symlink-loop', path, 'symbolic link to a folder around it');
    } else if (!target.startsWith(`${root}/`) && (kindOfFile(path) === 'source' || host.stat(target)?.kind === 'folder')) {
      gap('unsupported', path, 'symbolic link out of the analysed folder');
    }
  };

  const gap = (kind: GapKind, path: string, detail: string): void => void gaps.push({ kind, file: toRepoPath(path), detail });

  visit('', host.list(root), outerChain(host, top, root));
  paths.sort(compareText);
  return { paths, leftOut, gaps, links };
}

/** The ignore files between the top of the repository and the analysed folder, which do not lie in the walk. */
function outerChain(host: Host, top: string, root: string): IgnoreChain | undefined {
  let chain = extendChain(undefined, '', readOr(host, `${top}/.git/info/exclude`));
  const segments = root === top ? [] : root.slice(top.length).split('/').filter(Boolean);
  let folder = '';
  for (const segment of segments) {
    chain = extendChain(chain, folder, readOr(host, `${top}/${folder}.gitignore`));
    folder += `${segment}/`;
  }
  return chain;
}

/** What somebody committed is part of the program, whatever `.gitignore` says. Files, and the folders above them with a slash. */
function findTrackedThoughIgnored(host: Host, root: string): ReadonlySet<string> {
  const found = new Set<string>();
  const listed = host.git(root, ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard']) ?? '';
  for (const path of listed.split('\0').filter(Boolean)) {
    found.add(path);
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) found.add(path.slice(0, slash + 1));
  }
  return found;
}

function readOr(host: Host, path: string): string {
  try {
    return host.readText(path);
  } catch (error) {
    if (error instanceof HostError) return '';
    throw error;
  }
}

function filesBelow(host: Host, folder: string, entries: readonly FolderEntry[], prefix = '', found: string[] = []): readonly string[] {
  for (const { name, kind } of entries) {
    if (found.length >= LOOK_LIMIT) break;
    if (kind === 'file') found.push(prefix + name);
    else if (kind === 'folder' && !isNeverCode(name)) filesBelow(host, `${folder}/${name}`, listOr(host, `${folder}/${name}`), `${prefix}${name}/`, found);
  }
  return found;
}

function listOr(host: Host, folder: string): readonly FolderEntry[] {
  try {
    return host.list(folder);
  } catch (error) {
    if (error instanceof HostError) return [];
    throw error;
  }
}
