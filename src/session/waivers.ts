// Waivers as the verbs of `waiver` see them.
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import type { Result } from '#model/result';
import type { WaiverUse } from '#model/waiver';
import { applyWaivers, readWaivers } from '#policy/waivers';
import type { TextFile } from '#policy/document';
import type { Policies } from './load-policies.ts';
import { today } from './open-scan.ts';

/** What each waiver covers in a result, and how it stands. */
export const waiverUses = (host: Host, result: Result, policies: Policies): readonly WaiverUse[] =>
  applyWaivers(result.findings, policies.waivers, policies.controls, policies.waiverRules, today(host)).uses;

/** Throws `UserError` for a text that would not be taken. */
export function checkWaiverText(host: Host, catalog: Catalog, policies: Policies, file: TextFile): void {
  readWaivers([file], catalog, policies.waiverRules, today(host));
}
