// Short words that several sections share, in both languages.
import { CHANNEL_NAMES, type Channel } from '#model/channel';
import type { Change } from '#model/change';
import type { Effect, IncidentGrade, Obligation, ObligationKind } from '#model/decision';
import type { Confidence, DataClass } from '#model/element';
import type { FindingContext } from '#model/finding';
import type { GapKind } from '#model/gap';
import { channelName } from '../channel-names.ts';
import type { Standing } from '../visible.ts';
import type { Html } from './html.ts';
import { both } from './tongues.ts';

export const EFFECT_LABELS: Readonly<Record<Effect, Html>> = {
  deny: both('Denied', '禁止'),
  require_approval: both('Needs approval', '需审批'),
  warn: both('Warning', '警告'),
  note: both('Note', '提示'),
  allow: both('Allowed', '允许'),
};

export const STANDING_LABELS: Readonly<Record<Standing, Html>> = {
  open: both('Open', '未处置'),
  uncertain: both('Uncertain', '不确定'),
  waived: both('Waived', '已豁免'),
  suppressed: both('Suppressed by a comment', '已由注释说明'),
  observed: both('Observed', '仅观察'),
  allowed: both('Allowed', '允许'),
};

export const CONFIDENCE_LABELS: Readonly<Record<Confidence, Html>> = {
  high: both('high', '高'), medium: both('medium', '中'), low: both('low', '低'),
};

export const SIDE_LABELS: Readonly<Record<FindingContext['side'], Html>> = {
  server: both('server', '服务端'), browser: both('browser', '浏览器'), unknown: both('side unknown', '运行端未知'),
};

export const CHANGE_LABELS: Readonly<Record<Change, Html>> = {
  introduced: both('New', '新增'), reached: both('Leaks more', '扩大'), moved: both('Moved', '移动'), unchanged: both('Known', '已知'), fixed: both('Fixed', '已修复'),
};

export const CLASS_MEANINGS: Readonly<Record<DataClass, Html>> = {
  C3: both('authenticates a customer or opens an account', '用于鉴别客户身份或开启账户'),
  C2: both('identifies a customer or tells about their finances', '可识别客户或反映其财务状况'),
  C1: both('for use within the bank', '机构内部使用'),
};

export const GRADE_LABELS: Readonly<Record<IncidentGrade, Html>> = {
  critical: both('critical', '特别重大'), major: both('major', '重大'), serious: both('serious', '较大'), general: both('general', '一般'),
};

export const CHANNEL_LABELS = Object.fromEntries(
  CHANNEL_NAMES.map((channel) => [channel, both(channelName(channel, 'en'), channelName(channel, 'zh'))]),
) as Readonly<Record<Channel, Html>>;

const OBLIGATIONS: Readonly<Record<ObligationKind, (what: string) => Html>> = {
  approval: (what) => both(`Get the approval of: ${what}`, `须经审批：${what}`),
  protect: (what) => both(`Protect it: ${what}`, `采取保护：${what}`),
  record: (what) => both(`Record it in: ${what}`, `登记于：${what}`),
  assess: (what) => both(`Assess first: ${what}`, `事先评估：${what}`),
  notify: (what) => both(`Notify: ${what}`, `通知：${what}`),
  review: (what) => both(`Review by ${what}`, `复核期限：${what}`),
};

export const obligationLabel = ({ kind, what }: Obligation): Html => OBLIGATIONS[kind](what);

export const GAP_LABELS: Readonly<Record<GapKind, Html>> = {
  'syntax-error': both('Syntax errors', '语法错误'),
  unreadable: both('Files that cannot be read', '无法读取的文件'),
  binary: both('Binary files', '二进制文件'),
  'too-large': both('Files that are too large', '过大的文件'),
  minified: both('Minified files', '压缩代码'),
  generated: both('Generated files', '生成的代码'),
  vendored: both('Copies of foreign code', '第三方代码副本'),
  unsupported: both('What is not supported', '不支持的内容'),
  'broken-tsconfig': both('A tsconfig that cannot be used', '无法使用的 tsconfig'),
  'symlink-loop': both('Symbolic links that lead in a circle', '成环的符号链接'),
  'limit-reached': both('Limits that were reached', '达到的上限'),
  vanished: both('Files that vanished', '消失的文件'),
  'no-sources': both('No customer data recognised', '未识别出客户信息'),
  cache: both('Cache not used', '缓存未使用'),
  'suppression-without-reason': both('Comments without a reason', '没有理由的注释'),
  'suppression-unknown-rule': both('Comments that name no known rule', '规则不存在的注释'),
  'suppression-expired': both('Comments that have expired', '已过期的注释'),
  'suppression-unused': both('Comments that cover nothing', '没有对应发现的注释'),
  'suppression-needs-waiver': both('Comments where a waiver is needed', '须以豁免代替的注释'),
  'waiver-expired': both('Waivers that have run out', '已到期的豁免'),
  'waiver-expiring': both('Waivers that run out soon', '即将到期的豁免'),
  'waiver-lapsed': both('Waivers that no longer cover what leaks', '已不能覆盖泄露范围的豁免'),
  'waiver-refused': both('Waivers of what can’t be waived', '针对不可豁免事项的豁免'),
  'waiver-unused': both('Waivers that cover nothing', '没有对应发现的豁免'),
  'waiver-over-broad': both('Waivers that accept more than leaks', '范围过宽的豁免'),
  'no-merge-base': both('No base to compare with', '没有可比较的基准'),
  'baseline-stale': both('Fixed findings still in the baseline', '基线中已修复的发现'),
  'baseline-expired': both('Expired entries of the baseline', '基线中已过期的条目'),
};
