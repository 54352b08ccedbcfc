// Where a package of the repository begins in source. Manifests name build output (`dist/index.js`), which a checkout does
// not have; it is led back to the source that it is built from.
import { join } from 'node:path/posix';
import type { RepoPath } from '#model/location';
import { asObject, type JsonObject } from './json.ts';
import type { Probe } from './probe.ts';
import type { Package } from './workspaces.ts';

const OUTPUT = new Set([
  'dist', 'build', 'lib', 'out', 'output', 'es', 'esm', 'cjs', 'umd', 'mjs', 'types', 'typings', 'module', 'commonjs', 'node', 'browser',
  'release', 'bundles', 'esm2015', 'esm2020', 'esm2022', 'fesm2015', 'fesm2020', 'fesm2022', '_esm', '_cjs', '_types', '.build',
]);
const SOURCE_FOLDERS = ['src', '', 'source', 'lib', 'app'] as const;
const ENTRIES = ['src/index', 'index', 'src/main', 'src/lib/index', 'src/public-api', 'src/public_api', 'lib/index', 'src/lib'] as const;

/** `subpath` is what follows the package name, without the slash; empty for the package itself. */
export function findPackageEntry(pkg: Package, subpath: string, probe: Probe): RepoPath | undefined {
  const targets = subpath === '' ? mainTargets(pkg) : exportTargets(pkg.exports, `./${subpath}`);
  const found = bestOf(targets, (target) => findSourceOf(pkg.dir, target, probe));
  if (found !== undefined) return found;
  const guesses = subpath === '' ? ENTRIES : guessesFor(subpath);
  return bestOf(guesses, (guess) => probe.fileOrIndex(join(pkg.dir, guess)));
}

const guessesFor = (subpath: string): readonly string[] =>
  [subpath, `src/${subpath}`, `src/lib/${subpath}`, `lib/${subpath}`, `${subpath}/src/index`, `${subpath}/src/public-api`, `${subpath}/src/public_api`];

/** The code that a target of a manifest is built from. */
export function findSourceOf(dir: string, target: string, probe: Probe): RepoPath | undefined {
  const path = join('.', target);
  if (path.startsWith('..')) return undefined;
  const segments = path.split('/');
  const direct = probe.fileOrIndex(join(dir, path));
  if (!OUTPUT.has(segments[0] ?? '')) return direct ?? findMapped(dir, segments, SOURCE_FOLDERS, probe);
  // Output that is checked in gives way to its source, but only to what is surely that.
  return findMapped(dir, segments, direct === undefined ? SOURCE_FOLDERS : ['src', 'source'], probe) ?? direct;
}

function findMapped(dir: string, segments: readonly string[], folders: readonly string[], probe: Probe): RepoPath | undefined {
  for (let skip = 1; skip < segments.length && OUTPUT.has(segments[skip - 1] ?? ''); skip += 1) {
    const rest = withoutExtension(segments.slice(skip).join('/'));
    for (const folder of folders) {
      const found = probe.file(join(dir, folder, rest));
      if (found !== undefined) return found;
    }
  }
  // A compiler that was given a root above the package repeats its path: `dist/packages/core/src/index.js`.
  const source = segments.lastIndexOf('src');
  return source > 0 ? probe.file(join(dir, withoutExtension(segments.slice(source).join('/')))) : undefined;
}

const withoutExtension = (path: string): string => path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');

function mainTargets(pkg: Package): readonly string[] {
  const plain = [pkg.module, pkg.main, pkg.types].filter((each) => each !== undefined);
  return [...exportTargets(pkg.exports, '.'), ...plain];
}

/** All targets that a key of `exports` or `imports` may lead to, source conditions first. */
export function exportTargets(field: unknown, key: string): readonly string[] {
  const object = asObject(field);
  const table: JsonObject = object && Object.keys(object).some((each) => /^[.#]/.test(each)) ? object : { '.': field };
  if (Object.hasOwn(table, key)) return leaves(table[key]);
  const patterns = Object.keys(table).filter((each) => each.includes('*')).sort((a, b) => b.indexOf('*') - a.indexOf('*'));
  for (const pattern of patterns) {
    const [before = '', after = ''] = pattern.split('*');
    if (!key.startsWith(before) || !key.endsWith(after) || key.length <= before.length + after.length) continue;
    const star = key.slice(before.length, key.length - after.length);
    return leaves(table[pattern]).map((target) => target.replaceAll('*', () => star));
  }
  return [];
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(leaves);
  const conditions = Object.entries(asObject(value) ?? {});
  const rank = (name: string): number => (/source|development/.test(name) ? 0 : name === 'types' ? 2 : 1);
  return conditions.sort(([a], [b]) => rank(a) - rank(b)).flatMap(([, each]) => leaves(each));
}

/** The first that is found and is code; a declaration only when nothing else is there. */
function bestOf(targets: readonly string[], find: (target: string) => RepoPath | undefined): RepoPath | undefined {
  let second: RepoPath | undefined;
  for (const target of targets) {
    const found = find(target);
    if (found !== undefined && !/\.d\.[cm]?ts$/.test(found)) return found;
    second ??= found;
  }
  return second;
}
