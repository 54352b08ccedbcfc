// Judging stored findings again: by other policies, at another date, with another input; and what each control saw in one of them.
import type { Host } from '#host/host';
import type { Catalog } from '#model/catalog';
import { type Decision, type Effect, EFFECTS } from '#model/decision';
import { UserError } from '#model/errors';
import type { Finding } from '#model/finding';
import { findNearest } from '#model/nearest';
import type { Control } from '#model/policy';
import type { Stage } from '#model/run';
import { toUserError } from '#policy/check';
import { findFaults } from '#policy/document';
import { policyFindings, type PolicyFinding, type PolicyInput } from '#policy/input';
import { POLICY_INPUT_SCHEMA } from '#policy/input-schema';
import { judge } from '#policy/judge';
import { judgeInput } from '#policy/rego-judge';
import type { ExplainedRule } from '#policy/toolchain';
import { applyWaivers } from '#policy/waivers';
import { openWorkbench, type Policies } from './load-policies.ts';
import { withPlaces } from './policy-files.ts';

/** The findings with decisions anew; what was suppressed by a comment stays so. */
export function rejudge(findings: readonly Finding[], policies: Policies, stage: Stage, today: string): readonly Finding[] {
  const judged = judge(findings, { stage }, policies.decide) as readonly Finding[];
  const { findings: waived } = applyWaivers(judged, policies.waivers, policies.controls, policies.waiverRules, today);
  return waived.map((finding) => (finding.suppression === undefined ? finding : { ...finding, decision: { ...finding.decision, blocking: false } }));
}

export interface DecisionChange {
  readonly finding: Finding;
  readonly before: Finding['decision'];
  readonly after: Finding['decision'];
}

/** Decisions that differ in effect, blocking or waiver; in the order of the findings. */
export function changedDecisions(before: readonly Finding[], after: readonly Finding[]): readonly DecisionChange[] {
  return before.flatMap((finding, index) => {
    const other = after[index];
    if (other === undefined) return [];
    const { decision: old } = finding;
    const { decision: now } = other;
    const same = old.effect === now.effect && old.blocking === now.blocking && old.waiver?.id === now.waiver?.id && old.observed === now.observed;
    return same ? [] : [{ finding, before: old, after: now }];
  });
}

/** The finding as policies read it; what a test of a policy takes as an input. */
export const policyInput = (catalog: Catalog, finding: Finding, stage: Stage, date: string): PolicyInput =>
  ({ run: { date, stage }, findings: [policyFindings(catalog)(finding)] });

export interface ExplainedControl {
  readonly control: Control;
  readonly effect: Effect | undefined;
  readonly rule: ExplainedRule;
}

export interface WhatIf {
  /** Such as `context.code` or `elements.0.class`. */
  readonly path: string;
  /** JSON, or else a text. */
  readonly value: string;
}

export interface Explained {
  readonly input: PolicyInput;
  /** What the policies make of the input; waivers and comments lie on decisions afterwards. */
  readonly decision: Decision;
  /** Controls that spoke, the strongest first; then those that nearly did. */
  readonly controls: readonly ExplainedControl[];
}

/** Evaluates one finding on the interpreter and tells what became of each expression of the controls. Throws `UserError`. */
export function explainDecision(host: Host, catalog: Catalog, policies: Policies, folders: readonly string[], finding: Finding, stage: Stage, date: string, whatIf: readonly WhatIf[]): Explained {
  const { toolchain, own, sources } = openWorkbench(host, folders);
  const input = changedInput(policyInput(catalog, finding, stage, date), whatIf);
  // The compiled policies first: they count their steps, the interpreter would not end.
  const [decision] = withPlaces(own, () => judgeInput(policies, input));
  if (decision === undefined) throw new Error(`no decision for finding ${finding.id}`);
  const packages = [...new Set([...policies.controls.values()].map((control) => control.package))];
  const answer = toolchain.run('eval', {
    files: sources.files, query: 'data.fiduciary.main.verdicts', input, data: policies.data, trace: true, explain: packages.map((name) => `data.${name}.verdict`),
  });
  if (!answer.ok) throw toUserError(answer.errors);
  const verdicts = (answer.result ?? []) as readonly { readonly control: string; readonly effect: Effect }[];
  const effects = new Map(verdicts.map(({ control, effect }) => [control, effect]));
  const controls = (answer.explain ?? []).flatMap((rule): ExplainedControl[] => {
    const control = [...policies.controls.values()].find((each) => each.file === rule.file && each.line === rule.line);
    return control === undefined ? [] : [{ control, effect: effects.get(control.id), rule }];
  });
  const speaking = controls.filter(({ effect }) => effect !== undefined).sort((a, b) => rank(b.effect) - rank(a.effect));
  // One whose channel fits got past the first expressions; the others say nothing about this finding.
  const near = controls.filter(({ effect, rule }) => effect === undefined && rule.expressions.filter(({ outcome }) => outcome === 'true').length >= 2);
  return { input, decision, controls: [...speaking, ...near] };
}

const rank = (effect: Effect | undefined): number => (effect === undefined ? -1 : EFFECTS.indexOf(effect));

/** Throws `UserError` for a change after which it is no input of policies. */
function changedInput(base: PolicyInput, whatIf: readonly WhatIf[]): PolicyInput {
  if (whatIf.length === 0) return base;
  const { $schema: _, ...schema } = POLICY_INPUT_SCHEMA;
  const input = { ...base, findings: base.findings.map((each) => whatIf.reduce((changed, change) => withValue(changed, change), each as object)) };
  const [first] = findFaults(input, 'finding', schema);
  if (first !== undefined) throw new UserError(first.message.replace('"findings.0.', '"'), first.hint);
  return input as PolicyInput;
}

function withValue(target: object, { path, value }: WhatIf): object {
  const [key = '', ...rest] = path.split('.');
  const copy = (Array.isArray(target) ? [...(target as readonly unknown[])] : { ...target }) as Record<string, unknown>;
  if (!(key in copy) && rest.length > 0) {
    const near = findNearest(key, Object.keys(copy));
    throw new UserError(`The finding has no "${key}"`, near === undefined ? `It has: ${Object.keys(copy).join(', ')}.` : `Did you mean "${near}"?`);
  }
  const below = copy[key];
  if (rest.length > 0 && (typeof below !== 'object' || below === null)) throw new UserError(`"${key}" of the finding has no members`, 'Name a value by its path, such as context.code=test.');
  copy[key] = rest.length === 0 ? parsed(value) : withValue(below as object, { path: rest.join('.'), value });
  return copy;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
