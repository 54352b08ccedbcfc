// Names of the analysed repository in log commands and in Markdown: whatever they hold, they stay names. The runner's own way of
// reading commands and the rules for code spans of CommonMark judge here, not our own escaping.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { annotations } from '../../src/action/annotations.ts';
import { commandProperty, commandText, urlPath } from '../../src/action/inert.ts';
import { renderSummary } from '../../src/action/summary.ts';
import type { Finding } from '#model/finding';
import { codeSpan, visible } from '#report/inert';
import { messagesFor } from '#report/messages';
import { withFolder } from '../cli/spawn.ts';
import { at, claim, finding, options, SAMPLE, sink, source, step } from '../report/sample.ts';
import { readCommands, runJob } from './runner.ts';

const inert = suite('action/inert');

/** What somebody might call a file, a function, a column, a catalogue entry. */
const HOSTILE: readonly string[] = [
  '::error::owned', '::set-output name=conclusion::success', '::add-mask::a', '::stop-commands::x', '::endgroup::', ' ::warning file=a::b',
  '##[error]owned', '##[add-mask]a', 'x\n::error::owned', 'x\r\n::error::owned', 'x\r::error::owned', 'x%0A::error::owned', '%0D%0A::debug::x',
  'a,line=1,title=owned', 'a:1:2::owned', 'name\u2028::error::x', 'name\u0085::error::x', '\u001b[31mred\u001b[0m', '\u0007bell', 'a\u0000b',
  '`', '``', '` <b>x</b> `', '``` \n# heading', 'a`b``c', '[click](https://evil.example)', '![x](https://evil.example/p.png)', '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>', '</details></td></table>', '<!-- hidden', '| a | b |', '\\| a', '@bank/security', '#1', 'GH-1', 'https://evil.example/', 'www.evil.example',
  '$x$', '*bold*', '_em_', '~~gone~~', '# heading', '> quote', '- [ ] task', '\u202egnp.exe', 'a\u200bb', '\u2066x\u2069', '&lt;b&gt;', '$(touch owned)', '${{ secrets.X }}', '"; echo', '\ud800', '\u{e0041}',
  '', ' ', '   ', '..', '../../etc/passwd', 'a'.repeat(5000),
];

inert('there are enough of them', () => {
  assert.ok(new Set(HOSTILE).size >= 30);
});

/** Markdown → the text of each code span and what is left around them, by CommonMark's rule for backtick strings. */
function spans(markdown: string): { readonly code: readonly string[]; readonly rest: string } {
  const code: string[] = [];
  let rest = '';
  for (let index = 0; index < markdown.length; ) {
    const [run] = /^`+/.exec(markdown.slice(index)) ?? [];
    if (run === undefined) {
      rest += markdown[index];
      index += 1;
      continue;
    }
    const start = index + run.length;
    const close = [...markdown.slice(start).matchAll(/`+/g)].find(([each]) => each.length === run.length);
    if (close?.index === undefined) throw new Error(`a fence that is never closed: ${markdown}`);
    code.push(markdown.slice(start, start + close.index));
    index = start + close.index + run.length;
  }
  return { code, rest };
}

