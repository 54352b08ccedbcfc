// The sentences of every report, one table per language. Findings bring names; this is the only place that knows words.
import type { Change, Comparison } from '#model/change';
import type { Channel } from '#model/channel';
import type { Effect, Incident, ObligationKind } from '#model/decision';
import type { Witness } from '#model/element';
import type { ExplainKind } from '#model/explain';
import type { Assumption, CodeKind, Protection, SinkPlace, StepKind } from '#model/finding';
import type { GapKind } from '#model/gap';
import { ENGLISH } from './messages-en.ts';
import { CHINESE } from './messages-zh.ts';
import type { Language } from './report-options.ts';

/** What a headline speaks of: the elements in words (empty for a site without data) and the callee as written. */
export interface Headline {
  readonly what: string;
  readonly callee: string;
  readonly vendor: string;
  readonly destination: string;
  readonly transport: SinkPlace['transport'];
}

export interface Summary {
  readonly findings: number;
  readonly files: number;
  readonly effects: readonly { readonly effect: Effect; readonly count: number }[];
  readonly blocking: number;
}

export interface Messages {
  readonly effect: Readonly<Record<Effect, string>>;
  readonly rule: Readonly<Record<Channel, { readonly title: string; readonly why: string }>>;
  headline(channel: Channel, parts: Headline): string;
  fix(channel: Channel, secret: boolean, site: boolean): string;
  /** `names` is empty when the engine has no name for the place. */
  step(kind: StepKind, names: readonly string[]): string;
  /** Titles of elements in running text, folded after the fourth. */
  list(words: readonly string[]): string;
  within(symbol: string): string;
  codeKind(kind: CodeKind): string;
  witness(witness: Witness): string;
  /** Names the first clauses and counts the others. */
  cite(sentence: string, citations: readonly string[]): string;
  /** What a `?` behind a clause says. */
  readonly unverified: string;
  obligation(kind: ObligationKind, what: string): string;
  incident(incident: Incident): string;
  effectiveFrom(day: string): string;
  moreSteps(count: number): string;
  moreSources(count: number, some: readonly string[]): string;
  readonly assumed: string;
  readonly broadened: string;
  readonly dormant: string;
  readonly whyLabel: string;
  readonly fixLabel: string;
  readonly needLabel: string;
  readonly idLabel: string;
  readonly newLabel: string;
  summary(summary: Summary): string;
  readonly nothingFound: string;
  analysed(counts: { files: number; lines: number; sources: number; sinks: number; protectedFlows: number }): string;
  exempt(files: number): string;
  hiddenByConfidence(count: number): string;
  hiddenByQuiet(count: number): string;
  suppressed(count: number): string;
  waived(count: number): string;
  observed(count: number): string;
  allowed(count: number): string;
  /** One gap, without its file. */
  gap(kind: GapKind, detail: string): string;
  notAnalysed(files: number): string;
  skipped(files: number): string;
  readonly change: Readonly<Record<Change, string>>;
  /** What the findings were compared with, and how many there are of each kind. */
  compared(base: string, counts: Comparison['counts']): string;
  hiddenKnown(count: number): string;
  more(count: number): string;
  readonly nothingAnalysed: string;
  /** A finding in one line. `marks` are how it is judged and what its code is for; `steps` is empty where nothing flows. */
  lint(parts: { headline: string; marks: readonly string[]; steps: readonly string[]; fix: string; id: string }): string;
  /** Nothing can be said about a file, because of what stands there. */
  lintNotAnalysed(problem: string, hint: string, place: string): string;
  /** The program as a whole is not known yet. */
  readonly lintPartial: string;
  /** An edit that mends a finding, in names of code. */
  suggestReplace(from: string, to: string): string;
  readonly explain: ExplainWords;
}

/** Words of `explain`, which shows everything that a report folds or hides. */
export interface ExplainWords {
  readonly data: string;
  path(source: string): string;
  readonly protections: string;
  readonly assumptions: string;
  readonly decision: string;
  readonly blocks: string;
  readonly worth: Readonly<Record<Protection['worth'], string>>;
  assumption(assumption: Assumption): string;
  knownBy(witness: string, evidence: string): string;
  note(kind: ExplainKind, names: string, element: string, reason: string): string;
  readonly reportedHere: string;
  readonly passesHere: string;
  readonly hiddenAllowed: string;
  hiddenWaived(reason: string): string;
  readonly hiddenObserved: string;
  hiddenSuppressed(reason: string): string;
  readonly hiddenLow: string;
  readonly isReported: string;
  gap(text: string): string;
  nothingHere(place: string): string;
}

const TABLES: Readonly<Record<Language, Messages>> = { en: ENGLISH, zh: CHINESE };

export const messagesFor = (lang: Language): Messages => TABLES[lang];
