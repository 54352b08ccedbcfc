// The Result itself, byte for byte the same for equal results: keys stand in one fixed order, whoever built the objects.
import type { Result } from '#model/result';

/** Keys in reading order; one list serves all objects. A key that is missing here comes last, in code-unit order. */
const KEY_ORDER = [
  'version', 'tool', 'name', 'rules', 'findings', 'gaps', 'counts', 'comparison', 'with', 'base',
  'kind', 'id', 'looseId', 'rule', 'channel', 'element', 'elements', 'class', 'witness', 'evidence', 'confidence',
  'sink', 'sources', 'context', 'decision', 'suppression', 'change', 'arrived',
  'reason', 'until', 'file', 'location', 'line', 'column', 'endLine', 'endColumn',
  'callee', 'inner', 'innerCallee', 'catalog', 'argument', 'vendor', 'destination', 'transport',
  'path', 'protections', 'assumptions', 'within', 'names', 'assumed', 'broadened', 'by', 'worth',
  'symbol', 'code', 'side', 'dormant', 'owner', 'effect', 'blocking', 'controls', 'citations', 'detail',
  'files', 'lines', 'functions', 'calls', 'callsByTier', 'sinks', 'protectedFlows', 'exempt', 'limits',
];
const RANK = new Map(KEY_ORDER.map((key, index) => [key, index]));

export function renderJson(result: Result): string {
  return `${JSON.stringify(ordered(result), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member)]));
}

const rank = (key: string): number => RANK.get(key) ?? KEY_ORDER.length;
