// The policies of a run: the shipped ones as the build compiled them, or those with a bank's own folders, compiled once and kept.
// Then what they read: parameters, register, waivers.
import { resolve } from 'node:path/posix';
import type { ValidConfig } from '#config/valid-config';
import { type Host, HostError } from '#host/host';
import type { Catalog } from '#model/catalog';
import { UserError } from '#model/errors';
import type { CodeKind } from '#model/finding';
import { findNearest } from '#model/nearest';
import type { Control, Enforcement, Profile, Regulation } from '#model/policy';
import type { Waiver } from '#model/waiver';
import type { PolicySources } from '#policy/check';
import { type CompiledPolicies, compilePolicies, MODULE_FORM } from '#policy/compile';
import { findFaults, type TextFile } from '#policy/document';
import { policyFindings } from '#policy/input';
import type { Judge } from '#policy/judge';
import { ENFORCED_EFFECTS, mergeEnforcement, mergeParams, type Packs, type Params, readPacks } from '#policy/packs';
import { EMPTY_REGISTER, readRegister } from '#policy/register';
import { createRegoJudge } from '#policy/rego-judge';
import { openToolchain, type Toolchain } from '#policy/toolchain';
import { readWaivers, type WaiverRules } from '#policy/waivers';
import { BUILT, type PolicyFolder, readFolder, readOwnFolders, shippedFiles, withPlaces } from './policy-files.ts';

export interface PolicyRequest {
  /** Shipped profiles and regulations by name, own folders by path relative to the working directory; over the settings. */
  readonly named?: readonly string[];
  /** Whether folders that are named stand in for those of the settings instead of beside them. */
  readonly replacesPacks?: boolean;
  /** Where compiled policies are kept; nothing is kept when absent. */
  readonly cacheDir?: string | undefined;
  /** Judge as if there were no waivers. */
  readonly ignoreWaivers?: boolean;
  /** As `2026-11-30`. */
  readonly today: string;
}

export interface Policies {
  /** Over policies, parameters, register, waivers and enforcement: equal digests judge equally. */
  readonly digest: string;
  readonly profile: Profile;
  readonly controls: ReadonlyMap<string, Control>;
  readonly regulations: readonly Regulation[];
  readonly enforcement: Enforcement;
  readonly data: { readonly config: object; readonly params: Params; readonly register: object; readonly waivers: object };
  readonly wasm: Uint8Array;
  readonly waivers: readonly Waiver[];
  readonly waiverRules: WaiverRules;
  /** Kinds of code whose findings are allowed, whatever they are; none where own policies may say otherwise. */
  readonly exempt: ReadonlySet<CodeKind>;
  readonly decide: Judge;
}

/** Throws `UserError`. */
export function loadPolicies(host: Host, catalog: Catalog, config: ValidConfig, request: PolicyRequest): Policies {
  const shipped = shippedFiles(host);
  const { packs, compiled: built } = readShipped(host, shipped);
  const chosen = choose(host, config, packs, request);
  const own = readOwnFolders(host, chosen.folders);
  const compiled = own.files.length === 0 && built !== undefined ? built : compileOnce(host, packs, own, request.cacheDir);
  const controls = new Map(compiled.controls.map((control) => [control.id, control]));
  const params = readParams(config, packs, chosen.profile.params);
  const enforcement = readEnforcement(config, chosen.profile.enforcement, controls);
  const register = config.register === undefined ? EMPTY_REGISTER : readRegister(readOne(host, config.register, 'register'), catalog.vendors.map(({ id }) => id));
  const waiverRules = params['waivers'] as unknown as WaiverRules;
  const waivers = config.waivers === undefined || request.ignoreWaivers === true ? [] : readWaivers(waiverFiles(host, config.waivers), catalog, waiverRules, request.today);
  const { id, title, regulations: cited } = chosen.profile;
  const profile: Profile = { id, title, regulations: chosen.regulations ?? cited, enforcement };
  const regulations = profile.regulations.flatMap((name) => packs.regulations.find((each) => each.id === name) ?? []);
  const data = {
    config: { profile: id, regulations: profile.regulations },
    params,
    register,
    waivers: Object.fromEntries(waivers.map((each) => [each.finding, { id: each.id, approver: each.approver.role, expires: each.expires, elements: each.elements }])),
  };
  const judgement = { controls, regulations, enforcement };
  const decide = createRegoJudge({ ...judgement, wasm: compiled.wasm, data, toPolicyFinding: policyFindings(catalog) }, request.today);
  return {
    exempt: new Set(own.files.length === 0 ? ((params['context'] as { readonly exempt?: readonly CodeKind[] } | undefined)?.exempt ?? []) : []),
    digest: host.sha256(JSON.stringify([host.sha256(compiled.wasm), compiled.controls, data, waivers, regulations, enforcement])),
    profile, ...judgement, data, wasm: compiled.wasm, waivers, waiverRules,
    decide: (findings, run) => withPlaces(own, () => decide(findings, run)),
  };
}

