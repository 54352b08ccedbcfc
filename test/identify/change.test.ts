// Identity, not counts: which finding of before each finding of now is, and what is left over on either side.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { classifyChanges, type States } from '#identify/change';
import { declares } from '#identify/renames';
import { toKnown } from '#identify/known';
import type { KnownFinding } from '#model/change';
import type { Finding } from '#model/finding';
import { claim, finding, sink, at, source, step } from '../report/sample.ts';

const changing = suite('identify/change');

interface Shape {
  readonly id: string;
  readonly loose?: string;
  readonly file?: string;
  readonly symbol?: string;
  readonly code?: Finding['context']['code'];
  /** Each `element name`, or `element name @file#symbol`. */
  readonly sources: readonly string[];
}

function make({ id, loose = 'a', file = 'src/a.ts', symbol = 'Desk.open', code = 'production', sources }: Shape): Finding {
  const flows = sources.map((text) => {
    const [, element = '', name = '', from = file, within = symbol] = /^(\S+) (\S+)(?: @(.*)#(.*))?$/.exec(text) ?? [];
    return source(name, at(from, 2), [{ ...step('source', at(from, 2), name), within }], { elements: [element] });
  });
  return finding('log', 'deny', {
    id: id.padStart(16, '0'), looseId: loose.padStart(16, '0'), sink: sink(at(file, 3), 'log.info'), sources: flows,
    elements: flows.flatMap((flow) => flow.elements.map((element) => claim(element))),
    context: { symbol, code, side: 'server' },
  });
}

const known = (...shapes: readonly Shape[]): readonly KnownFinding[] => shapes.flatMap((shape) => toKnown(make(shape)) ?? []);

interface World {
  readonly gone?: readonly string[];
  /** Names that are declared now, and that were; undefined when nobody knows. */
  readonly now?: readonly string[];
  readonly before?: readonly string[];
}

const states = ({ gone = [], now = [], before }: World): States => ({
  isGone: (file) => gone.includes(file),
  names: { now: (_, name) => now.includes(name), before: (_, name) => before?.includes(name) },
});

function classify(before: readonly Shape[], after: readonly Shape[], world: World = { now: ['Desk', 'open'] }): { changes: readonly string[]; fixed: readonly string[] } {
  const { changes, fixed } = classifyChanges(after.map(make), known(...before), states(world));
  return { changes, fixed: fixed.map(({ id }) => id.replace(/^0+/, '')) };
}

const EMAIL = 'email-address user.email';
const PHONE = 'mobile-phone user.phone';

changing('the same id with the same content is unchanged; with less, too', () => {
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '1', sources: [EMAIL] }]), { changes: ['unchanged'], fixed: [] });
  assert.equal(classify([{ id: '1', sources: [EMAIL, PHONE] }], [{ id: '1', sources: [PHONE] }]), { changes: ['unchanged'], fixed: [] });
});

changing('an element more, or a source more of the same element, is reached', () => {
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '1', sources: [EMAIL, PHONE] }]).changes, ['reached']);
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '1', sources: [EMAIL, 'email-address body.email @src/b.ts#Routes.post'] }]).changes, ['reached']);
});

changing('another source in place of the known one is reached', () => {
  assert.equal(classify([{ id: '1', sources: ['email-address a.email @src/b.ts#Routes.get'] }], [{ id: '1', sources: ['email-address b.email @src/c.ts#Routes.post'] }]).changes, ['reached']);
});

changing('a source whose file moved, or whose local has another name, is the same source', () => {
  assert.equal(classify([{ id: '1', sources: ['email-address u.email @src/old.ts#load'] }], [{ id: '1', sources: ['email-address user.email @src/new.ts#load'] }]).changes, ['unchanged']);
  assert.equal(classify([{ id: '1', sources: ['email-address mail'] }], [{ id: '1', sources: ['email-address address'] }]).changes, ['unchanged']);
});

changing('a protection taken away is a new finding, not a known one', () => {
  const masked = make({ id: '1', sources: [EMAIL] });
  const sources = masked.sources.map((each) => ({ ...each, protections: [{ kind: 'mask' as const, by: 'maskEmail', location: at('src/a.ts', 2), worth: 'sufficient' as const }] }));
  assert.is(toKnown({ ...masked, sources, decision: { ...masked.decision, effect: 'allow', blocking: false } }), undefined);
  // With a second source in the clear the finding was known; the protected one was no part of it.
  const half = toKnown({ ...masked, sources: [...sources, ...make({ id: '1', sources: [PHONE] }).sources] });
  assert.equal(half?.elements, ['mobile-phone']);
  assert.equal(classifyChanges([make({ id: '1', sources: [EMAIL, PHONE] })], half === undefined ? [] : [half], states({})).changes, ['reached']);
});

changing('what a comment or a waiver accepts is not known by itself', () => {
  const open = make({ id: '1', sources: [EMAIL] });
  assert.ok(toKnown(open));
  assert.is(toKnown({ ...open, suppression: { reason: 'r', location: at('src/a.ts', 1) } }), undefined);
  assert.is(toKnown({ ...open, decision: { ...open.decision, waiver: { id: 'w', reason: 'r', approver: 'dpo', expires: '2027-01-31', state: 'active' } } }), undefined);
});

changing('a fix and a new leak do not cancel out', () => {
  assert.equal(
    classify([{ id: '1', loose: 'a', sources: [EMAIL] }], [{ id: '2', loose: 'b', symbol: 'Desk.close', sources: [EMAIL] }]),
    { changes: ['introduced'], fixed: ['1'] },
  );
});

changing('the loose key follows one finding to another file', () => {
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '2', file: 'src/b.ts', sources: [EMAIL] }]), { changes: ['moved'], fixed: [] });
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '2', file: 'src/b.ts', sources: [EMAIL, PHONE] }]).changes, ['reached']);
});

