// Functions that nobody in sight calls: their parameters are opaque, classified by names and types. So are closures that are
// never applied; what they captured is what their maker held at its end.
import type { Caller } from './apply.ts';
import { applySummary } from './apply.ts';
import type { Engine } from './engine.ts';
import { leakIntoEngine } from './responses.ts';
import { cellValue, decoratedReads, orParameter } from './named-cells.ts';
import type { Fn } from './program.ts';
import { varField, varName } from './program.ts';
import { VarField, VarFlag } from '#model/facts';
import { asState, isStrategy, STRATEGY_USER } from './request-state.ts';
import { callSetters, callThroughCells } from './setters.ts';
import type { SinkEffect } from './summary.ts';
import { cellOfField, readFieldOfReceiver } from './summary.ts';
import { taintKey } from './value.ts';
import type { Callable, Taint, Value } from './value.ts';
import { callable, EMPTY, join, load, mapTaints, ofOrigin, ofTaints } from './value.ts';

/** Function values that call function values. */
const MAX_DEPTH = 4;
/** Applications of summary parts for one root; see the same bound of `Frame`. */
const MAX_WORK = 8_000;

export function openRoots(engine: Engine): void {
  callThroughCells(engine, (callee, given) => {
    for (const c of callee.calls ?? []) {
      engine.applied.add(c.fn.id);
      const args = c.fn.facts.params.map((_, i) => given(c.fn, i) ?? ofOrigin(engine.openParam(c.fn, i)));
      apply(engine, c, args);
    }
    const [fn] = engine.program.fns;
    if (fn) callSetters(new OpenCaller(engine, fn), callee, [0, 1, 2].map((i) => given(fn, i) ?? EMPTY), -1);
  });
  for (const fn of engine.program.fns) {
    if (fn.facts.kind === 'module' || fn.facts.kind === 'static') continue;
    if (engine.applied.has(fn.id)) continue;
    openRoot(engine, fn);
  }
}

function openRoot(engine: Engine, fn: Fn): void {
  const caller = new OpenCaller(engine, fn);
  const reads = decoratedReads(engine, fn);
  const args = fn.facts.params.map((_, i) => {
    const key = reads?.get(i);
    return key === undefined ? ofOrigin(engine.openParam(fn, i)) : orParameter(engine, cellValue(engine, fn, 0, key), fn, i);
  });
  apply(engine, callable(fn), args);
}

function apply(engine: Engine, callee: Callable, args: readonly Value[]): void {
  const { fn } = callee;
  const caller = new OpenCaller(engine, fn);
  const place = { fn, op: -1, argument: 0, callee: fn.facts.n, hops: 0, settled: true };
  const { ret } = applySummary(engine, caller, { callee, args, self: callee.self ?? ofOrigin(engine.openSelf(fn)), op: -1, place });
  if (isStrategy(engine, fn)) caller.write(STRATEGY_USER, [], asState(ret, { key: STRATEGY_USER, rest: [] }));
  leakIntoEngine(engine, caller, fn, ret);
}

/** Stands for the unknown world that calls a root. */
export class OpenCaller implements Caller {
  readonly fn: Fn;
  readonly engine: Engine;
  private readonly opening = new Set<string>();
  private depth = 0;
  private spent = 0;

  constructor(engine: Engine, fn: Fn) {
    this.engine = engine;
    this.fn = fn;
  }

  variable(unit: number, v: number): Value | undefined {
    const key = `${unit}:${v}`;
    const u = this.engine.program.units[unit];
    if (!u || this.opening.has(key)) return EMPTY;
    const owner = this.engine.program.fnOf(u, varField(u, v, VarField.Owner));
    const final = this.engine.finals.get(owner.id)?.get(v);
    this.opening.add(key);
    const written = varField(u, v, VarField.Flags) & VarFlag.WrittenInClosure ? ofOrigin(this.engine.cell(`c:${key}`, varName(u, v), this.engine.types.ofVariable(u, v), u, varField(u, v, VarField.Start))) : EMPTY;
    const opened = join(this.open(final ?? EMPTY), written);
    this.opening.delete(key);
    return opened;
  }

  /** Replaces what is symbolic in another function by the unknown. */
  private open(v: Value): Value {
    let out: Value = { ...v, taints: [] };
    const kept: Taint[] = [];
    for (const t of v.taints) {
      switch (t.origin.kind) {
        case 'param': kept.push({ ...t, origin: this.engine.openParam(t.origin.fn, t.origin.index) }); break;
        case 'this': kept.push({ ...t, origin: this.engine.openSelf(t.origin.fn) }); break;
        case 'capture': {
          let inner = this.variable(t.origin.unit.index, t.origin.v) ?? EMPTY;
          for (const key of t.path === '' ? [] : t.path.split('/')) inner = load(inner, key);
          out = join(out, inner);
          break;
        }
        case 'callback': break;
        default: kept.push(t);
      }
    }
    out = join(out, ofTaints(kept));
    return out;
  }

  self(fn: Fn): Value | undefined {
    return ofOrigin(this.engine.openSelf(fn));
  }

  callValue(callee: Value, args: readonly Value[], op: number): Value | undefined {
    if (this.depth >= MAX_DEPTH) return EMPTY;
    this.depth++;
    callSetters(this, callee, args, op);
    let out = EMPTY;
    for (const c of callee.calls ?? []) {
      const place = { fn: this.fn, op, argument: 0, callee: c.fn.facts.n, hops: 0, settled: true };
      out = join(out, applySummary(this.engine, this, { callee: c, args, self: c.self ?? EMPTY, op, place }).ret);
    }
    this.depth--;
    return out;
  }

  callFunction(callee: Value, args: readonly Value[], op: number): Value {
    return this.callValue(callee, args, op) ?? EMPTY;
  }

  sink(effect: SinkEffect): void {
    const { use, place, taint } = effect;
    // A place of op -1 is the root itself: the sink stays where it is.
    const at = place.op < 0 ? { fn: use.fn, op: use.op, argument: use.argument, callee: use.callee, hops: 0, settled: true } : place;
    this.engine.hit({ ...effect, place: at }, `${use.catalog}:${use.channel}:${use.fn.id}:${use.op}:${use.argument}@${at.fn.id}:${at.op}|${taintKey(taint)}`);
  }

  write(key: string, path: readonly string[], value: Value): void {
    this.engine.write(key, path, mapTaints(value, (t) => (t.origin.kind === 'callback' ? undefined : t)));
  }

  fieldKey(key: string): string {
    const { cls, name } = readFieldOfReceiver(key);
    return cellOfField(cls, name);
  }

  callback(): void {
    // What the unknown world calls with our values is not visible.
  }

  spend(work: number): boolean {
    this.spent += work;
    return this.spent <= MAX_WORK;
  }

  throws(): void {
    // An error that leaves a root is reported where it is made.
  }
}
