import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printOps, printVars } from '../harness/print-facts.ts';

const assignments = suite('extract/assignments');

assignments('one assignment is the definition of a variable, a second one anywhere ends that', () => {
  assert.equal(printVars('const a = 1; let b = 2; b = 3; let c; c = 4; let d = 5; const f = () => { d = 6; };'), [
    'a Const init', 'b Let reassigned', 'c Let reassigned', 'd Let captured reassigned writteninclosure', 'f Const init',
  ]);
});

assignments('every way to assign counts: compound, increment, destructuring, loop heads', () => {
  const text = 'let a = 1; a += 2; let b = 1; b++; let c = 1; --c; let d = 1; [d] = e; let f = 1; ({ g: f } = e); let h = 1; for (h of e); let i = 1; for (i in e); let j = 1; j ??= 2;';
  assert.equal(printVars(text), ['a', 'b', 'c', 'd', 'f', 'h', 'i', 'j'].map((name) => `${name} Let reassigned`));
});

assignments('a parameter that is written is no longer what was passed', () => {
  assert.equal(printVars('function f(a, b) { a = 1; () => { b--; }; }'), [
    'f Function init', 'a Param of f reassigned', 'b Param of f captured reassigned writteninclosure',
  ]);
});

assignments('a var that is declared twice has two values', () => {
  assert.equal(printVars('var a = 1; if (b) { var a = 2; }'), ['a Var reassigned']);
});

assignments('an increment writes back, and behind a name its value is the old one', () => {
  assert.equal(printOps('a.n++; let i = 0; const old = i++; const now = ++i;'), [
    '0 Global a', '1 Load r0.n', '2 Unary Negate r1', '3 Store r0.n r2',
    '4 Const Number 0', '5 SetVar i r4 declared',
    '6 GetVar i', '7 Unary Negate r6', '8 SetVar i r7', '9 SetVar old r6 declared',
    '10 GetVar i', '11 Unary Negate r10', '12 SetVar i r11', '13 SetVar now r11 declared',
  ]);
});

assignments('what a compound assignment writes to is evaluated once', () => {
  assert.equal(printOps('f(() => 1).total += g();'), [
    '0 Global f', '1 Closure #1', '2 Call r0(r1)', '3 Load r2.total', '4 Global g', '5 Call r4()', '6 Concat r3 r5', '7 Store r2.total r6',
  ]);
  assert.equal(printOps('a[k()] -= 1;').filter((op) => op.includes('Call')), ['2 Call r1()']);
});

assignments('a logical assignment evaluates its right side under the condition', () => {
  assert.equal(printOps('let a = b; a ||= f();').slice(2), [
    '2 GetVar a', '3 Unary Not r2', '4 If r3 else 7 end 7', '5 Global f', '6 Call r5()', '7 Join r2 r6', '8 SetVar a r7',
  ]);
  assert.equal(printOps('let a = b; a &&= f();').slice(2), [
    '2 GetVar a', '3 If r2 else 6 end 6', '4 Global f', '5 Call r4()', '6 Join r2 r5', '7 SetVar a r6',
  ]);
});

assignments('targets are seen through parentheses and every kind of assertion', () => {
  for (const target of ['(a)', 'a!', '(a as T)', '(a satisfies T)', '(<T>a)']) assert.equal(printVars(`let a = 1; ${target} = 2;`), ['a Let reassigned'], target);
});

assignments('destructuring: computed keys, defaults, rests, nesting', () => {
  assert.equal(printOps('const { a, [k]: b = 1, c: { d }, ...e } = f;'), [
    '0 Global f', '1 Load r0.a', '2 SetVar a r1 declared',
    '3 Global k', '4 Elem r0[r3]', '5 Const Number 1', '6 Join r4 r5', '7 SetVar b r6 declared',
    '8 Load r0.c', '9 Load r8.d', '10 SetVar d r9 declared', '11 Rest r0 without a c', '12 SetVar e r11 declared',
  ]);
});

assignments('a name that nothing declares is a property of the global object', () => {
  assert.equal(printOps('lost = 1;'), ['0 Const Number 1', '1 Global globalThis', '2 Store r1.lost r0']);
});

assignments.run();
