// Runs a program made for WASI in a process that is ready for nothing else.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WasiEnd, WasiProgram } from './host.ts';
import { DAMAGED } from './wasi-codes.ts';

/** The same place with another ending in the package and in a source checkout. */
const CHILD = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './wasi-child.ts' : './wasi-child.js', import.meta.url));
/** Its streams are files in `folder`, an empty one that the caller removes: a pipe would be full before a large answer is out. */
export function runWasi(folder: string, { file, digest, brief }: WasiProgram, input: string): WasiEnd {
  const [stdin, stdout, stderr] = ['in', 'out', 'err'].map((name) => `${folder}/${name}`) as [string, string, string];
  fs.writeFileSync(stdin, input);
  const streams = [fs.openSync(stdin, 'r'), fs.openSync(stdout, 'w'), fs.openSync(stderr, 'w')];
  try {
    // What runs for a second or two is not worth the optimising compiler's time.
    const ended = spawnSync(process.execPath, [...process.execArgv, ...(brief ? ['--liftoff-only'] : []), CHILD, file, digest], { stdio: streams, env: {} });
    const code = ended.status === DAMAGED ? 'damaged' : ended.status ?? 2;
    return { code, stdout: fs.readFileSync(stdout, 'utf8'), stderr: `${fs.readFileSync(stderr, 'utf8')}${ended.error?.message ?? ''}${ended.signal === null ? '' : `ended by ${ended.signal}`}` };
  } finally {
    for (const stream of streams) fs.closeSync(stream);
  }
}
