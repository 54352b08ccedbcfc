// The folder of shipped policies as data: Rego files, parameters with their schema, regulations, profiles.
import { createRequire } from 'node:module';
import type { Effect } from '#model/decision';
import type { Enforcement, Profile, Regulation } from '#model/policy';
import type { TextFile } from './document.ts';
import type { PolicyFile } from './toolchain.ts';

export type Params = Readonly<Record<string, unknown>>;

export interface PackProfile extends Profile {
  readonly params: Params;
}

export interface Packs {
  readonly rego: readonly PolicyFile[];
  readonly params: Params;
  readonly paramsSchema: object;
  readonly regulations: readonly Regulation[];
  readonly profiles: readonly PackProfile[];
}

interface RawRegulation {
  readonly id: string;
  readonly name: string;
  readonly name_zh: string;
  readonly edition: string;
  readonly clauses: readonly { readonly clause: string; readonly title: string; readonly title_zh: string; readonly verified: boolean; readonly controls: readonly string[]; readonly elements?: readonly string[] }[];
}

interface RawProfile {
  readonly id: string;
  readonly title: string;
  readonly title_zh: string;
  readonly regulations: readonly string[];
  readonly params: Params;
  readonly enforcement: Enforcement;
}

// Loaded when it is needed: the build has read the shipped files already.
const load = createRequire(import.meta.url);

/** Names are relative to the folder `policies/`. What is shipped is known to be right; tests see to it. */
export function readPacks(files: readonly TextFile[]): Packs {
  const { parse } = load('yaml') as typeof import('yaml');
  const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? '';
  const documents = <T>(folder: string): readonly T[] => files.filter(({ name }) => name.startsWith(`${folder}/`)).map(({ text }) => parse(text) as T);
  return {
    rego: files.filter(({ name }) => name.endsWith('.rego')).map(({ name, text }) => ({ name: `policies/${name}`, text })),
    params: parse(textOf('params.yaml')) as Params,
    paramsSchema: JSON.parse(textOf('params.schema.json')) as object,
    regulations: documents<RawRegulation>('regulations').map(({ name, name_zh, clauses, ...rest }) => ({
      ...rest, name: { en: name, zh: name_zh }, clauses: clauses.map(({ title, title_zh, ...clause }) => ({ ...clause, title: { en: title, zh: title_zh } })),
    })),
    profiles: documents<RawProfile>('profiles').map(({ id, title, title_zh, regulations, params, enforcement }) => ({ id, title: { en: title, zh: title_zh }, regulations, params, enforcement })),
  };
}

/** Objects merge, lists and single values replace. */
export function mergeParams(base: Params, over: Params): Params {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? mergeParams(below, value) : value;
  }
  return merged;
}

const isObject = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A stage's levels of the settings lie over those of the profile. */
export function mergeEnforcement(base: Enforcement, over: Partial<Enforcement>): Enforcement {
  const merge = (stage: keyof Enforcement): Enforcement[keyof Enforcement] => ({ ...base[stage], ...over[stage] });
  return { editor: merge('editor'), ci: merge('ci'), release: merge('release') };
}

/** Ids that an enforcement may name besides those of controls. */
export const ENFORCED_EFFECTS: readonly (Effect | '*')[] = ['deny', 'require_approval', 'warn', 'note', 'allow', '*'];
