// Loads a large CommonJS package with the code that the engine compiled for it when this tool was built: to compile nine
// megabytes anew takes longer than many a scan. Without such a cache, or with one of another engine, the package loads as ever.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** Beside the build. */
const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** The name holds the package's version; the engine itself refuses code of another engine or of other flags. */
const placeOf = (folder: string, name: string, version: string): string => join(folder, `${name}-${version}.code-cache`);

interface Loaded {
  readonly exports: unknown;
  readonly script?: Script;
}

/** What `require(name)` gives, for everybody who asks for it later, too. */
export const requireCompiled = (from: string, name: string, folder = FOLDER): unknown => loadCompiled(from, name, (version) => readCache(placeOf(folder, name, version))).exports;

/** Writes what has been compiled once `use` has used the package. */
export function writeCodeCache(from: string, name: string, use: (exports: unknown) => void, folder = FOLDER): void {
  const { exports, script } = loadCompiled(from, name, () => 'none');
  use(exports);
  if (script) writeFileSync(placeOf(folder, name, versionOf(createRequire(from), name)), script.createCachedData());
}

/** With the cache that there is for a version; `none` compiles without one, undefined leaves it to the engine. */
function loadCompiled(from: string, name: string, cacheOf: (version: string) => Buffer | 'none' | undefined): Loaded {
  const require = createRequire(from);
  const file = require.resolve(name);
  const known = require.cache[file];
  if (known?.loaded) return { exports: known.exports as unknown };
  const cache = cacheOf(versionOf(require, name));
  if (cache === undefined) return { exports: require(name) as unknown };
  const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: file, ...(cache === 'none' ? {} : { cachedData: cache }) });
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
