// Reads the METADATA annotations of loaded policies: each verdict has one, each control an id of its own.
import { UserError } from '#model/errors';
import { isDay } from '#model/day';
import type { Bilingual, Control } from '#model/policy';
import { compareText } from '#model/location';
import { findNearest } from '#model/nearest';
import type { Annotation, RuleAt } from './toolchain.ts';

const VERDICT = /^data\.(fiduciary\.(?:topics|custom)\.[\w-]+)\.verdict$/;

/** What METADATA of a control may say below `custom`; a bank may add keys of its own. */
const CUSTOM: readonly string[] = [
  'id', 'title_zh', 'description_zh', 'remediation', 'remediation_zh', 'clauses', 'waivable', 'effective', 'duty', 'channels', 'params', 'detected', 'unknown', 'unknown_zh', 'on_unknown',
];

/** Which packages are evaluated. */
export const isVerdict = (path: string): boolean => VERDICT.test(path);

/** Sorted by id. Throws `UserError` for a verdict without an id and for an id that is taken; `isOwn` says whose file is to blame. */
export function controlsOf(annotations: readonly Annotation[], rules: readonly RuleAt[], isOwn: (file: string) => boolean): readonly Control[] {
  const described = new Map(annotations.filter(({ scope }) => scope === 'rule').map((each) => [`${each.file}:${each.line}`, each]));
  const controls = new Map<string, Control>();
  // The shipped ones first, so that it is the bank's file that is told when an id is taken.
  const verdicts = rules.filter(({ path, test }) => isVerdict(path) && !test).sort((a, b) => Number(isOwn(a.file)) - Number(isOwn(b.file)));
  for (const rule of verdicts) {
    const control = toControl(rule, described.get(`${rule.file}:${rule.line}`));
    const taken = controls.get(control.id);
    if (taken !== undefined) {
      throw new UserError(`Two controls have the id "${control.id}"`, `Give this one another id; the other stands in ${taken.file}:${taken.line}.`, { file: rule.file, line: rule.line });
    }
    controls.set(control.id, control);
  }
  return [...controls.values()].sort((a, b) => compareText(a.id, b.id));
}

function toControl(rule: RuleAt, annotation: Annotation | undefined): Control {
  const place = { file: rule.file, line: rule.line };
  const custom = annotation?.custom ?? {};
  const { id, duty, clauses, effective, waivable } = custom;
  if (annotation === undefined || id === undefined) {
    throw new UserError('A verdict has no METADATA with an id', 'Write a comment "# METADATA" directly above it with "# custom:" and "#   id: NAMESPACE.NAME".', place);
  }
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/.test(id)) {
    throw new UserError(`"${String(id)}" is no id of a control`, 'Write lower-case words with a dot between, such as ours.balance.', place);
  }
  if (effective !== undefined && !isDay(String(effective))) {
    throw new UserError(`"effective" of ${id} is no day`, 'Write it as "2027-01-31", with quotes.', place);
  }
  if (clauses !== undefined && !(Array.isArray(clauses) && clauses.every((each) => typeof each === 'string'))) {
    throw new UserError(`"clauses" of ${id} is no list of texts`, 'Write clauses: ["PIPL 51"].', place);
  }
  if (waivable !== undefined && typeof waivable !== 'boolean') {
    throw new UserError(`"waivable" of ${id} is neither true nor false`, 'Write waivable: false, without quotes.', place);
  }
  for (const key of Object.keys(custom)) {
    const near = CUSTOM.includes(key) ? undefined : findNearest(key, CUSTOM);
    if (near !== undefined) throw new UserError(`"${key}" of ${id} says nothing to Fiduciary`, `Did you mean "${near}"? A key of your own needs a name that is less like it.`, place);
  }
  return {
    id,
    package: VERDICT.exec(rule.path)?.[1] ?? '',
    ...place,
    title: bilingual(annotation.title ?? id, custom['title_zh']),
    description: bilingual(annotation.description ?? '', custom['description_zh']),
    remediation: bilingual(custom['remediation'] ?? '', custom['remediation_zh']),
    ...(typeof duty === 'string' ? { duty } : {}),
    clauses: (clauses ?? []) as readonly string[],
    waivable: waivable !== false,
    ...(effective === undefined ? {} : { effective: String(effective) }),
  };
}

const bilingual = (en: unknown, zh: unknown): Bilingual => ({ en: String(en).trim(), zh: String(zh ?? en).trim() });
