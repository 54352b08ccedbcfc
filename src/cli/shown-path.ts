// Paths as the user would type them: relative to the working directory, unless they lie far from it.
import { isAbsolute, relative } from 'node:path/posix';

export function toShownPath(cwd: string, path: string): string {
  if (!isAbsolute(path)) return path;
  const shown = relative(cwd, path);
  if (shown === '') return '.';
  return shown.startsWith('../../') ? path : shown;
}