changing('a copy is introduced: the original is still there', () => {
  assert.equal(classify([{ id: '1', sources: [EMAIL] }], [{ id: '1', sources: [EMAIL] }, { id: '2', file: 'src/b.ts', sources: [EMAIL] }]).changes, ['unchanged', 'introduced']);
});

changing('more than one reading is no move', () => {
  const { changes, fixed } = classify([{ id: '1', sources: [EMAIL] }], [{ id: '2', file: 'src/b.ts', sources: [EMAIL] }, { id: '3', file: 'src/c.ts', sources: [EMAIL] }]);
  assert.equal([changes, fixed], [['introduced', 'introduced'], ['1']]);
});

changing('several of one file go together', () => {
  assert.equal(
    classify([{ id: '1', sources: [EMAIL] }, { id: '2', sources: [PHONE] }], [{ id: '3', file: 'src/b.ts', sources: [EMAIL] }, { id: '4', file: 'src/b.ts', sources: [PHONE] }]).changes,
    ['moved', 'moved'],
  );
});

changing('at module level only a file that is gone has moved', () => {
  const before = [{ id: '1', symbol: '', sources: [EMAIL] }];
  const after = [{ id: '2', symbol: '', file: 'src/b.ts', sources: [EMAIL] }];
  assert.equal(classify(before, after).changes, ['introduced']);
  assert.equal(classify(before, after, { gone: ['src/a.ts'] }).changes, ['moved']);
});

changing('test code that becomes production code has not just moved', () => {
  assert.equal(classify([{ id: '1', file: 'test/a.ts', code: 'test', sources: [EMAIL] }], [{ id: '2', file: 'src/b.ts', sources: [EMAIL] }]).changes, ['introduced']);
});

changing('a shifted ordinal does not turn one known leak into another', () => {
  // Before: #0 e-mail, #1 phone. A call in front makes them #1 and #2.
  assert.equal(classify([{ id: '10', sources: [EMAIL] }, { id: '11', sources: [PHONE] }], [{ id: '11', sources: [EMAIL] }, { id: '12', sources: [PHONE] }]), { changes: ['moved', 'moved'], fixed: [] });
});

const OLD = { id: '1', loose: 'a', symbol: 'Desk.open', sources: [EMAIL] };
const NEW = { id: '2', loose: 'b', symbol: 'Desk.begin', sources: [EMAIL] };

changing('a function with another name, when the old one is gone and the new one was not there', () => {
  assert.equal(classify([OLD], [NEW], { now: ['Desk', 'begin'], before: ['Desk', 'open'] }), { changes: ['moved'], fixed: [] });
});

changing('no rename: the old name is still there, or the new one was, or nobody knows', () => {
  const apart = { changes: ['introduced'], fixed: ['1'] };
  assert.equal(classify([OLD], [NEW], { now: ['Desk', 'begin', 'open'], before: ['Desk', 'open'] }), apart);
  assert.equal(classify([OLD], [NEW], { now: ['Desk', 'begin'], before: ['Desk', 'open', 'begin'] }), apart);
  assert.equal(classify([OLD], [NEW], { now: ['Desk', 'begin'] }), apart);
});

changing('no rename: it leaks something else, or from somewhere else', () => {
  const world = { now: ['Desk', 'begin'], before: ['Desk', 'open'] };
  assert.equal(classify([OLD], [{ ...NEW, sources: [PHONE] }], world).changes, ['introduced']);
  assert.equal(classify([OLD], [{ ...NEW, sources: [EMAIL, PHONE] }], world).changes, ['introduced']);
  assert.equal(classify([OLD], [{ ...NEW, file: 'src/b.ts' }], world).changes, ['introduced']);
  assert.equal(classify([OLD], [NEW, { ...NEW, id: '3', loose: 'c', symbol: 'Desk.start' }], { now: ['Desk', 'begin', 'start'], before: ['Desk', 'open'] }).changes, ['introduced', 'introduced']);
});

changing('a function that left its surroundings needs no look at the earlier state', () => {
  assert.equal(classify([{ ...OLD, symbol: 'setup.open' }], [{ ...NEW, symbol: 'open' }], { now: ['open'] }).changes, ['moved']);
  assert.equal(classify([{ ...OLD, symbol: 'setup.open' }], [{ ...NEW, symbol: 'open' }], { now: ['open', 'setup'] }).changes, ['introduced']);
});

changing('what declares a name, and what does not', () => {
  for (const text of ['function open(', 'const open = () => {}', 'open<T>(x: T)', 'class open {', 'class open extends Desk {', 'async open (', '{ open: 1 }']) assert.ok(declares(text, 'open'), text);
  for (const text of ['<script open>', 'reopen(', 'openAll(', 'desk.open(', '// open', "'open'"]) assert.not.ok(declares(text, 'open'), text);
});

changing('the order of the findings does not matter', () => {
  const before = [{ id: '1', sources: [EMAIL] }, { id: '2', loose: 'b', sources: [PHONE] }, { id: '3', loose: 'c', sources: [EMAIL] }];
  const after = [{ id: '2', loose: 'b', sources: [PHONE] }, { id: '4', loose: 'c', file: 'src/b.ts', sources: [EMAIL] }, { id: '5', loose: 'd', sources: [PHONE] }];
  const forward = classify(before, after);
  const backward = classify([...before].reverse(), [...after].reverse());
  assert.equal(forward, { changes: ['unchanged', 'moved', 'introduced'], fixed: ['1'] });
  assert.equal([...backward.changes].reverse(), [...forward.changes]);
  assert.equal(backward.fixed, forward.fixed);
});

changing.run();