interface Shipped {
  readonly packs: Packs;
  /** Absent when the policies were edited since the build. */
  readonly compiled: CompiledPolicies | undefined;
}

interface Bundle {
  readonly digest: string;
  readonly packs: Packs;
  readonly controls: readonly Control[];
}

/** Over the texts that a bundle was made of. */
const digestOf = (host: Host, files: readonly TextFile[]): string => host.sha256(JSON.stringify([MODULE_FORM, files.map(({ name, text }) => [name, text])]));

function readShipped(host: Host, files: readonly TextFile[]): Shipped {
  try {
    const bundle = JSON.parse(host.readText(`${BUILT}/bundle.json`)) as Bundle;
    if (bundle.digest === digestOf(host, files)) return { packs: bundle.packs, compiled: { wasm: host.readBytes(`${BUILT}/policy.wasm`), controls: bundle.controls } };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
  }
  return { packs: readPacks(files), compiled: undefined };
}

/** What `readShipped` reads, for the build. */
export function buildShipped(host: Host): { readonly bundle: string; readonly wasm: Uint8Array } {
  const files = shippedFiles(host);
  const packs = readPacks(files);
  const { wasm, controls } = compilePolicies(openToolchain(host), sourcesOf(packs, NONE_OWN));
  const bundle: Bundle = { digest: digestOf(host, files), packs, controls };
  return { bundle: JSON.stringify(bundle), wasm };
}

const NONE_OWN: PolicyFolder = { files: [], isOwn: () => false, locate: (name) => name };

/** Own policies may have parameters of their own, which no schema of ours describes; the tests of ours say nothing about them. */
function sourcesOf({ rego, paramsSchema }: Packs, own: PolicyFolder): PolicySources {
  if (own.files.length === 0) return { files: rego, isOwn: own.isOwn, paramsSchema };
  return { files: [...rego.filter(({ name }) => !name.endsWith('_test.rego')), ...own.files], isOwn: own.isOwn, paramsSchema: { ...paramsSchema, additionalProperties: true } };
}

/** What a verb of `policy` works on: the shipped policies together with own ones. */
export interface PolicyWorkbench {
  readonly toolchain: Toolchain;
  readonly packs: Packs;
  readonly own: PolicyFolder;
  readonly sources: PolicySources;
}

export function openWorkbench(host: Host, folders: readonly string[]): PolicyWorkbench {
  const packs = readPacks(shippedFiles(host));
  const own = readOwnFolders(host, folders);
  return { toolchain: openToolchain(host), packs, own, sources: sourcesOf(packs, own) };
}

function compileOnce(host: Host, packs: Packs, own: PolicyFolder, cacheDir: string | undefined): CompiledPolicies {
  const toolchain = openToolchain(host);
  const sources = sourcesOf(packs, own);
  const file = cacheDir === undefined ? undefined : `${cacheDir}/policies-${host.sha256(JSON.stringify([toolchain.digest, MODULE_FORM, sources.files])).slice(0, 16)}.json`;
  const kept = file === undefined ? undefined : readKept(host, file);
  if (kept !== undefined) return kept;
  const compiled = withPlaces(own, () => compilePolicies(toolchain, sources));
  if (file !== undefined) writeKept(host, file, compiled);
  return compiled;
}

