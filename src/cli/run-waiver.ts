// Writes, lists and checks waivers. A waiver that would not count is not written.
import { join, relative, resolve } from 'node:path/posix';
import { stringify } from 'yaml';
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import { loadRunCatalog } from '#session/load-catalog';
import { today } from '#session/open-scan';
import { loadPolicies } from '#session/load-policies';
import { prepare } from '#session/prepare';
import { checkWaiverText, waiverUses } from '#session/waivers';
import type { ExitCode } from './failures.ts';
import { findFinding } from './find-finding.ts';
import { runForResult } from './run-session.ts';
import { toShownPath } from './shown-path.ts';
import type { WaiverFlags } from './waiver-command.ts';

/** Where waivers go when the settings name no folder. */
const FOLDER = 'waivers';

export async function runWaiverNew(host: Host, subject: string, flags: WaiverFlags): Promise<ExitCode> {
  const { outcome, catalog, policies, preparation: { root, config } } = await runForResult(host, [], { ...flags, ignoreWaivers: true });
  const finding = findFinding(outcome.result, subject);
  const refusing = finding.decision.controls.find((control) => policies.controls.get(control)?.waivable === false);
  if (refusing !== undefined) throw new UserError(`The control ${refusing} can't be waived`, policies.controls.get(refusing)?.remediation[flags.lang] || 'Repair the finding.');
  const name = flags.id ?? `W-${finding.id.slice(0, 8)}`;
  const waiver = {
    id: name, finding: finding.id, looseId: finding.looseId, elements: finding.elements.map(({ element }) => element), reason: flags.reason ?? '',
    approver: { role: flags.approver ?? '', ...(flags.name === undefined ? {} : { name: flags.name }) }, approved: today(host), expires: flags.expires ?? '',
    ...(flags.ticket === undefined ? {} : { ticket: flags.ticket }),
  };
  const file = flags.output === undefined ? join(config.waivers ?? join(root, FOLDER), `${name}.yaml`) : resolve(host.cwd(), flags.output);
  if (host.exists(file)) throw new UserError(`${toShownPath(host.cwd(), file)} is there already`, 'Name another file with --output, or another id with --id.', { file });
  const { sink } = finding;
  const text = `# ${finding.rule}: ${sink.location.file}, ${finding.context.symbol === '' ? 'module' : finding.context.symbol}, ${sink.callee}\n${stringify({ waivers: [waiver] }, { lineWidth: 120 })}`;
  assertCounts(() => checkWaiverText(host, catalog, policies, { name: file, text }));
  host.writeFileAtomic(file, text);
  write(host, `Wrote ${toShownPath(host.cwd(), file)}`);
  if (config.waivers === undefined) write(host, `It counts when fiduciary.yaml says: waivers: ${relative(root, join(root, FOLDER))}`);
  return 0;
}

/** What is wrong stands in no file yet, so a place would lead nowhere. */
function assertCounts(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`No waiver written: ${error.message.replace('"waivers.0.', '"')}`, error.hint);
  }
}

export async function runWaiverList(host: Host, flags: WaiverFlags): Promise<ExitCode> {
  const { outcome, policies, preparation: { config } } = await runForResult(host, [], { ...flags, ignoreWaivers: false });
  const uses = waiverUses(host, outcome.result, policies);
  if (flags.json === true) {
    write(host, JSON.stringify(uses.map(({ waiver: { place: _, ...waiver }, ...use }) => ({ ...waiver, ...use })), undefined, 2));
    return 0;
  }
  for (const { waiver, state, detail, finding } of uses) {
    write(host, `${waiver.id}  ${state}${detail === '' || state === 'active' || state === 'expiring' || state === 'expired' ? '' : ` (${detail})`}  until ${waiver.expires}  ${waiver.approver.role}  ${finding ?? waiver.finding}  ${waiver.reason}`);
  }
  if (config.waivers === undefined) write(host, 'The settings name no waivers; add waivers: FOLDER to fiduciary.yaml.');
  else write(host, uses.length === 0 ? 'There are no waivers.' : `${uses.length} ${uses.length === 1 ? 'waiver' : 'waivers'}`);
  return 0;
}

export function runWaiverCheck(host: Host, flags: WaiverFlags): ExitCode {
  const { config } = prepare(host, { paths: [], ...(flags.config === undefined ? {} : { configFile: flags.config }) });
  if (config.waivers === undefined) throw new UserError('The settings name no waivers', 'Add waivers: FOLDER to fiduciary.yaml.');
  const { waivers } = loadPolicies(host, loadRunCatalog(host, config), config, { named: flags.policy ?? [], today: today(host) });
  write(host, `${waivers.length} ${waivers.length === 1 ? 'waiver' : 'waivers'}, written rightly`);
  return 0;
}

const write = (host: Host, text: string): void => host.write('stdout', `${text}\n`);
