// Loads a large CommonJS package with the code that the engine compiled for it when this tool was built: to compile nine
// megabytes anew takes longer than many a scan. Without such a cache, or with one of another engine, the package loads as ever.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** Beside the build; the name holds the package's version, the engine itself refuses code of another engine or other flags. */
const placeOf = (name: string, version: string): string => fileURLToPath(new URL(`../${name}-${version}.code-cache`, import.meta.url));

interface Loaded {
  readonly exports: unknown;
  readonly script?: Script;
}

/** What `require(name)` gives, for everybody who asks for it later, too. */
export const requireCompiled = (from: string, name: string): unknown => loadCompiled(from, name, readCache).exports;

/** Writes what has been compiled once `use` has used the package. */
export function writeCodeCache(from: string, name: string, use: (exports: unknown) => void): void {
  const { exports, script } = loadCompiled(from, name, () => undefined);
  use(exports);
  if (script) writeFileSync(placeOf(name, versionOf(createRequire(from), name)), script.createCachedData());
}

function loadCompiled(from: string, name: string, cacheOf: (place: string) => Buffer | undefined): Loaded {
  const require = createRequire(from);
  const file = require.resolve(name);
  const known = require.cache[file];
  if (known?.loaded) return { exports: known.exports as unknown };
  const cachedData = cacheOf(placeOf(name, versionOf(require, name)));
  if (cachedData === undefined && cacheOf === readCache) return { exports: require(name) as unknown };
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, ...(cachedData ? { cachedData } : {}) });
  if (script.cachedDataRejected === true) return { exports: require(name) as unknown };
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  const run = script.runInThisContext() as (exports: unknown, require: NodeJS.Require, module: Module, file: string, folder: string) => void;
  run(module.exports, createRequire(file), module, file, dirname(file));
  module.loaded = true;
  return { exports: module.exports as unknown, script };
}

const versionOf = (require: NodeJS.Require, name: string): string => (require(`${name}/package.json`) as { readonly version: string }).version;

function readCache(place: string): Buffer | undefined {
  try {
    return readFileSync(place);
  } catch {
    return undefined;
  }
}
