// Compiles src/ to dist/ with the project's own TypeScript; `npm ci` runs it, so that a clone works at once.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const id = sourceDigest();
rmSync('dist', { recursive: true, force: true });
const run = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (run.status === 0) writeFileSync('dist/build-id', `${id}\n`);
if (existsSync('dist/cli/bin.js')) chmodSync('dist/cli/bin.js', 0o755);
process.exitCode = run.status ?? 1;

/** Tells results of different builds of one version apart. */
function sourceDigest() {
  const hash = createHash('sha256');
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).sort()) hash.update(file).update(readFileSync(join('src', file)));
  return hash.digest('hex').slice(0, 16);
}
