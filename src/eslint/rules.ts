// The rules that have a detector, each a view on the same session. A channel joins the list together with its detector, its page
// in docs/rules/ and its tests.
import type { Rule } from 'eslint';
import { CHANNELS, type Channel, type RuleName } from '#model/channel';
import { createRule } from './rule.ts';

const DETECTED = [
  'log', 'transport', 'third-party', 'storage', 'url', 'error', 'response', 'token', 'protection',
] as const satisfies readonly Channel[];

export type LintRuleName = (typeof CHANNELS)[(typeof DETECTED)[number]]['rule'];

export const RULES: Readonly<Record<LintRuleName, Rule.RuleModule>> = Object.fromEntries(
  DETECTED.map((channel): [RuleName, Rule.RuleModule] => [CHANNELS[channel].rule, createRule(channel)]),
) as Record<LintRuleName, Rule.RuleModule>;
