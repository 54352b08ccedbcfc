// What a project may say to all rules at once, under `settings.fiduciary` of its ESLint configuration. Plain data only: ESLint
// copies it between threads.
import { UserError } from '#model/errors';
import { findNearest } from '#model/nearest';
import { LANGUAGES, type Language } from '#report/report-options';

export interface Settings {
  /** A settings file, relative to the working directory; by default the nearest `fiduciary.yaml`. */
  readonly config?: string;
  /** Where facts and results are kept, relative to the working directory; `false` keeps nothing. */
  readonly cache?: string | false;
  readonly lang: Language;
}

const KEYS = ['config', 'cache', 'lang'] as const;

/** Throws `UserError`. */
export function readSettings(value: unknown): Settings {
  if (value === undefined) return { lang: 'en' };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault('must be an object', KEYS);
  const given: Readonly<Record<string, unknown>> = { ...value };
  for (const key of Object.keys(given)) {
    if ((KEYS as readonly string[]).includes(key)) continue;
    const near = findNearest(key, KEYS);
    throw new UserError(`settings.fiduciary has an unknown key "${key}"`, near === undefined ? `Known: ${KEYS.join(', ')}.` : `Did you mean "${near}"?`);
  }
  const { config, cache, lang = 'en' } = given;
  if (config !== undefined && typeof config !== 'string') throw fault('config must be the path of a file', KEYS);
  if (cache !== undefined && cache !== false && typeof cache !== 'string') throw fault('cache must be the path of a folder, or false', KEYS);
  if (!isLanguage(lang)) throw fault(`lang must be one of ${LANGUAGES.join(', ')}`, KEYS);
  return { lang, ...(config === undefined ? {} : { config }), ...(cache === undefined ? {} : { cache }) };
}

const isLanguage = (value: unknown): value is Language => (LANGUAGES as readonly unknown[]).includes(value);

const fault = (what: string, known: readonly string[]): UserError => new UserError(`settings.fiduciary ${what}`, `It may hold ${known.join(', ')}.`);
