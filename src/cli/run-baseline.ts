// Writes a baseline where there is none, tightens the one there is, and says what it did. New findings stay outside unless they
// are asked in: a baseline that grows by itself would hide exactly what it is there to show.
import { join } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { baselineText, readBaseline, tightenBaseline } from '#session/compare';
import type { BaselineFlags } from './baseline-command.ts';
import { baselineFile } from './comparison.ts';
import type { ExitCode } from './failures.ts';
import { runForResult } from './run-session.ts';
import { toShownPath } from './shown-path.ts';

export const BASELINE_NAME = 'fiduciary-baseline.json';

export async function runBaseline(host: Host, path: string | undefined, flags: BaselineFlags): Promise<ExitCode> {
  if (flags.fresh === true && flags.check === true) throw new UserError('--fresh and --check exclude each other', 'Choose one of them.');
  const { options, outcome: { result } } = await runForResult(host, path === undefined ? [] : [path], { ...flags, whole: true });
  if (result.counts.files === 0) throw new UserError('No file was analysed', 'An empty baseline would hide that: name the folder of the program.');
  const file = baselineFile(host, options, flags.output) ?? join(options.root, BASELINE_NAME);
  const shown = toShownPath(host.cwd(), file);
  const exists = host.exists(file) && flags.fresh !== true;
  if (!exists && flags.check === true) throw new UserError(`The baseline ${shown} does not exist`, 'Write it with "fiduciary baseline".', { file });
  const before = exists ? readBaseline(host, file) : [];
  const after = tightenBaseline(host, options.root, before, result, !exists || flags.add === true);
  const say = (text: string): void => host.write('stdout', `${text}\n`);
  const text = baselineText(after.entries);
  const stale = exists && baselineText(before) !== text;
  if (flags.check !== true && (!exists || stale)) host.writeFileAtomic(file, text);
  if (!exists) {
    say(`Wrote ${shown}: ${findings(after.entries.length)}`);
    if (options.config.baseline === undefined && flags.output === undefined) say(`Name it in fiduciary.yaml so that every scan compares with it: "baseline: ${BASELINE_NAME}"`);
    return 0;
  }
  const changed = [
    [after.fixed, 'fixed'], [after.moved, 'moved'], [after.narrowed, 'leak less than before'],
    ...(flags.add === true ? [[after.introduced, 'added'], [after.reached, 'leak more than before, taken in']] as const : []),
  ] as const;
  const told = changed.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`).join(', ');
  const state = flags.check === true ? 'could be tightened' : 'was tightened';
  say(stale ? `${shown} ${state}${told === '' ? '' : `: ${told}`}; ${findings(after.entries.length)} left` : `${shown} is tight: ${findings(after.entries.length)}`);
  const outside = flags.add === true ? 0 : after.introduced + after.reached;
  if (outside > 0) say(`${findings(outside)} ${outside === 1 ? 'is' : 'are'} new or leak${outside === 1 ? 's' : ''} more than the baseline says, and ${outside === 1 ? 'stays' : 'stay'} outside of it (--add takes ${outside === 1 ? 'it' : 'them'} in)`);
  return flags.check === true && stale ? 1 : 0;
}

const findings = (count: number): string => `${count} ${count === 1 ? 'finding' : 'findings'}`;
