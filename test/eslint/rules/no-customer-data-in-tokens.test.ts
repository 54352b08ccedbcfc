// no-customer-data-in-tokens: payloads that are signed and readable; subjects that say nothing are in order.
import { at, testRule } from '../rule-suite.ts';

testRule('no-customer-data-in-tokens', [
  {
    name: 'an opaque subject',
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
export const issue = (customer: Customer, key: string): string => jwt.sign({ sub: customer.id }, key);`,
  },
  {
    name: 'roles and times',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
module.exports = (role) => jwt.sign({ role, exp: 3600 }, process.env.KEY);`,
  },
  {
    name: 'a token that is verified',
    code: `import jwt from 'jsonwebtoken';
export const read = (token: string, key: string): unknown => jwt.verify(token, key);`,
  },
  {
    name: 'a keyed pseudonym',
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
import { pseudonym } from './privacy';
export const issue = (customer: Customer, key: string): string => jwt.sign({ who: pseudonym(customer.email) }, key);`,
  },
  {
    name: 'an own function of that name',
    code: `import type { Customer } from './customers';
const jwt = { sign: (value: string): string => value.toUpperCase() };
export const issue = (customer: Customer): string => jwt.sign(customer.id);`,
  },
  {
    name: 'a session of the server',
    code: `import { SignJWT } from 'jose';
export const issue = (session: { id: string }, key: Uint8Array): Promise<string> =>
  new SignJWT({ sid: session.id }).setProtectedHeader({ alg: 'HS256' }).sign(key);`,
  },
  {
    name: 'what the settings accept below a decision',
    options: [{ effect: 'deny' }],
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
export const issue = (customer: Customer, key: string): string => jwt.sign({ mail: customer.email }, key);`,
  },
  {
    name: 'the kind of a card',
    code: `import jwt from 'jsonwebtoken';
import { loadCard } from './cards';
export const issue = (id: string, key: string): string => jwt.sign({ sub: id, brand: loadCard(id).brand }, key);`,
  },
  {
    name: 'a payload whose data was taken out',
    code: `import jwt from 'jsonwebtoken';
import { loadCard } from './cards';
export function issue(id: string, key: string): string {
  const { cardNumber, cvv, ...payload } = loadCard(id);
  return jwt.sign(payload, key);
}`,
  },
  {
    name: 'a comment with a reason',
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
export function invite(customer: Customer, key: string): string {
  // fiduciary-allow no-customer-data-in-tokens -- encrypted by the gateway
  return jwt.sign({ mail: customer.email }, key);
}`,
  },
], [
  {
    name: 'a claim',
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
export const issue = (customer: Customer, key: string): string => jwt.sign({ mail: customer.email }, key);`,
    errors: [at('warn', '3:67-3:106')],
  },
  {
    name: 'the whole customer',
    code: `import jwt from 'jsonwebtoken';
import { findCustomer } from './customers';
export async function issue(id: string, key: string): Promise<string> {
  const customer = await findCustomer(id);
  return jwt.sign({ ...customer }, key);
}`,
    errors: [at('deny', '5:10-5:40')],
  },
  {
    name: 'a request body, in JavaScript',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
exports.login = (req, res) => {
  const token = jwt.sign({ user: req.body.username, password: req.body.password }, 'key');
  res.cookie('session', token);
};`,
    errors: [at('deny', '3:17-3:90')],
  },
  {
    name: 'a builder',
    code: `import { SignJWT } from 'jose';
import type { Card } from './cards';
export const issue = (card: Card, key: Uint8Array): Promise<string> =>
  new SignJWT({ pan: card.cardNumber }).setProtectedHeader({ alg: 'HS256' }).sign(key);`,
    errors: [at('deny', '4:3-4:40')],
  },
  {
    name: 'a service that is injected',
    code: `import { JwtService } from '@nestjs/jwt';
import type { Customer } from './customers';
export class Sessions {
  constructor(private readonly jwt: JwtService) {}
  issue(customer: Customer): Promise<string> {
    return this.jwt.signAsync({ sub: customer.id, phone: customer.mobile });
  }
}`,
    errors: [at('warn', '6:12-6:76')],
  },
  {
    name: 'a payload made before',
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
export function issue(customer: Customer, key: string): string {
  const payload: Record<string, string> = { sub: customer.id };
  payload['name'] = customer.fullName;
  return jwt.sign(payload, key);
}`,
    errors: [at('warn', '6:10-6:32')],
  },
  {
    name: 'a payload made in another file',
    files: {
      'src/payload.ts': "import type { Customer } from './customers';\nexport const payloadOf = (customer: Customer): object => ({ sub: customer.id, document: customer.idCardNumber });\n",
    },
    code: `import jwt from 'jsonwebtoken';
import type { Customer } from './customers';
import { payloadOf } from './payload';
export const issue = (customer: Customer, key: string): string => jwt.sign(payloadOf(customer), key);`,
    errors: [at('deny', '4:67-4:101')],
  },
  {
    name: 'base64 of a claim',
    code: `import jwt from 'jsonwebtoken';
import { loadCard } from './cards';
export const issue = (id: string, key: string): string => jwt.sign({ c: Buffer.from(loadCard(id).cardNumber).toString('base64') }, key);`,
    errors: [at('deny', '3:59-3:136')],
  },
  {
    name: 'a token of a vendor',
    code: `import admin from 'firebase-admin';
import type { Customer } from './customers';
export const issue = (customer: Customer): Promise<string> => admin.auth().createCustomToken(customer.id, { mobile: customer.mobile });`,
    errors: [at('warn', '3:63-3:135')],
  },
  {
    name: 'a secret in a token',
    code: `import jwt from 'jsonwebtoken';
import { loadCard } from './cards';
export const issue = (id: string, key: string): string => jwt.sign({ code: loadCard(id).cvv }, key);`,
    errors: [at('deny', '3:59-3:100')],
  },
]);
