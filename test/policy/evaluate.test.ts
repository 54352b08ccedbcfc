// Compiled policies in their machine: batches, order, what is left over between runs, and errors of one kind for all that goes wrong.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import type { Verdict } from '#model/policy';
import { toWasm } from '#policy/compile';
import { createEvaluator, ENTRYPOINT, type EvaluationLimits } from '#policy/evaluate';
import { type PolicyFinding, policyFindings } from '#policy/input';
import { openToolchain } from '#policy/toolchain';
import { compileModule } from '#policy/web-assembly';
import { failure } from './failure.ts';
import { loadShipped } from '../catalog/rules.ts';
import { findingsOf } from './random-findings.ts';
import { createRandom } from './random.ts';

const RUN = { date: '2026-11-30', stage: 'ci' } as const;
const toolchain = openToolchain(createNodeHost());
const compiled = (body: string): Uint8Array => toWasm(toolchain, [{ name: 'a.rego', text: `package fiduciary.main\n\n${body}\n` }], [ENTRYPOINT]);

const catalog = loadShipped();
const made = (count: number): readonly PolicyFinding[] => {
  const random = createRandom(11);
  const make = findingsOf(catalog);
  return Array.from({ length: count }, () => policyFindings(catalog)(make(random).finding));
};

/** Says of each finding its file, each effect of the data, and how many findings there were with it. */
const ECHO = compiled(`verdicts contains {"finding": f.id, "control": control, "effect": effect, "elements": [format_int(count(input.findings), 10)]} if {
	some f in input.findings
	some control in [f.file, "a"]
	some effect in data.effects
}`);
/** Has one value, another, two at once, or none. */
const ODD = compiled('verdicts := 1 if input.run.stage == "ci"\n\nverdicts := 2 if input.run.date != ""');

const NOTE = { effects: ['note'] };
const limits = (batch: number, pages: number): EvaluationLimits => ({ batch, pages, steps: 100_000_000 });

const evaluate = suite('policy/evaluate');

evaluate('verdicts come sorted by finding, then control, then effect', () => {
  const findings = made(3).map((finding) => ({ ...finding, file: 'b' }));
  const verdicts = createEvaluator(ECHO, { effects: ['warn', 'deny'] }).evaluate(RUN, findings);
  const ids = findings.map(({ id }) => id).sort();
  assert.equal(verdicts.map((each) => `${each.finding} ${each.control} ${each.effect}`), ids.flatMap((id) => [`${id} a deny`, `${id} a warn`, `${id} b deny`, `${id} b warn`]));
});

evaluate('findings are asked about in batches; the last one is what is left', () => {
  const sizes = createEvaluator(ECHO, NOTE, limits(4, 512)).evaluate(RUN, made(10)).map(({ control, elements }) => (control === 'a' ? elements[0] : ''));
  assert.equal(sizes.filter((size) => size !== '').sort(), ['2', '2', '4', '4', '4', '4', '4', '4', '4', '4']);
});

evaluate('the size of a batch changes nothing about the shipped policies', () => {
  const wasm = compileModule(readFileSync('dist/policies/policy.wasm'));
  const { packs } = JSON.parse(readFileSync('dist/policies/bundle.json', 'utf8')) as { readonly packs: { readonly params: object } };
  const data = { params: packs.params, config: { profile: 'bank-baseline', regulations: [] }, register: { countries: [], vendors: {} }, waivers: {} };
  const findings = made(120);
  const [whole, seven, single] = [500, 7, 1].map((batch) => createEvaluator(wasm, data, limits(batch, 4096)).evaluate(RUN, findings));
  assert.ok((whole?.length ?? 0) > 120);
  assert.equal(seven, whole);
  assert.equal(single, whole);
});

evaluate('data is that of the evaluator; runs leave nothing to each other', () => {
  const [strict, lenient] = ['deny', 'note'].map((effect) => createEvaluator(ECHO, { effects: [effect] }));
  const effects = (verdicts: readonly Verdict[] | undefined): readonly string[] => [...new Set(verdicts?.map(({ effect }) => effect))];
  assert.equal(effects(strict?.evaluate(RUN, made(5))), ['deny']);
  assert.equal(effects(lenient?.evaluate(RUN, made(5))), ['note']);
  assert.equal(strict?.evaluate(RUN, made(2)).length, 4);
});

evaluate('no finding is no evaluation', () => {
  assert.equal(createEvaluator(ECHO, NOTE).evaluate(RUN, []), []);
});

evaluate('an entry point that is undefined has no value; one that there is not is an error', () => {
  const evaluator = createEvaluator(ODD, {});
  const ask = (stage: string, date: string): unknown => evaluator.ask(ENTRYPOINT, { run: { stage, date } });
  assert.equal([ask('ci', ''), ask('editor', 'x'), ask('editor', '')], [1, 2, undefined]);
  assert.throws(() => evaluator.ask('fiduciary/main/verdict', {}), /no entry point fiduciary\/main\/verdict/);
});

evaluate('text of all scripts goes in and out unchanged', () => {
  const names = ['客户.姓名', 'Straße "quoted" \\ \n', '👩‍💻', '\u2028'];
  const findings = made(names.length).map((finding, index) => ({ ...finding, id: `${index}`, file: names[index] ?? '' }));
  assert.equal(createEvaluator(ECHO, NOTE).evaluate(RUN, findings).map(({ control }) => control).filter((control) => control !== 'a'), names);
});

evaluate('more findings than the memory was made for are judged all the same', () => {
  const evaluator = createEvaluator(ECHO, NOTE, limits(5000, 4096));
  assert.is(evaluator.evaluate(RUN, made(3000)).length, 6000);
});

evaluate('what goes wrong inside is an error with a sentence, and the next run is sound', () => {
  const evaluator = createEvaluator(ODD, {});
  const contradiction = failure(() => evaluator.evaluate(RUN, made(1)));
  assert.match(contradiction.message, /^The policies contradict themselves: .*conflict/);
  assert.is(contradiction.place.file?.endsWith('a.rego'), true);
  assert.is(evaluator.ask(ENTRYPOINT, { run: { stage: 'editor', date: '2026-11-30' } }), 2);
  assert.throws(() => evaluator.evaluate({ ...RUN, stage: 'editor' }, made(1)), /gave no list of verdicts/);
});

evaluate('more memory than allowed is an error, never a part of the answer', () => {
  const evaluator = createEvaluator(ECHO, NOTE, limits(5000, 64));
  assert.match(failure(() => evaluator.evaluate(RUN, made(4000))).message, /need more than \d+ MiB of memory for one evaluation/);
});

evaluate('what is no module of policies is told at once', () => {
  assert.match(failure(() => createEvaluator(Buffer.from('not wasm'), {})).message, /^These are no policies that this version has compiled/);
});

evaluate.run();
