// Elements down, destinations across: the one table that says what goes where. Each cell counts findings by decision.
import { CHANNEL_NAMES, type Channel } from '#model/channel';
import type { DataClass } from '#model/element';
import type { Finding } from '#model/finding';
import { compareText } from '#model/location';
import { anchor, type Html, html, NOTHING, type Part } from '../html.ts';
import { CHANNEL_LABELS } from '../labels.ts';
import { classPill, query, table, tally } from '../parts.ts';
import { both } from '../tongues.ts';
import { compareCounts, countEffects, type EffectCounts, type View, WORST_FIRST } from '../view.ts';

interface Row {
  /** Absent for weaknesses of code in which no data is known. */
  readonly element?: string;
  readonly class?: DataClass;
  readonly findings: readonly Finding[];
  readonly counts: EffectCounts;
}

export function matrix(view: View): Html {
  const { findings } = view;
  if (findings.length === 0) return NOTHING;
  const channels = CHANNEL_NAMES.filter((channel) => findings.some((finding) => finding.channel === channel));
  const rows = toRows(findings);
  const several = findings.some((finding) => new Set(finding.elements.map((claim) => claim.element)).size > 1);
  return html`<h3>${both('What goes where', '信息流向')}</h3>
<div class="matrix">${table({
    caption: both(
      `Findings by element and destination, the worst first. All findings are counted, also allowed and waived ones.${several ? ' A finding with several elements counts in each of their rows and once in the total.' : ''}`,
      `按信息项与去向统计的发现，最严重的在前；包括允许和已豁免的发现。${several ? '含多个信息项的发现在各行分别计数，合计只计一次。' : ''}`,
    ),
    columns: [
      { title: both('Element and class', '信息项与类别'), kind: 'wide' },
      ...channels.map((channel) => ({ title: CHANNEL_LABELS[channel] })), { title: both('All', '合计') },
    ],
    rows: [
      ...rows.map((row): readonly Part[] => [
        html`${header(row, view)} ${classPill(row.class)}`,
        ...channels.map((channel) => cell(row, channel)), tally(row.counts),
      ]),
      [both('All findings', '全部发现'), ...channels.map((channel) => tally(countEffects(findings.filter((finding) => finding.channel === channel)))), tally(countEffects(findings))],
    ],
  })}</div>`;
}

function toRows(findings: readonly Finding[]): readonly Row[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const elements = new Set(finding.elements.map((claim) => claim.element));
    for (const element of elements.size === 0 ? [''] : elements) {
      const group = groups.get(element);
      if (group === undefined) groups.set(element, [finding]);
      else group.push(finding);
    }
  }
  return [...groups].map(([element, group]): Row => {
    const level = group.flatMap((finding) => finding.elements).filter((claim) => claim.element === element).map((claim) => claim.class).sort(compareText).at(-1);
    return { ...(element === '' ? {} : { element }), ...(level === undefined ? {} : { class: level }), findings: group, counts: countEffects(group) };
  }).sort((a, b) => compareCounts(a.counts, b.counts) || compareText(b.class ?? '', a.class ?? '') || compareText(a.element ?? '', b.element ?? ''));
}

const header = ({ element }: Row, { say }: View): Html => (element === undefined
  ? both('No data recognised (weakness of the code)', '未识别出信息（代码弱点）')
  : html`<a href="#${anchor('record', element)}">${say(({ vocabulary }) => vocabulary.element(element))}</a>`);

function cell({ element, findings }: Row, channel: Channel): Part {
  const here = findings.filter((finding) => finding.channel === channel);
  if (here.length === 0) return '';
  const counts = countEffects(here);
  const worst = WORST_FIRST.find((effect) => counts[effect] > 0) ?? 'allow';
  return html`<a class="cell ${worst}" href="#${element === undefined ? 'findings' : anchor('record', element)}" data-query="${query(['element', element ?? 'none'], ['channel', channel])}">${tally(counts)}</a>`;
}
