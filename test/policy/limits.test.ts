// An evaluation has limits of steps and of memory: beyond them there is an error, never a part of an answer and never a hang.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import type { Control } from '#model/policy';
import { toWasm } from '#policy/compile';
import { createEvaluator, type Evaluator, ownPackages, toEntrypoint } from '#policy/evaluate';
import { EvaluationError } from '#policy/evaluation-error';
import { withMeter } from '#policy/meter';
import { openToolchain } from '#policy/toolchain';
import { WasmReader } from '#policy/wasm-reader';
import { buildShipped } from '#session/load-policies';
import { failure } from './failure.ts';

const toolchain = openToolchain(createNodeHost());

const policy = (body: string): string => `package fiduciary.custom.limits

import rego.v1

${body}
`;

const compile = (body: string): Uint8Array => toWasm(toolchain, [{ name: 'limits.rego', text: policy(body) }], ['fiduciary/custom/limits/answer']);

const evaluator = (body: string, limits: { readonly pages?: number; readonly steps?: number } = {}): Evaluator =>
  createEvaluator(compile(body), {}, { batch: 500, pages: 4096, steps: 1_000_000, ...limits });

const ASK = 'fiduciary/custom/limits/answer';
const PAIRS = 'answer := count([a | some a in numbers.range(1, input.n); some b in numbers.range(1, input.n); a == b])';

const limits = suite('policy/limits');

limits('turns of loops are counted, the same number in every run', () => {
  const needs = (steps: number): boolean => {
    try {
      evaluator(PAIRS, { steps }).ask(ASK, { n: 30 });
      return true;
    } catch (error) {
      if (error instanceof EvaluationError) return false;
      throw error;
    }
  };
  let [low, high] = [0, 10_000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (needs(middle)) high = middle;
    else low = middle;
  }
  assert.ok(high >= 900, `${high}: there are 900 pairs`);
  for (let run = 0; run < 3; run += 1) assert.equal([needs(high - 1), needs(high)], [false, true]);
});

limits('what would not end is an error that says what to look for', () => {
  const asked = evaluator(`answer if {
	r := numbers.range(1, 3000)
	some a in r
	some b in r
	some c in r
	a == b
	b == c
	c == -1
}`);
  const error = failure(() => asked.ask(ASK, {}));
  assert.match(error.message, 'more than 1 million steps for one evaluation');
  assert.match(error.hint, 'inside each other');
});

limits('each evaluation has its own supply, also after one that went beyond', () => {
  const asked = evaluator(PAIRS, { steps: 5000 });
  for (let run = 0; run < 10; run += 1) assert.is(asked.ask(ASK, { n: 30 }), 30);
  failure(() => asked.ask(ASK, { n: 3000 }));
  assert.is(asked.ask(ASK, { n: 30 }), 30);
});

limits('too much memory is an error that names the limit, and the next evaluation goes on', () => {
  const asked = evaluator('answer := count({[a, b] | some a in numbers.range(1, input.n); some b in numbers.range(1, input.n)})', { pages: 160, steps: 1_000_000_000 });
  assert.match(failure(() => asked.ask(ASK, { n: 2000 })).message, 'more than 10 MiB of memory');
  assert.is(asked.ask(ASK, { n: 20 }), 400);
});

limits('two values at once are an error with the place of the rule', () => {
  const error = failure(() => evaluator('answer := 1 if input.a\n\nanswer := 2 if input.b').ask(ASK, { a: true, b: true }));
  assert.match(error.message, 'contradict themselves');
  assert.equal([error.place.file, error.place.line], ['limits.rego', 7]);
});

limits('a module has one meter', () => {
  const { wasm } = buildShipped(createNodeHost());
  assert.match(failure(() => createEvaluator(withMeter(wasm), {})).message, /Duplicate export/i);
});

limits('a module of another origin is refused', () => {
  assert.match(failure(() => createEvaluator(Uint8Array.of(1, 2, 3), {})).message, 'no policies that this version has compiled');
});

limits('instructions that no compiler of policies writes are refused, not guessed', () => {
  const passed = (...bytes: readonly number[]): number => {
    const reader = new WasmReader(Uint8Array.from(bytes));
    reader.instruction();
    return reader.at;
  };
  // br_table with three targets, i64.const of three bytes, call_indirect, f64.const, memory.copy, i32.add, i32.load.
  assert.equal([passed(0x0e, 2, 0, 1, 2), passed(0x42, 0x80, 0x80, 1), passed(0x11, 5, 0), passed(0x44, 0, 0, 0, 0, 0, 0, 0, 0), passed(0xfc, 10, 0, 0), passed(0x6a), passed(0x28, 2, 8)], [5, 4, 3, 9, 4, 1, 3]);
  for (const code of [0xfd, 0x06, 0x12]) assert.throws(() => passed(code, 0, 0), /which no compiler of policies writes/);
});

limits("a bank's packages are entry points of their own, the shipped ones are not", () => {
  const [shipped] = (JSON.parse(buildShipped(createNodeHost()).bundle) as { readonly controls: readonly Control[] }).controls;
  const control = (id: string, name: string): Control => ({ ...(shipped as Control), id, package: name });
  assert.equal(ownPackages([control('b.b', 'fiduciary.custom.b'), control('a.a', 'fiduciary.custom.a'), control('a.b', 'fiduciary.custom.a'), control('log.c2', 'fiduciary.topics.processing')]), ['fiduciary.custom.a', 'fiduciary.custom.b']);
  assert.is(toEntrypoint('fiduciary.custom.a'), 'fiduciary/custom/a/verdict');
});

limits.run();
