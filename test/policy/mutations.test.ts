// The small wrongs that the tests of the policies have to notice.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mutantsOf } from '../../scripts/policies/mutations.ts';

const of = (...body: readonly string[]): readonly string[] =>
  mutantsOf('a.rego', ['package a', '', 'verdict contains v if {', ...body.map((line) => `\t${line}`), '}'].join('\n')).map(({ kind, after }) => `${kind}: ${after}`);
const single = (line: string): readonly string[] => mutantsOf('a.rego', `package a\n${line}`).map(({ kind, after }) => `${kind}: ${after}`);

const mutations = suite('policy/mutations');

mutations('a comparison is turned round, and dropped', () => {
  assert.equal(of('f.channel == "log"'), ['flip: f.channel != "log"', 'drop: true']);
  assert.equal(of('vendor.expires >= input.run.date'), ['flip: vendor.expires < input.run.date', 'drop: true']);
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

mutations.run();
