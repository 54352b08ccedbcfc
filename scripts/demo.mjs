// Scans the fictional bank of fixtures/bank as if it were a repository of its own: a copy outside of this one.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'fiduciary-demo-'));
cpSync('fixtures/bank', join(folder, 'bank'), { recursive: true });
const run = spawnSync(process.execPath, [resolve('dist/cli/bin.js'), 'scan', 'bank', '--fail-on', 'never', '--no-cache'], { cwd: folder, stdio: 'inherit' });
rmSync(folder, { recursive: true, force: true });
process.exitCode = run.status ?? 2;
