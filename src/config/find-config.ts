// Looks for the settings file from a folder upwards, and no further than the repository: what lies above belongs to others.
import { dirname, join } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';

export const CONFIG_NAMES = ['fiduciary.yaml', 'fiduciary.yml', 'fiduciary.json'] as const;

export function findConfig(host: Host, from: string, top: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const [first, second] = CONFIG_NAMES.map((name) => join(folder, name)).filter((path) => host.stat(path)?.kind === 'file');
    if (first !== undefined && second !== undefined) {
      throw new UserError(`Two configuration files in one folder: ${first} and ${second}`, 'Keep one of them.', { file: second });
    }
    if (first !== undefined) return first;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}
