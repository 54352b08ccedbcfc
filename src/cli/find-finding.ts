// Which finding somebody means: by its id, or by file and line as reports print them.
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import type { Result } from '#model/result';

/** Throws `UserError` when there is none, or more than one. */
export function findFinding({ findings }: Result, subject: string): Finding {
  const place = parsePlace(subject);
  const [found, ...others] = findings.filter(({ id, sink: { location } }) => (place === undefined ? id === subject : location.file === place.file && location.line === place.line));
  if (found !== undefined && others.length === 0) return found;
  if (found !== undefined) throw new UserError(`There are ${others.length + 1} findings at ${subject}`, `Name one of them: ${[found, ...others].map(({ id }) => id).join(', ')}.`);
  if (place !== undefined) throw new UserError(`There is no finding at ${subject}`, 'Name the place as "fiduciary scan" prints it, or the id of a finding.');
  throw new UserError(`No finding has the id ${subject}`, 'Ids are shown by fiduciary scan; the code may have changed since.');
}

/** `src/a.ts:12`, also with a column behind it. */
export function parsePlace(target: string): { readonly file: string; readonly line: number } | undefined {
  const [, file, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(target) ?? [];
  return file === undefined || line === undefined ? undefined : { file: file.replaceAll('\\', '/'), line: Number(line) };
}
