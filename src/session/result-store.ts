// The last result of a folder, kept with the digest of everything it was made from: when nothing has changed, it still holds.
import { fileURLToPath } from 'node:url';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import type { Result } from '#model/result';

const FILE = 'result.json';
/** Of the base of a change: kept beside it, so that neither drives the other out. */
const BASE_FILE = 'result-base.json';
export type ResultSlot = 'head' | 'base';
const nameOf = (slot: ResultSlot): string => (slot === 'base' ? BASE_FILE : FILE);
/** Written by the build; absent in a source checkout, where the code may change under the same version. */
const BUILD = fileURLToPath(new URL('../build-id', import.meta.url)).replaceAll('\\', '/');

export function buildId(host: Host): string | undefined {
  return host.exists(BUILD) ? host.readText(BUILD).trim() : undefined;
}

export function readResult(host: Host, folder: string, slot: ResultSlot, key: string): Result | undefined {
  try {
    const text = host.readText(`${folder}/${nameOf(slot)}`);
    const end = text.indexOf('\n');
    return text.slice(0, end) === key ? (JSON.parse(text.slice(end + 1)) as Result) : undefined;
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function writeResult(host: Host, folder: string, slot: ResultSlot, key: string, result: Result): void {
  try {
    host.writeFileAtomic(`${folder}/${nameOf(slot)}`, `${key}\n${JSON.stringify(result)}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
