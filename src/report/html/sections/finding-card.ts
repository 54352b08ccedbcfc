// One finding: on its first line what happens, where and how it is judged; opened, the path, the decision and what to do.
import { STAGE_DUTIES, bearsOn } from '../duties.ts';
import { type Html, html, NOTHING } from '../html.ts';
import { CHANGE_LABELS, CHANNEL_LABELS, CONFIDENCE_LABELS, SIDE_LABELS } from '../labels.ts';
import { badge, classPill, code, disclosure, fact, list, markNames, place } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import type { View } from '../view.ts';
import type { ElementClaim } from '#model/element';
import type { Finding } from '#model/finding';
import { compareLocations } from '#model/location';
import { arrivedSentence, headline, headlineNames, rankSources } from '../../sentences.ts';
import { standingOf } from '../../visible.ts';
import type { CardForm } from './budget.ts';
import { decisionBlock } from './decision.ts';
import { flowPath } from './path.ts';

/** Nobody reads the twentieth source; the JSON report holds them all. */
const SOURCES = 12;

export function findingCard(finding: Finding, form: CardForm, view: View): Html {
  const { sink, context, decision } = finding;
  return html`<details class="finding ${decision.effect}" id="f-${finding.id}" ${attributes(finding, view)}>
<summary>
<span class="lead">${badge(decision.effect)}<span class="headline">${view.say(({ messages, vocabulary }) => markNames(headline(finding, messages, vocabulary), headlineNames(finding)))}</span>${classPill(finding.class)}</span>
<span class="sub">${place(sink.location)}<span>${CHANNEL_LABELS[finding.channel]}</span>${marks(finding, view)}</span>
</summary>
<div class="body">${form === 'full'
    ? html`
<div class="flow">${paths(finding, view)}${data(finding, view)}</div>
<div class="judgement">${decisionBlock(finding, view)}${facts(finding, view)}</div>
`
    : html`<p class="hint">${both('Left out to keep this file small; to be seen by: ', '为控制文件大小未列出；可查看：')}<code>fiduciary explain ${finding.id}</code></p>`}</div>
</details>
`;
}

/** What the search looks at beside the text. */
function attributes(finding: Finding, { options }: View): Html {
  const elements = [...new Set(finding.elements.map((claim) => claim.element))];
  const values: Readonly<Record<string, string>> = {
    effect: finding.decision.effect,
    channel: finding.channel,
    class: finding.class ?? 'none',
    standing: standingOf(finding, options.confidence),
    element: elements.length === 0 ? 'none' : elements.join(' '),
    vendor: finding.sink.vendor ?? '',
    destination: finding.sink.destination ?? '',
    file: finding.sink.location.file,
    duty: STAGE_DUTIES.filter((duty) => bearsOn(duty, finding)).map((duty) => duty.id).join(' '),
    change: finding.change ?? '',
    control: finding.decision.controls.join(' '),
    code: finding.context.code,
  };
  return html`${Object.entries(values).filter(([, value]) => value !== '').map(([name, value]) => html`data-${name}="${value}" `)}`;
}

function marks(finding: Finding, { say }: View): Html {
  const { context, change, decision } = finding;
  const codeKind = context.code === 'production' ? NOTHING : say(({ messages }) => messages.codeKind(context.code));
  const all = [
    decision.blocking ? html`<span class="mark strong">${both('blocks', '阻断')}</span>` : NOTHING,
    change === undefined ? NOTHING : html`<span class="mark">${CHANGE_LABELS[change]}</span>`,
    codeKind === NOTHING ? NOTHING : html`<span class="mark">${codeKind}</span>`,
    context.dormant === true ? html`<span class="mark">${say(({ messages }) => messages.dormant)}</span>` : NOTHING,
    finding.confidence === 'high' ? NOTHING : html`<span class="mark">${both('confidence', '置信度')} ${CONFIDENCE_LABELS[finding.confidence]}</span>`,
  ];
  return html`${all}`;
}

function paths(finding: Finding, view: View): Html {
  const [main, ...others] = rankSources(finding);
  if (main === undefined) {
    return html`<h4>${both('Place', '位置')}</h4><p>${place(finding.sink.location)}</p>`;
  }
  const some = others.slice(0, SOURCES - 1);
  const left = others.length - some.length;
  return html`${flowPath(finding, main, view)}${others.length === 0 ? NOTHING : disclosure(
    both(plural(others.length, 'further source'), `另有 ${others.length} 个来源`),
    [some.map((source) => flowPath(finding, source, view)), left === 0 ? NOTHING : html`<p class="hint">${both(`… and ${left} more in the JSON report`, `… 其余 ${left} 个见 JSON 报告`)}</p>`],
  )}`;
}

function data(finding: Finding, view: View): Html {
  const { elements, arrived } = finding;
  if (elements.length === 0) return NOTHING;
  return html`<h4>${both('Data', '数据')}</h4>${list(elements.map((claim) => claimLine(claim, view)), 'claims')}${arrived === undefined ? NOTHING : html`<p>${both('New about it', '新增内容')}${both(': ', '：')}${view.say(({ messages, vocabulary }) => arrivedSentence(arrived, messages, vocabulary))}</p>`}`;
}

const claimLine = ({ element, class: level, witness, evidence, confidence }: ElementClaim, { say }: View): Html =>
  html`<strong>${say(({ vocabulary }) => vocabulary.element(element))}</strong> ${classPill(level)} <span class="hint">${say(({ messages }) => messages.explain.knownBy(messages.witness(witness), ''))}${evidence.length === 0 ? NOTHING : html` ${code(evidence.join('.'))}`}, ${both('confidence', '置信度')} ${CONFIDENCE_LABELS[confidence]}</span>`;

function facts(finding: Finding, { say }: View): Html {
  const { sink, context } = finding;
  return html`<h4>${both('Facts', '要素')}</h4><dl class="facts">
${fact(both('Rule', '规则'), code(finding.rule))}
${fact(both('Sink', '流出点'), html`${say(({ vocabulary }) => vocabulary.sink(sink.catalog))} ${compareLocations(sink.location, sink.inner) === 0 ? NOTHING : html`${code(sink.innerCallee)} ${place(sink.inner)}`}`)}
${fact(both('Third party', '第三方'), sink.vendor === undefined ? undefined : html`${say(({ vocabulary }) => vocabulary.vendor(sink.vendor ?? ''))}`)}
${fact(both('Destination', '目的地'), sink.destination === undefined ? undefined : code(sink.destination))}
${fact(both('Function', '函数'), context.symbol === '' ? undefined : code(context.symbol))}
${fact(both('Runs on', '运行于'), context.side === 'unknown' ? undefined : SIDE_LABELS[context.side])}
${fact(both('Owner', '责任方'), context.owner === undefined ? undefined : html`${context.owner}`)}
${fact(both('Confidence', '置信度'), CONFIDENCE_LABELS[finding.confidence])}
${fact(both('Id', '编号'), html`<code class="id">${finding.id}</code>`)}
</dl>`;
}
