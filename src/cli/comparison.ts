// The earlier state that a scan is compared with: the base of a change, a baseline file, or nothing.
import { relative, resolve } from 'node:path/posix';
import { type Host, HostError } from '#host/host';
import { UserError } from '#model/errors';
import type { Result } from '#model/result';
import { compare, knownByBaseline } from '#session/compare';
import type { ScanOptions } from '#session/open-scan';

interface ComparisonFlags {
  readonly baseline?: string | false;
  readonly diff?: string;
}

interface Run {
  readonly options: ScanOptions;
  readonly outcome: { readonly result: Result };
}

export async function withComparison(host: Host, { options, outcome: { result } }: Run, flags: ComparisonFlags): Promise<Result> {
  const { root } = options;
  if (flags.diff !== undefined) {
    // The base is scanned when the head's result is there: both in memory would take twice as much.
    const { knownAtBase } = await import('#session/base-scan');
    const known = knownAtBase(host, options, flags.diff);
    return 'kind' in known ? { ...result, gaps: [...result.gaps, known] } : compare(host, root, result, known);
  }
  const file = baselineFile(host, options, flags.baseline);
  return file === undefined ? result : compare(host, root, result, knownByBaseline(host, file, relative(root, file), options.paths));
}

/** Absolute: what was asked for, else what the settings name. */
export function baselineFile(host: Host, options: ScanOptions, flag: string | false | undefined): string | undefined {
  if (flag === false) return undefined;
  return flag === undefined ? options.config.baseline : resolve(host.realpath(host.cwd()) ?? host.cwd(), flag);
}

export function readFileList(host: Host, from: string): string {
  try {
    return from === '-' ? host.readInput() : host.readText(resolve(host.cwd(), from));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new UserError(`The list of changed files ${from} cannot be read`, 'Name a file with one path a line, or - for standard input.', { file: from });
  }
}
