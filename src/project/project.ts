// What discovery knows about a program before a line of it is parsed: its files, packages, compiler settings and gaps.
import type { Gap } from '#model/gap';
import type { RepoPath } from '#model/location';
import type { Package } from './workspaces.ts';
import type { CompilerSettings } from './tsconfig.ts';

export type Language = 'ts' | 'tsx' | 'js' | 'jsx';

export interface SourceFile {
  readonly path: RepoPath;
  /** Digest of the bytes. */
  readonly hash: string;
  /** Of the script; for a component file, of its `<script>`. */
  readonly language: Language;
  readonly lines: number;
}

export interface Project {
  /** Absolute; every `RepoPath` is relative to it. */
  readonly root: string;
  /** To be analysed; in code-unit order of their paths. */
  readonly files: readonly SourceFile[];
  /** Not analysed for flow, but their types matter: `.d.ts` files and generated TypeScript. */
  readonly declarations: readonly SourceFile[];
  /** Every file that was seen and is not ignored, whatever it holds; what an import may resolve to. */
  readonly paths: ReadonlySet<RepoPath>;
  /** Prisma and GraphQL schemas. */
  readonly schemas: readonly RepoPath[];
  readonly packages: readonly Package[];
  readonly settings: readonly CompilerSettings[];
  readonly gaps: readonly Gap[];
  /** Symbolic links that were met; none is followed. */
  readonly links: number;
}
