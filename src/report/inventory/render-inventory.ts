// The processing record by format. Renderers are pure: where the text goes is the door's matter.
import type { ProcessingRecord } from '#inventory/processing-record';
import type { Language, Vocabulary } from '../report-options.ts';
import { renderInventoryCsv } from './csv.ts';
import { renderInventoryMarkdown } from './markdown.ts';

export const INVENTORY_FORMATS = ['markdown', 'csv', 'json'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

export interface InventoryOptions {
  readonly lang: Language;
  readonly vocabulary: Vocabulary;
}

export function renderInventory(format: InventoryFormat, record: ProcessingRecord, options: InventoryOptions): string {
  switch (format) {
    case 'markdown': return renderInventoryMarkdown(record, options);
    case 'csv': return renderInventoryCsv(record, options);
    case 'json': return `${JSON.stringify(record, null, 2)}\n`;
    default: return format satisfies never;
  }
}
