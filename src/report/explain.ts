// Everything about one finding, or about one line: why it is, or is not, reported. Nothing is folded here.
import picocolors from 'picocolors';
import type { ExplainNote } from '#model/explain';
import type { Finding, SourceFlow } from '#model/finding';
import { compareLocations, type Location } from '#model/location';
import type { Result } from '#model/result';
import { messagesFor, type Messages } from './messages.ts';
import type { ReportOptions } from './report-options.ts';
import { demands, fullPath, headline, marksClause, rankSources, reason, remedy, stepSentence } from './sentences.ts';
import { type Colors, paint, place, SYMBOLS } from './text.ts';
import { standingOf } from './visible.ts';

export type ExplainOptions = Pick<ReportOptions, 'lang' | 'color' | 'vocabulary'>;

export function renderFindingExplained(finding: Finding, notes: readonly ExplainNote[], options: ExplainOptions): string {
  const words = messagesFor(options.lang);
  const colors = picocolors.createColors(options.color);
  const { decision } = finding;
  const title = (text: string): string => `  ${colors.bold(text)}`;
  return toText([
    `${paint(decision.effect, colors)(`${SYMBOLS[decision.effect]} ${words.effect[decision.effect]}`)}  ${place(finding.sink.location)}  ${colors.dim(`${finding.rule}  ${finding.id}`)}`,
    `  ${headline(finding, words, options.vocabulary)}`,
    `  ${standing(finding, words)}`,
    ...(finding.elements.length === 0 ? [] : ['', title(words.explain.data)]),
    ...finding.elements.map((claim) =>
      `    ${options.vocabulary.element(claim.element)} (${claim.element}, ${claim.class}, ${claim.confidence}): `
      + words.explain.knownBy(words.witness(claim.witness), claim.evidence.join('.'))),
    ...rankSources(finding).flatMap((source) => sourceLines(finding, source, words, colors)),
    '',
    title(words.explain.decision),
    `    ${words.effect[decision.effect]}${decision.blocking ? `, ${words.explain.blocks}` : ''}${decision.controls.length === 0 ? '' : `  ${decision.controls.join(', ')}`}`,
    `    ${reason(finding, words)}`,
    ...(marksClause(finding, words) ? [`    ${words.unverified}`] : []),
    ...demands(finding, words).map((need) => `    ${need}`),
    `    ${remedy(finding, words, options.vocabulary)}`,
    ...(notes.length === 0 ? [] : ['', ...noteLines(notes, words, options)]),
  ]);
}

export function renderPlaceExplained(
  result: Result, notes: readonly ExplainNote[], target: { readonly file: string; readonly line: number }, options: ExplainOptions & { readonly whyNot: boolean },
): string {
  const words = messagesFor(options.lang);
  const here = `${target.file}:${target.line}`;
  const covers = (location: Location): boolean => location.file === target.file && location.line <= target.line && target.line <= location.endLine;
  const lines: string[] = [];
  for (const finding of result.findings) {
    const ends = covers(finding.sink.location);
    if (!ends && !finding.sources.some((source) => fullPath(finding, source).some((step) => covers(step.location)))) continue;
    // The question is what keeps the place from being reported; what merely passes through it is no answer.
    if (options.whyNot && !ends) continue;
    lines.push(`${finding.id}  ${finding.rule}  ${ends ? words.explain.reportedHere : words.explain.passesHere}: ${place(finding.sink.location)}`);
    lines.push(`  ${headline(finding, words, options.vocabulary)}`, `  ${standing(finding, words)}`);
  }
  const useful = options.whyNot ? notes.filter((note) => note.kind !== 'flow') : notes;
  lines.push(...noteLines(useful, words, options));
  lines.push(...result.gaps.filter((gap) => gap.file === target.file && (gap.line ?? target.line) === target.line).map((gap) =>
    `${here}  ${words.explain.gap(words.gap(gap.kind, gap.detail))}`));
  return toText(lines.length === 0 ? [words.explain.nothingHere(here)] : lines);
}

/** Whether a report shows it, and if not, what hides it. */
function standing(finding: Finding, words: Messages): string {
  const standing = standingOf(finding, 'medium');
  switch (standing) {
    case 'allowed': return words.explain.hiddenAllowed;
    case 'waived': return words.explain.hiddenWaived(finding.decision.waiver?.reason ?? '');
    case 'suppressed': return words.explain.hiddenSuppressed(finding.suppression?.reason ?? '');
    case 'observed': return words.explain.hiddenObserved;
    case 'uncertain': return words.explain.hiddenLow;
    case 'open': return words.explain.isReported;
    default: return standing satisfies never;
  }
}

function sourceLines(finding: Finding, source: SourceFlow, words: Messages, colors: Colors): string[] {
  return [
    '',
    `  ${colors.bold(words.explain.path(source.name))}`,
    ...fullPath(finding, source).map((step) => `    ${colors.cyan(place(step.location))}  ${stepSentence(step, words)}`),
    ...(source.protections.length === 0 ? [] : [`  ${words.explain.protections}`]),
    ...source.protections.map((protection) =>
      `    ${place(protection.location)}  ${protection.kind}, ${protection.by}: ${words.explain.worth[protection.worth]}`),
    ...(source.assumptions.length === 0 ? [] : [`  ${words.explain.assumptions}`]),
    ...source.assumptions.map((assumption) => `    ${words.explain.assumption(assumption)}`),
  ];
}

function noteLines(notes: readonly ExplainNote[], words: Messages, options: ExplainOptions): readonly string[] {
  const lines = [...notes].sort((a, b) => compareLocations(a.location, b.location)).map((note) => {
    const element = note.element === undefined ? '' : options.vocabulary.element(note.element);
    return `${place(note.location)}  ${words.explain.note(note.kind, note.names.join(', '), element, note.reason)}`;
  });
  return [...new Set(lines)];
}

const toText = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
