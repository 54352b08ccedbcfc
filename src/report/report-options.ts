// What the pure renderers need beside the Result: language, colour, what to hide, and the catalogue's words.
import type { Confidence, ElementId } from '#model/element';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words of the catalogue in the language of the report. An id that is not known any more is its own word. */
export interface Vocabulary {
  element(id: ElementId): string;
  /** Elements that must not appear in the clear in any form, so that masking is no advice. */
  isSecret(id: ElementId): boolean;
  vendor(id: string): string;
  /** What a vendor does and where it processes by default, in the catalogue's own words, such as `error monitoring` and `US`. */
  vendorFacts(id: string): VendorFacts | undefined;
  /** What the catalogue entry of a sink is called. */
  sink(id: string): string;
  /** What to do, in the words of the strongest of these controls that a bank has written itself; absent when none says it. */
  ownRemedy?(controls: readonly string[]): string | undefined;
  /** The same catalogue in another language, for reports that hold both. */
  in(lang: Language): Vocabulary;
}

export interface VendorFacts {
  readonly category: string;
  readonly region: string;
}

export interface ReportOptions {
  readonly lang: Language;
  readonly color: boolean;
  /** The lowest confidence that is shown. */
  readonly confidence: Confidence;
  /** Show only what denies or needs approval; the counts stay whole. */
  readonly quiet: boolean;
  /** Show also what the baseline or the base of the change knows already. The text report alone leaves it out otherwise. */
  readonly known?: boolean;
  readonly vocabulary: Vocabulary;
  /** What the program is called, for the title of a report that is read away from its repository. */
  readonly subject?: string;
}
