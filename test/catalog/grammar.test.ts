// The one-line texts of rules/: callees, places, flows.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCallee, parseFlow, parsePlace } from '#catalog/grammar';
import { UserError } from '#model/errors';

const test = suite('grammar');

const CALLEES: readonly (readonly [string, string, string])[] = [
  ['global:console.{log,info}', 'console', '[["log","info"]]'],
  ['global:fetch', 'fetch', '[]'],
  ['npm:winston.createLogger().{info, warn}', 'winston', '[["createLogger"],["()"],["info","warn"]]'],
  ['npm:pino().child().info', 'pino', '[["()"],["child"],["()"],["info"]]'],
  ['npm:@segment/analytics-node.Analytics.new.identify', '@segment/analytics-node', '[["Analytics"],["new"],["identify"]]'],
  ['npm:mailgun.js.new', 'mailgun.js', '[["new"]]'],
  ['npm:socket.io-client.io().emit', 'socket.io-client', '[["io"],["()"],["emit"]]'],
  ['npm:"lodash.get"', 'lodash.get', '[]'],
  ['npm:node:fs.writeFileSync', 'fs', '[["writeFileSync"]]'],
  ['npm:fs/promises.writeFile', 'fs/promises', '[["writeFile"]]'],
  ['npm:@ioc:Adonis/Core/Logger.info', '@ioc:Adonis/Core/Logger', '[["info"]]'],
  ['type:Logger.*', 'Logger', '[["*"]]'],
  ['name:logger.info', 'logger', '[["info"]]'],
  ['any:.toLowerCase', '', '[["toLowerCase"]]'],
];

test('callees', () => {
  for (const [text, name, members] of CALLEES) {
    const pattern = parseCallee(text);
    assert.is(pattern.root.name, name, text);
    assert.is(JSON.stringify(pattern.members), members, text);
    assert.is(pattern.text, text);
  }
});

test('places', () => {
  const place = { base: 'arg', index: 0, open: false, path: [] };
  assert.equal(parsePlace('arg0'), place);
  assert.equal(parsePlace('arg2.body'), { ...place, index: 2, path: ['body'] });
  assert.equal(parsePlace('arg1..'), { ...place, index: 1, open: true });
  assert.equal(parsePlace('args'), { ...place, base: 'args' });
  assert.equal(parsePlace('this[*]'), { ...place, base: 'this', path: ['[*]'] });
  assert.equal(parsePlace('return[0]'), { ...place, base: 'return', path: ['0'] });
  assert.equal(parsePlace('arg0.*'), { ...place, path: ['*'] });
  assert.equal(parsePlace('arg0.headers.content-type'), { ...place, path: ['headers', 'content-type'] });
  assert.equal(parsePlace('arg1.param0.data[*]'), { ...place, index: 1, callback: { kind: 'param', index: 0 }, path: ['data', '[*]'] });
  assert.equal(parsePlace('arg0.return'), { ...place, callback: { kind: 'return' } });
  assert.equal(parsePlace('arg0.returnUrl'), { ...place, path: ['returnUrl'] });
});

test('flows', () => {
  assert.is(parseFlow('arg0 -> return').kind, 'value');
  assert.is(parseFlow('this[*] -> arg0.param0: derived').kind, 'derived');
  assert.is(parseFlow('args->return: deep').kind, 'deep');
});

test('bad texts name themselves', () => {
  for (const text of ['console.log', 'npm:', 'any:trim', 'global:a.{}', 'global:a..b', 'npm:pino(']) {
    assert.throws(() => parseCallee(text), (error: unknown) => error instanceof UserError && error.message.includes(text) && error.hint !== '');
  }
  for (const text of ['argument0', 'arg0...', 'return.param0', 'arg0.', '']) assert.throws(() => parsePlace(text), (error: unknown) => error instanceof UserError);
  for (const text of ['arg0', 'arg0 -> ', 'arg0 -> return: copied']) assert.throws(() => parseFlow(text), (error: unknown) => error instanceof UserError);
});

test.run();
