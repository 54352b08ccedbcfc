// A run that saw no file has found nothing out, and must not end like one that found nothing.
import { UserError } from '#model/errors';
import type { Result } from '#model/result';

export function assertAnalysed(result: Result, paths: readonly string[]): void {
  if (result.counts.files > 0) return;
  throw new UserError(
    `No file was analysed${paths.length === 0 ? '' : ` under ${paths.join(', ')}`}`,
    'Name a folder with TypeScript, JavaScript or Vue files, and check "include" and "exclude" and .gitignore.',
  );
}
