// A host made of a few texts, for tests and for callers without a disk. Folders exist when a file lies in them.
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path/posix';
import { type FolderEntry, type Host, HostError, type OutputStream } from './host.ts';
import { compareText } from '#model/location';

export interface MemoryOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly input?: string;
  readonly tty?: boolean;
  /** What the person at the terminal answers, one after the other. */
  readonly answers?: readonly string[];
  /** Symbolic links: where they stand and what they point to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Files that may not be read. */
  readonly denied?: readonly string[];
  /** Files that are listed but gone when they are read. */
  readonly vanished?: readonly string[];
}

export interface MemoryHost extends Host {
  /** What was written to the streams so far. */
  readonly written: Readonly<Record<OutputStream, string>>;
}

export function createMemoryHost(texts: Readonly<Record<string, string | Uint8Array>> = {}, options: MemoryOptions = {}): MemoryHost {
  const cwd = options.cwd ?? '/';
  const at = (path: string): string => resolve(cwd, path);
  const files = new Map(Object.entries(texts).map(([path, content]) => [at(path), toBytes(content)]));
  const links = new Map(Object.entries(options.links ?? {}).map(([path, target]) => [at(path), resolve(dirname(at(path)), target)]));
  const denied = new Set((options.denied ?? []).map(at));
  const vanished = new Set((options.vanished ?? []).map(at));
  const answers = [...(options.answers ?? [])];
  const written = { stdout: '', stderr: '' };

  const follow = (path: string): string | undefined => {
    let current = at(path);
    for (let hops = 0; hops < 40; hops += 1) {
      const link = [...links].find(([from]) => current === from || current.startsWith(`${from}/`));
      if (!link) return isFolder(current) || files.has(current) ? current : undefined;
      current = link[1] + current.slice(link[0].length);
    }
    return undefined;
  };
  const isFolder = (path: string): boolean => {
    const inside = path === '/' ? '/' : `${path}/`;
    return [...files.keys(), ...links.keys()].some((file) => file.startsWith(inside));
  };
  const readBytes = (path: string, limit?: number): Uint8Array => {
    const target = follow(path) ?? at(path);
    const bytes = files.get(target);
    if (bytes === undefined || vanished.has(target)) throw new HostError(isFolder(target) ? 'not-a-file' : 'missing', path, `no such file: ${path}`);
    if (denied.has(target)) throw new HostError('denied', path, `permission denied: ${path}`);
    if (limit !== undefined && bytes.length > limit) throw new HostError('too-large', path, `${bytes.length} bytes`);
    return bytes;
  };

  const host: MemoryHost = {
    written,
    readBytes,
    readText: (path) => new TextDecoder().decode(readBytes(path)),
    readInput: () => options.input ?? '',
    ask: (question) => {
      written.stdout += question;
      return Promise.resolve(answers.shift());
    },
    list(folder) {
      const target = follow(folder);
      if (target === undefined || !isFolder(target)) throw new HostError('missing', folder, `no such folder: ${folder}`);
      if (denied.has(target)) throw new HostError('denied', folder, `permission denied: ${folder}`);
      const inside = target === '/' ? '/' : `${target}/`;
      const kinds = new Map<string, FolderEntry['kind']>();
      for (const path of [...files.keys(), ...links.keys()]) {
        if (!path.startsWith(inside)) continue;
        const [name = '', ...rest] = path.slice(inside.length).split('/');
        if (links.has(inside + name)) kinds.set(name, 'link');
        else kinds.set(name, rest.length > 0 ? 'folder' : 'file');
      }
      return [...kinds].map(([name, kind]) => ({ name, kind })).sort((a, b) => compareText(a.name, b.name));
    },
    stat(path) {
      const target = follow(path);
      if (target === undefined) return undefined;
      const bytes = files.get(target);
      return { kind: bytes ? 'file' : 'folder', size: bytes?.length ?? 0, modified: 0 };
    },
    exists: (path) => follow(path) !== undefined,
    realpath: follow,
    writeFileAtomic: (path, content) => void files.set(at(path), toBytes(content)),
    append(path, text) {
      const old = files.get(at(path));
      files.set(at(path), toBytes((old ? new TextDecoder().decode(old) : '') + text));
    },
    remove: (path) => void files.delete(at(path)),
    withTempFolder: (use) => use('/temporary'),
    env: (name) => options.env?.[name],
    isTTY: () => options.tty ?? false,
    cwd: () => cwd,
    parallelism: () => 1,
    now: () => new Date(options.now ?? '2000-01-01T00:00:00.000Z'),
    memory: () => ({ rss: 0, heapUsed: 0 }),
    write: (stream, text) => void (written[stream] += text),
    flush: () => Promise.resolve(),
    gitRoot(folder) {
      for (let current = at(folder); ; current = dirname(current)) {
        if (host.exists(`${current}/.git`)) return current;
        if (current === '/') return undefined;
      }
    },
    git: () => undefined,
    runNode: () => ({ code: 2, stderr: 'error: there is no process to run here\n' }),
    async *changes() {
      // Nothing changes by itself here.
    },
    runWasi: () => ({ code: 2, stdout: '', stderr: 'error: there is no WASI here\n' }),
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
  };
  return host;
}

const toBytes = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content);
