// Third parties: who receives what, how that is judged, and what has to be done first. Then the hosts that the code names.
import type { Finding } from '#model/finding';
import { compareText } from '#model/location';
import { type Html, html, NOTHING } from '../html.ts';
import { obligationLabel } from '../labels.ts';
import { classPill, code, disclosure, findingPlaces, list, mark, query, table, tally } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { compareCounts, countEffects, groupBy, type View, WORST_FIRST } from '../view.ts';
import type { Section } from './section.ts';
import { categoryLabel, regionLabel } from './vendor-words.ts';

export function parties(view: View): Section {
  const vendors = [...groupBy(view.findings.filter((finding) => finding.sink.vendor !== undefined), ({ sink }) => sink.vendor ?? '')]
    .map(([vendor, findings]) => ({ vendor, findings, counts: countEffects(findings) }))
    .sort((a, b) => compareCounts(a.counts, b.counts) || compareText(a.vendor, b.vendor));
  return {
    id: 'parties',
    title: both('Third parties', '第三方'),
    count: vendors.length,
    intro: both(
      'Who outside the bank receives customer data from this code. Category and region are what the catalogue assumes until the register of the bank says otherwise.',
      '代码将客户信息提供给哪些外部机构。类别与地区为目录的默认推定，以本行登记册为准。',
    ),
    body: [
      vendors.length === 0
        ? html`<p class="nothing">${both('No known third party receives customer data.', '没有已知的第三方接收客户信息。')}</p>`
        : html`<div class="parties">${vendors.map(({ vendor, findings }) => party(vendor, findings, view))}</div>`,
      hosts(view),
    ],
  };
}

function party(vendor: string, findings: readonly Finding[], { say }: View): Html {
  const counts = countEffects(findings);
  const facts = say(({ vocabulary, lang }) => {
    const known = vocabulary.vendorFacts(vendor);
    return known === undefined ? '' : `${categoryLabel(known.category, lang)} · ${regionLabel(known.region, lang)}`;
  });
  const elements = [...groupBy(findings.flatMap((finding) => finding.elements.map((claim) => ({ claim, finding }))), ({ claim }) => claim.element)]
    .map(([element, uses]) => ({ element, level: uses.map(({ claim }) => claim.class).sort(compareText).at(-1), effect: WORST_FIRST.find((effect) => uses.some(({ finding }) => finding.decision.effect === effect)) ?? 'allow' }))
    .sort((a, b) => compareText(b.level ?? '', a.level ?? '') || compareText(a.element, b.element));
  const obligations = [...new Map(findings.flatMap(({ decision }) => decision.obligations ?? []).map((each) => [`${each.kind} ${each.what}`, each])).values()];
  const destinations = [...new Set(findings.flatMap(({ sink }) => (sink.destination === undefined ? [] : [sink.destination])))].sort(compareText);
  return html`<article class="party"><h3>${say(({ vocabulary }) => vocabulary.vendor(vendor))}</h3>
<p class="asks">${facts}</p>
<p class="state"><a href="#findings" data-query="${query(['vendor', vendor])}">${tally(counts)}</a></p>
<h4>${both('Receives', '接收')}</h4>
<ul class="receives">${elements.map(({ element, level, effect }) => html`<li>${mark(effect)}<span>${say(({ vocabulary }) => vocabulary.element(element))}</span>${classPill(level)}</li>`)}</ul>
${obligations.length === 0 ? NOTHING : html`<h4>${both('Before that', '事先须完成')}</h4>${list(obligations.map(obligationLabel))}`}
${destinations.length === 0 ? NOTHING : html`<p class="hint">${destinations.map((each) => html`${code(each)} `)}</p>`}
${disclosure(both(plural(findings.length, 'finding'), `${findings.length} 个发现`), findingPlaces(findings))}</article>
`;
}

/** Hosts of constant URLs that belong to no known third party. */
function hosts({ findings }: View): Html {
  const named = [...groupBy(findings.filter(({ sink }) => sink.vendor === undefined && sink.destination !== undefined), ({ sink }) => sink.destination ?? '')]
    .map(([host, group]) => ({ host, group, counts: countEffects(group) }))
    .sort((a, b) => compareCounts(a.counts, b.counts) || compareText(a.host, b.host));
  if (named.length === 0) return NOTHING;
  return html`<h3>${both('Other hosts', '其他主机')}</h3>${table({
    caption: both('Destinations that the code names and the catalogue does not know', '代码中写明而目录中没有的目的地'),
    columns: [{ title: both('Host', '主机'), kind: 'wide' }, { title: both('Findings', '发现') }, { title: both('Places', '位置'), kind: 'wide' }],
    rows: named.map(({ host, group, counts }) => [
      code(host), tally(counts), findingPlaces(group),
    ]),
  })}`;
}
