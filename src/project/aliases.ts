// Names that stand for folders: `paths` and `baseUrl` of the compiler settings, and what projects agree upon without writing it.
import { join } from 'node:path/posix';
import type { RepoPath } from '#model/location';
import type { CompilerSettings, PathAlias } from './tsconfig.ts';
import type { Package } from './workspaces.ts';

export type Find = (path: string) => RepoPath | undefined;

export interface AliasMatch {
  /** Some alias fits the specifier, so that it is no package even when nothing is found. */
  readonly claimed: boolean;
  readonly file: RepoPath | undefined;
}

/** The nearest settings decide; those around it stand in where it is silent, as bundlers take their aliases from the top. */
export function findByAlias(settings: readonly CompilerSettings[], specifier: string, find: Find): AliasMatch {
  let claimed = false;
  for (const { aliases } of settings) {
    for (const alias of aliases) {
      const star = matchAlias(alias, specifier);
      if (star === undefined) continue;
      claimed ||= alias.before !== '';
      for (const target of alias.targets) {
        const path = target.replace('*', () => star);
        if (/(?:^|\/)node_modules(?:\/|$)/.test(path)) continue;
        const file = find(path);
        if (file !== undefined) return { claimed: true, file };
      }
    }
  }
  return { claimed, file: undefined };
}

function matchAlias({ before, after }: PathAlias, specifier: string): string | undefined {
  if (after === undefined) return specifier === before ? '' : undefined;
  const fits = specifier.startsWith(before) && specifier.endsWith(after) && specifier.length >= before.length + after.length;
  return fits ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

export function findByBase(settings: readonly CompilerSettings[], specifier: string, find: Find): RepoPath | undefined {
  const base = settings.find((each) => each.baseUrl !== undefined)?.baseUrl;
  return base === undefined ? undefined : find(join(base, specifier));
}

/** What Vue, Nuxt, webpack and Vite projects agree upon without writing it where we read: `@/x`, `~/x`, `@@/x`, `src/x`. */
export function findByConvention(packages: readonly Package[], specifier: string, find: Find): RepoPath | undefined {
  const [, sign = '', rest = ''] = /^(@@?|~~?|src)\/(.+)$/.exec(specifier) ?? [];
  const folders = sign === 'src' ? ['src'] : sign.length === 2 ? ['', 'src'] : sign.length === 1 ? ['src', '', 'app', 'client'] : [];
  for (const { dir } of packages) {
    for (const folder of folders) {
      const found = find(join(dir, folder, rest));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
