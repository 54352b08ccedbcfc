// The first screen: what the run means, what goes where, where to start, and what all of it rests on.
import { EFFECTS } from '#model/decision';
import { EXPECTED_GAPS } from '#model/gap';
import { compareText } from '#model/location';
import { type Html, html, NOTHING, type Part } from '../html.ts';
import { effectIcon } from '../icons.ts';
import { EFFECT_LABELS } from '../labels.ts';
import { bar, code, query, table, tally, total } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { compareCounts, countEffects, groupBy, type View, WORST_FIRST } from '../view.ts';
import { matrix } from './matrix.ts';
import type { Section } from './section.ts';

const HOTSPOTS = 8;

export const overview = (view: View): Section => ({
  id: 'overview',
  title: both('Overview', '概览'),
  intro: both('What the code does with customer data, and how the policy judges it.', '代码如何处理客户信息，以及策略如何判定。'),
  body: [verdict(view), tiles(view), matrix(view), hotspots(view), groundwork(view)],
});

function verdict({ result, byStanding }: View): Html {
  const counts = countEffects(byStanding.open);
  const worst = WORST_FIRST.find((effect) => counts[effect] > 0);
  if (result.counts.files === 0) return banner('warn', both('No file was analysed', '没有分析任何文件'), both('Nothing was found out.', '未得出任何结论。'));
  if (worst === undefined) {
    return banner('allow', both('No open findings', '没有未处置的发现'), both(
      'No flow that matters was found under the assumptions below. That is not evidence of compliance.',
      '在下述假设下没有发现需要处置的数据流。这并非合规证明。',
    ));
  }
  const blocking = byStanding.open.filter((finding) => finding.decision.blocking).length;
  const blocks = blocking === 0
    ? both('None of them makes this run fail.', '均不使本次运行失败。')
    : both(`${blocking} of them ${blocking === 1 ? 'makes' : 'make'} this run fail.`, `其中 ${blocking} 个使本次运行失败。`);
  const open = byStanding.open.length;
  return banner(worst, HEADLINES[worst](counts[worst]), html`${both(`${plural(open, 'open finding')} in all. `, `共 ${open} 个未处置的发现。`)}${blocks}`);
}

const HEADLINES = {
  deny: (count: number) => both(`${plural(count, 'flow')} of customer data denied`, `${count} 条客户信息流被禁止`),
  require_approval: (count: number) => both(`${plural(count, 'flow')} of customer data ${count === 1 ? 'needs' : 'need'} approval`, `${count} 条客户信息流需要审批`),
  warn: (count: number) => both(plural(count, 'warning'), `${count} 个警告`),
  note: (count: number) => both(plural(count, 'note'), `${count} 个提示`),
  allow: () => NOTHING,
} as const;

const banner = (effect: (typeof EFFECTS)[number], headline: Part, rest: Part): Html =>
  html`<div class="verdict ${effect}">${effectIcon(effect)}<p><strong>${headline}</strong> ${rest}</p></div>`;

/** One tile for each effect of the open findings, one for what is not open. */
function tiles({ byStanding }: View): Html {
  const open = countEffects(byStanding.open);
  const { waived, suppressed, uncertain, observed, allowed } = byStanding;
  const tile = (effect: (typeof EFFECTS)[number], count: number, query: string): Html =>
    html`<li><a class="tile ${effect}${count === 0 ? ' zero' : ''}" href="#findings" data-query="${query}">${effectIcon(effect)}<b>${count}</b><span>${EFFECT_LABELS[effect]}</span></a></li>`;
  const accepted = waived.length + suppressed.length;
  return html`<ul class="tiles">
${WORST_FIRST.filter((effect) => effect !== 'allow').map((effect) => tile(effect, open[effect], `effect:${effect} standing:open`))}
${tile('allow', allowed.length, 'standing:allowed')}
<li><a class="tile plain${accepted === 0 ? ' zero' : ''}" href="#exceptions"><b>${accepted}</b><span>${both('Waived or explained', '已豁免或已说明')}</span></a></li>
<li><a class="tile plain${uncertain.length === 0 ? ' zero' : ''}" href="#findings" data-query="standing:uncertain"><b>${uncertain.length}</b><span>${both('Uncertain', '不确定')}</span></a></li>
${observed.length === 0 ? NOTHING : html`<li><a class="tile plain" href="#findings" data-query="standing:observed"><b>${observed.length}</b><span>${both('Observed', '仅观察')}</span></a></li>`}
</ul>`;
}

/** The files in which most is to be done. */
function hotspots({ byStanding }: View): Html {
  const files = [...groupBy(byStanding.open, (finding) => finding.sink.location.file)]
    .map(([file, findings]) => ({ file, counts: countEffects(findings) }))
    .sort((a, b) => compareCounts(a.counts, b.counts) || compareText(a.file, b.file));
  if (files.length < 2) return NOTHING;
  const shown = files.slice(0, HOTSPOTS);
  const most = Math.max(...shown.map(({ counts }) => total(counts)));
  return html`<h3>${both('Where to start', '从何处着手')}</h3>
${table({
    className: 'hotspots',
    caption: files.length > shown.length
      ? both(`The ${shown.length} of ${files.length} files with the gravest open findings`, `未处置发现最严重的 ${shown.length} 个文件（共 ${files.length} 个）`)
      : both('Files by their open findings, the gravest first', '按未处置发现排列的文件，最严重的在前'),
    columns: [{ title: both('File', '文件'), kind: 'wide' }, { title: both('Findings', '发现') }, { title: both('How many', '数量'), kind: 'wide' }],
    rows: shown.map(({ file, counts }) => [html`<a href="#findings" data-query="${query(['file', file])}">${code(file)}</a>`, tally(counts), bar(counts, most)]),
  })}`;
}

/** What the numbers rest on, in short; the section on coverage has the rest. */
function groundwork({ result, say }: View): Html {
  const { calls, callsByTier } = result.counts;
  const unexpected = result.gaps.filter((gap) => !EXPECTED_GAPS.has(gap.kind)).length;
  const resolved = calls === 0 ? 100 : Math.floor(((calls - callsByTier.unresolved) / calls) * 100);
  return html`<h3>${both('What this rests on', '以上结论的依据')}</h3>
<p>${say(({ messages }) => messages.analysed(result.counts))}${both('. ', '。')}${both(
    `Of ${plural(calls, 'call')}, ${resolved}\u00a0% lead to code or a library that was seen; of the rest it is assumed that they hand on what they are given.`,
    `${calls} 处调用中有 ${resolved}% 可解析到代码或库；其余调用推定为原样传递其输入。`,
  )} ${unexpected === 0
    ? both('Nothing that should have been analysed was left out.', '应分析的内容均已分析。')
    : both(`${plural(unexpected, 'thing')} could not be analysed in full.`, `有 ${unexpected} 处未能完整分析。`)} <a href="#coverage">${both('Coverage and limits', '覆盖范围与局限')}</a></p>`;
}
