// Whether files are still what they were, told by time and size alone: for a session that stays open beside an editor.
import type { Host } from '#host/host';

/** By absolute path; a path that leads nowhere has a stamp, too. */
export type Stamps = ReadonlyMap<string, string>;

export const takeStamps = (host: Host, paths: Iterable<string>): Stamps => new Map([...paths].map((path) => [path, stampOf(host, path)]));

export function* findStale(host: Host, stamps: Stamps): Iterable<string> {
  for (const [path, stamp] of stamps) if (stampOf(host, path) !== stamp) yield path;
}

export function stampOf(host: Host, path: string): string {
  const found = host.stat(path);
  return found === undefined ? '' : `${found.kind} ${found.modified} ${found.kind === 'file' ? found.size : ''}`;
}
