// What was analysed, what was not and why, where the analysis had to assume or to stop, and what it cannot see at all.
import { ASSUMPTIONS } from '#model/finding';
import { EXPECTED_GAPS, type Gap } from '#model/gap';
import { CALL_TIERS, type CallTier } from '#model/result';
import { type Html, html, NOTHING, type Part } from '../html.ts';
import { GAP_LABELS } from '../labels.ts';
import { code, disclosure, list, table } from '../parts.ts';
import { both, plural } from '../tongues.ts';
import { groupBy, type View } from '../view.ts';
import type { Section } from './section.ts';

const LISTED = 500;

export const coverage = (view: View): Section => ({
  id: 'coverage',
  title: both('Coverage and limits', '覆盖范围与局限'),
  intro: both(
    'A clean report means that no flow was found under these assumptions. It is not evidence of compliance.',
    '没有发现仅表示在这些假设下没有发现数据流，并非合规证明。',
  ),
  body: [figures(view), calls(view), gaps(view), approximations(view), unseen()],
});

function figures({ result: { counts } }: View): Html {
  const figure = (value: number, title: Part): Html => html`<div><dt>${title}</dt><dd>${grouped(value)}</dd></div>`;
  return html`<h3>${both('What was analysed', '分析了什么')}</h3>
<dl class="figures">
${figure(counts.files, both('files', '文件'))}
${figure(counts.lines, both('lines', '行'))}
${figure(counts.functions, both('functions', '函数'))}
${figure(counts.calls, both('calls', '调用'))}
${figure(counts.sources, both('places with customer data', '处客户信息'))}
${figure(counts.sinks, both('sinks', '流出点'))}
${figure(counts.protectedFlows, both('flows sufficiently protected', '条已充分保护的数据流'))}${counts.exempt === undefined ? NOTHING : figure(counts.exempt, both('files of tests, mocks, stories or seeds not followed', '个未追踪的测试、模拟、故事或种子代码文件'))}
</dl>`;
}

const TIERS: Readonly<Record<CallTier, Html>> = {
  T0: both('by scope, import and alias', '按作用域、导入与别名'),
  T1: both('by class and declared type', '按类与声明的类型'),
  T1b: both('by inferred type', '按推断的类型'),
  T2: both('by the functions a value can hold', '按变量可能持有的函数'),
  library: both('a library call', '库调用'),
  unresolved: both('not resolved', '未解析'),
};

function calls({ result: { counts } }: View): Html {
  return html`<h3>${both('How calls were resolved', '调用如何解析')}</h3>
${table({
    className: 'narrow',
    caption: both('Data is followed through resolved calls and libraries; other calls are assumed to hand on what they are given', '数据沿已解析的调用和库跟踪；其余调用推定为原样传递其输入'),
    columns: [{ title: both('How', '方式'), kind: 'wide' }, { title: both('Calls', '调用数'), kind: 'num' }, { title: both('Share', '占比'), kind: 'num' }],
    rows: CALL_TIERS.map((tier) => [TIERS[tier], grouped(counts.callsByTier[tier]), `${share(counts.callsByTier[tier], counts.calls)}\u00a0%`]),
  })}`;
}

const share = (part: number, all: number): string => (all === 0 ? 0 : (part / all) * 100).toFixed(1);
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');

function gaps({ result, say }: View): Html {
  const heading = html`<h3>${both('What was not analysed', '未分析的内容')}</h3>`;
  if (result.gaps.length === 0) return html`${heading}<p>${both('Nothing was left out.', '没有遗漏。')}</p>`;
  const kinds = [...groupBy(result.gaps, (gap) => gap.kind)].sort(([a], [b]) => Number(EXPECTED_GAPS.has(a)) - Number(EXPECTED_GAPS.has(b)) || (a < b ? -1 : 1));
  return html`${heading}${kinds.map(([kind, members]) => disclosure(
    html`${GAP_LABELS[kind]} <span class="number">${members.length}</span>${EXPECTED_GAPS.has(kind) ? html` <span class="mark">${both('expected', '正常')}</span>` : NOTHING}`,
    list([
      ...members.slice(0, LISTED).map((gap) => gapLine(gap, say(({ messages }) => messages.gap(gap.kind, gap.detail)))),
      ...(members.length > LISTED ? [both(`… and ${members.length - LISTED} more`, `… 另有 ${members.length - LISTED} 个`)] : []),
    ], 'places'),
  ))}`;
}

