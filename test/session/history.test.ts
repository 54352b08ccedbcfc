// A small history of a bank, commit by commit: what each commit does to the findings, told against its parent and against the
// baseline as it stood. Identity decides, so a fix never pays for a new leak, and moving code is no leak.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Finding, type Result, scan } from '../../src/index.ts';
import type { Host } from '#host/host';
import { createNodeHost } from '#host/node-host';
import type { Change } from '#model/change';
import { main } from '../../src/cli/main.ts';
import { type Repository, withRepository } from '../repository.ts';

const history = suite('history');

const MODEL = 'export interface Customer { id: string; email: string; mobile: string; idCardNumber: string }\n';

const SERVICE = `import type { Customer } from './customer';
export function notify(customer: Customer): void {
  console.log('notified', customer.email);
}
export function close(customer: Customer): void {
  console.warn('closing', customer.mobile);
}
`;

interface Told {
  readonly [change: string]: readonly string[];
}

/** Per change, the places: symbol and callee, without lines. */
function tell(result: Result): Told {
  const told: Record<string, string[]> = {};
  const add = (change: Change, text: string): void => void (told[change] ??= []).push(text);
  for (const finding of result.findings) if (finding.change !== undefined) add(finding.change, nameOf(finding));
  for (const known of result.comparison?.fixed ?? []) add('fixed', `${known.file} ${known.symbol} ${known.callee}`);
  return Object.fromEntries(Object.entries(told).map(([change, names]) => [change, names.sort()]));
}

const nameOf = (finding: Finding): string => `${finding.sink.location.file} ${finding.context.symbol} ${finding.sink.callee}`;
const blocking = (result: Result): readonly string[] => result.findings.filter((finding) => finding.decision.blocking).map((finding) => finding.change ?? 'none');

const OLD_NAMES: Readonly<Record<string, string>> = { 'src/branch/opening.ts begin console.info': 'src/branch/opening.ts open console.info', 'src/branch/opening.ts Opening.begin console.info': 'src/branch/opening.ts begin console.info' };

const withoutMoves = ({ moved = [], ...others }: Told): Told =>
  ({ ...others, introduced: moved, fixed: moved.map((name) => OLD_NAMES[name] ?? name) });

const silent: Host = { ...createNodeHost(), write: () => undefined };

const against = (repository: Repository, diff: string): Result => scan({ root: repository.folder, diff, failOn: 'warn' });

