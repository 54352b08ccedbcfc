// The baseline file: findings that were there when somebody decided to look at new ones first. Each entry is a finding with its
// content, one value a line, in one order, so that two branches that tighten it merge. It only ever shrinks by itself.
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { KnownFinding, KnownSource } from '#model/change';
import { UserError } from '#model/errors';
import { compareText } from '#model/location';
import { BASELINE_SCHEMA, BASELINE_VERSION } from './baseline-schema.ts';

/** What people write into an entry survives every rewriting. */
export interface BaselineEntry extends KnownFinding {
  readonly reason?: string;
  readonly owner?: string;
  /** Last day on which the entry counts, as `2027-01-31`; afterwards the finding is new again. */
  readonly until?: string;
}

interface BaselineFile {
  readonly version: typeof BASELINE_VERSION;
  readonly tool: string;
  readonly findings: readonly BaselineEntry[];
}

const load = createRequire(import.meta.url);
let validator: ValidateFunction<BaselineFile> | undefined;

/** Made when the first baseline is read: most runs have none. */
function makeValidator(): ValidateFunction<BaselineFile> {
  const { Ajv } = load('ajv') as typeof import('ajv');
  return new Ajv({ allErrors: false }).compile<BaselineFile>(BASELINE_SCHEMA);
}

/** `file` is for messages. Throws `UserError` with line and column. */
export function parseBaseline(file: string, text: string): readonly BaselineEntry[] {
  const value = parseJson(file, text);
  const validate = (validator ??= makeValidator());
  if (!validate(value)) {
    const [fault] = validate.errors ?? [];
    const path = (fault?.instancePath ?? '').split('/').slice(1);
    const where = path.length === 0 ? '' : ` at ${path.join('.')}`;
    const extra = fault?.keyword === 'additionalProperties' ? ` "${String((fault.params as { additionalProperty?: unknown }).additionalProperty)}"` : '';
    throw new UserError(`The baseline does not fit${where}: ${fault?.message ?? 'unknown form'}${extra}`, 'Correct the entry, or write the file anew with "fiduciary baseline --fresh".', placeOf(file, text, path));
  }
  const twice = firstRepeated(value.findings);
  if (twice !== undefined) {
    const [first, second] = twice;
    throw new UserError(`The baseline holds the finding ${value.findings[first]?.id ?? ''} twice`, 'Remove one of the two entries.', placeOf(file, text, ['findings', String(second)]));
  }
  return value.findings;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse tells an offset at best; a second reading finds the line.
    const lines = new LineCounter();
    const [broken] = parseDocument(text, { lineCounter: lines, schema: 'json' }).errors;
    const conflict = /^(<{7}|={7}|>{7})/m.exec(text);
    const at = conflict?.index ?? broken?.pos[0] ?? 0;
    const { line, col } = positionOf(text, at);
    throw new UserError(
      conflict === null ? 'The baseline is not valid JSON' : 'The baseline holds an unresolved merge conflict',
      conflict === null ? 'Correct the syntax at this place.' : 'Keep the entries that both sides have, then run "fiduciary baseline".',
      { file, line, column: col },
    );
  }
}

function positionOf(text: string, offset: number): { line: number; col: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, col: (before.at(-1) ?? '').length + 1 };
}

function placeOf(file: string, text: string, path: readonly string[]): { file: string; line: number; column: number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length).map((part) => (/^\d+$/.test(part) ? Number(part) : part)), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { file, line, column: col };
  }
  return { file, line: 1, column: 1 };
}

function firstRepeated(entries: readonly BaselineEntry[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) {
    const first = seen.get(id);
    if (first !== undefined) return [first, index];
    seen.set(id, index);
  }
  return undefined;
}

/** `today` as `2027-01-31`; days compare as text. */
export const isInForce = (entry: BaselineEntry, today: string): boolean => entry.until === undefined || today <= entry.until;

export function renderBaseline(entries: readonly BaselineEntry[], toolVersion: string): string {
  const ordered = [...entries].sort((a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.symbol, b.symbol) || compareText(a.id, b.id));
  const file = { version: BASELINE_VERSION, tool: toolVersion, findings: ordered.map(inOrder) };
  // A source on one line reads, and merges, as one thing.
  return `${JSON.stringify(file, null, 2).replace(/\{\n\s+"file": (".*"),\n\s+"symbol": (".*"),\n\s+"name": (".*"),\n\s+"elements": \[\n\s+([^\]]*?)\n\s+\]\n\s+\}/g, (_, f: string, s: string, n: string, e: string) =>
    `{ "file": ${f}, "symbol": ${s}, "name": ${n}, "elements": [${e.split(/,\n\s+/).join(', ')}] }`)}\n`;
}

function inOrder(entry: BaselineEntry): BaselineEntry {
  return {
    id: entry.id,
    looseId: entry.looseId,
    rule: entry.rule,
    file: entry.file,
    symbol: entry.symbol,
    callee: entry.callee,
    code: entry.code,
    elements: entry.elements,
    sources: entry.sources.map(({ file, symbol, name, elements }): KnownSource => ({ file, symbol, name, elements })),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
    ...(entry.owner === undefined ? {} : { owner: entry.owner }),
    ...(entry.until === undefined ? {} : { until: entry.until }),
  };
}
