// The report for people: golden texts, what is hidden and counted, and that colour changes nothing but colour.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderText } from '#report/text';
import { matchesGolden } from './golden.ts';
import { at, finding, options, SAMPLE, sink, source, step } from './sample.ts';

const text = suite('report/text');

text('reads in English as reviewed', () => matchesGolden('sample.en.txt', renderText(SAMPLE, options())));
text('reads in Chinese as reviewed', () => matchesGolden('sample.zh.txt', renderText(SAMPLE, options({ lang: 'zh' }))));

text('colour adds escape sequences and nothing else', () => {
  const colored = renderText(SAMPLE, options({ color: true }));
  assert.ok(colored.includes('\u001b['));
  assert.is(colored.replace(/\u001b\[[0-9;]*m/g, ''), renderText(SAMPLE, options()));
});

text('low confidence is shown when asked for', () => {
  assert.not.ok(renderText(SAMPLE, options()).includes('5555555555555555'));
  assert.ok(renderText(SAMPLE, options({ confidence: 'low' })).includes('5555555555555555'));
});

text('quiet hides warnings and notes and says how many', () => {
  const quiet = renderText(SAMPLE, options({ quiet: true }));
  assert.not.ok(quiet.includes('3333333333333333'));
  assert.ok(quiet.includes('1111111111111111'));
  assert.match(quiet, '2 warnings and notes not shown (--quiet)');
});

text('what blocks is shown at any confidence', () => {
  const blocking = finding('log', 'deny', { id: '8888888888888888', confidence: 'medium', sink: sink(at('a.ts', 1), 'log') });
  assert.ok(renderText({ ...SAMPLE, findings: [blocking] }, options({ confidence: 'high' })).includes('8888888888888888'));
});

text('says what a ? behind a clause means, where one is shown', () => {
  const judged = (citations: readonly string[], unverified: readonly string[]): string => renderText({
    ...SAMPLE, findings: [finding('log', 'deny', { id: '7777777777777777', sink: sink(at('a.ts', 1), 'log'), decision: { effect: 'deny', blocking: true, controls: ['log.c2'], citations, unverified } })],
  }, options());
  assert.match(judged(['PIPL 51', 'GDPR 32'], ['GDPR 32']), /GDPR 32\?\)\.[^]*\n✖ 1 finding[^]*\n\? after a clause: its number has not been compared with the text in force yet\n/);
  assert.not.match(judged(['PIPL 51'], []), 'after a clause');
  // Only the first four are named.
  assert.not.match(judged(['A 1', 'A 2', 'A 3', 'A 4', 'GDPR 32'], ['GDPR 32']), 'after a clause');
});

text('says it in Chinese too', () => {
  const decision = { effect: 'deny', blocking: true, controls: ['log.c2'], citations: ['GDPR 32'], unverified: ['GDPR 32'] } as const;
  const report = renderText({ ...SAMPLE, findings: [finding('log', 'deny', { id: '7777777777777777', sink: sink(at('a.ts', 1), 'log'), decision })] }, options({ lang: 'zh' }));
  assert.match(report, '条款后的 ? 表示条款编号尚未与现行文本核对');
});

text('shows what a control of the bank\'s own says to do', () => {
  const ours = finding('log', 'deny', { id: '7777777777777777', sink: sink(at('a.ts', 1), 'log') });
  const { vocabulary } = options();
  const report = renderText({ ...SAMPLE, findings: [ours] }, { ...options(), vocabulary: { ...vocabulary, ownRemedy: (controls) => (controls.includes('default.log') ? 'Ask the desk.' : undefined) } });
  assert.match(report, /fix {3}Ask the desk\.\n/);
});

text('exactly eight steps are not folded, nine are', () => {
  const steps = (count: number) => Array.from({ length: count }, (_, index) =>
    step(index === 0 ? 'source' : index === count - 1 ? 'sink' : 'assign', at('a.ts', index + 1), `n${index}`));
  const report = (count: number): string => renderText({
    ...SAMPLE,
    findings: [finding('log', 'deny', {
      id: '9999999999999999', sink: sink(at('a.ts', count), 'log'), sources: [source('n0', at('a.ts', 1), steps(count))],
    })],
  }, options());
  assert.not.ok(report(8).includes('more step'));
  assert.match(report(9), '… 2 more steps');
});

text('no findings is not the same as nothing analysed', () => {
  const empty = { ...SAMPLE, findings: [], gaps: [] };
  assert.match(renderText(empty, options()), '✔ No findings');
  const nothing = renderText({ ...empty, counts: { ...SAMPLE.counts, files: 0 } }, options());
  assert.match(nothing, 'No file was analysed');
  assert.not.match(nothing, 'No findings');
});

text('long lists of gaps are folded with their count', () => {
  const gaps = Array.from({ length: 14 }, (_, index) => ({ kind: 'syntax-error' as const, file: at(`src/f${index}.ts`, 1).file, detail: '' }));
  const report = renderText({ ...SAMPLE, gaps }, options());
  assert.match(report, '14 files were not analysed in full:');
  assert.match(report, '… and 4 more');
});

text.run();
