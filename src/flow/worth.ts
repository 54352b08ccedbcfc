// What a protection met on the way is worth: the first row of `fits` that speaks of it decides (design decision 4).
import type { ProtectionFit } from '#model/catalog';
import type { Channel } from '#model/channel';
import type { ElementId, ProtectionKind } from '#model/element';
import type { Protection } from '#model/finding';
import type { Guard } from './value.ts';

export const kindOf = (g: Guard): ProtectionKind => (g.kind === 'partial' ? 'mask' : g.kind);

export function worth(fits: readonly ProtectionFit[], g: Guard, channel: Channel, element: ElementId): Protection['worth'] {
  if (suffices(fits, kindOf(g), g.kind === 'partial' ? 'weak' : g.strength, channel, element, g)) return 'sufficient';
  return g.strength === 'none' ? 'none' : 'weak';
}

/** `guard`: the one that is asked about, where it is there already. */
export function suffices(fits: readonly ProtectionFit[], kind: ProtectionKind, strength: ProtectionFit['strength'], channel: Channel, element: ElementId, guard?: Guard): boolean {
  const row = fits.find((f) => f.kind === kind && f.strength === strength && holds(f, guard) && (f.channels === 'all' || f.channels.includes(channel)) && (f.elements === 'all' || f.elements.includes(element)));
  return row?.sufficient ?? false;
}

/** A cut that keeps too much, or nobody knows how much, is a mask only where a row says how much it may keep. */
function holds(row: ProtectionFit, guard: Guard | undefined): boolean {
  if (row.kept === undefined) return guard?.kind !== 'partial' || guard.strength !== 'none';
  return guard?.kept !== undefined && guard.kept <= row.kept;
}
