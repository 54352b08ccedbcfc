// Compiles src/ to dist/ with the project's own TypeScript; `npm ci` runs it, so that a clone works at once.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const id = sourceDigest();
// Built aside and then swapped: whoever runs the old build meanwhile is not left without one.
rmSync('dist.next', { recursive: true, force: true });
// Without the development dependencies there are no types to check against; the code is the same.
const run = process.argv.includes('--transpile') ? transpile() : spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', 'dist.next'], { stdio: 'inherit' });
if (run.status === 0) {
  rmSync('dist', { recursive: true, force: true });
  renameSync('dist.next', 'dist');
}
if (run.status === 0) writeFileSync('dist/build-id', `${id}\n`);
if (existsSync('dist/cli/bin.js')) chmodSync('dist/cli/bin.js', 0o755);
process.exitCode = run.status ?? 1;
if (run.status === 0) await writeRules();
if (run.status === 0) await writePolicies();
if (run.status === 0) compileParser();

/** Tells results of different builds of one version apart. */
function sourceDigest() {
  const hash = createHash('sha256');
  for (const file of listFiles('src', /\.ts$/)) hash.update(file).update(readFileSync(join('src', file)));
  return hash.digest('hex').slice(0, 16);
}

/** The lists of rules/, checked against their schema: a run reads them many times faster than YAML. */
async function writeRules() {
  const { readCatalogFile } = await import(pathToFileURL(resolve('dist/catalog/read-file.js')).href);
  try {
    const rules = listFiles('rules', /\.ya?ml$/).map((file) => {
      const bytes = readFileSync(join('rules', file));
      const name = `rules/${file}`;
      return { name, size: bytes.length, lists: readCatalogFile({ name, text: bytes.toString('utf8') }).lists };
    });
    writeFileSync('dist/rules.json', JSON.stringify(rules));
  } catch (error) {
    // Without the file the rules are read as YAML; the error is then told by every run, too.
    process.stderr.write(`${error.message} (${error.place?.file}:${error.place?.line}) ${error.hint}\n`);
    process.exitCode = 1;
  }
}

/** The shipped policies, compiled: a run loads them without the toolchain. */
async function writePolicies() {
  const [{ buildShipped }, { createNodeHost }] = await Promise.all(['dist/session/load-policies.js', 'dist/host/node-host.js'].map((file) => import(pathToFileURL(resolve(file)).href)));
  try {
    const { bundle, wasm } = buildShipped(createNodeHost());
    mkdirSync('dist/policies', { recursive: true });
    writeFileSync('dist/policies/policy.wasm', wasm);
    writeFileSync('dist/policies/bundle.json', bundle);
  } catch (error) {
    process.stderr.write(error.place === undefined ? `${error.stack}\n` : `${error.message} (${error.place.file}:${error.place.line}) ${error.hint}\n`);
    process.exitCode = 1;
  }
}

/** The compiled code of the parser, as far as parsing needs it; made in a process of its own, with the settings of a run. */
function compileParser() {
  const { status } = spawnSync(process.execPath, ['scripts/compile-parser.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}

function transpile() {
  const ts = createRequire(import.meta.url)('typescript');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.build.json', ts.sys.readFile).config, ts.sys, '.');
  // The script of the HTML report runs in browsers; its text stands in a module of its own.
  for (const file of listFiles('src', /\.ts$/).filter((name) => !name.startsWith('report/html/client/'))) {
    const target = join('dist.next', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    // The name of the file says that it is a module, by way of package.json.
    const { outputText } = ts.transpileModule(readFileSync(join('src', file), 'utf8'), { compilerOptions: { ...options, declaration: false, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }, fileName: join('src', file) });
    writeFileSync(target, outputText);
  }
  return { status: 0 };
}

function listFiles(folder, wanted) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => wanted.test(file)).sort();
}
