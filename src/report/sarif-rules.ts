// The fourteen rules as SARIF rules, always all of them: consumers expect that rules change only with the version of the tool.
import { CHANNEL_NAMES, CHANNELS, type Channel, type RuleName } from '#model/channel';
import { CHANNEL_FACTS } from './channel-facts.ts';
import type { Messages } from './messages.ts';

const RULE_ORDER: readonly Channel[] = CHANNEL_NAMES;

export const ruleIndex = (rule: RuleName): number => RULE_ORDER.findIndex((channel) => CHANNELS[channel].rule === rule);

export function sarifRules(words: Messages): readonly object[] {
  return RULE_ORDER.map((channel) => {
    const { rule } = CHANNELS[channel];
    const { title, why } = words.rule[channel];
    const facts = CHANNEL_FACTS[channel];
    const because = words.cite(why, facts.citations);
    const fix = words.fix(channel, false, false);
    return {
      id: rule,
      name: toPascalCase(rule),
      shortDescription: { text: title },
      fullDescription: { text: because },
      help: {
        text: `${title}\n\n${because}\n\n${words.fixLabel}: ${fix}`,
        markdown: `# ${title}\n\n${because}\n\n**${words.fixLabel}:** ${fix}\n`,
      },
      defaultConfiguration: { level: 'warning' },
      relationships: [{
        target: { id: String(facts.cwe), index: cweOrder().indexOf(facts.cwe), toolComponent: { name: 'CWE', index: 0 } },
        kinds: ['superset'],
      }],
      properties: {
        tags: ['security', 'privacy', `external/cwe/cwe-${String(facts.cwe).padStart(3, '0')}`],
        precision: 'high',
        'security-severity': facts.severity,
      },
    };
  });
}

/** The weaknesses that the rules refer to, as a taxonomy. */
export function cweTaxonomy(): object {
  const names = new Map(Object.values(CHANNEL_FACTS).map((facts) => [facts.cwe, facts.cweName]));
  return {
    name: 'CWE',
    organization: 'MITRE',
    shortDescription: { text: 'Common Weakness Enumeration' },
    taxa: cweOrder().map((cwe) => ({ id: String(cwe), shortDescription: { text: names.get(cwe) ?? `CWE-${cwe}` } })),
  };
}

const cweOrder = (): readonly number[] => [...new Set(Object.values(CHANNEL_FACTS).map((facts) => facts.cwe))].sort((a, b) => a - b);

const toPascalCase = (rule: string): string => rule.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
