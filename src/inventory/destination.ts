// Where a finding's data ends up, as exactly as the Result knows: a third party, else a host, else the kind of sink.
import type { Finding } from '#model/finding';
import { compareText } from '#model/location';

export interface Destination {
  readonly kind: 'vendor' | 'host' | 'sink';
  /** A vendor's id, scheme and host of a URL (or a name of code that holds it), or the id of a catalogue entry. */
  readonly name: string;
}

export function destinationOf({ sink }: Pick<Finding, 'sink'>): Destination {
  if (sink.vendor !== undefined) return { kind: 'vendor', name: sink.vendor };
  if (sink.destination !== undefined) return { kind: 'host', name: sink.destination };
  return { kind: 'sink', name: sink.catalog };
}

export const compareDestinations = (a: Destination, b: Destination): number => compareText(a.kind, b.kind) || compareText(a.name, b.name);
