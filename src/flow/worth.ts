// What a protection met on the way is worth: the first row of `fits` that speaks of it decides (design decision 4).
import type { ProtectionFit } from '#model/catalog';
import type { Channel } from '#model/channel';
import type { ElementId, ProtectionKind } from '#model/element';
import type { Protection } from '#model/finding';
import type { Guard } from './value.ts';

export const kindOf = (g: Guard): ProtectionKind => (g.kind === 'partial' ? 'mask' : g.kind);

export function worth(fits: readonly ProtectionFit[], g: Guard, channel: Channel, element: ElementId): Protection['worth'] {
  if (g.strength === 'none') return 'none';
  return suffices(fits, kindOf(g), g.kind === 'partial' ? 'weak' : g.strength, channel, element) ? 'sufficient' : 'weak';
}

export function suffices(fits: readonly ProtectionFit[], kind: ProtectionKind, strength: ProtectionFit['strength'], channel: Channel, element: ElementId): boolean {
  const row = fits.find((f) => f.kind === kind && f.strength === strength && (f.channels === 'all' || f.channels.includes(channel)) && (f.elements === 'all' || f.elements.includes(element)));
  return row?.sufficient ?? false;
}
