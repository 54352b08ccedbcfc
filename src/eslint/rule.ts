// One rule as ESLint wants it: no visitor of its own, only the findings of its channel in the file at hand, each at its place.
import type { AST, Rule } from 'eslint';
import { CHANNELS, type Channel } from '#model/channel';
import { CONFIDENCES, type Confidence } from '#model/element';
import { EFFECTS } from '#model/decision';
import type { Finding } from '#model/finding';
import type { Location } from '#model/location';
import { CHANNEL_FACTS } from '#report/channel-facts';
import { lintMessage, type LintEffect } from '#report/lint';
import { selectVisible } from '#report/visible';
import { type KnownFile, viewOf } from './file-view.ts';
import { suggestionsFor } from './suggestions.ts';

export interface RuleOptions {
  /** The lowest confidence that is reported. */
  readonly confidence: Confidence;
  /** The lowest effect that is reported. */
  readonly effect: LintEffect;
}

const LINT_EFFECTS = EFFECTS.filter((effect): effect is LintEffect => effect !== 'allow');

const DEFAULT_OPTIONS: RuleOptions = { confidence: 'medium', effect: 'note' };

const SCHEMA = [{
  type: 'object' as const,
  additionalProperties: false,
  properties: {
    confidence: { enum: [...CONFIDENCES], description: 'Report findings from this confidence on, as --confidence of fiduciary scan does.' },
    effect: { enum: [...LINT_EFFECTS], description: 'Report findings that are judged at least so.' },
  },
}];

/** Findings speak for themselves: the sentence is made where all reports have theirs. */
const MESSAGES: Readonly<Record<LintEffect | 'notAnalysed' | 'partial' | 'suggestion', string>> = {
  deny: '{{message}}', require_approval: '{{message}}', warn: '{{message}}', note: '{{message}}',
  notAnalysed: '{{message}}', partial: '{{message}}', suggestion: '{{message}}',
};

export function createRule(channel: Channel): Rule.RuleModule {
  const { rule, title } = CHANNELS[channel];
  return {
    meta: {
      type: 'problem',
      docs: {
        description: title,
        url: new URL(`../../docs/rules/${rule}.md`, import.meta.url).href,
        recommended: true,
        cwe: CHANNEL_FACTS[channel].cwe,
        requiresTypeChecking: false,
      },
      messages: MESSAGES,
      schema: SCHEMA,
      defaultOptions: [DEFAULT_OPTIONS],
      hasSuggestions: true,
      languages: ['js/js'],
    } as Rule.RuleMetaData,
    create: (context) => ({
      Program() {
        const view = viewOf(context);
        for (const report of view.takeNotices()) context.report({ loc: FIRST_LINE, messageId: report.kind, data: { message: report.text } });
        const { known } = view;
        if (known === undefined) return;
        for (const finding of wanted(known, channel, context.options[0] as RuleOptions)) context.report(toReport(finding, known, context.sourceCode.text));
      },
    }),
  };
}

const FIRST_LINE = { line: 1, column: 0 };

function wanted({ findings }: KnownFile, channel: Channel, { confidence, effect }: RuleOptions): readonly Finding[] {
  const own = findings.filter((finding) => finding.channel === channel && EFFECTS.indexOf(finding.decision.effect) >= EFFECTS.indexOf(effect));
  return selectVisible(own, { confidence, quiet: false, newOnly: true }).shown;
}

function toReport(finding: Finding, file: KnownFile, text: string): Rule.ReportDescriptor {
  return {
    loc: toLoc(finding.sink.location),
    messageId: finding.decision.effect,
    data: { message: lintMessage(finding, file.lang, file.vocabulary) },
    suggest: suggestionsFor(finding, text, file),
  };
}

/** ESLint counts columns from 0. */
const toLoc = ({ line, column, endLine, endColumn }: Location): AST.SourceLocation =>
  ({ start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } });
