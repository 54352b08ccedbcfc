// Builds dist/ when it is missing or older than what it is made of, so that tests and benches never run an old build.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const INPUTS = ['src', 'rules', 'policies', 'toolchain', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];

/** Returns the compiler's output when the build failed, otherwise nothing. */
export function ensureBuilt(): string | undefined {
  if (!isStale()) return undefined;
  const run = spawnSync(process.execPath, ['scripts/build.mjs'], { encoding: 'utf8' });
  return run.status === 0 ? undefined : `${run.stdout}${run.stderr}`.trim() || 'scripts/build.mjs failed';
}

function isStale(): boolean {
  // The folder itself is made first in a build, so anything newer than it was written after the build began.
  if (!existsSync('dist/cli/bin.js')) return true;
  const built = statSync('dist').mtimeMs;
  return INPUTS.some((input) => newest(input) > built);
}

/** Folders count too: their time changes when a file is removed or renamed. */
function newest(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), entry.mtimeMs);
}
