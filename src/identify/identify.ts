// Gives raw findings their identity and context. The id hashes what survives editing (rule, path, symbol, callee, ordinal),
// never a line, a local name or an element: those are content, which baselines and waivers list beside the id.
import { createHash } from 'node:crypto';
import { CHANNELS } from '#model/channel';
import type { CodeKind, CodeSide, FindingContext, IdentifiedFinding, RawFinding } from '#model/finding';
import type { DataClass, ElementClaim } from '#model/element';
import { compareLocations, compareText, type RepoPath } from '#model/location';

export function identify(
  raw: readonly RawFinding[],
  code: (file: RepoPath) => CodeKind,
  side: (file: RepoPath) => CodeSide = () => 'unknown',
): readonly IdentifiedFinding[] {
  const ordered = [...raw].sort(compareRaw);
  const perCallee = new Map<string, number>();
  const perCall = new Map<string, number>();
  return ordered.map((finding) => {
    const { symbol, dormant, development, callOrdinal, ...facts } = finding;
    const rule = CHANNELS[finding.channel].rule;
    const file = finding.sink.location.file;
    const loose = [rule, symbol, calleeKey(finding)];
    const strict = [rule, file, symbol, calleeKey(finding)];
    const ordinal = callOrdinal ?? count(perCallee, strict);
    // Two arguments of one call, or two callees that end alike, still get ids of their own.
    const repeat = count(perCall, [...strict, String(ordinal)]);
    const highest = highestClass(finding.elements);
    const kind = code(file);
    const context: FindingContext = { symbol, code: development && kind === 'production' ? 'development' : kind, side: side(file), ...(dormant ? { dormant: true } : {}) };
    return {
      ...facts,
      id: hash([...strict, String(ordinal), ...(repeat > 0 ? [String(repeat)] : [])]),
      looseId: hash(loose),
      rule,
      ...(highest === undefined ? {} : { class: highest }),
      context,
    };
  });
}

/** Location first; what stands in one place is told apart by what it is, so that the order of the input never matters. */
function compareRaw(a: RawFinding, b: RawFinding): number {
  return compareLocations(a.sink.location, b.sink.location)
    || compareText(a.channel, b.channel)
    || a.sink.argument - b.sink.argument
    || compareText(a.sink.callee, b.sink.callee)
    || compareText(a.sink.catalog, b.sink.catalog)
    || compareLocations(a.sink.inner, b.sink.inner)
    || compareText(elementsKey(a), elementsKey(b));
}

const elementsKey = (finding: RawFinding): string => finding.elements.map((claim) => claim.element).sort(compareText).join(' ');

/** The last word of the callee: `log.info` stays the same call when the local `log` gets another name. */
function calleeKey(finding: RawFinding): string {
  return finding.sink.callee.split(/[.?[\]()\s]+/).filter((part) => part !== '').at(-1) ?? '';
}

function highestClass(elements: readonly ElementClaim[]): DataClass | undefined {
  return elements.map((claim) => claim.class).sort(compareText).at(-1);
}

function count(counts: Map<string, number>, parts: readonly string[]): number {
  const key = join(parts);
  const value = counts.get(key) ?? 0;
  counts.set(key, value + 1);
  return value;
}

/** NUL cannot occur in a path or a name, so no two lists of parts join to one text. */
const join = (parts: readonly string[]): string => parts.join('\0');

const hash = (parts: readonly string[]): string => createHash('sha256').update(join(parts)).digest('hex').slice(0, 16);
