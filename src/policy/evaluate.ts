// Runs compiled policies: one instance, memory sized ahead, findings in batches, verdicts in an order of their own. Memory and steps
// have limits; all that can go wrong inside WebAssembly arrives as an EvaluationError, and never as a part of the answer.
import * as sdk from '@open-policy-agent/opa-wasm';
import type { Control, Verdict } from '#model/policy';
import { compareText } from '#model/location';
import { EvaluationError, toEvaluationError } from './evaluation-error.ts';
import type { PolicyFinding, PolicyInput, PolicyRun } from './input.ts';
import { SUPPLY } from './meter.ts';
import { compileModule, globalValue, type WasmGlobal, type WasmModule } from './web-assembly.ts';

export const ENTRYPOINT = 'fiduciary/main/verdicts';

/** A bank's own packages: each is an entry point besides, so that the one can be found that goes beyond a limit. */
export const ownPackages = (controls: Iterable<Control>): readonly string[] =>
  [...new Set([...controls].map((control) => control.package).filter((name) => name.startsWith('fiduciary.custom.')))].sort();

export const toEntrypoint = (packageName: string): string => `${packageName.replaceAll('.', '/')}/verdict`;

export interface EvaluationLimits {
  /** Findings in one evaluation: more need memory in proportion, fewer cost more calls. */
  readonly batch: number;
  /** Pages of 64 KiB. */
  readonly pages: number;
  /** Turns of loops in one evaluation. */
  readonly steps: number;
}

/** Measured on the shipped policies: up to here the time of a finding stays the same, from 500 on it grows. */
export const BATCH = 250;
/** The shipped policies take fewer than 100,000 steps for a batch; a hundred million take a second or two. */
const DEFAULT_LIMITS: EvaluationLimits = { batch: BATCH, pages: 4096, steps: 100_000_000 };
/** Memory that a batch needs beside its own size as JSON, in pages; measured on the shipped policies. */
const BASE_PAGES = 64;

interface Loaded {
  readonly entrypoints: Readonly<Record<string, number>>;
  readonly wasmInstance: { readonly exports: Readonly<Record<string, WasmGlobal | undefined>> };
  evaluate(input: unknown, entrypoint: number): readonly { readonly result: unknown }[];
  setData(data: object): void;
}

interface Sdk {
  loadPolicySync(module: WasmModule, memory: { readonly initial: number; readonly maximum: number }): Loaded;
}

/** The types of the package know neither its default export nor the synchronous way in. */
const { loadPolicySync } = (sdk as unknown as { readonly default: Sdk }).default;

export interface Evaluator {
  /** Sorted by finding, then control; of all policies, or of one entry point. Throws `EvaluationError`. */
  evaluate(run: PolicyRun, findings: readonly PolicyFinding[], entrypoint?: string): readonly Verdict[];
  /** The value of one entry point for an input; undefined when it has none. Throws `EvaluationError`. */
  ask(entrypoint: string, input: object): unknown;
}

export function createEvaluator(wasm: Uint8Array | WasmModule, data: object, limits: EvaluationLimits = DEFAULT_LIMITS): Evaluator {
  const policy = load(wasm, data, limits);
  const supply = policy.wasmInstance.exports[SUPPLY];
  if (supply === undefined) throw foreign('they count no steps');
  const ask = (entrypoint: string, input: object): unknown => {
    const index = policy.entrypoints[entrypoint];
    if (index === undefined) throw new Error(`the policies have no entry point ${entrypoint}`);
    supply.value = limits.steps;
    try {
      return policy.evaluate(input, index)[0]?.result;
    } catch (error) {
      throw toEvaluationError(error, { ...limits, spent: supply.value === 0 });
    }
  };
  const batchVerdicts = (input: PolicyInput, entrypoint: string): readonly Verdict[] => {
    const verdicts = ask(entrypoint, input);
    if (!Array.isArray(verdicts)) throw new Error('the policies gave no list of verdicts');
    return verdicts as readonly Verdict[];
  };
  return {
    ask,
    evaluate(run, findings, entrypoint = ENTRYPOINT) {
      const verdicts: Verdict[] = [];
      for (let from = 0; from < findings.length; from += limits.batch) verdicts.push(...batchVerdicts({ run, findings: findings.slice(from, from + limits.batch) }, entrypoint));
      return verdicts.sort((a, b) => compareText(a.finding, b.finding) || compareText(a.control, b.control) || compareText(a.effect, b.effect));
    },
  };
}

function load(wasm: Uint8Array | WasmModule, data: object, limits: EvaluationLimits): Loaded {
  const module = wasm instanceof Uint8Array ? compiled(wasm) : wasm;
  const policy = loadPolicySync(module, { initial: Math.min(BASE_PAGES, limits.pages), maximum: limits.pages });
  const { exports } = policy.wasmInstance;
  const version = [exports['opa_wasm_abi_version'], exports['opa_wasm_abi_minor_version']].map(globalValue);
  if (version[0] !== 1 || (version[1] ?? 0) < 2) throw foreign(`they speak ABI ${version.join('.')}, and 1.2 or a later 1.x is needed`);
  try {
    policy.setData(data);
  } catch (error) {
    throw toEvaluationError(error, { ...limits, spent: false });
  }
  return policy;
}

function compiled(wasm: Uint8Array): WasmModule {
  try {
    return compileModule(wasm);
  } catch (error) {
    throw foreign((error as Error).message);
  }
}

const foreign = (why: string): EvaluationError => new EvaluationError(`These are no policies that this version has compiled: ${why}`, 'Compile them again from their sources.');
