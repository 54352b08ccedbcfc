// The embedded Rego toolchain: OPA's compiler, checker, formatter, tester and interpreter as one WebAssembly file. It gets the
// policies in its request and can reach nothing: no files, no environment, no network. tools/rego holds its source.
import { fileURLToPath } from 'node:url';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';

export interface PolicyFile {
  /** Relative to the folder of its policies, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

export interface ToolchainProblem {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly code?: string;
  readonly message: string;
  readonly details?: readonly string[];
}

export interface Annotation {
  readonly file: string;
  readonly line: number;
  /** Where the thing stands that is annotated. */
  readonly targetLine?: number;
  /** Such as `data.fiduciary.topics.storage.verdict`. */
  readonly path: string;
  readonly scope: string;
  readonly title?: string;
  readonly description?: string;
  readonly custom?: Readonly<Record<string, unknown>>;
}

export interface RuleAt {
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly test: boolean;
}

export interface TestRun {
  /** Such as `data.fiduciary.topics.storage_test.test_no_elements`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly pass: boolean;
  readonly error?: string;
}

export interface FileCoverage {
  readonly file: string;
  /** Ranges of lines, both ends included. */
  readonly notCovered: readonly (readonly [number, number])[];
  readonly percent: number;
}

/** What became of an expression over all the times it was tried: it held at least once, never, or was never reached. */
export type TraceOutcome = 'true' | 'false' | 'not-reached';

export interface ExplainedRule {
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly outcome: TraceOutcome;
  readonly expressions: readonly { readonly file: string; readonly line: number; readonly text: string; readonly outcome: TraceOutcome; readonly bindings?: Readonly<Record<string, unknown>> }[];
}

type Sources = { readonly files: readonly PolicyFile[] };

interface Verbs {
  check: [Sources & { readonly inputSchema?: object; readonly dataSchemas?: Readonly<Record<string, object>> }, { readonly annotations: readonly Annotation[]; readonly rules: readonly RuleAt[] }];
  compile: [Sources & { readonly entrypoints: readonly string[]; readonly tests?: boolean; readonly optimize?: number }, { readonly wasm: string; readonly builtins: readonly string[] }];
  format: [Sources, { readonly files: readonly (PolicyFile & { readonly changed: boolean })[] }];
  test: [Sources & { readonly data: object; readonly coverage?: boolean }, { readonly results: readonly TestRun[]; readonly coverage?: readonly FileCoverage[] }];
  eval: [Sources & { readonly query: string; readonly input: object; readonly data: object; readonly explain?: readonly string[]; readonly trace?: boolean }, { readonly result: unknown; readonly explain?: readonly ExplainedRule[] }];
  version: [object, { readonly opa: string; readonly go: string; readonly natives: readonly string[] }];
}

export type ToolchainAnswer<Verb extends keyof Verbs> = ({ readonly ok: true } & Verbs[Verb][1]) | { readonly ok: false; readonly errors: readonly ToolchainProblem[] };

export interface Toolchain {
  /** SHA-256 of the WebAssembly file; part of every cache key and receipt. */
  readonly digest: string;
  run<Verb extends keyof Verbs>(verb: Verb, request: Verbs[Verb][0]): ToolchainAnswer<Verb>;
}

/** Beside `src/` in a checkout and beside `dist/` in the package. */
const placeOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/');
const FILE = placeOf('../../toolchain/rego.wasm.br');
const ABOUT = placeOf('../../toolchain/rego.json');

export function openToolchain(host: Host): Toolchain {
  const { digest } = JSON.parse(host.readText(ABOUT)) as { readonly digest: string };
  return {
    digest,
    run(verb, request) {
      const { code, stdout, stderr } = host.runWasi({ file: FILE, digest, brief: verb !== 'test' }, JSON.stringify({ verb, ...request }));
      if (code === 'damaged') throw new UserError('The embedded Rego toolchain is damaged', 'Install the package anew.', { file: FILE });
      if (code !== 0 || stdout === '') throw new Error(`the Rego toolchain ended with ${code}: ${stderr.slice(0, 2000)}`);
      return JSON.parse(stdout) as ToolchainAnswer<typeof verb>;
    },
  };
}
