// Who writes and who reads a cell, for the demand slice: what a reader needs is asked of all its writers.
import type { CallPlace, ModelEntry } from '#model/catalog';
import { Op } from '#model/facts';
import type { Engine } from './engine.ts';
import { cellOfCall, decoratedReads, keyOf, kindOf, partOf } from './named-cells.ts';
import type { Fn } from './program.ts';
import { argument, argumentCount, opcode, operand } from './program.ts';
import { isStrategy, stateAt, STRATEGY_USER } from './request-state.ts';
import { methodCells } from './store-methods.ts';
import type { At, Survey } from './survey.ts';
import type { UnitIndex } from './unit-index.ts';

export class CellIndex {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private writers: Map<string, At[]> | undefined;
  private states: Map<string, At[]> | undefined;
  private readers: Map<string, At[]> | undefined;

  constructor(engine: Engine, survey: Survey) {
    this.engine = engine;
    this.survey = survey;
  }

  /** Calls that write what this call reads: for a function that it is given, or, where its value is used, for that. */
  readBy(fn: Fn, op: number, isUsed: boolean): readonly At[] {
    let out: At[] | undefined;
    for (const entry of this.survey.matches(fn, op)?.cells ?? NO_ENTRIES) {
      if (!entry.cell) continue;
      const key = cellOfCall(this.engine, fn, op, entry.cell);
      for (const cell of entry.methods ? methodCells(fn, op, entry.methods) : []) (out ??= []).push(...(cell === '' ? this.ofKind(entry.methods?.named) : (this.known().get(cell) ?? NOBODY)));
      for (const { input, output } of entry.flows) if (input.base === 'cell' && (isUsed || output.base !== 'return')) (out ??= []).push(...this.writersOf(entry, key === undefined ? undefined : partOf(key, input.path)));
    }
    return out ?? NOBODY;
  }

  /** Assignments to the member of a request that an operation reads. */
  stateReadBy(fn: Fn, op: number): { readonly stores: readonly At[]; readonly results: readonly Fn[] } {
    const key = stateAt(this.engine, fn, op)?.key;
    if (key === undefined) return NO_STATE;
    this.states ??= this.findStates();
    const stores = this.states.get(key) ?? NOBODY;
    return { stores: [...stores, ...(this.known().get(key) ?? NOBODY)], results: key === STRATEGY_USER ? this.strategies : NO_FNS };
  }

  private readonly strategies: Fn[] = [];

  private findStates(): Map<string, At[]> {
    const out = new Map<string, At[]>();
    for (const fn of this.engine.program.fns) {
      if (isStrategy(this.engine, fn)) this.strategies.push(fn);
      for (let op = 0; op < fn.count; op++) {
        const code = opcode(fn, op);
        const key = code === Op.Store || code === Op.StoreElem ? stateAt(this.engine, fn, op)?.key : undefined;
        if (key === undefined) continue;
        const known = out.get(key);
        if (known) known.push({ fn, op });
        else out.set(key, [{ fn, op }]);
      }
    }
    return out;
  }

  /** Calls whose result is what this call or element writes: a function in it is called there. */
  readersOf(fn: Fn, op: number): readonly At[] {
    let out: At[] | undefined;
    for (const key of this.keysOf(fn, op, 'output')) {
      this.readers ??= this.find('input');
      for (const at of this.readers.get(key) ?? NOBODY) if (opcode(at.fn, at.op) === Op.Call) (out ??= []).push(at);
    }
    return out ?? NOBODY;
  }

  private keysOf(fn: Fn, op: number, side: 'input' | 'output'): readonly string[] {
    const cells = this.survey.matches(fn, op)?.cells ?? NO_ENTRIES;
    if (cells.length === 0) return NO_MEMBERS;
    return cells.flatMap(({ cell, flows }) => {
      const key = cell && cellOfCall(this.engine, fn, op, cell);
      if (!cell) return [];
      return flows.flatMap((f) => {
        const place = side === 'output' && f.input.base === 'setter' ? f.input : f[side];
        return place.base === 'cell' || place.base === 'setter' ? [key === undefined ? anyOf(cell.kind) : partOf(key, place.path)] : [];
      });
    });
  }

  /** Where a call hands out functions that write a cell. */
  settersOf(fn: Fn, op: number): readonly CallPlace[] {
    const cells = this.survey.matches(fn, op)?.cells ?? NO_ENTRIES;
    return cells.length > 0 ? cells.flatMap((m) => m.flows.flatMap(({ input, output }) => (input.base === 'setter' ? [output] : []))) : NO_PLACES;
  }

  /** Reads of the parameter of a function that a call is given, also through calls that wrap the function. */
  readsOfParameter(fn: Fn, op: number, place: CallPlace, index: UnitIndex): readonly At[] {
    let r = place.index < argumentCount(fn, op) ? argument(fn, op, place.index) : -1;
    for (let hops = 0; hops < 4 && r >= 0 && opcode(fn, r) === Op.Call; hops++) r = argumentCount(fn, r) > 0 ? argument(fn, r, 0) : -1;
    if (r < 0 || opcode(fn, r) !== Op.Closure || place.callback?.kind !== 'param') return NOBODY;
    const v = this.engine.program.fnOf(fn.unit, operand(fn, r, 1)).facts.params[place.callback.index]?.v;
    return v === undefined ? NOBODY : index.reads.of(v);
  }

  /** Calls that write what a decorated method reads. */
  readByMethod(fn: Fn): readonly At[] {
    const reads = decoratedReads(this.engine, fn);
    return reads ? [...reads.values()].flatMap((key) => this.ofKey(key)) : NOBODY;
  }

  private writersOf(entry: ModelEntry, key: string | undefined): readonly At[] {
    // A name that only callers know may be any.
    return key === undefined ? this.ofKind(entry.cell?.kind) : this.ofKey(key);
  }

  private ofKey(key: string): readonly At[] {
    const writers = this.known();
    return [...(writers.get(key) ?? NOBODY), ...(writers.get(anyOf(kindOf(key))) ?? NOBODY)];
  }

  private ofKind(kind: string | undefined): readonly At[] {
    return [...this.known()].flatMap(([key, at]) => (key.startsWith(anyOf(kind ?? '')) ? at : NOBODY));
  }

  private known(): Map<string, At[]> {
    return (this.writers ??= this.find('output'));
  }

  private find(side: 'input' | 'output'): Map<string, At[]> {
    const out = new Map<string, At[]>();
    for (const at of this.survey.cells) {
      for (const key of this.keysOf(at.fn, at.op, side)) {
        const known = out.get(key);
        if (known) known.push(at);
        else out.set(key, [at]);
      }
    }
    return out;
  }
}

/** Cells of a kind whose name is not in sight. */
const anyOf = (kind: string): string => keyOf(kind, ['']);
const NOBODY: readonly At[] = [];
const NO_FNS: readonly Fn[] = [];
const NO_STATE = { stores: NOBODY, results: NO_FNS };
const NO_ENTRIES: readonly ModelEntry[] = [];
const NO_PLACES: readonly CallPlace[] = [];
const NO_MEMBERS: readonly string[] = [];
