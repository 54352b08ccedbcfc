// The verbs of `waiver` as they are typed, what a scan makes of waivers, and every mistake in them.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, runCached as run, withFolder } from './spawn.ts';

const program = (logged: string): string => `interface Customer {
  id: string;
  iban: string;
  mobilePhone: string;
}

export function notify(customer: Customer): void {
  console.info('statement sent', { ${logged} });
}
`;

const FILES = { 'src/notify.ts': program('iban: customer.iban'), 'fiduciary.yaml': 'waivers: waivers\n' };
const REASON = 'The log of this job is wiped each night.';

/** `days` from today, as a waiver has it. */
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const ended = (result: Ended, code: number, ...texts: readonly (string | RegExp)[]): void => {
  const all = `${result.stdout}${result.stderr}`;
  assert.is(result.code, code, all);
  for (const text of texts) assert.ok(typeof text === 'string' ? all.includes(text) : text.test(all), `${String(text)} in\n${all}`);
  assert.not.match(all, 'internal error');
};

const create = (folder: string, ...more: readonly string[]): Ended => run(folder, 'waiver', 'new', 'src/notify.ts:8', '--reason', REASON, '--approver', 'compliance', '--expires', day(60), ...more);

/** With a waiver in waivers/W-1.yaml. */
const waived = (use: (folder: string, change: (from: string | RegExp, to: string) => void) => void): void => {
  withFolder(FILES, (folder) => {
    ended(create(folder, '--id', 'W-1'), 0, 'Wrote waivers/W-1.yaml');
    const file = join(folder, 'waivers/W-1.yaml');
    use(folder, (from, to) => {
      const text = readFileSync(file, 'utf8');
      assert.ok(typeof from === 'string' ? text.includes(from) : from.test(text), `${String(from)} in\n${text}`);
      writeFileSync(file, text.replace(from, to));
    });
  });
};

const waiver = suite('cli/waiver');

waiver('new: the finding is covered, an audit still sees it, --ignore-waivers judges without', () => {
  waived((folder) => {
    ended(run(folder, 'waiver', 'check'), 0, '1 waiver, written rightly');
    ended(run(folder, 'scan'), 0, '✔ No findings', '1 finding covered by a waiver');
    ended(run(folder, 'scan', '--ignore-waivers'), 1, '✖ deny');
    ended(run(folder, 'waiver', 'list'), 0, new RegExp(`^W-1 {2}active {2}until ${day(60)} {2}compliance {2}[0-9a-f]{16} {2}${REASON.replaceAll('.', '\\.')}\\n1 waiver\\n$`));
    const [listed] = JSON.parse(run(folder, 'waiver', 'list', '--json').stdout) as readonly { readonly id: string; readonly state: string; readonly elements: readonly string[] }[];
    assert.equal([listed?.id, listed?.state, listed?.elements], ['W-1', 'active', ['iban']]);
    const [finding] = (JSON.parse(run(folder, 'scan', '--format', 'json').stdout) as { readonly findings: readonly { readonly decision: { readonly effect: string; readonly blocking: boolean; readonly waiver?: { readonly id: string } } }[] }).findings;
    assert.equal([finding?.decision.effect, finding?.decision.blocking, finding?.decision.waiver?.id], ['deny', false, 'W-1']);
    const sarif = run(folder, 'scan', '--format', 'sarif-audit').stdout;
    assert.ok(sarif.includes(REASON));
    assert.not.ok(run(folder, 'scan', '--format', 'sarif').stdout.includes(REASON));
  });
});

