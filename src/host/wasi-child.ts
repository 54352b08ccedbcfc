// A process of its own for one run of a WASI program: standard input is what it is asked, standard output what it answers.
// Arguments: the brotli-compressed program, its SHA-256.
import { createHash } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { runProgram } from './wasi-calls.ts';
import { DAMAGED } from './wasi-codes.ts';

const [, , file = '', digest = ''] = process.argv;
const bytes = brotliDecompressSync(readFileSync(file));
if (createHash('sha256').update(bytes).digest('hex') === digest) {
  const { code, stdout, stderr } = runProgram(bytes, readFileSync(0));
  writeSync(1, stdout);
  writeSync(2, stderr);
  process.exitCode = code;
} else {
  process.exitCode = DAMAGED;
}
