// no-customer-data-in-errors: messages of errors, rejected reasons, error answers; internal ids are in order.
import { at, testRule } from '../rule-suite.ts';

testRule('no-customer-data-in-errors', [
  {
    name: 'an internal id',
    code: `import type { Customer } from './customers';
export function fail(customer: Customer): never {
  throw new Error(\`customer \${customer.id} not found\`);
}`,
  },
  {
    name: 'a fixed text',
    filename: 'src/case.js',
    code: `export function check(body) {
  if (!body.email) throw new TypeError('email is missing');
}`,
  },
  {
    name: 'masked',
    code: `import type { Customer } from './customers';
import { maskEmail } from './privacy';
export function taken(customer: Customer): never {
  throw new Error(\`\${maskEmail(customer.email)} is taken\`);
}`,
  },
  {
    name: 'an error that is passed on',
    code: `export async function run(job: () => Promise<void>): Promise<void> {
  try {
    await job();
  } catch (error) {
    throw new Error('job failed', { cause: error });
  }
}`,
  },
  {
    name: 'an error of the project with a code only',
    code: `import type { Customer } from './customers';
class NotFound extends Error {
  readonly customer: string;
  constructor(customer: string) {
    super('not found');
    this.customer = customer;
  }
}
export function fail(customer: Customer): never {
  throw new NotFound(customer.id);
}`,
  },
  {
    name: 'which field is wrong, not what stands in it',
    code: `import type { Customer } from './customers';
export function check(customer: Customer): void {
  for (const field of ['email', 'mobile'] as const) if (customer[field] === '') throw new RangeError(\`\${field} is empty\`);
}`,
  },
  {
    name: 'a rejected promise without data',
    filename: 'src/case.js',
    code: `export const refuse = (account) => Promise.reject(new Error(account.closed ? 'closed' : 'blocked'));`,
  },
  {
    name: 'an assertion about data without it',
    code: `import assert from 'node:assert';
import type { Customer } from './customers';
export const check = (customer: Customer): void => assert(customer.mobile.length > 5, 'mobile is too short');`,
  },
  {
    name: 'an answer that names the field',
    filename: 'src/case.js',
    code: `export function register(req, res) {
  if (!req.body.mobilePhone) res.status(400).json({ error: 'mobilePhone is required' });
}`,
  },
  {
    name: 'a note, where only more is wanted',
    options: [{ effect: 'warn' }],
    code: `import type { Customer } from './customers';
export function taken(customer: Customer): never {
  throw new Error(customer.email);
}`,
  },
], [
  {
    name: 'the message of an error',
    code: `import type { Customer } from './customers';
export function taken(customer: Customer): never {
  throw new Error(\`\${customer.email} is taken\`);
}`,
    errors: [at('note', '3:9-3:48')],
  },
  {
    name: 'a number that identifies',
    code: `import type { Customer } from './customers';
export function unknown(customer: Customer): never {
  throw new RangeError('no document ' + customer.idCardNumber);
}`,
    errors: [at('warn', '3:9-3:63')],
  },
  {
    name: 'a secret',
    filename: 'src/case.js',
    code: `export function login(req, res) {
  const { password } = req.body;
  if (password.length < 8) throw new Error('too short: ' + password);
  res.sendStatus(204);
}`,
    errors: [at('deny', '3:34-3:69')],
  },
  {
    name: 'an exception of a framework',
    code: `import { NotFoundException } from '@nestjs/common';
import type { Card } from './cards';
export function missing(card: Card): never {
  throw new NotFoundException(\`card \${card.cardNumber}\`);
}`,
    errors: [at('warn', '4:9-4:57')],
  },
  {
    name: 'an error class of the project',
    files: { 'src/errors.ts': "export class Conflict extends Error {\n  constructor(what: string) {\n    super(`${what} exists`);\n  }\n}\n" },
    code: `import { Conflict } from './errors';
import type { Customer } from './customers';
export function register(customer: Customer): never {
  throw new Conflict(customer.idCardNumber);
}`,
    errors: [at('warn', '4:9-4:44')],
  },
  {
    name: 'a rejected promise',
    code: `import type { Card } from './cards';
export const refuse = (card: Card): Promise<never> => Promise.reject(\`refused \${card.cardNumber}\`);`,
    errors: [at('warn', '2:55-2:99')],
  },
  {
    name: 'an assertion',
    code: `import assert from 'node:assert';
import type { Customer } from './customers';
export const check = (customer: Customer): void => assert.ok(false, customer.idCardNumber);`,
    errors: [at('warn', '3:52-3:91')],
  },
  {
    name: 'an error answer',
    filename: 'src/case.js',
    code: `import express from 'express';
const app = express();
app.post('/card', (req, res) => {
  res.status(422).json({ error: \`no card \${req.body.cardNumber}\` });
});`,
    errors: [at('warn', '4:3-4:68')],
  },
  {
    name: 'from another file',
    code: `import { findCustomer } from './customers';
export async function open(id: string): Promise<void> {
  const { idCardNumber, fullName } = await findCustomer(id);
  if (fullName === '') throw new Error('nobody has ' + idCardNumber);
}`,
    errors: [at('warn', '4:30-4:69')],
  },
  {
    name: 'in a handler of a component',
    filename: 'src/Form.vue',
    code: `<script setup lang="ts">
import type { Card } from './cards';
const props = defineProps<{ card: Card }>();
function submit() {
  throw new Error(props.card.cvv);
}
</script>
<template><form @submit="submit" /></template>`,
    errors: [at('deny', '5:9-5:34')],
  },
]);
