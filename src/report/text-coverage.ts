// The end of the text report: what its marks mean, what was analysed, what was not and why, and what is hidden. Honest coverage is
// part of the result.
import type { Comparison } from '#model/change';
import { EXPECTED_GAPS, type Gap } from '#model/gap';
import type { Result } from '#model/result';
import type { Messages } from './messages.ts';
import { marksClause } from './sentences.ts';
import type { Visible } from './visible.ts';

const GAPS_SHOWN = 10;
const LEFT_OUT: ReadonlySet<Gap['kind']> = new Set(['minified', 'generated', 'vendored', 'binary']);

export function renderCoverage(result: Result, visible: Visible, words: Messages): readonly string[] {
  const { gaps, counts } = result;
  const leftOut = gaps.filter((gap) => LEFT_OUT.has(gap.kind));
  const unexpected = gaps.filter((gap) => !EXPECTED_GAPS.has(gap.kind) && !isNotice(gap));
  const inFiles = unexpected.filter((gap) => gap.file !== undefined);
  const notices = gaps.filter((gap) => isNotice(gap) || (gap.file === undefined && !LEFT_OUT.has(gap.kind)));
  return [
    ...(visible.shown.some((finding) => marksClause(finding, words)) ? [words.unverified] : []),
    words.analysed(counts),
    ...(result.comparison === undefined ? [] : [words.compared(baseName(result.comparison), result.comparison.counts)]),
    ...(inFiles.length === 0 ? [] : [words.notAnalysed(countFiles(inFiles)), ...listed(inFiles, words)]),
    ...listed(notices, words, ''),
    ...(leftOut.length === 0 ? [] : [words.skipped(countFiles(leftOut))]),
    ...(counts.exempt === undefined ? [] : [words.exempt(counts.exempt)]),
    ...(visible.allowed > 0 ? [words.allowed(visible.allowed)] : []),
    ...(visible.waived > 0 ? [words.waived(visible.waived)] : []),
    ...(visible.suppressed > 0 ? [words.suppressed(visible.suppressed)] : []),
    ...(visible.observed > 0 ? [words.observed(visible.observed)] : []),
    ...(visible.lowConfidence > 0 ? [words.hiddenByConfidence(visible.lowConfidence)] : []),
    ...(visible.known > 0 ? [words.hiddenKnown(visible.known)] : []),
    ...(visible.quiet > 0 ? [words.hiddenByQuiet(visible.quiet)] : []),
  ];
}

/** A commit by its first digits, as git shows it. */
const baseName = ({ with: kind, base }: Comparison): string => (kind === 'diff' ? base.slice(0, 10) : base);

/** About a comment or a waiver, not about a file that was left out. */
const isNotice = (gap: Gap): boolean => /^(suppression|waiver)-/.test(gap.kind);

function listed(gaps: readonly Gap[], words: Messages, indent = '  '): string[] {
  const lines = gaps.slice(0, GAPS_SHOWN).map((gap) => `${indent}${gapPlace(gap)}${words.gap(gap.kind, gap.detail)}`);
  return gaps.length > GAPS_SHOWN ? [...lines, `${indent}${words.more(gaps.length - GAPS_SHOWN)}`] : lines;
}

function gapPlace(gap: Gap): string {
  if (gap.file === undefined) return '';
  return gap.line === undefined ? `${gap.file}  ` : `${gap.file}:${gap.line}  `;
}

const countFiles = (gaps: readonly Gap[]): number => new Set(gaps.map((gap) => gap.file)).size;
