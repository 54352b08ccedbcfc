// Flows → findings: one per rule and leaking argument, with elements, sources, shortest paths and what protects them.
import type { Confidence, ElementClaim, ElementId } from '#model/element';
import { CONFIDENCES } from '#model/element';
import type { Assumption, RawFinding, SourceFlow, Step } from '#model/finding';
import { compareLocations, compareText, type Location } from '#model/location';
import { VarField } from '#model/facts';
import type { Classified } from './classify.ts';
import { Development } from './development.ts';
import { Dormancy } from './dormancy.ts';
import type { Engine, SiteHit } from './engine.ts';
import type { Fn } from './program.ts';
import { locate, locateOp, symbolPath, varField } from './program.ts';
import type { SinkEffect } from './summary.ts';
import { isReportable } from './relevance.ts';
import type { Taint, Trace } from './value.ts';
import { kindOf, worth } from './worth.ts';

const MAX_SOURCES = 8;
const MAX_STEPS = 24;

export interface FlowReport {
  readonly findings: readonly RawFinding[];
  readonly protectedFlows: number;
  readonly sources: number;
  readonly assumptions: Readonly<Record<string, number>>;
}

interface Draft {
  readonly effect: SinkEffect;
  readonly flows: { readonly flow: SourceFlow; readonly claims: readonly ElementClaim[]; readonly safe: boolean; readonly effect: SinkEffect }[];
}

export function toFindings(engine: Engine, flows: readonly SinkEffect[]): FlowReport {
  const drafts = new Map<string, Draft>();
  const sources = new Set<string>();
  const assumptions: Record<string, number> = {};
  let protectedFlows = 0;
  for (const effect of flows) {
    const classified = engine.classifier.classify(effect.taint);
    const claims = shownOf(effect.taint, classified.whole, classified.claims.filter((c) => isReportable(engine, effect, c, classified.whole)));
    if (claims.length === 0) continue;
    sources.add(`${effect.taint.origin.id}/${effect.taint.path}`);
    for (const part of split(engine, effect, claims)) {
      if (part.safe) protectedFlows++;
      for (const a of effect.taint.assumed) assumptions[a] = (assumptions[a] ?? 0) + 1;
      const flow = toSourceFlow(engine, effect, part.claims, classified);
      const key = `${effect.use.channel}|${effect.place.fn.id}|${effect.place.op}|${effect.place.argument}|${effect.use.vendor ?? ''}`;
      const draft = drafts.get(key);
      if (draft) draft.flows.push({ flow, claims: part.claims, safe: part.safe, effect });
      else drafts.set(key, { effect, flows: [{ flow, claims: part.claims, safe: part.safe, effect }] });
    }
  }
  const dormancy = new Dormancy(engine);
  const development = new Development(engine);
  const findings = [...drafts.values()].map((d) => toFinding(engine, d, dormancy, development));
  // A bare connection is only worth saying where no data on it was found.
  const withData = new Set(findings.filter((f) => f.channel === 'transport').flatMap((f) => [`${f.sink.inner.file}:${f.sink.inner.line}`, `${f.sink.inner.file}|${f.sink.destination}`]));
  for (const site of engine.sites.values()) {
    const finding = siteFinding(engine, site, dormancy, development);
    const { inner, destination } = finding.sink;
    if (!withData.has(`${inner.file}:${inner.line}`) && !(destination && withData.has(`${inner.file}|${destination}`))) findings.push(finding);
  }
  findings.sort((a, b) => compareLocations(a.sink.location, b.sink.location) || compareText(a.channel, b.channel) || a.sink.argument - b.sink.argument || compareText(a.sink.vendor ?? '', b.sink.vendor ?? ''));
  return { findings, protectedFlows, sources: sources.size, assumptions };
}

/** Of an object that is shown in part each member may be among the others. */
const shownOf = ({ assumed }: Taint, whole: boolean, claims: readonly ElementClaim[]): readonly ElementClaim[] =>
  whole && assumed.includes('partly-shown') ? claims.map((c) => ({ ...c, confidence: 'low' as const })) : claims;

