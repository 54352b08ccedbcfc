// `policy verify-receipt`: exit code 0 when every byte agrees, 1 when something does not.
import { resolve } from 'node:path/posix';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import { verifyReceipt } from '#session/receipt';
import type { ExitCode } from './failures.ts';

export function runVerifyReceipt(host: Host, name: string): ExitCode {
  const file = resolve(host.cwd(), name);
  const { findings, date, stage, tool, problems } = verifyReceipt(host, name, read(host, file));
  for (const problem of problems) host.write('stdout', `${problem}\n`);
  const what = `${findings} ${findings === 1 ? 'decision' : 'decisions'} of ${date} at stage ${stage} by ${tool}`;
  host.write('stdout', problems.length === 0 ? `${what}: made again, the same bytes\n` : `${what}: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}\n`);
  return problems.length === 0 ? 0 : 1;
}

function read(host: Host, file: string): string {
  try {
    return host.readText(file);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`The receipt ${file} cannot be read`, 'Name a file that "fiduciary scan --receipt FILE" has written.', { file });
  }
}
