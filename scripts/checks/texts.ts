// Checks on text files: words of the workplace, links between pages, a head comment in each source file.
import { existsSync, readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Problem } from './problem.ts';
import { listSources } from './sources.ts';

const TEXT = /\.(ts|mjs|js|json|md|ya?ml|rego|go|vue|html|sh)$|^\.ci\//;

/** Paths of somebody's machine. Fixtures may name such places in sample code, so they are left out. */
const MACHINE = /(?<![\w.])(\/root\/|\/home\/(?!index|page|user)[a-z]+\/|\/Users\/[A-Za-z]+\/|[A-Z]:\\Users\\|\/(?:work|tmp)\/(?:main|shared|brief|clean)\b)/;

export function checkWords(): readonly Problem[] {
  return textFiles().filter((file) => !file.startsWith('fixtures/') && !file.startsWith('scripts/checks/')).flatMap((file) =>
    linesOf(file).flatMap((line, index) => {
      const found = MACHINE.exec(line);
      return found ? [{ where: `${file}:${index + 1}`, what: `${found[0]} is a path of one machine` }] : [];
    }),
  );
}

export function checkLinks(): readonly Problem[] {
  return textFiles().filter((file) => file.endsWith('.md')).flatMap((file) =>
    linesOf(file).flatMap((line, index) =>
      [...line.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].flatMap(([, target = '']) =>
        existsSync(join(dirname(file), target)) ? [] : [{ where: `${file}:${index + 1}`, what: `${target} does not exist` }],
      ),
    ),
  );
}

export function checkHeads(): readonly Problem[] {
  return listSources('src', 'scripts', 'bench')
    .filter((file) => !/^(#!.*\n)?(\/\/|\/\*)/.test(readFileSync(file, 'utf8')))
    .map((where) => ({ where, what: 'begins without a comment that says what the file is for' }));
}

/** What git knows or would add; without git, nothing can be said about what belongs to the project. */
function textFiles(): readonly string[] {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  return listed.stdout.split('\n').filter((file) => TEXT.test(file) && existsSync(file));
}

const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');
