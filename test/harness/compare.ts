// Holds findings against marks: what is missing, what nobody asked for, and which known misses or false alarms are gone.
import type { Finding } from '#model/finding';
import type { Mark } from './expectations.ts';

export interface Verdict {
  readonly expected: number;
  readonly found: number;
  readonly knownMisses: number;
  readonly knownNoise: number;
  /** One line each, ready to print; empty when the fixture passes. */
  readonly problems: readonly string[];
}

/** A user sees neither findings of low confidence nor allowed or suppressed ones, so they count neither way. */
export const isShown = (finding: Finding): boolean =>
  finding.confidence !== 'low' && finding.decision.effect !== 'allow' && finding.suppression === undefined;

export const compare = (marks: readonly Mark[], all: readonly Finding[]): Verdict => {
  const findings = all.filter(isShown);
  const problems: string[] = [];
  const expects = marks.filter((mark) => mark.kind === 'expect' || mark.kind === 'expect-note');
  const misses = marks.filter((mark) => mark.kind === 'known-miss');
  const noise = marks.filter((mark) => mark.kind === 'known-noise');
  let found = 0;
  for (const mark of expects) {
    const problem = problemOf(mark, findings);
    if (problem === undefined) found++;
    else problems.push(problem);
  }
  for (const mark of misses) {
    if (problemOf(mark, findings) === undefined) problems.push(`${at(mark)} is found now: turn "known-miss" into "expect"`);
  }
  for (const mark of noise) {
    if (!findings.some((finding) => covers(finding, mark))) problems.push(`${at(mark)} is quiet now: remove "known-noise"`);
  }
  for (const finding of findings) {
    if (![...expects, ...noise].some((mark) => covers(finding, mark))) problems.push(`unexpected ${nameOf(finding)}`);
  }
  return { expected: expects.length, found, knownMisses: misses.length, knownNoise: noise.length, problems };
};

const problemOf = (mark: Mark, findings: readonly Finding[]): string | undefined => {
  const here = findings.filter((finding) => covers(finding, mark));
  if (here.length === 0) return `missing ${at(mark)}`;
  const elements = new Set(here.flatMap((finding) => finding.elements.map((claim) => claim.element)));
  const absent = mark.elements.filter((element) => !elements.has(element));
  if (absent.length > 0) return `missing ${at(mark)}: no ${absent.join(', ')}, only ${[...elements].join(', ') || 'a bare site'}`;
  const extra = mark.exact ? [...elements].filter((element) => !mark.elements.includes(element)) : [];
  if (extra.length > 0) return `too much at ${at(mark)}: also ${extra.join(', ')}`;
  const loud = mark.kind === 'expect-note' ? here.find((finding) => finding.decision.effect !== 'note') : undefined;
  if (loud !== undefined) return `too loud at ${at(mark)}: effect ${loud.decision.effect}, not note`;
  return undefined;
};

/** Any line of the sink's call may carry the mark, since a chained call starts above the member that leaks. */
const covers = (finding: Finding, mark: Mark): boolean => {
  const { file, line, endLine } = finding.sink.location;
  return finding.rule === mark.rule && file === mark.file && line <= mark.line && mark.line <= endLine;
};

const at = (mark: Mark): string => `${mark.file}:${mark.line} ${mark.rule} ${mark.elements.join(', ')}`.trimEnd();

const nameOf = (finding: Finding): string => {
  const elements = finding.elements.map((claim) => claim.element).join(', ');
  return `${finding.sink.location.file}:${finding.sink.location.line} ${finding.rule} ${elements} (${finding.sink.callee}, ${finding.confidence})`;
};
