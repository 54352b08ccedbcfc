// Packs toolchain/rego.wasm: compressed as the package carries it, with a card of what it is made of and its digest.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { runProgram } from '#host/wasi-calls';

const bytes = readFileSync('toolchain/rego.wasm');
const { code, stdout, stderr } = runProgram(bytes, Buffer.from('{"verb":"version"}'));
if (code !== 0) throw new Error(`rego.wasm ended with ${code}: ${Buffer.from(stderr).toString('utf8')}`);
const { opa, go } = JSON.parse(Buffer.from(stdout).toString('utf8')) as { readonly opa: string; readonly go: string };

const packed = brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
});
const digest = createHash('sha256').update(bytes).digest('hex');
writeFileSync('toolchain/rego.wasm.br', packed);
writeFileSync('toolchain/rego.json', `${JSON.stringify({ digest, opa, go, size: bytes.length }, undefined, 2)}\n`);
process.stdout.write(`toolchain/rego.wasm.br: OPA ${opa}, ${go}, ${bytes.length} bytes, ${packed.length} packed, ${digest}\n`);
