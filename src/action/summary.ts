// The job summary: what the run means for the change, then the findings with their paths, in as much detail as fits. GitHub
// drops a summary above one MiB as a whole, so the text is made to a budget before anything is written.
import { isNew } from '#model/change';
import { EFFECTS } from '#model/decision';
import { EXPECTED_GAPS } from '#model/gap';
import type { Finding } from '#model/finding';
import type { Location } from '#model/location';
import type { Result } from '#model/result';
import { codeSpan, visible } from '#report/inert';
import type { Messages } from '#report/messages';
import type { Vocabulary } from '#report/report-options';
import { arrivedSentence, foldSteps, fullPath, rankSources, remedy, stepSentence } from '#report/sentences';
import { urlPath } from './inert.ts';

export interface SummaryInput {
  readonly result: Result;
  /** In order of gravity. */
  readonly shown: readonly Finding[];
  readonly words: Messages;
  readonly vocabulary: Vocabulary;
  readonly blob: string | undefined;
  /** Sentences about the run, ours alone. */
  readonly notes: readonly string[];
}

/** In bytes, well below the limit: what others append in the same step must fit, too. */
const BUDGET = 900_000;
/** Of the budget, for findings with their paths; the rest is for those on one line. */
const DETAIL_BUDGET = 600_000;
const MOST_DETAILED = 50;
const MOST_LISTED = 1000;
const MOST_GAPS = 20;
const STEPS = 12;

export function renderSummary(input: SummaryInput): string {
  const { result, shown, notes } = input;
  const fresh = shown.filter((finding) => finding.change === undefined || isNew(finding.change));
  const known = shown.filter((finding) => !fresh.includes(finding));
  const blocking = shown.filter((finding) => finding.decision.blocking).length;
  const page = new Page();
  page.add(`## Fiduciary: ${title(result, fresh.length, blocking)}\n\n`);
  for (const note of notes) page.add(`> ${note}\n\n`);
  page.add(countsTable(input));
  page.addList(result.comparison === undefined ? '### Findings' : '### New in this change', fresh, (finding) => detailed(finding, input), (finding) => listed(finding, input));
  page.addList('### Known before', known, undefined, (finding) => listed(finding, input));
  page.add(fixed(input));
  page.add(coverage(input));
  return page.text();
}

/** Text that stays within the budget and says what it left out. */
class Page {
  private readonly parts: string[] = [];
  private bytes = 0;

  add(text: string, budget = BUDGET): boolean {
    const size = Buffer.byteLength(text);
    if (this.bytes + size > budget) return false;
    this.parts.push(text);
    this.bytes += size;
    return true;
  }

  addList<Item>(heading: string, items: readonly Item[], long: ((item: Item) => string) | undefined, short: (item: Item) => string): void {
    if (items.length === 0) return;
    this.add(`${heading}\n\n`);
    let written = 0;
    const write = (render: (item: Item) => string, most: number, budget: number): void => {
      for (; written < Math.min(items.length, most); written += 1) {
        const item = items[written];
        if (item === undefined || !this.add(render(item), budget)) return;
      }
    };
    if (long !== undefined) write(long, MOST_DETAILED, DETAIL_BUDGET);
    write(short, MOST_LISTED, BUDGET - 20_000);
    this.add(written < items.length ? `\n… and ${items.length - written} more, in the log of this step and in the reports.\n\n` : '\n');
  }

  text(): string {
    return this.parts.join('');
  }
}

function title(result: Result, fresh: number, blocking: number): string {
  if (result.counts.files === 0) return 'no file was analysed';
  const what = result.comparison === undefined ? plural(fresh, 'finding') : plural(fresh, 'new finding');
  return fresh === 0 ? (result.comparison === undefined ? 'no findings' : 'nothing new') : `${what}, ${blocking === 0 ? 'none blocks' : `${blocking} ${blocking === 1 ? 'blocks' : 'block'}`}`;
}

