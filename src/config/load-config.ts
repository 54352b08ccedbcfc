// A settings file and all that it extends → one ValidConfig. Lists add up with the base first; of a single value the last wins.
import { dirname, isAbsolute, join, resolve } from 'node:path/posix';
import { HostError, type Host } from '#host/host';
import type { RuleName } from '#model/channel';
import { UserError, type UserErrorPlace } from '#model/errors';
import { compareText } from '#model/location';
import { CONFIG_NAMES } from './find-config.ts';
import { parseConfig, type ParsedConfig, type RawConfig } from './parse-config.ts';
import { KEYS_TO_COME, type SuppressionMode } from './schema.ts';
import { type PolicySettings, RULE_NAMES, toValidConfig, type ValidConfig } from './valid-config.ts';

export interface ConfigWarning {
  readonly message: string;
  readonly place: UserErrorPlace;
}

export interface LoadedConfig {
  readonly config: ValidConfig;
  readonly warnings: readonly ConfigWarning[];
}

interface Merged {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly catalog: readonly string[];
  readonly rules: ReadonlyMap<RuleName, boolean>;
  readonly suppressions: SuppressionMode | undefined;
  readonly baseline: string | undefined;
  readonly policies: readonly PolicySettings[];
  readonly register: string | undefined;
  readonly waivers: string | undefined;
  readonly warnings: readonly ConfigWarning[];
}

/** `file` is absolute. */
export function loadConfig(host: Host, file: string): LoadedConfig {
  const merged = read(host, file, []);
  return {
    config: toValidConfig({
      file,
      folder: dirname(file),
      include: merged.include,
      exclude: merged.exclude,
      catalog: [...new Set(merged.catalog)],
      rulesOff: new Set([...merged.rules].filter(([, on]) => !on).map(([rule]) => rule)),
      suppressions: merged.suppressions ?? 'reason',
      baseline: merged.baseline,
      policies: merged.policies,
      register: merged.register,
      waivers: merged.waivers,
    }),
    warnings: merged.warnings,
  };
}

function read(host: Host, file: string, chain: readonly string[]): Merged {
  const parsed = parseConfig(file, readText(host, file));
  const { raw } = parsed;
  const names = raw.extends === undefined ? [] : typeof raw.extends === 'string' ? [raw.extends] : raw.extends;
  const bases = names.map((name, index) => {
    const place = parsed.placeOf(typeof raw.extends === 'string' ? ['extends'] : ['extends', index]);
    const base = resolveBase(host, file, name, place);
    if (base === file || chain.includes(base)) {
      throw new UserError(`The configuration extends itself: ${[...chain, file, base].join(' → ')}`, 'Remove one of the "extends".', place);
    }
    return read(host, base, [...chain, file]);
  });
  const lastPath = (key: 'baseline' | 'register' | 'waivers'): string | undefined => {
    const own = raw[key];
    return own === undefined ? bases.findLast((base) => base[key] !== undefined)?.[key] : resolve(dirname(file), own);
  };
  return {
    // A glob of a base means files of the project that uses it, so it stays as written.
    include: [...bases.flatMap((base) => base.include), ...(raw.include ?? [])],
    exclude: [...bases.flatMap((base) => base.exclude), ...(raw.exclude ?? [])],
    catalog: [...bases.flatMap((base) => base.catalog), ...catalogFiles(host, file, parsed)],
    rules: new Map([...bases.flatMap((base) => [...base.rules]), ...rules(raw)]),
    suppressions: raw.suppressions ?? bases.findLast((base) => base.suppressions !== undefined)?.suppressions,
    baseline: lastPath('baseline'),
    policies: [...bases.flatMap((base) => base.policies), ...policySettings(host, file, parsed)],
    register: lastPath('register'),
    waivers: lastPath('waivers'),
    warnings: [
      ...bases.flatMap((base) => base.warnings),
      ...parsed.keys.filter((key) => KEYS_TO_COME.has(key)).map((key) => ({
        message: `"${key}" has no effect yet in this version`,
        place: parsed.placeOf([key]),
      })),
    ],
  };
}

function policySettings(host: Host, file: string, parsed: ParsedConfig): readonly PolicySettings[] {
  const given = parsed.raw.policies;
  if (given === undefined) return [];
  const { profile, packs = [], regulations, params = {}, enforcement = {} } = given;
  const folders = packs.map((entry, index) => {
    const path = resolve(dirname(file), entry);
    if (host.stat(path)?.kind === 'folder') return path;
    throw new UserError(`The folder of policies "${entry}" does not exist`, 'The path is relative to the configuration file; a shipped profile is named with "profile".', parsed.placeOf(['policies', 'packs', index]));
  });
  return [{ profile, packs: folders, regulations, params, enforcement, placeOf: (path) => parsed.placeOf(['policies', ...path]) }];
}

function rules(raw: RawConfig): readonly (readonly [RuleName, boolean])[] {
  const given = raw.rules ?? {};
  return RULE_NAMES.filter((rule) => rule in given).map((rule) => [rule, given[rule] === 'on' || given[rule] === true]);
}

/** A folder stands for the YAML files in it. */
function catalogFiles(host: Host, file: string, parsed: ParsedConfig): readonly string[] {
  return (parsed.raw.catalog ?? []).flatMap((entry, index) => {
    const path = resolve(dirname(file), entry);
    const kind = host.stat(path)?.kind;
    if (kind === 'file') return [path];
    if (kind === 'folder') {
      return host.list(path).filter((item) => item.kind === 'file' && /\.ya?ml$/.test(item.name)).map((item) => join(path, item.name)).sort(compareText);
    }
    throw new UserError(`The catalogue file "${entry}" does not exist`, 'The path is relative to the configuration file.', parsed.placeOf(['catalog', index]));
  });
}

/** A path when it looks like one, else a package, found where Node would look for it. */
function resolveBase(host: Host, file: string, name: string, place: UserErrorPlace): string {
  if (/^\.{0,2}\//.test(name) || isAbsolute(name) || /\.(ya?ml|json)$/.test(name)) {
    const path = resolve(dirname(file), name);
    if (host.stat(path)?.kind === 'file') return path;
    throw new UserError(`The configuration to extend, "${name}", does not exist`, 'The path is relative to this file.', place);
  }
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = CONFIG_NAMES.map((candidate) => join(folder, 'node_modules', name, candidate)).find((path) => host.stat(path)?.kind === 'file');
    if (found !== undefined) return found;
    if (folder === dirname(folder)) break;
  }
  throw new UserError(`The package to extend, "${name}", is not installed or has no ${CONFIG_NAMES[0]}`, 'Install it, or name a file: ./path/to/file.yaml.', place);
}

function readText(host: Host, file: string): string {
  try {
    return host.readText(file);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const problem = error.reason === 'missing' ? 'does not exist' : error.reason === 'not-a-file' ? 'is a folder' : 'cannot be read';
    throw new UserError(`The configuration file ${file} ${problem}`, 'Check the path given with --config.', { file });
  }
}
