// Ids survive what editors and colleagues do to code: blank lines, reformatting, renamed locals, other findings beside them.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { identify } from '#identify/identify';
import type { IdentifiedFinding, RawFinding } from '#model/finding';
import { type Location, toRepoPath } from '#model/location';

const file = 'src/users.ts';
const at = (line: number, column = 3, path = file): Location => ({ file: toRepoPath(path), line, column, endLine: line, endColumn: column + 5 });

function raw(location: Location, callee: string, overrides: Partial<RawFinding> = {}): RawFinding {
  return {
    kind: 'flow', channel: 'log', elements: [], sources: [], confidence: 'high', symbol: 'UserService.register', dormant: false,
    sink: { location, callee, inner: location, innerCallee: callee, catalog: 'console', argument: 0 },
    ...overrides,
  };
}

const run = (...findings: readonly RawFinding[]): readonly IdentifiedFinding[] => identify(findings, () => 'production');
const ids = (...findings: readonly RawFinding[]): readonly string[] => run(...findings).map((finding) => finding.id);

const identifying = suite('identify');

identifying('an id is sixteen hexadecimal digits', () => {
  assert.match(ids(raw(at(1), 'logger.info'))[0] ?? '', /^[0-9a-f]{16}$/);
});

identifying('blank lines, reformatting and order of input do not change ids', () => {
  const before = ids(raw(at(10), 'logger.info'), raw(at(12), 'logger.info'), raw(at(11), 'logger.warn'));
  assert.equal(ids(raw(at(31, 9), 'logger.warn'), raw(at(32, 1), 'logger.info'), raw(at(30, 7), 'logger.info')), before);
});

identifying('a renamed local keeps the id', () => {
  assert.equal(ids(raw(at(1), 'log.info')), ids(raw(at(1), 'logger.info')));
  assert.equal(ids(raw(at(1), 'this.log?.info')), ids(raw(at(1), 'this.logger.info')));
});

identifying('rule, path, symbol and callee are part of the id', () => {
  const [base] = ids(raw(at(1), 'logger.info'));
  const others = [
    raw(at(1), 'logger.info', { channel: 'error' }),
    raw(at(1, 3, 'src/other.ts'), 'logger.info'),
    raw(at(1), 'logger.info', { symbol: 'UserService.login' }),
    raw(at(1), 'logger.error'),
  ].flatMap((finding) => ids(finding));
  assert.is(new Set([base, ...others]).size, 5);
});

identifying('equal calls, and arguments of one call, have ids of their own', () => {
  const sink = raw(at(5), 'logger.info').sink;
  const all = ids(
    raw(at(5), 'logger.info'),
    raw(at(5), 'logger.info', { sink: { ...sink, argument: 1 } }),
    raw(at(6), 'logger.info'),
    raw(at(7), 'logger.info', { callOrdinal: 0 }),
    raw(at(8), 'auditor.info', { callOrdinal: 0 }),
  );
  assert.is(new Set(all).size, 5);
});

identifying('with ordinals of the engine, fixing one of two equal calls keeps the id of the other', () => {
  const [, second] = ids(raw(at(5), 'logger.info', { callOrdinal: 0 }), raw(at(6), 'logger.info', { callOrdinal: 1 }));
  assert.is(ids(raw(at(6), 'logger.info', { callOrdinal: 1 }))[0], second);
});

identifying('the loose id ignores path and ordinal', () => {
  const [first, second] = run(raw(at(1), 'logger.info'), raw(at(2), 'logger.info'));
  const [moved] = run(raw(at(1, 3, 'src/moved.ts'), 'logger.info'));
  assert.is(first?.looseId, second?.looseId);
  assert.is(first?.looseId, moved?.looseId);
  assert.is.not(first?.id, moved?.id);
});

identifying('elements and sources are content, not identity', () => {
  const claim = { element: 'email-address', class: 'C2', witness: 'own-name', evidence: ['email'], confidence: 'high' } as const;
  assert.equal(ids(raw(at(1), 'logger.info', { elements: [claim] })), ids(raw(at(1), 'logger.info')));
});

identifying('adds rule, highest class and context', () => {
  const claim = { element: 'email-address', witness: 'own-name', evidence: [], confidence: 'high' } as const;
  const [finding] = identify(
    [raw(at(1), 'logger.info', { dormant: true, elements: [{ ...claim, class: 'C2' }, { ...claim, element: 'pin', class: 'C3' }] })],
    () => 'test', () => 'browser',
  );
  assert.is(finding?.rule, 'no-customer-data-in-logs');
  assert.is(finding?.class, 'C3');
  assert.equal(finding?.context, { symbol: 'UserService.register', code: 'test', side: 'browser', dormant: true });
  assert.not.ok('symbol' in (finding ?? {}));
});

identifying.run();
