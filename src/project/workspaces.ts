// The packages of a repository: every package.json (and Nx project.json), whatever tool ties them together. Which of them
// are members of a workspace matters only when a name occurs twice: the member wins over a template or a fixture.
import { parse as parseYaml } from 'yaml';
import { type Host, HostError } from '#host/host';
import type { Gap } from '#model/gap';
import { compareText, type RepoPath } from '#model/location';
import { createPathTest } from './ignore-rules.ts';
import { asObject, asText, asTexts, type JsonObject, parseJsonObject } from './json.ts';

export interface Package {
  /** Empty when it has none. */
  readonly name: string;
  /** `project` is an Nx project without package.json: it has a folder, but no name to import. */
  readonly kind: 'package' | 'project';
  /** Repository-relative, without a trailing slash; empty for the root. */
  readonly dir: string;
  readonly member: boolean;
  readonly exports: unknown;
  readonly imports: JsonObject | undefined;
  readonly main: string | undefined;
  readonly module: string | undefined;
  readonly types: string | undefined;
  /** Names, of all kinds together. */
  readonly dependencies: ReadonlySet<string>;
}

export interface Packages {
  /** In code-unit order of their folders. */
  readonly packages: readonly Package[];
  readonly gaps: readonly Gap[];
}

const DEPENDENCY_KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

export function readPackages(host: Host, root: string, manifests: readonly RepoPath[]): Packages {
  const gaps: Gap[] = [];
  const objects = new Map<RepoPath, JsonObject>();
  const globs: string[] = [];
  for (const file of manifests) {
    const text = readManifest(host, root, file);
    const found = text === undefined ? undefined : file.endsWith('.yaml') ? parseYamlObject(text) : parseJsonObject(text);
    if (found) {
      objects.set(file, found);
      globs.push(...workspaceGlobs(file, found));
    } else if (text?.trim()) {
      gaps.push({ kind: 'unreadable', file, detail: file.endsWith('.yaml') ? 'not valid YAML' : 'not valid JSON' });
    }
  }
  const isMember = createPathTest(globs);
  const packages = new Map<string, Package>();
  for (const [file, object] of objects) {
    const dir = folderOf(file);
    if (/(?:^|\/)package\.json$/.test(file)) packages.set(dir, toPackage(dir, object, dir === '' || isMember(dir)));
    else if (/(?:^|\/)project\.json$/.test(file) && !packages.has(dir)) packages.set(dir, { ...toPackage(dir, object, false), kind: 'project' });
  }
  return { packages: [...packages.values()].sort((a, b) => compareText(a.dir, b.dir)), gaps };
}

/** The package that a file belongs to: the one of the nearest folder at or above it. */
export function createPackageFinder(packages: readonly Package[]): (folder: string) => Package | undefined {
  const byDir = new Map(packages.map((each) => [each.dir, each]));
  const known = new Map<string, Package | undefined>();
  const find = (folder: string): Package | undefined => {
    if (known.has(folder)) return known.get(folder);
    const found = byDir.get(folder) ?? (folder === '' ? undefined : find(folderOf(folder)));
    known.set(folder, found);
    return found;
  };
  return find;
}

/** `''` for a name at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function workspaceGlobs(file: RepoPath, object: JsonObject): readonly string[] {
  const dir = folderOf(file);
  const globs = [object['workspaces'], asObject(object['workspaces'])?.['packages'], object['packages']].flatMap(asTexts);
  // Anchored: `packages/*` means folders there, not anywhere.
  return globs.map((glob) => glob.replace(/^(!?)(?:\.?\/)?/, `$1/${dir === '' ? '' : `${dir}/`}`));
}

function toPackage(dir: string, object: JsonObject, member: boolean): Package {
  return {
    name: asText(object['name']) ?? '',
    kind: 'package',
    dir,
    member,
    exports: object['exports'],
    imports: asObject(object['imports']),
    main: asText(object['main']),
    module: asText(object['module']) ?? asText(object['browser']),
    types: asText(object['types']) ?? asText(object['typings']),
    dependencies: new Set(DEPENDENCY_KINDS.flatMap((kind) => Object.keys(asObject(object[kind]) ?? {}))),
  };
}

function readManifest(host: Host, root: string, file: RepoPath): string | undefined {
  try {
    return host.readText(`${root}/${file}`);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

function parseYamlObject(text: string): JsonObject | undefined {
  try {
    return asObject(parseYaml(text));
  } catch {
    return undefined;
  }
}
