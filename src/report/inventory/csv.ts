// The processing record for spreadsheets (RFC 4180): one row for each element, channel and destination.
import type { ProcessingRecord, RecordEntry } from '#inventory/processing-record';
import { visible } from '../inert.ts';
import type { InventoryOptions } from './render-inventory.ts';
import { destinationTitle } from './titles.ts';

/** Spreadsheets hold 32,767 characters in a cell; a longer list says how much it left out. */
const LONGEST_CELL = 30_000;

type Column = readonly [name: string, value: (entry: RecordEntry, options: InventoryOptions) => string | number];

const COLUMNS: readonly Column[] = [
  ['element', (entry) => entry.element],
  ['element_title', (entry, { vocabulary }) => vocabulary.element(entry.element)],
  ['class', (entry) => entry.class],
  ['channel', (entry) => entry.channel],
  ['destination_kind', (entry) => entry.destination.kind],
  ['destination', (entry) => entry.destination.name],
  ['destination_title', (entry, { vocabulary }) => destinationTitle(entry.destination, vocabulary)],
  ['findings', (entry) => entry.findings],
  ['deny', (entry) => entry.effects.deny],
  ['require_approval', (entry) => entry.effects.require_approval],
  ['warn', (entry) => entry.effects.warn],
  ['note', (entry) => entry.effects.note],
  ['allow', (entry) => entry.effects.allow],
  ['waived', (entry) => entry.waived],
  ['suppressed', (entry) => entry.suppressed],
  ['protections', (entry) => list(entry.protections.map(({ kind, worth, count }) => `${kind} ${worth} ${count}`))],
  ['controls', (entry) => list(entry.controls)],
  ['citations', (entry) => list(entry.citations)],
  ['obligations', (entry) => list(entry.obligations.map(({ kind, what }) => `${kind} ${what}`))],
  ['origins', (entry) => list(entry.origins.map(({ name, file, line }) => `${file}:${line} ${name}`))],
  ['places', (entry) => list(entry.places.map(({ file, line, callee, finding }) => `${file}:${line} ${callee} ${finding}`))],
];

export function renderInventoryCsv(record: ProcessingRecord, options: InventoryOptions): string {
  const rows = [COLUMNS.map(([name]) => name), ...record.entries.map((entry) => COLUMNS.map(([, value]) => value(entry, options)))];
  const text = rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  // Excel reads a file without this mark in the code page of its machine; plain ASCII needs none.
  return /[^\u0000-\u007f]/.test(text) ? `\ufeff${text}` : text;
}

function list(texts: readonly string[]): string {
  let size = 0;
  const kept = texts.filter((text) => (size += text.length + 2) <= LONGEST_CELL);
  return kept.length === texts.length ? kept.join('; ') : `${kept.join('; ')}; +${texts.length - kept.length}`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = value.split('; ').map((part) => visible(part)).join('; ');
  // A name such as `=cmd|…` or `@scope/file.ts` is text, not a formula.
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
