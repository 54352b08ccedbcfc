// The verbs of `policy` as they are typed: what they print, what they write, how they end; and every mistake that an author makes,
// each with its own message, its place and exit code 2.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Ended, runCached as run, withFolder } from './spawn.ts';

const PROGRAM = `interface Account {
  id: string;
  accountBalance: number;
}

export function settle(account: Account): void {
  console.info('settled', account.id, account.accountBalance);
}
`;

/** A control about balances in logs. */
const control = (body = 'f.channel == "log"', custom = 'id: ours.balance'): string => `package fiduciary.custom.ours

import data.fiduciary.lib.element
import data.fiduciary.lib.judged

# METADATA
# title: Balance in a log
# custom:
#   ${custom.replaceAll('\n', '\n#   ')}
verdict contains v if {
	some f in input.findings
	${body.replaceAll('\n', '\n\t')}
	ids := element.among(f, ["account-balance"])
	v := judged.verdict("ours.balance", "deny", f, ids)
}
`;

const TEST = `package fiduciary.custom.ours_test

import data.fiduciary.custom.ours
import data.fiduciary.lib.testing

test_a_balance_in_a_log_is_denied if {
	case := {"a": testing.flow("log", [testing.financial("account-balance")])}
	got := testing.outcome(ours.verdict) with input as testing.batch(case)
	got == {"a": {"ours.balance": "deny"}}
}
`;

const FILES = { 'src/settle.ts': PROGRAM, 'ours/balance.rego': control(), 'ours/balance_test.rego': TEST };

const idIn = (ended: Ended): string => /id {4}([0-9a-f]{16})/.exec(ended.stdout)?.[1] ?? '';

const ended = (result: Ended, code: number, ...texts: readonly (string | RegExp)[]): void => {
  const all = `${result.stdout}${result.stderr}`;
  assert.is(result.code, code, all);
  for (const text of texts) assert.ok(typeof text === 'string' ? all.includes(text) : text.test(all), `${String(text)} in\n${all}`);
  assert.not.match(all, 'internal error');
};

const policy = suite('cli/policy');

policy('new: a folder that checks, is tested, and whose control speaks in a scan', () => {
  withFolder({ 'src/settle.ts': PROGRAM }, (folder) => {
    ended(run(folder, 'policy', 'new', 'treasury'), 0, 'Wrote treasury/treasury.rego', 'Wrote treasury/treasury_test.rego', 'fiduciary scan --policy ./treasury');
    ended(run(folder, 'policy', 'check', 'treasury'), 0, '1 control in 2 files: no problem');
    ended(run(folder, 'policy', 'test', 'treasury', '--min', '100'), 0, '100 % of controls are covered', '2 of 2 tests passed on interpreter and WebAssembly');
    ended(run(folder, 'scan', '--policy', './treasury'), 1, '✖ deny', 'fix   Log the id of the account instead.', 'Our rule book 4.2');
    ended(run(folder, 'policy', 'new', 'treasury'), 2, 'treasury/treasury.rego is there already');
  });
});

policy('check --fix and fmt write the usual form, and say beforehand that they would', () => {
  const crooked = control().replaceAll('\t', '    ');
  withFolder({ ...FILES, 'ours/balance.rego': crooked }, (folder) => {
    const text = (): string => readFileSync(join(folder, 'ours/balance.rego'), 'utf8');
    ended(run(folder, 'policy', 'check', 'ours'), 1, 'ours/balance.rego: not in the usual form', '1 file to format');
    ended(run(folder, 'policy', 'fmt', 'ours', '--check'), 1, 'ours/balance.rego');
    assert.is(text(), crooked);
    ended(run(folder, 'policy', 'check', 'ours', '--fix'), 0, 'Formatted ours/balance.rego', 'no problem');
    assert.is(text(), control());
    ended(run(folder, 'policy', 'fmt', 'ours', '--check'), 0);
    writeFileSync(join(folder, 'ours/balance.rego'), crooked);
    ended(run(folder, 'policy', 'fmt', 'ours'), 0, 'Formatted ours/balance.rego');
    assert.is(text(), control());
  });
});

for (const [engine, said] of [['interpreter', 'interpreter'], ['wasm', 'WebAssembly'], ['both', 'interpreter and WebAssembly']] as const) {
  policy(`test --engine ${engine}: one that holds, one that does not`, () => {
    withFolder({ ...FILES, 'ours/wrong_test.rego': TEST.replace('"deny"}}', '"warn"}}').replace('test_a_', 'test_no_') }, (folder) => {
      ended(run(folder, 'policy', 'test', 'ours', '--engine', engine), 1,
        /FAIL ours\/wrong_test\.rego:6 fiduciary\.custom\.ours_test\.test_no_balance_in_a_log_is_denied: it is not true/, `1 of 2 tests passed on ${said}`);
    });
  });
}