const gapLine = ({ file, line }: Gap, sentence: Html): Html =>
  html`${file === undefined ? both('the whole run', '整次运行') : code(line === undefined ? file : `${file}:${line}`)} <span class="hint">${sentence}</span>`;

function approximations({ result: { counts }, say }: View): Html {
  const assumed = Object.entries(counts.assumptions).filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const limits = Object.entries(counts.limits).filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (assumed.length === 0 && limits.length === 0) return NOTHING;
  return html`<h3>${both('Where it had to approximate', '近似之处')}</h3>
${assumed.length === 0 ? NOTHING : table({
    className: 'narrow',
    caption: both('Assumptions in the paths of findings', '发现的路径中所作的推定'),
    columns: [{ title: both('Assumption', '推定'), kind: 'wide' }, { title: both('Times', '次数'), kind: 'num' }],
    rows: assumed.map(([assumption, count]) => [say(({ messages }) => {
      const known = ASSUMPTIONS.find((each) => each === assumption);
      return known === undefined ? assumption : messages.explain.assumption(known);
    }), grouped(count)]),
  })}
${limits.length === 0 ? NOTHING : table({
    className: 'narrow',
    caption: both('Fixed limits that keep the work bounded; beyond them findings may be missing', '约束计算量的固定上限；超出时可能有遗漏'),
    columns: [{ title: both('Limit', '上限'), kind: 'wide' }, { title: both('Times', '次数'), kind: 'num' }],
    rows: limits.map(([limit, count]) => [LIMITS[limit] ?? code(limit), grouped(count)]),
  })}`;
}

/** Limits of the engine in words; one that is new here is shown by its name. */
const LIMITS: Readonly<Record<string, Html>> = {
  'value-size': both('very large objects: fields beyond the limit were merged', '过大的对象：超出的字段被合并'),
  'function-work': both('very long functions: the rest was not followed', '过长的函数：其余部分未跟踪'),
  'recursion-passes': both('functions that call each other: a fixed number of rounds', '相互调用的函数：只迭代固定轮数'),
  'summary-sinks': both('functions with very many sinks behind them: the first were kept', '背后流出点过多的函数：只保留前若干个'),
  'summary-writes': both('functions that write to very many places: the first were kept', '写入位置过多的函数：只保留前若干个'),
  'summary-callbacks': both('functions that call very many callbacks: the first were kept', '调用回调过多的函数：只保留前若干个'),
  'function-ways': both('functions that one value holds in very many places: the rest was not followed', '同一个值在过多位置持有的函数：其余未跟踪'),
  'cell-hops': both('long chains of stores and events: cut', '过长的存储与事件链：被截断'),
  'cell-width': both('stores that are written from very many places: the first were kept', '写入来源过多的存储：只保留前若干个'),
};

function unseen(): Html {
  return html`<h3>${both('What source code cannot show', '源代码无法显示的内容')}</h3>
${list([
    both('whether consent was informed and a purpose legitimate, and whether a register tells the truth', '同意是否知情、目的是否正当，登记册是否属实'),
    both('run-time configuration, gateways, databases, disks and backups', '运行时配置、网关、数据库、磁盘与备份'),
    both('what partners and staff do with the data, and how incidents are handled', '合作方与人员如何处理数据，事件如何处置'),
    both('property names computed at run time, reflection and eval; code in other languages', '运行时计算的属性名、反射与 eval；其他语言的代码'),
    both('what a library does that no model describes; its result is taken to hold its arguments', '没有模型描述的库行为；其结果被视为含有其参数'),
  ], 'plain')}`;
}
