// The last result of a folder, kept with the digest of everything it was made from: when nothing has changed, it still holds.
import { fileURLToPath } from 'node:url';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import type { Result } from '#model/result';

/** The base of a change and what an editor is told are kept beside the result of a run, so that none drives another out. */
const FILES = { head: 'result.json', base: 'result-base.json', editor: 'result-editor.json' } as const;
export type ResultSlot = keyof typeof FILES;
/** Written by the build; absent in a source checkout, where the code may change under the same version. */
const BUILD = fileURLToPath(new URL('../build-id', import.meta.url)).replaceAll('\\', '/');

export function buildId(host: Host): string | undefined {
  return host.exists(BUILD) ? host.readText(BUILD).trim() : undefined;
}

export function readResult(host: Host, folder: string, slot: ResultSlot, key: string): Result | undefined {
  try {
    const text = host.readText(`${folder}/${FILES[slot]}`);
    const end = text.indexOf('\n');
    return text.slice(0, end) === key ? (JSON.parse(text.slice(end + 1)) as Result) : undefined;
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function writeResult(host: Host, folder: string, slot: ResultSlot, key: string, result: Result): void {
  try {
    host.writeFileAtomic(`${folder}/${FILES[slot]}`, `${key}\n${JSON.stringify(result)}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
