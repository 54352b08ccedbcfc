// Finds the program: its files with their digests, what is left out and why, its packages and compiler settings.
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import type { Gap, GapKind } from '#model/gap';
import { compareText, type RepoPath } from '#model/location';
import { type Script, templateOf, toScript, withTemplate } from './containers.ts';
import { inspect } from './content.ts';
import { decode } from './decode.ts';
import { isPlainScript, kindOfFile, languageOf } from './file-kinds.ts';
import { createPathTest, type PathTest } from './ignore-rules.ts';
import type { Project, SourceFile } from './project.ts';
import { readSettings } from './tsconfig.ts';
import { walkTree } from './walk.ts';
import { readPackages } from './workspaces.ts';

export interface DiscoverOptions {
  /** Globs; empty means everything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Told of each file with its bytes, in code-unit order. */
export type Visit = (file: SourceFile, bytes: Uint8Array, role: 'source' | 'declaration') => void;

const SIZE_LIMIT = 4 * 1024 * 1024;
/** Half of a SHA-256: no collision by accident among all files of the world, at half the size in caches. */
const DIGEST_LENGTH = 32;

export function discoverProject(host: Host, root: string, options: DiscoverOptions, visit?: Visit): Project {
  const top = findRoot(host, root);
  const excluded = createPathTest(options.exclude);
  const included: PathTest = options.include.length > 0 ? createPathTest(options.include) : () => true;
  const walk = walkTree(host, top, excluded);
  const paths = new Set<RepoPath>([...walk.paths, ...walk.leftOut]);

  const files: SourceFile[] = [];
  const declarations: SourceFile[] = [];
  const gaps: Gap[] = [...walk.gaps];
  const unsupported = new Map<string, number>();
  for (const path of walk.paths) {
    const kind = kindOfFile(path);
    if (kind !== 'source' && kind !== 'declaration' && kind !== 'unsupported') continue;
    if (!included(path) || excluded(path)) continue;
    if (kind === 'unsupported') {
      const extension = path.slice(path.lastIndexOf('.'));
      unsupported.set(extension, (unsupported.get(extension) ?? 0) + 1);
      continue;
    }
    const read = readSourceFile(host, top, path, paths);
    if (read.gap) gaps.push(read.gap);
    if (!read.file || !read.bytes) continue;
    const role = kind === 'declaration' || read.gap ? 'declaration' : 'source';
    (role === 'source' ? files : declarations).push(read.file);
    visit?.(read.file, read.bytes, role);
  }
  for (const [extension, count] of unsupported) gaps.push({ kind: 'unsupported', detail: `${count} ${extension}` });

  const of = (wanted: ReturnType<typeof kindOfFile>): readonly RepoPath[] => walk.paths.filter((path) => kindOfFile(path) === wanted);
  const { packages, gaps: packageGaps } = readPackages(host, top, of('manifest'));
  const { settings, gaps: settingGaps } = readSettings(host, top, of('settings'), packages);
  gaps.push(...packageGaps, ...settingGaps);
  gaps.sort((a, b) => compareText(a.file ?? '', b.file ?? '') || compareText(a.detail, b.detail));
  return { root: top, files, declarations, paths, schemas: of('schema'), packages, settings, gaps, links: walk.links };
}

/** One source of a project, read once more; undefined when it is no source any more, or is left out now. */
export function rediscover(host: Host, { root, paths }: Project, path: RepoPath): { readonly file: SourceFile; readonly bytes: Uint8Array } | undefined {
  const { file, bytes, gap } = readSourceFile(host, root, path, paths);
  return file === undefined || bytes === undefined || gap !== undefined ? undefined : { file, bytes };
}

/** The text of a file that was found, once more; throws `HostError` when it has gone meanwhile. */
export function readSource(host: Host, project: Project, path: RepoPath): Script {
  return scriptOf(path, host.readBytes(`${project.root}/${path}`));
}

export const scriptOf = (path: string, bytes: Uint8Array): Script => toScript(path, decode(bytes));

function findRoot(host: Host, root: string): string {
  const real = host.realpath(root);
  if (real === undefined || host.stat(real)?.kind !== 'folder') {
    throw new UserError(`No such folder: ${root}`, 'Name an existing folder to scan.', { file: root });
  }
  return real.replace(/\/$/, '');
}

interface ReadFile {
  /** With a gap beside it: generated code, of which only the types count. */
  readonly file?: SourceFile;
  readonly bytes?: Uint8Array;
  readonly gap?: Gap;
}

function readSourceFile(host: Host, root: string, path: RepoPath, paths: ReadonlySet<string>): ReadFile {
  let bytes: Uint8Array;
  try {
    bytes = host.readBytes(`${root}/${path}`, SIZE_LIMIT);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { gap: toGap(path, error) };
  }
  const { lines, leftOut } = inspect(path, bytes);
  const compiled = leftOut ?? findCompiled(path, bytes, paths);
  const gap = compiled && { kind: compiled.kind, file: path, detail: compiled.detail };
  if (gap && (gap.kind !== 'generated' || isPlainScript(path))) return { gap };
  const template = gap ? undefined : readTemplate(host, root, path, bytes, paths);
  if (template) bytes = withTemplate(bytes, template);
  const file: SourceFile = { path, hash: host.sha256(bytes).slice(0, DIGEST_LENGTH), language: languageOf(path, () => decode(bytes)), lines };
  return { file, bytes, ...(gap && { gap }) };
}

function readTemplate(host: Host, root: string, path: RepoPath, bytes: Uint8Array, paths: ReadonlySet<string>): Uint8Array | undefined {
  const template = templateOf(path, bytes, paths);
  if (template === undefined) return undefined;
  try {
    return host.readBytes(`${root}/${template}`, SIZE_LIMIT);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return undefined;
  }
}

/** The output of the compiler that lies beside its source would be judged twice. */
function findCompiled(path: RepoPath, bytes: Uint8Array, paths: ReadonlySet<string>): { kind: GapKind; detail: string } | undefined {
  if (!isPlainScript(path)) return undefined;
  const stem = path.replace(/\.([cm]?)jsx?$/, '.$1');
  const source = [`${stem}ts`, `${stem}tsx`].find((each) => paths.has(each));
  if (source === undefined) return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, 2000));
  const tail = new TextDecoder().decode(bytes.subarray(-300));
  const isOutput = head.includes('Object.defineProperty(exports, "__esModule"') || tail.includes('//# sourceMappingURL=');
  return isOutput ? { kind: 'generated', detail: 'compiled from the TypeScript beside it' } : undefined;
}

function toGap(file: RepoPath, error: HostError): Gap {
  if (error.reason === 'missing') return { kind: 'vanished', file, detail: 'gone while it was read' };
  if (error.reason === 'too-large') return { kind: 'too-large', file, detail: error.message };
  return { kind: 'unreadable', file, detail: error.reason === 'denied' ? 'permission denied' : 'cannot be read' };
}
