// The catalogue's categories and regions of vendors in both languages. A word that is not known here is shown as it stands there.
import type { Language } from '../../report-options.ts';

const CATEGORIES: Readonly<Record<string, string>> = {
  'AI service': '人工智能服务', 'IP geolocation': 'IP 定位', 'SMS and voice': '短信与语音', advertising: '广告', analytics: '行为分析',
  'anti-fraud': '反欺诈', attribution: '归因分析', avatar: '头像服务', 'business register': '工商信息', captcha: '人机验证',
  'code hosting': '代码托管', 'credit bureau': '征信', 'customer data platform': '客户数据平台', 'customer relations': '客户关系管理',
  'customer support': '客户服务', 'device identity': '设备标识', 'e-signature': '电子签名', 'error monitoring': '错误监控',
  'feature flags': '功能开关', 'hosted data': '托管数据库', 'hosted identity': '托管身份认证', 'hosted logs': '托管日志',
  'identity check': '身份核验', incident: '事件管理', mail: '邮件', maps: '地图', 'marketing automation': '营销自动化',
  'open banking': '开放银行', payment: '支付', 'performance monitoring': '性能监控', platform: '平台服务', 'product guidance': '产品引导',
  push: '消息推送', screening: '名单筛查', 'session replay': '会话回放', survey: '问卷', ticketing: '工单', 'vector store': '向量库',
  'work chat': '办公通讯',
};

const REGIONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  AE: { en: 'United Arab Emirates', zh: '阿联酋' }, BR: { en: 'Brazil', zh: '巴西' }, CN: { en: 'mainland China', zh: '中国境内' },
  EU: { en: 'European Union', zh: '欧盟' }, GB: { en: 'United Kingdom', zh: '英国' }, IN: { en: 'India', zh: '印度' },
  JP: { en: 'Japan', zh: '日本' }, KE: { en: 'Kenya', zh: '肯尼亚' }, NG: { en: 'Nigeria', zh: '尼日利亚' }, RU: { en: 'Russia', zh: '俄罗斯' },
  SG: { en: 'Singapore', zh: '新加坡' }, US: { en: 'United States', zh: '美国' },
  chosen: { en: 'region chosen by the customer of the service', zh: '地区由使用方选择' },
  'self-hosted': { en: 'often self-hosted', zh: '常为自行部署' },
};

export const categoryLabel = (category: string, lang: Language): string => (lang === 'zh' ? CATEGORIES[category] ?? category : category);
export const regionLabel = (region: string, lang: Language): string => REGIONS[region]?.[lang] ?? region;
