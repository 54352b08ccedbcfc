// `policy eval | explain | fixture | diff | simulate`: policies asked about findings, of a stored result or of a scan.
import { resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { isDay } from '#model/day';
import type { Decision } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import type { Result } from '#model/result';
import { loadRunCatalog } from '#session/load-catalog';
import { loadPolicies, type Policies } from '#session/load-policies';
import { today } from '#session/open-scan';
import { changedDecisions, type DecisionChange, explainDecision, type ExplainedControl, policyInput, rejudge, type WhatIf } from '#session/policy-judge';
import { prepare } from '#session/prepare';
import { readStoredResult } from '#session/stored-result';
import type { ExitCode } from './failures.ts';
import type { JudgeFlags } from './policy-command.ts';
import { findFinding } from './find-finding.ts';
import { cacheFolder, runForResult } from './run-session.ts';

interface Material {
  readonly result: Result;
  readonly catalog: Catalog;
  /** By named packs, or by those of the flags; on a day, or today. */
  readonly policiesBy: (request?: { readonly named?: readonly string[]; readonly replacesPacks?: boolean; readonly day?: string }) => Policies;
  readonly folders: readonly string[];
  readonly date: string;
}

async function gather(host: Host, flags: JudgeFlags): Promise<Material> {
  const { config, root } = prepare(host, { paths: [], ...(flags.config === undefined ? {} : { configFile: flags.config }) });
  const catalog = loadRunCatalog(host, config);
  const date = today(host);
  const result = flags.result === undefined ? (await runForResult(host, [], flags)).outcome.result : readStoredResult(host, resolve(host.cwd(), flags.result));
  return {
    result, catalog, date,
    policiesBy: ({ named = flags.policy ?? [], replacesPacks = false, day = date } = {}) =>
      loadPolicies(host, catalog, config, { named, replacesPacks, cacheDir: cacheFolder(host, root, flags.cache), ignoreWaivers: flags.ignoreWaivers === true, today: day }),
    folders: [...config.policies.flatMap(({ packs }) => packs), ...(flags.policy ?? []).map((name) => resolve(host.cwd(), name)).filter((path) => host.stat(path)?.kind === 'folder')],
  };
}

export async function runEval(host: Host, flags: JudgeFlags): Promise<ExitCode> {
  const { result, policiesBy, date } = await gather(host, flags);
  const findings = rejudge(result.findings, policiesBy(), flags.stage, date);
  if (flags.json === true) writeJson(host, findings.map(({ id, decision }) => ({ finding: id, decision })));
  else for (const finding of findings) write(host, `${finding.id}  ${shown(finding.decision)}  ${placeOf(finding)}  ${finding.decision.controls.join(', ')}`);
  return findings.some(({ decision }) => decision.blocking) ? 1 : 0;
}

export async function runExplain(host: Host, id: string, flags: JudgeFlags): Promise<ExitCode> {
  const { result, catalog, policiesBy, folders, date } = await gather(host, flags);
  const finding = findFinding(result, id);
  const policies = policiesBy();
  const whatIf = (flags.whatIf ?? []).map(parseWhatIf);
  const explained = explainDecision(host, catalog, policies, folders, finding, flags.stage, date, whatIf);
  if (flags.json === true) {
    writeJson(host, { finding: id, input: explained.input, controls: explained.controls.map(({ control, effect, rule }) => ({ control: control.id, effect, expressions: rule.expressions })) });
    return 0;
  }
  const [decided] = rejudge([finding], policies, flags.stage, date);
  write(host, `${finding.id}  ${placeOf(finding)}  ${finding.rule}\n  ${shown((decided ?? finding).decision)} by profile ${policies.profile.id} at stage ${flags.stage}`);
  if (whatIf.length > 0) write(host, `  ${shown(explained.decision)} if ${whatIf.map(({ path, value }) => `${path} were ${value}`).join(' and ')}; what follows is said of that`);
  for (const each of explained.controls) write(host, explainedText(each, flags.lang));
  if (explained.controls.length === 0) write(host, '\n  No control speaks of it.');
  return 0;
}

/** Of a control that is silent only what it stumbled over: the expressions before held. */
function explainedText({ control, effect, rule }: ExplainedControl, lang: 'en' | 'zh'): string {
  const mark = { true: '✔', false: '✖', 'not-reached': '·' } as const;
  const told = effect === undefined ? rule.expressions.filter(({ outcome }) => outcome === 'false') : rule.expressions;
  return [
    '', `  ${effect ?? 'silent'}  ${control.id}  ${control.title[lang]}  ${control.file}:${control.line}`,
    ...told.map(({ outcome, text, bindings }) => `    ${mark[outcome]} ${text.replace(/\s+/g, ' ')}${bindings === undefined ? '' : valuesOf(bindings)}`),
    ...(effect === undefined || control.remediation[lang] === '' ? [] : [`    ${control.remediation[lang]}`]),
  ].join('\n');
}

/** Variables that hold something short; the finding itself is not shown again for each expression. */
function valuesOf(bindings: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(bindings).map(([name, value]) => `${name} = ${JSON.stringify(value)}`).filter((text) => text.length <= 80);
  return texts.length === 0 ? '' : `   # ${texts.join(', ')}`;
}

function parseWhatIf(text: string): WhatIf {
  const [path = '', ...rest] = text.split('=');
  if (rest.length === 0 || path === '') throw new UserError(`--what-if ${text} names no value`, 'Write --what-if context.code=test.');
  return { path, value: rest.join('=') };
}

export async function runFixture(host: Host, id: string, flags: JudgeFlags): Promise<ExitCode> {
  const { result, catalog, date } = await gather(host, flags);
  const finding = findFinding(result, id);
  const input = policyInput(catalog, finding, flags.stage, date);
  const name = flags.name ?? `finding_${finding.id}`;
  if (flags.json === true) writeJson(host, input);
  else write(host, `# ${placeOf(finding)}; in a test: … with input as ${name}\n${regoOf(name, input)}`);
  return 0;
}

/** A rule whose value is the input, to stand in a test file: `… with input as finding_0123`. */
const regoOf = (name: string, input: object): string => `${name} := ${JSON.stringify(input, undefined, '\t').replace(/\n(\t*)([}\]])/g, ',\n$1$2').replace(/([{[]),/g, '$1')}`;

export async function runDiff(host: Host, before: string, after: string, flags: JudgeFlags): Promise<ExitCode> {
  const { result, policiesBy, date } = await gather(host, flags);
  const [old, now] = [before, after].map((name) => rejudge(result.findings, policiesBy({ named: [name], replacesPacks: true }), flags.stage, date)) as [readonly Finding[], readonly Finding[]];
  return showChanges(host, changedDecisions(old, now), result.findings.length, flags);
}

export async function runSimulate(host: Host, flags: JudgeFlags): Promise<ExitCode> {
  const { result, policiesBy, date } = await gather(host, flags);
  const day = flags.date ?? date;
  if (!isDay(day)) throw new UserError(`"${day}" is no day`, 'Write it as 2027-01-31.');
  if (day < date) throw new UserError(`${day} is past: judging back-dated would hide what has run out since`, 'Name a day to come.');
  const [now, then] = [date, day].map((at) => rejudge(result.findings, policiesBy({ day: at }), flags.stage, at)) as [readonly Finding[], readonly Finding[]];
  return showChanges(host, changedDecisions(now, then), result.findings.length, flags);
}

function showChanges(host: Host, changes: readonly DecisionChange[], all: number, flags: JudgeFlags): ExitCode {
  if (flags.json === true) {
    writeJson(host, changes.map(({ finding, before, after }) => ({ finding: finding.id, before, after })));
    return 0;
  }
  for (const { finding, before, after } of changes) write(host, `${finding.id}  ${shown(before)} → ${shown(after)}  ${placeOf(finding)}  ${after.controls.join(', ')}`);
  const blocked = changes.filter(({ before, after }) => !before.blocking && after.blocking).length;
  const freed = changes.filter(({ before, after }) => before.blocking && !after.blocking).length;
  write(host, `${changes.length} of ${all} decisions differ; ${blocked} begin to block, ${freed} no longer do`);
  return 0;
}

const shown = ({ effect, blocking, waiver, observed }: Decision): string =>
  `${effect}${blocking ? ' (blocks)' : ''}${waiver === undefined ? '' : ` (waived by ${waiver.id})`}${observed === true ? ' (observed)' : ''}`;
const placeOf = ({ sink }: Finding): string => `${sink.location.file}:${sink.location.line}`;
const write = (host: Host, text: string): void => host.write('stdout', `${text}\n`);
const writeJson = (host: Host, value: unknown): void => write(host, JSON.stringify(value, undefined, 2));
