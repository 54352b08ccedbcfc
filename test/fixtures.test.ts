// The exam we set ourselves: every fixture is scanned alone, and findings must equal its marks, no more and no less.
// FIXTURES=patterns/13 runs only the leaves whose name contains that text.
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultConfig } from '#config/valid-config';
import { createNodeHost } from '#host/node-host';
import type { Finding } from '#model/finding';
import { scan } from '#session';
import { compare, type Verdict } from './harness/compare.ts';
import { findLeaves, readMarks, type Leaf } from './harness/leaves.ts';
import { renderLedger } from './harness/ledger.ts';

const wanted = process.env['FIXTURES'] ?? '';
const host = createNodeHost();
const leaves = findLeaves(resolve('fixtures')).filter((leaf) => leaf.name.includes(wanted));
const verdicts = new Map<Leaf, Verdict>();
const test = suite('fixtures');

/** Absences are judged by the leaves of one theme; elsewhere nearly every handler would lack some safeguard. */
const isExamined = (leaf: Leaf, finding: Finding): boolean => finding.kind !== 'absence' || leaf.theme === 'duties';

test('there are fixtures to run', () => {
  assert.ok(leaves.length > 0, `no fixture matches ${wanted}`);
});

for (const leaf of leaves) {
  test(leaf.name, async () => {
    const marks = readMarks(leaf);
    assert.ok(marks.length > 0, 'a fixture without a single mark proves nothing');
    const { result } = await scan(host, { root: leaf.root, config: defaultConfig(leaf.root), paths: [] });
    const verdict = compare(marks, result.findings.filter((finding) => isExamined(leaf, finding)));
    verdicts.set(leaf, verdict);
    if (verdict.problems.length > 0) assert.unreachable(`\n  ${verdict.problems.join('\n  ')}`);
  });
}

test.after(() => {
  process.stdout.write(`\n${renderLedger(verdicts)}`);
});

test.run();
