// Options of every verb that scans.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CONFIDENCES, type Confidence } from '#model/element';
import { LANGUAGES, type Language } from '#report/report-options';

export interface CommonFlags {
  readonly config?: string;
  /** A folder; `false` for --no-cache. */
  readonly cache?: string | false;
  readonly jobs?: number;
  /** Profiles, regulations, folders. */
  readonly policy?: readonly string[];
  readonly ignoreWaivers?: boolean;
  readonly lang: Language;
  readonly color?: boolean;
}

export const addCommonOptions = (command: Command): Command =>
  command
    .option('-c, --config <file>', 'settings file (default: the nearest fiduciary.yaml up to the repository root)')
    .option('--cache <folder>', 'where to keep what was analysed (default: node_modules/.cache, or the user\'s cache folder)')
    .option('--no-cache', 'analyse everything anew and keep nothing')
    .option('--policy <pack or folder>', 'a shipped profile or regulation, or a folder of policies; may be repeated', (value: string, all: readonly string[] = []) => [...all, value])
    .option('--ignore-waivers', 'judge as if there were no waivers')
    .option('--jobs <count>', 'threads that read files; the result is the same with any (default: half of what the machine has, at most 4)', toCount)
    .addOption(new Option('--lang <language>', 'language of the sentences').choices(LANGUAGES).default('en'))
    .option('--color', 'colours, also where no terminal is seen')
    .option('--no-color', 'no colours');

function toCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Write a number from 1 to 99.');
  return Number(text);
}

export const confidenceOption = (): Option =>
  new Option('--confidence <level>', 'show findings from this confidence on').choices(CONFIDENCES).default('medium' satisfies Confidence);
