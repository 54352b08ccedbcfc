// no-unprotected-storage: web storage, cookies, files, devices; what is encrypted, masked or of no concern may be kept.
import { at, testRule } from '../rule-suite.ts';

testRule('no-unprotected-storage', [
  {
    name: 'a setting',
    filename: 'src/case.js',
    code: `export function remember(theme) {
  localStorage.setItem('theme', theme);
}`,
  },
  {
    name: 'sealed before it is written',
    code: `import { writeFileSync } from 'node:fs';
import type { Customer } from './customers';
import { seal } from './privacy';
export const keep = (customer: Customer): void => writeFileSync('customer.bin', seal(customer.mobile));`,
  },
  {
    name: 'what is read is not written',
    code: `export function token(): string | null {
  return sessionStorage.getItem('accessToken');
}`,
  },
  {
    name: 'what is taken away',
    code: `export function leave(): void {
  localStorage.removeItem('accessToken');
  localStorage.setItem('left', 'true');
}`,
  },
  {
    name: 'the hash of a password in a file of its own',
    code: `import bcrypt from 'bcrypt';
import { writeFileSync } from 'node:fs';
export async function store(password: string): Promise<void> {
  writeFileSync('hash', await bcrypt.hash(password, 12));
}`,
  },
  {
    name: 'an internal id in a cookie',
    code: `import Cookies from 'js-cookie';
import type { Customer } from './customers';
export const visit = (customer: Customer): unknown => Cookies.set('customer', customer.id, { secure: true });`,
  },
  {
    name: 'memory is no store',
    code: `import type { Customer } from './customers';
const seen = new Map<string, string>();
export function note(customer: Customer): void {
  seen.set(customer.id, customer.mobile);
}`,
  },
  {
    name: 'a report without the numbers',
    code: `import { appendFileSync } from 'node:fs';
import type { Card } from './cards';
export const count = (cards: Card[]): void => appendFileSync('report.txt', \`\${cards.length} cards of \${cards[0]?.brand}\n\`);`,
  },
  {
    name: 'the last four digits',
    code: `import type { Card } from './cards';
import { lastFour } from './privacy';
export const show = (card: Card): void => sessionStorage.setItem('card', lastFour(card.cardNumber));`,
  },
  {
    name: 'a warning that a comment accepts',
    code: `import type { Customer } from './customers';
export function prefill(customer: Customer): void {
  sessionStorage.setItem('mobile', customer.mobile); // fiduciary-allow no-unprotected-storage -- gone with the tab
}`,
  },
], [
  {
    name: 'web storage',
    code: `import type { Customer } from './customers';
export function prefill(customer: Customer): void {
  localStorage.setItem('mobile', customer.mobile);
}`,
    errors: [at('warn', '3:3-3:50')],
  },
  {
    name: 'a card in a file',
    code: `import { writeFileSync } from 'node:fs';
import { loadCard } from './cards';
export const dump = (id: string): void => writeFileSync('card.txt', loadCard(id).cardNumber);`,
    errors: [at('deny', '3:43-3:93')],
  },
  {
    name: 'the answer of a login, in JavaScript',
    filename: 'src/case.js',
    code: `export async function login(form) {
  const answer = await fetch('/login', { method: 'POST', body: form });
  const session = await answer.json();
  localStorage.setItem('token', session.accessToken);
}`,
    errors: [at('warn', '4:3-4:53')],
  },
  {
    name: 'a cookie of the browser',
    code: `import Cookies from 'js-cookie';
import type { Customer } from './customers';
export const visit = (customer: Customer): unknown => Cookies.set('who', customer.email);`,
    errors: [at('warn', '3:55-3:89')],
  },
  {
    name: 'a secret, sealed or not',
    code: `import { loadCard } from './cards';
import { seal } from './privacy';
export const keep = (id: string): void => localStorage.setItem('code', seal(loadCard(id).cvv));`,
    errors: [at('deny', '3:43-3:95')],
  },
  {
    name: 'the device',
    code: `import AsyncStorage from '@react-native-async-storage/async-storage';
import { findCustomer } from './customers';
export async function cache(id: string): Promise<void> {
  const customer = await findCustomer(id);
  await AsyncStorage.setItem('customer', JSON.stringify(customer));
}`,
    errors: [at('warn', '5:9-5:67')],
  },
  {
    name: 'an export of customers',
    code: `import { stringify } from 'csv-stringify/sync';
import type { Customer } from './customers';
export const table = (customers: Customer[]): string => stringify(customers.map(({ fullName, mobile }) => [fullName, mobile]));`,
    errors: [at('warn', '3:57-3:127')],
  },
  {
    name: 'a wrapper that stores by key, where the data is known',
    files: { 'src/store.ts': 'export function save(key: string, value: string): void {\n  localStorage.setItem(key, value);\n}\n' },
    code: `import { save } from './store';
import type { Customer } from './customers';
export function prefill(customer: Customer): void {
  save('contact', customer.email);
}`,
    errors: [at('warn', '4:3-4:34')],
  },
  {
    name: 'base64 hides nothing',
    code: `import type { Customer } from './customers';
export const keep = (customer: Customer): void => sessionStorage.setItem('id', btoa(customer.idCardNumber));`,
    errors: [at('warn', '2:51-2:108')],
  },
  {
    name: 'in a component',
    filename: 'src/Login.vue',
    code: `<script setup lang="ts">
import type { Customer } from './customers';
const props = defineProps<{ customer: Customer }>();
function remember() {
  localStorage.setItem('who', props.customer.email);
}
</script>
<template><button @click="remember">Remember me</button></template>`,
    errors: [at('warn', '5:3-5:52')],
  },
  {
    name: 'a mini program',
    filename: 'src/case.js',
    code: `Page({
  onLogin(event) {
    wx.setStorageSync('idCard', event.detail.value.idCardNumber);
  },
});`,
    errors: [at('note', '3:5-3:65')],
  },
]);
