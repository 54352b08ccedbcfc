// Words of the processing record in both languages.
import type { DataClass, ProtectionKind } from '#model/element';
import type { Protection } from '#model/finding';
import type { Language } from '../report-options.ts';

export interface InventoryWords {
  readonly title: string;
  summary(elements: number, destinations: number, findings: number): string;
  withoutElement(count: number): string;
  gaps(count: number): string;
  readonly empty: string;
  readonly limits: string;
  readonly classTitle: Readonly<Record<DataClass, string>>;
  readonly columns: Readonly<Record<'element' | 'channel' | 'destination' | 'findings' | 'protections' | 'places', string>>;
  readonly protection: Readonly<Record<ProtectionKind, string>>;
  readonly worth: Readonly<Record<Protection['worth'], string>>;
  waived(count: number): string;
  suppressed(count: number): string;
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const ENGLISH: InventoryWords = {
  title: 'Processing record',
  summary: (elements, destinations, findings) => `${plural(elements, 'data element')} going to ${plural(destinations, 'destination')}, from ${plural(findings, 'finding')}.`,
  withoutElement: (count) => `${plural(count, 'finding')} without a recognised element ${count === 1 ? 'is' : 'are'} not in the tables.`,
  gaps: (count) => `Not everything was analysed: ${plural(count, 'gap')}, listed by \`fiduciary scan\`.`,
  empty: 'No element of customer data was seen to go anywhere.',
  limits: 'Drawn from source code alone: what gateways, databases, partners and staff do with the data is not in it.',
  classTitle: {
    C3: 'Class C3: authenticates a customer, or opens an account',
    C2: 'Class C2: identifies a customer, or tells about their finances',
    C1: 'Class C1: for use within the bank',
  },
  columns: { element: 'Element', channel: 'Channel', destination: 'Destination', findings: 'Findings', protections: 'Protections met', places: 'Places' },
  protection: { mask: 'mask', hash: 'hash', hmac: 'keyed hash', encrypt: 'encryption', token: 'token', encode: 'encoding' },
  worth: { sufficient: 'sufficient', weak: 'too weak', none: 'no protection' },
  waived: (count) => `${count} of them waived`,
  suppressed: (count) => `${count} of them suppressed`,
};

const CHINESE: InventoryWords = {
  title: '数据处理活动记录',
  summary: (elements, destinations, findings) => `${findings} 个发现中，共 ${elements} 类信息流向 ${destinations} 个去向。`,
  withoutElement: (count) => `另有 ${count} 个发现未识别出具体信息，不在表中。`,
  gaps: (count) => `并非全部内容都得到分析：有 ${count} 处缺口，由 \`fiduciary scan\` 列出。`,
  empty: '没有发现任何客户信息流向他处。',
  limits: '仅依据源代码得出：网关、数据库、合作方和人员对数据的处理不在其中。',
  classTitle: { C3: 'C3 类：用于鉴别客户身份或开启账户', C2: 'C2 类：可识别客户或反映其财务状况', C1: 'C1 类：机构内部使用' },
  columns: { element: '信息', channel: '渠道', destination: '去向', findings: '发现', protections: '途中的保护', places: '位置' },
  protection: { mask: '脱敏', hash: '哈希', hmac: '带密钥的哈希', encrypt: '加密', token: '令牌化', encode: '编码' },
  worth: { sufficient: '充分', weak: '强度不足', none: '不构成保护' },
  waived: (count) => `其中 ${count} 个已豁免`,
  suppressed: (count) => `其中 ${count} 个已由注释说明`,
};

const TABLES: Readonly<Record<Language, InventoryWords>> = { en: ENGLISH, zh: CHINESE };

export const inventoryWords = (lang: Language): InventoryWords => TABLES[lang];
