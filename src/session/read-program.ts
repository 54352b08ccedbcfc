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
}

export interface ReadProgram {
  readonly project: Project;
  readonly schemas: readonly SchemaType[];
  /** What was left out before any file was parsed. */
  readonly openGaps: readonly Gap[];
  /** Reads the facts when first called, and leaves new ones in the store. The extractor comes from outside: it brings the compiler. */
  readonly facts: (extract: Extract) => Facts;
  readonly resolver: () => Resolver;
}

type Extract = (source: SourceText) => FileFacts;

export interface ReadOptions {
  readonly onFile?: (n: number) => void;
  /** Threads that extract; by default as many as the machine runs at the same time. */
  readonly jobs?: number | undefined;
}

export function readProgram(host: Host, root: string, config: ValidConfig, store: FactsStore, options: ReadOptions = {}): ReadProgram {
  // The bytes of the files are held until their facts are read: a twentieth of what the facts will take.
  const found: Piece[] = [];
  const crew = new Crew(host, options.jobs);
  const isCold = store.isNew();
  const project = discoverProject(host, root, config, (file, bytes, role) => {
    const piece = { file, bytes, role };
    if (!isCold) found.push(piece);
    else {
      crew.add(piece);
      crew.start();
    }
  });
  const schemaGaps: Gap[] = [];
  const schemas = readSchemas(host, project, schemaGaps);
  const openGaps = [...project.gaps, ...schemaGaps];
  let facts: Facts | undefined;
  let resolver: Resolver | undefined;
  return {
    project, schemas, openGaps,
    facts: (extract) => (facts ??= readFacts(found, crew, openGaps, store, extract, options.onFile)),
    resolver: () => (resolver ??= createResolver(project)),
  };
}

/** The same program after edits of some of its sources; undefined when it may have become another set of files. */
export function readEdited(host: Host, program: ReadProgram, paths: readonly RepoPath[]): ReadProgram | undefined {
  const edited = new Map<RepoPath, Piece>();
  const before = new Map(program.project.files.map((file) => [file.path, file]));
  for (const path of paths) {
    const read = before.has(path) ? rediscover(host, program.project, path) : undefined;
    if (read === undefined) return undefined;
    edited.set(path, { ...read, role: 'source' });
  }
  const project = { ...program.project, files: program.project.files.map((file) => edited.get(file.path)?.file ?? file) };
  // Let go once the facts are there, or each edit would keep the program before it.
  let source: { readonly program: ReadProgram } | { readonly facts: Facts } = { program };
  const facts = (extract: Extract): Facts => {
    const known = 'facts' in source ? source.facts : replaceFacts(source.program.facts(extract), before, edited, extract);
    source = { facts: known };
    return known;
  };
  return { ...program, project, facts };
}

function replaceFacts(known: Facts, before: ReadonlyMap<RepoPath, SourceFile>, edited: ReadonlyMap<RepoPath, Piece>, extract: Extract): Facts {
  const isEdited = (path: RepoPath | undefined): boolean => path !== undefined && edited.has(path);
  const files = known.files.filter(({ path }) => !isEdited(path));
  const gaps = known.gaps.filter(({ file }) => !isEdited(file));
  let { lines } = known;
  for (const piece of edited.values()) {
    const facts = extracted(piece, NO_STORE, extract, gaps);
    lines += piece.file.lines - (before.get(piece.file.path)?.lines ?? 0);
    if (facts === undefined) continue;
    noteSyntaxError(piece.file, facts, gaps);
    files.push({ path: piece.file.path, facts, declaration: false });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), gaps, lines };
}

function noteSyntaxError({ path }: SourceFile, { errors: [error] }: FileFacts, gaps: Gap[]): void {
  if (error) gaps.push({ kind: 'syntax-error', file: path, line: error.line, detail: error.what });
}

function readFacts(found: Piece[], crew: Crew, openGaps: readonly Gap[], store: FactsStore, extract: Extract, onFile?: (n: number) => void): Facts {
  const files: FileWithFacts[] = [];
  const gaps: Gap[] = [];
  let lines = 0;
  const keep = ({ file, role }: Piece, facts: FileFacts | undefined): void => {
    if (facts === undefined) return;
    noteSyntaxError(file, facts, gaps);
    files.push({ path: file.path, facts, declaration: role === 'declaration' });
    if (role === 'source') lines += file.lines;
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
  store.flush();
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), gaps: [...openGaps, ...gaps], lines };
}

const keyOf = ({ file }: Piece): string => `${file.hash}${file.path.endsWith('.vue') ? 'v' : ''}${file.language}`;

function extracted(piece: Piece, store: FactsStore, extract: Extract, gaps: Gap[]): FileFacts | undefined {
  const { file } = piece;
  const source = scriptOf(file.path, piece.bytes);
  if (source.problem) gaps.push({ kind: 'syntax-error', file: file.path, line: source.problem.line, detail: source.problem.detail });
  try {
    const facts = extract({ text: source.text, language: source.language });
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
