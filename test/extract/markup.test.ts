// Markup is read as far as it makes sense; templates become code with the places of the template.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extract } from '#extract/extract';
import { toScript } from '#project/containers';
import { type MarkupElement, type Piece, readMarkup } from '../../src/extract/markup.ts';

const test = suite('markup');

const outline = (nodes: readonly (MarkupElement | Piece)[]): unknown[] =>
  nodes.flatMap((n) => ('tag' in n ? [[n.tag, ...n.attributes.map((a) => a.name), ...outline(n.children)]] : []));

test('elements, attributes and blocks nest', () => {
  assert.equal(outline(readMarkup('<a [x]="1 > 2"><br><b (click)=\'f("}")\' c></b></a>', true)), [['a', '[x]', ['br'], ['b', '(click)', 'c']]]);
  assert.equal(outline(readMarkup('@for (u of us; track f(u)) { <i></i> {{ "}" }} } @empty { <p/> } <u></u>', true)), [['@for', ['i']], ['@empty', ['p']], ['u']]);
});

test('broken markup ends', () => {
  for (const text of ['<a', '<a b="', '</a>', '<', '<!--', '@if (x', '{{ x', '} }', '<a b=', '<script>', '@for ({', '<a <b>']) assert.ok(Array.isArray(readMarkup(text, true)), text);
});

test('code of an inline template stands where it is written', () => {
  const text = "@Component({ template: '<a (click)=\"save(user)\"></a>' })\nclass A {}";
  const facts = extract({ text, language: 'ts' });
  const handler = facts.functions.find((f) => f.markup && f.kind === 'arrow');
  assert.ok(handler);
  const ends = Array.from({ length: handler.count }, (_, i) => text.slice(facts.pos[(handler.first + i) * 2], facts.pos[(handler.first + i) * 2 + 1]));
  assert.ok(ends.includes('save(user)'));
});

test('code of a Svelte component stands where it is written', () => {
  const text = '<script>\n  export let user;\n</script>\n\n<b on:click={() => save(user)}>{#if user}{user.name}{/if}</b>\n{#each';
  const facts = extract(toScript('a.svelte', text));
  const spans = Array.from(facts.pos).flatMap((start, i, all) => (i % 2 === 0 ? [text.slice(start, all[i + 1])] : []));
  for (const code of ['save(user)', 'user.name']) assert.ok(spans.includes(code), code);
});

test.run();
