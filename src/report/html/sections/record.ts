// The processing record: for each element where it comes from, where it goes, how it is protected, and how that is judged.
import type { RecordEntry } from '#inventory/processing-record';
import { worstEffect } from '#inventory/processing-record';
import { EFFECTS } from '#model/decision';
import { compareText } from '#model/location';
import { destinationTitle } from '../../inventory/titles.ts';
import { anchor, type Html, html, NOTHING, type Part } from '../html.ts';
import { CHANNEL_LABELS } from '../labels.ts';
import { classPill, code, disclosure, list, places, table, tally } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { groupBy, type View } from '../view.ts';
import type { Section } from './section.ts';

const SHOWN = 200;

export const record = (view: View): Section => ({
  id: 'record',
  title: both('Processing record', '处理活动记录'),
  count: view.record.totals.elements,
  intro: both(
    'Which data lives where and goes where, by element. The same record is written by fiduciary inventory as CSV, JSON and Markdown.',
    '按信息项列出信息的来源与去向。同一记录可由 fiduciary inventory 输出为 CSV、JSON 和 Markdown。',
  ),
  body: view.record.entries.length === 0
    ? html`<p class="nothing">${both('No element of customer data was seen to go anywhere.', '没有发现任何客户信息流向他处。')}</p>`
    : [...groupBy(view.record.entries, (entry) => entry.element)]
      .map(([element, entries]) => ({ element, entries, worst: Math.max(...entries.map((entry) => EFFECTS.indexOf(worstEffect(entry.effects) ?? 'allow'))) }))
      .sort((a, b) => b.worst - a.worst || compareText(classOf(b.entries), classOf(a.entries)) || compareText(a.element, b.element))
      .map(({ element, entries }) => elementRecord(element, entries, view)),
});

const classOf = (entries: readonly RecordEntry[]): string => entries.map((entry) => entry.class).sort(compareText).at(-1) ?? '';

function elementRecord(element: string, entries: readonly RecordEntry[], view: View): Html {
  const title = view.say(({ vocabulary }) => vocabulary.element(element));
  const level = entries.map((entry) => entry.class).sort(compareText).at(-1);
  const findings = new Set(entries.flatMap((entry) => entry.places.map((each) => each.finding)));
  const effects = { allow: 0, note: 0, warn: 0, require_approval: 0, deny: 0 };
  for (const entry of entries) for (const effect of EFFECTS) effects[effect] += entry.effects[effect];
  return html`<details class="more element" id="${anchor('record', element)}"><summary><span class="headline">${title}</span>${classPill(level)}<span class="meta">${both(plural(entries.length, 'destination'), `${entries.length} 个去向`)}${both(', ', '，')}${both(plural(findings.size, 'finding'), `${findings.size} 个发现`)}</span>${tally(effects)}</summary>
<div class="body">
${origins(entries)}
${table({
    caption: html`<span class="unseen">${title}${both(': ', '：')}${both('where it goes', '去向')}</span>`,
    columns: [
      { title: both('Goes to', '去向'), kind: 'wide' }, { title: both('Decisions', '判定') },
      { title: both('Protections met', '途中的保护'), kind: 'wide' }, { title: both('Places', '位置'), kind: 'wide' },
    ],
    rows: entries.map((entry) => row(entry, view)),
  })}
</div></details>
`;
}

const row = (entry: RecordEntry, { say }: View): readonly Part[] => [
  html`${CHANNEL_LABELS[entry.channel]}<span class="asks">${say(({ vocabulary }) => destinationTitle(entry.destination, vocabulary))}</span>`,
  html`${tally(entry.effects)}${entry.waived === 0 ? NOTHING : html`<span class="asks">${say(({ record: words }) => words.waived(entry.waived))}</span>`}${entry.suppressed === 0 ? NOTHING : html`<span class="asks">${say(({ record: words }) => words.suppressed(entry.suppressed))}</span>`}`,
  html`${entry.protections.map(({ kind, worth, count }) => html`<span class="line">${count} × ${say(({ record: words }) => words.protection[kind])} <span class="worth ${worth}">${say(({ record: words }) => words.worth[worth])}</span></span>`)}`,
  places(entry.places.map(({ finding, file, line }) => ({ to: `f-${finding}`, file, line }))),
];

/** Where the element is declared or first enters, as far as its findings tell. */
function origins(entries: readonly RecordEntry[]): Html {
  const all = [...new Map(entries.flatMap((entry) => entry.origins).map((origin) => [JSON.stringify([origin.file, origin.line, origin.name]), origin])).values()]
    .sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
  if (all.length === 0) return NOTHING;
  const shown = all.slice(0, SHOWN);
  const items = html`<ul class="places">${[...groupBy(shown, ({ file }) => file)].map(([file, origins]) => html`<li>${code(file)}${list(
    origins.map(({ name, line }) => html`<span class="at">:${line}</span> ${name === '' ? NOTHING : code(name)}`), 'inner',
  )}</li>`)}${all.length > SHOWN ? html`<li class="hint">${both(`… and ${all.length - SHOWN} more`, `… 另有 ${all.length - SHOWN} 处`)}</li>` : NOTHING}</ul>`;
  return disclosure(both(`Enters the program at ${plural(all.length, 'place')}`, `自 ${all.length} 处进入程序`), items, 'origins');
}
