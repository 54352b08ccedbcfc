// Files → facts: discovery with the bytes at hand; facts, when they are first asked for, from the store or from `extract`; and
// what could not be read as gaps. A run that finds its stored result needs discovery only.
import type { SchemaType } from '#flow/program';
import { type Host, HostError } from '#host/host';
import type { ValidConfig } from '#config/valid-config';
import type { FileFacts, SourceText } from '#model/facts';
import type { Gap } from '#model/gap';
import type { RepoPath } from '#model/location';
import { discoverProject, rediscover, scriptOf } from '#project/discover';
import type { Project, SourceFile } from '#project/project';
import { createResolver, type Resolver } from '#project/resolve';
import { parseSchema } from '#project/schemas';
import { asideOf } from './aside.ts';
import { Crew, type Piece } from './extract-crew.ts';
import { type FactsStore, NO_STORE } from './facts-store.ts';
import { decodeFacts } from './facts-codec.ts';

interface FileWithFacts {
  readonly path: RepoPath;
  readonly facts: FileFacts;
  readonly declaration: boolean;
}

export interface Facts {
  /** Sources and declarations in code-unit order of their paths. */
  readonly files: readonly FileWithFacts[];
  readonly gaps: readonly Gap[];
  readonly lines: number;
  /** Sources left aside that nothing leads to. */
  readonly unread: number;
}

export interface ReadProgram {
  readonly project: Project;
  readonly schemas: readonly SchemaType[];
  /** What was left out before any file was parsed. */
  readonly openGaps: readonly Gap[];
  /** Sources that are parsed only where others import them. */
  readonly aside: ReadonlySet<RepoPath>;
  /** Reads the facts when first called, and leaves new ones in the store. The extractor comes from outside: it brings the compiler. */
  readonly facts: (extract: Extract) => Facts;
  readonly resolver: () => Resolver;
}

type Extract = (source: SourceText) => FileFacts;

export interface ReadOptions {
  readonly onFile?: (n: number) => void;
  /** Threads that extract; by default as many as the machine runs at the same time. */
  readonly jobs?: number | undefined;
  /** Sources that are parsed only where others import them: nothing in them is followed. */
  readonly isAside?: ((path: RepoPath) => boolean) | undefined;
}

export function readProgram(host: Host, root: string, config: ValidConfig, store: FactsStore, options: ReadOptions = {}): ReadProgram {
  // The bytes of the files are held until their facts are read: a twentieth of what the facts will take.
  const found: Piece[] = [];
  const crew = new Crew(host, options.jobs);
  const isCold = store.isNew();
  const aside = new Set<RepoPath>();
  const project = discoverProject(host, root, config, (file, bytes, role) => {
    const piece = { file, bytes, role };
    if (role === 'source' && options.isAside?.(file.path) === true) aside.add(file.path);
    else if (!isCold) found.push(piece);
    else {
      crew.add(piece);
      crew.start();
    }
  });
  const schemaGaps: Gap[] = [];
  const schemas = readSchemas(host, project, schemaGaps);
  const openGaps = [...project.gaps, ...schemaGaps];
  let facts: Facts | undefined;
  let known: Resolver | undefined;
  const resolver = (): Resolver => (known ??= createResolver(project));
  return {
    project, schemas, openGaps, aside, resolver,
    facts: (extract) => (facts ??= withImported(host, { project, aside, resolver }, readFacts(found, crew, openGaps, store, extract, options.onFile), store, extract)),
  };
}

/** What was read of the sources that are followed, with what goes with each. */
type Read = Pick<Facts, 'files' | 'gaps'>;

/** Those left aside come in where others import them, however far. */
function withImported(host: Host, { project, aside, resolver }: Pick<ReadProgram, 'project' | 'aside' | 'resolver'>, read: Read, store: FactsStore, extract: Extract, known: ReadonlyMap<RepoPath, FileWithFacts> = new Map()): Facts {
  const unread = new Set(aside);
  const files = [...read.files];
  const gaps = [...read.gaps];
  for (let next = 0; next < files.length && unread.size > 0; next++) {
    const from = files[next];
    for (const path of from ? asideOf(from, unread, resolver()) : []) {
      unread.delete(path);
      const file = known.get(path) ?? readAgain(host, project, path, store, extract, gaps);
      if (file) files.push(file);
    }
  }
  store.flush();
  const parsed = new Set(files.map(({ path }) => path));
  const lines = project.files.reduce((sum, file) => (parsed.has(file.path) || unread.has(file.path) ? sum + file.lines : sum), 0);
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), gaps, lines, unread: unread.size };
}

function readAgain(host: Host, project: Project, path: RepoPath, store: FactsStore, extract: Extract, gaps: Gap[]): FileWithFacts | undefined {
  const read = rediscover(host, project, path);
  if (read === undefined) return undefined;
  const piece: Piece = { ...read, role: 'source' };
  const facts = store.get(keyOf(piece)) ?? extracted(piece, store, extract, gaps);
  if (facts === undefined) return undefined;
  noteSyntaxError(piece.file, facts, gaps);
  return { path, facts, declaration: false };
}

