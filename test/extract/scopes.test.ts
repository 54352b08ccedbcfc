import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract } from '#extract/extract';
import { printCaptures, printOps, printVars } from '../harness/print-facts.ts';

const scopes = suite('extract/scopes');

const globals = (text: string, name = ''): readonly string[] => printOps(text, name).filter((op) => op.includes('Global')).map((op) => op.split(' ')[2] ?? '');

const kinds = (text: string): readonly string[] => extract({ text, language: 'ts' }).functions.map((f) => f.kind);

scopes('a block hides what is around it, and only inside', () => {
  assert.equal(globals('{ let a = 1; a; } a;'), ['a']);
  assert.equal(globals('for (const a of b) { a; } a;'), ['b', 'a']);
  assert.equal(globals('switch (b) { case 1: { let c; c; } let a; case 2: a; } a; c;'), ['b', 'a', 'c']);
  assert.equal(globals('try { } catch (e) { e; } e;'), ['e']);
});

scopes('a var belongs to the function, from wherever it is declared', () => {
  assert.equal(globals('a; if (b) { for (var a in c) { try { var d; } finally { while (x) var e; } } } d; e;'), ['b', 'c', 'x']);
  assert.equal(globals('function f() { var inner; } inner;'), ['inner']);
  assert.equal(printVars('class A { static { var inner = 1; inner; } }').at(-1), 'inner Var of #1 init');
});

scopes('a var of a nested block has the type it is declared with', () => {
  assert.equal(extract({ text: 'if (b) { var a: User = f(); }', language: 'ts' }).types, [{ k: 'ref', n: 'User' }]);
});

scopes('functions are there before the first statement', () => {
  assert.equal(printOps('f(); function f() {}').slice(0, 3), ['0 Closure f', '1 SetVar f r0 declared', '2 GetVar f']);
  assert.equal(globals('if (a) function f() {}\nelse { g(); function g() {} }'), ['a']);
});

scopes('captures hold what a function nested in it uses', () => {
  const text = 'const a = 1; function outer(b) { const c = 2; const d = 3; return function middle() { return () => a + b + c; }; }';
  assert.equal(printCaptures(text, 'outer'), ['a']);
  assert.equal(printCaptures(text, 'middle'), ['a', 'b', 'c']);
  assert.equal(printCaptures('let a = 1; class A { m() { return () => { a++; }; } }', 'm'), ['a']);
});

scopes('parameters see the ones before them, and hide names of outside', () => {
  assert.equal(globals('function f(a, b = a, { c = b } = d) { return c; }', 'f'), ['d']);
  assert.equal(globals('function f(this: Window, a) { return a; }', 'f'), []);
});

scopes('a function expression knows its own name unless it declares it', () => {
  assert.equal(globals('const f = function g() { return g; }; g;'), ['g']);
  assert.equal(printVars('const f = function g() { const g = 1; return g; };').filter((v) => v.startsWith('g')), ['g Function of f', 'g Const of f init']);
});

scopes('a class expression knows its own name', () => {
  assert.equal(globals('const A = class B { m() { return B; } }; B;'), ['B']);
});

scopes('members with computed names and arguments of a mixin are code too', () => {
  assert.equal(kinds('class A { [k]() {} get [g]() { return 1; } }'), ['module', 'method', 'getter']);
  assert.equal(kinds('class A { [k] = () => 1; }'), ['module', 'fields', 'arrow']);
  assert.equal(printOps('class A extends mix(() => 1) {}').slice(0, 3), ['0 Global mix', '1 Closure #1', '2 Call r0(r1)']);
  assert.equal(printOps("class A { ['named']() { return inside; } }", 'named'), ['0 Global inside', '1 Return r0']);
});

scopes('a label belongs to its own loop', () => {
  assert.equal(printOps('outer: for (;;) { for (;;) { continue outer; } }'), ['0 Loop While end 3', '1 Loop While end 3', '2 Continue 0']);
  assert.equal(printOps('outer: for (f(() => { for (;;) break; });;) { break outer; }').slice(-2), ['3 Loop While end 5', '4 Break 3']);
});

scopes.run();