/** Elements whose protections are enough, and the others. */
function split(engine: Engine, effect: SinkEffect, claims: readonly ElementClaim[]): readonly { readonly claims: readonly ElementClaim[]; readonly safe: boolean }[] {
  const safe: ElementClaim[] = [];
  const open: ElementClaim[] = [];
  for (const c of claims) (effect.taint.guards.some((g) => worth(engine.catalog.fits, g, effect.use.channel, c.element) === 'sufficient') ? safe : open).push(c);
  return [...(open.length > 0 ? [{ claims: open, safe: false }] : []), ...(safe.length > 0 ? [{ claims: safe, safe: true }] : [])];
}

function toFinding(engine: Engine, draft: Draft, dormancy: Dormancy, development: Development): RawFinding {
  // Open flows speak; protected ones only when nothing else reaches the place.
  const open = draft.flows.filter((f) => !f.safe);
  const used = (open.length > 0 ? open : draft.flows).sort((a, b) => a.flow.path.length - b.flow.path.length || compareLocations(a.flow.location, b.flow.location) || compareText(a.flow.name, b.flow.name));
  const effect = used[0]?.effect ?? draft.effect;
  const { use, place } = effect;
  const elements = mergeClaims(used.flatMap((f) => f.claims));
  const sources = distinctSources(used.map((f) => f.flow));
  // A method that nobody calls does nothing yet.
  const confidence = dormancy.of(place.fn) === 'uncalled' ? 'low' : highest(elements.map((e) => e.confidence).concat(sources.map((s) => s.confidence)), sources);
  return {
    kind: 'flow', channel: use.channel, elements, confidence, sources, symbol: symbolPath(engine.program, place.fn), dormant: dormancy.of(place.fn) !== undefined,
    ...(used.every((f) => isDevelopment(f.effect, development)) ? { development: true as const } : {}),
    sink: {
      location: locateOp(place.fn, place.op), callee: place.callee, inner: locateOp(use.fn, use.op), innerCallee: use.callee, catalog: use.catalog, argument: place.argument,
      ...(use.vendor ? { vendor: use.vendor } : {}), ...(use.destination ? { destination: use.destination } : {}), ...(use.transport ? { transport: use.transport } : {}),
    },
  };
}

/** At the sink or where the finding stands: between the two lie wrappers. */
const isDevelopment = ({ use, place }: SinkEffect, development: Development): boolean =>
  development.holds(use.fn, use.op) || (place.op >= 0 && development.holds(place.fn, place.op));

/** The finding is as sure as its surest source. */
function highest(fallback: readonly Confidence[], sources: readonly SourceFlow[]): Confidence {
  const all = sources.length > 0 ? sources.map((s) => s.confidence) : fallback;
  return CONFIDENCES[Math.max(0, ...all.map((c) => CONFIDENCES.indexOf(c)))] ?? 'low';
}

function mergeClaims(claims: readonly ElementClaim[]): readonly ElementClaim[] {
  const best = new Map<ElementId, ElementClaim>();
  for (const c of claims) {
    const known = best.get(c.element);
    if (!known || CONFIDENCES.indexOf(c.confidence) > CONFIDENCES.indexOf(known.confidence)) best.set(c.element, c);
  }
  return [...best.values()].sort((a, b) => compareText(b.class, a.class) || compareText(a.element, b.element));
}

function distinctSources(flows: readonly SourceFlow[]): readonly SourceFlow[] {
  const seen = new Set<string>();
  const out: SourceFlow[] = [];
  for (const f of flows) {
    const key = `${f.name}@${f.location.file}:${f.location.line}`;
    if (seen.has(key)) continue;
    seen.add(key);
    out.push(f);
  }
  return out.slice(0, MAX_SOURCES);
}

function toSourceFlow(engine: Engine, effect: SinkEffect, claims: readonly ElementClaim[], { name, whole }: Classified): SourceFlow {
  const { taint, use } = effect;
  const source = originLocation(engine, taint);
  const within = symbolPath(engine.program, source.fn);
  const first: Step = { kind: 'source', location: source.location, within, names: [name] };
  const middle = stepsOf(engine, taint.trace);
  const last: Step = { kind: 'sink', location: locateOp(use.fn, use.op), within: symbolPath(engine.program, use.fn), names: [use.callee] };
  const confidence = lowered(claims, taint.assumed);
  return {
    elements: [...new Set(claims.map((c) => c.element))].sort(), witness: claims[0]?.witness ?? 'own-name', location: source.location, name,
    path: compact([first, ...middle, last]),
    protections: taint.guards.map((g) => ({
      kind: kindOf(g), by: g.by, location: locateOp(g.fn, g.op),
      worth: claims.every((c) => worth(engine.catalog.fits, g, use.channel, c.element) === 'sufficient') ? ('sufficient' as const) : g.strength === 'none' ? ('none' as const) : ('weak' as const),
    })),
    assumptions: assumptionsOf(taint, claims, whole), confidence,
  };
}

