// Compiler settings as far as they say where an import leads: `paths` and `baseUrl`, with `extends` and solution-style
// `references`. Besides `extract/` the only place that knows `typescript`, and that only to say where a broken file is broken.
import { requireCompiled } from '#host/code-cache';
import { join } from 'node:path/posix';
import { type Host, HostError } from '#host/host';
import type { Gap } from '#model/gap';
import { compareText, type RepoPath } from '#model/location';
import { asObject, asText, asTexts, type JsonObject, parseLooseJsonObject } from './json.ts';
import { folderOf, type Package } from './workspaces.ts';

export interface PathAlias {
  /** Before and after the `*`; `after` is `undefined` for a pattern without one. */
  readonly before: string;
  readonly after: string | undefined;
  /** Repository-relative targets, with `*`. */
  readonly targets: readonly string[];
}

/** What holds for the files at and below `dir`, unless a nearer one says otherwise. */
export interface CompilerSettings {
  readonly file: RepoPath;
  readonly dir: string;
  /** The longest prefix first, as the compiler prefers. */
  readonly aliases: readonly PathAlias[];
  readonly baseUrl: string | undefined;
}

export interface SettingsResult {
  readonly settings: readonly CompilerSettings[];
  readonly gaps: readonly Gap[];
}

interface Loaded {
  readonly aliases: readonly PathAlias[] | undefined;
  readonly baseUrl: string | undefined;
}

const NOTHING: Loaded = { aliases: undefined, baseUrl: undefined };

/** `files` are all tsconfig and jsconfig files of the project, such as `tsconfig.app.json`. */
export function readSettings(host: Host, root: string, files: readonly RepoPath[], packages: readonly Package[]): SettingsResult {
  const known = new Set<string>(files);
  const gaps: Gap[] = [];
  const objects = new Map<string, JsonObject | undefined>();
  const byName = new Map(packages.filter((each) => each.kind === 'package' && each.name !== '').map((each) => [each.name, each]));

  const read = (file: string): JsonObject | undefined => {
    if (!objects.has(file)) objects.set(file, parseSettings(host, root, file as RepoPath, gaps));
    return objects.get(file);
  };

  const load = (file: string, within: readonly string[]): Loaded => {
    const object = within.includes(file) ? undefined : read(file);
    if (!object) return NOTHING;
    const dir = folderOf(file);
    const trail = [...within, file];
    let loaded = NOTHING;
    for (const base of [object['extends']].flatMap((each) => asText(each) ?? asTexts(each))) {
      const target = locate(dir, base);
      if (target !== undefined) loaded = merge(loaded, load(target, trail));
    }
    loaded = merge(loaded, own(dir, asObject(object['compilerOptions']) ?? {}));
    return loaded.aliases ? loaded : merge(referenced(dir, object, trail), loaded);
  };

  /** A solution-style file leaves the settings to those it refers to; those of its own folder speak for the same sources. */
  const referenced = (dir: string, object: JsonObject, trail: readonly string[]): Loaded => {
    const references = Array.isArray(object['references']) ? object['references'] : [];
    const targets = references.map((each) => locate(dir, asText(asObject(each)?.['path']) ?? '', true));
    const loaded = targets.filter((each) => each !== undefined && folderOf(each) === dir).map((each) => load(each ?? '', trail));
    const aliases = loaded.flatMap((each) => each.aliases ?? []);
    return { aliases: aliases.length > 0 ? sortAliases(aliases) : undefined, baseUrl: loaded.find((each) => each.baseUrl !== undefined)?.baseUrl };
  };

  const locate = (dir: string, specifier: string, reference = false): string | undefined => {
    if (specifier === '') return undefined;
    if (reference || /^\.{1,2}(?:\/|$)/.test(specifier)) return firstKnown(join(dir, specifier));
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const owner = byName.get(name);
    return owner && firstKnown(join(owner.dir, specifier.slice(name.length)));
  };

  const firstKnown = (path: string): string | undefined =>
    [path, `${path}.json`, `${path}/tsconfig.json`].map((each) => join(each)).find((each) => known.has(each));

  const chosen = files.filter((file) => isLeading(file, known));
  const settings = chosen.map((file) => ({ file, dir: folderOf(file), ...withAliases(load(file, [])) }));
  for (const file of files) read(file);
  gaps.sort((a, b) => compareText(a.file ?? '', b.file ?? ''));
  return { settings: settings.sort((a, b) => compareText(a.dir, b.dir)), gaps };
}

/** One file speaks for a folder: tsconfig.json before jsconfig.json before the base of an Nx workspace. */
function isLeading(file: RepoPath, known: ReadonlySet<string>): boolean {
  const dir = folderOf(file);
  const order = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'].map((name) => join(dir, name));
  return order.find((each) => known.has(each)) === file;
}

const withAliases = (loaded: Loaded): Loaded & { readonly aliases: readonly PathAlias[] } => ({ ...loaded, aliases: loaded.aliases ?? [] });

const merge = (below: Loaded, above: Loaded): Loaded => ({
  aliases: above.aliases ?? below.aliases,
  baseUrl: above.baseUrl ?? below.baseUrl,
});

function own(dir: string, options: JsonObject): Loaded {
  const at = (value: unknown): string | undefined => {
    const text = asText(value);
    return text === undefined ? undefined : inRepository(join(dir, text.replace('${configDir}', '.')));
  };
  const baseUrl = at(options['baseUrl']);
  const paths = asObject(options['paths']);
  const aliases = paths && Object.entries(paths).map(([pattern, targets]) => toAlias(pattern, asTexts(targets), baseUrl ?? dir));
  return { aliases: aliases && sortAliases(aliases), baseUrl };
}

function toAlias(pattern: string, targets: readonly string[], base: string): PathAlias {
  const star = pattern.indexOf('*');
  return {
    before: star < 0 ? pattern : pattern.slice(0, star),
    after: star < 0 ? undefined : pattern.slice(star + 1),
    targets: targets.map((target) => inRepository(join(base, target.replace('${configDir}', '.')))),
  };
}

const sortAliases = (aliases: readonly PathAlias[]): readonly PathAlias[] =>
  [...aliases].sort((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined) || b.before.length - a.before.length);

/** `join('', '.')` is `.`, which here is the empty path. */
const inRepository = (path: string): string => (path === '.' || path === './' ? '' : path.replace(/\/$/, ''));

function parseSettings(host: Host, root: string, file: RepoPath, gaps: Gap[]): JsonObject | undefined {
  let text: string;
  try {
    text = host.readText(`${root}/${file}`);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    gaps.push({ kind: 'broken-tsconfig', file, detail: 'unreadable' });
    return undefined;
  }
  const object = parseLooseJsonObject(text);
  if (object || text.trim() === '') return object;
  const repaired = parseBroken(file, text);
  gaps.push({ kind: 'broken-tsconfig', file, line: repaired.line, detail: repaired.message });
  return repaired.object;
}

/** The compiler's parser recovers as much as it can; loaded only here, because most runs never need it. */
function parseBroken(file: string, text: string): { readonly object: JsonObject | undefined; readonly line: number; readonly message: string } {
  const ts = requireCompiled(import.meta.url, 'typescript') as typeof import('typescript');
  const { config, error } = ts.parseConfigFileTextToJson(file, text) as { config?: unknown; error?: import('typescript').Diagnostic };
  const line = text.slice(0, error?.start ?? 0).split('\n').length;
  const message = error ? ts.flattenDiagnosticMessageText(error.messageText, ' ') : 'not an object';
  return { object: asObject(config), line, message };
}
