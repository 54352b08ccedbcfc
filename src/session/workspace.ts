// A program that stays open while somebody works on it: texts come in that may not be saved yet, findings of single files come
// out. The same pipeline as a scan, on a host that sees those texts; kept between questions is what no edit has touched.
import { dirname } from 'node:path/posix';
import { type Host, HostError } from '#host/host';
import { createOverlayHost, realpathOfNew } from '#host/overlay-host';
import type { Catalog } from '#model/catalog';
import type { Finding } from '#model/finding';
import { type RepoPath, toRepoPath } from '#model/location';
import { decode } from '#project/decode';
import type { Project } from '#project/project';
import { scan } from '../session.ts';
import { defaultCacheFolder } from './cache-folder.ts';
import { compare, knownByBaseline } from './compare.ts';
import { judgeChanges } from './judge-changes.ts';
import { type FactsStore, NO_STORE, openFactsStore } from './facts-store.ts';
import { openScan, today } from './open-scan.ts';
import { prepare, type Preparation } from './prepare.ts';
import { rememberFacts } from './remembered-facts.ts';
import { areCurrent, stampOf, type Stamps, takeStamps } from './stamps.ts';

export interface WorkspaceRequest {
  /** Absolute: where one would type `fiduciary scan`; root and settings are found from there. */
  readonly folder: string;
  readonly configFile?: string | undefined;
  /** A folder; `false` keeps nothing on disk; absent is the default place. */
  readonly cache?: string | false | undefined;
  /** `true`: the disk is looked at again before each answer. `false`: once, as for a run over many files. */
  readonly live: boolean;
}

export interface FileAnswer {
  /** In order of their places. */
  readonly findings: readonly Finding[];
  /** What the program was judged by. */
  readonly catalog: Catalog;
}

interface State {
  readonly root: string;
  readonly catalog: Catalog;
  readonly byFile: ReadonlyMap<RepoPath, readonly Finding[]>;
  readonly stamps: Stamps;
}

export class Workspace {
  private readonly disk: Host;
  private readonly host: Host;
  private readonly request: WorkspaceRequest;
  /** The last text of each file that was asked about, and the stamp of the file on the disk at that time. */
  private readonly seen = new Map<string, { readonly text: string; readonly stamp: string }>();
  /** Those texts that differ from the disk. */
  private readonly unsaved = new Map<string, string>();
  private stored: { readonly folder: string | undefined; readonly store: FactsStore } | undefined;
  private state: State | undefined;

  constructor(disk: Host, request: WorkspaceRequest) {
    this.disk = disk;
    this.host = createOverlayHost(disk, this.unsaved);
    this.request = request;
  }

  /** What is found in a file, when it has this text. `file` is absolute. Throws `UserError`. */
  look(file: string, text: string): FileAnswer {
    const path = this.disk.realpath(file) ?? realpathOfNew(this.disk, file);
    const isOther = [this.takes(path, text), this.drops(path)].includes(true);
    if (isOther || this.state === undefined || (this.request.live && !areCurrent(this.disk, this.state.stamps))) {
      this.state = undefined;
      this.state = this.analyse();
    }
    const { root, catalog, byFile } = this.state;
    const findings = path.startsWith(`${root}/`) ? byFile.get(toRepoPath(path.slice(root.length + 1))) : undefined;
    return { findings: findings ?? [], catalog };
  }

  /** Takes a text in; true when it makes the program another one. */
  private takes(path: string, text: string): boolean {
    const stamp = this.request.live ? stampOf(this.disk, path) : '';
    const last = this.seen.get(path);
    if (last?.text === text && last.stamp === stamp) return false;
    this.seen.set(path, { text, stamp });
    if (this.unsaved.get(path) === text) return false;
    if (savedText(this.disk, path) === text) return this.unsaved.delete(path);
    this.unsaved.set(path, text);
    return true;
  }

  /** Forgets unsaved texts of other files that were written meanwhile, saved or not by who typed them; true when there was one. */
  private drops(current: string): boolean {
    let dropped = false;
    for (const path of this.request.live ? [...this.unsaved.keys()] : []) {
      if (path === current || this.seen.get(path)?.stamp === stampOf(this.disk, path)) continue;
      this.seen.delete(path);
      this.unsaved.delete(path);
      dropped = true;
    }
    return dropped;
  }

  private analyse(): State {
    const { folder, configFile, live } = this.request;
    const preparation = prepare(this.host, { paths: [folder], ...(configFile === undefined ? {} : { configFile }) });
    const { root, config, paths } = preparation;
    const cacheDir = this.cacheFolder(root);
    const options = { root, config, paths, cacheDir, store: this.storeIn(cacheDir), keepsResult: this.unsaved.size === 0, stage: 'editor', slot: 'editor' } as const;
    const opened = openScan(this.host, options);
    const stamps = live ? takeStamps(this.disk, watchedPaths(opened.program.project, preparation)) : new Map<string, string>();
    const result = opened.kept ?? scan(this.host, options, opened).result;
    const known = config.baseline === undefined ? undefined : knownByBaseline(this.host, config.baseline, config.baseline, paths);
    const compared = known === undefined ? result : compare(this.host, root, result, known);
    return { root, stamps, catalog: opened.catalog, byFile: groupByFile(judgeChanges(compared, opened.policies, 'editor', today(this.host)).findings) };
  }

  private cacheFolder(root: string): string | undefined {
    const { cache } = this.request;
    return cache === false ? undefined : (cache ?? defaultCacheFolder(this.disk, root));
  }

  private storeIn(folder: string | undefined): FactsStore {
    if (this.stored === undefined || this.stored.folder !== folder) {
      const store = folder === undefined ? NO_STORE : openFactsStore(this.disk, folder);
      this.stored = { folder, store: rememberFacts(store, () => this.unsaved.size === 0) };
    }
    return this.stored.store;
  }
}

/** Undefined when there is no such file, or none that can be read. */
function savedText(host: Host, path: string): string | undefined {
  try {
    return decode(host.readBytes(path));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

/** Every file that was seen, the folders in which another one may appear, and the settings. */
function watchedPaths({ root, paths }: Project, { config }: Preparation): ReadonlySet<string> {
  const watched = new Set<string>([root, ...config.catalog]);
  for (const file of [config.file, config.baseline]) if (file !== undefined) watched.add(file);
  for (const path of paths) {
    const file = `${root}/${path}`;
    watched.add(file);
    for (let folder = dirname(file); !watched.has(folder); folder = dirname(folder)) watched.add(folder);
  }
  return watched;
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<RepoPath, readonly Finding[]> {
  const groups = new Map<RepoPath, Finding[]>();
  for (const finding of findings) {
    const { file } = finding.sink.location;
    const group = groups.get(file);
    if (group) group.push(finding);
    else groups.set(file, [finding]);
  }
  return groups;
}
