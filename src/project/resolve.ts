// Where an import leads: a file of the project, a package from outside, a built-in of Node, or nowhere. Needs no install and
// never looks into node_modules; only the set of known files, the manifests and the compiler settings are asked.
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import type { RepoPath } from '#model/location';
import { findByAlias, findByBase, findByConvention } from './aliases.ts';
import { exportTargets, findPackageEntry, findSourceOf } from './package-entry.ts';
import { createProbe } from './probe.ts';
import type { Project } from './project.ts';
import type { CompilerSettings } from './tsconfig.ts';
import { createPackageFinder, folderOf, type Package } from './workspaces.ts';

export type Resolution =
  | { readonly kind: 'file'; readonly file: RepoPath }
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'unresolved' };

export interface Resolver {
  resolve(from: RepoPath, specifier: string): Resolution;
  /** The package that a file belongs to. */
  packageOf(file: RepoPath): Package | undefined;
}

/** What a bare specifier depends on; shared by all folders with the same settings and package. */
interface Scope {
  /** Nearest first. */
  readonly settings: readonly CompilerSettings[];
  /** Nearest first. */
  readonly packages: readonly Package[];
  readonly bare: Map<string, Resolution>;
}

const UNRESOLVED: Resolution = { kind: 'unresolved' };

export function createResolver(project: Pick<Project, 'paths' | 'packages' | 'settings'>): Resolver {
  const probe = createProbe(project.paths);
  const findPackage = createPackageFinder(project.packages);
  const packagesByDir = new Map(project.packages.map((each) => [each.dir, each]));
  const packagesByName = indexByName(project.packages);
  const settingsByDir = new Map(project.settings.map((each) => [each.dir, each]));
  const scopes = new Map<string, Scope>();
  const scopeOfDir = new Map<string, Scope>();
  /** As written, by folder: files of one share what was found. */
  const knownInDir = new Map<string, Map<string, Resolution>>();
  /** The same by file: the same imports are asked for again and again. */
  const knownIn = new Map<RepoPath, Map<string, Resolution>>();

  const resolve = (from: RepoPath, written: string): Resolution => {
    let known = knownIn.get(from);
    if (!known) knownIn.set(from, (known = knownOf(folderOf(from))));
    let found = known.get(written);
    if (!found) known.set(written, (found = resolveIn(folderOf(from), bareOfLoaders(written))));
    return found;
  };

  const knownOf = (dir: string): Map<string, Resolution> => {
    const known = knownInDir.get(dir) ?? new Map<string, Resolution>();
    knownInDir.set(dir, known);
    return known;
  };

  const resolveIn = (dir: string, specifier: string): Resolution =>
    /^\.{0,2}(?:\/|$)/.test(specifier) ? toResolution(findLocal(dir, specifier)) : resolveBare(scopeOf(dir), specifier);

  const findLocal = (dir: string, specifier: string): RepoPath | undefined => {
    if (!specifier.startsWith('/')) return findAt(join(dir, specifier));
    // From the root of what is served: the package, its public folder, or the nearest mini program.
    for (const each of scopeOf(dir).packages) {
      const found = findAt(join(each.dir, specifier)) ?? findAt(join(each.dir, 'public', specifier));
      if (found !== undefined) return found;
    }
    for (let at = dir; ; at = folderOf(at)) {
      if (at === '' || project.paths.has(join(at, 'app.json') as RepoPath)) return findAt(join(at, specifier.slice(1)));
    }
  };

  const findAt = (path: string): RepoPath | undefined => {
    if (path.startsWith('..')) return undefined;
    const clean = path === '.' || path === './' ? '' : path.replace(/\/$/, '');
    // A trailing slash asks for the folder, even beside a file of that name.
    const file = path.endsWith('/') || clean === '' ? undefined : probe.file(clean);
    if (file !== undefined) return file;
    const inner = packagesByDir.get(clean);
    const main = inner && [inner.module, inner.main, inner.types].find((each) => each !== undefined);
    return (inner && main !== undefined ? findSourceOf(clean, main, probe) : undefined) ?? probe.file(join(clean, 'index'));
  };

  const resolveBare = (scope: Scope, specifier: string): Resolution => {
    let found = scope.bare.get(specifier);
    if (!found) scope.bare.set(specifier, (found = findBare(scope, specifier)));
    return found;
  };

  const findBare = (scope: Scope, specifier: string): Resolution => {
    const { claimed, file } = findByAlias(scope.settings, specifier, (path) => findAt(path) ?? findSourceOf('', path, probe));
    if (file !== undefined) return { kind: 'file', file };
    if (specifier.startsWith('#')) return resolveImports(scope, specifier);
    if (specifier.startsWith('node:') || specifier.startsWith('bun:') || isBuiltin(specifier)) {
      return { kind: 'builtin', name: specifier.replace(/^node:/, '') };
    }
    const [name, subpath] = splitSpecifier(specifier);
    const declared = scope.packages.some((each) => each.dependencies.has(name));
    const own = packagesByName.get(name);
    if (own && isMeant(own, scope, declared)) {
      const entry = findPackageEntry(own, subpath, probe);
      if (entry !== undefined) return { kind: 'file', file: entry };
    }
    const guess = findByBase(scope.settings, specifier, findAt) ?? (declared ? undefined : findByConvention(scope.packages, specifier, findAt));
    if (guess !== undefined) return { kind: 'file', file: guess };
    return !isPackageName(name) || (claimed && !declared) ? UNRESOLVED : { kind: 'package', name, subpath };
  };

  const resolveImports = (scope: Scope, specifier: string): Resolution => {
    const owner = scope.packages.find((each) => each.imports);
    for (const target of exportTargets(owner?.imports, specifier)) {
      if (!target.startsWith('.')) return target.startsWith('#') ? UNRESOLVED : resolveBare(scope, target);
      const file = findSourceOf(owner?.dir ?? '', target, probe);
      if (file !== undefined) return { kind: 'file', file };
    }
    return UNRESOLVED;
  };

  const scopeOf = (dir: string): Scope => {
    let scope = scopeOfDir.get(dir);
    if (scope) return scope;
    const settings = upwards(dir, (at) => settingsByDir.get(at));
    const packages = upwards(dir, (at) => packagesByDir.get(at));
    const key = `${settings[0]?.file ?? ''}\n${packages[0]?.dir ?? ''}`;
    scope = scopes.get(key) ?? { settings, packages, bare: new Map() };
    scopes.set(key, scope);
    scopeOfDir.set(dir, scope);
    return scope;
  };

  return { resolve, packageOf: (file) => findPackage(folderOf(file)) };
}

