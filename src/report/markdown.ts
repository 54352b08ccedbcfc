// The report to paste into a ticket, a wiki or a comment: what goes where as a table, then each finding with its path. Names of the
// analysed code stand in code spans, where nothing in them is read as Markdown, HTML or a link.
import { CHANNEL_NAMES } from '#model/channel';
import { EFFECTS, type Effect } from '#model/decision';
import type { Finding } from '#model/finding';
import { compareLocations, compareText, type Location } from '#model/location';
import type { Result } from '#model/result';
import { channelName } from './channel-names.ts';
import { codeCell, codeSpan, markdownText } from './inert.ts';
import { inventoryWords } from './inventory/words.ts';
import { messagesFor, type Messages } from './messages.ts';
import type { ReportOptions } from './report-options.ts';
import { arrivedSentence, foldSteps, fullPath, headline, headlineNames, rankSources, reason, remedy, splitNames, stepSentence, summarise } from './sentences.ts';
import { renderCoverage } from './text-coverage.ts';
import { selectVisible } from './visible.ts';

const STEPS = 12;
const WORST_FIRST: readonly Effect[] = [...EFFECTS].reverse();
const TITLES = { en: 'Customer data report', zh: '客户信息流向报告' } as const;
const HEADINGS = {
  en: { matrix: 'What goes where', findings: 'Findings', coverage: 'Coverage', all: 'All' },
  zh: { matrix: '信息流向', findings: '发现', coverage: '覆盖范围', all: '合计' },
} as const;

export function renderMarkdown(result: Result, options: ReportOptions): string {
  const words = messagesFor(options.lang);
  const headings = HEADINGS[options.lang];
  const visible = selectVisible(result.findings, options);
  const shown = [...visible.shown].sort(byGravity);
  const subject = options.subject === undefined ? '' : `: ${codeSpan(options.subject)}`;
  return [
    `# ${TITLES[options.lang]}${subject}\n`,
    `**${result.counts.files === 0 ? words.nothingAnalysed : summarise(shown, words)}**\n`,
    ...(shown.length === 0 ? [] : [`## ${headings.matrix}\n`, matrix(shown, words, options), `## ${headings.findings}\n`]),
    ...shown.map((finding) => block(finding, words, options)),
    `## ${headings.coverage}\n`,
    ...renderCoverage(result, visible, words).map((line) => `${line.startsWith('  ') ? '  ' : ''}- ${markdownText(line.trim())}`),
    '',
  ].join('\n');
}

/** Elements down, channels across; a finding with several elements counts in each of their rows. */
function matrix(findings: readonly Finding[], words: Messages, { lang, vocabulary }: ReportOptions): string {
  const channels = CHANNEL_NAMES.filter((channel) => findings.some((finding) => finding.channel === channel));
  const elements = [...new Set(findings.flatMap((finding) => finding.elements.map((claim) => claim.element)))].sort(compareText);
  const cell = (some: readonly Finding[]): string => WORST_FIRST
    .map((effect) => ({ effect, count: some.filter(({ decision }) => decision.effect === effect).length }))
    .filter(({ count }) => count > 0).map(({ effect, count }) => `${count} ${words.effect[effect]}`).join(', ');
  const row = (title: string, some: readonly Finding[]): string =>
    `| ${[title, ...channels.map((channel) => cell(some.filter((finding) => finding.channel === channel))), cell(some)].join(' | ')} |\n`;
  const { element } = inventoryWords(lang).columns;
  return [
    `| ${[element, ...channels.map((channel) => channelName(channel, lang)), HEADINGS[lang].all].join(' | ')} |\n`,
    `|${' --- |'.repeat(channels.length + 2)}\n`,
    ...elements.map((id) => row(codeCell(vocabulary.element(id)), findings.filter((finding) => finding.elements.some((claim) => claim.element === id)))),
    row(HEADINGS[lang].all, findings),
  ].join('');
}

function block(finding: Finding, words: Messages, options: ReportOptions): string {
  const { vocabulary } = options;
  const marks = [
    finding.change === undefined ? '' : words.change[finding.change], words.codeKind(finding.context.code), finding.context.dormant === true ? words.dormant : '',
  ].filter((mark) => mark !== '');
  return [
    `### ${words.effect[finding.decision.effect]}: ${marked(headline(finding, words, vocabulary), headlineNames(finding))}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}\n`,
    `${place(finding.sink.location)} · ${finding.rule} · ${words.idLabel} ${codeSpan(finding.id)}\n`,
    ...pathLines(finding, words),
    ...(finding.arrived === undefined ? [] : [`- ${words.newLabel}: ${codeSpan(arrivedSentence(finding.arrived, words, vocabulary))}`]),
    `- ${words.whyLabel}: ${markdownText(reason(finding, words))}`,
    `- ${words.fixLabel}: ${markdownText(remedy(finding, words, vocabulary))}`,
    '',
  ].join('\n');
}

function pathLines(finding: Finding, words: Messages): readonly string[] {
  const [main, ...others] = rankSources(finding);
  if (main === undefined) return [];
  const { head, folded, tail } = foldSteps(fullPath(finding, main), STEPS);
  const rows = [...head, ...tail].map((step) => `- ${place(step.location)} ${marked(stepSentence(step, words), step.names)}`);
  if (folded > 0) rows.splice(head.length, 0, `- ${words.moreSteps(folded)}`);
  if (others.length > 0) rows.push('', words.moreSources(others.length, others.slice(0, 3).map(({ name, location }) => `${codeSpan(name)} (${place(location)})`)));
  return [...rows, ''];
}

const marked = (sentence: string, names: readonly string[]): string =>
  splitNames(sentence, names).map(({ text, isName }) => (isName ? codeSpan(text) : markdownText(text))).join('');

const place = ({ file, line }: Location): string => codeSpan(`${file}:${line}`);

function byGravity(a: Finding, b: Finding): number {
  return EFFECTS.indexOf(b.decision.effect) - EFFECTS.indexOf(a.decision.effect)
    || compareLocations(a.sink.location, b.sink.location) || compareText(a.id, b.id);
}