waiver('new writes nothing that would not count', () => {
  withFolder(FILES, (folder) => {
    const refused = (texts: readonly string[], ...args: readonly string[]): void => {
      ended(run(folder, 'waiver', 'new', ...args), 2, ...texts);
      assert.throws(() => readFileSync(join(folder, 'waivers')), /ENOENT/);
    };
    const place = 'src/notify.ts:8';
    refused(['No waiver written', 'reason', 'at least 20 characters'], place, '--reason', 'because', '--approver', 'compliance', '--expires', day(60));
    refused(['lasts 200 days; for C2 data 180 are the most'], place, '--reason', REASON, '--approver', 'compliance', '--expires', day(200));
    refused(['ends before it was approved'], place, '--reason', REASON, '--approver', 'compliance', '--expires', day(-1));
    refused(['approved by the role "developer", which may not', 'compliance'], place, '--reason', REASON, '--approver', 'developer', '--expires', day(60));
    refused(['expires', 'as 2027-01-31'], place, '--reason', REASON, '--approver', 'compliance', '--expires', 'tomorrow');
    refused(['There is no finding at src/notify.ts:7'], 'src/notify.ts:7', '--reason', REASON, '--approver', 'compliance', '--expires', day(60));
    refused(["required option '--reason"], place);
  });
});

waiver('new says what the settings need, and overwrites nothing', () => {
  withFolder({ 'src/notify.ts': FILES['src/notify.ts'] }, (folder) => {
    ended(run(folder, 'waiver', 'list'), 0, 'The settings name no waivers');
    ended(run(folder, 'waiver', 'check'), 2, 'The settings name no waivers');
    ended(create(folder), 0, 'It counts when fiduciary.yaml says: waivers: waivers');
    ended(run(folder, 'scan'), 1, '✖ deny');
    writeFileSync(join(folder, 'fiduciary.yaml'), 'waivers: waivers\n');
    ended(run(folder, 'scan'), 0, '1 finding covered by a waiver');
    ended(create(folder), 2, 'is there already', '--output');
    ended(create(folder, '--output', 'other/b.yaml', '--id', 'W-2', '--name', 'Li Na', '--ticket', 'RISK-1'), 0, 'Wrote other/b.yaml');
    assert.match(readFileSync(join(folder, 'other/b.yaml'), 'utf8'), /role: compliance\n {6}name: Li Na\n[^]*ticket: RISK-1/);
  });
});

waiver('expired: the finding is back, and the run says whose end it was', () => {
  waived((folder, change) => {
    change(/approved: .*/, `approved: ${day(-30)}`);
    change(/expires: .*/, `expires: ${day(0)}`);
    ended(run(folder, 'scan'), 0, '1 finding covered by a waiver');
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  expiring');
    change(/expires: .*/, `expires: ${day(-1)}`);
    ended(run(folder, 'scan'), 1, '✖ deny', /waivers\/W-1\.yaml:3 {2}the waiver W-1 has run out; its finding counts again/);
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  expired');
  });
});

waiver('moved with its file, lapsed with another element, unused when it is repaired', () => {
  waived((folder, change) => {
    mkdirSync(join(folder, 'src/letters'));
    renameSync(join(folder, 'src/notify.ts'), join(folder, 'src/letters/notify.ts'));
    ended(run(folder, 'scan'), 0, '1 finding covered by a waiver');
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  active');
    writeFileSync(join(folder, 'src/letters/notify.ts'), program('iban: customer.iban, phone: customer.mobilePhone'));
    ended(run(folder, 'scan'), 1, '✖ deny', 'no longer counts: more data leaks than was accepted');
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  lapsed (mobile-phone)');
    writeFileSync(join(folder, 'src/letters/notify.ts'), program('iban: customer.iban'));
    change('- iban', '- iban\n      - mobile-phone');
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  over-broad (mobile-phone)');
    ended(run(folder, 'scan'), 0, '1 finding covered by a waiver');
    writeFileSync(join(folder, 'src/letters/notify.ts'), program('id: customer.id'));
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  unused');
    ended(run(folder, 'scan'), 0, 'the waiver W-1 covers nothing any more and can go');
  });
});

