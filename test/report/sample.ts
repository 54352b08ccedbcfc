// A hand-built Result that shows every part of a report: effects, protections, folded paths, hidden findings, gaps.
import type { Channel } from '#model/channel';
import { CHANNELS } from '#model/channel';
import type { Effect } from '#model/decision';
import type { ElementClaim } from '#model/element';
import type { Finding, SinkPlace, SourceFlow, Step, StepKind } from '#model/finding';
import { type Location, toRepoPath } from '#model/location';
import { RESULT_VERSION, type Result } from '#model/result';
import type { Language, ReportOptions, Vocabulary } from '#report/report-options';

export const at = (file: string, line: number, column = 5, length = 10): Location =>
  ({ file: toRepoPath(file), line, column, endLine: line, endColumn: column + length });

export const step = (kind: StepKind, location: Location, ...names: readonly string[]): Step => ({ kind, location, within: '', names });

export const claim = (element: string, overrides: Partial<ElementClaim> = {}): ElementClaim =>
  ({ element, class: 'C2', witness: 'declared-type', evidence: ['User', element], confidence: 'high', ...overrides });

export const source = (name: string, location: Location, path: readonly Step[] = [], overrides: Partial<SourceFlow> = {}): SourceFlow => ({
  elements: ['email-address'], witness: 'declared-type', location, name, path, protections: [], assumptions: [], confidence: 'high', ...overrides,
});

export const sink = (location: Location, callee: string, overrides: Partial<SinkPlace> = {}): SinkPlace =>
  ({ location, callee, inner: location, innerCallee: callee, catalog: 'console', argument: 0, ...overrides });

export function finding(channel: Channel, effect: Effect, overrides: Partial<Finding> & Pick<Finding, 'id' | 'sink'>): Finding {
  return {
    kind: 'flow', looseId: 'f'.repeat(16), rule: CHANNELS[channel].rule, channel, elements: [claim('email-address')], class: 'C2',
    sources: [], confidence: 'high', context: { symbol: 'UserService.register', code: 'production', side: 'server' },
    decision: { effect, blocking: effect === 'deny' || effect === 'require_approval', controls: [`default.${channel}`], citations: ['PIPL 51'] },
    ...overrides,
  };
}

const service = 'src/users/user service #1.ts';
const longPath: readonly Step[] = [
  step('source', at('src/users/dto.ts', 8), 'user.email'),
  step('call', at('src/users/user.controller.ts', 20), 'register'),
  step('assign', at(service, 11), 'payload'),
  { ...step('transform', at(service, 12), 'normalise'), assumed: true },
  step('store', at(service, 13), 'this.cache'),
  step('load', at(service, 14), 'this.cache'),
  { ...step('callback', at(service, 15), 'onReady'), broadened: true },
  step('return', at(service, 16), 'format'),
  step('read', at(service, 17), 'message.text'),
  step('call', at(service, 24, 17), 'audit'),
  step('sink', at('src/log/audit.ts', 5, 3), 'console.info'),
];

export const SAMPLE: Result = {
  version: RESULT_VERSION,
  tool: { name: 'fiduciary', version: '0.1.0', rules: 'abc123' },
  findings: [
    finding('log', 'deny', {
      id: '1111111111111111',
      elements: [claim('email-address'), claim('mobile-phone', { witness: 'own-name', evidence: ['phone'], confidence: 'medium' })],
      sink: sink(at(service, 24, 17), 'audit', { inner: at('src/log/audit.ts', 5, 3), innerCallee: 'console.info' }),
      sources: [
        source('user.phone', at('src/users/dto.ts', 9), [], { confidence: 'medium', elements: ['mobile-phone'] }),
        source('user.email', at('src/users/dto.ts', 8), longPath, {
          assumptions: ['unknown-call'],
          protections: [{ kind: 'encode', by: 'base64', location: at(service, 12), worth: 'none' }],
        }),
      ],
    }),
    finding('third-party', 'require_approval', {
      id: '2222222222222222',
      sink: sink(at('src/track.ts', 3), 'analytics.identify', { vendor: 'segment', destination: 'https://api.segment.io' }),
      sources: [source('user.email', at('src/track.ts', 2))],
    }),
    finding('transport', 'warn', {
      id: '3333333333333333', kind: 'site', elements: [],
      sink: sink(at('src/http.ts', 7), 'https.Agent', { transport: 'unverified' }),
      context: { symbol: '', code: 'production', side: 'unknown' },
      decision: { effect: 'warn', blocking: false, controls: ['default.transport'], citations: [] },
    }),
    finding('log', 'note', {
      id: '4444444444444444', elements: [claim('login-password', { class: 'C3' })], class: 'C3',
      sink: sink({ ...at('test/login.test.ts', 9), endLine: 12 }, 'console.log'),
      sources: [source('password', at('test/login.test.ts', 4))],
      context: { symbol: 'login', code: 'test', side: 'unknown', dormant: true },
    }),
    finding('url', 'note', {
      id: '5555555555555555', confidence: 'low',
      sink: sink(at('src/search.ts', 2), 'router.push'),
      sources: [source('q', at('src/search.ts', 1), [], { confidence: 'low' })],
    }),
    finding('storage', 'warn', {
      id: '6666666666666666',
      sink: sink(at('src/store.ts', 2), 'localStorage.setItem'),
      sources: [source('email', at('src/store.ts', 1))],
      suppression: { reason: 'cleared on logout', until: '2027-01-31', location: at('src/store.ts', 1, 1, 40) },
    }),
    finding('error', 'allow', {
      id: '7777777777777777',
      sink: sink(at('src/error.ts', 2), 'Error'),
      sources: [source('email', at('src/error.ts', 1), [], { protections: [{ kind: 'mask', by: 'maskEmail', location: at('src/error.ts', 2), worth: 'sufficient' }] })],
    }),
  ],
  gaps: [
    { kind: 'syntax-error', file: toRepoPath('src/broken.ts'), line: 3, detail: "'}' expected" },
    { kind: 'minified', file: toRepoPath('public/lib.min.js'), detail: '' },
    { kind: 'suppression-unused', file: toRepoPath('src/old.ts'), line: 1, detail: 'no-customer-data-in-logs' },
  ],
  counts: {
    files: 12, lines: 3400, functions: 210, calls: 900,
    callsByTier: { T0: 500, T1: 200, T1b: 10, T2: 5, library: 150, unresolved: 35 },
    sources: 7, sinks: 19, protectedFlows: 1, assumptions: { 'unknown-call': 1 }, limits: {},
  },
};

const TITLES: Readonly<Record<string, { en: string; zh: string }>> = {
  'email-address': { en: 'E-mail address', zh: '电子邮箱' },
  'mobile-phone': { en: 'Mobile phone number', zh: '手机号' },
  'login-password': { en: 'Login password', zh: '登录密码' },
};

const vocabulary = (lang: Language): Vocabulary => ({
  element: (id) => TITLES[id]?.[lang] ?? id,
  isSecret: (id) => id === 'login-password',
  vendor: (id) => (id === 'segment' ? 'Segment' : id),
  vendorFacts: (id) => (id === 'segment' ? { category: 'customer data platform', region: 'US' } : undefined),
  sink: (id) => (id === 'console' ? 'Console' : id),
  in: vocabulary,
});

export const options = (overrides: Partial<ReportOptions> = {}): ReportOptions => ({
  lang: 'en', color: false, confidence: 'medium', quiet: false, vocabulary: vocabulary(overrides.lang ?? 'en'), ...overrides,
});
