// A host in which some files have other texts than on the disk: unsaved buffers of an editor. Everything that reads through a
// host sees them as if they had been saved, so that nothing else has to know that there are such files.
import { dirname } from 'node:path/posix';
import { compareText } from '#model/location';
import { type Host, HostError } from './host.ts';

/** `texts` by absolute path; looked at on each read, so that it may change meanwhile. */
export function createOverlayHost(host: Host, texts: ReadonlyMap<string, string>): Host {
  const folderOfTexts = (folder: string): boolean => [...texts.keys()].some((path) => path.startsWith(`${folder}/`));
  const readBytes = (path: string, limit?: number): Uint8Array => {
    const text = texts.get(path);
    if (text === undefined) return host.readBytes(path, limit);
    const bytes = Buffer.from(text);
    if (limit !== undefined && bytes.length > limit) throw new HostError('too-large', path, `${bytes.length} bytes`);
    return bytes;
  };
  return {
    ...host,
    readBytes,
    readText: (path) => texts.get(path) ?? host.readText(path),
    list(folder) {
      const entries = listed(host, folder, folderOfTexts(folder));
      const names = new Set(entries.map(({ name }) => name));
      const added = new Map<string, 'file' | 'folder'>();
      for (const path of texts.keys()) {
        if (!path.startsWith(`${folder}/`)) continue;
        const [name = '', ...below] = path.slice(folder.length + 1).split('/');
        if (!names.has(name)) added.set(name, below.length > 0 ? 'folder' : 'file');
      }
      if (added.size === 0) return entries;
      return [...entries, ...[...added].map(([name, kind]) => ({ name, kind }))].sort((a, b) => compareText(a.name, b.name));
    },
    stat(path) {
      const text = texts.get(path);
      const found = host.stat(path);
      if (text !== undefined) return { kind: 'file', size: Buffer.byteLength(text), modified: found?.modified ?? 0 };
      return found ?? (folderOfTexts(path) ? { kind: 'folder', size: 0, modified: 0 } : undefined);
    },
    exists: (path) => texts.has(path) || host.exists(path) || folderOfTexts(path),
    realpath: (path) => host.realpath(path) ?? (texts.has(path) || folderOfTexts(path) ? realpathOfNew(host, path) : undefined),
  };
}

function listed(host: Host, folder: string, mayBeNew: boolean): ReturnType<Host['list']> {
  try {
    return host.list(folder);
  } catch (error) {
    if (mayBeNew && error instanceof HostError && error.reason === 'missing') return [];
    throw error;
  }
}

/** What is not there yet lies where its folder lies. */
export function realpathOfNew(host: Host, path: string): string {
  const parent = dirname(path);
  if (parent === path) return path;
  const real = host.realpath(parent) ?? realpathOfNew(host, parent);
  return `${real === '/' ? '' : real}${path.slice(parent === '/' ? 0 : parent.length)}`;
}
