// A component's script stays at its very place.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toScript } from '#project/containers';

const test = suite('containers');

const COMPONENT = [
  '<template>',
  '  <p>{{ user.name | upper }}</p>',
  '</template>',
  '',
  '<script lang="ts">',
  'export default { name: "Card" };',
  '</script>',
  '<script setup lang="ts">const 姓名 = 1; // here',
  '</script>',
  '<style>p { color: red }</style>',
].join('\r\n');

test('keeps both scripts in place and blanks the rest', () => {
  const { text, language } = toScript('a.vue', COMPONENT);
  assert.is(language, 'ts');
  assert.is(text.length, COMPONENT.length);
  assert.equal(text.split('\n').map((line) => line.length), COMPONENT.split('\n').map((line) => line.length));
  for (const part of ['export default', 'const 姓名', '// here']) assert.is(text.indexOf(part), COMPONENT.indexOf(part));
  assert.is(text.replace(/\s+/g, ' ').trim(), 'export default { name: "Card" }; const 姓名 = 1; // here');
});

test('a component without a script is empty', () => {
  assert.is(toScript('a.vue', '<template><p/></template>\n').text.trim(), '');
  assert.equal(toScript('a.vue', '').problem, undefined);
});

test('`<script>` in a template text or a comment is no script', () => {
  const text = '<!-- <script>old()</script> -->\n<template><p title="<script>">x</p></template>\n<script>\nrun()\n</script>';
  assert.is(toScript('a.vue', text).text.trim(), 'run()');
});

test('broken markup still gives its script, or says why not', () => {
  assert.is(toScript('a.vue', '<template><p></template>\n<script>\nrun()\n</script>').text.trim(), 'run()');
  const open = toScript('a.vue', '<template><p></p></template>\n<script>\nrun()\n');
  assert.is(open.problem === undefined ? open.text.trim() : 'problem', 'problem');
  assert.type(open.problem?.line, 'number');
});

test('plain files pass through', () => {
  assert.equal(toScript('a.mjs', '<script>'), { text: '<script>', language: 'js' });
  assert.is(toScript('a.tsx', '').language, 'tsx');
});

test.run();