history('each commit against its parent and against the tightened baseline', async () => withRepository((repository) => {
  const { folder } = repository;
  const tighten = async (): Promise<number> => main(silent, ['baseline', folder, '--output', join(folder, 'fiduciary-baseline.json'), '--no-cache']);
  const known = (): Result => scan({ root: folder, baseline: join(folder, 'fiduciary-baseline.json'), failOn: 'warn' });
  const steps: (readonly [what: string, act: () => void, expected: Told, blocks: readonly Change[]])[] = [
    ['introduced: a new log line in a new function', () => repository.commit('Log openings', {
      'src/service.ts': `${SERVICE}export function open(customer: Customer): void {\n  console.info('opening', customer.idCardNumber);\n}\n`,
    }), {
      introduced: ['src/service.ts open console.info'],
      unchanged: ['src/service.ts close console.warn', 'src/service.ts notify console.log'],
    }, ['introduced']],
    ['reformatted: other quotes, other line breaks, a comment, blank lines', () => repository.commit('Format', {
      'src/service.ts': `// Services of the branch.\n\n\n${SERVICE.replaceAll("'", '"').replace('console.log(', 'console.log(\n    ').replace('customer.email)', 'customer.email,\n  )')}\n\nexport function open(customer: Customer): void {\n\n  console.info("opening", customer.idCardNumber);\n}\n`,
    }), { unchanged: ['src/service.ts close console.warn', 'src/service.ts notify console.log', 'src/service.ts open console.info'] }, []],
    ['renamed locals: the parameter has another name', () => repository.commit('Rename locals', {
      'src/service.ts': `${SERVICE}export function open(holder: Customer): void {\n  console.info('opening', holder.idCardNumber);\n}\n`.replace("notify(customer: Customer)", 'notify(client: Customer)').replace("customer.email", 'client.email'),
    }), { unchanged: ['src/service.ts close console.warn', 'src/service.ts notify console.log', 'src/service.ts open console.info'] }, []],
    ['renamed file: every finding in it moved', () => {
      repository.move('src/service.ts', 'src/branch/service.ts');
      repository.move('src/customer.ts', 'src/branch/customer.ts');
      repository.commit('Move the service into its folder', {});
    }, { moved: ['src/branch/service.ts close console.warn', 'src/branch/service.ts notify console.log', 'src/branch/service.ts open console.info'] }, []],
    ['moved: one function goes to a file of its own', () => repository.commit('Split', {
      'src/branch/opening.ts': "import type { Customer } from './customer';\nexport function open(holder: Customer): void {\n  console.info('opening', holder.idCardNumber);\n}\n",
      'src/branch/service.ts': SERVICE,
    }), {
      moved: ['src/branch/opening.ts open console.info'],
      unchanged: ['src/branch/service.ts close console.warn', 'src/branch/service.ts notify console.log'],
    }, []],
    ['reached: one known line prints another element', () => repository.commit('Say more', {
      'src/branch/service.ts': SERVICE.replace("'notified', customer.email", "'notified', customer.email, customer.idCardNumber").replace('console.warn(\'closing\', customer.mobile)', 'console.warn(`closing ${customer.mobile} ${customer.idCardNumber}`)'),
    }), {
      introduced: ['src/branch/service.ts notify console.log'],
      reached: ['src/branch/service.ts close console.warn'],
      unchanged: ['src/branch/opening.ts open console.info', 'src/branch/service.ts notify console.log'],
    }, ['introduced', 'reached']],
    ['fixed: the line is gone, and so are the additions', () => repository.commit('Stop logging', {
      'src/branch/service.ts': SERVICE.replace("  console.log('notified', customer.email);\n", "  console.log('notified', customer.id);\n"),
    }), {
      unchanged: ['src/branch/opening.ts open console.info', 'src/branch/service.ts close console.warn'],
      fixed: ['src/branch/service.ts notify console.log', 'src/branch/service.ts notify console.log'],
    }, []],
    ['reintroduced: the line comes back', () => repository.commit('Log again', { 'src/branch/service.ts': SERVICE }), {
      introduced: ['src/branch/service.ts notify console.log'],
      unchanged: ['src/branch/opening.ts open console.info', 'src/branch/service.ts close console.warn'],
    }, ['introduced']],
    ['one leak fixed and another written in the same file', () => repository.commit('Swap', {
      'src/branch/service.ts': `${SERVICE.replace("  console.warn('closing', customer.mobile);\n", '')}export function freeze(customer: Customer): void {\n  console.warn('freezing', customer.mobile);\n}\n`,
    }), {
      introduced: ['src/branch/service.ts freeze console.warn'],
      unchanged: ['src/branch/opening.ts open console.info', 'src/branch/service.ts notify console.log'],
      fixed: ['src/branch/service.ts close console.warn'],
    }, ['introduced']],
    ['a harmless call of the same name in front shifts the count, not the finding', () => repository.commit('Trace', {
      'src/branch/opening.ts': "import type { Customer } from './customer';\nexport function open(holder: Customer): void {\n  console.info('start');\n  console.info('opening', holder.idCardNumber);\n}\n",
    }), { unchanged: ['src/branch/opening.ts open console.info', 'src/branch/service.ts freeze console.warn', 'src/branch/service.ts notify console.log'] }, []],
    ['a function gets another name', () => repository.commit('Rename', {
      'src/branch/opening.ts': "import type { Customer } from './customer';\nexport function begin(holder: Customer): void {\n  console.info('opening', holder.idCardNumber);\n}\n",
    }), {
      moved: ['src/branch/opening.ts begin console.info'],
      unchanged: ['src/branch/service.ts freeze console.warn', 'src/branch/service.ts notify console.log'],
    }, []],
    ['a function goes into a class', () => repository.commit('Wrap', {
      'src/branch/opening.ts': "import type { Customer } from './customer';\nexport class Opening {\n  begin(holder: Customer): void {\n    console.info('opening', holder.idCardNumber);\n  }\n}\n",
    }), {
      moved: ['src/branch/opening.ts Opening.begin console.info'],
      unchanged: ['src/branch/service.ts freeze console.warn', 'src/branch/service.ts notify console.log'],
    }, []],
    ['reached through another file: the sink did not change, a caller did', () => repository.commit('Tell the desk', {
      'src/branch/desk.ts': "import type { Customer } from './customer';\nimport { say } from './say';\nexport function call(customer: Customer): void {\n  say(`calling ${customer.mobile}`);\n}\n",
      'src/branch/say.ts': 'export function say(text: string): void {\n  console.debug(text);\n}\n',
    }), {
      introduced: ['src/branch/desk.ts call say'],
      unchanged: ['src/branch/opening.ts Opening.begin console.info', 'src/branch/service.ts freeze console.warn', 'src/branch/service.ts notify console.log'],
    }, ['introduced']],
  ];
  return run();

  async function run(): Promise<void> {
    repository.commit('Begin', { 'src/customer.ts': MODEL, 'src/service.ts': SERVICE, '.gitignore': 'fiduciary-baseline.json\n' });
    assert.is(await tighten(), 0);
    for (const [what, act, expected, blocks] of steps) {
      act();
      const diff = against(repository, 'HEAD~1');
      assert.equal(tell(diff), expected, what);
      for (const finding of diff.findings) assert.is(finding.arrived !== undefined, finding.change === 'reached');
      if ('reached' in expected) assert.equal(diff.findings.find((finding) => finding.change === 'reached')?.arrived?.elements, ['id-card-number']);
      assert.equal([...blocking(diff)].sort(), [...blocks].sort(), what);
      assert.is(diff.comparison?.with, 'diff');
      const baseline = known();
      // A baseline holds no text of before, so a name that is new to it may have been there: the finding counts as new.
      const renamed = /function gets another name|into a class/.test(what);
      assert.equal(tell(baseline), renamed ? withoutMoves(expected) : expected, `${what}, against the baseline`);
      assert.equal([...blocking(baseline)].sort(), renamed ? ['introduced'] : [...blocks].sort(), what);
      // As a team would: what is fixed goes out of the baseline, what is accepted is taken in by name.
      rmSync(join(folder, 'fiduciary-baseline.json'));
      assert.is(await tighten(), 0);
      assert.equal(Object.keys(tell(known())).filter((change) => change !== 'unchanged'), [], `${what}: the baseline is whole again`);
    }
    assert.ok(Number(repository.git('rev-list', '--count', 'HEAD')) >= 10);
    // The worktrees of the comparisons are gone.
    assert.is(repository.git('worktree', 'list').split('\n').length, 1);
  }
}));

history.run();
