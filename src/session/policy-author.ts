// What authors of policies do: check, format, test and build folders of their own together with the shipped ones.
import type { Host } from '#host/host';
import { UserError } from '#model/errors';
import type { Control } from '#model/policy';
import { checkPolicies, toUserError } from '#policy/check';
import { compilePolicies } from '#policy/compile';
import type { Params } from '#policy/packs';
import { EMPTY_REGISTER } from '#policy/register';
import { type Engine, type PolicyTestRun, runPolicyTests } from '#policy/run-tests';
import type { FileCoverage } from '#policy/toolchain';
import { DEFAULT_PROFILE, openWorkbench, type PolicyWorkbench } from './load-policies.ts';
import { withPlaces } from './policy-files.ts';

export { ENGINES, type Engine, type PolicyTest } from '#policy/run-tests';
export type { FileCoverage } from '#policy/toolchain';

export interface PolicyCheck {
  readonly files: number;
  /** Of the folders alone, or of the shipped policies when there are none. */
  readonly controls: readonly Control[];
  /** Absolute paths of files that "fmt" would change, with their new text. */
  readonly unformatted: readonly { readonly file: string; readonly text: string }[];
}

/** Throws `UserError` for the first problem. */
export function checkFolders(host: Host, folders: readonly string[]): PolicyCheck {
  const bench = openWorkbench(host, folders);
  const isAsked = askedOf(bench);
  const { controls } = withPlaces(bench.own, () => checkPolicies(bench.toolchain, bench.sources));
  return { files: bench.sources.files.filter(({ name }) => isAsked(name)).length, controls: controls.filter(({ file }) => isAsked(file)), unformatted: formatted(bench) };
}

/** Files whose form is not the usual one, with their new text. Throws `UserError` for a file that can't be parsed. */
export const formatFolders = (host: Host, folders: readonly string[]): PolicyCheck['unformatted'] => formatted(openWorkbench(host, folders));

function formatted({ toolchain, own, sources }: PolicyWorkbench): PolicyCheck['unformatted'] {
  const files = own.files.length === 0 ? sources.files : own.files;
  return withPlaces(own, () => {
    const answer = toolchain.run('format', { files });
    if (!answer.ok) throw toUserError(answer.errors);
    return answer.files.filter(({ changed }) => changed).map(({ name, text }) => ({ file: own.locate(name), text }));
  });
}

export interface FolderTests extends PolicyTestRun {
  /** Which controls no test of theirs names or reaches; empty without coverage. */
  readonly uncovered: readonly Control[];
  /** Share of controls whose body was entered by a test, in percent. */
  readonly percent: number;
}

/** Tests of the folders, or of the shipped policies when there are none. Throws `UserError`, also when there is no test. */
export function testFolders(host: Host, folders: readonly string[], options: { readonly engine: Engine; readonly coverage: boolean }): FolderTests {
  const bench = openWorkbench(host, folders);
  const isAsked = askedOf(bench);
  return withPlaces(bench.own, () => {
    const { controls, rules } = checkPolicies(bench.toolchain, bench.sources);
    const run = runPolicyTests(bench.toolchain, { files: bench.sources.files, rules, data: testData(bench.packs.params), ...options, isAsked });
    if (run.tests.length === 0) throw new UserError('There is no test', 'Write rules "test_… if …" in a file NAME_test.rego; "fiduciary policy fixture" makes an input for one.', { file: folders[0] ?? '' });
    const asked = controls.filter(({ file }) => isAsked(file));
    const uncovered = run.coverage === undefined ? [] : asked.filter((control) => !isCovered(control, run.coverage ?? []));
    return {
      tests: run.tests.map((test) => ({ ...test, file: bench.own.locate(test.file) })),
      ...(run.coverage === undefined ? {} : { coverage: run.coverage.filter(({ file }) => isAsked(file) && !file.endsWith('_test.rego')).map((each) => ({ ...each, file: bench.own.locate(each.file) })) }),
      uncovered: uncovered.map((control) => ({ ...control, file: bench.own.locate(control.file) })),
      percent: asked.length === 0 ? 100 : Math.floor(((asked.length - uncovered.length) * 1000) / asked.length) / 10,
    };
  });
}

/** The head of a rule is covered when some test made it true. */
const isCovered = ({ file, line }: Control, coverage: readonly FileCoverage[]): boolean =>
  coverage.some((each) => each.file === file && !each.notCovered.some(([from, to]) => from <= line && line <= to));

/** What tests read: the shipped defaults, an empty register of a bank at home, no waivers. */
export const testData = (params: Params): object => ({
  params, register: { ...EMPTY_REGISTER, countries: ['CN'] }, config: { profile: DEFAULT_PROFILE, regulations: [] }, waivers: {},
});

export interface BuiltPolicies {
  /** File name → content, of the folder to write. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly controls: number;
  readonly digest: string;
}

/** A bundle: the module, its controls, the parameters, and a manifest with the digest of each. Throws `UserError`. */
export function buildFolders(host: Host, folders: readonly string[]): BuiltPolicies {
  const bench = openWorkbench(host, folders);
  const { wasm, controls } = withPlaces(bench.own, () => compilePolicies(bench.toolchain, bench.sources));
  const parts = new Map<string, string | Uint8Array>([
    ['policy.wasm', wasm],
    ['controls.json', `${JSON.stringify(controls, undefined, 1)}\n`],
    ['params.json', `${JSON.stringify(bench.packs.params, undefined, 1)}\n`],
  ]);
  const manifest = { entrypoint: 'fiduciary/main/verdicts', builtins: [], toolchain: bench.toolchain.digest, files: Object.fromEntries([...parts].map(([name, content]) => [name, host.sha256(content)])) };
  const text = `${JSON.stringify(manifest, undefined, 1)}\n`;
  return { files: parts.set('manifest.json', text), controls: controls.length, digest: host.sha256(text) };
}

const askedOf = ({ own }: PolicyWorkbench) => (name: string): boolean => own.files.length === 0 || own.isOwn(name);