policy('test --coverage names the control that no test makes true; --min makes it a failure', () => {
  const second = control('f.channel == "url"').replaceAll('ours.balance', 'ours.url').replace('package fiduciary.custom.ours', 'package fiduciary.custom.urls');
  withFolder({ ...FILES, 'ours/urls.rego': second }, (folder) => {
    ended(run(folder, 'policy', 'test', 'ours', '--coverage'), 0, 'not covered: ours/urls.rego:10 ours.url', '50 % of controls are covered');
    ended(run(folder, 'policy', 'test', 'ours', '--coverage', '--min', '90'), 1, '50 % of controls are covered, at least 90 % are asked for');
    ended(run(folder, 'policy', 'test', 'ours', '--min', '50'), 0);
    ended(run(folder, 'policy', 'test', 'ours', '--min', 'most'), 2, 'Write a number from 0 to 100');
  });
});

policy('test: a folder without a test is not a success', () => {
  withFolder({ 'ours/balance.rego': control() }, (folder) => {
    ended(run(folder, 'policy', 'test', 'ours'), 2, 'There is no test', 'policy fixture');
  });
});

policy('build: the same bytes wherever the folder lies, with the digest of each file', () => {
  const built = (files: Readonly<Record<string, string>>): { readonly said: string; readonly manifest: string } => withFolder(files, (folder) => {
    const result = run(folder, 'policy', 'build', 'ours', '-o', 'out');
    ended(result, 0, /Wrote out: \d+ controls, no call to the host/, /sha256 [0-9a-f]{64}/);
    assert.equal(readdirSync(join(folder, 'out')).sort(), ['controls.json', 'manifest.json', 'params.json', 'policy.wasm']);
    assert.ok((JSON.parse(readFileSync(join(folder, 'out/controls.json'), 'utf8')) as readonly { readonly id: string }[]).some(({ id }) => id === 'ours.balance'));
    return { said: result.stdout, manifest: readFileSync(join(folder, 'out/manifest.json'), 'utf8') };
  });
  assert.equal(built(FILES), built(FILES));
  assert.is.not(built({ ...FILES, 'ours/balance.rego': control('f.channel == "url"') }).manifest, built(FILES).manifest);
});

policy('explain, by id and by place: what each control saw, with values', () => {
  withFolder(FILES, (folder) => {
    const id = idIn(run(folder, 'scan'));
    const byId = run(folder, 'policy', 'explain', id, '--policy', './ours');
    ended(byId, 0, `${id}  src/settle.ts:7`, 'deny (blocks) by profile bank-baseline at stage ci', /deny {2}ours\.balance {2}Balance in a log {2}ours\/balance\.rego:10/,
      '✔ ids := element.among(f, ["account-balance"])   # ids = ["account-balance"]', /silent {2}log\.secret [^\n]*\n {4}✖ ids := element\.of_kinds\(f, \{"secret"\}\)\n\n/);
    assert.is(run(folder, 'policy', 'explain', 'src/settle.ts:7', '--policy', './ours').stdout, byId.stdout);
    const json = JSON.parse(run(folder, 'policy', 'explain', id, '--json').stdout) as { readonly finding: string; readonly input: { readonly findings: readonly object[] } };
    assert.equal([json.finding, json.input.findings.length], [id, 1]);
  });
});

policy('explain --what-if: the decision as it would be, and no value that a finding cannot have', () => {
  withFolder(FILES, (folder) => {
    const explain = (...whatIf: readonly string[]): Ended => run(folder, 'policy', 'explain', 'src/settle.ts:7', '--policy', './ours', ...whatIf.flatMap((each) => ['--what-if', each]));
    ended(explain('context.code=example'), 0, 'deny (blocks) by profile', '  note if context.code were example');
    ended(explain('protected=true'), 0, '  allow if protected were true');
    ended(explain('channel=url', 'confidence=low'), 0, /note if channel were url and confidence were low/);
    ended(explain('context.cod=test'), 2, 'Unknown key "cod" in the finding', 'Did you mean "code"?');
    ended(explain('elements.0.class=C9'), 2, 'elements.0.class', 'Use one of: C1, C2, C3.');
    ended(explain('context.code'), 2, 'names no value');
    ended(run(folder, 'policy', 'explain', 'src/settle.ts:6'), 2, 'There is no finding at src/settle.ts:6');
    ended(run(folder, 'policy', 'explain', '0000000000000000'), 2, 'No finding has the id 0000000000000000');
  });
});

