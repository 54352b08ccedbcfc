// What the search of the report understands, without a page.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matches, parseQuery } from '#report/html/client/query';

const query = suite('report/html/client/query');

const card = (properties: Readonly<Record<string, string>>, text = '') => ({ property: (name: string) => properties[name], text: () => text });
const finds = (text: string, properties: Readonly<Record<string, string>>, words = ''): boolean => matches(parseQuery(text), card(properties, words));

query('nothing asked for is everything', () => {
  assert.ok(finds('', {}));
  assert.ok(finds('   ', {}));
});

query('words must all be there, in any case and order', () => {
  assert.ok(finds('LOG email', {}, 'e-mail address email written to a log'));
  assert.not.ok(finds('log phone', {}, 'email written to a log'));
  assert.ok(finds('"written to"', {}, 'email written to a log'));
  assert.not.ok(finds('"to written"', {}, 'email written to a log'));
});

query('a key narrows to a property, with alternatives', () => {
  assert.ok(finds('channel:log', { channel: 'log' }));
  assert.ok(finds('channel:url,log', { channel: 'log' }));
  assert.not.ok(finds('channel:lo', { channel: 'log' }));
  assert.ok(finds('element:iban', { element: 'email-address iban' }));
  assert.not.ok(finds('element:iban', {}));
  assert.ok(finds('element:none', { element: 'none' }));
});

query('files, hosts, vendors and controls are found by a part of them', () => {
  assert.ok(finds('file:src/a', { file: 'src/a b,c.ts' }));
  assert.ok(finds('file:"src/a b,c.ts"', { file: 'src/a b,c.ts' }));
  assert.ok(finds('control:log.', { control: 'log.c3' }));
  assert.ok(finds('destination:example', { destination: 'https://example.com' }));
});

query('several keys must all hold, beside words', () => {
  assert.ok(finds('channel:log element:iban root', { channel: 'log', element: 'iban' }, 'root.info'));
  assert.not.ok(finds('channel:log element:iban', { channel: 'log', element: 'pan' }));
});

query('a colon behind any other word is text', () => {
  assert.ok(finds('src/a.ts:12', {}, 'in src/a.ts:12'));
  assert.ok(finds('https://example.com', {}, 'to https://example.com'));
  assert.ok(finds('channel:', { channel: 'log' }, 'channel:'));
});

query.run();
