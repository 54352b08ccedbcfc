// Runs compiled policies: one instance, memory sized ahead, findings in batches, verdicts in an order of their own. All that can
// go wrong inside WebAssembly arrives as an EvaluationError, and never as a part of the answer.
import * as sdk from '@open-policy-agent/opa-wasm';
import type { Verdict } from '#model/policy';
import { compareText } from '#model/location';
import type { PolicyFinding, PolicyInput, PolicyRun } from './input.ts';
import { compileModule, globalValue, type WasmModule } from './web-assembly.ts';

export const ENTRYPOINT = 'fiduciary/main/verdicts';

/** Policies could not be evaluated: more memory than allowed, a conflict between rules, a module of another kind. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

export interface EvaluationLimits {
  /** Findings in one evaluation: more need memory in proportion, fewer cost more calls. */
  readonly batch: number;
  /** Pages of 64 KiB. */
  readonly pages: number;
}

/** Measured on the shipped policies: up to here the time of a finding stays the same, from 500 on it grows. */
export const BATCH = 250;
const DEFAULT_LIMITS: EvaluationLimits = { batch: BATCH, pages: 4096 };
/** Memory that a batch needs beside its own size as JSON, in pages; measured on the shipped policies. */
const BASE_PAGES = 64;

interface Loaded {
  readonly entrypoints: Readonly<Record<string, number>>;
  readonly wasmInstance: { readonly exports: Readonly<Record<string, never>> };
  evaluate(input: unknown, entrypoint: number): readonly { readonly result: unknown }[];
  setData(data: object): void;
}

interface Sdk {
  loadPolicySync(module: WasmModule, memory: { readonly initial: number; readonly maximum: number }): Loaded;
}

/** The types of the package know neither its default export nor the synchronous way in. */
const { loadPolicySync } = (sdk as unknown as { readonly default: Sdk }).default;

export interface Evaluator {
  /** Sorted by finding, then control. Throws `EvaluationError`. */
  evaluate(run: PolicyRun, findings: readonly PolicyFinding[]): readonly Verdict[];
  /** The value of one entry point for an input; undefined when it has none. Throws `EvaluationError`. */
  ask(entrypoint: string, input: object): unknown;
}

export function createEvaluator(wasm: Uint8Array | WasmModule, data: object, limits: EvaluationLimits = DEFAULT_LIMITS): Evaluator {
  const policy = guarded('cannot be loaded', () => load(wasm, data, limits));
  const ask = (entrypoint: string, input: object): unknown => {
    const index = policy.entrypoints[entrypoint];
    if (index === undefined) throw new EvaluationError(`The policies have no entry point ${entrypoint}`);
    return guarded('cannot be evaluated', () => policy.evaluate(input, index))[0]?.result;
  };
  const batchVerdicts = (input: PolicyInput): readonly Verdict[] => {
    const verdicts = ask(ENTRYPOINT, input);
    if (!Array.isArray(verdicts)) throw new EvaluationError('The policies gave no list of verdicts');
    return verdicts as readonly Verdict[];
  };
  return {
    ask,
    evaluate(run, findings) {
      const verdicts: Verdict[] = [];
      for (let from = 0; from < findings.length; from += limits.batch) verdicts.push(...batchVerdicts({ run, findings: findings.slice(from, from + limits.batch) }));
      return verdicts.sort((a, b) => compareText(a.finding, b.finding) || compareText(a.control, b.control) || compareText(a.effect, b.effect));
    },
  };
}

function load(wasm: Uint8Array | WasmModule, data: object, limits: EvaluationLimits): Loaded {
  const module = wasm instanceof Uint8Array ? compileModule(wasm) : wasm;
  const policy = loadPolicySync(module, { initial: Math.min(BASE_PAGES, limits.pages), maximum: limits.pages });
  const { exports } = policy.wasmInstance;
  const version = [exports['opa_wasm_abi_version'], exports['opa_wasm_abi_minor_version']].map(globalValue);
  if (version[0] !== 1 || (version[1] ?? 0) < 2) throw new EvaluationError(`The policies were compiled for ABI ${version.join('.')}; 1.2 or a later 1.x is needed`);
  policy.setData(data);
  return policy;
}

/** The library throws errors, plain objects and texts. */
function guarded<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof EvaluationError) throw error;
    const said = typeof error === 'string' ? error : String((error as { message?: unknown }).message ?? error);
    throw new EvaluationError(`The policies ${what}: ${toSentence(said)}`, { cause: error });
  }
}

const toSentence = (said: string): string =>
  /opa_malloc|memory|RangeError|Maximum call stack/i.test(said) ? 'they need more memory than an evaluation may take' : said;
