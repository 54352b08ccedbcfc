// From facts to sentences, shared by all formats: the headline of a finding, its reason and remedy, and its steps.
import type { Arrival } from '#model/change';
import { EFFECTS } from '#model/decision';
import { CONFIDENCES, type Confidence } from '#model/element';
import type { Finding, SourceFlow, Step } from '#model/finding';
import { compareLocations, compareText } from '#model/location';
import { CHANNEL_FACTS } from './channel-facts.ts';
import type { Messages } from './messages.ts';
import type { Vocabulary } from './report-options.ts';

export function headline(finding: Finding, words: Messages, vocabulary: Vocabulary): string {
  const { sink, context } = finding;
  const elements = [...new Set(finding.elements.map((claim) => vocabulary.element(claim.element)))];
  const sentence = words.headline(finding.channel, {
    what: words.list(elements),
    callee: sink.callee,
    vendor: sink.vendor === undefined ? '' : vocabulary.vendor(sink.vendor),
    destination: sink.destination ?? '',
    transport: sink.transport,
  });
  return context.symbol === '' || context.symbol === sink.callee ? sentence : sentence + words.within(context.symbol);
}

export function reason(finding: Finding, words: Messages): string {
  const { citations } = finding.decision;
  return words.cite(words.rule[finding.channel].why, citations.length > 0 ? marked(finding) : CHANNEL_FACTS[finding.channel].citations);
}

/** Whether the reason shows a `?`, which wants a word of explanation: clauses beyond the first few are only counted. */
export function marksClause(finding: Finding, words: Messages): boolean {
  const { citations } = finding.decision;
  return citations.length > 0 && reason(finding, words) !== words.cite(words.rule[finding.channel].why, citations);
}

/** The clauses of a decision; `?` behind those whose number nobody has compared with the text in force. */
function marked({ decision: { citations, unverified = [] } }: Finding): readonly string[] {
  return citations.map((clause) => (unverified.includes(clause) ? `${clause}?` : clause));
}

/** What has to be done before the flow is in order, and who would have to be told of an incident; empty when nothing is. */
export function demands({ decision }: Finding, words: Messages): readonly string[] {
  const { obligations = [], incident, effective } = decision;
  return [
    ...obligations.map(({ kind, what }) => words.obligation(kind, what)),
    ...(incident === undefined || incident.report.length === 0 ? [] : [words.incident(incident)]),
    ...(effective === undefined ? [] : [words.effectiveFrom(effective)]),
  ];
}

export function remedy(finding: Finding, words: Messages, vocabulary: Vocabulary): string {
  const own = vocabulary.ownRemedy?.(finding.decision.controls);
  if (own !== undefined) return own;
  const secret = finding.elements.some((claim) => vocabulary.isSecret(claim.element));
  return words.fix(finding.channel, secret, finding.elements.length === 0);
}

/** How many findings in how many files, by effect. */
export function summarise(shown: readonly Finding[], words: Messages): string {
  if (shown.length === 0) return words.nothingFound;
  const effects = [...EFFECTS].reverse()
    .map((effect) => ({ effect, count: shown.filter((finding) => finding.decision.effect === effect).length }))
    .filter(({ count }) => count > 0);
  return words.summary({
    findings: shown.length,
    files: new Set(shown.map((finding) => finding.sink.location.file)).size,
    effects,
    blocking: shown.filter((finding) => finding.decision.blocking).length,
  });
}

/** The strongest and shortest source first; its path is the one to show. */
export function rankSources(finding: Finding): readonly SourceFlow[] {
  return [...finding.sources].sort((a, b) =>
    confidenceRank(b.confidence) - confidenceRank(a.confidence)
    || a.path.length - b.path.length
    || compareLocations(a.location, b.location)
    || compareText(a.name, b.name));
}

/** The path from its source to the place where the data really leaves; the engine may end it a frame earlier. */
export function fullPath(finding: Finding, source: SourceFlow): readonly Step[] {
  const { sink } = finding;
  const steps: Step[] = [...source.path];
  if (steps[0]?.kind !== 'source' || compareLocations(steps[0].location, source.location) !== 0) {
    steps.unshift({ kind: 'source', location: source.location, within: '', names: source.name === '' ? [] : [source.name] });
  }
  const last = steps.at(-1);
  if (last === undefined || last.kind !== 'sink' || compareLocations(last.location, sink.inner) !== 0) {
    steps.push({ kind: 'sink', location: sink.inner, within: '', names: sink.innerCallee === '' ? [] : [sink.innerCallee] });
  }
  return steps;
}

/** The sources that came, or the elements that known sources carry now. */
export function arrivedSentence({ elements, sources }: Arrival, words: Messages, vocabulary: Vocabulary): string {
  if (sources.length === 0) return words.list(elements.map((id) => vocabulary.element(id)));
  return words.list(sources.map(({ name, file }) => `${name} (${file})`));
}

export function stepSentence(step: Step, words: Messages): string {
  const marks = [step.assumed === true ? words.assumed : '', step.broadened === true ? words.broadened : ''].filter((mark) => mark !== '');
  return words.step(step.kind, step.names) + (marks.length === 0 ? '' : ` [${marks.join(', ')}]`);
}

/** A sentence in pieces, so that the names of code in it can be set as such; each once, from the end, where sentences have them. */
export function splitNames(sentence: string, names: readonly string[]): readonly { readonly text: string; readonly isName: boolean }[] {
  const [name, ...others] = names.filter((each) => each !== '');
  const at = name === undefined ? -1 : sentence.lastIndexOf(name);
  if (name === undefined) return sentence === '' ? [] : [{ text: sentence, isName: false }];
  if (at < 0) return splitNames(sentence, others);
  return [...splitNames(sentence.slice(0, at), others), { text: name, isName: true }, ...splitNames(sentence.slice(at + name.length), others)];
}

/** The names that a headline may hold, the longest part of the sentence first. */
export const headlineNames = ({ context, sink }: Finding): readonly string[] => [context.symbol, sink.destination ?? '', sink.callee];

/** At most `limit` steps, from both ends: how it starts and how it ends say most. */
export function foldSteps<T>(steps: readonly T[], limit: number): { readonly head: readonly T[]; readonly folded: number; readonly tail: readonly T[] } {
  if (steps.length <= limit) return { head: steps, folded: 0, tail: [] };
  // One line goes to the fold itself.
  const kept = limit - 1;
  const head = Math.floor(kept / 2);
  return { head: steps.slice(0, head), folded: steps.length - kept, tail: steps.slice(steps.length - (kept - head)) };
}

export const confidenceRank = (confidence: Confidence): number => CONFIDENCES.indexOf(confidence);
