// What the user sees when something ends a run: a mistake of theirs with place and remedy, or a bug of ours with its stack.
import type { Host } from '#host/host';
import { UserError, type UserErrorPlace } from '#model/errors';
import { VERSION } from '#model/version';
import { toShownPath } from './shown-path.ts';

export type ExitCode = 0 | 1 | 2;

export function reportFailure(host: Host, error: unknown): ExitCode {
  host.write('stderr', error instanceof UserError ? describeUserError(error, host.cwd()) : describeBug(error));
  return 2;
}

function describeUserError(error: UserError, cwd: string): string {
  const place = describePlace(error.place, cwd);
  return `error: ${error.message}\n${place === '' ? '' : `  at ${place}\n`}  ${error.hint}\n`;
}

export function describePlace({ file, line, column }: UserErrorPlace, cwd: string): string {
  if (file === undefined) return '';
  return [toShownPath(cwd, file), line, column].filter((part) => part !== undefined).join(':');
}

function describeBug(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  return `internal error: ${stack}\n\nThis is a bug in Fiduciary ${VERSION}, not in your code. Please report it with the lines above and the command you ran.\n`;
}
