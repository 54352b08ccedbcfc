// The processing record: which elements live where and go where, drawn from a Result and from nothing else. It holds every
// finding, also what is allowed, waived or suppressed, so that its numbers are those of the Result.
import { CHANNEL_NAMES, type Channel } from '#model/channel';
import { EFFECTS, type Effect, type Obligation } from '#model/decision';
import type { Confidence, DataClass, ElementId, ProtectionKind } from '#model/element';
import type { CodeKind, Finding, FindingId, Protection, SourceFlow } from '#model/finding';
import { compareText, type RepoPath } from '#model/location';
import type { Counts, Result } from '#model/result';
import { compareDestinations, type Destination, destinationOf } from './destination.ts';

const RECORD_VERSION = '1.0';

/** One element, one channel, one destination. */
export interface RecordEntry {
  readonly element: ElementId;
  /** The highest class that a finding claims for it. */
  readonly class: DataClass;
  readonly channel: Channel;
  readonly destination: Destination;
  /** Findings in which the element goes there. One with several elements stands in several entries. */
  readonly findings: number;
  readonly effects: EffectCounts;
  /** Of `findings`: those a waiver covers, and those a comment covers. */
  readonly waived: number;
  readonly suppressed: number;
  /** Where the element enters the program or is declared, as far as its findings tell. */
  readonly origins: readonly Origin[];
  readonly protections: readonly SeenProtection[];
  readonly controls: readonly string[];
  readonly citations: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly places: readonly RecordPlace[];
}

export type EffectCounts = Readonly<Record<Effect, number>>;

export interface Origin {
  readonly name: string;
  readonly file: RepoPath;
  readonly line: number;
}

/** What was met on the way, and in how many sources of the entry's findings. */
export interface SeenProtection {
  readonly kind: ProtectionKind;
  readonly worth: Protection['worth'];
  readonly count: number;
}

/** Where the element leaves. */
export interface RecordPlace {
  readonly finding: FindingId;
  readonly file: RepoPath;
  readonly line: number;
  readonly symbol: string;
  readonly callee: string;
  readonly effect: Effect;
  readonly code: CodeKind;
  readonly confidence: Confidence;
}

export interface RecordTotals {
  /** All findings of the Result. */
  readonly findings: number;
  /** Weaknesses of code in which no element is known, such as a certificate check switched off; in no entry. */
  readonly withoutElement: number;
  readonly elements: number;
  readonly destinations: number;
  readonly effects: EffectCounts;
}

export interface ProcessingRecord {
  readonly version: typeof RECORD_VERSION;
  readonly tool: Result['tool'];
  /** What the record rests on; what was not analysed is not in it. */
  readonly analysed: Pick<Counts, 'files' | 'lines' | 'sources' | 'sinks' | 'protectedFlows'>;
  readonly gaps: number;
  readonly totals: RecordTotals;
  /** By class (the highest first), element, channel and destination. */
  readonly entries: readonly RecordEntry[];
}

export function drawRecord(result: Result): ProcessingRecord {
  const { tool, counts: { files, lines, sources, sinks, protectedFlows } } = result;
  const entries = [...groupByEntry(result.findings).values()].map(toEntry).sort(compareEntries);
  return {
    version: RECORD_VERSION,
    tool: { name: tool.name, version: tool.version, rules: tool.rules },
    analysed: { files, lines, sources, sinks, protectedFlows },
    gaps: result.gaps.length,
    totals: {
      findings: result.findings.length,
      withoutElement: result.findings.filter((finding) => finding.elements.length === 0).length,
      elements: new Set(entries.map((entry) => entry.element)).size,
      destinations: new Set(entries.map(({ channel, destination }) => `${channel} ${destination.kind} ${destination.name}`)).size,
      effects: countEffects(result.findings),
    },
    entries,
  };
}

interface Group {
  readonly element: ElementId;
  readonly findings: readonly Finding[];
}

function groupByEntry(findings: readonly Finding[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, { element: ElementId; findings: Finding[] }>();
  for (const finding of findings) {
    const { kind, name } = destinationOf(finding);
    for (const element of new Set(finding.elements.map((claim) => claim.element))) {
      const key = JSON.stringify([element, finding.channel, kind, name]);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { element, findings: [finding] });
      else known.findings.push(finding);
    }
  }
  return groups;
}

function toEntry({ element, findings }: Group): RecordEntry {
  const [first] = findings;
  if (first === undefined) throw new Error(`a group of ${element} without a finding`);
  const flows = findings.flatMap((finding) => finding.sources.filter((source) => source.elements.includes(element)));
  const decisions = findings.map((finding) => finding.decision);
  return {
    element,
    class: highestClass(findings, element),
    channel: first.channel,
    destination: destinationOf(first),
    findings: findings.length,
    effects: countEffects(findings),
    waived: decisions.filter((decision) => decision.waiver !== undefined).length,
    suppressed: findings.filter((finding) => finding.suppression !== undefined).length,
    origins: toOrigins(flows),
    protections: toProtections(flows),
    controls: distinct(decisions.flatMap((decision) => decision.controls)),
    citations: distinct(decisions.flatMap((decision) => decision.citations)),
    obligations: toObligations(decisions.flatMap((decision) => decision.obligations ?? [])),
    places: findings.map(toPlace).sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.finding, b.finding)),
  };
}

function countEffects(findings: readonly Finding[]): EffectCounts {
  const counts: Record<Effect, number> = { allow: 0, note: 0, warn: 0, require_approval: 0, deny: 0 };
  for (const finding of findings) counts[finding.decision.effect] += 1;
  return counts;
}

/** The strongest effect of which there is at least one. */
export const worstEffect = (counts: EffectCounts): Effect | undefined => [...EFFECTS].reverse().find((effect) => counts[effect] > 0);

const highestClass = (findings: readonly Finding[], element: ElementId): DataClass =>
  findings.flatMap((finding) => finding.elements).filter((claim) => claim.element === element)
    .map((claim) => claim.class).reduce((a, b) => (compareText(a, b) >= 0 ? a : b), 'C1');

function toOrigins(flows: readonly SourceFlow[]): readonly Origin[] {
  const origins = new Map(flows.map(({ name, location: { file, line } }) => [JSON.stringify([file, line, name]), { name, file, line }]));
  return [...origins.values()].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
}

function toProtections(flows: readonly SourceFlow[]): readonly SeenProtection[] {
  const seen = new Map<string, SeenProtection>();
  for (const flow of flows) {
    for (const { kind, worth } of new Map(flow.protections.map((protection) => [`${protection.kind} ${protection.worth}`, protection])).values()) {
      const key = `${kind} ${worth}`;
      seen.set(key, { kind, worth, count: (seen.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...seen].sort(([a], [b]) => compareText(a, b)).map(([, protection]) => protection);
}

function toObligations(obligations: readonly Obligation[]): readonly Obligation[] {
  const byText = new Map(obligations.map(({ kind, what }) => [`${kind} ${what}`, { kind, what }]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, obligation]) => obligation);
}

const toPlace = ({ id, sink, context, decision, confidence }: Finding): RecordPlace => ({
  finding: id, file: sink.location.file, line: sink.location.line, symbol: context.symbol, callee: sink.callee,
  effect: decision.effect, code: context.code, confidence,
});

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(compareText);

function compareEntries(a: RecordEntry, b: RecordEntry): number {
  return compareText(b.class, a.class)
    || compareText(a.element, b.element)
    || CHANNEL_NAMES.indexOf(a.channel) - CHANNEL_NAMES.indexOf(b.channel)
    || compareDestinations(a.destination, b.destination);
}
