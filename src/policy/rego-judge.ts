// The judge of a run: findings as policies see them, verdicts out of WebAssembly, decisions.
import type { Finding, IdentifiedFinding } from '#model/finding';
import type { Verdict } from '#model/policy';
import type { RunInfo } from '#model/run';
import { createEvaluator } from './evaluate.ts';
import type { ToPolicyFinding } from './input.ts';
import type { Judge } from './judge.ts';
import { type Judgement, toDecision } from './verdicts.ts';
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
    const verdicts = byFinding(evaluator.evaluate({ date, stage: run.stage }, findings.map(parts.toPolicyFinding)));
    return findings.map((finding) => toDecision(verdicts.get(finding.id) ?? [], parts, { ...run, date }));
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
