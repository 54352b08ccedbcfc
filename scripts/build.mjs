// Compiles src/ to dist/ with the project's own TypeScript; `npm ci` runs it, so that a clone works at once.
import { rmSync, chmodSync, existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
rmSync('dist', { recursive: true, force: true });
const run = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (existsSync('dist/cli/bin.js')) chmodSync('dist/cli/bin.js', 0o755);
process.exitCode = run.status ?? 1;
