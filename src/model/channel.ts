// The channels through which data leaves its proper place, each with the rule of the same concern (ESLint and SARIF rule).

export interface RuleInfo {
  readonly rule: string;
  readonly title: string;
  readonly kind: 'flow' | 'site' | 'absence';
}

export const CHANNELS = {
  log: { rule: 'no-customer-data-in-logs', title: 'Customer data in a log', kind: 'flow' },
  transport: { rule: 'no-unencrypted-transport', title: 'Unencrypted transport', kind: 'flow' },
  'third-party': { rule: 'no-third-party-disclosure', title: 'Customer data sent to a third party', kind: 'flow' },
  storage: { rule: 'no-unprotected-storage', title: 'Customer data stored without protection', kind: 'flow' },
  url: { rule: 'no-customer-data-in-urls', title: 'Customer data in a URL', kind: 'flow' },
  error: { rule: 'no-customer-data-in-errors', title: 'Customer data in an error', kind: 'flow' },
  response: { rule: 'no-excessive-response', title: 'Answer wider than it should be', kind: 'flow' },
  token: { rule: 'no-customer-data-in-tokens', title: 'Customer data in a token', kind: 'flow' },
  collection: { rule: 'require-consent', title: 'Collection without consent', kind: 'absence' },
  access: { rule: 'require-access-control', title: 'Customer data without access control', kind: 'absence' },
  use: { rule: 'no-purpose-mismatch', title: 'Use outside the purpose', kind: 'flow' },
  retention: { rule: 'require-retention', title: 'Stored without retention', kind: 'absence' },
  literal: { rule: 'no-hardcoded-customer-data', title: 'Customer data written into the code', kind: 'site' },
  protection: { rule: 'no-weak-protection', title: 'Weak protection', kind: 'site' },
} as const satisfies Record<string, RuleInfo>;

export type Channel = keyof typeof CHANNELS;
export type RuleName = (typeof CHANNELS)[Channel]['rule'];

export const CHANNEL_NAMES = Object.keys(CHANNELS) as readonly Channel[];
