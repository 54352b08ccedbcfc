// no-weak-protection: broken ciphers, tokens without a signature, digests that protect nothing; sound ones are in order.
import { at, testRule } from '../rule-suite.ts';

testRule('no-weak-protection', [
  {
    name: 'authenticated encryption',
    code: `import { createCipheriv, randomBytes } from 'node:crypto';
export const cipher = (key: Buffer): unknown => createCipheriv('aes-256-gcm', key, randomBytes(12));`,
  },
  {
    name: 'a slow hash of a password',
    code: `import argon2 from 'argon2';
export const hash = (password: string): Promise<string> => argon2.hash(password);`,
  },
  {
    name: 'a digest of a file',
    code: `import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
export const etag = (path: string): string => createHash('sha1').update(readFileSync(path)).digest('hex');`,
  },
  {
    name: 'a keyed digest',
    code: `import { createHmac } from 'node:crypto';
import type { Customer } from './customers';
export const key = (customer: Customer, secret: string): string => createHmac('sha256', secret).update(customer.idCardNumber).digest('hex');`,
  },
  {
    name: 'a signed token',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
module.exports = (id, key) => jwt.sign({ sub: id }, key, { algorithm: 'ES256' });`,
  },
  {
    name: 'expiry is checked',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
module.exports = (token, key) => jwt.verify(token, key, { ignoreExpiration: false });`,
  },
  {
    name: 'a cookie that scripts cannot read',
    filename: 'src/case.js',
    code: `module.exports = (res, id) => res.cookie('session', id, { httpOnly: true, secure: true });`,
  },
  {
    name: 'names of broken ciphers in a list of what is refused',
    code: `export const REFUSED = ['des', 'rc4', 'aes-128-ecb'];
export const isRefused = (name: string): boolean => REFUSED.includes(name);`,
  },
  {
    name: 'a signature with a present digest',
    code: `import { createSign } from 'node:crypto';
export const sign = (text: string, key: string): string => createSign('RSA-SHA256').update(text).sign(key, 'hex');`,
  },
  {
    name: 'SM4 in a sound mode',
    code: `import { sm4 } from 'sm-crypto';
export const seal = (text: string, key: string, iv: string): string => sm4.encrypt(text, key, { mode: 'cbc', iv });`,
  },
], [
  {
    name: 'a block mode that shows patterns',
    code: `import { createCipheriv } from 'node:crypto';
export const cipher = (key: Buffer): unknown => createCipheriv('aes-128-ecb', key, null);`,
    errors: [at('warn', '2:49-2:89')],
  },
  {
    name: 'a broken cipher, with require',
    filename: 'src/case.js',
    code: `const crypto = require('crypto');
exports.seal = (text, key, iv) => crypto.createCipheriv('des-ede3-cbc', key, iv).update(text, 'utf8', 'hex');`,
    errors: [at('warn', '2:35-2:81')],
  },
  {
    name: 'a cipher without a vector',
    code: `import { createCipher } from 'crypto';
export const seal = (password: string): unknown => createCipher('aes-192-cbc', password);`,
    errors: [at('warn', '2:52-2:89')],
  },
  {
    name: 'a broken cipher of a library',
    code: `import CryptoJS from 'crypto-js';
export const seal = (text: string, key: string): string => CryptoJS.TripleDES.encrypt(text, key).toString();`,
    errors: [at('warn', '2:60-2:97')],
  },
  {
    name: 'SM4 block by block',
    code: `import { sm4 } from 'sm-crypto';
export const seal = (text: string, key: string): string => sm4.encrypt(text, key, { mode: 'ecb' });`,
    errors: [at('warn', '2:60-2:99')],
  },
  {
    name: 'a token without a signature',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
module.exports = (id) => jwt.sign({ sub: id }, '', { algorithm: 'none' });`,
    errors: [at('warn', '2:26-2:74')],
  },
  {
    name: 'an unsecured token',
    code: `import { UnsecuredJWT } from 'jose';
export const issue = (id: string): string => new UnsecuredJWT({ sub: id }).encode();`,
    errors: [at('warn', '2:46-2:75')],
  },
  {
    name: 'expired tokens',
    filename: 'src/case.js',
    code: `const jwt = require('jsonwebtoken');
module.exports = (token, key) => jwt.verify(token, key, { ignoreExpiration: true });`,
    errors: [at('warn', '2:34-2:84')],
  },
  {
    name: 'a signature with SHA-1',
    code: `import { createSign } from 'node:crypto';
export const sign = (text: string, key: string): string => createSign('RSA-SHA1').update(text).sign(key, 'hex');`,
    errors: [at('warn', '2:60-2:82')],
  },
  {
    name: 'a fast hash of a password',
    code: `import { createHash } from 'node:crypto';
export function hash(password: string): string {
  return createHash('md5').update(password).digest('hex');
}`,
    errors: [at('deny', '3:10-3:58')],
  },
  {
    name: 'a cookie that scripts read',
    filename: 'src/case.js',
    code: `module.exports = (res, id) => res.cookie('session', id, { httpOnly: false, secure: true });`,
    errors: [at('warn', '1:31-1:91')],
  },
]);
