// Writes the code cache of the parser beside the build: it parses this project's own sources, then keeps what was compiled.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tuneForOneRun } from '../dist/host/engine-flags.js';
import { writeCodeCache } from '../dist/host/code-cache.js';

tuneForOneRun();
writeCodeCache(import.meta.url, 'typescript', (ts) => {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.ts')) ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), options, false);
  }
});