function readKept(host: Host, file: string): CompiledPolicies | undefined {
  try {
    const { wasm, controls } = JSON.parse(host.readText(file)) as { readonly wasm: string; readonly controls: readonly Control[] };
    return { wasm: Buffer.from(wasm, 'base64'), controls };
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function writeKept(host: Host, file: string, { wasm, controls }: CompiledPolicies): void {
  try {
    host.writeFileAtomic(file, JSON.stringify({ wasm: Buffer.from(wasm).toString('base64'), controls }));
  } catch (error) {
    // A cache that can't be written costs time, nothing else.
    if (!(error instanceof UserError)) throw error;
  }
}

interface Chosen {
  readonly profile: Packs['profiles'][number];
  readonly regulations: readonly string[] | undefined;
  readonly folders: readonly string[];
}

export const DEFAULT_PROFILE = 'bank-baseline';

function choose(host: Host, config: ValidConfig, packs: Packs, { named = [], replacesPacks = false }: PolicyRequest): Chosen {
  const profiles = packs.profiles.map(({ id }) => id);
  const regulations = packs.regulations.map(({ id }) => id);
  const unknown = (kind: string, name: string, known: readonly string[], place = {}): never => {
    const near = findNearest(name, known);
    throw new UserError(`There is no ${kind} "${name}"`, `${near === undefined ? '' : `Did you mean "${near}"? `}Known are: ${known.join(', ')}.`, place);
  };
  for (const { profile, regulations: cited, placeOf } of config.policies) {
    if (profile !== undefined && !profiles.includes(profile)) unknown('profile', profile, profiles, placeOf(['profile']));
    for (const [index, name] of (cited ?? []).entries()) if (!regulations.includes(name)) unknown('regulation', name, regulations, placeOf(['regulations', index]));
  }
  const folders: string[] = [];
  for (const name of named) {
    if (profiles.includes(name) || regulations.includes(name)) continue;
    const folder = resolve(host.cwd(), name.replaceAll('\\', '/'));
    if (host.stat(folder)?.kind !== 'folder') unknown('policy pack or folder', name, [...profiles, ...regulations]);
    folders.push(folder);
  }
  const wanted = named.findLast((name) => profiles.includes(name)) ?? config.policies.findLast(({ profile }) => profile !== undefined)?.profile ?? DEFAULT_PROFILE;
  const profile = packs.profiles.find(({ id }) => id === wanted);
  if (profile === undefined) throw new Error(`the shipped policies have no profile ${wanted}`);
  const cited = named.filter((name) => regulations.includes(name));
  return {
    profile,
    regulations: cited.length > 0 ? cited : config.policies.findLast((layer) => layer.regulations !== undefined)?.regulations,
    folders: [...(replacesPacks && folders.length > 0 ? [] : config.policies.flatMap(({ packs: own }) => own)), ...folders],
  };
}

/** The defaults, the profile's, then each settings file's. A topic that is none of ours belongs to a bank's own policies. */
function readParams(config: ValidConfig, packs: Packs, profile: Params): Params {
  const topics = Object.keys(packs.params);
  for (const layer of config.policies) {
    const ours = Object.fromEntries(Object.entries(layer.params).filter(([topic]) => topics.includes(topic)));
    const own = config.policies.some(({ packs: folders }) => folders.length > 0);
    const [stray] = own ? [] : Object.keys(layer.params).filter((topic) => !topics.includes(topic));
    if (stray !== undefined) {
      const near = findNearest(stray, topics);
      throw new UserError(`No policy has parameters "${stray}"`, near === undefined ? `Known are: ${topics.join(', ')}.` : `Did you mean "${near}"?`, layer.placeOf(['params', stray]));
    }
    checkParams(ours, packs.paramsSchema, layer.placeOf);
  }
  return config.policies.reduce((params, layer) => mergeParams(params, layer.params), mergeParams(packs.params, profile));
}

function checkParams(params: Params, schema: object, placeOf: ValidConfig['policies'][number]['placeOf']): void {
  const [first] = [...findFaults(params, 'parameters', schema)].sort((a, b) => a.rank - b.rank);
  if (first !== undefined) throw new UserError(first.message, first.hint, placeOf(['params', ...first.path]));
}

function readEnforcement(config: ValidConfig, base: Enforcement, controls: ReadonlyMap<string, Control>): Enforcement {
  for (const layer of config.policies) {
    for (const [stage, levels] of Object.entries(layer.enforcement)) {
      for (const name of Object.keys(levels)) {
        if (controls.has(name) || (ENFORCED_EFFECTS as readonly string[]).includes(name)) continue;
        const near = findNearest(name, [...controls.keys(), ...ENFORCED_EFFECTS]);
        throw new UserError(`There is no control "${name}" to enforce`, near === undefined ? 'Name a control, an effect, or *.' : `Did you mean "${near}"?`, layer.placeOf(['enforcement', stage, name]));
      }
    }
  }
  return config.policies.reduce((enforcement, layer) => mergeEnforcement(enforcement, layer.enforcement), base);
}

function readOne(host: Host, path: string, what: string): TextFile {
  try {
    return { name: path, text: host.readText(path) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`The ${what} ${path} cannot be read`, `Correct "${what}" in the configuration.`, { file: path });
  }
}

/** All YAML files of the folder, or the file itself. A folder that is not there yet holds no waivers. */
function waiverFiles(host: Host, path: string): readonly TextFile[] {
  const kind = host.stat(path)?.kind;
  if (kind === undefined) return [];
  if (kind === 'file') return [readOne(host, path, 'waivers')];
  return readFolder(host, path, /\.ya?ml$/).map(({ name, text }) => ({ name: `${path}/${name}`, text }));
}