waiver('a control that cannot be waived: refused when it is written, and when somebody writes it by hand', () => {
  withFolder({ ...FILES, 'src/notify.ts': program('iban: customer.iban').replace("console.info('statement sent', { iban: customer.iban })", "localStorage.setItem('pin', customer.cvv)").replace('mobilePhone', 'cvv') }, (folder) => {
    ended(create(folder), 2, "The control storage.sad can't be waived", 'Do not store it.');
    const finding = /id {4}([0-9a-f]{16})/.exec(run(folder, 'scan').stdout)?.[1] ?? '';
    mkdirSync(join(folder, 'waivers'));
    writeFileSync(join(folder, 'waivers/a.yaml'), `waivers:\n  - id: W-1\n    finding: "${finding}"\n    elements: [card-verification-code]\n    reason: ${REASON}\n    approver: { role: compliance }\n    approved: ${day(0)}\n    expires: ${day(60)}\n`);
    ended(run(folder, 'scan'), 1, '✖ deny', /waivers\/a\.yaml:2 {2}the waiver W-1 does not count: a control that spoke can.t be waived/);
    ended(run(folder, 'waiver', 'list'), 0, 'W-1  refused (storage.sad)');
  });
});

waiver('a comment does not take the place of a waiver where something is denied', () => {
  withFolder({ ...FILES, 'src/notify.ts': program('iban: customer.iban').replace('  console', `  // fiduciary-allow no-customer-data-in-logs: ${REASON}\n  console`) }, (folder) => {
    ended(run(folder, 'scan'), 1, '✖ deny');
  });
});

/** What is changed in the file, what is said, and on which line. */
const MISTAKES: readonly (readonly [string, string | RegExp, string, RegExp, number])[] = [
  ['malformed', /finding: .*/, 'finding: the one in notify', /"waivers\.0\.finding" does not have the form/, 4],
  ['no YAML', /elements:\n {6}- iban/, 'elements: [iban', /The waiver file cannot be read/, 7],
  ['with an unknown key', /reason:/, 'reasons:', /has no "reason"|Unknown key "reasons"/, 3],
  ['over-long', /expires: .*/, `expires: ${day(181)}`, /lasts 181 days; for C2 data 180 are the most/, 12],
  ['back-dated', /approved: .*/, `approved: ${day(90)}`, /is still to come/, 11],
  ['on a day that there is not', /expires: .*/, 'expires: 2027-02-30', /a day that there is not: 2027-02-30/, 12],
  ['for an element that there is not', '- iban', '- ibann', /an element "ibann" that the catalogue does not know[^]*Did you mean "iban"/, 6],
  ['approved by somebody else', 'role: compliance', 'role: developer', /"developer", which may not/, 9],
];

for (const [what, from, to, message, line] of MISTAKES) {
  waiver(`a waiver ${what}: exit code 2 with file and line, from check and from a scan`, () => {
    waived((folder, change) => {
      change(from, to);
      for (const verb of [['waiver', 'check'], ['scan'], ['waiver', 'list']]) ended(run(folder, ...verb), 2, message, new RegExp(`^ {2}at waivers/W-1\\.yaml:${line}:\\d+$`, 'm'));
      // Whoever judges without them is not held up by them.
      ended(run(folder, 'scan', '--ignore-waivers'), 1, '✖ deny');
    });
  });
}

waiver('two of one id, and a folder that is not there yet', () => {
  waived((folder) => {
    writeFileSync(join(folder, 'waivers/b.yaml'), readFileSync(join(folder, 'waivers/W-1.yaml')));
    ended(run(folder, 'waiver', 'check'), 2, 'Two waivers have the id "W-1"', /^ {2}at waivers\/b\.yaml:3:\d+$/m);
    rmSync(join(folder, 'waivers'), { recursive: true });
    ended(run(folder, 'waiver', 'check'), 0, '0 waivers, written rightly');
    ended(run(folder, 'waiver', 'list'), 0, 'There are no waivers.');
    ended(run(folder, 'scan'), 1, '✖ deny');
  });
});

waiver.run();
