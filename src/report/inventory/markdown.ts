// The processing record to read and to paste into a wiki: a table for each class, the places below it.
import type { ProcessingRecord, RecordEntry } from '#inventory/processing-record';
import { EFFECTS } from '#model/decision';
import type { DataClass } from '#model/element';
import { channelName } from '../channel-names.ts';
import { codeCell } from '../inert.ts';
import { messagesFor, type Messages } from '../messages.ts';
import type { InventoryOptions } from './render-inventory.ts';
import { destinationTitle } from './titles.ts';
import { inventoryWords, type InventoryWords } from './words.ts';

const PLACES = 5;
const CLASSES: readonly DataClass[] = ['C3', 'C2', 'C1'];

export function renderInventoryMarkdown(record: ProcessingRecord, options: InventoryOptions): string {
  const words = inventoryWords(options.lang);
  const messages = messagesFor(options.lang);
  const blocks = CLASSES.flatMap((level) => {
    const entries = record.entries.filter((entry) => entry.class === level);
    return entries.length === 0 ? [] : [`## ${words.classTitle[level]}\n`, table(entries, words, messages, options)];
  });
  return [
    `# ${words.title}\n`,
    `${words.summary(record.totals.elements, record.totals.destinations, record.totals.findings)}\n`,
    `${messages.analysed(record.analysed)}\n`,
    ...(record.totals.withoutElement > 0 ? [`${words.withoutElement(record.totals.withoutElement)}\n`] : []),
    ...(record.gaps > 0 ? [`${words.gaps(record.gaps)}\n`] : []),
    ...(blocks.length === 0 ? [`${words.empty}\n`] : blocks),
    `${words.limits}\n`,
  ].join('\n');
}

function table(entries: readonly RecordEntry[], words: InventoryWords, messages: Messages, options: InventoryOptions): string {
  const { element, channel, destination, findings, protections, places } = words.columns;
  const rows = entries.map((entry) => [
    codeCell(options.vocabulary.element(entry.element)),
    channelName(entry.channel, options.lang),
    codeCell(destinationTitle(entry.destination, options.vocabulary)),
    effects(entry, messages, words),
    entry.protections.map(({ kind, worth, count }) => `${count} × ${words.protection[kind]} (${words.worth[worth]})`).join(', ') || '–',
    placesOf(entry, messages),
  ]);
  return [[element, channel, destination, findings, protections, places], ['---', '---', '---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |\n`).join('');
}

function effects(entry: RecordEntry, messages: Messages, words: InventoryWords): string {
  const counts = [...EFFECTS].reverse().filter((effect) => entry.effects[effect] > 0).map((effect) => `${entry.effects[effect]} ${messages.effect[effect]}`);
  if (entry.waived > 0) counts.push(words.waived(entry.waived));
  if (entry.suppressed > 0) counts.push(words.suppressed(entry.suppressed));
  return counts.join(', ');
}

function placesOf(entry: RecordEntry, messages: Messages): string {
  const some = entry.places.slice(0, PLACES).map(({ file, line }) => codeCell(`${file}:${line}`));
  return entry.places.length > PLACES ? `${some.join('<br>')}<br>${messages.more(entry.places.length - PLACES)}` : some.join('<br>');
}
