// The same program, written differently, has the same findings; one in which nothing arrives any more has none. A part of all rewrites
// of all fixtures, chosen by a seed; `npm run metamorphic` tries the others.
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findLeaves } from '../harness/leaves.ts';
import { createRandom } from '../policy/random.ts';
import { BREAKING } from './breaking.ts';
import { applyEdits, sourceOf } from './edits.ts';
import { readLeaf } from './leaf-files.ts';
import { REWRITES } from './rewrites.ts';
import { KNOWN, tryBreaking, tryRewrites } from './trials.ts';

const SEED = 20261130;
const SINGLES = 6;

const leaves = findLeaves(resolve('fixtures'));
const metamorphic = suite('metamorphic');

const EXAMPLE = [
  'export const show = (user) => {',
  '  const mail = user.email;',
  '  console.log(`to ${mail}`, user.id);',
  '};',
].join('\n');

const EXPECTED: Readonly<Record<string, string>> = {
  'dot to bracket': EXAMPLE.replace('user.email', "user['email']").replace('user.id', "user['id']"),
  'dot to destructuring': EXAMPLE.replace('mail = user.email', '{ email: mail } = user'),
  'template to concatenation': EXAMPLE.replace('`to ${mail}`', '("to " + (mail))'),
  'arrow to function': EXAMPLE.replace('(user) =>', 'function (user) '),
  'extract a variable': EXAMPLE.replace('console.log(`to ${mail}`, user.id);', '{ const part0of0 = `to ${mail}`; const part0of1 = user.id; console.log(part0of0, part0of1); }'),
  'inline a variable': EXAMPLE.replace('const mail = user.email;', '').replace('${mail}', '${user.email}'),
  'rename locals': EXAMPLE.replaceAll('mail}', 'ourMail}').replace('const mail', 'const ourMail'),
  'to CommonJS': `${EXAMPLE.replace('export ', '')}\nexports.show = show;\n`,
};

for (const [name, expected] of Object.entries(EXPECTED)) {
  metamorphic(`the rewrite: ${name}`, () => {
    const rewrite = REWRITES.find((one) => one.name === name);
    const written = applyEdits(EXAMPLE, rewrite?.edits(sourceOf('show.js', EXAMPLE)) ?? []);
    assert.equal(written.replace(/ {2,}\{/, ' {'), expected.replace(/ {2,}\{/, ' {'));
  });
}

metamorphic('each known exception is one of a rewrite and a leaf', () => {
  for (const { leaf, rewrite } of KNOWN) assert.ok(leaves.some(({ name }) => name === leaf) && REWRITES.some(({ name }) => name === rewrite), `${leaf}, ${rewrite}`);
});

metamorphic('what means the same is judged the same', () => {
  const random = createRandom(SEED);
  const problems: string[] = [];
  let tried = 0;
  for (const leaf of leaves) {
    const files = readLeaf(leaf);
    const order = random.shuffled(REWRITES);
    const known = REWRITES.filter(({ name }) => KNOWN.some((one) => one.leaf === leaf.name && one.rewrite === name));
    for (const chosen of [...new Set([...known, ...order.slice(0, SINGLES)])].map((one) => [one]).concat([order.slice(0, 2)])) {
      const outcome = tryRewrites(leaf, files, chosen);
      tried += outcome.tried ? 1 : 0;
      problems.push(...outcome.problems);
    }
  }
  assert.equal(problems, []);
  assert.ok(tried > 3 * leaves.length, `only ${tried} programs`);
});

metamorphic('what no longer arrives is no longer found', () => {
  const random = createRandom(SEED);
  const problems = leaves.flatMap((leaf) => tryBreaking(leaf, readLeaf(leaf), random.pick(BREAKING)).problems);
  assert.equal(problems, []);
});

metamorphic.run();
