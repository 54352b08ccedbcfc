// One run of the action: the command line does the work and writes its Result; annotations, summary and outputs are projections
// of that Result, made when everything is known. What the analysed code may have named is printed where no command is read.
import { randomBytes } from 'node:crypto';
import { join, relative, resolve } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { type Host, HostError } from '#host/host';
import { isNew } from '#model/change';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import type { Result } from '#model/result';
import { codeSpan, visible } from '#report/inert';
import { messagesFor } from '#report/messages';
import type { Vocabulary } from '#report/report-options';
import { selectVisible } from '#report/visible';
import { loadRunCatalog } from '#session/load-catalog';
import { prepare } from '#session/prepare';
import { toVocabulary } from '#session/vocabulary';
import { annotations, byGravity, command } from './annotations.ts';
import { readEvent, type RunEvent } from './event.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { renderSummary } from './summary.ts';

type ExitCode = 0 | 1 | 2;
const CONCLUSIONS = ['success', 'failure', 'error'] as const;
const CLI = fileURLToPath(new URL(`../cli/bin${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)).replaceAll('\\', '/');

export async function runAction(host: Host): Promise<ExitCode> {
  let code: ExitCode;
  try {
    code = await run(host);
  } catch (error) {
    code = refuse(host, error instanceof UserError ? `${error.message}. ${error.hint}` : `internal error: ${error instanceof Error ? error.stack ?? error.message : String(error)}`, {});
  }
  await host.flush();
  return code;
}

async function run(host: Host): Promise<ExitCode> {
  const inputs = readInputs(host);
  const event = readEvent(host);
  if (event.broken) host.write('stdout', command('warning', { title: 'Fiduciary' }, 'The payload of the event cannot be read; nothing is compared with a base.'));
  const resume = `fiduciary-${randomBytes(16).toString('hex')}`;
  host.write('stdout', `::group::Fiduciary\n::stop-commands::${resume}\n`);
  await host.flush();
  const { code, stderr, result } = host.withTempFolder((folder) => {
    const file = join(folder, 'result.json');
    const ended = host.runNode(host.cwd(), [CLI, 'scan', '--format=text', `--report=json=${file}`, ...inputs.args, ...baseArgument(inputs, event), '--', ...inputs.paths]);
    // That file is between the two of us.
    const told = ended.stderr.split('\n').filter((line) => !line.includes(file)).join('\n');
    return { code: ended.code, stderr: told, result: readResult(host, file) };
  });
  host.write('stdout', `${stderr}${stderr === '' || stderr.endsWith('\n') ? '' : '\n'}::${resume}::\n::endgroup::\n`);
  if (result === undefined || (code === 2 && result.counts.files === 0)) return refuse(host, firstError(stderr), placeOf(stderr));
  return report(host, inputs, event, result, toExitCode(code), stderr);
}

function baseArgument({ comparison }: Inputs, event: RunEvent): readonly string[] {
  if (comparison.kind === 'diff') return [`--diff=${comparison.base}`];
  if (comparison.kind === 'off') return ['--no-baseline'];
  return comparison.kind === 'event' && event.base !== undefined ? [`--diff=${event.base}`] : [];
}

function readResult(host: Host, file: string): Result | undefined {
  try {
    return JSON.parse(host.readText(file)) as Result;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

const toExitCode = (code: number): ExitCode => (code === 0 || code === 1 ? code : 2);

function report(host: Host, inputs: Inputs, event: RunEvent, result: Result, code: ExitCode, stderr: string): ExitCode {
  const words = messagesFor(inputs.lang);
  const vocabulary = readVocabulary(host, inputs);
  const shown = [...selectVisible(result.findings, { confidence: inputs.confidence, quiet: false }).shown].sort(byGravity);
  const fresh = shown.filter((finding) => finding.change === undefined || isNew(finding.change));
  const notes = [
    ...(result.gaps.some((gap) => gap.kind === 'no-merge-base') ? ['The base of the change is not in this clone, so every finding counts as new. Check out the whole history: `fetch-depth: 0`.'] : []),
    ...(event.readOnly && inputs.sarifFile !== undefined ? ['From a fork or a bot the token may only read: the SARIF file cannot be uploaded here, this summary holds the findings.'] : []),
    ...(code === 2 ? [`The run is incomplete: ${codeSpan(firstError(stderr))}`] : []),
  ];
  if (inputs.annotations) for (const line of annotations(fresh, words, vocabulary)) host.write('stdout', line);
  if (code === 2) host.write('stdout', command('error', { title: 'Fiduciary' }, visible(firstError(stderr))));
  if (inputs.summary) summarise(host, renderSummary({ result, shown, words, vocabulary, blob: event.blob, notes }));
  output(host, code, {
    findings: String(shown.length),
    new: String(fresh.length),
    blocking: String(shown.filter(isBlocking).length),
    files: String(result.counts.files),
    ...sarifOutput(host, inputs),
  });
  return code;
}

const isBlocking = (finding: Finding): boolean => finding.decision.blocking;

function readVocabulary(host: Host, { paths, config, lang }: Inputs): Vocabulary {
  const prepared = prepare(host, { paths, ...(config === undefined ? {} : { configFile: config }) });
  return toVocabulary(loadRunCatalog(host, prepared.config), lang);
}

function sarifOutput(host: Host, { sarifFile }: Inputs): Readonly<Record<string, string>> {
  if (sarifFile === undefined) return {};
  const file = resolve(host.cwd(), sarifFile);
  return host.exists(file) ? { 'sarif-file': relative(host.env('GITHUB_WORKSPACE') ?? host.cwd(), file) } : {};
}

/** The run could not do what was asked. Everything a workflow reads afterwards is still there. */
function refuse(host: Host, message: string, place: Readonly<Record<string, string>>): ExitCode {
  host.write('stdout', command('error', { ...place, title: 'Fiduciary could not do what was asked' }, visible(message)));
  summarise(host, `## Fiduciary: the run could not do what was asked\n\n${codeSpan(message)}\n`);
  output(host, 2, { findings: '0', new: '0', blocking: '0', files: '0' });
  return 2;
}

/** The message and its hint, without the place between them. */
function firstError(stderr: string): string {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => /^(?:internal )?error: /.test(line));
  if (start === -1) return 'The scan ended without a result; its log says why.';
  const hint = lines.slice(start + 1, start + 3).filter((line) => line.startsWith('  ') && !line.startsWith('  at ')).map((line) => line.trim());
  return [lines[start] ?? '', ...hint].join(' ');
}

function placeOf(stderr: string): Readonly<Record<string, string>> {
  const [, file, line, col] = /^ {2}at (.+?)(?::(\d+))?(?::(\d+))?$/m.exec(stderr) ?? [];
  return file === undefined ? {} : { file, ...(line === undefined ? {} : { line }), ...(col === undefined ? {} : { col }) };
}

function summarise(host: Host, text: string): void {
  const file = host.env('GITHUB_STEP_SUMMARY');
  if (file !== undefined && file !== '') host.append(file, `${text}\n`);
}

/** With a delimiter that nobody can foresee, as no value may end the entry it stands in. */
function output(host: Host, code: ExitCode, values: Readonly<Record<string, string>>): void {
  const file = host.env('GITHUB_OUTPUT');
  if (file === undefined || file === '') return;
  const all = { ...values, conclusion: CONCLUSIONS[code], 'exit-code': String(code) };
  for (const [name, value] of Object.entries(all)) {
    const delimiter = `fiduciary-${randomBytes(16).toString('hex')}`;
    host.append(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
  }
}
