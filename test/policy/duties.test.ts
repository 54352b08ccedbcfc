// Each duty whose detectors exist, shown on source: one program that a scan denies, and its twin that it lets pass.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultConfig } from '#config/valid-config';
import { createNodeHost } from '#host/node-host';
import type { Effect } from '#model/decision';
import type { Result } from '#model/result';
import { scan } from '#session';
import { isShown } from '../harness/compare.ts';

const FOLDER = resolve('fixtures/duties');
const host = createNodeHost();

/** What the denied program is told at its worst, and by which control. */
const WORST: Readonly<Record<string, readonly [Effect, string]>> = {
  access: ['deny', 'response.secret'],
  processing: ['deny', 'log.secret'],
  provision: ['deny', 'third-party.secret'],
  storage: ['deny', 'storage.pan'],
  transmission: ['deny', 'transport.c2'],
  use: ['deny', 'use.marketing'],
};

const scanned = (duty: string, program: 'denied' | 'allowed'): Result => {
  const root = join(FOLDER, duty, program);
  return scan(host, { root, config: defaultConfig(root), paths: [] }).result;
};

const duties = suite('policy/duties');

duties('every folder of fixtures has its expectation', () => {
  assert.equal(readdirSync(FOLDER).sort(), Object.keys(WORST));
});

for (const [duty, [effect, control]] of Object.entries(WORST)) {
  duties(`${duty}: denied`, () => {
    const worst = scanned(duty, 'denied').findings.filter((finding) => isShown(finding) && finding.decision.effect === effect);
    assert.ok(worst.length > 0, 'nothing is told');
    assert.ok(worst.some((finding) => finding.decision.controls.includes(control) && finding.decision.blocking), `no ${control} that blocks`);
    for (const { decision } of worst) assert.ok(decision.citations.length > 0);
  });

  duties(`${duty}: allowed`, () => {
    const { findings, counts } = scanned(duty, 'allowed');
    assert.ok(counts.sinks > 0, 'a program without a sink shows nothing');
    assert.equal(findings.filter(isShown).map((finding) => `${finding.sink.location.file}:${finding.sink.location.line} ${finding.decision.effect}`), []);
  });
}

duties.run();
