// Each duty whose detectors exist, shown on source: one program that a scan denies, and its twin that it lets pass. Findings are
// always those of the scan.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadConfig } from '#config/load-config';
import { defaultConfig } from '#config/valid-config';
import type { Host } from '#host/host';
import { createNodeHost } from '#host/node-host';
import { isNew } from '#model/change';
import { CHANNEL_NAMES } from '#model/channel';
import type { Result } from '#model/result';
import { scan } from '#session';
import { blockOnlyNew, compare, knownByBaseline } from '#session/compare';
import { judgeChanges } from '#session/judge-changes';
import { openScan } from '#session/open-scan';
import { readControls, readDuties } from '../../scripts/policies/read-policies.ts';
import { readDenied } from '../../scripts/policies/read-denied.ts';
import { isShown } from '../harness/compare.ts';

const FOLDER = resolve('fixtures/duties');
/** Registers of the programs have dates; on this day they count. */
const DAY = '2026-12-01';
const host: Host = { ...createNodeHost(), now: () => new Date(`${DAY}T12:00:00Z`) };

const denied = readDenied();

/** As `fiduciary scan` does in the folder of the program, with the settings and the baseline that lie there. */
function scanned(duty: string, program: 'denied' | 'allowed'): Result {
  const root = join(FOLDER, duty, program);
  const settings = join(root, 'fiduciary.yaml');
  const config = existsSync(settings) ? loadConfig(host, settings).config : defaultConfig(root);
  const options = { root, config, paths: [] };
  const opened = openScan(host, options);
  const { result } = scan(host, options, opened);
  const compared = config.baseline === undefined ? result : compare(host, root, result, knownByBaseline(host, config.baseline, 'fiduciary-baseline.json', []));
  return blockOnlyNew(judgeChanges(compared, opened.policies, 'ci', DAY));
}

const duties = suite('policy/duties');

duties('each duty has a control, and whose detector exists a program of each kind', () => {
  const controls = readControls();
  for (const { id } of readDuties()) {
    const own = controls.filter((control) => control.duty === id);
    assert.ok(own.length > 0, id);
    // What speaks of all channels speaks of the packs themselves: no program shows it.
    const detects = own.some((control) => control.detected && control.channels.some((channel) => (CHANNEL_NAMES as readonly string[]).includes(channel)));
    assert.is(denied.has(id), detects, `${id}: fixtures/duties/denied.yaml`);
  }
  assert.equal(readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort(), [...denied.keys()].sort());
});

for (const [duty, control] of denied) {
  duties(`${duty}: denied`, () => {
    const { findings } = scanned(duty, 'denied');
    const worst = findings.filter((finding) => isShown(finding) && finding.decision.blocking && ['deny', 'require_approval'].includes(finding.decision.effect));
    assert.ok(worst.length > 0, 'nothing blocks');
    assert.ok(worst.some(({ decision }) => decision.controls.includes(control)), `no ${control} that blocks`);
    for (const { decision } of worst) assert.ok(decision.citations.length > 0);
    assert.is(readControls().find(({ id }) => id === control)?.duty, duty);
  });

  duties(`${duty}: allowed`, () => {
    const { findings, counts } = scanned(duty, 'allowed');
    assert.ok(counts.sinks > 0, 'a program without a sink shows nothing');
    const told = findings.filter((finding) => isShown(finding) && (finding.change === undefined || isNew(finding.change)));
    assert.equal(told.map((finding) => `${finding.sink.location.file}:${finding.sink.location.line} ${finding.decision.effect}`), []);
    assert.not.ok(findings.some(({ decision }) => decision.blocking));
  });
}

duties.run();
