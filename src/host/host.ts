// The only door to files, git, clock, environment and terminal. Everything that has an effect is a member of `Host`,
// so that the rest runs the same against a disk and against a few texts in memory. Paths are absolute, with forward slashes.

export interface FolderEntry {
  readonly name: string;
  /** `link` is a symbolic link, whatever it points to; it is never followed here. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

export type OutputStream = 'stdout' | 'stderr';

/** A piece of work for another thread. */
export interface Task {
  readonly id: number;
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface TaskAnswer {
  readonly id: number;
  /** Absent when the thread could not do it. */
  readonly bytes: Uint8Array | undefined;
}

export interface Threads {
  readonly count: number;
  /** Tasks given and not answered. */
  readonly open: number;
  give(task: Task): void;
  /** An answer if there is one; waiting up to so many times a fifth of a second. */
  take(patience: 'none' | { readonly rounds: number }): TaskAnswer | undefined;
  end(): void;
}

export interface Host {
  /** Throws `HostError`; a file above `limit` bytes is refused before it is read. */
  readBytes(path: string, limit?: number): Uint8Array;
  /** UTF-8, without byte order mark. Throws `HostError`. */
  readText(path: string): string;
  /** Everything that arrives on standard input. */
  readInput(): string;
  /** The answer of the person at the terminal, without its line end; `undefined` when nobody is there. */
  ask(question: string): Promise<string | undefined>;
  /** Sorted by name in code-unit order. Throws `HostError`. */
  list(folder: string): readonly FolderEntry[];
  /** Follows links; `undefined` when there is nothing. */
  stat(path: string): FileStat | undefined;
  exists(path: string): boolean;
  /** The path with every link resolved; `undefined` when it leads nowhere or in circles. */
  realpath(path: string): string | undefined;
  /** Writes aside, then renames: readers see the old file or the new one. Makes parent folders. Throws `UserError`. */
  writeFileAtomic(path: string, content: string | Uint8Array): void;
  /** Makes parent folders. Throws `UserError`. */
  append(path: string, text: string): void;
  /** Removes a file, if there is one. */
  remove(path: string): void;
  /** A new empty folder outside of the program, gone with all that is in it when `use` has ended. */
  withTempFolder<T>(use: (folder: string) => T): T;
  /** Yields whenever something in the folders has changed; ends with the iteration. */
  changes(folders: readonly string[]): AsyncIterable<void>;
  env(name: string): string | undefined;
  isTTY(stream: OutputStream): boolean;
  cwd(): string;
  /** Threads that can run at the same time. */
  parallelism(): number;
  /** Starts threads that run a module which calls `serveTasks`; absent, or answers nothing, where there can be none. */
  readonly startThreads?: (module: URL, count: number) => Threads | undefined;
  now(): Date;
  memory(): { readonly rss: number; readonly heapUsed: number };
  /** Never throws: what is written to a closed pipe is lost, as its reader wanted. */
  write(stream: OutputStream, text: string): void;
  /** Resolves when everything written has left; rejects with `UserError` when it could not, such as on a full disk. */
  flush(): Promise<void>;
  /** The folder at or above `folder` that holds `.git`. */
  gitRoot(folder: string): string | undefined;
  /** Standard output of git, or `undefined` when git is missing or reports failure. */
  git(folder: string, args: readonly string[]): string | undefined;
  /** Runs this Node with these arguments and waits. What it writes to standard output goes out as it comes. */
  runNode(folder: string, args: readonly string[]): { readonly code: number; readonly stderr: string };
  /** Runs a WASI program, a brotli-compressed file with that SHA-256, which sees nothing but `input` on its standard input: no files, no
   * environment, no arguments. `damaged` when the file is another. */
  runWasi(program: WasiProgram, input: string): WasiEnd;
  /** Lower-case hexadecimal SHA-256. */
  sha256(content: string | Uint8Array): string;
}

export interface WasiProgram {
  readonly file: string;
  readonly digest: string;
  /** It will be done soon; what takes longer is optimised while it runs. */
  readonly brief: boolean;
}

export interface WasiEnd {
  readonly code: number | 'damaged';
  readonly stdout: string;
  readonly stderr: string;
}

export type HostErrorReason = 'missing' | 'denied' | 'too-large' | 'not-a-file' | 'other';

/** A read that failed. The caller knows whether that is a gap or the end. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly reason: HostErrorReason;
  readonly path: string;
  constructor(reason: HostErrorReason, path: string, message: string) {
    super(message);
    this.reason = reason;
    this.path = path;
  }
}