inert('a name becomes one line of visible characters', () => {
  for (const name of HOSTILE) assert.not.match(visible(name), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  assert.is(visible('a\nb'), 'a\\u{a}b');
  assert.is(visible('客户 émile'), '客户 émile');
  assert.ok(visible('a'.repeat(5000)).length < 400);
});

inert('a code span holds the whole name and nothing leaves it', () => {
  for (const name of HOSTILE) {
    const { code, rest } = spans(codeSpan(name));
    assert.is(code.length, 1, name);
    assert.is(rest, '', name);
    assert.is(code[0]?.trim(), visible(name).trim(), name);
    assert.not.match(codeSpan(name), /[\r\n]/);
  }
});

inert('a command keeps its name, its properties and its text', () => {
  for (const name of HOSTILE) {
    const line = `::error file=${commandProperty(name)},line=7::${commandText(`head\n${visible(name)}`)}\n`;
    assert.is(line.split(/\r\n|\r|\n/).length, 2, name);
    const [command, ...others] = readCommands(line);
    assert.equal(others, []);
    assert.is(command?.name, 'error');
    assert.equal(Object.keys(command?.properties ?? {}), ['file', 'line']);
    assert.is(command?.properties['line'], '7');
    assert.is(command?.properties['file'], visible(name).trim() === '' ? command?.properties['file'] : visible(name));
    assert.is(command?.text.trimEnd(), `head\n${visible(name)}`.trimEnd(), name);
  }
});

inert('the target of a link cannot end early or leave its place', () => {
  for (const name of HOSTILE) {
    assert.match(urlPath(name), /^[\w.~%/-]*$/, name);
  }
});

const hostile = (name: string, index: number): Finding => finding('log', 'deny', {
  id: index.toString(16).padStart(16, '0'),
  elements: [claim(name === '' ? 'x' : name)],
  sink: sink(at(`src/${name}.ts`, 3), name, { vendor: name, destination: name }),
  sources: [source(name, at(`${name}/x.ts`, 1), [step('source', at(`${name}/x.ts`, 1), name), step('call', at('src/b.ts', 2), name)])],
  context: { symbol: name, code: 'production', side: 'server' },
  decision: { effect: 'deny', blocking: true, controls: [name], citations: [name] },
});

inert('annotations of findings whose every name is hostile', () => {
  for (const [index, name] of HOSTILE.entries()) {
    const lines = annotations([hostile(name, index)], messagesFor('en'), options().vocabulary).join('');
    const commands = readCommands(lines);
    assert.equal(commands.map((each) => each.name), ['error'], name);
    assert.equal(Object.keys(commands[0]?.properties ?? {}), ['file', 'line', 'endLine', 'col', 'endColumn', 'title'], name);
    assert.is(commands[0]?.properties['title'], 'Fiduciary: no-customer-data-in-logs');
  }
});

inert('a summary of findings whose every name is hostile: outside of code spans stand our words alone', () => {
  const base = renderSummary({ result: SAMPLE, shown: [hostile('plain', 1)], words: messagesFor('en'), vocabulary: options().vocabulary, blob: 'https://github.com/bank/ledger/blob/x/', notes: [] });
  const shape = (markdown: string): string => spans(markdown).rest.replace(/\(https:\/\/github\.com\/bank\/ledger\/blob\/x\/[\w.~%/-]*#L\d+\)/g, '(LINK)').replace(/ in (?= · | ,|,)/g, '').replace(/ in $/gm, '');
  for (const [index, name] of HOSTILE.entries()) {
    if (name === '') continue;
    const gaps = [{ kind: 'syntax-error' as const, file: at(name, 1).file, line: 3, detail: name }];
    const text = renderSummary({ result: { ...SAMPLE, gaps }, shown: [hostile(name, index)], words: messagesFor('en'), vocabulary: options().vocabulary, blob: 'https://github.com/bank/ledger/blob/x/', notes: [] });
    const plain = renderSummary({ result: { ...SAMPLE, gaps: gaps.map((gap) => ({ ...gap, file: at('plain', 1).file, detail: 'plain' })) }, shown: [hostile('plain', 1)], words: messagesFor('en'), vocabulary: options().vocabulary, blob: 'https://github.com/bank/ledger/blob/x/', notes: [] });
    assert.is(shape(text), shape(plain), name);
  }
  assert.match(base, 'plain');
});

inert('end to end: a repository with hostile names runs no command and ends no output', () => {
  const names = ['::error::owned', '##[error]x', 'a`b', '<img src=x>', '[x](y)', '$(touch owned)', "it's; echo", '@team', 'a,line=1', '100%0A::warning::x', 'a\n::warning::owned', '\u202etxt'];
  const files = Object.fromEntries(names.map((name, index) => [`src/${name}.ts`, `interface User { id: string; password: string }\nexport function f${index}(user: User): void {\n  console.log(user.password);\n}\n`]));
  withFolder({ ...files, '.git/HEAD': '' }, (workspace) => {
    const end = runJob({ workspace });
    assert.is(end.code, 1);
    assert.is(end.outputs['findings'], String(names.length));
    assert.equal([...new Set(end.commands.map((each) => each.name))], ['group', 'endgroup', 'error']);
    assert.ok(end.commands.filter((each) => each.name === 'error').every((each) => each.properties['title']?.startsWith('Fiduciary') === true));
    assert.not.match(spans(end.summary).rest.replace(/\(https:[\w.~%/:-]*#L\d+\)/g, ''), /[<>$@]|owned/);
  });
});

inert('end to end: a hostile configuration is quoted, not obeyed', () => withFolder({ 'src/a.ts': 'export const a = 1;\n', '.git/HEAD': '' }, (workspace) => {
  for (const key of ['"::error::owned"', '"x\\n::set-output name=conclusion::success"', '"` <b>"', '"##[error]x"']) {
    writeFileSync(join(workspace, 'fiduciary.yaml'), `${key}: 1\n`);
    const end = runJob({ workspace });
    assert.equal([end.code, end.outputs['conclusion']], [2, 'error'], key);
    assert.equal(end.commands.map((each) => each.name), ['group', 'endgroup', 'error'], key);
    assert.not.match(spans(end.summary).rest, /owned|<b>/);
  }
}));

inert.run();
