// Where something stands in the analysed code. Paths are relative to the repository root, with forward slashes.

/** A repository-relative path with forward slashes. Made by `project/` only. */
export type RepoPath = string & { readonly __brand: 'RepoPath' };

export const toRepoPath = (path: string): RepoPath => path.replaceAll('\\', '/') as RepoPath;

/** Lines are 1-based, columns are 1-based UTF-16 units, the end is exclusive. */
export interface Location {
  readonly file: RepoPath;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Code-unit order; never `localeCompare`, whose result depends on the machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const compareLocations = (a: Location, b: Location): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
