// What is worth remembering of a finding: the sources that leak, and what they carry. A source that is sufficiently protected
// is no part of it, so that taking the protection away is a change like any other.
import type { KnownFinding, KnownSource } from '#model/change';
import type { ElementId } from '#model/element';
import type { Finding, SourceFlow } from '#model/finding';
import { compareText } from '#model/location';

/** Undefined for what is no open finding: allowed, or accepted by a comment or a waiver that says so in its own place. */
export function toKnown(finding: Finding): KnownFinding | undefined {
  if (finding.decision.effect === 'allow' || finding.suppression !== undefined || finding.decision.waiver !== undefined) return undefined;
  return describe(finding);
}

/** The same for any finding, whatever was decided about it. */
export function describe(finding: Finding): KnownFinding {
  const leaking = finding.sources.filter((source) => !isProtected(source));
  const carried = leaking.length === 0 ? finding.elements.map((claim) => claim.element) : leaking.flatMap((source) => source.elements);
  return {
    id: finding.id,
    looseId: finding.looseId,
    rule: finding.rule,
    file: finding.sink.location.file,
    symbol: finding.context.symbol,
    callee: finding.sink.callee,
    code: finding.context.code,
    elements: distinct(carried),
    sources: leaking.map(toSource).sort(compareSources),
  };
}

const isProtected = (source: SourceFlow): boolean => source.protections.some((protection) => protection.worth === 'sufficient');

function toSource(source: SourceFlow): KnownSource {
  const [first] = source.path;
  return { file: source.location.file, symbol: first?.kind === 'source' ? first.within : '', name: source.name, elements: distinct(source.elements) };
}

const distinct = (elements: readonly ElementId[]): readonly ElementId[] => [...new Set(elements)].sort(compareText);

const compareSources = (a: KnownSource, b: KnownSource): number =>
  compareText(a.file, b.file) || compareText(a.symbol, b.symbol) || compareText(a.name, b.name) || compareText(a.elements.join(' '), b.elements.join(' '));
