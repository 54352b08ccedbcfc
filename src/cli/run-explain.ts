// Scans like `scan` does and tells everything about one finding or one line.
import { relative, resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { toRepoPath } from '#model/location';
import { renderFindingExplained, renderPlaceExplained } from '#report/explain';
import type { ExplainFlags } from './explain-command.ts';
import type { ExitCode } from './failures.ts';
import { findFinding, parsePlace } from './find-finding.ts';
import { runSession } from './run-session.ts';
import { wantsColor } from './terminal.ts';
import { toVocabulary } from '#session/vocabulary';

export async function runExplain(host: Host, target: string, flags: ExplainFlags): Promise<ExitCode> {
  const place = parsePlace(target);
  if (place === undefined && !/^[0-9a-f]{16}$/.test(target)) {
    throw new UserError(`"${target}" is neither the id of a finding nor a place`, 'Give an id of 16 hexadecimal digits, or file:line.');
  }
  // A place is looked for from its own repository, an id in the one we stand in.
  if (place !== undefined && host.stat(resolve(host.cwd(), place.file))?.kind !== 'file') {
    throw new UserError(`There is no file ${place.file}`, 'Give the path relative to the working directory.', { file: place.file });
  }
  const { preparation, outcome, catalog, policies } = await runSession(host, place === undefined ? [] : [place.file], { ...flags, whole: true });
  const options = { lang: flags.lang, color: wantsColor(host, flags.color), vocabulary: toVocabulary(catalog, flags.lang, policies.controls) };
  if (place !== undefined) {
    const file = toRepoPath(relative(preparation.root, host.realpath(resolve(host.cwd(), place.file)) ?? place.file));
    const at = { file, line: place.line };
    const notes = outcome.explain.at(file, place.line);
    host.write('stdout', renderPlaceExplained(outcome.result, notes, at, { ...options, whyNot: flags.whyNot === true }));
    return 0;
  }
  const finding = findFinding(outcome.result, target);
  const { location } = finding.sink;
  host.write('stdout', renderFindingExplained(finding, outcome.explain.at(location.file, location.line), options));
  return 0;
}