policy('fixture: the input of a real finding, as Rego that a test takes as it is, and as JSON', () => {
  withFolder(FILES, (folder) => {
    const rego = run(folder, 'policy', 'fixture', 'src/settle.ts:7', '--name', 'settled');
    ended(rego, 0, '# src/settle.ts:7; in a test: … with input as settled', '"evidence": "Account.accountBalance"');
    const test = `package fiduciary.custom.ours_test\n\nimport data.fiduciary.custom.ours\n\n${rego.stdout}\ntest_the_real_one_is_denied if {\n\tsome v in ours.verdict with input as settled\n\tv.effect == "deny"\n}\n`;
    writeFileSync(join(folder, 'ours/real_test.rego'), test);
    ended(run(folder, 'policy', 'test', 'ours'), 0, '2 of 2 tests passed on interpreter and WebAssembly');
    ended(run(folder, 'policy', 'check', 'ours'), 0, 'no problem');
    const json = JSON.parse(run(folder, 'policy', 'fixture', 'src/settle.ts:7', '--json').stdout) as { readonly run: { readonly stage: string }; readonly findings: readonly { readonly file: string }[] };
    assert.equal([json.run.stage, json.findings[0]?.file], ['ci', 'src/settle.ts']);
    ended(run(folder, 'policy', 'fixture', 'src/settle.ts:7', '--name', 'not-a-name'), 2, 'letters, digits and underscores');
  });
});

policy('eval: a stored result by other policies; exit code 1 when something blocks', () => {
  withFolder(FILES, (folder) => {
    run(folder, 'scan', '--report', 'json=result.json');
    ended(run(folder, 'policy', 'eval', 'result.json'), 0, /^[0-9a-f]{16} {2}warn {2}src\/settle\.ts:7 {2}log\.c2\n$/);
    ended(run(folder, 'policy', 'eval', 'result.json', '--policy', 'ours'), 1, /deny \(blocks\) {2}src\/settle\.ts:7 {2}ours\.balance, log\.c2/);
    ended(run(folder, 'policy', 'eval', 'result.json', '--policy', 'observe-only'), 0, 'warn (observed)');
    const json = JSON.parse(run(folder, 'policy', 'eval', 'result.json', '--json').stdout) as readonly { readonly decision: { readonly effect: string } }[];
    assert.equal(json.map(({ decision }) => decision.effect), ['warn']);
    ended(run(folder, 'policy', 'eval', 'ours/balance.rego'), 2, 'is no JSON');
    ended(run(folder, 'policy', 'eval', 'gone.json'), 2, 'cannot be read', '--report json=FILE');
  });
});

policy('diff: between profiles and between folders, which stand in for those of the settings', () => {
  const files = { ...FILES, 'fiduciary.yaml': 'policies: { packs: [ours] }\n', 'next/balance.rego': control().replace('"deny"', '"note"') };
  withFolder(files, (folder) => {
    run(folder, 'scan', '--report', 'json=result.json');
    ended(run(folder, 'policy', 'diff', 'ours', 'next', '--result', 'result.json'), 0, /deny \(blocks\) → warn {2}src\/settle\.ts:7/, '1 of 1 decisions differ; 0 begin to block, 1 no longer do');
    ended(run(folder, 'policy', 'diff', 'ours', 'ours', '--result', 'result.json'), 0, '0 of 1 decisions differ');
    ended(run(folder, 'policy', 'diff', 'bank-baseline', 'observe-only'), 0, /deny \(blocks\) → deny \(observed\)/);
    const [change] = JSON.parse(run(folder, 'policy', 'diff', 'next', 'ours', '--result', 'result.json', '--json').stdout) as readonly { readonly before: { readonly effect: string }; readonly after: { readonly effect: string } }[];
    assert.equal([change?.before.effect, change?.after.effect], ['warn', 'deny']);
    ended(run(folder, 'policy', 'diff', 'ours', 'nowhere', '--result', 'result.json'), 2, 'There is no policy pack or folder "nowhere"');
  });
});

