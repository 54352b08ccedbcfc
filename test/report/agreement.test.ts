// All formats are projections of one Result: their numbers agree, on a sample made by hand and on a program that was scanned.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ProcessingRecord } from '#inventory/processing-record';
import { drawRecord } from '#inventory/processing-record';
import { EFFECTS, type Effect } from '#model/decision';
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
  assert.is(Number(/(\d+) findings? in \d+ files?:/.exec(text)?.[1]), open.length);
}

agreement.run();
