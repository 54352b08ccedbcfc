// A finding as the one line of text that ESLint shows: what leaves where, how it is judged, the way it took, what to do, its id.
// The first sentence stands by itself, since lists of problems cut the rest off.
import type { Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { messagesFor } from './messages.ts';
import type { Language, Vocabulary } from './report-options.ts';
import { foldSteps, fullPath, headline, rankSources, remedy, stepSentence } from './sentences.ts';

const STEPS = 6;

export type LintEffect = Exclude<Effect, 'allow'>;

export function lintMessage(finding: Finding, lang: Language, vocabulary: Vocabulary): string {
  const words = messagesFor(lang);
  const { effect } = finding.decision;
  const marks = [
    words.effect[effect],
    finding.change === undefined ? '' : words.change[finding.change],
    words.codeKind(finding.context.code),
    finding.context.dormant === true ? words.dormant : '',
  ].filter((mark) => mark !== '');
  return words.lint({
    headline: headline(finding, words, vocabulary),
    marks,
    steps: stepsOf(finding, lang),
    fix: remedy(finding, words, vocabulary),
    id: finding.id,
  });
}

function stepsOf(finding: Finding, lang: Language): readonly string[] {
  const words = messagesFor(lang);
  const [main, ...others] = rankSources(finding);
  if (main === undefined) return [];
  const { head, folded, tail } = foldSteps(fullPath(finding, main), STEPS);
  const told = [...head, ...tail].map((step) => `${stepSentence(step, words)} (${step.location.file}:${step.location.line})`);
  if (folded > 0) told.splice(head.length, 0, words.moreSteps(folded));
  return others.length === 0 ? told : [...told, words.moreSources(others.length, [])];
}
