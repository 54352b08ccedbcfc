// Whether a finding's data is protected on every way to the sink.
import type { IdentifiedFinding } from '#model/finding';

export const isProtected = (finding: Pick<IdentifiedFinding, 'sources'>): boolean =>
  finding.sources.length > 0 && finding.sources.every((source) => source.protections.some((protection) => protection.worth === 'sufficient'));