policy('simulate --date: what a day brings, never one that is past', () => {
  const soon = control(undefined, 'id: ours.balance\neffective: "2199-01-01"');
  withFolder({ ...FILES, 'ours/balance.rego': soon }, (folder) => {
    ended(run(folder, 'scan', '--policy', 'ours'), 0, 'need  in force from 2199-01-01; a warning until then');
    ended(run(folder, 'policy', 'simulate', '--date', '2198-12-31', '--policy', 'ours'), 0, '0 of 1 decisions differ');
    ended(run(folder, 'policy', 'simulate', '--date', '2199-01-01', '--policy', 'ours'), 0, /warn → deny \(blocks\)/, '1 begin to block');
    ended(run(folder, 'policy', 'simulate', '--date', '2020-01-01'), 2, '2020-01-01 is past');
    ended(run(folder, 'policy', 'simulate', '--date', '2199-02-30'), 2, '"2199-02-30" is no day');
    ended(run(folder, 'policy', 'simulate'), 2, '--date');
  });
});

policy('verify-receipt: the same bytes, or each part that was tampered with', () => {
  withFolder(FILES, (folder) => {
    ended(run(folder, 'scan', '--policy', 'ours', '--receipt', 'good.json'), 1);
    ended(run(folder, 'policy', 'verify-receipt', 'good.json'), 0, /1 decision of \d{4}-\d\d-\d\d at stage ci by fiduciary [\d.]+: made again, the same bytes/);
    const good = readFileSync(join(folder, 'good.json'), 'utf8');
    const forged = (change: (receipt: Record<string, never>) => void): Ended => {
      const receipt = JSON.parse(good) as Record<string, never>;
      change(receipt);
      writeFileSync(join(folder, 'forged.json'), JSON.stringify(receipt));
      return run(folder, 'policy', 'verify-receipt', 'forged.json');
    };
    const parts = (receipt: object): { digests: Record<string, string>; decisions: { effect: string }[]; bundle: string; judged: { findings: { channel: string }[]; data: { params: object } } } => receipt as never;
    ended(forged((receipt) => { (parts(receipt).decisions[0] as { effect: string }).effect = 'warn'; }), 1, 'decisions: altered', 'judged again it is another decision', '2 problems');
    ended(forged((receipt) => { (parts(receipt).judged.findings[0] as { channel: string }).channel = 'url'; }), 1, 'findings: altered', 'judged again it is another decision');
    ended(forged((receipt) => { parts(receipt).judged.data.params = {}; }), 1, 'data: altered');
    ended(forged((receipt) => { parts(receipt).bundle = `AAAA${parts(receipt).bundle.slice(4)}`; }), 1, 'bundle: altered', '1 problem');
    ended(forged((receipt) => { parts(receipt).decisions.pop(); }), 1, 'decisions: altered', '0 decisions for 1 findings');
    writeFileSync(join(folder, 'none.json'), '{"version":"1.0"}');
    ended(run(folder, 'policy', 'verify-receipt', 'none.json'), 2, 'none.json is no decision receipt');
    ended(run(folder, 'policy', 'verify-receipt', 'gone.json'), 2, 'cannot be read');
  });
});

/** What is written, what is said, on which line of ours/balance.rego, and to whom: `policy check` and a scan read policies alike. */
const MISTAKES: readonly (readonly [string, string, RegExp, number, 'check' | 'scan'])[] = [
  ['a misspelt field', control('f.chanel == "log"'), /undefined ref: [^\n]*chanel/, 12, 'check'],
  ['an unknown function', control('starts_with(f.file, "src")'), /undefined function starts_with[^]*docs\/policy\.md lists the functions/, 12, 'scan'],
  ['a function of the host', control('time.now_ns() > 0'), /undefined function time\.now_ns[^]*no clock/, 12, 'check'],
  ['an id that is taken', control(undefined, 'id: log.secret'), /Two controls have the id "log\.secret"[^]*policies\/topics\/processing\/logs\.rego:\d+/, 10, 'scan'],
  ['a syntax error', control('f.channel = = "log"'), /unexpected|illegal/, 12, 'check'],
  ['a misspelt key of METADATA', control(undefined, 'id: ours.balance\nwaivabel: false'), /"waivabel" of ours\.balance[^]*Did you mean "waivable"/, 11, 'scan'],
  ['a day of another form', control(undefined, 'id: ours.balance\neffective: "01.01.2027"'), /"effective" of ours\.balance is no day/, 11, 'check'],
];

for (const [what, text, message, line, verb] of MISTAKES) {
  policy(`${what}, to ${verb}: exit code 2, with file and line`, () => {
    withFolder({ ...FILES, 'ours/balance.rego': text }, (folder) => {
      const result = verb === 'check' ? run(folder, 'policy', 'check', 'ours') : run(folder, 'scan', '--policy', 'ours');
      ended(result, 2, message, new RegExp(`^ {2}at ours/balance\\.rego:${line}(:\\d+)?$`, 'm'));
      assert.is(result.stdout, '');
    });
  });
}

