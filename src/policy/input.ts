// A finding as policies see it: facts in the words of the result, without texts and paths. schemas/policy-input.schema.json.
import type { Catalog } from '#model/catalog';
import type { ElementClaim } from '#model/element';
import type { Finding, IdentifiedFinding, Protection, SourceFlow, Step } from '#model/finding';
import type { Stage } from '#model/run';
import { isProtected } from './protected.ts';

export interface PolicyRun {
  /** As `2026-11-27`; the only clock that a policy has. */
  readonly date: string;
  readonly stage: Stage;
}

export interface PolicyClaim extends Omit<ElementClaim, 'evidence'> {
  readonly nature: 'secret' | 'personal' | 'financial' | 'identifier';
  /** Names of code that were the evidence, with dots. */
  readonly evidence: string;
}

export interface PolicyProtection extends Pick<Protection, 'kind' | 'by' | 'worth'> {
  /** One of this kind was met on every way. */
  readonly everywhere: boolean;
}

export interface PolicyFinding {
  readonly id: string;
  readonly kind: Finding['kind'];
  readonly rule: string;
  readonly channel: string;
  readonly confidence: string;
  readonly class?: string;
  readonly elements: readonly PolicyClaim[];
  /** A protection that suffices was met on every way. */
  readonly protected: boolean;
  readonly protections: readonly PolicyProtection[];
  readonly assumptions: readonly string[];
  readonly sink: {
    readonly catalog: string; readonly callee: string; readonly vendor?: string; readonly category?: string; readonly region?: string;
    readonly destination?: string; readonly transport?: string;
  };
  /** Way-points of the longest of the shortest paths. */
  readonly steps: number;
  readonly sources: number;
  /** Files that the data crosses. */
  readonly crossings: number;
  readonly volume: 'single' | 'bulk' | 'unknown';
  /** Of an absence: the safeguard, and whether it is missing or was not seen. */
  readonly expected?: string;
  readonly evidence?: 'no' | 'unknown';
  readonly change?: string;
  readonly file: string;
  readonly context: { readonly symbol: string; readonly code: string; readonly side: string; readonly dormant: boolean; readonly owner?: string };
}

export interface PolicyInput {
  readonly run: PolicyRun;
  readonly findings: readonly PolicyFinding[];
}

export type ToPolicyFinding = (finding: IdentifiedFinding & Pick<Finding, 'change'>) => PolicyFinding;

export function policyFindings(catalog: Pick<Catalog, 'elements' | 'vendors'>): ToPolicyFinding {
  const natures = new Map(catalog.elements.map(({ id, nature }) => [id, nature]));
  const vendors = new Map(catalog.vendors.map((vendor) => [vendor.id, vendor]));
  return (finding) => {
    const { sink, context, sources } = finding;
    const vendor = sink.vendor === undefined ? undefined : vendors.get(sink.vendor);
    return {
      id: finding.id,
      kind: finding.kind,
      rule: finding.rule,
      channel: finding.channel,
      confidence: finding.confidence,
      ...(finding.class === undefined ? NOTHING : { class: finding.class }),
      ...(finding.change === undefined ? NOTHING : { change: finding.change }),
      elements: finding.elements.map((claim) => ({
        element: claim.element, class: claim.class, witness: claim.witness, confidence: claim.confidence, nature: natures.get(claim.element) ?? 'personal', evidence: claim.evidence.join('.'),
      })),
      protected: isProtected(finding),
      protections: distinct(sources.flatMap(({ protections }) => protections.map(({ kind, by, worth }) => ({ kind, by, worth, everywhere: sources.every((way) => hasKind(way, kind)) })))),
      assumptions: [...new Set(sources.flatMap(({ assumptions }) => assumptions))].sort(),
      sink: {
        catalog: sink.catalog,
        callee: sink.callee,
        ...(sink.vendor === undefined ? NOTHING : { vendor: sink.vendor }),
        ...(vendor?.category === undefined ? NOTHING : { category: vendor.category }),
        ...(vendor?.region === undefined ? NOTHING : { region: vendor.region }),
        ...(sink.destination === undefined ? NOTHING : { destination: sink.destination }),
        ...(sink.transport === undefined ? NOTHING : { transport: sink.transport }),
      },
      steps: Math.max(0, ...sources.map(({ path }) => path.length)),
      sources: sources.length,
      crossings: Math.max(0, ...sources.map(({ path }) => filesOf(path) - 1)),
      volume: 'unknown',
      file: sink.location.file,
      context: { symbol: context.symbol, code: context.code, side: context.side, dormant: context.dormant === true, ...(context.owner === undefined ? NOTHING : { owner: context.owner }) },
    };
  };
}

/** Of a member that is undefined: JSON has none, and neither has the schema. */
const NOTHING = {};

function filesOf(path: readonly Step[]): number {
  const files = new Set<string>();
  for (const { location } of path) files.add(location.file);
  return files.size;
}

const hasKind = ({ protections }: SourceFlow, wanted: Protection['kind']): boolean => protections.some(({ kind }) => kind === wanted);

function distinct<T>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
