// What every format says about a channel without words: weakness ids, severity for code scanning, and the clauses that stand
// behind it when the decision names none. All were read in the text of the law or standard; see docs for their limits.
import type { Channel } from '#model/channel';

export interface ChannelFacts {
  readonly cwe: number;
  readonly cweName: string;
  /** 0.1 to 10.0 as text, as code-scanning services order alerts. */
  readonly severity: string;
  readonly citations: readonly string[];
}

const SAFEGUARDS = 'PIPL 51(3)';

export const CHANNEL_FACTS: Readonly<Record<Channel, ChannelFacts>> = {
  log: { cwe: 532, cweName: 'Insertion of Sensitive Information into Log File', severity: '7.5', citations: [SAFEGUARDS] },
  transport: {
    cwe: 319, cweName: 'Cleartext Transmission of Sensitive Information', severity: '8.1', citations: [SAFEGUARDS, 'PCI DSS 4.2.1'],
  },
  'third-party': {
    cwe: 359, cweName: 'Exposure of Private Personal Information to an Unauthorized Actor', severity: '8.0',
    citations: ['PIPL 21', 'PIPL 23'],
  },
  storage: { cwe: 312, cweName: 'Cleartext Storage of Sensitive Information', severity: '7.5', citations: [SAFEGUARDS, 'PCI DSS 3.5.1'] },
  url: { cwe: 598, cweName: 'Use of GET Request Method With Sensitive Query Strings', severity: '6.5', citations: [SAFEGUARDS] },
  error: { cwe: 209, cweName: 'Generation of Error Message Containing Sensitive Information', severity: '5.5', citations: [SAFEGUARDS] },
  response: {
    cwe: 213, cweName: 'Exposure of Sensitive Information Due to Incompatible Policies', severity: '6.5', citations: ['PIPL 6'],
  },
  token: { cwe: 311, cweName: 'Missing Encryption of Sensitive Data', severity: '6.0', citations: [SAFEGUARDS] },
  collection: {
    cwe: 359, cweName: 'Exposure of Private Personal Information to an Unauthorized Actor', severity: '5.0',
    citations: ['PIPL 13', 'PIPL 29'],
  },
  access: { cwe: 862, cweName: 'Missing Authorization', severity: '7.5', citations: ['PIPL 51(4)'] },
  use: {
    cwe: 359, cweName: 'Exposure of Private Personal Information to an Unauthorized Actor', severity: '5.5',
    citations: ['PIPL 6', 'PIPL 14'],
  },
  retention: {
    cwe: 212, cweName: 'Improper Removal of Sensitive Information Before Storage or Transfer', severity: '4.0',
    citations: ['PIPL 19', 'PIPL 47'],
  },
  literal: { cwe: 540, cweName: 'Inclusion of Sensitive Information in Source Code', severity: '6.0', citations: [SAFEGUARDS] },
  protection: { cwe: 327, cweName: 'Use of a Broken or Risky Cryptographic Algorithm', severity: '7.0', citations: [SAFEGUARDS] },
};
