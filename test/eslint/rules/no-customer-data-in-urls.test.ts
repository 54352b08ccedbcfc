// no-customer-data-in-urls: queries, paths, redirects and navigation; opaque ids and request bodies are in order.
import { at, testRule } from '../rule-suite.ts';

testRule('no-customer-data-in-urls', [
  {
    name: 'an opaque id in a path',
    code: `import type { Customer } from './customers';
export const open = (customer: Customer): Promise<Response> => fetch(\`https://core.harbourbank.net/customers/\${customer.id}\`);`,
  },
  {
    name: 'the data in the body',
    code: `import type { Customer } from './customers';
export const find = (customer: Customer): Promise<Response> =>
  fetch('https://core.harbourbank.net/search', { method: 'POST', body: JSON.stringify({ email: customer.email }) });`,
  },
  {
    name: 'navigation by name',
    filename: 'src/case.js',
    code: `export function done(router) {
  router.push({ name: 'summary', params: { step: 3 } });
}`,
  },
  {
    name: 'a search for products',
    code: `export function search(term: string): void {
  location.assign('/products?q=' + encodeURIComponent(term));
}`,
  },
  {
    name: 'a pseudonym in a query',
    code: `import type { Customer } from './customers';
import { pseudonym } from './privacy';
export const link = (customer: Customer): Promise<Response> => fetch(\`https://core.harbourbank.net/visits?who=\${pseudonym(customer.email)}\`);`,
  },
  {
    name: 'a URL that is read, not made',
    code: `export function host(address: string): string {
  return new URL(address).hostname;
}`,
  },
  {
    name: 'a redirect to a fixed place',
    filename: 'src/case.js',
    code: `export function login(req, res) {
  if (req.body.password === '') return res.redirect('/login?error=empty');
  return res.redirect('/home');
}`,
  },
  {
    name: 'the length of what was typed',
    code: `import type { Customer } from './customers';
export const track = (customer: Customer): void => history.pushState(null, '', \`/step/\${customer.fullName.length}\`);`,
  },
  {
    name: 'parameters that only page through a list',
    code: `import axios from 'axios';
export const page = (index: number, size: number): Promise<unknown> => axios.get('https://core.harbourbank.net/customers', { params: { index, size } });`,
  },
  {
    name: 'a warning below what was asked for',
    options: [{ effect: 'deny' }],
    code: `import type { Customer } from './customers';
export const find = (customer: Customer): Promise<Response> => fetch(\`https://core.harbourbank.net/search?email=\${customer.email}\`);`,
  },
], [
  {
    name: 'a query made by hand',
    code: `import type { Customer } from './customers';
export const find = (customer: Customer): Promise<Response> => fetch(\`https://core.harbourbank.net/search?email=\${customer.email}\`);`,
    errors: [at('warn', '2:64-2:132')],
  },
  {
    name: 'parameters of a client',
    code: `import axios from 'axios';
import type { Card } from './cards';
export const check = (card: Card): Promise<unknown> => axios.get('https://core.harbourbank.net/check', { params: { pan: card.cardNumber } });`,
    errors: [at('deny', '3:56-3:141')],
  },
  {
    name: 'navigation in the browser',
    filename: 'src/case.js',
    code: `export function next(form) {
  window.location.href = '/confirm?mobile=' + form.mobilePhone;
}`,
    errors: [at('warn', '2:3-2:63')],
  },
  {
    name: 'a redirect of a server',
    filename: 'src/case.js',
    code: `import express from 'express';
const app = express();
app.post('/register', (req, res) => {
  res.redirect(\`/welcome?email=\${req.body.email}\`);
});`,
    errors: [at('warn', '4:3-4:51')],
  },
  {
    name: 'search parameters set one by one',
    code: `import type { Customer } from './customers';
export function link(customer: Customer): Promise<Response> {
  const address = new URL('https://core.harbourbank.net/visits');
  address.searchParams.set('mobile', customer.mobile);
  return fetch(address);
}`,
    errors: [at('warn', '5:10-5:24')],
  },
  {
    name: 'a route of a component',
    filename: 'src/Search.vue',
    code: `<script setup lang="ts">
import { useRouter } from 'vue-router';
import type { Customer } from './customers';
const router = useRouter();
const props = defineProps<{ customer: Customer }>();
const open = () => router.push({ path: '/detail', query: { mobile: props.customer.mobile } });
</script>
<template><a @click="open">Details</a></template>`,
    errors: [at('warn', '6:20-6:94')],
  },
  {
    name: 'a path of a page of React',
    filename: 'src/Search.tsx',
    code: `import { useNavigate } from 'react-router-dom';
import type { Customer } from './customers';
export function Row({ customer }: { customer: Customer }) {
  const navigate = useNavigate();
  return <tr onClick={() => navigate('/customers/' + customer.idCardNumber)}><td>{customer.id}</td></tr>;
}`,
    errors: [at('deny', '5:29-5:76')],
  },
  {
    name: 'built in another file',
    files: {
      'src/links.ts': "import type { Customer } from './customers';\nexport function profileLink(customer: Customer): string {\n  return `/profile?mail=${customer.email}`;\n}\n",
    },
    code: `import { findCustomer } from './customers';
import { profileLink } from './links';
export async function go(id: string): Promise<void> {
  location.assign(profileLink(await findCustomer(id)));
}`,
    errors: [at('warn', '4:3-4:55')],
  },
  {
    name: 'a secret in a query',
    code: `import { loadCard } from './cards';
export const verify = (id: string): Promise<Response> => fetch('https://core.harbourbank.net/verify?code=' + loadCard(id).cvv);`,
    errors: [at('deny', '2:58-2:127')],
  },
  {
    name: 'a page of a mini program',
    filename: 'src/case.js',
    code: `export function open(user) {
  wx.navigateTo({ url: '/pages/confirm?idCard=' + user.idCardNumber });
}`,
    errors: [at('deny', '2:3-2:71')],
  },
]);
