// Settings after they passed the gate: read, checked, merged, paths resolved. Made by this folder only.
import { CHANNELS, type RuleName } from '#model/channel';
import type { UserErrorPlace } from '#model/errors';
import type { Enforcement } from '#model/policy';
import type { SuppressionMode } from './schema.ts';

declare const checked: unique symbol;

export interface ConfigValues {
  /** Absolute path of the file, if there is one. */
  readonly file: string | undefined;
  /** The folder to which the globs are relative. */
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Absolute paths of catalogue files, base configurations first. */
  readonly catalog: readonly string[];
  readonly rulesOff: ReadonlySet<RuleName>;
  readonly suppressions: SuppressionMode;
  /** Absolute path of the baseline, if the settings name one. */
  readonly baseline?: string | undefined;
  /** One layer a settings file, base configurations first. */
  readonly policies: readonly PolicySettings[];
  /** Absolute path of the register, if the settings name one. */
  readonly register?: string | undefined;
  /** Absolute path of the folder of waivers, if the settings name one. */
  readonly waivers?: string | undefined;
}

/** What one settings file says about policies. */
export interface PolicySettings {
  readonly profile?: string | undefined;
  /** Absolute paths of folders. */
  readonly packs: readonly string[];
  readonly regulations?: readonly string[] | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  readonly enforcement: Partial<Enforcement>;
  /** Where a key of this layer stands, below `policies`. */
  readonly placeOf: (path: readonly (string | number)[]) => UserErrorPlace;
}

export type ValidConfig = ConfigValues & { readonly [checked]: true };

export const toValidConfig = (values: ConfigValues): ValidConfig => values as ValidConfig;

/** What holds where there is no file. */
export const defaultConfig = (folder: string): ValidConfig =>
  toValidConfig({ file: undefined, folder, include: [], exclude: [], catalog: [], rulesOff: new Set(), suppressions: 'reason', policies: [] });

export const RULE_NAMES: readonly RuleName[] = Object.values(CHANNELS).map((channel) => channel.rule);
