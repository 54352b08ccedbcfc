// The judge of a run: findings as policies see them, verdicts out of WebAssembly, decisions.
import type { Decision } from '#model/decision';
import type { Finding, IdentifiedFinding } from '#model/finding';
import type { Verdict } from '#model/policy';
import type { RunInfo } from '#model/run';
import { BATCH, createEvaluator } from './evaluate.ts';
import type { ToPolicyFinding } from './input.ts';
import type { Judge } from './judge.ts';
import { createDecider, type Judgement } from './verdicts.ts';
import type { WasmModule } from './web-assembly.ts';

export interface JudgeParts extends Judgement {
  readonly wasm: Uint8Array | WasmModule;
  /** The documents `config`, `params`, `register`, `waivers`. */
  readonly data: object;
  readonly toPolicyFinding: ToPolicyFinding;
}

export function createRegoJudge(parts: JudgeParts, date: string): Judge {
  let evaluator: ReturnType<typeof createEvaluator> | undefined;
  return (findings: readonly (IdentifiedFinding & Pick<Finding, 'change'>)[], run: RunInfo) => {
    if (findings.length === 0) return [];
    evaluator ??= createEvaluator(parts.wasm, parts.data);
    const decide = createDecider(parts, { ...run, date });
    const decisions: Decision[] = [];
    // Batch by batch, so that no more than one of them is held in the form of the policies.
    for (let from = 0; from < findings.length; from += BATCH) {
      const batch = findings.slice(from, from + BATCH);
      const verdicts = byFinding(evaluator.evaluate({ date, stage: run.stage }, batch.map(parts.toPolicyFinding)));
      for (const { id } of batch) decisions.push(decide(verdicts.get(id) ?? []));
    }
    return decisions;
  };
}

function byFinding(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const found = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const known = found.get(verdict.finding);
    if (known === undefined) found.set(verdict.finding, [verdict]);
    else known.push(verdict);
  }
  return found;
}
