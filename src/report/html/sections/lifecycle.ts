// The findings along the duties of a bank's plan for protecting customer information: first the life of the data, then how the
// bank manages it. A duty of which nothing is examined says so; none is ever shown as fulfilled.
import { INCIDENT_GRADES } from '#model/decision';
import { bearsOn, type Duty, STAGE_DUTIES } from '../duties.ts';
import { type Html, html, NOTHING } from '../html.ts';
import { GRADE_LABELS } from '../labels.ts';
import { bar, table, tally } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { countEffects, type View } from '../view.ts';
import type { Section } from './section.ts';

export const lifecycle = (view: View): Section => ({
  id: 'lifecycle',
  title: both('Along the life of the data', '数据生命周期'),
  intro: both(
    'Open findings by the duties of a plan for protecting customer information. A stage without findings is not thereby in order: only what source code shows is seen here.',
    '按客户信息保护工作方案的各项职责归集未处置的发现。没有发现的环节并不因此合规：此处仅反映源代码所能显示的内容。',
  ),
  body: [
    html`<ol class="stages">${STAGE_DUTIES.map((duty) => stage(duty, view))}</ol>
<h3>${both('How it is managed', '管理职责')}</h3>`,
    management(view),
  ],
});

function stage(duty: Duty, { byStanding }: View): Html {
  const open = byStanding.open.filter((finding) => bearsOn(duty, finding));
  const counts = countEffects(open);
  return html`<li class="stage${duty.examined ? '' : ' blind'}"><h3>${both(duty.name.en, duty.name.zh)}</h3>
<p class="asks">${both(duty.asks.en, duty.asks.zh)}</p>
${open.length > 0
    ? html`<p class="state">${bar(counts)}<a href="#findings" data-query="duty:${duty.id} standing:open">${tally(counts)}<span class="unseen"> ${both('open findings', '个未处置的发现')}</span></a></p>`
    : html`<p class="state quiet">${duty.examined ? both('Nothing found', '没有发现') : both('Not examined by this version', '本版本尚未检查')}</p>`}
<p class="hint">${both('Looks at: ', '检查内容：')}${both(duty.shows.en, duty.shows.zh)}</p></li>`;
}

function management(view: View): Html {
  return table({
    className: 'management',
    caption: both('What this run shows of each', '本次运行对各项职责的反映'),
    columns: [{ title: both('Duty', '职责') }, { title: both('Evidence from this run', '本次运行的依据'), kind: 'wide' }],
    rows: [
      [duty('Management system', '管理制度', 'rules per stage, versioned, tested, with citations', '分阶段规则，有版本、测试与条款依据'), controls(view)],
      [duty('Partner management', '合作方管理', 'a reviewed register', '登记与复核'), partners(view)],
      [duty('Incident plan', '应急预案', 'grading, reporting', '分级与报告'), incidents(view)],
      [duty('Division of duties', '职责分工', 'findings routed to owners', '责任到人'), owners(view)],
      [duty('Improvement and audit', '持续改进与审计', 'baseline, exceptions with an end', '基线、有期限的例外'), audit(view)],
    ],
  });
}

const duty = (en: string, zh: string, asksEn: string, asksZh: string): Html => html`${both(en, zh)}<span class="asks">${both(asksEn, asksZh)}</span>`;

/** Controls of the policy that say: no rule speaks of this. */
const UNJUDGED: ReadonlySet<string> = new Set(['default', 'management.unjudged']);

function controls({ findings }: View): Html {
  const spoke = new Set(findings.flatMap((finding) => finding.decision.controls));
  const unjudged = findings.filter((finding) => finding.decision.controls.some((control) => UNJUDGED.has(control))).length;
  return html`${both(`${plural(spoke.size, 'control')} of the policy spoke.`, `策略中有 ${spoke.size} 项控制作出了判定。`)}${unjudged === 0 ? NOTHING : html` ${both(
    `No rule speaks of ${plural(unjudged, 'finding')}; a warning says so.`, `有 ${unjudged} 个发现没有对应规则，以警告提示。`,
  )}`}`;
}

function partners({ findings }: View): Html {
  const vendors = new Set(findings.flatMap(({ sink }) => (sink.vendor === undefined ? [] : [sink.vendor])));
  const toAssess = findings.filter(({ decision }) => decision.obligations?.some(({ kind }) => kind === 'assess' || kind === 'record')).length;
  return html`<a href="#parties">${both(plural(vendors.size, 'third party', 'third parties'), `${vendors.size} 个第三方`)}</a> ${both('seen in the code.', '出现在代码中。')}${toAssess === 0 ? NOTHING : html` ${both(
    `${plural(toAssess, 'finding')} ${toAssess === 1 ? 'demands' : 'demand'} an assessment or an entry in the register.`, `${toAssess} 个发现要求评估或登记。`,
  )}`}`;
}

function incidents({ findings }: View): Html {
  const graded = findings.flatMap(({ decision }) => (decision.incident === undefined ? [] : [decision.incident]));
  if (graded.length === 0) return both('The decisions of this run carry no incident grade.', '本次运行的判定未给出事件等级。');
  const grades = INCIDENT_GRADES.map((grade) => ({ grade, count: graded.filter((each) => each.grade === grade).length })).filter(({ count }) => count > 0);
  const reported = graded.filter(({ report }) => report.length > 0);
  const hours = reported.flatMap(({ withinHours }) => (withinHours === undefined ? [] : [withinHours]));
  return html`${both('If the data left: ', '若数据已流出：')}${grades.map(({ grade, count }, index) => html`${index === 0 ? '' : ', '}${count} × ${GRADE_LABELS[grade]}`)}${both('.', '。')}${reported.length === 0 ? NOTHING : html` ${both(
    `${reported.length} would have to be reported${hours.length === 0 ? '' : `, the first within ${Math.min(...hours)} h`}.`,
    `其中 ${reported.length} 个须报告${hours.length === 0 ? '' : `，最早须在 ${Math.min(...hours)} 小时内`}。`,
  )}`}`;
}

function owners({ byStanding: { open } }: View): Html {
  const owned = open.filter(({ context }) => context.owner !== undefined).length;
  return open.length === 0
    ? both('No open finding to route.', '没有需要分派的发现。')
    : both(`${owned} of ${plural(open.length, 'open finding')} ${owned === 1 ? 'has' : 'have'} an owner.`, `${open.length} 个未处置的发现中有 ${owned} 个已有责任方。`);
}

function audit({ byStanding, result: { comparison } }: View): Html {
  const { waived, suppressed } = byStanding;
  const compared = comparison === undefined
    ? both('The run was not compared with an earlier state.', '本次运行未与先前状态比较。')
    : both(
      `Compared with an earlier state: ${comparison.counts.introduced} new, ${comparison.counts.reached} leaking more, ${comparison.counts.fixed} fixed.`,
      `与先前状态比较：新增 ${comparison.counts.introduced}，扩大 ${comparison.counts.reached}，已修复 ${comparison.counts.fixed}。`,
    );
  return html`${compared} <a href="#exceptions">${both(`${waived.length} waived, ${suppressed.length} explained in the code`, `${waived.length} 个已豁免，${suppressed.length} 个已在代码中说明`)}</a>${both('.', '。')}`;
}
