// Identifiers to words, in every way of writing them.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { singular, splitWords } from '#catalog/words';

const test = suite('words');

const SPLITS: readonly (readonly [string, string])[] = [
  ['idCardNo', 'id card no'],
  ['userIDCard', 'user id card'],
  ['PANNumber', 'pan number'],
  ['CUST_NM', 'cust nm'],
  ['x-auth-token', 'x auth token'],
  ['address1', 'address 1'],
  ['last4', 'last4'],
  ['cardLast4Digits', 'card last4 digits'],
  ['sha256', 'sha256'],
  ['MD5Hash', 'md5 hash'],
  ['track2Data', 'track 2 data'],
  ['2faSecret', '2fa secret'],
  ['userIDs', 'user ids'],
  ['_email$', 'email'],
  ['#pin', 'pin'],
  ['甲方身份证号', '甲方身份证号'],
  ['user_手机号', 'user 手机号'],
  ['IP地址', 'ip 地址'],
  ['straßenName', 'straßen name'],
  ['', ''],
  ['$_', ''],
];

test('splits', () => {
  for (const [name, words] of SPLITS) assert.is(splitWords(name).join(' '), words, name);
});

test('singular', () => {
  const pairs = [['emails', 'email'], ['addresses', 'address'], ['cities', 'city'], ['status', 'status'], ['address', 'address'], ['ids', 'ids'], ['taxes', 'tax']];
  for (const [many = '', one] of pairs) assert.is(singular(many), one);
});

test.run();
