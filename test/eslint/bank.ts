// A small bank around the file under test: what its cases import, on the disk and saved.
export const BANK: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "bank", "private": true }\n',
  'src/customers.ts': `export interface Customer {
  id: string;
  fullName: string;
  email: string;
  mobile: string;
  idCardNumber: string;
  passwordHash: string;
  language: string;
}
export async function findCustomer(id: string): Promise<Customer> {
  const answer = await fetch(\`https://core.bank.example/customers/\${id}\`);
  return (await answer.json()) as Customer;
}
`,
  'src/cards.ts': `export interface Card {
  id: string;
  cardNumber: string;
  cvv: string;
  brand: string;
}
export declare function loadCard(id: string): Card;
`,
  'src/privacy.ts': `import { createHmac, createHash, createCipheriv, randomBytes } from 'node:crypto';
export function maskMobile(mobile: string): string {
  return mobile.replace(/^(\\d{3})\\d+(\\d{2})$/, '$1******$2');
}
export function maskEmail(email: string): string {
  const at = email.indexOf('@');
  return \`\${email.charAt(0)}***\${email.slice(at)}\`;
}
export function lastFour(number: string): string {
  return '**** ' + number.slice(-4);
}
export function pseudonym(value: string): string {
  return createHmac('sha256', process.env['PSEUDONYM_KEY'] ?? '').update(value).digest('hex');
}
export function seal(value: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(process.env['DATA_KEY'] ?? '', 'hex'), iv);
  return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}
/** Named like a protection, and none. */
export function hidden(value: string): string {
  return value.trim();
}
`,
  'src/logger.ts': `export const logger = {
  info(message: string, details?: unknown): void {
    console.info(message, details);
  },
};
`,
};
