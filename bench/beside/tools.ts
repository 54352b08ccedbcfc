// The tools that stand beside Fiduciary: how each is run over a folder, and how what it says is read.
import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import type { Result } from '#model/result';
import { selectVisible } from '#report/visible';
import type { Place } from './places.ts';

export const TOOLS = ['fiduciary', 'semgrep', 'jelly'] as const;
export type ToolName = (typeof TOOLS)[number];

export interface Tool {
  readonly name: ToolName;
  readonly command: string;
  readonly args: (folder: string, scratch: string) => readonly string[];
  readonly version: readonly string[];
  /** Exit codes of a run that did its work. */
  readonly allowed: readonly number[];
  readonly env: NodeJS.ProcessEnv;
}

/** The versions for which the figures of README.md hold. */
export const PINNED = { semgrep: '1.185.0', jelly: '0.13.0' } as const;

export const INSTALL: Readonly<Record<keyof typeof PINNED, string>> = {
  semgrep: `python3 -m venv VENV && VENV/bin/pip install semgrep==${PINNED.semgrep}, then --semgrep VENV/bin/semgrep`,
  jelly: `npm install @cs-au-dk/jelly@${PINNED.jelly}, or a checkout of its repository at v${PINNED.jelly} with npm ci && npm run build; then --jelly .../lib/main.js (it asks for Node 22: --jelly-node NODE)`,
};

const RULES = resolve(import.meta.dirname, 'semgrep.yaml');

export const fiduciary: Tool = {
  name: 'fiduciary', command: process.execPath, allowed: [0], env: {}, version: [resolve('dist/cli/bin.js'), '--version'],
  args: (folder, scratch) => [resolve('dist/cli/bin.js'), 'scan', folder, '--report', `json=${join(scratch, 'fiduciary.json')}`, '--no-cache', '--fail-on', 'never'],
};

/** As the tool itself tells it; empty when it can't be run. */
export function versionOf({ command, version }: Tool): string {
  return spawnSync(command, version, { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** Its own list of what to leave out is emptied by a file in the folder (see `copyFor`): all tools get the same scripts. */
export const semgrep = (command: string): Tool => ({
  name: 'semgrep', command, allowed: [0], env: { SEMGREP_SEND_METRICS: 'off' }, version: ['--disable-version-check', '--version'],
  args: (folder, scratch) => ['scan', '--quiet', '--oss-only', '--metrics=off', '--disable-version-check', '--no-git-ignore', '--config', RULES,
    '--json', '--output', join(scratch, 'semgrep.json'), folder],
});

/** Only what a call itself calls: Fiduciary has no edges for callbacks that a library calls, for getters and for imports. */
export const jelly = (path: string, node: string): Tool => {
  const isScript = /\.[cm]?js$/.test(path);
  return {
    name: 'jelly', command: isScript ? node : path, allowed: [0], env: {}, version: [...(isScript ? [path] : []), '--version'],
    args: (folder, scratch) => [...(isScript ? [path] : []), '--ignore-dependencies', '--ignore-unresolved', '--no-tty', '--no-print-progress', '--loglevel', 'error',
      '--no-callgraph-native', '--no-callgraph-external', '--no-callgraph-implicit', '--no-callgraph-require',
      '--basedir', folder, '--callgraph-json', join(scratch, 'jelly.json'), '--diagnostics-json', join(scratch, 'jelly-counts.json'), folder],
  };
};

export interface Findings {
  readonly shown: readonly Place[];
  /** What the tool itself holds for too uncertain to show, or for allowed. */
  readonly hidden: readonly Place[];
  /** Files that could not be read whole. */
  readonly broken: number;
}

export function readFiduciary(scratch: string): Findings {
  const { findings, gaps } = readJson<Result>(scratch, 'fiduciary.json');
  const shown = new Set(selectVisible(findings, { confidence: 'medium', quiet: false }).shown);
  const places = findings.map((finding) => ({ finding, place: { file: finding.sink.location.file, line: finding.sink.location.line, end: finding.sink.location.endLine, rule: finding.channel } }));
  return {
    shown: places.filter(({ finding }) => shown.has(finding)).map(({ place }) => place),
    hidden: places.filter(({ finding }) => !shown.has(finding)).map(({ place }) => place),
    broken: gaps.filter(({ kind }) => kind === 'syntax-error').length,
  };
}

interface SemgrepOutput {
  readonly results: readonly { readonly check_id: string; readonly path: string; readonly start: { readonly line: number }; readonly end: { readonly line: number } }[];
  readonly errors: readonly { readonly path?: string }[];
}

export function readSemgrep(scratch: string, folder: string): Findings {
  const { results, errors } = readJson<SemgrepOutput>(scratch, 'semgrep.json');
  // The id of a rule starts with the path of its file.
  const shown = results.map(({ check_id: id, path, start, end }) => ({ file: relative(folder, resolve(path)), line: start.line, end: end.line, rule: id.slice(id.lastIndexOf('.') + 1) }));
  return { shown, hidden: [], broken: new Set(errors.map(({ path }) => path)).size };
}

/** Tells Semgrep to leave nothing out. */
export function letSemgrepSeeAll(folder: string): void {
  writeFileSync(join(folder, '.semgrepignore'), '');
}

export const readJson = <T>(folder: string, name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
