// Runs the action as the runner does: its inputs and its event in the environment, its answers in files, its text on a pipe.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const usesBuild = (process.argv[1] ?? '').replaceAll('\\', '/').endsWith('test/run.ts');
const DOOR: readonly string[] = usesBuild ? [at('dist/action/bin.js')] : ['--conditions=source', '--import', import.meta.resolve('tsx'), at('src/action/bin.ts')];

export interface Job {
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload?: unknown; readonly text?: string };
  readonly environment?: Readonly<Record<string, string>>;
  /** The working directory, relative to the workspace. */
  readonly folder?: string;
  /** Arguments to Node instead of the door itself. */
  readonly node?: readonly string[];
}

export interface JobEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Commands as the runner reads them. */
  readonly commands: readonly Command[];
}

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

export function runJob(job: Job): JobEnd {
  const folder = mkdtempSync(join(tmpdir(), 'fiduciary-job-'));
  const [summary, output, event] = ['summary', 'output', 'event.json'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(output, '');
  writeFileSync(summary, '');
  writeFileSync(event, job.event?.text ?? JSON.stringify(job.event?.payload ?? {}));
  const inputs = Object.fromEntries(Object.entries(job.inputs ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  try {
    const ended = spawnSync(process.execPath, [...(job.node ?? DOOR)], {
      cwd: join(job.workspace, job.folder ?? ''), encoding: 'utf8', maxBuffer: 2 ** 29,
      env: {
        PATH: process.env['PATH'], HOME: folder, CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: job.workspace, GITHUB_EVENT_NAME: job.event?.name ?? 'push',
        GITHUB_EVENT_PATH: event, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'bank/ledger',
        GITHUB_SHA: 'c'.repeat(40), GITHUB_ACTOR: 'teller', ...inputs, ...job.environment,
      },
    });
    return {
      code: ended.status, stdout: ended.stdout, stderr: ended.stderr,
      summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
      outputs: readOutputs(readFileSync(output, 'utf8')),
      commands: readCommands(ended.stdout),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `name=value`, and `name<<DELIMITER` with lines up to the delimiter. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(lines[index] ?? '') ?? [];
    const plain = /^([^=<]+)=(.*)$/.exec(lines[index] ?? '');
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, index + 1);
      if (end === -1) throw new Error(`the output ${name} has no end`);
      found[name] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (plain) {
      found[plain[1] ?? ''] = plain[2] ?? '';
    } else if (lines[index] !== '') {
      throw new Error(`not an output: ${lines[index]}`);
    }
  }
  return found;
}

/** As actions/runner parses a line: leading blanks do not matter, the old form may stand anywhere, and while commands are
 * stopped only the token counts. */
export function readCommands(stdout: string): readonly Command[] {
  const found: Command[] = [];
  let stopped: string | undefined;
  for (const raw of stdout.split(/\r\n|\n|\r/)) {
    const line = raw.trim();
    if (stopped !== undefined) {
      if (line === `::${stopped}::`) stopped = undefined;
      continue;
    }
    const match = /^::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', list = '', text = ''] = match;
    if (name === 'stop-commands') {
      stopped = text;
      continue;
    }
    const properties = Object.fromEntries(list.split(',').filter((part) => part.includes('=')).map((part) => [part.slice(0, part.indexOf('=')).trim(), decode(part.slice(part.indexOf('=') + 1), true)]));
    found.push({ name, properties, text: decode(text, false) });
  }
  if (stopped !== undefined) throw new Error('commands were stopped and never resumed');
  return found;
}

function decode(text: string, property: boolean): string {
  const plain = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (property ? plain.replaceAll('%3A', ':').replaceAll('%2C', ',') : plain).replaceAll('%25', '%');
}
