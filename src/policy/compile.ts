// Policies → one WebAssembly module with what the host needs beside it. Equal sources give equal bytes.
import { UserError } from '#model/errors';
import type { Control } from '#model/policy';
import { checkPolicies, type PolicySources, toUserError } from './check.ts';
import { ENTRYPOINT, ownPackages, toEntrypoint } from './evaluate.ts';
import { withMeter } from './meter.ts';
import type { PolicyFile, Toolchain } from './toolchain.ts';

/** What is made of equal sources besides the toolchain: part of the key under which modules are kept. */
export const MODULE_FORM = 2;

export interface CompiledPolicies {
  readonly wasm: Uint8Array;
  readonly controls: readonly Control[];
}

const isTestFile = (name: string): boolean => name.endsWith('_test.rego') || name.endsWith('/testing.rego');

/** Throws `UserError` for policies that do not check, and for those that need functions of the host. */
export function compilePolicies(toolchain: Toolchain, sources: PolicySources): CompiledPolicies {
  const { controls } = checkPolicies(toolchain, sources);
  const files = sources.files.filter(({ name }) => !isTestFile(name));
  return { wasm: toWasm(toolchain, files, [ENTRYPOINT, ...ownPackages(controls).map(toEntrypoint)]), controls };
}

/** The module for these entry points. Throws `UserError`. */
export function toWasm(toolchain: Toolchain, files: readonly PolicyFile[], entrypoints: readonly string[], tests = false): Uint8Array {
  const answer = toolchain.run('compile', { files, entrypoints, tests });
  if (!answer.ok) throw toUserError(answer.errors);
  const [needed] = answer.builtins;
  if (needed !== undefined) {
    throw new UserError(`The policies call ${needed}, which WebAssembly has not itself`, 'Write it with other functions; docs/policy.md lists those that there are.');
  }
  return withMeter(Buffer.from(answer.wasm, 'base64'));
}
