// The table of contents of the engine: order, summaries, roots, cells, findings.
import type { Catalog } from '#model/catalog';
import type { RawFinding } from '#model/finding';
import type { RepoPath } from '#model/location';
import type { CallTier } from '#model/result';
import { Demand } from './demand.ts';
import { Engine } from './engine.ts';
import { resolveHits } from './cells.ts';
import { toFindings } from './findings.ts';
import { Frame } from './frame.ts';
import { computeOrder } from './order.ts';
import type { ProgramInput } from './program.ts';
import { Program } from './program.ts';
import { openRoots } from './roots.ts';
import { Specialiser } from './specialise.ts';
import type { Summary } from './summary.ts';
import { survey, type Survey } from './survey.ts';

/** Calls over which a finding is passed up from its sink (see `Frame.settle`). */
const MAX_HOPS = 3;
/** Passes over a recursive component before its summaries are taken as they are. */
const MAX_PASSES = 4;
/** Larger components get two passes: enough to see every member once with the others known. */
const LARGE_COMPONENT = 8;
const LARGE_WORK = 600;

export interface Solved {
  readonly findings: readonly RawFinding[];
  readonly counts: {
    readonly functions: number;
    readonly calls: number;
    readonly callsByTier: Readonly<Record<CallTier, number>>;
    readonly sources: number;
    readonly sinks: number;
    readonly protectedFlows: number;
    readonly exempt: number;
    readonly assumptions: Readonly<Record<string, number>>;
    readonly limits: Readonly<Record<string, number>>;
  };
  readonly engine: Engine;
}

export interface SolveOptions {
  readonly onProgress?: (done: number, total: number) => void;
  /** Evaluates what can't reach a sink as well. It only costs time; tests compare. */
  readonly everything?: boolean | undefined;
  /** Only findings placed in this file are asked for: what can't lead to one is not evaluated, and others may be missing. */
  readonly only?: RepoPath | undefined;
}

export function solve(input: ProgramInput, catalog: Catalog, { onProgress, everything, only }: SolveOptions = {}): Solved {
  const program = new Program(input);
  const engine = new Engine(program, catalog);
  const surveyed = survey(engine);
  const order = computeOrder(surveyed.callees);
  engine.component = (fn) => order.componentOf[fn.id] ?? -1;
  engine.referenced = surveyed.referenced;
  engine.callersOf = (fn) => (surveyed.calls[fn.id] ?? []).map((at) => at.fn);
  noteCallers(engine, surveyed);
  const demand = everything === true ? undefined : new Demand(engine, surveyed, only === undefined ? undefined : functionsBelow(program, surveyed.callees, only));
  engine.specialiser = new Specialiser(engine, (fn, literals) => new Frame(engine, fn, undefined, demand?.marksOf(fn), literals).run());
  order.components.forEach((component, i) => {
    const needed = component.filter((id) => (demand ? demand.marksOf(program.fn(id)) !== undefined : !program.fn(id).unit.exempt));
    if (needed.length > 0) summarise(engine, needed, demand);
    if (i % 500 === 0) onProgress?.(i, order.components.length);
  });
  openRoots(engine);
  const flows = resolveHits(engine);
  const { findings, protectedFlows, sources, assumptions } = toFindings(engine, flows);
  const tiers = engine.tiers();
  const calls = Object.values(tiers).reduce((a, b) => a + b, 0);
  const limits = Object.fromEntries([...engine.limits].sort(([a], [b]) => (a < b ? -1 : 1)));
  const exempt = program.units.filter((unit) => unit.exempt).length;
  return { findings, engine, counts: { functions: program.fns.length, calls, callsByTier: tiers, sources, sinks: engine.sinkPlaces.size, protectedFlows, exempt, assumptions, limits } };
}

/** Functions of a file, and those from whose sinks a finding may be passed up into it: so many calls below, closures not counted. */
function functionsBelow(program: Program, callees: Survey['callees'], file: RepoPath): ReadonlySet<number> {
  const unit = program.unit(file);
  const below = new Set<number>(unit?.facts.functions.map((_, local) => unit.firstFunction + local));
  let last = [...below];
  for (let calls = 0; calls <= MAX_HOPS && last.length > 0; calls++) {
    const next: number[] = [];
    for (const id of last) {
      for (const callee of callees[id] ?? []) {
        if (below.has(callee)) continue;
        below.add(callee);
        next.push(callee);
      }
    }
    last = next;
  }
  return below;
}

/** A function that production code calls is no root, whether or not the call has to be evaluated. */
function noteCallers(engine: Engine, surveyed: Survey): void {
  surveyed.calls.forEach((sites, id) => {
    const own = engine.component(engine.program.fn(id));
    if (sites?.some((at) => engine.component(at.fn) !== own && !at.fn.unit.test && !at.fn.facts.markup)) engine.applied.add(id);
  });
}

function summarise(engine: Engine, component: readonly number[], demand: Demand | undefined): void {
  const passes = component.length > LARGE_COMPONENT ? 2 : MAX_PASSES;
  for (let pass = 0; pass < passes; pass++) {
    let changed = false;
    for (const id of component) {
      const before = engine.summaries.get(id);
      const fn = engine.program.fn(id);
      const after = new Frame(engine, fn, component.length > LARGE_COMPONENT ? LARGE_WORK : undefined, demand?.marksOf(fn)).run();
      engine.summaries.set(id, after);
      if (!before || size(before) !== size(after)) changed = true;
    }
    if (component.length === 1 && !engine.callsItself(component[0] ?? -1)) return;
    if (!changed) return;
    if (pass === passes - 1) engine.limit('recursion-passes');
  }
}

/** Summaries only grow; their size tells whether one changed. */
const size = (s: Summary): number => s.sinks.length + s.writes.length + s.callbacks.length + s.ret.taints.length * 31 + (s.ret.fields?.size ?? 0) * 7 + s.throws.taints.length + s.outs.size;