function assumptionsOf(taint: Taint, claims: readonly ElementClaim[], whole: boolean): readonly Assumption[] {
  const all = new Set<Assumption>(taint.assumed);
  if (!whole) all.delete('partly-shown');
  if (claims.every((c) => c.witness === 'entity-name')) all.add('entity-shape');
  if (claims.every((c) => c.witness === 'shape-by-use')) all.add('shape-by-use');
  return [...all].sort();
}

function lowered(claims: readonly ElementClaim[], assumed: readonly Assumption[]): Confidence {
  const best = Math.max(0, ...claims.map((c) => CONFIDENCES.indexOf(c.confidence)));
  return CONFIDENCES[Math.max(0, best - (assumed.includes('unknown-call') ? 1 : 0))] ?? 'low';
}

function originLocation(engine: Engine, t: Taint): { readonly location: Location; readonly fn: Fn } {
  const o = t.origin;
  if (o.kind === 'opaque') {
    if (o.op >= 0) return { location: locateOp(o.fn, o.op), fn: o.fn };
    const p = o.why === 'receiver' ? undefined : o.fn.facts.params[-1 - o.op];
    const at = p ? varField(o.fn.unit, p.v, VarField.Start) : o.fn.facts.start;
    return { location: locate(o.fn.unit, at, at + Math.max(1, p?.n.length ?? 1)), fn: o.fn };
  }
  if (o.kind === 'cell') return { location: locate(o.unit, o.at, o.at + o.name.length), fn: engine.program.fnOf(o.unit, 0) };
  const fn = o.kind === 'capture' ? engine.program.fnOf(o.unit, 0) : o.fn;
  return { location: locate(fn.unit, fn.facts.start, fn.facts.start + 1), fn };
}

/** Flattens ropes, oldest step first. */
function stepsOf(engine: Engine, trace: Trace | undefined): readonly Step[] {
  const out: Step[] = [];
  const pending: (Trace | undefined)[] = [trace];
  while (pending.length > 0 && out.length < MAX_STEPS * 2) {
    const t = pending.pop();
    if (!t) continue;
    if (t.k === 'rope') {
      pending.push(t.prev, t.next);
      continue;
    }
    if (t.op >= 0) out.push({ kind: t.kind, location: locateOp(t.fn, t.op), within: symbolPath(engine.program, t.fn), names: t.names.filter((n) => n !== ''), ...(t.assumed ? { assumed: true as const } : {}) });
    pending.push(t.prev);
  }
  return out.reverse();
}

/** Way-points only: one step a place and kind. */
function compact(steps: readonly Step[]): readonly Step[] {
  const out: Step[] = [];
  for (const s of steps) {
    const last = out[out.length - 1];
    if (last && s.kind !== 'sink' && compareLocations(last.location, s.location) === 0) continue;
    if (last && s.kind === last.kind && s.location.file === last.location.file && s.location.line === last.location.line) continue;
    out.push(s);
  }
  return out.length <= MAX_STEPS ? out : [...out.slice(0, MAX_STEPS - 1), ...out.slice(-1)];
}

function siteFinding(engine: Engine, site: SiteHit, dormancy: Dormancy, development: Development): RawFinding {
  const location = locateOp(site.fn, site.op);
  return {
    kind: 'site', channel: site.channel, elements: [], confidence: 'medium', sources: [], symbol: symbolPath(engine.program, site.fn), dormant: dormancy.of(site.fn) !== undefined,
    ...(development.holds(site.fn, site.op) ? { development: true as const } : {}),
    sink: { location, callee: site.callee, inner: location, innerCallee: site.callee, catalog: site.catalog, argument: 0, ...(site.destination ? { destination: site.destination, transport: 'plaintext' as const } : {}) },
  };
}
