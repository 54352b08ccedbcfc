// The HTML report as a text: what was reviewed, what may run in it, that it is whole, and that equal results give equal bytes.
import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from '#report/html/assets';
import { renderHtml } from '#report/html/render-html';
import { matchesGolden } from '../golden.ts';
import { options, SAMPLE } from '../sample.ts';
import { readDocument } from './document.ts';
import { RICH } from './sample.ts';

const report = suite('report/html/render-html');

const page = renderHtml(RICH, options({ subject: 'harbour-bank' }));
const { tags, text, raw } = readDocument(page);
const withAttribute = (name: string): readonly string[] => tags.flatMap(({ attributes }) => attributes.get(name) ?? []);

report('reads as reviewed', () => {
  // Style and script have tests of their own; here they would only hide what changed in the page.
  matchesGolden('rich.html', page.replace(STYLE, '…').replace(SCRIPT, '…').replaceAll(STYLE_HASH, '…').replaceAll(SCRIPT_HASH, '…'));
});

report('does not depend on the order of findings, gaps or counts', () => {
  const shuffled = { ...RICH, findings: [...RICH.findings].reverse(), counts: { ...RICH.counts, limits: { ...RICH.counts.limits } } };
  assert.is(renderHtml(shuffled, options({ subject: 'harbour-bank' })), page);
});

report('only its own style and script may run, and their hashes are true', () => {
  const hash = (content = ''): string => `sha256-${createHash('sha256').update(content).digest('base64')}`;
  const [policy = ''] = tags.filter(({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy').map(({ attributes }) => attributes.get('content') ?? '');
  assert.match(policy, "default-src 'none'");
  assert.match(policy, `script-src '${hash(raw.get('script'))}'`);
  assert.match(policy, `style-src '${hash(raw.get('style'))}'`);
  assert.not.match(policy, 'unsafe');
  assert.equal(tags.filter(({ name }) => ['script', 'style'].includes(name)).length, 2);
});

report('has no inline handler, no inline style, and refers to nothing outside of itself', () => {
  for (const { name, attributes } of tags) {
    for (const attribute of attributes.keys()) assert.not.match(attribute, /^on|^style$|^src$|^srcset$|^action$|^formaction$/, name);
  }
  for (const target of withAttribute('href')) assert.match(target, /^#|^data:,$/);
  assert.not.match(STYLE, /url\(|@import/);
});

report('ids are unique, and every link leads somewhere', () => {
  const ids = withAttribute('id');
  assert.is(new Set(ids).size, ids.length);
  for (const target of withAttribute('href')) if (target.startsWith('#')) assert.ok(ids.includes(target.slice(1)), target);
  for (const target of ['for', 'aria-labelledby', 'aria-describedby'].flatMap(withAttribute)) assert.ok(ids.includes(target), target);
});

report('headings go down one level at a time', () => {
  const levels = tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
  assert.is(levels[0], 1);
  levels.forEach((level, index) => assert.ok(index === 0 || level <= (levels[index - 1] ?? 0) + 1, `h${level} after h${levels[index - 1]}`));
});

report('every finding is there, with all that its decision holds, in both languages', () => {
  for (const { id } of RICH.findings) assert.ok(withAttribute('id').includes(`f-${id}`), id);
  for (const said of [
    'W-2026-014', 'migration to the new CRM', 'approved by risk, until 2027-01-31', '批准：risk，有效期至 2027-01-31', 'expires soon', 'NFRA 34', 'numbering not verified',
    'Get the approval of: data-protection-officer', '须经审批：data-protection-officer', 'to be reported to regulator within 2 h', '须报告 regulator，2 小时内',
    'cleared on logout', 'team-login', 'too weak here', '在此强度不足', 'a call whose code is not visible', 'src/gone.ts', 'customer data platform · United States', '客户数据平台 · 美国',
  ]) assert.ok(text.includes(said), said);
});

report('the language of the run is the one that is seen first', () => {
  const checked = (html: string): readonly (string | undefined)[] => readDocument(html).tags.filter(({ attributes }) => attributes.has('checked')).map(({ attributes }) => attributes.get('id'));
  assert.equal(checked(page), ['lang-en', 'theme-auto']);
  const chinese = renderHtml(RICH, options({ lang: 'zh' }));
  assert.equal(checked(chinese), ['lang-zh', 'theme-auto']);
  assert.match(chinese, '<html lang="zh-CN"');
});

report('holds no absolute path and no time', () => {
  assert.not.match(text, /(?:^|[\s"'(])\/(?:home|root|Users|tmp|var)\//);
  assert.not.match(text, /\b\d\d:\d\d:\d\d\b/);
});

report('a run that saw nothing does not look like one that found nothing', () => {
  const nothing = renderHtml({ ...SAMPLE, findings: [], gaps: [], counts: { ...SAMPLE.counts, files: 0 } }, options());
  assert.match(nothing, 'No file was analysed');
  assert.not.match(nothing, 'No open findings</span>');
  const clean = readDocument(renderHtml({ ...SAMPLE, findings: [], gaps: [] }, options())).text;
  assert.match(clean, 'No open findings');
  assert.match(clean, 'That is not evidence of compliance.');
});

report('what no detector looks at is never shown as in order', () => {
  const clean = readDocument(renderHtml({ ...SAMPLE, findings: [] }, options())).text;
  assert.match(clean, 'Not examined by this version');
});

report.run();
