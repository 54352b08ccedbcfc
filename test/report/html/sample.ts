// The sample with everything that a decision can hold: a waiver, duties, an incident, clauses nobody has compared, a comparison.
import type { Finding } from '#model/finding';
import { toRepoPath } from '#model/location';
import type { Result } from '#model/result';
import { at, claim, finding, SAMPLE, sink, source } from '../sample.ts';

const waived: Finding = finding('third-party', 'deny', {
  id: 'aaaaaaaaaaaaaaaa',
  elements: [claim('email-address')],
  sink: sink(at('src/crm.ts', 4), 'crm.push', { vendor: 'segment' }),
  sources: [source('user.email', at('src/crm.ts', 2), [], {
    protections: [{ kind: 'hash', by: 'sha1', location: at('src/crm.ts', 3), worth: 'weak' }], assumptions: ['unknown-call', 'field-based'],
  })],
  decision: {
    effect: 'deny', blocking: false, controls: ['third-party.c2', 'incident.reportable'], citations: ['PIPL 23', 'NFRA 34'], unverified: ['NFRA 34'],
    obligations: [{ kind: 'approval', what: 'data-protection-officer' }, { kind: 'assess', what: 'third-party register' }, { kind: 'notify', what: 'regulator' }],
    incident: { grade: 'major', report: ['regulator'], withinHours: 2 },
    waiver: { id: 'W-2026-014', reason: 'migration to the new CRM', approver: 'risk', expires: '2027-01-31', state: 'expiring' },
  },
  change: 'unchanged',
});

const reached: Finding = finding('log', 'deny', {
  id: 'bbbbbbbbbbbbbbbb',
  elements: [claim('login-password', { class: 'C3' }), claim('email-address')], class: 'C3',
  sink: sink(at('src/users/dto.ts', 40), 'logger.debug', { catalog: 'winston' }),
  sources: [source('body.password', at('src/users/dto.ts', 30), [], { elements: ['login-password'] }), source('body.email', at('src/users/dto.ts', 31))],
  context: { symbol: 'UserController.create', code: 'production', side: 'server', owner: 'team-login' },
  change: 'reached',
  arrived: { elements: ['login-password'], sources: [] },
});

export const RICH: Result = {
  ...SAMPLE,
  findings: [...SAMPLE.findings, waived, reached],
  gaps: [...SAMPLE.gaps, { kind: 'limit-reached', detail: 'value-size: 12' }],
  counts: { ...SAMPLE.counts, limits: { 'value-size': 12 } },
  comparison: {
    with: 'baseline', base: 'fiduciary-baseline.json', counts: { introduced: 0, reached: 1, moved: 0, unchanged: 1, fixed: 1 },
    fixed: [{
      id: 'cccccccccccccccc', looseId: 'd'.repeat(16), rule: 'no-customer-data-in-logs', file: toRepoPath('src/gone.ts'), symbol: 'old', callee: 'console.log',
      code: 'production', elements: ['email-address'], sources: [],
    }],
  },
};
