// The entry point of the GitHub Action, in plain JavaScript because nothing is built yet when it runs. It finds a Fiduciary and
// hands over: the one that the repository has installed (its version is pinned by the repository's own lockfile and needs no
// network), else the one beside this file, whose production dependencies and build it prepares first. A bundle in git would
// save that step at the price of some ten megabytes, compiler included, with every commit, and of a second copy to trust.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Something that whoever wrote the workflow can put right. */
class Problem extends Error {}

const DOOR = join('dist', 'action', 'bin.js');
const own = fileURLToPath(new URL('../..', import.meta.url));
const workspace = resolve(process.env.GITHUB_WORKSPACE ?? process.cwd());
const folder = resolve(workspace, process.env['INPUT_WORKING-DIRECTORY'] || '.');
const wanted = process.env.INPUT_TOOL || 'auto';

try {
  const door = choose();
  process.chdir(folder);
  await import(pathToFileURL(door).href);
} catch (error) {
  // Before the tool runs, only this file can say what is wrong. Percent signs and line ends would end the command.
  const text = (error instanceof Problem ? error.message : `internal error: ${error?.stack ?? error}`);
  process.stdout.write(`::error title=Fiduciary could not start::${text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}\n`);
  if (process.env.GITHUB_OUTPUT) {
    const { appendFileSync } = await import('node:fs');
    appendFileSync(process.env.GITHUB_OUTPUT, 'conclusion=error\nexit-code=2\n');
  }
  process.exitCode = 2;
}

function choose() {
  if (!['auto', 'repository', 'action'].includes(wanted)) throw new Problem('The input "tool" must be auto, repository or action.');
  if (!existsSync(folder)) throw new Problem('The folder of the input "working-directory" does not exist.');
  const installed = wanted === 'action' ? undefined : findInstalled();
  if (installed !== undefined) return installed;
  if (wanted === 'repository') throw new Problem('The repository has no fiduciary installed: run its installation first (npm ci), or set the input "tool" to auto.');
  prepareOwn();
  return join(own, DOOR);
}

/** From the working directory up to the workspace, where Node would look. */
function findInstalled() {
  for (let at = folder; ; at = dirname(at)) {
    const door = join(at, 'node_modules', 'fiduciary', DOOR);
    if (existsSync(door)) return door;
    if (at === workspace || at === dirname(at) || relative(workspace, at).startsWith('..')) return undefined;
  }
}

function prepareOwn() {
  if (!hasDependencies()) {
    say('Installing the dependencies of the action …');
    run(npm(), ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], 'Installing the dependencies of the action failed. Where the package registry cannot be reached, install fiduciary in the repository.');
  }
  if (!existsSync(join(own, DOOR))) {
    say('Building the action …');
    run([process.execPath], ['scripts/build.mjs', '--transpile'], 'Building the action failed.');
  }
}

/** They may stand beside this package, or above it when it is itself installed. */
function hasDependencies() {
  try {
    createRequire(join(own, 'package.json')).resolve('typescript/package.json');
    return true;
  } catch {
    return false;
  }
}

/** The one on the path, or the one that came with this Node. */
function npm() {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (process.platform !== 'win32' && spawnSync('npm', ['--version']).status === 0) return ['npm'];
  if (existsSync(beside)) return [process.execPath, beside];
  return ['npm'];
}

function run([program, ...first], args, problem) {
  // On Windows npm is a script, which only a shell can start; no argument here comes from outside.
  const ended = spawnSync(program, [...first, ...args], { cwd: own, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' && program === 'npm' });
  if (ended.status !== 0) throw new Problem(problem);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
