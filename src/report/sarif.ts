// SARIF 2.1.0, shaped for GitHub code scanning: limits kept, relative encoded URIs, our own stable fingerprint, no suppressed
// results. The audit form holds everything, also what is allowed, suppressed or of low confidence.
import { EFFECTS } from '#model/decision';
import { EXPECTED_GAPS, type Gap } from '#model/gap';
import type { Finding } from '#model/finding';
import { compareLocations, compareText } from '#model/location';
import type { Result } from '#model/result';
import { messagesFor, type Messages } from './messages.ts';
import type { ReportOptions } from './report-options.ts';
import { artifactLocation, ROOT } from './sarif-places.ts';
import { fixedResult, sarifResult } from './sarif-result.ts';
import { cweTaxonomy, sarifRules } from './sarif-rules.ts';
import { selectVisible } from './visible.ts';

/** Code scanning rejects a run above this. */
const MOST_RESULTS = 25_000;

export function renderSarif(result: Result, options: ReportOptions, form: 'scanning' | 'audit' = 'scanning'): string {
  const words = messagesFor(options.lang);
  // `--quiet` is about what a person reads; a file for a service stays whole.
  const chosen = form === 'audit' ? result.findings : selectVisible(result.findings, { confidence: options.confidence, quiet: false }).shown;
  const ordered = [...chosen].sort(bySeverity);
  const kept = ordered.slice(0, MOST_RESULTS);
  const elements = [...new Set(kept.flatMap((finding) => finding.elements.map((claim) => claim.element)))].sort(compareText);
  const taxonIndex = new Map(elements.map((id, index) => [id, index]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'Fiduciary',
          version: result.tool.version,
          semanticVersion: result.tool.version,
          rules: sarifRules(words),
          notifications: gapKinds(result.gaps).map((kind) => ({ id: kind, shortDescription: { text: kind } })),
          supportedTaxonomies: [{ name: 'CWE', index: 0 }, { name: 'fiduciary-elements', index: 1 }],
          properties: { catalogue: result.tool.rules },
        },
      },
      automationDetails: { id: form === 'audit' ? 'fiduciary-audit/' : 'fiduciary/' },
      columnKind: 'utf16CodeUnits',
      originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
      invocations: [{
        executionSuccessful: true,
        toolExecutionNotifications: notifications(result.gaps, ordered.length - kept.length, words),
      }],
      taxonomies: [cweTaxonomy(), {
        name: 'fiduciary-elements',
        shortDescription: { text: 'Data elements of the catalogue' },
        ...(elements.length === 0 ? {} : { taxa: elements.map((id) => ({ id, shortDescription: { text: options.vocabulary.element(id) } })) }),
      }],
      results: [
        ...kept.map((finding) => sarifResult(finding, words, options, taxonIndex)),
        ...(form === 'audit' ? (result.comparison?.fixed ?? []).map((known) => fixedResult(known, words)) : []),
      ],
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** The gravest first: where a service shows only a part, it must be the right one. */
function bySeverity(a: Finding, b: Finding): number {
  return EFFECTS.indexOf(b.decision.effect) - EFFECTS.indexOf(a.decision.effect)
    || compareLocations(a.sink.location, b.sink.location)
    || compareText(a.id, b.id);
}

const gapKinds = (gaps: readonly Gap[]): readonly string[] => [...new Set(gaps.map((gap) => gap.kind))].sort(compareText);

function notifications(gaps: readonly Gap[], dropped: number, words: Messages): readonly object[] {
  const kinds = gapKinds(gaps);
  const fromGaps = gaps.map((gap) => ({
    level: EXPECTED_GAPS.has(gap.kind) ? 'note' : 'warning',
    message: { text: words.gap(gap.kind, gap.detail) },
    descriptor: { id: gap.kind, index: kinds.indexOf(gap.kind) },
    ...(gap.file === undefined ? {} : {
      locations: [{
        physicalLocation: {
          artifactLocation: artifactLocation(gap.file),
          ...(gap.line === undefined ? {} : { region: { startLine: gap.line } }),
        },
      }],
    }),
  }));
  return dropped === 0 ? fromGaps : [...fromGaps, { level: 'warning', message: { text: words.more(dropped) } }];
}
