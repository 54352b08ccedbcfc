// Three small banks for trying the plugin out: their data crosses files, some of it is masked on the way, some is not.

interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** To install beside ESLint. */
  readonly packages: readonly string[];
}

export const PROJECTS: Readonly<Record<string, Project>> = {
  javascript: {
    packages: [],
    files: {
      'src/privacy.js': `export function maskPhone(phone) {
  return phone.slice(0, 3) + '****' + phone.slice(-2);
}
`,
      'src/store.js': `export async function findUser(id) {
  const answer = await fetch('https://core.harbourbank.net/users/' + id);
  return answer.json();
}
export function remember(key, value) {
  localStorage.setItem(key, value);
}
`,
      'src/routes.js': `import express from 'express';
import { maskPhone } from './privacy.js';
import { findUser, remember } from './store.js';

export const routes = express.Router();

routes.post('/login', async (req, res) => {
  const { username, password } = req.body;
  console.log('login', username, password);
  const user = await findUser(username);
  console.log('found', maskPhone(user.phoneNumber));
  remember('phone', user.phoneNumber);
  if (user.locked) throw new Error(\`locked: \${user.idCardNumber}\`);
  // fiduciary-allow no-customer-data-in-urls -- the partner has no other interface
  await fetch('https://partner.harbourbank.net/check?mail=' + user.email);
  res.redirect('/welcome?mail=' + user.email);
});
`,
      'test/routes.test.js': `import { findUser } from '../src/store.js';
console.log((await findUser('1')).email);
`,
    },
  },
  typescript: {
    packages: ['typescript@~6.0', 'typescript-eslint'],
    files: {
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "baseUrl": ".", "paths": { "@bank/*": ["src/*"] } } }\n',
      'src/customers.ts': `export interface Customer {
  id: string;
  fullName: string;
  email: string;
  iban: string;
}
export class Customers {
  async find(id: string): Promise<Customer> {
    const answer = await fetch(\`https://core.harbourbank.net/customers/\${id}\`);
    return (await answer.json()) as Customer;
  }
}
`,
      'src/logger.ts': `export class Logger {
  info(message: string, details?: unknown): void {
    console.info(message, details);
  }
}
`,
      'src/transfer.ts': `import axios from 'axios';
import { Customers, type Customer } from '@bank/customers';
import { Logger } from '@bank/logger';

const clearing = axios.create({ baseURL: 'http://clearing.harbourbank.net' });

export class Transfers {
  constructor(private readonly customers: Customers, private readonly logger: Logger) {}

  async execute(from: string, amount: number): Promise<void> {
    const customer = await this.customers.find(from);
    this.logger.info(\`transfer of \${amount}\`, { id: customer.id });
    this.logger.info(this.describe(customer));
    await clearing.post('/transfers', { debtor: customer.iban, amount });
  }

  private describe(customer: Customer): string {
    return \`\${customer.fullName} (\${customer.iban})\`;
  }
}
`,
    },
  },
  vue: {
    packages: ['typescript@~6.0', '@typescript-eslint/parser', 'vue-eslint-parser'],
    files: {
      'src/api.ts': `export interface Profile { name: string; mobile: string; idCardNumber: string }
export async function loadProfile(): Promise<Profile> {
  return (await fetch('/api/profile')).json();
}
`,
      'src/Profile.vue': `<template>
  <section>
    <h1>{{ profile?.name }}</h1>
    <button @click="open">Details</button>
  </section>
</template>

<script setup lang="ts">
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { loadProfile, type Profile } from './api';

const router = useRouter();
const profile = ref<Profile>();

loadProfile().then((loaded) => {
  profile.value = loaded;
  console.log('loaded', loaded.idCardNumber);
});

function open() {
  localStorage.setItem('mobile', profile.value?.mobile ?? '');
  router.push({ path: '/details', query: { mobile: profile.value?.mobile } });
}
</script>
`,
    },
  },
};
