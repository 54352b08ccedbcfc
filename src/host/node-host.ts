// The real host. Synchronous reads on purpose: a scan reads thousands of small files, for which promises cost more than the disk.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path/posix';
import { createInterface } from 'node:readline';
import { type FolderEntry, type Host, HostError, type OutputStream } from './host.ts';
import { toHostError, toWriteError } from './failures.ts';
import { watchFolders } from './changes.ts';
import { createOutput, type Output } from './output.ts';
import { startThreads } from './threads.ts';
import { runWasi } from './wasi.ts';
import { compareText } from '#model/location';

export function createNodeHost(): Host {
  const outputs = new Map<OutputStream, Output>();
  let asides = 0;

  const output = (stream: OutputStream): Output => {
    let found = outputs.get(stream);
    if (!found) outputs.set(stream, (found = createOutput(process[stream], stream)));
    return found;
  };

  const host: Host = {
    readBytes,
    readText: (path) => readBytes(path).toString('utf8').replace(/^\uFEFF/, ''),
    readInput: () => readFrom(0, '-').toString('utf8').replace(/^\uFEFF/, ''),
    async ask(question) {
      if (process.stdin.isTTY !== true) return undefined;
      const terminal = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return await new Promise<string | undefined>((answer) => {
          terminal.once('close', () => answer(undefined));
          terminal.question(question, answer);
        });
      } finally {
        terminal.close();
      }
    },
    list,
    stat(path) {
      const found = fs.statSync(path, { throwIfNoEntry: false });
      return found && { kind: kindOf(found), size: found.size, modified: found.mtimeMs };
    },
    exists: (path) => fs.existsSync(path),
    realpath(path) {
      try {
        return slashed(fs.realpathSync.native(path));
      } catch {
        return undefined;
      }
    },
    writeFileAtomic(path, content) {
      attempt(path, () => writeAside(path, content, `${process.pid}-${(asides += 1)}`));
    },
    append(path, text) {
      attempt(path, () => fs.appendFileSync(path, text));
    },
    remove: (path) => fs.rmSync(path, { force: true }),
    withTempFolder(use) {
      const folder = fs.mkdtempSync(join(slashed(fs.realpathSync.native(tmpdir())), 'fiduciary-'));
      try {
        return use(folder);
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
    changes: watchFolders,
    env: (name) => process.env[name],
    isTTY: (stream) => process[stream].isTTY === true,
    cwd: () => slashed(process.cwd()),
    parallelism: () => availableParallelism(),
    startThreads,
    now: () => new Date(),
    memory: () => process.memoryUsage(),
    write: (stream, text) => output(stream).write(text),
    async flush() {
      for (const each of outputs.values()) await each.flush();
    },
    gitRoot(folder) {
      for (let at = folder; ; at = dirname(at)) {
        if (fs.existsSync(`${at}/.git`)) return at;
        if (at === dirname(at)) return undefined;
      }
    },
    git,
    runNode(folder, args) {
      const ended = spawnSync(process.execPath, [...process.execArgv, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'], maxBuffer: 2 ** 28 });
      // A process that was killed, as for lack of memory, has no code.
      return { code: ended.status ?? 2, stderr: ended.stderr + (ended.signal === null ? '' : `error: the scan was ended by ${ended.signal}\n`) };
    },
    runWasi: (program, input) => host.withTempFolder((folder) => runWasi(folder, program, input)),
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
  };
  return host;
}

function readBytes(path: string, limit?: number): Buffer {
  let handle: number | undefined;
  try {
    handle = fs.openSync(path, 'r');
    return readFrom(handle, path, limit);
  } catch (error) {
    throw toHostError(error, path);
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

function readFrom(handle: number, path: string, limit?: number): Buffer {
  const size = fs.fstatSync(handle).size;
  if (limit !== undefined && size > limit) throw new HostError('too-large', path, `${size} bytes`);
  return fs.readFileSync(handle);
}

function list(folder: string): readonly FolderEntry[] {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: entry.isSymbolicLink() ? ('link' as const) : kindOf(entry) })).sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    throw toHostError(error, folder);
  }
}

function kindOf(entry: fs.Stats | fs.Dirent): 'file' | 'folder' | 'other' {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

function attempt(path: string, write: () => void): void {
  try {
    fs.mkdirSync(dirname(path), { recursive: true });
    write();
  } catch (error) {
    throw toWriteError(error, path);
  }
}

function writeAside(path: string, content: string | Uint8Array, mark: string): void {
  const old = fs.statSync(path, { throwIfNoEntry: false });
  // A device or a pipe (`/dev/stdout`) must be written to, not replaced; a folder fails with a clear code.
  if (old && !old.isFile()) return fs.writeFileSync(path, content);
  const target = old ? fs.realpathSync.native(path) : path;
  const aside = `${target}.${mark}.tmp`;
  try {
    fs.writeFileSync(aside, content, old ? { mode: old.mode } : {});
    fs.renameSync(aside, target);
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw error;
  }
}

function git(folder: string, args: readonly string[]): string | undefined {
  try {
    // The repository is not trusted to name a program (`core.fsmonitor`) that we would run.
    const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args];
    return execFileSync('git', safe, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 29 });
  } catch {
    return undefined;
  }
}

const slashed = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
