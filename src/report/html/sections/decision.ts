// What policy makes of a finding: effect, who spoke, by which clauses, what has to be done, and what covers it.
import type { Finding } from '#model/finding';
import { type Html, html, NOTHING, type Part } from '../html.ts';
import { GRADE_LABELS, obligationLabel } from '../labels.ts';
import { badge, code, fact, list, place } from '../parts.ts';
import { both } from '../tongues.ts';
import type { View } from '../view.ts';
import { remedy } from '../../sentences.ts';

export function decisionBlock(finding: Finding, { say }: View): Html {
  const { decision, channel } = finding;
  const { controls, obligations = [] } = decision;
  return html`<h4>${both('Decision', '判定')}</h4>
<p>${badge(decision.effect)} ${decision.blocking ? both('and makes this run fail', '并使本次运行失败') : both('but does not make this run fail', '但不使本次运行失败')}</p>
<p>${say(({ messages }) => messages.rule[channel].why)}${both('.', '。')}</p>
<dl class="facts">
${fact(both('Controls', '控制项'), controls.length === 0 ? undefined : html`${controls.map((control) => html`${code(control)} `)}`)}
${fact(both('Clauses', '条款'), citations(finding))}
${fact(both('To be done', '须完成'), list(obligations.map(obligationLabel)))}
${fact(both('As an incident', '若成事件'), incident(finding))}
${fact(both('Waiver', '豁免'), waiver(finding))}
${fact(both('Comment', '注释'), comment(finding))}
</dl>
<h4>${both('How to fix it', '处理办法')}</h4>
<p>${say(({ messages, vocabulary }) => remedy(finding, messages, vocabulary))}</p>`;
}

function citations({ decision: { citations: clauses, unverified = [] } }: Finding): Html {
  if (clauses.length === 0) return NOTHING;
  const mark = (clause: string): Part => (unverified.includes(clause) ? html`<span class="mark">${both('numbering not verified', '编号未核对')}</span>` : NOTHING);
  return html`<ul class="clauses">${clauses.map((clause) => html`<li>${clause} ${mark(clause)}</li>`)}</ul>`;
}

function incident({ decision }: Finding): Html {
  if (decision.incident === undefined) return NOTHING;
  const { grade, report, withinHours } = decision.incident;
  const told = report.join(', ');
  return html`${both('grade', '等级')} <strong>${GRADE_LABELS[grade]}</strong>${told === '' ? NOTHING : both(
    html`; to be reported to ${told}${withinHours === undefined ? '' : ` within ${withinHours} h`}`,
    html`；须报告 ${told}${withinHours === undefined ? '' : `，${withinHours} 小时内`}`,
  )}`;
}

function waiver({ decision }: Finding): Html {
  if (decision.waiver === undefined) return NOTHING;
  const { id, reason, approver, expires } = decision.waiver;
  return html`${code(id)} ${reason} <span class="hint">${both(`approved by ${approver}, until ${expires}`, `批准：${approver}，有效期至 ${expires}`)}</span>`;
}

function comment({ suppression }: Finding): Html {
  if (suppression === undefined) return NOTHING;
  const { reason, until, location } = suppression;
  return html`${reason} <span class="hint">${until === undefined ? NOTHING : both(`until ${until}, `, `有效期至 ${until}，`)}${place(location)}</span>`;
}
