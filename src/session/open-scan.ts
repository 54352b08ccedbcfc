// The first half of a scan: the catalogue, the files with their digests, and the result of the last run if nothing has changed
// since. It needs neither compiler nor solver, so that a door can look here before it loads them.
import type { ValidConfig } from '#config/valid-config';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { FACTS_VERSION } from '#model/facts';
import { compareText, type RepoPath } from '#model/location';
import type { Result } from '#model/result';
import type { Stage } from '#model/run';
import { VERSION } from '#model/version';
import { type Clock, createClock } from './clock.ts';
import { type FactsStore, NO_STORE, openFactsStore } from './facts-store.ts';
import { loadRunCatalog } from './load-catalog.ts';
import { loadPolicies, type Policies } from './load-policies.ts';
import { readProgram, type ReadProgram } from './read-program.ts';
import { asideUnder } from './aside.ts';
import { buildId, readResult, type ResultSlot, writeResult } from './result-store.ts';

export interface ScanOptions {
  readonly root: string;
  readonly config: ValidConfig;
  /** Where facts and the last result are kept; nothing is kept when absent. */
  readonly cacheDir?: string | undefined;
  /** Relative to the root; findings elsewhere are left out, the whole program is analysed. Empty: everything. */
  readonly paths: readonly string[];
  /** Which of the kept results it is; the base of a change has its own. */
  readonly slot?: ResultSlot;
  /** Facts of a session that stays open; by default those of the folder. */
  readonly store?: FactsStore;
  /** `false`: the result is not kept, because it is of texts that nobody has saved. */
  readonly keepsResult?: boolean;
  /** Threads that read files; no result depends on it. */
  readonly jobs?: number | undefined;
  /** Evaluates also what can reach no sink: slower, with the same findings. */
  readonly everything?: boolean | undefined;
  /** Only the findings placed in this file, for less work; counts are those of that work, and nothing is kept. */
  readonly only?: RepoPath | undefined;
  readonly stage?: Stage | undefined;
  /** Packs and folders over those of the settings. */
  readonly policies?: readonly string[] | undefined;
  readonly ignoreWaivers?: boolean | undefined;
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

export interface OpenedScan {
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly policies: Policies;
  readonly program: ReadProgram;
  /** Of the last run, when nothing that it depends on has changed. */
  readonly kept: Result | undefined;
  readonly keep: (result: Result) => unknown;
}

export function openScan(host: Host, options: ScanOptions): OpenedScan {
  const clock = createClock(host);
  const { config, cacheDir, slot = 'head' } = options;
  const progress = options.onProgress ?? ((): void => undefined);
  const catalog = clock.time('catalogue', () => loadRunCatalog(host, config));
  const policies = clock.time('policies', () => loadPolicies(host, catalog, config, { named: options.policies ?? [], cacheDir, ignoreWaivers: options.ignoreWaivers === true, today: today(host) }));
  const store = options.store ?? (cacheDir === undefined ? NO_STORE : openFactsStore(host, cacheDir));
  const program = clock.time('discover', () => readProgram(host, options.root, config, store, { onFile: (n) => progress('read', n, n), jobs: options.jobs, isAside: asideUnder(policies.exempt, options.paths) }));
  const build = buildId(host);
  if (cacheDir === undefined || build === undefined) return { clock, catalog, policies, program, kept: undefined, keep: () => undefined };
  const key = clock.time('cache', () => resultKey(host, options, catalog, policies, program, build));
  const kept = clock.time('cache', () => readResult(host, cacheDir, slot, key));
  return { clock, catalog, policies, program, kept, keep: (result) => options.keepsResult !== false && writeResult(host, cacheDir, slot, key, result) };
}

/** A digest of everything a result depends on; the date matters for what expires. */
function resultKey(host: Host, options: ScanOptions, catalog: Catalog, policies: Policies, { project, openGaps, schemas }: ReadProgram, build: string): string {
  return host.sha256(JSON.stringify([
    VERSION, FACTS_VERSION, build, catalog.digest, policies.digest, options.stage, options.config, options.paths, today(host), openGaps, schemas, project.packages, project.settings,
    [...project.paths].sort(compareText), project.files.map((f) => [f.path, f.hash]), project.declarations.map((f) => [f.path, f.hash]),
  ]));
}

export const today = (host: Host): string => host.now().toISOString().slice(0, 10);
