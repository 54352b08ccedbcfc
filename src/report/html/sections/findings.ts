// All findings, those that ask for something first. With a script they can be searched and filtered; without one they are all
// there to be read.
import { CHANNEL_NAMES } from '#model/channel';
import { CHANGES } from '#model/change';
import type { Finding } from '#model/finding';
import { type Html, html, NOTHING, type Part } from '../html.ts';
import { effectIcon } from '../icons.ts';
import { CHANGE_LABELS, CHANNEL_LABELS, CLASS_MEANINGS, EFFECT_LABELS, STANDING_LABELS } from '../labels.ts';
import { both, plural } from '../tongues.ts';
import { type View, WORST_FIRST } from '../view.ts';
import { type Standing, STANDINGS } from '../../visible.ts';
import { createBudget } from './budget.ts';
import { findingCard } from './finding-card.ts';
import type { Section } from './section.ts';

export function findings(view: View): Section {
  const open = view.byStanding.open.length;
  const budget = createBudget();
  return {
    id: 'findings',
    title: both('Findings', '发现'),
    count: open,
    intro: both(
      'Each finding is one place where customer data leaves, with the way it took, the decision of the policy and what to do. Open one to see all of it.',
      '每个发现是客户信息流出的一处位置，含其途经路径、策略判定和处理办法。展开可查看全部内容。',
    ),
    body: [filters(view), STANDINGS.map((standing) => group(standing, view, budget.card((finding, form) => findingCard(finding, form, view)))), budget.notice()],
  };
}

function group(standing: Standing, { byStanding }: View, card: (finding: Finding) => Html): Html {
  const members = byStanding[standing];
  if (members.length === 0) return standing === 'open' ? html`<p class="nothing">${both('No open findings.', '没有未处置的发现。')}</p>` : NOTHING;
  const title = html`${STANDING_LABELS[standing]} <span class="number" data-group-count>${members.length}</span>`;
  const cards = html`<div class="cards-of">${members.map(card)}</div>`;
  return standing === 'open'
    ? html`<div class="group" data-group="open"><h3>${title}</h3>${cards}</div>`
    : html`<div class="group" data-group="${standing}"><h3>${title}</h3><p class="hint">${INTROS[standing]}</p>${cards}</div>`;
}

const INTROS: Readonly<Record<Exclude<Standing, 'open'>, Html>> = {
  uncertain: both('What made the tool suspect them is weak; the other formats leave them out unless asked.', '识别依据较弱；其他格式默认不列出。'),
  waived: both('Somebody with the right to do so has accepted them until the day named.', '已由有权人员接受，至所示日期为止。'),
  suppressed: both('A comment in the code gives the reason.', '代码中的注释说明了理由。'),
  observed: both('Judged, but only observed at this stage.', '已判定，但在此阶段仅观察。'),
  allowed: both('The policy has nothing against them, mostly because a sufficient protection was met on the way.', '策略允许；多因途中已有充分的保护。'),
};

function filters({ findings: all, result }: View): Html {
  const channels = CHANNEL_NAMES.filter((channel) => all.some((finding) => finding.channel === channel));
  const effects = WORST_FIRST.filter((effect) => all.some(({ decision }) => decision.effect === effect));
  const classes = (['C3', 'C2', 'C1'] as const).filter((level) => all.some((finding) => finding.class === level));
  const changes = result.comparison === undefined ? [] : CHANGES.filter((change) => all.some((finding) => finding.change === change));
  return html`<form class="filters" id="filters" hidden>
<div class="search"><label for="query">${both('Search', '搜索')}</label><input id="query" type="search" autocomplete="off" spellcheck="false" aria-describedby="query-hint"></div>
<p class="hint" id="query-hint">${both('Any word: a file, a name, an element, a clause. Or ', '任意词：文件、名称、信息项、条款；或 ')}<code>element:iban</code> <code>channel:log</code> <code>vendor:sentry</code> <code>file:src/</code></p>
${facet('effect', both('Decision', '判定'), effects.map((effect) => [effect, html`${effectIcon(effect)}${EFFECT_LABELS[effect]}`, effect]))}
${facet('channel', both('Destination', '去向'), channels.map((channel) => [channel, CHANNEL_LABELS[channel]]))}
${facet('class', both('Class', '类别'), classes.map((level) => [level, html`${level}<span class="unseen"> ${CLASS_MEANINGS[level]}</span>`]))}
${facet('change', both('Change', '变化'), changes.map((change) => [change, CHANGE_LABELS[change]]))}
<div class="actions"><p role="status"><b id="shown">${all.length}</b> ${both('of', '/')} ${all.length} ${both(all.length === 1 ? 'finding' : 'findings', '个发现')}</p>
<button type="reset">${both('Clear', '清除')}</button><button type="button" id="expand">${both('Open all', '全部展开')}</button><button type="button" id="collapse">${both('Close all', '全部收起')}</button></div>
</form>
<p class="nothing" id="no-match" hidden>${both('No finding matches.', '没有匹配的发现。')}</p>`;
}

type Choice = readonly [value: string, label: Part, className?: string];

const facet = (name: string, title: Html, choices: readonly Choice[]): Html => (choices.length < 2
  ? NOTHING
  : html`<fieldset><legend>${title}</legend>${choices.map(([value, label, className = '']) =>
    html`<label class="chip ${className}"><input type="checkbox" name="${name}" value="${value}"><span>${label}</span></label>`)}</fieldset>`);
