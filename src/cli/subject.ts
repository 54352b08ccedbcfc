// What a scanned program is called in a report that is read away from its repository: by its manifest, else by its folder, and
// by the part of it that was scanned. Never an absolute path.
import { basename } from 'node:path/posix';
import { type Host, HostError } from '#host/host';

/** `paths` are relative to the root. */
export function readSubject(host: Host, root: string, paths: readonly string[]): string {
  return [manifestName(host, root) ?? basename(root), ...(paths.length === 0 ? [] : [paths.join(', ')])].join(' / ');
}

function manifestName(host: Host, root: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(host.readText(`${root}/package.json`));
    const name = typeof manifest === 'object' && manifest !== null && 'name' in manifest ? manifest.name : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
