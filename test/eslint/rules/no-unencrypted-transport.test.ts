// no-unencrypted-transport: data over plain connections, and connections whose safeguards are off although nothing is known to
// travel over them.
import { at, testRule } from '../rule-suite.ts';

testRule('no-unencrypted-transport', [
  {
    name: 'an encrypted request',
    code: `import type { Customer } from './customers';
export const send = (customer: Customer): Promise<Response> =>
  fetch('https://core.harbourbank.net/customers', { method: 'POST', body: JSON.stringify(customer) });`,
  },
  {
    name: 'the own machine',
    code: `import type { Customer } from './customers';
export const send = (customer: Customer): Promise<Response> =>
  fetch('http://localhost:8080/customers', { method: 'POST', body: customer.mobile });`,
  },
  {
    name: 'certificate checks on',
    filename: 'src/case.js',
    code: `const https = require('node:https');
module.exports = new https.Agent({ rejectUnauthorized: true, keepAlive: true });`,
  },
  {
    name: 'a namespace is a name, not a connection',
    code: `export const schema = { $schema: 'http://json-schema.org/draft-07/schema#', xmlns: 'http://www.w3.org/2000/svg' };`,
  },
  {
    name: 'a present version of TLS',
    code: `import { createServer } from 'node:tls';
export const server = createServer({ minVersion: 'TLSv1.3' });`,
  },
  {
    name: 'a redirect to the encrypted side',
    filename: 'src/case.js',
    code: `module.exports = (req, res) => res.redirect(301, 'https://www.harbourbank.net/');`,
  },
  {
    name: 'an encrypted socket',
    code: `export function watch(): WebSocket {
  return new WebSocket('wss://rates.harbourbank.net/stream');
}`,
  },
  {
    name: 'a mail server with TLS',
    code: `import nodemailer from 'nodemailer';
export const mail = nodemailer.createTransport({ host: 'mail.harbourbank.net', port: 465, secure: true });`,
  },
  {
    name: 'a text that speaks of plain connections',
    code: `export const hint = 'Use https://, never http:// addresses';
console.info(hint);`,
  },
  {
    name: 'a credential for a secured channel',
    code: `import { credentials } from '@grpc/grpc-js';
export const channel = credentials.createSsl();`,
  },
  {
    name: 'a weakness below the effect that was asked for',
    options: [{ effect: 'require_approval' }],
    code: `import https from 'node:https';
export const agent = new https.Agent({ rejectUnauthorized: false });`,
  },
], [
  {
    name: 'an object in the body of a plain request',
    code: `import type { Customer } from './customers';
export const send = (customer: Customer): Promise<Response> =>
  fetch('http://core.harbourbank.net/customers', { method: 'POST', body: JSON.stringify(customer) });`,
    errors: [at('deny', '3:3-3:101', [{
      messageId: 'suggestion',
      output: `import type { Customer } from './customers';
export const send = (customer: Customer): Promise<Response> =>
  fetch('https://core.harbourbank.net/customers', { method: 'POST', body: JSON.stringify(customer) });`,
    }])],
  },
  {
    name: 'certificate checks off',
    filename: 'src/case.js',
    code: `const https = require('node:https');
module.exports = new https.Agent({ rejectUnauthorized: false, keepAlive: true });`,
    errors: [at('warn', '2:56-2:61', [{
      messageId: 'suggestion',
      output: `const https = require('node:https');
module.exports = new https.Agent({ rejectUnauthorized: true, keepAlive: true });`,
    }])],
  },
  {
    name: 'for the whole process',
    code: `process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0;`,
    errors: [at('warn', '1:1-1:45')],
  },
  {
    name: 'an old version of TLS',
    code: `import { createServer } from 'node:tls';
export const server = createServer({ minVersion: 'TLSv1' });`,
    errors: [at('warn', '2:50-2:57')],
  },
  {
    name: 'a client with a plain base address',
    code: `import axios from 'axios';
import { findCustomer } from './customers';
const core = axios.create({ baseURL: 'http://core.harbourbank.net' });
export async function push(id: string): Promise<void> {
  const customer = await findCustomer(id);
  await core.post('/mirror', { mobile: customer.mobile });
}`,
    errors: [at('deny', '6:9-6:58')],
  },
  {
    name: 'a plain socket',
    code: `import type { Card } from './cards';
export function stream(card: Card): void {
  const socket = new WebSocket('ws://terminal.harbourbank.net');
  socket.send(card.cardNumber);
}`,
    errors: [at('deny', '4:3-4:31')],
  },
  {
    name: 'a cookie without TLS',
    filename: 'src/case.js',
    code: `module.exports = (req, res) => {
  res.cookie('theme', 'dark', { secure: false });
};`,
    errors: [at('warn', '2:3-2:49', [{
      messageId: 'suggestion',
      output: `module.exports = (req, res) => {
  res.cookie('theme', 'dark', { secure: true });
};`,
    }])],
  },
  {
    name: 'a channel without TLS',
    code: `import { credentials } from '@grpc/grpc-js';
export const channel = credentials.createInsecure();`,
    errors: [at('warn', '2:24-2:52')],
  },
  {
    name: 'a database whose certificate is taken on trust',
    code: `export const options = { server: 'db.harbourbank.net', trustServerCertificate: true };`,
    errors: [at('warn', '1:80-1:84', [{
      messageId: 'suggestion',
      output: `export const options = { server: 'db.harbourbank.net', trustServerCertificate: false };`,
    }])],
  },
  {
    name: 'an address that another file keeps',
    files: { 'src/addresses.ts': "export const LEDGER = 'http://ledger.harbourbank.net/transfers';\n" },
    code: `import { LEDGER } from './addresses';
import type { Card } from './cards';
export const charge = (card: Card): Promise<Response> => fetch(LEDGER, { method: 'POST', body: card.cardNumber });`,
    errors: [at('deny', '3:58-3:114')],
  },
  {
    name: 'mail in the clear',
    code: `import nodemailer from 'nodemailer';
export const mail = nodemailer.createTransport({ host: 'mail.harbourbank.net', ignoreTLS: true });`,
    errors: [at('warn', '2:91-2:95', [{
      messageId: 'suggestion',
      output: `import nodemailer from 'nodemailer';
export const mail = nodemailer.createTransport({ host: 'mail.harbourbank.net', ignoreTLS: false });`,
    }])],
  },
]);
