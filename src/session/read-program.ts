// Files → facts: discovery with the bytes at hand, facts from the store or from `extract`, and what could not be read as gaps.
import { extract } from '#extract/extract';
import type { SchemaType } from '#flow/program';
import { type Host, HostError } from '#host/host';
import type { ValidConfig } from '#config/valid-config';
import type { FileFacts } from '#model/facts';
import type { Gap } from '#model/gap';
import type { RepoPath } from '#model/location';
import { discoverProject } from '#project/discover';
import type { Project, SourceFile } from '#project/project';
import { parseSchema } from '#project/schemas';
import type { FactsStore } from './facts-store.ts';

export interface ReadProgram {
  readonly project: Project;
  /** Sources and declarations in code-unit order of their paths. */
  readonly files: readonly { readonly path: RepoPath; readonly facts: FileFacts; readonly declaration: boolean }[];
  readonly schemas: readonly SchemaType[];
  readonly gaps: readonly Gap[];
  readonly lines: number;
}

export function readProgram(host: Host, root: string, config: ValidConfig, store: FactsStore, onFile: (n: number) => void): ReadProgram {
  const files: { path: RepoPath; facts: FileFacts; declaration: boolean }[] = [];
  const gaps: Gap[] = [];
  let lines = 0;
  const project = discoverProject(host, root, config, (file, script, role) => {
    const facts = factsOf(file, script, store, gaps);
    if (facts === undefined) return;
    for (const e of facts.errors.slice(0, 1)) gaps.push({ kind: 'syntax-error', file: file.path, line: e.line, detail: e.what });
    files.push({ path: file.path, facts, declaration: role === 'declaration' });
    if (role === 'source') lines += file.lines;
    onFile(files.length);
  });
  const schemas = readSchemas(host, project, gaps);
  return { project, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), schemas, gaps: [...project.gaps, ...gaps], lines };
}

function factsOf(file: SourceFile, script: () => { readonly text: string; readonly language: 'ts' | 'tsx' | 'js' | 'jsx'; readonly problem?: { readonly line: number; readonly detail: string } }, store: FactsStore, gaps: Gap[]): FileFacts | undefined {
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
