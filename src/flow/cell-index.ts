// Who writes and who reads a cell, for the demand slice: what a reader needs is asked of all its writers.
import type { ModelEntry } from '#model/catalog';
import type { Engine } from './engine.ts';
import { cellOfCall, decoratedReads, partOf } from './named-cells.ts';
import type { Fn } from './program.ts';
import type { At, Survey } from './survey.ts';

export class CellIndex {
  private readonly engine: Engine;
  private readonly survey: Survey;
  private writers: Map<string, At[]> | undefined;

  constructor(engine: Engine, survey: Survey) {
    this.engine = engine;
    this.survey = survey;
  }

  /** Calls that write what this call reads. */
  readBy(fn: Fn, op: number): readonly At[] {
    let out: At[] | undefined;
    for (const entry of this.survey.matches(fn, op)?.models ?? []) {
      if (!entry.cell) continue;
      const key = cellOfCall(this.engine, fn, op, entry.cell);
      for (const { input } of entry.flows) if (input.base === 'cell') (out ??= []).push(...this.writersOf(entry, key === undefined ? undefined : partOf(key, input.path)));
    }
    return out ?? NOBODY;
  }

  /** Calls that write what a decorated method reads. */
  readByMethod(fn: Fn): readonly At[] {
    const reads = decoratedReads(this.engine, fn);
    return reads ? [...reads.values()].flatMap((key) => this.known().get(key) ?? NOBODY).concat(this.known().get('') ?? NOBODY) : NOBODY;
  }

  private writersOf(entry: ModelEntry, key: string | undefined): readonly At[] {
    const writers = this.known();
    // A name that only callers know may be any.
    return key === undefined ? [...writers].flatMap(([k, at]) => (k.startsWith(`n:${entry.cell?.kind}:`) ? at : NOBODY)) : [...(writers.get(key) ?? NOBODY), ...(writers.get('') ?? NOBODY)];
  }

  private known(): Map<string, At[]> {
    return (this.writers ??= this.find());
  }

  private find(): Map<string, At[]> {
    const out = new Map<string, At[]>();
    for (const at of this.survey.cells) {
      for (const entry of this.survey.matches(at.fn, at.op)?.models ?? []) {
        if (!entry.cell) continue;
        const key = cellOfCall(this.engine, at.fn, at.op, entry.cell);
        for (const { output } of entry.flows) {
          if (output.base !== 'cell') continue;
          const id = key === undefined ? '' : partOf(key, output.path);
          const known = out.get(id);
          if (known) known.push(at);
          else out.set(id, [at]);
        }
      }
    }
    return out;
  }
}

const NOBODY: readonly At[] = [];
