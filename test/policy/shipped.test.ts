// The tests that stand beside the shipped policies, on the compiled module; `npm run mutate` runs them on the interpreter.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createNodeHost } from '#host/node-host';
import { checkFolders, testFolders } from '#session/policy-author';

const shipped = suite('policy/shipped');

shipped('every test of the shipped policies holds', () => {
  const { tests } = testFolders(createNodeHost(), [], { engine: 'wasm', coverage: false });
  assert.ok(tests.length >= 120);
  assert.equal(tests.filter(({ outcome }) => outcome !== 'pass').map(({ name, file, line }) => `${name} ${file}:${line}`), []);
});

shipped('the shipped policies have the form that "policy fmt" writes', () => {
  assert.equal(checkFolders(createNodeHost(), []).unformatted.map(({ file }) => file), []);
});

shipped.run();
