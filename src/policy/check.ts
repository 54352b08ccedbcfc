// Checks policies before they are compiled: syntax, strictness, types by schema, built-ins, METADATA, and that there is something
// to evaluate. The first problem is an error with its place; the others are told with it.
import { UserError } from '#model/errors';
import type { Control } from '#model/policy';
import { controlsOf, isVerdict } from './controls.ts';
import { POLICY_DATA_SCHEMAS, POLICY_INPUT_SCHEMA } from './input-schema.ts';
import type { PolicyFile, RuleAt, Toolchain, ToolchainProblem } from './toolchain.ts';

export interface CheckedPolicies {
  readonly controls: readonly Control[];
  /** Of all files, tests as well. */
  readonly rules: readonly RuleAt[];
}

export interface PolicySources {
  /** Shipped ones and a bank's own; names are unique. */
  readonly files: readonly PolicyFile[];
  readonly isOwn: (file: string) => boolean;
  /** Form of `data.params`. */
  readonly paramsSchema: object;
}

/** Throws `UserError`. */
export function checkPolicies(toolchain: Toolchain, { files, isOwn, paramsSchema }: PolicySources): CheckedPolicies {
  const answer = toolchain.run('check', { files, inputSchema: POLICY_INPUT_SCHEMA, dataSchemas: { ...POLICY_DATA_SCHEMAS, params: paramsSchema } });
  if (!answer.ok) throw toUserError(answer.errors);
  const stray = answer.rules.find(({ file, path, test }) => isOwn(file) && !test && !file.endsWith('_test.rego') && !path.startsWith('data.fiduciary.custom.'));
  if (stray !== undefined) {
    throw new UserError(`The package of ${stray.path.replace(/^data\./, '')} is never evaluated`, 'Name the package fiduciary.custom.NAME.', { file: stray.file, line: stray.line });
  }
  const own = files.filter(({ name }) => isOwn(name));
  if (own.length > 0 && !answer.rules.some(({ file, path }) => isOwn(file) && isVerdict(path))) {
    throw new UserError('The policies say nothing about findings', 'Write a rule "verdict contains v if …" in the package; "fiduciary policy new" shows one.', { file: own[0]?.name ?? '' });
  }
  return { controls: controlsOf(answer.annotations, answer.rules, isOwn), rules: answer.rules };
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/undefined function/, 'A policy may call only what WebAssembly has itself: no clock, no network, no randomness. docs/policy.md lists the functions.'],
  [/undefined ref/, 'The name is not in the form of the input; docs/policy.md lists all fields.'],
  [/unsafe/, 'Bind the variable with "some" or ":=", or correct its name.'],
  [/unexpected|no match|illegal token|parse/i, 'Correct the syntax at this place.'],
];

/** The first problem with its place; how many more there are, and where. */
export function toUserError(errors: readonly ToolchainProblem[]): UserError {
  const [first, ...others] = errors;
  if (first === undefined) return new UserError('The policies cannot be read', 'Run "fiduciary policy check".');
  if (first.code === 'internal') throw new Error(`the Rego toolchain failed: ${first.message}`);
  const details = (first.details ?? []).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('^') && !line.startsWith('/'));
  const more = others.map(({ file, line, message }) => `\n  ${file ?? ''}:${line ?? 0}: ${message}`).slice(0, 20);
  const hint = HINTS.find(([pattern]) => pattern.test(first.message))?.[1] ?? 'Correct the policy at this place.';
  return new UserError(
    [first.message, ...details.slice(0, 4)].join('\n  '),
    hint + (more.length === 0 ? '' : `\n${others.length} more:${more.join('')}`),
    { ...(first.file === undefined ? {} : { file: first.file }), ...(first.line === undefined ? {} : { line: first.line }), ...(first.column === undefined ? {} : { column: first.column }) },
  );
}
