// Small pieces that the sections are put together from: badges, tallies, names of code, tables.
import type { Effect } from '#model/decision';
import type { DataClass } from '#model/element';
import type { Finding } from '#model/finding';
import type { Location } from '#model/location';
import { type Html, html, NOTHING, type Part } from './html.ts';
import { effectIcon } from './icons.ts';
import { CLASS_MEANINGS, EFFECT_LABELS } from './labels.ts';
import { splitNames } from '../sentences.ts';
import { both } from './tongues.ts';
import { type EffectCounts, groupBy, WORST_FIRST } from './view.ts';

export const badge = (effect: Effect): Html => html`<span class="badge ${effect}">${effectIcon(effect)}${EFFECT_LABELS[effect]}</span>`;

/** The shape of an effect alone, where its word would be said too often. */
export const mark = (effect: Effect): Html => html`<span class="count ${effect}">${effectIcon(effect)}<span class="unseen">${EFFECT_LABELS[effect]}</span></span>`;

/** The counts by effect, worst first; what did not occur is not shown. */
export const tally = (counts: EffectCounts): Html => html`<span class="tally">${WORST_FIRST.filter((effect) => counts[effect] > 0).map((effect) =>
  html`<span class="count ${effect}">${effectIcon(effect)}${counts[effect]}<span class="unseen"> ${EFFECT_LABELS[effect]}</span></span>`)}</span>`;

/** The same as a bar, of which `full` findings would fill the whole width. It only repeats what stands beside it in numbers. */
export function bar(counts: EffectCounts, full = total(counts)): Html {
  if (full === 0) return NOTHING;
  let from = 0;
  const pieces = WORST_FIRST.filter((effect) => counts[effect] > 0).map((effect) => {
    const width = round((counts[effect] / full) * 100);
    const piece = html`<rect class="fill ${effect}" x="${from}" y="0" width="${width}" height="6"/>`;
    from = round(from + width);
    return piece;
  });
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`;
}

export const total = (counts: EffectCounts): number => WORST_FIRST.reduce((sum, effect) => sum + counts[effect], 0);

const round = (value: number): number => Math.round(value * 100) / 100;

export const classPill = (level: DataClass | undefined): Html => (level === undefined
  ? NOTHING
  : html`<span class="class ${level.toLowerCase()}">${level}<span class="unseen"> (${CLASS_MEANINGS[level]})</span></span>`);

/** A name of code or a path, which may break after each slash, dot and bracket. */
export const code = (text: string): Html => html`<code>${breakable(text)}</code>`;

export const place = ({ file, line }: Pick<Location, 'file' | 'line'>): Html => html`<code class="place">${breakable(`${file}:${line}`)}</code>`;

export interface LinkedPlace {
  /** The anchor it leads to; absent for a place that is only named. */
  readonly to?: string;
  readonly file: string;
  readonly line: number;
}

/** Places by file, so that a long path is read once; each line leads to its finding. */
export const places = (all: readonly LinkedPlace[], most = 200): Html => {
  const shown = all.slice(0, most);
  const files = [...groupBy(shown, ({ file }) => file)];
  return html`<ul class="places">${files.map(([file, lines]) => html`<li>${code(file)} ${lines.map((each, index) =>
    html`${index === 0 ? '' : ' '}${each.to === undefined ? html`<span class="at">:${each.line}</span>` : html`<a class="at" href="#${each.to}"><span class="unseen">${file}</span>:${each.line}</a>`}`)}</li>`)}${all.length > shown.length
    ? html`<li class="hint">${both(`… and ${all.length - shown.length} more`, `… 另有 ${all.length - shown.length} 处`)}</li>`
    : NOTHING}</ul>`;
};

export const findingPlaces = (findings: readonly Finding[]): Html =>
  places(findings.map(({ id, sink: { location: { file, line } } }) => ({ to: `f-${id}`, file, line })));

const breakable = (text: string): readonly Html[] =>
  text.split(/(?<=[/.:_(])/).map((piece, index) => (index === 0 ? html`${piece}` : html`<wbr>${piece}`));

/** A sentence in which the names of code are set as such. */
export const markNames = (sentence: string, names: readonly string[]): Html =>
  html`${splitNames(sentence, names).map(({ text, isName }) => (isName ? code(text) : text))}`;

export interface Column {
  readonly title: Part;
  /** Numbers stand to the right. */
  readonly kind?: 'num' | 'wide';
}

export interface Table {
  readonly caption: Part;
  readonly columns: readonly Column[];
  /** The first cell of each row is its header. */
  readonly rows: readonly (readonly Part[])[];
  readonly className?: string;
}

/** A table that becomes a list of cards on a narrow screen; each cell then carries the title of its column. */
export const table = ({ caption, columns, rows, className = '' }: Table): Html => html`<table class="cards ${className}">
<caption>${caption}</caption>
<thead><tr>${columns.map(({ title, kind = '' }) => html`<th scope="col" class="${kind}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, index) => tableCell(cell, columns[index], index))}</tr>
`)}</tbody>
</table>`;

function tableCell(cell: Part, column: Column | undefined, index: number): Html {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  const content = html`${cell}`;
  return html`<td class="${column?.kind ?? ''}${content.text === '' ? ' empty' : ''}"><span class="label" aria-hidden="true">${column?.title}</span>${content}</td>`;
}

export const disclosure = (summary: Part, body: Part, className = ''): Html =>
  html`<details class="more ${className}"><summary>${summary}</summary><div class="body">${body}</div></details>`;

/** A term and what it stands for; nothing when there is nothing to say. */
export const fact = (term: Part, value: Html | undefined): Html =>
  (value === undefined || value.text === '' ? NOTHING : html`<div><dt>${term}</dt><dd>${value}</dd></div>`);

/** What a link asks the search for; with scripts off it is just a link to the findings. */
export const query = (...properties: readonly (readonly [key: string, value: string])[]): string =>
  properties.map(([key, value]) => `${key}:${/^[\w.:/@#-]+$/.test(value) ? value : `"${value.replaceAll('"', '')}"`}`).join(' ');

export const list = (items: readonly Part[], className = ''): Html =>
  (items.length === 0 ? NOTHING : html`<ul class="${className}">${items.map((item) => html`<li>${item}</li>`)}</ul>`);
