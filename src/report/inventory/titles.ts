// What a destination is called. Hosts are their own names.
import type { Destination } from '#inventory/destination';
import type { Vocabulary } from '../report-options.ts';

export function destinationTitle({ kind, name }: Destination, vocabulary: Vocabulary): string {
  switch (kind) {
    case 'vendor': return vocabulary.vendor(name);
    case 'sink': return vocabulary.sink(name);
    case 'host': return name;
    default: return kind satisfies never;
  }
}
