// Findings as annotations. GitHub keeps ten of each level per step and drops the rest without a word, so the gravest come first
// and the tenth says how many there are beside it.
import { EFFECTS, type Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { compareLocations, compareText } from '#model/location';
import { visible } from '#report/inert';
import type { Messages } from '#report/messages';
import type { Vocabulary } from '#report/report-options';
import { headline, remedy } from '#report/sentences';
import { commandProperty, commandText } from './inert.ts';

type Level = 'error' | 'warning' | 'notice';
const LEVELS: readonly Level[] = ['error', 'warning', 'notice'];
const MOST = 10;

const levelOf = (effect: Effect): Level => (effect === 'deny' || effect === 'require_approval' ? 'error' : effect === 'warn' ? 'warning' : 'notice');

/** What blocks first, then by effect and place: the same order in annotations and summary. */
export const byGravity = (a: Finding, b: Finding): number =>
  Number(b.decision.blocking) - Number(a.decision.blocking)
  || EFFECTS.indexOf(b.decision.effect) - EFFECTS.indexOf(a.decision.effect)
  || compareLocations(a.sink.location, b.sink.location)
  || compareText(a.id, b.id);

/** Lines for standard output, from findings in order of gravity. */
export function annotations(findings: readonly Finding[], words: Messages, vocabulary: Vocabulary): readonly string[] {
  return LEVELS.flatMap((level) => {
    const all = findings.filter((finding) => levelOf(finding.decision.effect) === level);
    const shown = all.length > MOST ? all.slice(0, MOST - 1) : all;
    const lines = shown.map((finding) => annotation(level, finding, words, vocabulary));
    return all.length === shown.length ? lines : [...lines, command(level, { title: 'Fiduciary' }, `${all.length - shown.length} more, see the summary and the log of this step`)];
  });
}

function annotation(level: Level, finding: Finding, words: Messages, vocabulary: Vocabulary): string {
  const { file, line, column, endLine, endColumn } = finding.sink.location;
  const change = finding.change === undefined ? '' : ` (${words.change[finding.change]})`;
  // The runner's end column is inclusive and only means something within one line.
  const columns = line === endLine ? { col: String(column), endColumn: String(Math.max(column, endColumn - 1)) } : {};
  return command(
    level,
    { file, line: String(line), endLine: String(endLine), ...columns, title: `Fiduciary: ${finding.rule}${change}` },
    [visible(headline(finding, words, vocabulary)), visible(remedy(finding, words, vocabulary)), `id ${finding.id}`].join('\n'),
  );
}

export function command(name: string, properties: Readonly<Record<string, string>>, text: string): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${commandProperty(value)}`).join(',');
  return `::${name}${listed === '' ? '' : ` ${listed}`}::${commandText(text)}\n`;
}
