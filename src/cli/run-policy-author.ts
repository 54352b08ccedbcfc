// `policy new | check | fmt | test | build`: what somebody does who writes policies.
import { basename, join, relative, resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { buildFolders, checkFolders, type FileCoverage, formatFolders, type FolderTests, testFolders } from '#session/policy-author';
import { prepare } from '#session/prepare';
import type { ExitCode } from './failures.ts';
import { reportFailure } from './failures.ts';
import type { AuthorFlags } from './policy-command.ts';
import { templateFiles } from './policy-template.ts';
import { toShownPath } from './shown-path.ts';

export function runNew(host: Host, folder: string): ExitCode {
  const target = resolve(host.cwd(), folder);
  const name = basename(target).toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'ours';
  if (/^\d/.test(name) || name === 'policies' ? false : host.exists(join(target, `${name}.rego`))) throw exists(host, join(target, `${name}.rego`));
  const packageName = name === 'policies' || /^\d/.test(name) ? 'ours' : name;
  for (const [file, text] of templateFiles(packageName)) {
    const path = join(target, file);
    if (host.exists(path)) throw exists(host, path);
    host.writeFileAtomic(path, text);
    write(host, `Wrote ${toShownPath(host.cwd(), path)}`);
  }
  const shown = relative(host.cwd(), target) || '.';
  write(host, `\nTry it:\n  fiduciary policy check ${shown}\n  fiduciary policy test ${shown}\n  fiduciary scan --policy ./${shown}\nKeep it: add to fiduciary.yaml\n  policies: { packs: [${shown}] }`);
  return 0;
}

const exists = (host: Host, path: string): UserError =>
  new UserError(`${toShownPath(host.cwd(), path)} is there already`, 'Name another folder: fiduciary policy new FOLDER.', { file: path });

export function runCheck(host: Host, paths: readonly string[], flags: AuthorFlags): ExitCode {
  const { files, controls, unformatted } = checkFolders(host, foldersOf(host, paths, flags));
  if (flags.fix === true) rewrite(host, unformatted);
  const left = flags.fix === true ? [] : unformatted;
  for (const { file } of left) write(host, `${toShownPath(host.cwd(), file)}: not in the usual form; "fiduciary policy check --fix" writes it`);
  write(host, `${count(controls.length, 'control')} in ${count(files, 'file')}: ${left.length === 0 ? 'no problem' : `${count(left.length, 'file')} to format`}`);
  return left.length === 0 ? 0 : 1;
}

export function runFormat(host: Host, paths: readonly string[], flags: AuthorFlags): ExitCode {
  const unformatted = formatFolders(host, foldersOf(host, paths, flags));
  if (flags.check !== true) {
    rewrite(host, unformatted);
    return 0;
  }
  for (const { file } of unformatted) write(host, toShownPath(host.cwd(), file));
  return unformatted.length === 0 ? 0 : 1;
}

function rewrite(host: Host, files: readonly { readonly file: string; readonly text: string }[]): void {
  for (const { file, text } of files) {
    host.writeFileAtomic(file, text);
    write(host, `Formatted ${toShownPath(host.cwd(), file)}`);
  }
}

export async function runTests(host: Host, paths: readonly string[], flags: AuthorFlags): Promise<ExitCode> {
  const folders = flags.shipped === true ? [] : foldersOf(host, paths, flags);
  const once = (): ExitCode => showTests(host, testFolders(host, folders, { engine: flags.engine, coverage: flags.coverage === true || flags.min !== undefined }), flags);
  if (flags.watch !== true) return once();
  const again = (): void => {
    try {
      once();
    } catch (error) {
      reportFailure(host, error);
    }
  };
  again();
  // Until the user ends it.
  for await (const _ of host.changes(folders)) again();
  return 0;
}

function showTests(host: Host, run: FolderTests, { min, engine }: AuthorFlags): ExitCode {
  const failed = run.tests.filter(({ outcome }) => outcome !== 'pass');
  for (const test of failed) {
    const why = test.outcome === 'differs' ? `the interpreter says ${String(test.interpreter)}, the compiled policy ${String(test.wasm)}` : test.error ?? 'it is not true';
    write(host, `FAIL ${toShownPath(host.cwd(), test.file)}:${test.line} ${test.name}: ${why}`);
  }
  for (const { id, file, line } of run.uncovered) write(host, `not covered: ${toShownPath(host.cwd(), file)}:${line} ${id}`);
  for (const coverage of run.coverage ?? []) if (coverage.notCovered.length > 0) write(host, `${toShownPath(host.cwd(), coverage.file)}: ${coverage.percent} % of lines, not ${ranges(coverage)}`);
  if (run.coverage !== undefined) write(host, `${run.percent} % of controls are covered`);
  const engines = engine === 'both' ? 'interpreter and WebAssembly' : engine === 'wasm' ? 'WebAssembly' : 'interpreter';
  write(host, `${run.tests.length - failed.length} of ${count(run.tests.length, 'test')} passed on ${engines}`);
  if (min !== undefined && run.percent < min) write(host, `${run.percent} % of controls are covered, at least ${min} % are asked for`);
  return failed.length > 0 || (min !== undefined && run.percent < min) ? 1 : 0;
}

const ranges = ({ notCovered }: FileCoverage): string => notCovered.slice(0, 8).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ') + (notCovered.length > 8 ? ', …' : '');

export function runBuild(host: Host, paths: readonly string[], flags: AuthorFlags): ExitCode {
  const built = buildFolders(host, foldersOf(host, paths, flags, true));
  const target = resolve(host.cwd(), flags.output ?? 'policy-bundle');
  for (const [name, content] of built.files) host.writeFileAtomic(join(target, name), content);
  write(host, `Wrote ${toShownPath(host.cwd(), target)}: ${count(built.controls, 'control')}, no call to the host\nsha256 ${built.digest}`);
  return 0;
}

/** Those named, else those of the settings. The shipped policies alone only where that makes sense. */
function foldersOf(host: Host, paths: readonly string[], flags: AuthorFlags, shippedToo = false): readonly string[] {
  if (paths.length > 0) return paths.map((path) => resolve(host.cwd(), path.replaceAll('\\', '/')));
  const { config } = prepare(host, { paths: [], ...(flags.config === undefined ? {} : { configFile: flags.config }) });
  const folders = config.policies.flatMap(({ packs }) => packs);
  if (folders.length === 0 && !shippedToo) throw new UserError('There is no folder of policies', 'Name one, set policies.packs in fiduciary.yaml, or start one with "fiduciary policy new".');
  return folders;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
const write = (host: Host, text: string): void => host.write('stdout', `${text}\n`);
