// The duties of a bank's plan for protecting customer information, in the order of the life of the data, and which findings
// bear on each. Titles and what is detected are those of policies/duties.yaml and its controls; a test holds them together.
import type { Channel } from '#model/channel';
import type { Finding } from '#model/finding';
import type { Language } from '../report-options.ts';

type Bilingual = Readonly<Record<Language, string>>;

export interface Duty {
  readonly id: string;
  readonly name: Bilingual;
  readonly asks: Bilingual;
  /** What can be shown of it from source code. */
  readonly shows: Bilingual;
  readonly channels: readonly Channel[];
  /** First words of control ids that answer to it, beside the channels. */
  readonly controls: readonly string[];
  /** Whether this version detects anything of it; what is not examined is never counted as fulfilled. */
  readonly examined: boolean;
}

/** Stages in the life of customer data. */
export const STAGE_DUTIES: readonly Duty[] = [
  {
    id: 'collection', examined: false, channels: ['collection'], controls: ['collection'],
    name: { en: 'Collection', zh: '收集' },
    asks: { en: 'lawful, necessary, with express consent', zh: '合法、必要、明示同意' },
    shows: {
      en: 'entry points that take customer data in without a consent check, or beyond their declared purpose',
      zh: '未检查同意或超出声明目的而收集客户信息的入口',
    },
  },
  {
    id: 'storage', examined: true, channels: ['storage', 'protection', 'literal'], controls: ['storage', 'protection', 'literal'],
    name: { en: 'Storage', zh: '存储' },
    asks: { en: 'encryption and masking', zh: '加密与脱敏' },
    shows: {
      en: 'flows to files, browser storage, cookies, caches and databases without a protection that fits the element; weak protections',
      zh: '未采取与信息相称的保护而流入文件、浏览器存储、Cookie、缓存和数据库；强度不足的保护',
    },
  },
  {
    id: 'transmission', examined: true, channels: ['transport'], controls: ['transport'],
    name: { en: 'Transmission', zh: '传输' },
    asks: { en: 'encrypted', zh: '加密' },
    shows: {
      en: 'flows over unencrypted connections; certificate checks switched off, old protocol versions',
      zh: '经未加密连接的传输；被关闭的证书校验、过时的协议版本',
    },
  },
  {
    id: 'access', examined: true, channels: ['response', 'access'], controls: ['response', 'access'],
    name: { en: 'Access control', zh: '访问控制' },
    asks: { en: 'least privilege, strong authentication, access logs', zh: '最小权限、强认证、访问留痕' },
    shows: {
      en: 'secrets, unmasked numbers and over-wide objects in API answers',
      zh: '接口应答中的鉴别信息、未脱敏号码和超出必要范围的对象',
    },
  },
  {
    id: 'use', examined: true, channels: ['use'], controls: ['use'],
    name: { en: 'Use', zh: '使用' },
    asks: { en: 'only for the purpose consented to', zh: '限于同意的目的' },
    shows: {
      en: 'financial data sent to advertising and analytics, customer data in prompts; flows across declared purposes',
      zh: '流向广告与分析的金融信息、提示词中的客户信息；跨声明目的的数据流',
    },
  },
  {
    id: 'provision', examined: true, channels: ['third-party'], controls: ['third-party'],
    name: { en: 'Provision to third parties', zh: '对外提供' },
    asks: { en: 'assessed first', zh: '先评估' },
    shows: {
      en: 'flows to known vendors, judged by class, element and the third-party register',
      zh: '流向已知第三方的信息，按类别、信息项和登记册判定',
    },
  },
  {
    id: 'processing', examined: true, channels: ['log', 'url', 'error', 'token'], controls: ['log', 'url', 'error', 'token'],
    name: { en: 'Processing', zh: '处理' },
    asks: { en: 'nothing left behind in logs, URLs, errors, tokens', zh: '日志、URL、错误与令牌中不留客户数据' },
    shows: {
      en: 'flows to loggers, URLs, error texts and token payloads',
      zh: '流入日志、URL、错误信息和令牌内容的数据',
    },
  },
  {
    id: 'deletion', examined: false, channels: ['retention'], controls: ['deletion', 'retention'],
    name: { en: 'Deletion and retention', zh: '删除与保存期限' },
    asks: { en: 'kept no longer than needed', zh: '不超过必要期限' },
    shows: {
      en: 'stored elements without a retention rule or a way to delete them',
      zh: '没有保存期限规则或删除途径的已存信息',
    },
  },
];

export const bearsOn = (duty: Duty, { channel, decision }: Finding): boolean =>
  duty.channels.includes(channel) || decision.controls.some((control) => duty.controls.includes(control.replace(/\..*$/, '')));
