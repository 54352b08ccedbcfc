// What a channel is called where it stands for a place that data goes to, without judging it.
import type { Channel } from '#model/channel';
import type { Language } from './report-options.ts';

const NAMES: Readonly<Record<Channel, Readonly<Record<Language, string>>>> = {
  log: { en: 'Logs', zh: '日志' },
  transport: { en: 'Unsafe connection', zh: '不安全连接' },
  'third-party': { en: 'Third party', zh: '第三方' },
  storage: { en: 'Storage', zh: '存储' },
  url: { en: 'URL', zh: 'URL' },
  error: { en: 'Error text', zh: '错误信息' },
  response: { en: 'API answer', zh: '接口应答' },
  token: { en: 'Token', zh: '令牌' },
  collection: { en: 'Collection', zh: '收集' },
  access: { en: 'Access', zh: '访问' },
  use: { en: 'Other use', zh: '其他用途' },
  retention: { en: 'Retention', zh: '保存' },
  literal: { en: 'Source code', zh: '源代码' },
  protection: { en: 'Weak protection', zh: '弱保护' },
};

export const channelName = (channel: Channel, lang: Language): string => NAMES[channel][lang];