function countsTable({ result, shown, words }: SummaryInput): string {
  const compared = result.comparison !== undefined;
  const rows = [...EFFECTS].reverse().flatMap((effect) => {
    const all = shown.filter((finding) => finding.decision.effect === effect);
    if (all.length === 0) return [];
    const fresh = all.filter((finding) => finding.change === undefined || isNew(finding.change)).length;
    return [compared ? `| ${words.effect[effect]} | ${fresh} | ${all.length - fresh} |\n` : `| ${words.effect[effect]} | ${all.length} |\n`];
  });
  if (rows.length === 0) return '';
  return `${compared ? '| decision | new | known |\n|---|--:|--:|\n' : '| decision | findings |\n|---|--:|\n'}${rows.join('')}\n`;
}

/** One line: decision, place, what goes where. Every name stands in a code span, where it is inert. */
function listed(finding: Finding, input: SummaryInput): string {
  const { sink, context, decision } = finding;
  const { words, vocabulary } = input;
  const elements = [...new Set(finding.elements.map((claim) => vocabulary.element(claim.element)))];
  const what = elements.length === 0 ? '' : `${elements.slice(0, 4).map(codeSpan).join(', ')}${elements.length > 4 ? ` and ${elements.length - 4} more` : ''} → `;
  const change = finding.change === undefined ? '' : ` (${words.change[finding.change]})`;
  const within = context.symbol === '' ? '' : ` in ${codeSpan(context.symbol)}`;
  const vendor = sink.vendor === undefined ? '' : `, ${codeSpan(vocabulary.vendor(sink.vendor))}`;
  return `- **${words.effect[decision.effect]}**${change} ${link(sink.location, input)} ${what}${codeSpan(sink.callee)}${within}${vendor} · ${finding.rule}\n`;
}

function detailed(finding: Finding, input: SummaryInput): string {
  const { words, vocabulary } = input;
  const [main] = rankSources(finding);
  const { head, folded, tail } = foldSteps(main === undefined ? [] : fullPath(finding, main), STEPS);
  const steps = [...head, ...tail].map((step) => `  - ${link(step.location, input)} ${codeSpan(stepSentence(step, words))}\n`);
  if (folded > 0) steps.splice(head.length, 0, `  - … ${folded} more\n`);
  return [
    listed(finding, input),
    ...steps,
    ...(finding.arrived === undefined ? [] : [`  - ${words.newLabel}: ${codeSpan(arrivedSentence(finding.arrived, words, vocabulary))}\n`]),
    `  - ${words.whyLabel}: ${words.rule[finding.channel].why}${finding.decision.citations.map((clause) => ` ${codeSpan(clause)}`).join('')}\n`,
    `  - ${words.fixLabel}: ${remedy(finding, words, vocabulary)}\n`,
    `  - id \`${finding.id}\`\n`,
  ].join('');
}

function link(location: Location, { blob }: SummaryInput): string {
  const label = codeSpan(`${location.file}:${location.line}`);
  return blob === undefined ? label : `[${label}](${blob}${urlPath(location.file)}#L${location.line})`;
}

function fixed({ result: { comparison } }: SummaryInput): string {
  if (comparison === undefined || comparison.fixed.length === 0) return '';
  const some = comparison.fixed.slice(0, MOST_GAPS).map((known) => `- ${codeSpan(known.file)} ${codeSpan(known.callee)}${known.symbol === '' ? '' : ` in ${codeSpan(known.symbol)}`}\n`);
  const more = comparison.fixed.length > some.length ? `- … and ${comparison.fixed.length - some.length} more\n` : '';
  return `### Fixed\n\n${some.join('')}${more}\n`;
}

function coverage({ result, words }: SummaryInput): string {
  const gaps = result.gaps.filter((gap) => !EXPECTED_GAPS.has(gap.kind));
  const some = gaps.slice(0, MOST_GAPS).map((gap) =>
    `- ${gap.file === undefined ? '' : `${codeSpan(gap.line === undefined ? gap.file : `${gap.file}:${gap.line}`)} `}${codeSpan(words.gap(gap.kind, gap.detail))}\n`);
  const more = gaps.length > some.length ? `- … and ${gaps.length - some.length} more\n` : '';
  return `${visible(words.analysed(result.counts))}\n${gaps.length === 0 ? '' : `\n### Not analysed in full\n\n${some.join('')}${more}`}`;
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
