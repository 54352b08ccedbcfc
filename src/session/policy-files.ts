// Where policies lie and how their files are read: the shipped folder, and folders of a bank's own.
import { basename, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { type Host, HostError } from '#host/host';
import { UserError, type UserErrorPlace } from '#model/errors';
import { compareText } from '#model/location';
import type { TextFile } from '#policy/document';
import { EvaluationError } from '#policy/evaluation-error';
import type { PolicyFile } from '#policy/toolchain';

const placeOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/');
/** Beside `src/` in a checkout and beside `dist/` in the package. */
const SHIPPED = placeOf('../../policies');
/** What the build made of the shipped policies. */
export const BUILT = placeOf('../../dist/policies');

/** Names are relative to `policies/`. */
export const shippedFiles = (host: Host): readonly TextFile[] => readFolder(host, SHIPPED, /\.(rego|ya?ml|json)$/);

/** A folder of a bank's own: names begin with that of the folder, so that equal folders give equal modules wherever they lie. */
export interface PolicyFolder {
  readonly files: readonly PolicyFile[];
  readonly isOwn: (name: string) => boolean;
  /** Of a name that the toolchain tells, the file on disk. */
  readonly locate: (name: string) => string;
}

/** Throws `UserError` for a folder that is missing or holds no policy. */
export function readOwnFolders(host: Host, folders: readonly string[]): PolicyFolder {
  const roots = new Map<string, string>();
  const files = [...new Set(folders)].flatMap((folder) => {
    if (host.stat(folder)?.kind !== 'folder') throw new UserError(`The folder of policies ${folder} does not exist`, 'Name a folder with Rego files, or a shipped profile.', { file: folder });
    let label = basename(folder);
    while (roots.has(label) || label === 'policies') label += '+';
    roots.set(label, folder);
    const found = readFolder(host, folder, /\.rego$/);
    if (!found.some(({ name }) => !name.endsWith('_test.rego'))) throw new UserError(`The folder of policies ${folder} holds no policy`, 'Write one with "fiduciary policy new", or leave the folder out.', { file: folder });
    return found.map(({ name, text }) => ({ name: `${label}/${name}`, text }));
  });
  const labelOf = (name: string): string => name.split('/')[0] ?? '';
  return {
    files,
    isOwn: (name) => roots.has(labelOf(name)),
    locate: (name) => {
      const root = roots.get(labelOf(name));
      return root === undefined ? name.replace(/^policies\//, `${SHIPPED}/`) : join(root, name.slice(labelOf(name).length + 1));
    },
  };
}

/** Runs something that names policies as the toolchain does, and says in an error where they really lie. */
export function withPlaces<T>(own: PolicyFolder, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const place = error.place.file === undefined && error instanceof EvaluationError ? placeOfWord(own, error.said) : error.place;
    if (place?.file === undefined || place.file.startsWith('/')) throw error;
    throw new UserError(error.message, error.hint, { ...place, file: own.locate(place.file) });
  }
}

/** Where a policy of the bank's own writes a word as a text; the tests of policies are not what is evaluated. */
function placeOfWord({ files }: PolicyFolder, word: string | undefined): UserErrorPlace | undefined {
  if (word === undefined) return undefined;
  const file = files.find(({ name, text }) => !name.endsWith('_test.rego') && text.includes(`"${word}"`));
  return file === undefined ? undefined : { file: file.name, line: file.text.slice(0, file.text.indexOf(`"${word}"`)).split('\n').length };
}

/** Sorted by name; links are not followed, so that a folder holds what it seems to hold. */
export function readFolder(host: Host, folder: string, wanted: RegExp): readonly TextFile[] {
  const read = (path: string, prefix: string): readonly TextFile[] => host.list(path).flatMap(({ name, kind }) => {
    if (kind === 'folder') return read(join(path, name), `${prefix}${name}/`);
    return kind === 'file' && wanted.test(name) ? [{ name: `${prefix}${name}`, text: host.readText(join(path, name)) }] : [];
  });
  try {
    return [...read(folder, '')].sort((a, b) => compareText(a.name, b.name));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`${error.path} cannot be read`, 'Check its permissions.', { file: error.path });
  }
}
