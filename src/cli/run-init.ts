// Assess, propose, write: nothing is written before it was shown, nothing replaced without a word for it.
import type { Host } from '#host/host';
import { lookAround } from '#init/surroundings';
import { type ProposedFile, propose } from '#init/proposal';
import { showSightings } from '#init/show';
import { UserError } from '#model/errors';
import { VERSION } from '#model/version';
import { survey } from '#session/survey';
import type { ExitCode } from './failures.ts';
import type { InitFlags } from './init-command.ts';
import { toShownPath } from './shown-path.ts';
import { createProgress } from './terminal.ts';

export async function runInit(host: Host, folder: string | undefined, flags: InitFlags): Promise<ExitCode> {
  const root = rootOf(host, folder);
  const progress = createProgress(host, false);
  const seen = survey(host, root, progress.update);
  progress.end();
  if (seen.files === 0) throw new UserError('No TypeScript, JavaScript or Vue file was seen', 'Run it in the repository, or name its folder.');
  const around = lookAround(host, root);
  const { files, hints } = propose(seen, around, VERSION);
  const say = (text: string): void => host.write('stdout', text);
  say(`Seen in ${toShownPath(host.cwd(), root)}:\n${showSightings(seen, around)}\n`);
  for (const file of files) {
    const done = flags.dryRun === true ? show(file) : await write(host, root, file, flags);
    if (done === undefined) {
      host.write('stderr', 'error: nobody is there to answer, so nothing more was written\n  Use --yes to write without asking, or --dry-run to look.\n');
      return 2;
    }
    say(done);
  }
  if (hints.length > 0) say(`\nNext:\n${hints.map((hint) => `  - ${hint}\n`).join('')}`);
  return 0;
}

function rootOf(host: Host, folder: string | undefined): string {
  const start = host.realpath(folder === undefined ? host.cwd() : folder.startsWith('/') ? folder : `${host.cwd()}/${folder}`);
  if (start === undefined || host.stat(start)?.kind !== 'folder') throw new UserError(`${folder ?? '.'} is no folder`, 'Name the folder of the repository.');
  return host.gitRoot(start) ?? start;
}

const show = (file: ProposedFile): string => `--- ${file.path}\n${file.text}\n`;

/** Undefined when a question had no answer. */
async function write(host: Host, root: string, file: ProposedFile, flags: InitFlags): Promise<string | undefined> {
  const path = `${root}/${file.path}`;
  const exists = host.exists(path);
  const then = file.then === undefined ? '' : `    ${file.then}\n`;
  if (exists && host.stat(path)?.kind === 'file' && host.readText(path) === file.text) return `  = ${file.path} is up to date\n${then}`;
  if (flags.yes === true && exists && flags.overwrite !== true) return `  - ${file.path} is kept as it is (--overwrite replaces it)\n`;
  if (flags.yes !== true) {
    host.write('stdout', show(file));
    await host.flush();
    const answer = await host.ask(exists ? `${file.path} is there already. Replace it? [y/N] ` : `Write ${file.path}? [Y/n] `);
    if (answer === undefined) return undefined;
    if (exists ? !/^y(es)?$/i.test(answer) : /^n(o)?$/i.test(answer)) return `  - ${file.path} is ${exists ? 'kept as it is' : 'not written'}\n`;
  }
  host.writeFileAtomic(path, file.text);
  return `  ${exists ? '~' : '+'} ${file.path} (${file.what})\n${then}`;
}