/** The same program after edits of some of its sources; undefined when it may have become another set of files. */
export function readEdited(host: Host, program: ReadProgram, paths: readonly RepoPath[]): ReadProgram | undefined {
  const edited = new Map<RepoPath, Piece>();
  const before = new Set(program.project.files.map((file) => file.path));
  for (const path of paths) {
    const read = before.has(path) ? rediscover(host, program.project, path) : undefined;
    if (read === undefined) return undefined;
    edited.set(path, { ...read, role: 'source' });
  }
  const project = { ...program.project, files: program.project.files.map((file) => edited.get(file.path)?.file ?? file) };
  // Let go once the facts are there, or each edit would keep the program before it.
  let source: { readonly program: ReadProgram } | { readonly facts: Facts } = { program };
  const after = { ...program, project };
  const facts = (extract: Extract): Facts => {
    const known = 'facts' in source ? source.facts : replaceFacts(host, after, source.program.facts(extract), edited, extract);
    source = { facts: known };
    return known;
  };
  return { ...after, facts };
}

function replaceFacts(host: Host, program: ReadProgram, known: Facts, edited: ReadonlyMap<RepoPath, Piece>, extract: Extract): Facts {
  const stays = ({ path }: FileWithFacts): boolean => !edited.has(path);
  const files = known.files.filter((file) => stays(file) && !program.aside.has(file.path));
  const gaps = known.gaps.filter(({ file }) => file === undefined || !edited.has(file));
  for (const [path, piece] of edited) {
    if (program.aside.has(path)) continue;
    const facts = extracted(piece, NO_STORE, extract, gaps);
    if (facts === undefined) continue;
    noteSyntaxError(piece.file, facts, gaps);
    files.push({ path, facts, declaration: false });
  }
  const aside = known.files.filter((file) => stays(file) && program.aside.has(file.path));
  return withImported(host, program, { files, gaps }, NO_STORE, extract, new Map(aside.map((file) => [file.path, file])));
}

function noteSyntaxError({ path }: SourceFile, { errors: [error] }: FileFacts, gaps: Gap[]): void {
  if (error) gaps.push({ kind: 'syntax-error', file: path, line: error.line, detail: error.what });
}

function readFacts(found: Piece[], crew: Crew, openGaps: readonly Gap[], store: FactsStore, extract: Extract, onFile?: (n: number) => void): Read {
  const files: FileWithFacts[] = [];
  const gaps: Gap[] = [];
  const keep = ({ file, role }: Piece, facts: FileFacts | undefined): void => {
    if (facts === undefined) return;
    noteSyntaxError(file, facts, gaps);
    files.push({ path: file.path, facts, declaration: role === 'declaration' });
    onFile?.(files.length);
  };
  // From the end, so that the bytes of each file can go as soon as its facts are there.
  for (let piece = found.pop(); piece !== undefined; piece = found.pop()) {
    const kept = store.get(keyOf(piece));
    if (kept) keep(piece, kept);
    else crew.add(piece);
  }
  crew.start();
  for (const { piece, encoded } of crew.work()) {
    if (encoded) store.put(keyOf(piece), encoded);
    keep(piece, encoded ? decodeFacts(encoded) : extracted(piece, store, extract, gaps));
  }
  return { files, gaps: [...openGaps, ...gaps] };
}

const keyOf = ({ file }: Piece): string => `${file.hash}${/\.(vue|svelte)$/.exec(file.path)?.[1]?.charAt(0) ?? ''}${file.language}`;

function extracted(piece: Piece, store: FactsStore, extract: Extract, gaps: Gap[]): FileFacts | undefined {
  const { file } = piece;
  const source = scriptOf(file.path, piece.bytes);
  if (source.problem) gaps.push({ kind: 'syntax-error', file: file.path, line: source.problem.line, detail: source.problem.detail });
  try {
    const facts = extract(source);
    if (!source.problem) store.put(keyOf(piece), facts);
    return facts;
  } catch (error) {
    // Only the depth of the code can exhaust the stack; anything else is a bug and must be seen.
    if (!(error instanceof RangeError)) throw error;
    gaps.push({ kind: 'limit-reached', file: file.path, detail: 'nested too deeply' });
    return undefined;
  }
}

function readSchemas(host: Host, project: Project, gaps: Gap[]): readonly SchemaType[] {
  return project.schemas.flatMap((path) => {
    try {
      return parseSchema(path, host.readText(`${project.root}/${path}`)).map((m) => ({ name: m.name, file: path, line: m.line, fields: m.fields }));
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      gaps.push({ kind: 'unreadable', file: path, detail: error.reason });
      return [];
    }
  });
}
