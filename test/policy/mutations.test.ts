// The small wrongs that the tests of the policies have to notice.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mutantsOf, spread } from '../../scripts/policies/mutations.ts';
import { openTrial, shippedMutants, untouchedControls } from '../../scripts/policies/try-mutants.ts';
import { createRandom } from './random.ts';

const of = (...body: readonly string[]): readonly string[] =>
  mutantsOf('a.rego', ['package a', '', 'verdict contains v if {', ...body.map((line) => `\t${line}`), '}'].join('\n')).map(({ kind, after }) => `${kind}: ${after}`);
const single = (line: string): readonly string[] => mutantsOf('a.rego', `package a\n${line}`).map(({ kind, after }) => `${kind}: ${after}`);

const mutations = suite('policy/mutations');

mutations('a comparison is turned round, moved to its edge, and dropped', () => {
  assert.equal(of('f.channel == "log"'), ['flip: f.channel != "log"', 'drop: true']);
  assert.equal(of('vendor.expires >= input.run.date'), ['flip: vendor.expires < input.run.date', 'edge: vendor.expires > input.run.date', 'drop: true']);
});

mutations('a condition is dropped and negated, a negation taken away', () => {
  assert.equal(of('f.class in {"C2", "C3"}'), ['drop: true', 'negate: not f.class in {"C2", "C3"}', 'narrow: f.class in {"C3"}', 'narrow: f.class in {"C2"}']);
  assert.equal(of('not vendor.entry(f)'), ['drop: true', 'negate: vendor.entry(f)']);
  assert.equal(single('quiet(f) if f.confidence == "low"'), ['flip: quiet(f) if f.confidence != "low"', 'drop: quiet(f) if true']);
});

mutations('a condition inside a comprehension is dropped', () => {
  assert.equal(of('ids := [c.id | some c in f.elements; c.nature == "x"; not c.id in list[0]]'), [
    'flip: ids := [c.id | some c in f.elements; c.nature != "x"; not c.id in list[0]]',
    'drop: ids := [c.id | some c in f.elements; not c.id in list[0]]',
    'drop: ids := [c.id | some c in f.elements; c.nature == "x"]',
    'negate: ids := [c.id | some c in f.elements; c.nature == "x"; c.id in list[0]]',
  ]);
});

mutations('a control asks for another effect', () => {
  assert.equal(of('v := judged.verdict("log.c2", "warn", f, ids)'), ['effect: v := judged.verdict("log.c2", "note", f, ids)']);
  assert.equal(of('"effect": "note",'), ['effect: "effect": "warn",']);
});

mutations('an exception goes', () => {
  assert.equal(of('ids := element.except(element.of_kinds(f, kinds), others)'), ['unwrap: ids := element.of_kinds(f, kinds)']);
  assert.equal(of('ids := vendor.uncovered(f, element.among(f, list))'), ['unwrap: ids := element.among(f, list)']);
});

mutations('bindings, iterations, comments and brackets stay', () => {
  assert.equal(of('some f in input.findings', 'ids := element.among(f, list)', '# f.channel == "log"', 'every x in y {', '}', '"a": b,'), []);
  assert.equal(single('import data.x'), []);
});

mutations('a mutant is the whole file with one line changed', () => {
  const [first] = mutantsOf('a.rego', 'package a\n\np if {\n\tx == 1\n}\n');
  assert.equal(first, { file: 'a.rego', line: 4, kind: 'flip', before: 'x == 1', after: 'x != 1', text: 'package a\n\np if {\n\tx != 1\n}\n' });
});

mutations('a sample is spread over all', () => {
  const all = mutantsOf('a.rego', `package a\n${'p if x == 1\n'.repeat(50)}`);
  assert.equal(spread(all, 4).map(({ line }) => line), [2, 14, 27, 39]);
  assert.is(spread(all, 1000).length, all.length);
});

mutations('in every shipped control something can be made wrong', () => {
  assert.equal(untouchedControls(shippedMutants()), []);
  assert.ok(untouchedControls([]).length >= 70);
});

const trial = openTrial();

// All of them take minutes: `npm run mutate`.
mutations('the tests of the shipped policies notice ten wrongs out of all', () => {
  for (const mutant of createRandom(20_261_130).shuffled(shippedMutants()).slice(0, 10)) {
    assert.is(trial.try(mutant), 'noticed', `${mutant.file}:${mutant.line} ${mutant.kind}\n${mutant.before}\n${mutant.after}`);
  }
});

mutations('an effect that is not the one is noticed; what is no policy is broken', () => {
  const file = 'policies/topics/deletion.rego';
  const mutant = (text: string) => ({ file, line: 1, kind: 'drop' as const, before: '', after: '', text });
  assert.is(trial.try(mutant('package fiduciary.topics.deletion\n\nverdict contains')), 'broken');
  const text = readFileSync(file, 'utf8');
  assert.is(trial.try(mutant(text.replace('"deletion.path", absence.effect(f, "note")', '"deletion.path", absence.effect(f, "warn")'))), 'noticed');
});

mutations.run();
