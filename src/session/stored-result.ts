// Reads a result that a scan has written with --report json.
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import { RESULT_VERSION, type Result } from '#model/result';

/** Throws `UserError` for a file that is missing, no result, or of another version. */
export function readStoredResult(host: Host, file: string): Result {
  const hint = 'Results are written by "fiduciary scan --report json=FILE".';
  try {
    const result = JSON.parse(host.readText(file)) as Partial<Result>;
    if (!Array.isArray(result.findings) || result.tool?.name !== 'fiduciary') throw new UserError(`${file} is no result of a scan`, hint, { file });
    if (result.version !== RESULT_VERSION) throw new UserError(`${file} is a result of version ${String(result.version)}, this is ${RESULT_VERSION}`, 'Scan again.', { file });
    return result as Result;
  } catch (error) {
    if (error instanceof HostError) throw new UserError(`The result ${file} cannot be read`, hint, { file });
    if (error instanceof SyntaxError) throw new UserError(`${file} is no JSON`, hint, { file });
    throw error;
  }
}
