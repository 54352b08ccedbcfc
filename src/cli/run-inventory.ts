// Scans like `scan` does and writes the processing record. Nothing blocks here: a record tells, `scan` judges.
import { resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import { drawRecord } from '#inventory/processing-record';
import { renderInventory } from '#report/inventory/render-inventory';
import { judgeChanges } from '#session/judge-changes';
import { today } from '#session/open-scan';
import { toVocabulary } from '#session/vocabulary';
import { assertAnalysed } from './assert-analysed.ts';
import { withComparison } from './comparison.ts';
import type { ExitCode } from './failures.ts';
import type { InventoryFlags } from './inventory-command.ts';
import { runForResult } from './run-session.ts';
import { toShownPath } from './shown-path.ts';

export async function runInventory(host: Host, paths: readonly string[], flags: InventoryFlags): Promise<ExitCode> {
  const run = await runForResult(host, paths, flags);
  const { catalog, policies } = run;
  // As a scan has it: some controls speak of what is new beside the baseline.
  const result = judgeChanges(await withComparison(host, run, {}), policies, 'ci', today(host));
  const text = renderInventory(flags.format, drawRecord(result), { lang: flags.lang, vocabulary: toVocabulary(catalog, flags.lang) });
  if (flags.output === undefined || flags.output === '-') {
    host.write('stdout', text);
  } else {
    const file = resolve(host.cwd(), flags.output);
    host.writeFileAtomic(file, text);
    host.write('stderr', `Wrote the processing record to ${toShownPath(host.cwd(), file)}\n`);
  }
  assertAnalysed(result, paths);
  return 0;
}
