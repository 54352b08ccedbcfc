// A page that a reader follows: files to write, commands to type, what they answer. Its steps are done in a fresh folder, in the
// order of the page, on exactly its text: without network, without any program but Node, git and the shell's own, on a fixed day.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { COMMAND, withFolder } from '../cli/spawn.ts';

export type PageStep =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'run'; readonly command: string; readonly output: string; readonly at: readonly [number, number] };

/** The day on which the pages were written; their readers see their own. */
export const DAY = '2026-12-01';

const BLOCK = /^(?:<!-- file: (\S+) -->\n\n)?```(\w+)\n([^]*?)^```$/gm;

/** A block below `<!-- file: PATH -->` is a file; one of the language `console` is what was typed behind `$ ` and what came back. */
export function readSteps(page: string): readonly PageStep[] {
  return [...page.matchAll(BLOCK)].flatMap((match): readonly PageStep[] => {
    const [whole, path, language, text = ''] = match;
    if (path !== undefined) return [{ kind: 'file', path, text }];
    return language === 'console' ? readCommands(text, match.index + whole.length - text.length - '```'.length) : [];
  });
}

function readCommands(text: string, offset: number): readonly PageStep[] {
  return [...text.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([whole, command = '', output = ''], index, all) => {
    const from = offset + (all[index]?.index ?? 0) + whole.length - output.length;
    return { kind: 'run', command, output, at: [from, from + output.length] };
  });
}

export interface Answered {
  readonly command: string;
  readonly expected: string;
  readonly actual: string;
  readonly at: readonly [number, number];
}

/** What each command of the page answers. `look` sees the folder when all is done. */
export function follow(steps: readonly PageStep[], look: (folder: string) => void = () => undefined): readonly Answered[] {
  return withFolder({ '.tools/.keep': '' }, (base) => {
    const tools = join(base, '.tools');
    const folder = join(base, 'reader');
    mkdirSync(folder);
    equip(tools);
    const answered = steps.flatMap((step): readonly Answered[] => {
      if (step.kind === 'run') return [{ command: step.command, expected: step.output, actual: type(folder, tools, step.command), at: step.at }];
      const file = join(folder, step.path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, step.text);
      return [];
    });
    look(folder);
    return answered;
  });
}

/** The page with the answers of today. */
export const rewritten = (page: string, answered: readonly Answered[]): string =>
  [...answered].reverse().reduce((text, { at: [from, to], actual }) => text.slice(0, from) + actual + text.slice(to), page);

const PROGRAMS = ['bash', 'cat', 'git', 'sed', 'head', 'tail', 'grep', 'mkdir', 'cp', 'mv', 'ls', 'rm'];

function equip(tools: string): void {
  for (const name of PROGRAMS) {
    const found = spawnSync('bash', ['-c', `type -P ${name}`], { encoding: 'utf8' }).stdout.trim();
    if (found !== '') symlinkSync(found, join(tools, name));
  }
  const script = join(tools, 'fiduciary');
  const quoted = COMMAND.map((part) => `'${part.replaceAll("'", "'\\''")}'`);
  const prepared = pathToFileURL(fileURLToPath(new URL('./fixed-day.mjs', import.meta.url))).href;
  writeFileSync(script, `#!/bin/bash\nexec ${[quoted[0], `--import '${prepared}'`, ...quoted.slice(1)].join(' ')} "$@"\n`);
  chmodSync(script, 0o755);
}

function type(folder: string, tools: string, command: string): string {
  const ended = spawnSync(join(tools, 'bash'), ['-c', `exec 2>&1\n${command}`], {
    cwd: folder, encoding: 'utf8',
    env: { PATH: [tools].join(delimiter), HOME: folder, NO_COLOR: '1', CI: '1', FIDUCIARY_TEST_DAY: DAY, XDG_CACHE_HOME: join(tools, 'cache') },
  });
  return ended.stdout;
}

export const readPage = (file: string): string => readFileSync(file, 'utf8');
