// All formats are projections of one Result: their numbers agree, on a sample made by hand and on a program that was scanned.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ProcessingRecord } from '#inventory/processing-record';
import { drawRecord } from '#inventory/processing-record';
import { EFFECTS, type Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import type { Result } from '#model/result';
import { render } from '#report/render';
import { renderInventory } from '#report/inventory/render-inventory';
import { run, withFolder } from '../cli/spawn.ts';
import { readDocument } from './html/document.ts';
import { RICH } from './html/sample.ts';
import { options } from './sample.ts';

const agreement = suite('report/agreement');

interface Texts {
  readonly json: string;
  readonly sarif: string;
  readonly audit: string;
  readonly html: string;
  readonly text: string;
  readonly inventory: string;
}

interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly kind?: string; readonly partialFingerprints: Readonly<Record<string, string>>; readonly properties: { readonly effect?: Effect } }[] }[];
}

agreement('on a sample with every kind of decision', () => agree({
  json: render('json', RICH, options()),
  sarif: render('sarif', RICH, options()),
  audit: render('sarif-audit', RICH, options()),
  html: render('html', RICH, options()),
  text: render('text', RICH, options({ known: true })),
  inventory: renderInventory('json', drawRecord(RICH), options()),
}));

agreement('on a scanned program', () => withFolder({}, (folder) => {
  cpSync('fixtures/bank', folder, { recursive: true });
  const reports = { json: 'r.json', sarif: 'r.sarif', 'sarif-audit': 'a.sarif', html: 'r.html', text: 'r.txt' };
  const ended = run(folder, 'scan', '--no-cache', ...Object.entries(reports).flatMap(([format, file]) => ['--report', `${format}=${file}`]));
  assert.is(ended.code, 1, ended.stderr);
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const html = read(reports.html);
  assert.not.match(html, folder);
  agree({
    json: read(reports.json), sarif: read(reports.sarif), audit: read(reports['sarif-audit']), html, text: read(reports.text),
    inventory: run(folder, 'inventory', '--no-cache', '--format', 'json').stdout,
  });
  const again = run(folder, 'scan', '--no-cache', '--format', 'html').stdout;
  assert.ok(again === html, 'the page is the same again, on standard output too');
}));

agreement('on a scanned program with a baseline, a waiver and a comment, under each profile', () => withFolder({}, (folder) => {
  cpSync('fixtures/bank', folder, { recursive: true });
  const cli = (...args: readonly string[]): string => run(folder, ...args, '--cache', 'cache').stdout;
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const { findings: before } = JSON.parse(cli('scan', '--format', 'json')) as Result;
  const [waived, commented] = before.filter(({ decision }) => decision.effect === 'warn');
  const expires = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  cli('waiver', 'new', waived?.id ?? '', '--reason', 'Accepted for the pilot', '--approver', 'security', '--expires', expires);
  cli('baseline', '.', '--output', 'known.json');
  // Half of what is open is known; the others are new.
  const known = JSON.parse(read('known.json')) as { findings: unknown[] };
  writeFileSync(join(folder, 'known.json'), JSON.stringify({ ...known, findings: known.findings.filter((_, index) => index % 2 === 0) }));
  silence(folder, commented);
  for (const profile of ['bank-baseline', 'strict', 'observe-only']) {
    writeFileSync(join(folder, 'fiduciary.yaml'), `baseline: known.json\nwaivers: waivers\npolicies: { profile: ${profile} }\n`);
    const reports = { json: 'r.json', sarif: 'r.sarif', 'sarif-audit': 'a.sarif', html: 'r.html', text: 'r.txt' };
    cli('scan', '--known', ...Object.entries(reports).flatMap(([format, file]) => ['--report', `${format}=${file}`]));
    const { findings } = JSON.parse(read(reports.json)) as Result;
    assert.ok(findings.some(({ decision }) => decision.waiver !== undefined), 'a waiver holds');
    assert.ok(findings.some(({ suppression }) => suppression !== undefined), 'a comment holds');
    assert.ok(findings.some(({ change }) => change === 'introduced') && findings.some(({ change }) => change === 'unchanged'), profile);
    agree({
      json: read(reports.json), sarif: read(reports.sarif), audit: read(reports['sarif-audit']), html: read(reports.html), text: read(reports.text),
      inventory: cli('inventory', '--format', 'json'),
    });
  }
}));

/** Writes the comment with which a developer accepts a finding. */
function silence(folder: string, finding: Finding | undefined): void {
  assert.ok(finding);
  const { file, line } = finding.sink.location;
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  lines.splice(line - 1, 0, `// fiduciary-allow ${finding.rule} -- shown to its owner`);
  writeFileSync(join(folder, file), lines.join('\n'));
}

function agree({ json, sarif, audit, html, text, inventory }: Texts): void {
  const { findings } = JSON.parse(json) as Result;
  const record = JSON.parse(inventory) as ProcessingRecord;
  const cards = readDocument(html).tags.filter(({ attributes }) => attributes.get('class')?.startsWith('finding ') === true).map(({ attributes }) => ({
    id: attributes.get('id')?.replace('f-', ''), effect: attributes.get('data-effect'), standing: attributes.get('data-standing'),
  }));
  const results = (log: string) => (JSON.parse(log) as Sarif).runs.flatMap((each) => each.results).filter(({ kind }) => kind !== 'notApplicable');
  const ids = (list: readonly (string | undefined)[]): readonly (string | undefined)[] => [...list].sort();

  const all = ids(findings.map(({ id }) => id));
  assert.equal(ids(cards.map(({ id }) => id)), all);
  assert.equal(ids(results(audit).map(({ partialFingerprints }) => partialFingerprints['fiduciary/v1'])), all);
  assert.is(record.totals.findings, findings.length);
  assert.is(new Set(record.entries.flatMap(({ places }) => places.map(({ finding }) => finding))).size, findings.length - record.totals.withoutElement);
  for (const effect of EFFECTS) {
    const count = findings.filter(({ decision }) => decision.effect === effect).length;
    assert.is(cards.filter((card) => card.effect === effect).length, count, effect);
    assert.is(results(audit).filter(({ properties }) => properties.effect === effect).length, count, effect);
    assert.is(record.totals.effects[effect], count, effect);
  }

  const open = ids(cards.filter(({ standing }) => standing === 'open').map(({ id }) => id));
  assert.equal(ids(results(sarif).map(({ partialFingerprints }) => partialFingerprints['fiduciary/v1'])), open);
  assert.is(text.includes('No findings') ? 0 : Number(/(\d+) findings? in \d+ files?:/.exec(text)?.[1]), open.length);
}

agreement.run();
