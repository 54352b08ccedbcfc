// Which report goes where, and writing them: each file aside and renamed, at most one report on standard output.
import { resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { findNearest } from '#model/nearest';
import type { Result } from '#model/result';
import { FORMATS, render, type Format } from '#report/render';
import type { ReportOptions } from '#report/report-options';
import { toShownPath } from './shown-path.ts';

export interface Output {
  readonly format: Format;
  /** Absolute; absent means standard output. */
  readonly file?: string;
}

export interface OutputFlags {
  readonly format?: Format;
  readonly output?: string;
  readonly report?: readonly string[];
}

/** Without a format named for it, standard output gets the text for people, also beside reports in files. */
export function planOutputs(flags: OutputFlags, cwd: string): readonly Output[] {
  const reports = (flags.report ?? []).map((value) => parseReport(value, cwd));
  const takesStdout = reports.some((output) => output.file === undefined);
  const main: readonly Output[] = flags.format === undefined && flags.output === undefined && takesStdout
    ? []
    : [{ format: flags.format ?? 'text', ...(flags.output === undefined || flags.output === '-' ? {} : { file: resolve(cwd, flags.output) }) }];
  const outputs = [...main, ...reports];
  const places = outputs.map((output) => output.file ?? '-');
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) {
    throw new UserError(`Two reports go to ${twice === '-' ? 'standard output' : toShownPath(cwd, twice)}`, 'Give each its own file: --report NAME=FILE.');
  }
  return outputs;
}

function parseReport(value: string, cwd: string): Output {
  const [name = '', ...rest] = value.split('=');
  const file = rest.join('=');
  const format = FORMATS.find((candidate) => candidate === name);
  if (format === undefined) {
    const near = findNearest(name, FORMATS);
    throw new UserError(`Unknown report format "${name}"`, near === undefined ? `Formats: ${FORMATS.join(', ')}.` : `Did you mean "${near}"?`);
  }
  if (file === '') throw new UserError(`--report ${value} names no file`, `Write --report ${name}=FILE, with - for standard output.`);
  return { format, ...(file === '-' ? {} : { file: resolve(cwd, file) }) };
}

/** All that can be written is written, before the first failure is told. */
export function writeOutputs(host: Host, outputs: readonly Output[], result: Result, options: ReportOptions, quiet: boolean): void {
  const failures: unknown[] = [];
  for (const { format, file } of outputs) {
    if (file === undefined) {
      host.write('stdout', render(format, result, options));
      continue;
    }
    try {
      host.writeFileAtomic(file, render(format, result, { ...options, color: false }));
      if (!quiet) host.write('stderr', `Wrote the ${format} report to ${toShownPath(host.cwd(), file)}\n`);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
