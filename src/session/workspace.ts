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
import type { Result } from '#model/result';
import { scan } from '../session.ts';
import { defaultCacheFolder } from './cache-folder.ts';
import { compare, knownByBaseline } from './compare.ts';
import { judgeChanges } from './judge-changes.ts';
import { type FactsStore, NO_STORE, openFactsStore } from './facts-store.ts';
import { type OpenedScan, openScan, type ScanOptions, today } from './open-scan.ts';
import { prepare, type Preparation } from './prepare.ts';
import { readEdited } from './read-program.ts';
import { rememberFacts } from './remembered-facts.ts';
import { findStale, stampOf, type Stamps, takeStamps } from './stamps.ts';

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

/** The program as it was read, before anything is followed. */
interface Opened {
  readonly options: ScanOptions;
  readonly scan: OpenedScan;
  /** Of everything that was read to make it. */
  readonly stamps: Stamps;
  readonly day: string;
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
  private opened: Opened | undefined;
  /** Files whose text is another one since the program was read. */
  private readonly edited = new Set<string>();
  /** Of the program as it is now, by file; a file that was not asked about since the last edit has none. */
  private readonly answers = new Map<RepoPath, readonly Finding[]>();
  /** The last result of a whole program, perhaps an earlier one: what a baseline is compared with. */
  private whole: Result | undefined;

  constructor(disk: Host, request: WorkspaceRequest) {
    this.disk = disk;
    this.host = createOverlayHost(disk, this.unsaved);
    this.request = request;
  }

  /** What is found in a file, when it has this text. `file` is absolute. Throws `UserError`. */
  look(file: string, text: string): FileAnswer {
    const path = this.disk.realpath(file) ?? realpathOfNew(this.disk, file);
    this.takes(path, text);
    this.drops(path);
    const { options, scan: { catalog } } = this.current();
    const { root } = options;
    return { findings: path.startsWith(`${root}/`) ? this.findingsIn(toRepoPath(path.slice(root.length + 1))) : [], catalog };
  }

  /** The program with all texts as they are now. */
  private current(): Opened {
    const { opened } = this;
    const changed = opened === undefined ? undefined : this.changedFiles(opened);
    if (opened !== undefined && changed?.length === 0) return opened;
    // What goes wrong on the way leaves nothing behind that the next answer could rest on.
    this.opened = undefined;
    this.answers.clear();
    this.opened = (opened && changed && this.reread(opened, changed)) ?? this.open();
    this.edited.clear();
    return this.opened;
  }

  /** Undefined when something else than the text of a file has changed. */
  private changedFiles({ options: { root }, stamps, day }: Opened): readonly string[] | undefined {
    const files = new Set(this.edited);
    if (this.request.live) {
      if (day !== today(this.host)) return undefined;
      for (const path of findStale(this.disk, stamps)) files.add(path);
    }
    return [...files].every((path) => path.startsWith(`${root}/`)) ? [...files] : undefined;
  }

  /** One edited file costs no second look at all the others. */
  private reread({ options, scan: before, stamps, day }: Opened, changed: readonly string[]): Opened | undefined {
    const program = readEdited(this.host, before.program, changed.map((path) => toRepoPath(path.slice(options.root.length + 1))));
    if (program === undefined) return undefined;
    const fresh = this.request.live ? new Map([...stamps, ...takeStamps(this.disk, changed)]) : stamps;
    return { options, scan: { ...before, program, kept: undefined, keep: () => undefined }, stamps: fresh, day };
  }

  private open(): Opened {
    const { folder, configFile, live } = this.request;
    const preparation = prepare(this.host, { paths: [folder], ...(configFile === undefined ? {} : { configFile }) });
    const { root, config, paths } = preparation;
    const cacheDir = this.cacheFolder(root);
    const options = { root, config, paths, cacheDir, store: this.storeIn(cacheDir), keepsResult: this.unsaved.size === 0, stage: 'editor', slot: 'editor' } as const;
    const opened = openScan(this.host, options);
    const stamps = live ? takeStamps(this.disk, watchedPaths(this.disk, opened.program.project, preparation)) : new Map<string, string>();
    // Nobody types in a run over many files, nor before the first answer of an editor.
    if (opened.kept !== undefined || this.unsaved.size === 0) this.answerAll(options, opened);
    return { options, scan: opened, stamps, day: today(this.host) };
  }

