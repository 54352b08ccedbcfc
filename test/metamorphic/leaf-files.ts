// The files of a fixture in memory, rewritten, and what the analyser says of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog } from '#model/catalog';
import { compareText } from '#model/location';
import { compare } from '../harness/compare.ts';
import { type Mark, parseMarks } from '../harness/expectations.ts';
import { isMarked, type Leaf } from '../harness/leaves.ts';
import { findingsIn } from '../fuzz/analyse.ts';
import { applyEdits, sourceOf } from './edits.ts';
import type { Rewrite } from './rewrites.ts';

export type Files = ReadonlyMap<string, string>;

const CODE = /\.(?:[cm]?[jt]sx?)$/;

export const readLeaf = (leaf: Leaf): Files => new Map(
  readdirSync(leaf.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText)
    .map((path) => [path.slice(leaf.root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
);

/** The files after a rewrite; undefined when there is nothing that it could rewrite. */
export function rewritten(files: Files, { edits, files: spread }: Rewrite): Files | undefined {
  const out = new Map(spread?.(files) ?? files);
  for (const [path, text] of [...out]) if (CODE.test(path) && !path.endsWith('.d.ts')) out.set(path, applyEdits(text, edits(sourceOf(path, text))));
  return out.size === files.size && [...files].every(([path, text]) => out.get(path) === text) ? undefined : out;
}

export const marksIn = (files: Files): readonly Mark[] => [...files].filter(([path]) => isMarked(path)).flatMap(([path, text]) => parseMarks(path, text));

/** What is missing or too much, in words. */
export function problemsOf(leaf: Leaf, files: Files, catalog?: Catalog): readonly string[] {
  const findings = findingsIn(files, catalog).filter((finding) => finding.kind !== 'absence' || leaf.theme === 'duties');
  return compare(marksIn(files), findings).problems;
}

/** Where the edits of a rewrite begin, as `file:line`. */
export function touchedLines(files: Files, { edits }: Rewrite): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const [path, text] of files) {
    if (!CODE.test(path) || path.endsWith('.d.ts')) continue;
    for (const { start } of edits(sourceOf(path, text))) lines.add(`${path}:${text.slice(0, start).split('\n').length}`);
  }
  return lines;
}
