// The report for architects, compliance and auditors: one file that needs nothing else, in both languages, with or without a
// script. A pure function of the Result.
import type { Result } from '#model/result';
import type { ReportOptions } from '../report-options.ts';
import { page } from './page.ts';
import { about } from './sections/about.ts';
import { coverage } from './sections/coverage.ts';
import { exceptions } from './sections/exceptions.ts';
import { findings } from './sections/findings.ts';
import { lifecycle } from './sections/lifecycle.ts';
import { overview } from './sections/overview.ts';
import { parties } from './sections/parties.ts';
import { record } from './sections/record.ts';
import { createView } from './view.ts';

const SECTIONS = [overview, findings, lifecycle, record, parties, exceptions, coverage, about] as const;

export function renderHtml(result: Result, options: ReportOptions): string {
  const view = createView(result, options);
  return page(SECTIONS.map((section) => section(view)), options).text;
}
