// Asks the tests of the shipped policies whether they notice a wrong. The embedded toolchain is made ready once and run in this
// process: a start of the command line for each wrong would take most of the time.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { compileProgram, runProgram } from '#host/wasi-calls';
import type { PolicyFile, TestRun, ToolchainProblem } from '#policy/toolchain';
import { testData } from '#session/policy-author';
import { type Mutant, mutantsOf } from './mutations.ts';
import { readControls, readParams, regoFiles } from './read-policies.ts';

/** `broken`: it does not even compile. */
export type Fate = 'noticed' | 'survived' | 'broken';

export interface MutantTrial {
  /** Throws when the tests do not pass as they are. */
  check(): void;
  try(mutant: Mutant): Fate;
}

const isTest = (name: string): boolean => name.endsWith('_test.rego');

export const shippedMutants = (): readonly Mutant[] =>
  regoFiles().filter((file) => !isTest(file) && !file.endsWith('/testing.rego')).flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')));

/** Controls in whose rule nothing was made wrong. */
export function untouchedControls(mutants: readonly Mutant[]): readonly string[] {
  return readControls().filter(({ file, body }) => {
    const text = readFileSync(file, 'utf8');
    const first = text.slice(0, text.indexOf(body)).split('\n').length;
    const last = first + body.split('\n').length;
    return !mutants.some((mutant) => mutant.file === file && mutant.line >= first && mutant.line < last);
  }).map(({ id }) => id);
}

export function openTrial(): MutantTrial {
  const program = compileProgram(brotliDecompressSync(readFileSync('toolchain/rego.wasm.br')));
  const files = regoFiles().map((name): PolicyFile => ({ name, text: readFileSync(name, 'utf8') }));
  const sources = files.filter(({ name }) => !isTest(name));
  const tests = files.filter(({ name }) => isTest(name));
  const data = testData(readParams());

  const run = (policies: readonly PolicyFile[]): readonly TestRun[] | undefined => {
    const { code, stdout, stderr } = runProgram(program, Buffer.from(JSON.stringify({ verb: 'test', files: policies, data })));
    if (code !== 0) throw new Error(`the Rego toolchain ended with ${code}: ${Buffer.from(stderr).toString('utf8')}`);
    const answer = JSON.parse(Buffer.from(stdout).toString('utf8')) as { ok: true; results: readonly TestRun[] } | { ok: false; errors: readonly ToolchainProblem[] };
    return answer.ok ? answer.results : undefined;
  };
  const fateIn = (results: readonly TestRun[] | undefined): Fate => (results === undefined ? 'broken' : results.some(({ pass }) => !pass) ? 'noticed' : 'survived');

  return {
    check() {
      const results = run(files);
      const failing = results?.filter(({ pass }) => !pass) ?? [];
      if (results === undefined || results.length === 0 || failing.length > 0) throw new Error(`the tests do not pass as they are: ${failing.map(({ name }) => name).join(', ')}`);
    },
    /** The tests of its own package first: they are few, and notice most. */
    try(mutant) {
      const wrong = sources.map((file) => (file.name === mutant.file ? { ...file, text: mutant.text } : file));
      const own = `import data.${/^package (\S+)/m.exec(mutant.text)?.[1] ?? ''}\n`;
      const [near, far] = [tests.filter(({ text }) => text.includes(own)), tests.filter(({ text }) => !text.includes(own))];
      const fate = fateIn(run([...wrong, ...near]));
      return fate === 'survived' ? fateIn(run([...wrong, ...far])) : fate;
    },
  };
}
