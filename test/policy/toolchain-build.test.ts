// The toolchain that is checked in comes from its source: built anew with the same Go, it has the same bytes. A build needs the
// network and minutes, so it runs on demand only.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const about = JSON.parse(readFileSync('toolchain/rego.json', 'utf8')) as { readonly digest: string; readonly go: string; readonly opa: string; readonly size: number };
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const build = suite('policy/toolchain-build');

build('the packed toolchain is the one that its card describes', () => {
  const bytes = brotliDecompressSync(readFileSync('toolchain/rego.wasm.br'));
  assert.is(bytes.length, about.size);
  assert.is(digestOf(bytes), about.digest);
});

build('it is of the OPA that go.mod names', () => {
  assert.match(readFileSync('tools/rego/go.mod', 'utf8'), `github.com/open-policy-agent/opa v${about.opa}\n`);
});

const rebuilt = process.env['FIDUCIARY_REBUILD'] === '1' && hasGo() ? build : build.skip;
rebuilt('a new build has the same bytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fiduciary-toolchain-'));
  try {
    const file = join(folder, 'rego.wasm');
    const { status, stderr } = spawnSync('bash', ['tools/rego/compile.sh', file], { encoding: 'utf8' });
    assert.is(status, 0, stderr);
    assert.is(digestOf(readFileSync(file)), about.digest);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The Go that built it: another version writes other bytes. */
function hasGo(): boolean {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() === about.go;
}

build.run();