/** A package of the repository, or one from outside that is called the same? */
function isMeant(own: Package, { packages }: Scope, declared: boolean): boolean {
  const [nearest] = packages;
  if (nearest === own) return !own.dependencies.has(own.name);
  return own.member || !declared;
}

/** The members of workspaces win over templates and fixtures of the same name, then the one nearest to the root. */
function indexByName(packages: readonly Package[]): ReadonlyMap<string, Package> {
  const named = packages.filter((each) => each.kind === 'package' && each.name !== '');
  const ranked = [...named].sort((a, b) => Number(b.member) - Number(a.member) || a.dir.split('/').length - b.dir.split('/').length);
  const index = new Map<string, Package>();
  for (const each of ranked) if (!index.has(each.name)) index.set(each.name, each);
  return index;
}

function splitSpecifier(specifier: string): readonly [name: string, subpath: string] {
  const segments = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return [segments.slice(0, length).join('/'), segments.slice(length).join('/')];
}

const isPackageName = (name: string): boolean => /^(?:@[\w.~-]+\/)?[\w.-][\w.~-]*$/.test(name);

/** `raw-loader!./x` and `./x?worker` mean `./x`. */
const bareOfLoaders = (specifier: string): string => specifier.slice(specifier.lastIndexOf('!') + 1).replace(/(?!^)\?.*$/, '');

function upwards<T>(dir: string, find: (at: string) => T | undefined): readonly T[] {
  const found: T[] = [];
  for (let at = dir; ; at = at.includes('/') ? dirname(at) : '') {
    const each = find(at);
    if (each !== undefined) found.push(each);
    if (at === '') return found;
  }
}

const toResolution = (file: RepoPath | undefined): Resolution => (file === undefined ? UNRESOLVED : { kind: 'file', file });
