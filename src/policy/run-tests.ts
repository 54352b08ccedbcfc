// Runs the tests of policies on two engines, the interpreter and the compiled module: a test holds when both say so. The compiled
// module goes first whichever was asked for: it counts its steps, the interpreter would not end.
import { compareText } from '#model/location';
import { toUserError } from './check.ts';
import { toWasm } from './compile.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { FileCoverage, PolicyFile, RuleAt, Toolchain } from './toolchain.ts';

export const ENGINES = ['interpreter', 'wasm', 'both'] as const;
export type Engine = (typeof ENGINES)[number];

export interface PolicyTest {
  /** Such as `fiduciary.topics.storage_test.test_no_elements`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly outcome: 'pass' | 'fail' | 'differs';
  /** What each engine that ran said. */
  readonly interpreter?: boolean;
  readonly wasm?: boolean;
  readonly error?: string;
}

export interface PolicyTestRun {
  /** Sorted by file, then line. */
  readonly tests: readonly PolicyTest[];
  readonly coverage?: readonly FileCoverage[];
}

export interface TestRequest {
  readonly files: readonly PolicyFile[];
  /** All rules of the files, as the check told them. */
  readonly rules: readonly RuleAt[];
  readonly data: object;
  readonly engine: Engine;
  readonly coverage: boolean;
  /** Which files' tests run. */
  readonly isAsked: (file: string) => boolean;
}

/** Throws `UserError` for policies that do not compile, and for a test that goes beyond a limit. */
export function runPolicyTests(toolchain: Toolchain, request: TestRequest): PolicyTestRun {
  const { files, data, engine, isAsked } = request;
  const rules = request.rules.filter(({ test, file }) => test && isAsked(file));
  const compiled = runCompiled(toolchain, files, rules, data);
  const interpreted = new Map<string, Outcome>();
  let coverage: readonly FileCoverage[] | undefined;
  if (engine !== 'wasm' || request.coverage) {
    const answer = toolchain.run('test', { files, data, coverage: request.coverage });
    if (!answer.ok) throw toUserError(answer.errors);
    for (const { name, pass, error } of answer.results) interpreted.set(name, { pass, ...(error === undefined ? {} : { error }) });
    coverage = answer.coverage;
  }
  const tests = rules.map(({ path, file, line }): PolicyTest => {
    const first = engine === 'wasm' ? undefined : interpreted.get(path);
    const second = engine === 'interpreter' ? undefined : compiled.get(path);
    const said = [first?.pass, second?.pass].filter((each) => each !== undefined);
    const error = first?.error ?? second?.error;
    const outcome = said.length > 1 && said[0] !== said[1] ? 'differs' : said.length > 0 && said.every(Boolean) ? 'pass' : 'fail';
    return {
      name: path.replace(/^data\./, ''), file, line, outcome,
      ...(first === undefined ? {} : { interpreter: first.pass }), ...(second === undefined ? {} : { wasm: second.pass }), ...(error === undefined ? {} : { error }),
    };
  });
  return { tests: tests.sort((a, b) => compareText(a.file, b.file) || a.line - b.line), ...(coverage === undefined ? {} : { coverage }) };
}

interface Outcome {
  readonly pass: boolean;
  readonly error?: string;
}

/** Each test is an entry point of a module of its own making. A rule that is undefined fails. */
function runCompiled(toolchain: Toolchain, files: readonly PolicyFile[], rules: readonly RuleAt[], data: object): ReadonlyMap<string, Outcome> {
  if (rules.length === 0) return new Map();
  const tests = new Map(rules.map((rule) => [rule.path, rule]));
  const entrypoints = [...tests.keys()].map((path) => path.replace(/^data\./, '').replaceAll('.', '/'));
  const evaluator = createEvaluator(toWasm(toolchain, files, entrypoints, true), data);
  return new Map([...tests].map(([path, rule], index) => [path, runOne(evaluator, entrypoints[index] ?? '', rule)]));
}

/** Throws `EvaluationError` for a test that goes beyond a limit: it has no outcome. */
function runOne(evaluator: Evaluator, entrypoint: string, { file, line }: RuleAt): Outcome {
  try {
    return { pass: evaluator.ask(entrypoint, {}) === true };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.place.file === undefined) throw new EvaluationError(error.message, error.hint, { place: { file, line } });
    return { pass: false, error: error.message };
  }
}