policy('an unknown pack, an empty one, one that says nothing', () => {
  withFolder({ 'src/settle.ts': PROGRAM, 'empty/README.md': '', 'mute/limits.rego': 'package fiduciary.custom.mute\n\nlimit := 3\n' }, (folder) => {
    ended(run(folder, 'scan', '--policy', 'strickt'), 2, 'There is no policy pack or folder "strickt"', 'Did you mean "strict"?');
    ended(run(folder, 'scan', '--policy', './empty'), 2, 'holds no policy', 'policy new', /^ {2}at empty$/m);
    ended(run(folder, 'policy', 'check', 'empty'), 2, 'holds no policy');
    ended(run(folder, 'scan', '--policy', './mute'), 2, 'say nothing about findings', /^ {2}at mute\/limits\.rego$/m);
    ended(run(folder, 'policy', 'check', 'gone'), 2, 'does not exist', /^ {2}at gone$/m);
    ended(run(folder, 'policy', 'check'), 2, 'There is no folder of policies', 'policies.packs');
  });
});

const NUMBERS = 'r := numbers.range(1, 3000)';

/** Beyond what an evaluation may take: found when findings are judged, not when policies are checked. */
const BEYOND: readonly (readonly [string, string, RegExp])[] = [
  ['a policy that would not end', `${NUMBERS}\nsome a in r\nsome b in r\nsome c in r\na == b\nb == c\nc == -1`, /take more than 100 million steps for one evaluation[^]*lists that are gone through inside each other/],
  ['a policy that wants too much memory', `${NUMBERS}\ncount({[a, b] | some a in r; some b in r}) > 0`, /need more than 256 MiB of memory for one evaluation[^]*grow with the product/],
];

for (const [what, body, message] of BEYOND) {
  policy(`${what}: exit code 2 with file and line`, () => {
    withFolder({ ...FILES, 'ours/balance.rego': control(body) }, (folder) => {
      ended(run(folder, 'policy', 'check', 'ours'), 0);
      const place = /^ {2}at ours\/balance\.rego:10$/m;
      const scan = run(folder, 'scan', '--policy', 'ours', '--report', 'json=result.json');
      ended(scan, 2, message, place);
      assert.not.ok(readdirSync(folder).includes('result.json'), 'no half answer');
      // One that goes beyond its limit takes seconds each time: the other verbs are asked for the quicker one.
      if (!body.includes('count')) return;
      run(folder, 'scan', '--report', 'json=result.json');
      ended(run(folder, 'policy', 'explain', 'src/settle.ts:7', '--result', 'result.json', '--policy', 'ours'), 2, message, place);
      ended(run(folder, 'policy', 'test', 'ours', '--engine', 'interpreter'), 2, message, /^ {2}at ours\/balance_test\.rego:6$/m);
    });
  });
}

policy('a verdict that no policy may give is told where it is written', () => {
  withFolder({ ...FILES, 'ours/balance.rego': control().replace('verdict("ours.balance"', 'verdict("ours.balanse"') }, (folder) => {
    ended(run(folder, 'scan', '--policy', 'ours'), 2, 'speaks as the control "ours.balanse", which no METADATA describes', /^ {2}at ours\/balance\.rego:14$/m);
  });
  withFolder({ ...FILES, 'ours/balance.rego': control().replace('import data.fiduciary.lib.judged\n', '').replace('v := judged.verdict("ours.balance", "deny", f, ids)', 'v := {"finding": f.id, "control": "ours.balance", "effect": "forbid", "elements": ids}') }, (folder) => {
    ended(run(folder, 'scan', '--policy', 'ours'), 2, 'gives the effect "forbid"', 'There are: allow, note, warn, require_approval, deny.', /^ {2}at ours\/balance\.rego:9$/m);
  });
});

policy('settings that name what there is not: exit code 2 with the line of the settings', () => {
  const told = (settings: string, line: number, ...texts: readonly string[]): void => {
    withFolder({ ...FILES, 'fiduciary.yaml': settings }, (folder) => {
      ended(run(folder, 'scan'), 2, ...texts, new RegExp(`^ {2}at fiduciary\\.yaml:${line}:\\d+$`, 'm'));
    });
  };
  told('policies:\n  profile: bank\n', 2, 'There is no profile "bank"', 'bank-baseline');
  told('policies:\n  packs: [ours]\n  enforcement:\n    ci: { ours.balanse: off }\n', 4, 'no control "ours.balanse"', 'Did you mean "ours.balance"?');
  told('policies:\n  params:\n    audit: { rachet: true }\n', 3, 'rachet');
});

policy.run();
