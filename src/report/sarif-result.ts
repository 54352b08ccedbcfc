// One finding as a SARIF result: several sources are several code flows of it, each ending where the data really leaves.
import type { Change, KnownFinding } from '#model/change';
import type { Effect } from '#model/decision';
import type { Finding, SourceFlow, Step } from '#model/finding';
import { compareLocations } from '#model/location';
import type { Messages } from './messages.ts';
import type { ReportOptions } from './report-options.ts';
import { artifactLocation, physicalLocation } from './sarif-places.ts';
import { ruleIndex } from './sarif-rules.ts';
import { foldSteps, fullPath, headline, rankSources, remedy, stepSentence } from './sentences.ts';

/** Viewers stop reading long before; services reject files above 10,000 locations in one result. */
const FLOWS = 20;
const STEPS = 30;

const LEVELS: Readonly<Record<Effect, 'error' | 'warning' | 'note' | 'none'>> = {
  deny: 'error', require_approval: 'error', warn: 'warning', note: 'note', allow: 'none',
};

const BASELINE_STATES: Readonly<Record<Change, 'new' | 'updated' | 'unchanged' | 'absent'>> = {
  introduced: 'new', reached: 'updated', moved: 'unchanged', unchanged: 'unchanged', fixed: 'absent',
};

/** What is fixed has no place any more; the audit report keeps its name. */
export function fixedResult(known: KnownFinding, words: Messages): object {
  return {
    ruleId: known.rule,
    ruleIndex: ruleIndex(known.rule),
    kind: 'notApplicable',
    level: 'none',
    baselineState: BASELINE_STATES.fixed,
    message: { text: `${words.change.fixed}: ${known.callee}${known.symbol === '' ? '' : words.within(known.symbol)}` },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(known.file) } }],
    partialFingerprints: { 'fiduciary/v1': known.id },
    properties: { elements: known.elements, change: 'fixed' },
  };
}

export function sarifResult(finding: Finding, words: Messages, options: ReportOptions, taxonIndex: ReadonlyMap<string, number>): object {
  const { sink, context, decision } = finding;
  const sources = rankSources(finding);
  const elements = [...new Set(finding.elements.map((claim) => claim.element))];
  const moved = compareLocations(sink.location, sink.inner) !== 0;
  return {
    ruleId: finding.rule,
    ruleIndex: ruleIndex(finding.rule),
    // SARIF demands kind `fail` for every level but `none`.
    ...(decision.effect === 'allow' ? { kind: 'pass' } : {}),
    level: LEVELS[decision.effect],
    message: { text: `${headline(finding, words, options.vocabulary)}. ${remedy(finding, words, options.vocabulary)}` },
    locations: [{
      physicalLocation: physicalLocation(sink.location),
      ...(context.symbol === '' ? {} : { logicalLocations: [{ fullyQualifiedName: context.symbol, kind: 'function' }] }),
    }],
    ...(moved ? { relatedLocations: [{ id: 1, physicalLocation: physicalLocation(sink.inner), message: { text: words.step('sink', [sink.innerCallee]) } }] } : {}),
    ...(finding.change === undefined ? {} : { baselineState: BASELINE_STATES[finding.change] }),
    partialFingerprints: { 'fiduciary/v1': finding.id },
    ...(sources.length === 0 ? {} : { codeFlows: sources.slice(0, FLOWS).map((source) => codeFlow(finding, source, words)) }),
    ...(elements.length === 0 ? {} : {
      taxa: elements.map((id) => ({ id, index: taxonIndex.get(id) ?? -1, toolComponent: { name: 'fiduciary-elements', index: 1 } })),
    }),
    ...suppressions(finding),
    properties: {
      kind: finding.kind,
      channel: finding.channel,
      elements,
      ...(finding.class === undefined ? {} : { class: finding.class }),
      confidence: finding.confidence,
      effect: decision.effect,
      blocking: decision.blocking,
      ...(finding.change === undefined ? {} : { change: finding.change }),
      controls: decision.controls,
      citations: decision.citations,
      ...(decision.unverified === undefined ? {} : { unverified: decision.unverified }),
      ...(decision.obligations === undefined ? {} : { obligations: decision.obligations.map(({ kind, what }) => `${kind}: ${what}`) }),
      ...(decision.incident === undefined ? {} : { incident: decision.incident }),
      ...(decision.observed === undefined ? {} : { observed: true }),
      ...(decision.effective === undefined ? {} : { effective: decision.effective }),
      ...(decision.waiver === undefined ? {} : { waiver: decision.waiver.id }),
      code: context.code,
      side: context.side,
      ...(context.dormant === true ? { dormant: true } : {}),
      ...(context.owner === undefined ? {} : { owner: context.owner }),
      catalog: sink.catalog,
      ...(sink.vendor === undefined ? {} : { vendor: sink.vendor }),
      ...(sink.destination === undefined ? {} : { destination: sink.destination }),
      ...(sink.transport === undefined ? {} : { transport: sink.transport }),
      sources: finding.sources.length,
      assumptions: [...new Set(finding.sources.flatMap((source) => source.assumptions))].sort(),
      protections: [...new Set(finding.sources.flatMap((source) => source.protections.map((protection) => `${protection.kind}: ${protection.worth}`)))].sort(),
    },
  };
}

function codeFlow(finding: Finding, source: SourceFlow, words: Messages): object {
  const { head, folded, tail } = foldSteps(fullPath(finding, source), STEPS);
  const locations = [...head, ...tail].map((step, index) => threadFlowLocation(step, index, words));
  return {
    ...(folded === 0 ? {} : { message: { text: words.moreSteps(folded) } }),
    threadFlows: [{ locations }],
  };
}

function threadFlowLocation(step: Step, index: number, words: Messages): object {
  return {
    location: {
      physicalLocation: physicalLocation(step.location),
      ...(step.within === '' ? {} : { logicalLocations: [{ fullyQualifiedName: step.within, kind: 'function' }] }),
      message: { text: stepSentence(step, words) },
    },
    kinds: [step.kind],
    nestingLevel: 0,
    executionOrder: index + 1,
    importance: step.kind === 'source' || step.kind === 'sink' ? 'essential' : 'important',
  };
}

/** Only the audit report holds suppressed and waived findings: code scanning would show them as open alerts. */
function suppressions({ suppression, decision: { waiver } }: Finding): object {
  const inSource = suppression === undefined ? [] : [{
    kind: 'inSource',
    status: 'accepted',
    justification: suppression.reason,
    location: { physicalLocation: { artifactLocation: artifactLocation(suppression.location.file), region: { startLine: suppression.location.line } } },
  }];
  const external = waiver === undefined ? [] : [{ kind: 'external', status: 'accepted', justification: `${waiver.id}, ${waiver.approver}, ${waiver.expires}: ${waiver.reason}` }];
  const all = [...inSource, ...external];
  return all.length === 0 ? {} : { suppressions: all };
}
