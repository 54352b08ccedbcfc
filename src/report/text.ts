// The report for people: findings by file, each with its path, the reason and the remedy, then what was and was not seen.
// Shows names of code and the catalogue's words only; there is no literal value in a Result that it could show.
import picocolors from 'picocolors';
import { EFFECTS, type Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { compareLocations, compareText, type Location, type RepoPath } from '#model/location';
import type { Result } from '#model/result';
import { messagesFor, type Messages } from './messages.ts';
import type { ReportOptions } from './report-options.ts';
import { arrivedSentence, demands, foldSteps, fullPath, headline, rankSources, reason, remedy, stepSentence, summarise } from './sentences.ts';
import { renderCoverage } from './text-coverage.ts';
import { selectVisible } from './visible.ts';

const STEP_LINES = 8;
const OTHER_SOURCES = 3;

export const SYMBOLS: Readonly<Record<Effect, string>> = { deny: '✖', require_approval: '▲', warn: '⚠', note: '•', allow: '✔' };

export type Colors = ReturnType<typeof picocolors.createColors>;

export function renderText(result: Result, options: ReportOptions): string {
  const words = messagesFor(options.lang);
  const colors = picocolors.createColors(options.color);
  const visible = selectVisible(result.findings, { ...options, newOnly: options.known !== true });
  const lines: string[] = [];
  for (const [file, findings] of byFile(visible.shown)) {
    lines.push(colors.underline(file), '');
    for (const finding of findings) lines.push(...block(finding, words, options, colors), '');
  }
  // A run that saw no file has found nothing out; a green tick would say the opposite.
  if (result.counts.files === 0) lines.push(colors.yellow(`${SYMBOLS.warn} ${words.nothingAnalysed}`));
  else lines.push(`${closingSymbol(visible.shown, colors)} ${summarise(visible.shown, words)}`);
  lines.push(...renderCoverage(result, visible, words).map((line) => colors.dim(line)));
  return `${lines.join('\n')}\n`;
}

function block(finding: Finding, words: Messages, options: ReportOptions, colors: Colors): string[] {
  const { effect } = finding.decision;
  const marks = [finding.change === undefined ? '' : words.change[finding.change], words.codeKind(finding.context.code), finding.context.dormant === true ? words.dormant : ''].filter((mark) => mark !== '');
  const label = (text: string): string => colors.dim(text.padEnd(4));
  const needed = demands(finding, words);
  const needs = needed.length === 0 ? [] : [needed.join('; ')];
  return [
    `${paint(effect, colors)(`${SYMBOLS[effect]} ${words.effect[effect]}`)}  ${place(finding.sink.location)}  ${colors.dim(finding.rule)}`,
    `  ${colors.bold(headline(finding, words, options.vocabulary))}${marks.length === 0 ? '' : colors.dim(` [${marks.join(', ')}]`)}`,
    ...pathLines(finding, words, colors),
    ...(finding.arrived === undefined ? [] : [`  ${label(words.newLabel)}  ${arrivedSentence(finding.arrived, words, options.vocabulary)}`]),
    `  ${label(words.whyLabel)}  ${reason(finding, words)}`,
    ...needs.map((need) => `  ${label(words.needLabel)}  ${need}`),
    `  ${label(words.fixLabel)}  ${remedy(finding, words, options.vocabulary)}`,
    `  ${label(words.idLabel)}  ${colors.dim(finding.id)}`,
  ];
}

function pathLines(finding: Finding, words: Messages, colors: Colors): string[] {
  const [main, ...others] = rankSources(finding);
  if (main === undefined) return [];
  const { head, folded, tail } = foldSteps(fullPath(finding, main), STEP_LINES);
  const width = Math.max(...[...head, ...tail].map((step) => line(step.location).length));
  const rows = [...head, ...tail].map((step) => `    ${colors.cyan(line(step.location).padEnd(width))}  ${stepSentence(step, words)}`);
  if (folded > 0) rows.splice(head.length, 0, `    ${colors.dim(words.moreSteps(folded))}`);
  if (others.length > 0) {
    const some = others.slice(0, OTHER_SOURCES).map((source) => `${source.name} (${line(source.location)})`);
    rows.push(`    ${colors.dim(words.moreSources(others.length, some))}`);
  }
  return rows;
}

function byFile(findings: readonly Finding[]): readonly (readonly [RepoPath, readonly Finding[]])[] {
  const groups = new Map<RepoPath, Finding[]>();
  for (const finding of findings) {
    const { file } = finding.sink.location;
    const known = groups.get(file);
    if (known === undefined) groups.set(file, [finding]);
    else known.push(finding);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([file, group]) => [file, group.sort((a, b) => compareLocations(a.sink.location, b.sink.location) || compareText(a.id, b.id))]);
}

function closingSymbol(shown: readonly Finding[], colors: Colors): string {
  const effect = shown.length === 0 ? 'allow' : strongest(shown);
  return paint(effect, colors)(SYMBOLS[effect]);
}

const strongest = (findings: readonly Finding[]): Effect =>
  findings.map((finding) => finding.decision.effect).reduce((a, b) => (EFFECTS.indexOf(a) >= EFFECTS.indexOf(b) ? a : b));

const line = (location: Location): string => `${location.file}:${location.line}`;
export const place = (location: Location): string => `${location.file}:${location.line}:${location.column}`;

export function paint(effect: Effect, colors: Colors): (text: string) => string {
  switch (effect) {
    case 'deny': return colors.red;
    case 'require_approval': return colors.magenta;
    case 'warn': return colors.yellow;
    case 'note': return colors.blue;
    case 'allow': return colors.green;
    default: return effect satisfies never;
  }
}
