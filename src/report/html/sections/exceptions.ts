// What is accounted for without being fixed: waivers with owner and end, comments with a reason; and what was fixed since.
import type { Finding } from '#model/finding';
import { type Html, html, NOTHING } from '../html.ts';
import { code, mark, place, table } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { groupBy, type View } from '../view.ts';
import type { Section } from './section.ts';

export const exceptions = (view: View): Section => ({
  id: 'exceptions',
  title: both('Waivers and other exceptions', '豁免与其他例外'),
  count: view.byStanding.waived.length + view.byStanding.suppressed.length,
  intro: both(
    'What the policy objects to and somebody has accepted: by whom, why, until when.',
    '策略提出异议而已被接受的内容：由谁、因何、至何时。',
  ),
  body: [waivers(view), comments(view), fixed(view)],
});

function waivers({ byStanding: { waived } }: View): Html {
  const heading = html`<h3>${both('Waivers', '豁免')}</h3>`;
  if (waived.length === 0) return html`${heading}<p class="nothing">${both('No finding is covered by a waiver.', '没有发现获得豁免。')}</p>`;
  const rows = [...groupBy(waived, ({ decision }) => decision.waiver?.id ?? '')].map(([id, findings]) => ({ id, waiver: findings[0]?.decision.waiver, findings }));
  return html`${heading}${table({
    className: 'waivers',
    caption: both('Waivers that cover findings of this run', '覆盖本次运行发现的豁免'),
    columns: [
      { title: both('Waiver', '豁免') }, { title: both('Reason', '理由'), kind: 'wide' }, { title: both('Approved by', '批准') },
      { title: both('Until', '有效期至') }, { title: both('Covers', '覆盖'), kind: 'wide' },
    ],
    rows: rows.map(({ id, waiver, findings }) => [
      code(id), waiver?.reason, waiver?.approver,
      html`<span class="date">${waiver?.expires}</span>${waiver?.state === 'expiring' ? html` <span class="mark strong">${both('expires soon', '即将到期')}</span>` : NOTHING}`,
      covered(findings),
    ]),
  })}`;
}

function comments({ byStanding: { suppressed } }: View): Html {
  const heading = html`<h3>${both('Comments in the code', '代码中的注释')}</h3>`;
  if (suppressed.length === 0) return html`${heading}<p class="nothing">${both('No finding is explained by a comment.', '没有发现由注释说明。')}</p>`;
  return html`${heading}${table({
    caption: both('Findings that a comment with a reason covers', '由带理由的注释覆盖的发现'),
    columns: [{ title: both('Comment', '注释位置') }, { title: both('Reason', '理由'), kind: 'wide' }, { title: both('Until', '有效期至') }, { title: both('Covers', '覆盖'), kind: 'wide' }],
    rows: suppressed.map((finding) => [
      finding.suppression === undefined ? '' : place(finding.suppression.location),
      finding.suppression?.reason,
      finding.suppression?.until === undefined ? both('no end', '无期限') : html`<span class="date">${finding.suppression.until}</span>`,
      covered([finding]),
    ]),
  })}`;
}

const covered = (findings: readonly Finding[]): Html =>
  html`<ul class="places">${findings.map(({ id, sink, decision }) => html`<li>${mark(decision.effect)} <a href="#f-${id}">${place(sink.location)}</a></li>`)}</ul>`;

function fixed({ result: { comparison } }: View): Html {
  if (comparison === undefined) return NOTHING;
  const heading = html`<h3>${both('Fixed since', '已修复')}</h3>`;
  const base = comparison.with === 'diff' ? comparison.base.slice(0, 10) : comparison.base;
  const compared = html`<p>${both('Compared with ', '与 ')}${code(base)}${both(
    `: ${comparison.counts.introduced} new, ${comparison.counts.reached} leaking more, ${comparison.counts.moved} moved, ${comparison.counts.unchanged} known, ${comparison.counts.fixed} fixed.`,
    ` 比较：新增 ${comparison.counts.introduced}，扩大 ${comparison.counts.reached}，移动 ${comparison.counts.moved}，已知 ${comparison.counts.unchanged}，已修复 ${comparison.counts.fixed}。`,
  )}</p>`;
  if (comparison.fixed.length === 0) return html`${heading}${compared}`;
  return html`${heading}${compared}<details class="more"><summary>${both(plural(comparison.fixed.length, 'fixed finding'), `${comparison.fixed.length} 个已修复的发现`)}</summary><div class="body"><ul class="places">${comparison.fixed.map((known) =>
    html`<li>${code(known.file)} ${code(known.callee)} <span class="hint">${known.rule} ${known.id}</span></li>`)}</ul></div></details>`;
}
