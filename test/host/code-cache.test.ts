import { mkdtempSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { requireCompiled, writeCodeCache } from '#host/code-cache';

const test = suite('host/code-cache');

/** A folder with a package of one version in it, and where a file beside it would be. */
function withPackage(run: (folder: string, from: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'fiduciary-cache-'));
  const home = join(folder, 'node_modules', 'teller');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'teller', version: '1.2.3', main: 'main.js' }));
  writeFileSync(join(home, 'main.js'), 'const part = require("./part.js");\nexports.count = (n) => part.twice(n) + 1;\nexports.where = __filename;\n');
  writeFileSync(join(home, 'part.js'), 'exports.twice = (n) => n * 2;\n');
  try {
    run(folder, pathToFileURL(join(folder, 'user.js')).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Teller {
  readonly count: (n: number) => number;
  readonly where: string;
}

const forget = (from: string): void => {
  const require = createRequire(from);
  for (const file of Object.keys(require.cache)) if (file.includes('teller')) delete require.cache[file];
};

test('a package does the same with its compiled code, and is loaded once', () => {
  withPackage((folder, from) => {
    const plain = requireCompiled(from, 'teller', folder) as Teller;
    forget(from);
    writeCodeCache(from, 'teller', (exports) => (exports as Teller).count(2), folder);
    assert.equal(readdirSync(folder).sort(), ['node_modules', 'teller-1.2.3.code-cache']);
    forget(from);
    const compiled = requireCompiled(from, 'teller', folder) as Teller;
    assert.is(compiled.count(20), 41);
    assert.is(compiled.where, plain.where);
    assert.is(createRequire(from)('teller'), compiled);
    assert.is(requireCompiled(from, 'teller', folder), compiled);
    forget(from);
  });
});

test('code that is broken, or of another engine, is refused and the package loads as ever', () => {
  withPackage((folder, from) => {
    writeFileSync(join(folder, 'teller-1.2.3.code-cache'), 'not compiled by anything');
    assert.is((requireCompiled(from, 'teller', folder) as Teller).count(1), 3);
    forget(from);
  });
});

test.run();
