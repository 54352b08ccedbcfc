// A program that stays open: what is answered for one file that somebody types in is what a look at the whole program says of it.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import { Workspace } from '#session/workspace';
import { main } from '../../src/cli/main.ts';
import { findLeaves } from '../harness/leaves.ts';

const workspace = suite('session/workspace');
const host = createNodeHost();

function withCopy(original: string, use: (folder: string) => void): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fiduciary-workspace-')));
  try {
    cpSync(original, folder, { recursive: true });
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sources = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:[jt]sx?|vue)$/.test(file)).map((file) => join(folder, file)).sort();
const open = (folder: string): Workspace => new Workspace(host, { folder, cache: false, live: true });

/** The bank, and every pattern that takes several files: others have nothing that a single file does not see. */
const PROGRAMS = findLeaves(resolve('fixtures')).map(({ root }) => root).filter((root) => root.endsWith('/bank') || sources(root).length >= 3);

workspace('an answer for the file that is typed in holds all that the whole program says of it', () => {
  let compared = 0;
  for (const program of PROGRAMS) {
    withCopy(program, (folder) => {
      const files = sources(folder);
      const whole = open(folder);
      const typing = open(folder);
      const first = readFileSync(files[0] ?? '', 'utf8');
      typing.look(files[0] ?? '', first);
      for (const file of files) {
        const text = readFileSync(file, 'utf8');
        const expected = whole.look(file, text).findings;
        compared += expected.length;
        assert.equal(typing.look(file, `${text}${file.endsWith('.vue') ? '<!-- typed -->' : '// typed'}\n`).findings, expected, file);
      }
    });
  }
  assert.ok(PROGRAMS.length > 10 && compared > 40, `${compared} findings in ${PROGRAMS.length} programs`);
});

const BANK: Readonly<Record<string, string>> = {
  'src/customer.ts': 'export interface Customer { id: string; email: string; iban: string }\nexport const load = (id: string): Customer => JSON.parse(read(id)) as Customer;\ndeclare function read(id: string): string;\n',
  'src/show.ts': "import { load } from './customer';\nimport { write } from './write';\nexport const show = (id: string): void => write(load(id).email);\n",
  'src/write.ts': 'export const write = (text: string): void => console.log(text);\n',
};

async function withFolder(use: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fiduciary-workspace-')));
  try {
    mkdirSync(join(folder, 'src'));
    for (const [path, text] of Object.entries(BANK)) writeFileSync(join(folder, path), text);
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const withBank = (use: (folder: string, workspace: Workspace) => void): Promise<void> => withFolder((folder) => use(folder, open(folder)));

const at = (folder: string, program: Workspace, file: string, text = BANK[file] ?? ''): readonly string[] =>
  program.look(join(folder, file), text).findings.map(({ sink: { location: { line, column } }, decision }) => `${line}:${column} ${decision.effect}${decision.waiver === undefined ? '' : ' waived'}`);

workspace('what is typed in the file of the source, or in that of the sink, changes what is found between them', () => withBank((folder, program) => {
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn']);
  assert.equal(at(folder, program, 'src/customer.ts', 'export const load = (id: string) => ({ id });\n'), []);
  assert.equal(at(folder, program, 'src/show.ts'), [], 'no data enters any more');
  assert.equal(at(folder, program, 'src/customer.ts'), []);
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn'], 'it enters again');
  assert.equal(at(folder, program, 'src/write.ts', 'export const write = (text: string): number => text.length;\n'), []);
  assert.equal(at(folder, program, 'src/show.ts'), [], 'nothing leaves any more');
}));

workspace('a file saved in place is read once more, one that goes away too', () => withBank((folder, program) => {
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn']);
  writeFileSync(join(folder, 'src/write.ts'), 'export const write = (text: string): number => text.length;\n');
  assert.equal(at(folder, program, 'src/show.ts'), []);
  writeFileSync(join(folder, 'src/write.ts'), BANK['src/write.ts'] ?? '');
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn']);
  rmSync(join(folder, 'src/customer.ts'));
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn'], 'the name at the call is all that is left, and it says enough');
  rmSync(join(folder, 'src/write.ts'));
  assert.equal(at(folder, program, 'src/show.ts'), [], 'a call that leads nowhere');
}));

workspace('what a baseline knows is known in a file that is typed in, also before the whole program was looked at', () => withFolder(async (folder) => {
  await main({ ...host, write: () => undefined }, ['baseline', folder, '--output', join(folder, 'known.json'), '--no-cache']);
  writeFileSync(join(folder, 'fiduciary.yaml'), 'baseline: known.json\n');
  const program = open(folder);
  const changes = (text: string): readonly unknown[] => program.look(join(folder, 'src/show.ts'), text).findings.map(({ change }) => change);
  const text = BANK['src/show.ts'] ?? '';
  assert.equal(changes(`${text}\n`), ['unchanged']);
  assert.equal(changes(`${text}export const print = (id: string): void => write(load(id).iban);\n`), ['unchanged', 'introduced']);
}));

workspace('a waiver counts from the moment it is written, in the folder that the settings name', () => withFolder(async (folder) => {
  writeFileSync(join(folder, 'fiduciary.yaml'), 'waivers: waivers\n');
  const program = open(folder);
  const [finding] = program.look(join(folder, 'src/show.ts'), BANK['src/show.ts'] ?? '').findings;
  assert.is(finding?.decision.effect, 'warn');
  const expires = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const code = await main({ ...host, write: () => undefined, cwd: () => folder }, ['waiver', 'new', finding?.id ?? '', '--reason', 'The support desk reads it', '--approver', 'security', '--expires', expires]);
  assert.is(code, 0);
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn waived']);
  rmSync(join(folder, 'waivers'), { recursive: true });
  assert.equal(at(folder, program, 'src/show.ts'), ['3:43 warn']);
}));

workspace('a file that is no source of the program has nothing', () => withBank((folder, program) => {
  assert.equal(program.look(join(folder, 'notes.md'), 'console.log(user.password)').findings, []);
  assert.equal(program.look(resolve('README.md'), 'console.log(user.password)').findings, []);
  assert.equal(at(folder, program, 'src/show.ts', `${BANK['src/show.ts']}\n`), ['3:43 warn']);
}));

workspace.run();
