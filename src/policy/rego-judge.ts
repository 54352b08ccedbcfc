// The judge of a run: findings as policies see them, verdicts out of WebAssembly, decisions.
import type { Decision } from '#model/decision';
import type { Finding, IdentifiedFinding } from '#model/finding';
import type { Verdict } from '#model/policy';
import type { RunInfo } from '#model/run';
import { BATCH, createEvaluator, type Evaluator, ownPackages, toEntrypoint } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { PolicyFinding, PolicyInput, PolicyRun, ToPolicyFinding } from './input.ts';
import type { Judge } from './judge.ts';
import { createDecider, type Judgement } from './verdicts.ts';
import type { WasmModule } from './web-assembly.ts';

export interface JudgeParts extends Judgement {
  readonly wasm: Uint8Array | WasmModule;
  /** The documents `config`, `params`, `register`, `waivers`. */
  readonly data: object;
  readonly toPolicyFinding: ToPolicyFinding;
}

/** The judge throws `EvaluationError`, where it can with the place of the policy that is to blame. */
export function createRegoJudge(parts: JudgeParts, date: string): Judge {
  let evaluator: Evaluator | undefined;
  return (findings: readonly (IdentifiedFinding & Pick<Finding, 'change'>)[], run: RunInfo) => {
    if (findings.length === 0) return [];
    evaluator ??= createEvaluator(parts.wasm, parts.data);
    const decide = createDecider(parts, { ...run, date });
    const decisions: Decision[] = [];
    // Batch by batch, so that no more than one of them is held in the form of the policies.
    for (let from = 0; from < findings.length; from += BATCH) {
      const batch = findings.slice(from, from + BATCH);
      const verdicts = byFinding(evaluated(evaluator, parts, { date, stage: run.stage }, batch.map(parts.toPolicyFinding)));
      for (const { id } of batch) decisions.push(decide(verdicts.get(id) ?? []));
    }
    return decisions;
  };
}

/** Decisions about findings that are in the form of the input already. Throws `EvaluationError`. */
export function judgeInput(parts: Omit<JudgeParts, 'toPolicyFinding'>, { run, findings }: PolicyInput): readonly Decision[] {
  const judge = createRegoJudge({ ...parts, toPolicyFinding: (finding) => finding as unknown as PolicyFinding }, run.date);
  // A judge asks for no more of findings than the form of the input, and their ids.
  return judge(findings as unknown as readonly IdentifiedFinding[], { stage: run.stage });
}

function evaluated(evaluator: Evaluator, parts: JudgeParts, run: PolicyRun, findings: readonly PolicyFinding[]): readonly Verdict[] {
  try {
    return evaluator.evaluate(run, findings);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.place.file !== undefined) throw error;
    throw alone(evaluator, parts, run, findings) ?? error;
  }
}

/** What a bank's own package does wrong that fails by itself as well. Its line is known when it holds one control. */
function alone(evaluator: Evaluator, { controls }: JudgeParts, run: PolicyRun, findings: readonly PolicyFinding[]): EvaluationError | undefined {
  for (const name of ownPackages(controls.values())) {
    try {
      evaluator.evaluate(run, findings, toEntrypoint(name));
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const [first, ...others] = [...controls.values()].filter((control) => control.package === name);
      if (first === undefined || others.some(({ file }) => file !== first.file)) return error;
      return new EvaluationError(error.message, error.hint, { place: { file: first.file, ...(others.length === 0 ? { line: first.line } : {}) } });
    }
  }
  return undefined;
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
