// Runs the command line in a process of its own, as users and pipelines do, on small folders that vanish afterwards.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The build when the whole suite runs, which has made it; a single test file runs the sources. */
const usesBuild = (process.argv[1] ?? '').replaceAll('\\', '/').endsWith('test/run.ts');
const tsx = import.meta.resolve('tsx');

export const COMMAND: readonly string[] = usesBuild
  ? [process.execPath, at('dist/cli/bin.js')]
  : [process.execPath, '--conditions=source', '--import', tsx, at('src/cli/bin.ts')];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ENVIRONMENT = { ...process.env, NO_COLOR: '1', CI: '1', XDG_CACHE_HOME: '' };

/** Nothing is kept from one run to the next. */
export const run = (cwd: string, ...args: readonly string[]): Ended => spawned(cwd, args, ENVIRONMENT);

/** As for users who have a cache folder: what is the same as before is not compiled again. */
export const runCached = (cwd: string, ...args: readonly string[]): Ended => spawned(cwd, args, { ...ENVIRONMENT, XDG_CACHE_HOME: cache });

const cache = mkdtempSync(join(tmpdir(), 'fiduciary-cache-'));
process.on('exit', () => rmSync(cache, { recursive: true, force: true }));

function spawned(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Ended {
  const [program = '', ...rest] = COMMAND;
  const ended = spawnSync(program, [...rest, ...args], { cwd, encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}

/** Through a real shell, so that pipes are real pipes. `$FIDUCIARY` is the command. */
export function shell(cwd: string, script: string): Ended {
  const quoted = COMMAND.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const ended = spawnSync('bash', ['-c', `fiduciary() { ${quoted} "$@"; }\n${script}`], { cwd, encoding: 'utf8', env: ENVIRONMENT, maxBuffer: 2 ** 28 });
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}

/** A folder of its own that is removed after `use`. */
export function withFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'fiduciary-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
