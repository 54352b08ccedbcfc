// From a path without certainty to a file that is known: extensions, `.js` that means `.ts`, index files, platform variants.
// Looks at the set of known files alone, never at the disk.
import { join } from 'node:path/posix';
import type { RepoPath } from '#model/location';

/** Implementations before declarations: unlike the compiler we need the code; its types are found beside it. */
const EXTENSIONS = [
  '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.d.ts', '.d.mts', '.d.cts', '.json',
  '.native.ts', '.native.tsx', '.native.js', '.web.ts', '.web.tsx', '.ios.ts', '.ios.tsx', '.ios.js', '.android.ts', '.android.tsx', '.android.js',
] as const;

/** What a written extension may stand for before it stands for itself. */
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx', '.d.ts'],
  '.jsx': ['.tsx', '.jsx', '.d.ts'],
  '.mjs': ['.mts', '.mjs', '.d.mts'],
  '.cjs': ['.cts', '.cjs', '.d.cts'],
};

export interface Probe {
  file(path: string): RepoPath | undefined;
  /** The file, or the index file of the folder. */
  fileOrIndex(path: string): RepoPath | undefined;
}

export function createProbe(paths: ReadonlySet<string>): Probe {
  const known = (path: string): RepoPath | undefined => (paths.has(path) ? (path as RepoPath) : undefined);

  const file = (path: string): RepoPath | undefined => {
    const written = /\.[cm]?jsx?$/.exec(path)?.[0];
    const sources = written === undefined ? undefined : SOURCES_OF[written];
    if (sources && written !== undefined) {
      const stem = path.slice(0, -written.length);
      for (const extension of sources) {
        const found = known(stem + extension);
        if (found !== undefined) return found;
      }
    }
    const exact = known(path);
    if (exact !== undefined) return exact;
    for (const extension of EXTENSIONS) {
      const found = known(path + extension);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  return {
    file: (path) => (path === '' ? undefined : file(path)),
    fileOrIndex: (path) => (path === '' ? undefined : file(path)) ?? file(join(path, 'index')),
  };
}
