// Lays an earlier state beside a Result: each open finding learns how it relates to it, and then only what is new blocks.
import type { BaselineEntry } from '#identify/baseline';
import { isInForce, parseBaseline, renderBaseline } from '#identify/baseline';
import { classifyChanges, type States } from '#identify/change';
import { arrivals } from '#identify/content';
import { toKnown } from '#identify/known';
import { declares } from '#identify/renames';
import { tighten, type Tightened } from '#identify/tighten';
import { type Host, HostError } from '#host/host';
import { type Change, CHANGES, type Comparison, isNew, type KnownFinding } from '#model/change';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import type { Gap } from '#model/gap';
import type { Result } from '#model/result';
import { VERSION } from '#model/version';
import { today } from './open-scan.ts';

export interface Known {
  readonly with: Comparison['with'];
  readonly base: string;
  readonly findings: readonly KnownFinding[];
  readonly gaps: readonly Gap[];
}

/** `file` is absolute, `shown` its name for results and messages. Throws `UserError`. */
export function readBaseline(host: Host, file: string): readonly BaselineEntry[] {
  try {
    return parseBaseline(file, host.readText(file));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const problem = error.reason === 'missing' ? 'does not exist' : error.reason === 'not-a-file' ? 'is a folder' : 'cannot be read';
    throw new UserError(`The baseline ${file} ${problem}`, 'Write it with "fiduciary baseline", or correct the path.', { file });
  }
}

/** What a baseline knows today of the places that were asked for. */
export function knownByBaseline(host: Host, file: string, shown: string, paths: readonly string[]): Known {
  const entries = readBaseline(host, file);
  const valid = entries.filter((entry) => isInForce(entry, today(host)));
  const expired = entries.length - valid.length;
  return {
    with: 'baseline',
    base: shown,
    findings: valid.filter(({ file: path }) => paths.length === 0 || paths.some((asked) => path === asked || path.startsWith(`${asked}/`))),
    gaps: expired === 0 ? [] : [{ kind: 'baseline-expired', detail: String(expired) }],
  };
}

export const baselineText = (entries: readonly BaselineEntry[]): string => renderBaseline(entries, VERSION);

const openFindings = (result: Result): readonly Finding[] => result.findings.filter((finding) => toKnown(finding) !== undefined);

export function tightenBaseline(host: Host, root: string, entries: readonly BaselineEntry[], result: Result, add: boolean): Tightened {
  return tighten(entries, openFindings(result), statesOf(host, root, undefined), add);
}

export function compare(host: Host, root: string, result: Result, known: Known): Result {
  // What a comment or a waiver covers is no new finding, and no fixed one either.
  const present = result.findings.filter((finding) => finding.decision.effect !== 'allow');
  const { changes, fixed, partners } = classifyChanges(present, known.findings, statesOf(host, root, known.with === 'diff' ? known.base : undefined));
  const changeOf = new Map(present.flatMap((finding, index) => {
    const change = changes[index];
    const now = toKnown(finding);
    if (change === undefined || now === undefined) return [];
    const partner = partners[index];
    return [[finding, { change, ...(change === 'reached' && partner !== undefined ? { arrived: arrivals(partner, now) } : {}) }] as const];
  }));
  const tally = new Map<Change, number>([['fixed', fixed.length]]);
  for (const { change } of changeOf.values()) tally.set(change, (tally.get(change) ?? 0) + 1);
  const stale: readonly Gap[] = known.with === 'baseline' && fixed.length > 0 ? [{ kind: 'baseline-stale', detail: String(fixed.length) }] : [];
  return {
    ...result,
    findings: result.findings.map((finding) => {
      const change = changeOf.get(finding);
      return change === undefined ? finding : { ...finding, ...change };
    }),
    gaps: [...result.gaps, ...known.gaps, ...stale],
    comparison: {
      with: known.with,
      base: known.base,
      counts: Object.fromEntries(CHANGES.map((change) => [change, tally.get(change) ?? 0])) as Record<Change, number>,
      fixed,
    },
  };
}

/** The files of now from the disk, those of a commit from git; of a baseline only its own words are left. */
function statesOf(host: Host, root: string, commit: string | undefined): States {
  const now = cached((file) => readText(host, `${root}/${file}`));
  const before = cached((file) => (commit === undefined ? undefined : host.git(root, ['show', `${commit}:${file}`])));
  return {
    isGone: (file) => !host.exists(`${root}/${file}`),
    names: {
      now: (file, name) => declares(now(file) ?? '', name),
      before: (file, name) => {
        const text = before(file);
        return text === undefined ? undefined : declares(text, name);
      },
    },
  };
}

function readText(host: Host, path: string): string | undefined {
  try {
    return host.readText(path);
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

function cached(read: (file: string) => string | undefined): (file: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (file) => {
    if (!texts.has(file)) texts.set(file, read(file));
    return texts.get(file);
  };
}

/** After enforcement: what was there before makes no run fail. */
export function blockOnlyNew(result: Result): Result {
  const findings = result.findings.map((finding) =>
    finding.change === undefined || isNew(finding.change) || !finding.decision.blocking
      ? finding
      : { ...finding, decision: { ...finding.decision, blocking: false } });
  return { ...result, findings };
}
