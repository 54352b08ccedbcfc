// What `explain` tells of a finding and of a place, and why a place is not reported.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExplainNote } from '#model/explain';
import type { Finding } from '#model/finding';
import { renderFindingExplained, renderPlaceExplained } from '#report/explain';
import { matchesGolden } from './golden.ts';
import { at, options, SAMPLE } from './sample.ts';

const byId = (digit: string): Finding => {
  const found = SAMPLE.findings.find((finding) => finding.id === digit.repeat(16));
  if (found === undefined) throw new Error(`no finding ${digit}`);
  return found;
};
const place = (file: string, line: number, notes: readonly ExplainNote[] = [], whyNot = false): string =>
  renderPlaceExplained(SAMPLE, notes, { file, line }, { ...options(), whyNot });
const note: ExplainNote = { location: at('src/free.ts', 4), kind: 'stopped', names: ['maskEmail'], reason: 'a mask that suffices for a log' };

const explaining = suite('report/explain');

explaining('a finding, with every step and all that was assumed', () =>
  matchesGolden('explain.en.txt', renderFindingExplained(byId('1'), [], options())));
explaining('the same in Chinese', () =>
  matchesGolden('explain.zh.txt', renderFindingExplained(byId('1'), [], options({ lang: 'zh' }))));

explaining('says what hides a finding', () => {
  assert.match(renderFindingExplained(byId('5'), [], options()), 'its confidence is low');
  assert.match(renderFindingExplained(byId('6'), [], options()), 'a comment suppresses it (cleared on logout)');
  assert.match(renderFindingExplained(byId('7'), [], options()), 'the decision allows it');
});

explaining('a place: findings that end there, that pass there, and notes', () => {
  assert.match(place('src/track.ts', 3), /2{16} .*reported here/);
  assert.match(place('src/users/dto.ts', 8), /1{16} .*passes here/);
  assert.match(place('src/free.ts', 4, [note]), 'the flow ends at maskEmail: a mask that suffices for a log');
});

explaining('why not: hidden findings, obstacles and gaps, and never silence', () => {
  assert.match(place('src/error.ts', 2, [], true), 'the decision allows it');
  assert.not.match(place('src/users/dto.ts', 8, [], true), 'passes here');
  assert.match(place('src/broken.ts', 3, [], true), "not analysed: syntax error: '}' expected");
  assert.match(place('src/free.ts', 9, [], true), 'neither customer data nor a sink');
});

explaining.run();
