// Runs a scan, writes its reports and says how it ended: 2 (could not do what was asked) beats 1 (something blocks) beats 0.
import { resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { EXPECTED_GAPS } from '#model/gap';
import type { Result } from '#model/result';
import { blockOnlyNew } from '#session/compare';
import { enforce } from '#session/enforce';
import { judgeChanges } from '#session/judge-changes';
import { today } from '#session/open-scan';
import { parseFileList, touching } from '#session/narrow';
import { assertAnalysed } from './assert-analysed.ts';
import { readFileList, withComparison } from './comparison.ts';
import { type ExitCode } from './failures.ts';
import { planOutputs, writeOutputs } from './outputs.ts';
import { runForResult } from './run-session.ts';
import type { ScanFlags } from './scan-command.ts';
import { renderStats } from './stats.ts';
import { readSubject } from './subject.ts';
import { wantsColor } from './terminal.ts';
import { toVocabulary } from '#session/vocabulary';

export async function runScan(host: Host, paths: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  // First, so that a mistyped report is told before the work and not after it.
  const outputs = planOutputs(flags, host.cwd());
  if (typeof flags.baseline === 'string' && flags.diff !== undefined) {
    throw new UserError('--baseline and --diff exclude each other', 'Compare with one of them.');
  }
  const changedFiles = flags.changedFilesFrom === undefined ? undefined : readFileList(host, flags.changedFilesFrom);
  const run = await runForResult(host, paths, flags);
  const { outcome, catalog, preparation: { root, paths: places } } = run;
  const compared = await withComparison(host, run, flags);
  const enforced = blockOnlyNew(enforce(judgeChanges(compared, run.policies, flags.stage, today(host)), flags.failOn));
  const result = changedFiles === undefined ? enforced : touching(enforced, parseFileList(host, root, changedFiles));
  writeOutputs(host, outputs, result, {
    lang: flags.lang,
    color: wantsColor(host, flags.color),
    confidence: flags.confidence,
    quiet: flags.quiet === true,
    known: flags.known === true,
    vocabulary: toVocabulary(catalog, flags.lang, run.policies.controls),
    subject: readSubject(host, root, places),
  }, flags.quiet === true);
  if (flags.receipt !== undefined) {
    const { writeReceipt } = await import('#session/receipt');
    host.writeFileAtomic(resolve(host.cwd(), flags.receipt), writeReceipt(host, result.findings, run.policies, catalog, flags.stage, today(host)));
  }
  if (flags.stats === true) host.write('stderr', renderStats(outcome.stats, result, host.memory().rss));
  assertAnalysed(result, paths);
  if (flags.strict === true && isIncomplete(host, result)) return 2;
  return result.findings.some((finding) => finding.decision.blocking) ? 1 : 0;
}

function isIncomplete(host: Host, result: Result): boolean {
  const gaps = result.gaps.filter((gap) => !EXPECTED_GAPS.has(gap.kind));
  if (gaps.length === 0) return false;
  const kinds = [...new Set(gaps.map((gap) => gap.kind))].join(', ');
  host.write('stderr', `error: incomplete, and --strict was given: ${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'} (${kinds})\n`);
  return true;
}
