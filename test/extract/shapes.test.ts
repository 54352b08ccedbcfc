import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract } from '#extract/extract';
import { VAR_WIDTH, VarField } from '#model/facts';
import { printOps } from '../harness/print-facts.ts';

const shapes = suite('extract/shapes');

shapes('accessors of an object, with names that are written as constants', () => {
  assert.equal(printOps("({ get a() { return 1; }, set ['b'](v) {}, [c]: 1, d() {}, ...e });"), [
    '0 Closure a', '1 Closure #2', '2 Const Number 1', '3 Global c', '4 Closure d', '5 Global e',
    '6 Object {Getter a:r0 Setter b:r1 [r3]:r2 d:r4 ...:r5}',
  ]);
});

shapes('attributes of another namespace, intrinsic tags, fragments', () => {
  assert.equal(printOps('<><a xlink:href={b} data-x="1">{c}</a><Bank.Card {...d} /></>;', '', 'tsx'), [
    '0 Global b', '1 Const String', '2 Global c', '3 Object {xlink:href:r0 data-x:r1 children:r2}', '4 Jsx a r3',
    '5 Global Bank', '6 Load r5.Card', '7 Global d', '8 Object {...:r7}', '9 Jsx r6 r8',
    '10 Join r4 r9', '11 Object {children:r10}', '12 Jsx - r11',
  ]);
});

shapes('plain JavaScript: a comment types the variable or function that its statement declares', () => {
  const text = '/** @type {Card[]} */ const cards = f();\n/** @param {User} user @returns {Card} @pii */ const pick = (user) => user;\n/** @returns {Object} */ exports.g = function () {};';
  const { vars, types, functions } = extract({ text, language: 'js' });
  const typeOf = (v: number): unknown => types[vars[v * VAR_WIDTH + VarField.Type] ?? -1];
  const [, pick, g] = functions;
  assert.equal(typeOf(0), { k: 'array', of: { k: 'ref', n: 'Card' } });
  assert.equal(pick?.params[0]?.type, { k: 'ref', n: 'User' });
  assert.equal(pick?.ret, { k: 'ref', n: 'Card' });
  assert.equal(pick?.tags, ['pii']);
  assert.equal(g?.ret, undefined, 'Object says less than the code');
});

shapes('plain JavaScript: @typedef declares an alias, by its lines or by its braces', () => {
  const text = '/**\n * @typedef {object} Holder\n * @property {string} email the address\n * @property {?Card} [card]\n */\n/** @typedef {{ pan: string }} Card */\n/** @typedef {Map<string, Card>} Cards */';
  const { typeDecls, exports } = extract({ text, language: 'js' });
  assert.equal(typeDecls.map((d) => d.n), ['Holder', 'Card', 'Cards']);
  const [holder] = typeDecls;
  const members = holder?.kind === 'alias' && holder.type.k === 'object' ? holder.type.members : [];
  assert.equal(members.map((m) => [m.n, m.type]), [['email', { k: 'primitive', n: 'string' }], ['card', { k: 'ref', n: 'Card' }]]);
  assert.equal(exports.map((e) => e.type), ['Holder', 'Card', 'Cards'], 'other files may import them');
  assert.equal(extract({ text, language: 'ts' }).typeDecls, []);
});

shapes('TypeScript: a comment gives tags, never types', () => {
  const [, f] = extract({ text: '/** @pii @param {User} user @returns {Card} */ const f = (user) => user;', language: 'ts' }).functions;
  assert.equal(f?.tags, ['pii']);
  assert.equal(f?.ret, undefined);
  assert.equal(f?.params[0]?.type, undefined);
});

shapes('positions are those of the first sign, behind comments and decorators of the line', () => {
  const text = '#!/usr/bin/env node\n/* a */ f(/* b */ c, // d\n  e);\n<T>g;';
  const { code, pos } = extract({ text, language: 'ts' });
  const starts = Array.from({ length: code.length / 4 }, (_, i) => text.slice(pos[2 * i], pos[2 * i + 1]));
  assert.equal(starts, ['f', 'c', 'e', 'f(/* b */ c, // d\n  e)', 'g', '<T>g']);
});

shapes('line starts are those of every kind of line end', () => {
  assert.equal([...extract({ text: 'a\nb\n', language: 'js' }).lines], [0, 2, 4]);
  assert.equal([...extract({ text: 'a\r\nb\rc\u2028d', language: 'js' }).lines], [0, 3, 5, 7]);
});

shapes('long code is not deep code', () => {
  const repeat = (n: number, part: (i: number) => string, separator: string): string => Array.from({ length: n }, (_, i) => part(i)).join(separator);
  const ops = (text: string): number => extract({ text, language: 'ts' }).code.length / 4;
  assert.is(ops(`const x = ${repeat(20_000, () => 'a', ' +\n')};`), 40_000);
  assert.is(ops(`const x = ${repeat(20_000, () => 'a', ' ||\n')};`), 20_000 + 3 * 19_999 + 1);
  assert.is(ops(`${repeat(20_000, () => 'a', ',\n')};`), 20_000);
  assert.is(ops(repeat(3000, (i) => `if (a === ${i}) { f(${i}); }`, ' else ')), 21_000);
  assert.equal(printOps(repeat(102, (i) => `if (a) b${i};`, ' else ')).filter((op) => op.includes(' If ')).slice(-3), [
    '298 If r297 else 300 end 300', '301 If r300 else 303 end 306', '304 If r303 else 306 end 306',
  ], 'a chain is cut, so that no solver has to follow it down');
  assert.is(ops(`const x = [${repeat(200_000, () => '1', ',')}];`), 200_002);
});

shapes('code that is nested beyond the stack ends in an error that can be told', () => {
  assert.throws(() => extract({ text: `${'('.repeat(50_000)}1${')'.repeat(50_000)};`, language: 'ts' }), (error: unknown) => error instanceof RangeError);
  assert.equal(printOps('f();'), ['0 Global f', '1 Call r0()']);
});

shapes.run();
