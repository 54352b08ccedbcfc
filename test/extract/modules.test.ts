import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract } from '#extract/extract';
import { printName, printOps, printVars } from '../harness/print-facts.ts';

const modules = suite('extract/modules');

function exportsOf(text: string, language: 'ts' | 'js' = 'ts'): readonly string[] {
  const facts = extract({ text, language });
  return facts.exports.map((e) => `${e.n}${e.v === undefined ? '' : `=${printName(facts, e.v)}`}${e.r === undefined ? '' : `=r${e.r}`}${e.from === undefined ? '' : ` from ${e.from} ${e.as ?? ''}`.trimEnd()}`);
}

modules('every form of export', () => {
  assert.equal(exportsOf('export const a = 1, { b, c: [d] } = e;'), ['a=a', 'b=b', 'd=d']);
  assert.equal(exportsOf('export default function () {}'), ['default=default']);
  assert.equal(exportsOf('export default class Account {}'), ['default=Account']);
  assert.equal(exportsOf('export default () => 1;'), ['default=r0']);
  assert.equal(exportsOf('const a = 1; export { a as default, a as b };'), ['default=a', 'b=a']);
  assert.equal(exportsOf("export * from './a'; export * as b from './b'; export { c as d, default } from './c';"), ['* from ./a', 'b from ./b *', 'd from ./c c', 'default from ./c default']);
  assert.equal(exportsOf('const a = 1; export = a;'), ['export==a']);
  assert.equal(exportsOf('module.exports = { a }; exports.b = 1;', 'js'), ['export==r2', 'b=r5']);
});

modules('imports bind names, type-only ones too', () => {
  const { imports } = extract({ text: "import a, { b as c, type D } from 'x'; import * as e from 'y'; import f = require('z'); import type { G } from 'w'; import 'v';", language: 'ts' });
  assert.equal(imports.map((i) => `${i.n} ${i.from}${i.typeOnly ? ' type' : ''}`), ['default x', 'b x', 'D x type', '* y', '* z', 'G w type', ' v']);
});

modules('a namespace is an object of what it exports', () => {
  assert.equal(printOps('namespace Bank { const rate = 1; export const fee = rate; export function pay() {} } Bank.pay();').slice(-7), [
    '6 GetVar pay', '7 GetVar fee', '8 Object {pay:r6 fee:r7}', '9 SetVar Bank r8 declared', '10 GetVar Bank', '11 Load r10.pay', '12 Call r11()',
  ]);
  assert.equal(exportsOf('export namespace Bank { export const fee = 1; }'), ['Bank=Bank']);
  assert.equal(printVars('namespace A.B { export const c = 1; } const d = A.B.c;').map((v) => v.split(' ')[0]), ['A', 'd', 'B', 'c']);
});

modules('a namespace extends the function or class of its name', () => {
  assert.equal(printOps('function f() {} namespace f { export const a = 1; }').slice(-2), ['5 GetVar f', '6 Store r5.a r4']);
});

modules('what is only declared adds types, neither values nor exports', () => {
  assert.equal(exportsOf("declare module 'x' { export function f(): void; } declare global { export interface Window { user: User } }"), []);
  assert.equal(extract({ text: 'declare global { interface Window { user: User } }', language: 'ts' }).typeDecls.map((d) => d.n), ['Window']);
  assert.equal(printVars('namespace Types { export interface A {} }'), []);
});

modules('an alias of a name in a namespace is a constant', () => {
  assert.equal(printOps('import Fee = Bank.Fees.Fee; Fee;'), ['0 Global Bank', '1 Load r0.Fees', '2 Load r1.Fee', '3 SetVar Fee r2 declared', '4 GetVar Fee']);
});

modules.run();