  private findingsIn(file: RepoPath): readonly Finding[] {
    const known = this.answers.get(file);
    if (known !== undefined || this.opened === undefined) return known ?? [];
    const { options, scan: opened } = this.opened;
    if (!opened.program.project.files.some(({ path }) => path === file)) return [];
    const needsWhole = options.config.baseline !== undefined && this.whole === undefined;
    // A second file since the last edit: somebody looks at the program, not at what is typed.
    if (needsWhole || this.answers.size > 0) this.answerAll(options, opened);
    else this.answerOne(options, opened, file);
    return this.answers.get(file) ?? [];
  }

  private answerAll(options: ScanOptions, opened: OpenedScan): void {
    const result = opened.kept ?? scan(this.host, options, opened).result;
    this.whole = result;
    for (const { path } of opened.program.project.files) this.answers.set(path, []);
    for (const [path, findings] of groupByFile(this.judged(options, opened, result))) this.answers.set(path, findings);
  }

  private answerOne(options: ScanOptions, opened: OpenedScan, file: RepoPath): void {
    const { result } = scan(this.host, { ...options, only: file, keepsResult: false }, opened);
    const others = (this.whole?.findings ?? []).filter(({ sink }) => sink.location.file !== file);
    const findings = this.judged(options, opened, { ...result, findings: [...others, ...result.findings] });
    this.answers.set(file, findings.filter(({ sink }) => sink.location.file === file));
  }

  /** Beside the baseline, if there is one. */
  private judged({ root, config, paths }: ScanOptions, { policies }: OpenedScan, result: Result): readonly Finding[] {
    const known = config.baseline === undefined ? undefined : knownByBaseline(this.host, config.baseline, config.baseline, paths);
    const compared = known === undefined ? result : compare(this.host, root, result, known);
    return judgeChanges(compared, policies, 'editor', today(this.host)).findings;
  }

  /** Takes a text in. */
  private takes(path: string, text: string): void {
    const stamp = this.request.live ? stampOf(this.disk, path) : '';
    const last = this.seen.get(path);
    if (last?.text === text && last.stamp === stamp) return;
    this.seen.set(path, { text, stamp });
    if (this.unsaved.get(path) === text) return;
    if (savedText(this.disk, path) !== text) this.unsaved.set(path, text);
    else if (!this.unsaved.delete(path)) return;
    this.edited.add(path);
  }

  /** Forgets unsaved texts of other files that were written meanwhile, saved or not by who typed them. */
  private drops(current: string): void {
    for (const path of this.request.live ? [...this.unsaved.keys()] : []) {
      if (path === current || this.seen.get(path)?.stamp === stampOf(this.disk, path)) continue;
      this.seen.delete(path);
      this.unsaved.delete(path);
      this.edited.add(path);
    }
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

/** Every file that was seen, the folders in which another one may appear, the settings and what they name. */
function watchedPaths(host: Host, { root, paths }: Project, { config }: Preparation): ReadonlySet<string> {
  const named = [config.file, config.baseline, config.register, config.waivers, ...config.policies.flatMap(({ packs }) => packs)].filter((path) => path !== undefined);
  const watched = new Set<string>([root, ...config.catalog, ...named.flatMap((path) => below(host, path))]);
  for (const path of paths) {
    const file = `${root}/${path}`;
    watched.add(file);
    for (let folder = dirname(file); !watched.has(folder); folder = dirname(folder)) watched.add(folder);
  }
  return watched;
}

/** A path and, when it is a folder, all that is in it. */
function below(host: Host, path: string): readonly string[] {
  if (host.stat(path)?.kind !== 'folder') return [path];
  return [path, ...host.list(path).flatMap(({ name, kind }) => (kind === 'file' || kind === 'folder' ? below(host, `${path}/${name}`) : []))];
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
