// no-third-party-disclosure: analytics, error monitoring, chat, mail, language models; what identifies nobody may go.
import { at, testRule } from '../rule-suite.ts';

testRule('no-third-party-disclosure', [
  {
    name: 'an event without data',
    code: `import mixpanel from 'mixpanel';
const client = mixpanel.init('token');
export const opened = (): void => client.track('account opened', { step: 3 });`,
  },
  {
    name: 'a keyed pseudonym for a user',
    code: `import * as Sentry from '@sentry/node';
import type { Customer } from './customers';
import { pseudonym } from './privacy';
export const identify = (customer: Customer): void => Sentry.setUser({ id: pseudonym(customer.email) });`,
  },
  {
    name: 'an error that carries nothing of the customer',
    code: `import * as Sentry from '@sentry/node';
export function failed(error: Error): void {
  Sentry.captureMessage('transfer failed');
  void error;
}`,
  },
  {
    name: 'settings of the vendor',
    filename: 'src/case.js',
    code: `import posthog from 'posthog-js';
posthog.init('key', { api_host: 'https://eu.posthog.example', autocapture: false });`,
  },
  {
    name: 'an own service is no third party',
    code: `import type { Customer } from './customers';
import { track } from './own-analytics';
export const opened = (customer: Customer): void => track(customer.email);`,
    files: { 'src/own-analytics.ts': 'export function track(event: string): void {\n  void event;\n}\n' },
  },
  {
    name: 'a prompt without data',
    code: `import OpenAI from 'openai';
const ai = new OpenAI();
export const ask = (question: string): unknown =>
  ai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: 'Explain savings accounts' }] });`,
  },
  {
    name: 'a type of a vendor is not a call of it',
    code: `import type { AnalyticsBrowser } from '@segment/analytics-next';
import type { Customer } from './customers';
export interface Setup { analytics: AnalyticsBrowser; customer: Customer }`,
  },
  {
    name: 'a count of customers',
    code: `import { Analytics } from '@segment/analytics-node';
import type { Customer } from './customers';
const analytics = new Analytics({ writeKey: 'key' });
export const report = (customers: Customer[]): void => {
  analytics.track({ userId: 'system', event: 'report', properties: { count: customers.length } });
};`,
  },
  {
    name: 'a message of the bank without the customer',
    code: `import { WebClient } from '@slack/web-api';
const slack = new WebClient('token');
export const alarm = (): unknown => slack.chat.postMessage({ channel: 'operations', text: 'settlement is late' });`,
  },
  {
    name: 'low confidence is not shown unless asked for',
    filename: 'src/case.test.ts',
    options: [{ effect: 'require_approval' }],
    code: `import mixpanel from 'mixpanel';
import type { Customer } from './customers';
export const opened = (customer: Customer): void => mixpanel.init('token').track('opened', { email: customer.email });`,
  },
], [
  {
    name: 'the user of an error monitor',
    code: `import * as Sentry from '@sentry/node';
import type { Customer } from './customers';
export const identify = (customer: Customer): void => Sentry.setUser({ id: customer.id, email: customer.email });`,
    errors: [at('require_approval', '3:55-3:113')],
  },
  {
    name: 'properties of an event',
    filename: 'src/case.js',
    code: `import mixpanel from 'mixpanel';
const client = mixpanel.init('token');
export function register(req, res) {
  client.track('registered', { email: req.body.email, plan: req.body.plan });
  res.sendStatus(204);
}`,
    errors: [at('require_approval', '4:3-4:77')],
  },
  {
    name: 'a prompt with a customer in it',
    code: `import OpenAI from 'openai';
import { findCustomer } from './customers';
const ai = new OpenAI();
export async function summarise(id: string): Promise<unknown> {
  const customer = await findCustomer(id);
  return ai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: \`Write to \${customer.fullName}\` }] });
}`,
    errors: [at('require_approval', '6:10-6:128')],
  },
  {
    name: 'a secret is denied, not put up for approval',
    code: `import * as Sentry from '@sentry/browser';
import { loadCard } from './cards';
export const fail = (id: string): void => Sentry.setExtra('code', loadCard(id).cvv);`,
    errors: [at('deny', '3:43-3:84')],
  },
  {
    name: 'a chat of the staff',
    code: `import { WebClient } from '@slack/web-api';
import type { Customer } from './customers';
const slack = new WebClient('token');
export async function alarm(customer: Customer): Promise<void> {
  const text = \`Call \${customer.mobile}\`;
  await slack.chat.postMessage({ channel: 'support', text });
}`,
    errors: [at('require_approval', '6:9-6:61')],
  },
  {
    name: 'a script global',
    filename: 'src/case.js',
    code: `export function identify(customer) {
  window.Intercom('boot', { name: customer.fullName, phone: customer.mobilePhone });
}`,
    errors: [at('require_approval', '2:3-2:84')],
  },
  {
    name: 'through a wrapper in another file, where the data is known',
    files: {
      'src/analytics.ts': `import { Analytics } from '@segment/analytics-node';
const client = new Analytics({ writeKey: 'key' });
export function send(event: string, properties: object): void {
  client.track({ userId: 'system', event, properties });
}
`,
    },
    code: `import { send } from './analytics';
import type { Customer } from './customers';
export function moved(customer: Customer): void {
  send('moved', { mobile: customer.mobile });
}`,
    errors: [at('require_approval', '4:3-4:45')],
  },
  {
    name: 'a plain hash is no pseudonym',
    code: `import { createHash } from 'node:crypto';
import posthog from 'posthog-js';
import type { Customer } from './customers';
export const identify = (customer: Customer): void => {
  posthog.identify(createHash('md5').update(customer.idCardNumber).digest('hex'));
};`,
    errors: [at('require_approval', '5:3-5:82')],
  },
  {
    name: 'in a component',
    filename: 'src/Profile.tsx',
    code: `import posthog from 'posthog-js';
import type { Customer } from './customers';
export function Profile({ customer }: { customer: Customer }) {
  const opened = () => posthog.capture('opened', { email: customer.email });
  return <button onClick={opened}>{customer.fullName}</button>;
}`,
    errors: [at('require_approval', '4:24-4:76')],
  },
  {
    name: 'the whole object in the context of an error',
    code: `import * as Sentry from '@sentry/node';
import type { Customer } from './customers';
export function failed(error: Error, customer: Customer): void {
  Sentry.captureException(error, { extra: { customer } });
}`,
    errors: [at('deny', '4:3-4:58')],
  },
]);
