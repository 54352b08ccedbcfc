// The way the data took from one source, step by step, with what protected it and what had to be assumed.
import type { Finding, Protection, SourceFlow, Step } from '#model/finding';
import { compareLocations } from '#model/location';
import { type Html, html, NOTHING } from '../html.ts';
import { icon } from '../icons.ts';
import { code, list, markNames, place } from '../parts.ts';
import { both } from '../tongues.ts';
import type { View } from '../view.ts';
import { foldSteps, fullPath, stepSentence } from '../../sentences.ts';

/** Beyond that the middle is folded: how it starts and how it ends say most. */
const STEPS = 40;

export function flowPath(finding: Finding, source: SourceFlow, view: View): Html {
  const { head, folded, tail } = foldSteps(fullPath(finding, source), STEPS);
  return html`<h4>${both('Path', '路径')}${source.name === '' ? NOTHING : html`${both(' of ', '：')}${code(source.name)}`}</h4>
<ol class="path">${head.map((step) => stepLine(step, source, view))}${folded === 0 ? NOTHING : html`<li class="fold">${view.say(({ messages }) => messages.moreSteps(folded))}</li>`}${tail.map((step) => stepLine(step, source, view))}</ol>
${protections(source, view)}${assumptions(source, view)}`;
}

function stepLine(step: Step, source: SourceFlow, { say }: View): Html {
  const protection = source.protections.find(({ location }) => compareLocations(location, step.location) === 0);
  const kind = step.kind === 'source' || step.kind === 'sink' ? step.kind : protection === undefined ? 'step' : `guard ${protection.worth}`;
  const sentence = say(({ messages }) => markNames(stepSentence(step, messages), step.names));
  return html`<li class="${kind}"><span class="what">${sentence}</span><span class="where">${place(step.location)}${step.within === '' ? NOTHING : html` ${both('in', '位于')} ${code(step.within)}`}</span></li>`;
}

function protections({ protections: met }: SourceFlow, view: View): Html {
  if (met.length === 0) return html`<p class="guards none">${icon('shield')}${both('No protection was met on the way.', '途中没有任何保护。')}</p>`;
  return html`<div class="guards"><p>${icon('shield')}${both('Protections met', '途中的保护')}</p>${list(met.map((each) => protectionLine(each, view)))}</div>`;
}

const protectionLine = ({ kind, by, worth, location }: Protection, { say }: View): Html =>
  html`<span class="worth ${worth}">${say(({ messages }) => messages.explain.worth[worth])}</span> ${say(({ record }) => record.protection[kind])}${both(' by ', '：')}${code(by)} <span class="where">${place(location)}</span>`;

const assumptions = ({ assumptions: made }: SourceFlow, { say }: View): Html => (made.length === 0
  ? NOTHING
  : html`<div class="assumed"><p>${both('This rests on assumptions:', '以上基于下列推定：')}</p>${list(made.map((each) => say(({ messages }) => messages.explain.assumption(each))))}</div>`);
