// Files → facts: discovery with the bytes at hand; facts, when they are first asked for, from the store or from `extract`; and
// what could not be read as gaps. A run that finds its stored result needs discovery only.
import type { SchemaType } from '#flow/program';
import { type Host, HostError } from '#host/host';
import type { ValidConfig } from '#config/valid-config';
import type { FileFacts, SourceText } from '#model/facts';
import type { Gap } from '#model/gap';
import type { RepoPath } from '#model/location';
import { discoverProject, type Visit } from '#project/discover';
import type { Project, SourceFile } from '#project/project';
import { parseSchema } from '#project/schemas';
import type { FactsStore } from './facts-store.ts';

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
}

type Extract = (source: SourceText) => FileFacts;
type Found = Parameters<Visit>;

export function readProgram(host: Host, root: string, config: ValidConfig, store: FactsStore, onFile: (n: number) => void): ReadProgram {
  // The closures hold the bytes of the files until their facts are read: a twentieth of what the facts will take.
  const found: Found[] = [];
  const project = discoverProject(host, root, config, (...file) => void found.push(file));
  const schemaGaps: Gap[] = [];
  const schemas = readSchemas(host, project, schemaGaps);
  const openGaps = [...project.gaps, ...schemaGaps];
  let facts: Facts | undefined;
  return { project, schemas, openGaps, facts: (extract) => (facts ??= readFacts(found, openGaps, store, extract, onFile)) };
}

function readFacts(found: Found[], openGaps: readonly Gap[], store: FactsStore, extract: Extract, onFile: (n: number) => void): Facts {
  const files: FileWithFacts[] = [];
  const gaps: Gap[] = [];
  let lines = 0;
  // From the end, so that the bytes of each file can go as soon as its facts are there.
  for (let last = found.pop(); last !== undefined; last = found.pop()) {
    const [file, script, role] = last;
    const facts = factsOf(file, script, store, extract, gaps);
    if (facts === undefined) continue;
    for (const e of facts.errors.slice(0, 1)) gaps.push({ kind: 'syntax-error', file: file.path, line: e.line, detail: e.what });
    files.push({ path: file.path, facts, declaration: role === 'declaration' });
    if (role === 'source') lines += file.lines;
    onFile(files.length);
  }
  store.flush();
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), gaps: [...openGaps, ...gaps], lines };
}

function factsOf(file: SourceFile, script: Found[1], store: FactsStore, extract: Extract, gaps: Gap[]): FileFacts | undefined {
  const key = `${file.hash}${file.path.endsWith('.vue') ? 'v' : ''}${file.language}`;
  const kept = store.get(key);
  if (kept) return kept;
  const source = script();
  if (source.problem) gaps.push({ kind: 'syntax-error', file: file.path, line: source.problem.line, detail: source.problem.detail });
  try {
    const facts = extract({ text: source.text, language: source.language });
    if (!source.problem) store.put(key, facts);
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
