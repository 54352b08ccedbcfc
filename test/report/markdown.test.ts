// The Markdown report: golden texts in both languages, and names that stay names.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderMarkdown } from '#report/markdown';
import { matchesGolden } from './golden.ts';
import { RICH } from './html/sample.ts';
import { at, claim, finding, options, SAMPLE, sink, source } from './sample.ts';

const markdown = suite('report/markdown');

markdown('reads in English as reviewed', () => matchesGolden('rich.en.md', renderMarkdown(RICH, options({ subject: 'harbour-bank', known: true }))));
markdown('reads in Chinese as reviewed', () => matchesGolden('rich.zh.md', renderMarkdown(RICH, options({ lang: 'zh', known: true }))));

markdown('shows what the text report shows, and counts the rest', () => {
  const text = renderMarkdown(RICH, options());
  assert.match(text, '1 finding covered by a waiver');
  assert.not.match(text, 'aaaaaaaaaaaaaaaa');
  assert.match(renderMarkdown({ ...SAMPLE, findings: [] }, options()), '**No findings**');
});

const HOSTILE = ['`', '``` x', '[x](https://evil.example)', '<img src=x onerror=alert(1)>', '| a |', '**b**', '# h', 'a\nb', '\u202eabc', '-->', '&lt;', '  '];

for (const name of HOSTILE) {
  markdown(`stays a name: ${JSON.stringify(name)}`, () => {
    const place = at(`src/${name}.ts`, 1);
    const page = renderMarkdown({ ...SAMPLE, findings: [finding('log', 'deny', {
      id: 'a'.repeat(16), elements: [claim(name)], sink: sink(place, name, { destination: name }), sources: [source(name, place)], context: { symbol: name, code: 'production', side: 'server' },
    })], gaps: [{ kind: 'syntax-error', file: place.file, detail: name }] }, options({ subject: name }));
    assert.not.match(page, /[\u202a-\u202e]/);
    // Outside of code spans every mark of Markdown that is not ours stands behind a backslash.
    const outside = page.split('\n').map((line) => line.replace(/(?<!\\)(`+)(?!`).*?[^`]\1(?!`)|(?<!\\)` `/g, ''));
    for (const line of outside) assert.not.match(line.replace(/\\./g, '').replace(/^(?:#+ |- |\|.*\||\*\*.*\*\*$)/, ''), /[<\[*`]/, line);
  });
}

markdown.run();
