// What a look at a repository finds, before anybody decides what to do about it: facts with counts, nothing proposed yet.
import type { Effect } from '#model/decision';
import type { ProtectionKind } from '#model/element';
import type { RepoPath } from '#model/location';

export const LIBRARY_ROLES = ['logger', 'client', 'vendor', 'storage', 'token'] as const;
export type LibraryRole = (typeof LIBRARY_ROLES)[number];

/** A package or a global object that the catalogue knows and production code uses. */
export interface SeenLibrary {
  readonly name: string;
  readonly role: LibraryRole;
  /** Of a vendor: its title and category. */
  readonly title?: string;
  /** Production files that use it. */
  readonly files: number;
}

/** A function of the project that masks, hashes or encrypts. */
export interface SeenProtector {
  readonly name: string;
  readonly file: RepoPath;
  readonly line: number;
  /** What it was seen to do; absent when only its name says so. */
  readonly does?: { readonly kind: ProtectionKind; readonly sufficient: boolean };
}

export interface Sightings {
  readonly files: number;
  readonly lines: number;
  readonly packages: readonly { readonly name: string; readonly dir: string }[];
  readonly libraries: readonly SeenLibrary[];
  readonly protectors: readonly SeenProtector[];
  readonly schemas: readonly RepoPath[];
  /** Files by what they are for, where it is not production. */
  readonly otherCode: Readonly<Record<string, number>>;
  readonly effects: Readonly<Partial<Record<Effect, number>>>;
  /** Installed by the root manifest already. */
  readonly dependencies: readonly string[];
}
