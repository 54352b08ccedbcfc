// The default judgement: for each element of a finding the first row that fits decides, the strongest effect over the
// elements wins, and what is certain to matter less (test code, weak evidence, dormant code) is capped.
import type { Catalog, ElementEntry, JudgementRow } from '#model/catalog';
import { EFFECTS, type Decision, type Effect } from '#model/decision';
import type { ElementClaim, ElementId } from '#model/element';
import type { CodeKind, IdentifiedFinding } from '#model/finding';
import type { RunInfo } from '#model/run';
import { isBlocking, type Judge } from './judge.ts';

const NOTE_AT_MOST: ReadonlySet<CodeKind> = new Set(['test', 'story', 'mock', 'seed', 'example']);

/** What no row speaks of is not silently allowed. */
const UNJUDGED = { effect: 'warn', control: 'default', citations: [] } as const;

type Verdict = Pick<JudgementRow, 'effect' | 'control' | 'citations'>;

export function createTableJudge(catalog: Pick<Catalog, 'judgement' | 'elements'>): Judge {
  const natures = new Map(catalog.elements.map((element) => [element.id, element.nature]));
  const nature = (id: ElementId): ElementEntry['nature'] | undefined => natures.get(id);
  return (findings, run) => findings.map((finding) => decide(finding, catalog.judgement, nature, run));
}

function decide(
  finding: IdentifiedFinding,
  rows: readonly JudgementRow[],
  nature: (id: ElementId) => ElementEntry['nature'] | undefined,
  run: RunInfo,
): Decision {
  const claims: readonly (ElementClaim | undefined)[] = finding.elements.length === 0 ? [undefined] : finding.elements;
  const verdicts = claims.map((claim): Verdict => rows.find((row) => fits(row, finding, claim, nature)) ?? UNJUDGED);
  const strongest = verdicts.map((verdict) => verdict.effect).reduce(stronger);
  const effect = cap(strongest, finding);
  // All that demanded something stay visible; when nothing did, the rows that allowed it.
  const spoke = verdicts
    .filter((verdict) => strongest === 'allow' || verdict.effect !== 'allow')
    .sort((a, b) => rank(b.effect) - rank(a.effect));
  return {
    effect,
    blocking: isBlocking(effect, run),
    controls: [...new Set(spoke.map((verdict) => verdict.control))],
    citations: [...new Set(spoke.flatMap((verdict) => verdict.citations))],
  };
}

function fits(
  row: JudgementRow,
  finding: IdentifiedFinding,
  claim: ElementClaim | undefined,
  nature: (id: ElementId) => ElementEntry['nature'] | undefined,
): boolean {
  if (row.channel !== 'all' && row.channel !== finding.channel) return false;
  if (row.elements === undefined && row.nature === undefined && row.class === undefined) return true;
  // A condition on data says nothing about a finding in which no data is known.
  if (claim === undefined) return false;
  if (row.elements !== undefined && !row.elements.includes(claim.element)) return false;
  if (row.nature !== undefined && row.nature !== nature(claim.element)) return false;
  return row.class === undefined || row.class === claim.class;
}

function cap(effect: Effect, finding: IdentifiedFinding): Effect {
  if (isProtected(finding)) return 'allow';
  const { context } = finding;
  if (NOTE_AT_MOST.has(context.code) || finding.confidence === 'low' || context.dormant === true) return weaker(effect, 'note');
  // A plaintext connection on which nothing recognisable travels is judged lower than one that carries customer data.
  if (finding.kind === 'site' && finding.channel === 'transport' && finding.elements.length === 0) return weaker(effect, 'warn');
  return effect;
}

/** Every source met a protection that suffices for its elements at this sink. */
function isProtected(finding: IdentifiedFinding): boolean {
  return finding.sources.length > 0
    && finding.sources.every((source) => source.protections.some((protection) => protection.worth === 'sufficient'));
}

const rank = (effect: Effect): number => EFFECTS.indexOf(effect);
const stronger = (a: Effect, b: Effect): Effect => (rank(a) >= rank(b) ? a : b);
const weaker = (a: Effect, b: Effect): Effect => (rank(a) <= rank(b) ? a : b);
