// The processing record as text: golden texts in both languages, and names that stay names in tables and spreadsheets.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawRecord } from '#inventory/processing-record';
import { renderInventory } from '#report/inventory/render-inventory';
import { matchesGolden } from './golden.ts';
import { at, claim, finding, options, SAMPLE, sink, source } from './sample.ts';

const inventory = suite('report/inventory');

const record = drawRecord(SAMPLE);

inventory('reads in English as reviewed', () => matchesGolden('inventory.en.md', renderInventory('markdown', record, options())));
inventory('reads in Chinese as reviewed', () => matchesGolden('inventory.zh.md', renderInventory('markdown', record, options({ lang: 'zh' }))));
inventory('fills a spreadsheet as reviewed', () => matchesGolden('inventory.csv', renderInventory('csv', record, options())));
inventory('json is the record itself', () => assert.equal(JSON.parse(renderInventory('json', record, options())), JSON.parse(JSON.stringify(record))));

inventory('a spreadsheet with Chinese titles is marked as UTF-8, plain ASCII is not', () => {
  assert.ok(renderInventory('csv', record, options({ lang: 'zh' })).startsWith('\ufeff'));
  assert.ok(renderInventory('csv', record, options()).startsWith('element,'));
});

const HOSTILE = ['=cmd|calc', '+1', '-1', '@SUM(A1)', '\t=1', 'a,b', 'a"b', 'a\r\nb,c', '`', '| x |', '<img src=x onerror=alert(1)>', '[x](https://evil.example)', '\u202eabc'];

inventory('no name becomes a formula, a cell or a row', () => {
  for (const name of HOSTILE) {
    const text = renderInventory('csv', named(name), options());
    assert.is(text.split('\r\n').length, 3, name);
    const cells = readRow(text.split('\r\n')[1] ?? '');
    assert.is(cells.length, readRow(text.split('\r\n')[0] ?? '').length, name);
    for (const cell of cells) assert.not.match(cell, /^[=+\-@\t\r]/);
  }
});

inventory('no name leaves its cell of a Markdown table', () => {
  for (const name of HOSTILE) {
    const rows = renderInventory('markdown', named(name), options()).split('\n').filter((line) => line.startsWith('| `'));
    assert.is(rows.length, 1, name);
    assert.is(rows[0]?.split(/(?<!\\)\|/).length, 8, name);
    // What stands outside of code spans is ours.
    assert.not.match((rows[0] ?? '').replace(/(`+)(?!`).*?[^`]\1(?!`)/g, ''), /[<\[]/);
  }
});

function named(name: string): typeof record {
  return drawRecord({
    ...SAMPLE,
    findings: [finding('third-party', 'deny', {
      id: 'a'.repeat(16), elements: [claim(name)], sink: sink(at(name, 1), name, { vendor: name }), sources: [source(name, at(name, 1), [], { elements: [name] })],
    })],
  });
}

/** RFC 4180, one line. */
function readRow(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

inventory.run();
