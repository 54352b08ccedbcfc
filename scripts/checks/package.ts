// What npm would publish: the files a user needs, none of ours alone, within a size; entries resolve, imports are declared.
import { existsSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { builtinModules } from 'node:module';
import { ensureBuilt } from '../ensure-built.ts';
import { importsOf } from './imports.ts';
import type { Problem } from './problem.ts';
import { listFiles, listSources, parse } from './sources.ts';

/** Of these, the Rego toolchain takes about seven million. */
const UNPACKED_LIMIT = 12_000_000;
const PUBLISHED = /^(dist|docs\/rules|rules|schemas|policies|toolchain)\/|^(package\.json|action\.yml|src\/action\/launch\.mjs|README\.md|docs\/(?:eslint|policy|register|waivers)\.md|LICENSE|NOTICE|CHANGELOG\.md)$/;

const TOOLCHAIN = ['toolchain/rego.wasm.br', 'toolchain/rego.json', 'toolchain/NOTICE'];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: unknown;
}

const problem = (where: string, what: string): Problem => ({ where, what });

export function checkPackage(): readonly Problem[] {
  const broken = ensureBuilt();
  if (broken !== undefined) return [problem('dist', broken)];
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  return [...tarballProblems(manifest), ...dependencyProblems(manifest)];
}

function tarballProblems(manifest: Manifest): readonly Problem[] {
  const pack = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
  if (pack.status !== 0) return [problem('npm pack', pack.stderr.trim())];
  const { size, files } = readPack(pack.stdout);
  const entries = [...Object.values(manifest.bin), ...targetsOf(manifest.exports)].map((path) => path.replace(/^\.\//, ''));
  const wanted = ['README.md', 'LICENSE', ...entries.filter((path) => !path.includes('*')), ...listFiles('rules'), ...listFiles('schemas'), ...listFiles('policies'), ...TOOLCHAIN];
  return [
    ...wanted.filter((path) => !files.includes(path)).map((path) => problem(path, 'is not in the package')),
    ...files.filter((path) => !PUBLISHED.test(path)).map((path) => problem(path, 'does not belong in the package')),
    ...(size > UNPACKED_LIMIT ? [problem('package', `${size} bytes unpacked, the limit is ${UNPACKED_LIMIT}`)] : []),
  ];
}

/** npm prints a list or, since version 11, sometimes a map by package name. */
function readPack(json: string): { readonly size: number; readonly files: readonly string[] } {
  const [pack] = Object.values(JSON.parse(json) as Record<string, { unpackedSize: number; files: readonly { path: string }[] }>);
  return { size: pack?.unpackedSize ?? 0, files: (pack?.files ?? []).map(({ path }) => path) };
}

function targetsOf(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  return typeof exports === 'object' && exports !== null ? Object.values(exports).flatMap(targetsOf) : [];
}

function dependencyProblems({ dependencies, peerDependencies }: Manifest): readonly Problem[] {
  const imports = listSources('src').map(parse).flatMap(importsOf).filter(({ target }) => target === undefined);
  const named = imports.map(({ specifier, where }) => ({ where, name: specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/') }));
  const packages = named.filter(({ name }) => !name.startsWith('node:') && !builtinModules.includes(name));
  return [
    ...packages.filter(({ name }) => !dependencies[name] && !peerDependencies[name]).map(({ where, name }) => problem(where, `${name} is not among the dependencies`)),
    ...Object.keys(dependencies).filter((name) => !packages.some((used) => used.name === name)).map((name) => problem('package.json', `dependency ${name} is not imported in src/`)),
    ...Object.keys(dependencies).filter((name) => existsSync('CONTRIBUTING.md') && !readFileSync('CONTRIBUTING.md', 'utf8').includes(`\`${name}\``)).map((name) => problem('CONTRIBUTING.md', `gives no reason for the dependency ${name}`)),
  ];
}
