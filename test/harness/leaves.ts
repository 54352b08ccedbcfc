// Finds the fixture leaves: small project roots, each scanned alone. A theme that has a package.json is itself one leaf.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '#model/location';
import { parseMarks, type Mark } from './expectations.ts';

export interface Leaf {
  readonly theme: string;
  readonly name: string;
  readonly root: string;
}

/** Whether expectations may stand in a file. */
export const isMarked = (path: string): boolean => /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(path);

export const findLeaves = (fixtures: string): readonly Leaf[] =>
  folders(fixtures).flatMap((theme) => {
    const root = join(fixtures, theme);
    if (existsSync(join(root, 'package.json'))) return [{ theme, name: theme, root }];
    return folders(root).map((name) => ({ theme, name: `${theme}/${name}`, root: join(root, name) }));
  });

/** The marks of every source file of a leaf, with paths relative to the leaf. */
export const readMarks = (leaf: Leaf): readonly Mark[] =>
  readdirSync(leaf.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isMarked(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort(compareText)
    .flatMap((path) => parseMarks(path.slice(leaf.root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')));

const folders = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort(compareText);
