// no-customer-data-in-logs: console, loggers, wrappers of loggers, span attributes; masks and ids are in order.
import { at, testRule } from '../rule-suite.ts';

testRule('no-customer-data-in-logs', [
  {
    name: 'an internal id',
    code: `import { findCustomer } from './customers';
export async function greet(id: string): Promise<void> {
  const customer = await findCustomer(id);
  console.log('greeted', customer.id);
}`,
  },
  {
    name: 'a mask of another file',
    code: `import { findCustomer } from './customers';
import { maskMobile } from './privacy';
export async function greet(id: string): Promise<void> {
  const customer = await findCustomer(id);
  console.log('called', maskMobile(customer.mobile));
}`,
  },
  {
    name: 'a keyed pseudonym',
    code: `import type { Customer } from './customers';
import { pseudonym } from './privacy';
export const trace = (customer: Customer): void => console.debug(pseudonym(customer.email));`,
  },
  {
    name: 'the number of customers, not their data',
    code: `import type { Customer } from './customers';
export function count(customers: readonly Customer[]): void {
  console.info(\`\${customers.length} customers\`);
}`,
  },
  {
    name: 'words that only sound like data',
    filename: 'src/case.js',
    code: `export function validate(form) {
  if (!form.valid) console.warn('email and password are required');
}`,
  },
  {
    name: 'the fields that are left when the data is taken out',
    code: `import type { Customer } from './customers';
export function show(customer: Customer): void {
  const { fullName, email, mobile, idCardNumber, passwordHash, ...rest } = customer;
  console.log(rest);
}`,
  },
  {
    name: 'a warning that a comment accepts with its reason',
    code: `import type { Customer } from './customers';
export function call(customer: Customer): void {
  // fiduciary-allow no-customer-data-in-logs -- the call centre reads this console
  console.log(customer.mobile);
}`,
  },
  {
    name: 'whether there is data, not the data',
    code: `import type { Customer } from './customers';
export const check = (customer: Customer): void => console.log('has mobile', Boolean(customer.mobile), customer.email !== '');`,
  },
  {
    name: 'below the effect that was asked for',
    options: [{ effect: 'deny' }],
    code: `import type { Customer } from './customers';
export const call = (customer: Customer): void => console.log(customer.mobile);`,
  },
  {
    name: 'a note, where only more is wanted, in test code',
    filename: 'src/case.test.ts',
    options: [{ effect: 'warn' }],
    code: `import type { Customer } from './customers';
export const call = (customer: Customer): void => console.log(customer.idCardNumber);`,
  },
  {
    name: 'a component that logs its state',
    filename: 'src/Profile.vue',
    code: `<script setup lang="ts">
import type { Customer } from './customers';
const props = defineProps<{ customer: Customer; step: number }>();
console.log('step', props.step);
</script>
<template><p>{{ props.customer.fullName }}</p></template>`,
  },
  {
    name: 'a rule that the settings switch off',
    files: { 'fiduciary.yaml': 'rules: { no-customer-data-in-logs: off }\n' },
    code: `import type { Customer } from './customers';
export const call = (customer: Customer): void => console.log(customer.mobile);`,
  },
], [
  {
    name: 'a member that another file declares',
    code: `import { findCustomer } from './customers';
export async function greet(id: string): Promise<void> {
  const customer = await findCustomer(id);
  console.log('called', customer.mobile);
}`,
    errors: [at('warn', '4:3-4:41')],
  },
  {
    name: 'the whole object',
    code: `import type { Customer } from './customers';
export function dump(customer: Customer): void {
  console.log(JSON.stringify(customer));
}`,
    errors: [at('deny', '3:3-3:40')],
  },
  {
    name: 'through a logger of the project, where the data is known',
    code: `import { findCustomer } from './customers';
import { logger } from './logger';
export async function audit(id: string): Promise<void> {
  const customer = await findCustomer(id);
  logger.info('audit', { name: customer.fullName, card: customer.idCardNumber });
}`,
    errors: [at('deny', '5:3-5:81')],
  },
  {
    name: 'a function that is named like a mask and is none',
    code: `import type { Customer } from './customers';
import { hidden } from './privacy';
export const call = (customer: Customer): void => console.log(hidden(customer.mobile));`,
    errors: [at('warn', '3:51-3:87')],
  },
  {
    name: 'what a request brings, in JavaScript',
    filename: 'src/case.js',
    code: `const express = require('express');
const app = express();
app.post('/login', (req, res) => {
  console.log('login', req.body.username, req.body.password);
  res.sendStatus(204);
});`,
    errors: [at('deny', '4:3-4:61')],
  },
  {
    name: 'a secret, masked or not',
    code: `import { loadCard } from './cards';
export function verify(id: string): void {
  const card = loadCard(id);
  console.error(\`wrong code \${card.cvv}\`);
}`,
    errors: [at('deny', '4:3-4:42')],
  },
  {
    name: 'in a component',
    filename: 'src/Profile.vue',
    code: `<template><p>{{ customer.fullName }}</p></template>
<script setup lang="ts">
import type { Customer } from './customers';
const { customer } = defineProps<{ customer: Customer }>();
console.log(customer.idCardNumber);
</script>`,
    errors: [at('deny', '5:1-5:35')],
  },
  {
    name: 'a comment without a reason silences nothing',
    code: `import type { Customer } from './customers';
export function call(customer: Customer): void {
  // fiduciary-allow no-customer-data-in-logs
  console.log(customer.mobile);
}`,
    errors: [at('warn', '4:3-4:31')],
  },
  {
    name: 'a comment does not silence what is denied',
    code: `import type { Customer } from './customers';
export function call(customer: Customer): void {
  // fiduciary-allow no-customer-data-in-logs -- for debugging
  console.log(customer.idCardNumber);
}`,
    errors: [at('deny', '4:3-4:37')],
  },
  {
    name: 'sample code is a note',
    filename: 'examples/case.ts',
    code: `import type { Customer } from './customers';
export const call = (customer: Customer): void => console.log(customer.idCardNumber);`,
    errors: [at('note', '2:51-2:85')],
  },
  {
    name: 'one finding for each call, two calls',
    code: `import type { Card } from './cards';
export function pay(card: Card): void {
  console.log(card.cardNumber);
  console.log('paying', card.brand);
  console.log([card.cardNumber].join());
}`,
    errors: [at('deny', '3:3-3:31'), at('deny', '5:3-5:40')],
  },
  {
    name: 'an attribute of a trace',
    code: `import { trace } from '@opentelemetry/api';
import type { Customer } from './customers';
export function open(customer: Customer): void {
  trace.getActiveSpan()?.setAttribute('customer.mail', customer.email);
}`,
    errors: [at('warn', '4:3-4:71')],
  },
]);
