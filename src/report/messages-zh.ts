// Chinese sentences, in the words of the standards that a Chinese bank's developers and auditors know.
import type { Channel } from '#model/channel';
import type { IncidentGrade } from '#model/decision';
import type { Headline, Messages } from './messages.ts';

const CITED = 4;

const GRADES: Readonly<Record<IncidentGrade, string>> = { critical: '特别重大', major: '重大', serious: '较大', general: '一般' };

/** Ids of roles, registers and authorities that policies use; a bank's own stay as they are. */
const NAMES: Readonly<Record<string, string>> = {
  compliance: '合规部门', 'data-protection-officer': '个人信息保护负责人', security: '安全部门', 'third-party-register': '第三方登记簿',
  'storage-register': '存储登记簿', 'cross-border': '出境', encrypt: '加密', mask: '脱敏', hash: '哈希', regulator: '监管机构',
  'data-protection-authority': '个人信息保护主管部门', 'supervisory-authority': '监督机构', 'card-schemes': '卡组织', customers: '客户',
};
const named = (id: string): string => NAMES[id] ?? id;

const HEADLINES: Readonly<Record<Channel, (parts: Headline) => string>> = {
  log: ({ what, callee }) => `${what}经 ${callee} 写入日志`,
  transport: ({ what, callee, destination, transport }) =>
    `${what}经 ${callee} 通过${transport === 'unverified' ? '未校验证书' : '未加密'}的连接传输${destination === '' ? '' : `（${destination}）`}`,
  'third-party': ({ what, callee, vendor, destination }) => `${what}经 ${callee} 发送给 ${vendor || destination || '第三方'}`,
  storage: ({ what, callee }) => `${what}经 ${callee} 未加保护地存储`,
  url: ({ what, callee }) => `${what}经 ${callee} 放入 URL`,
  error: ({ what, callee }) => `${what}经 ${callee} 放入错误信息`,
  response: ({ what, callee }) => `${what}经 ${callee} 返回给客户端`,
  token: ({ what, callee }) => `${what}经 ${callee} 放入令牌`,
  collection: ({ what, callee }) => `${callee} 收集${what}前未检查客户同意`,
  access: ({ what, callee }) => `${callee} 提供${what}时没有访问控制`,
  use: ({ what, callee }) => `${what}被 ${callee} 用于约定目的之外`,
  retention: ({ what, callee }) => `${callee} 存储${what}但没有保存期限`,
  literal: ({ what }) => `${what}写在代码中`,
  protection: ({ what, callee }) => `${callee} 对${what}的保护强度不足`,
};

const SITE_HEADLINES: Readonly<Partial<Record<Channel, (parts: Headline) => string>>> = {
  transport: ({ callee, destination, transport }) =>
    `${transport === 'unverified' ? '证书校验被关闭' : '连接未加密'}${callee === '' ? '' : `：${callee}`}${destination === '' ? '' : `（${destination}）`}`,
  protection: ({ callee }) => `保护强度不足：${callee}`,
  literal: () => '客户信息写在代码中',
};

export const CHINESE: Messages = {
  effect: { deny: '禁止', require_approval: '需审批', warn: '警告', note: '提示', allow: '允许' },
  rule: {
    log: { title: '客户信息写入日志', why: '日志会被复制、转发，阅读者远超有权查看数据的人员，且很少被删除' },
    transport: { title: '未加密传输', why: '未经加密和校验的传输内容，途中任何人都可以读取或篡改' },
    'third-party': { title: '向第三方提供客户信息', why: '向第三方提供数据须事先评估、订立合同并取得所需的同意' },
    storage: { title: '客户信息未加保护存储', why: '明文存储的数据会随设备、备份或浏览器配置一并泄露' },
    url: { title: 'URL 中含客户信息', why: 'URL 会留在浏览器历史、代理和服务器日志以及 Referer 中' },
    error: { title: '错误信息中含客户信息', why: '错误文本会进入日志、监控服务和返回给客户端的应答' },
    response: { title: '应答超出必要范围', why: '应答中的一切内容无论是否显示都已到达客户端，只能返回必要的字段' },
    token: { title: '令牌中含客户信息', why: '令牌只是签名而非加密，持有者即可读取其内容' },
    collection: { title: '未经同意收集', why: '需要同意的信息，只有在检查同意之后才可以收集' },
    access: { title: '客户信息缺少访问控制', why: '只有经过权限检查的调用方才能取得客户信息，且访问必须留痕' },
    use: { title: '超出目的使用', why: '信息只能用于收集时约定的目的' },
    retention: { title: '存储缺少保存期限', why: '信息的保存时间不得超过实现目的所必需，存储须有删除途径' },
    literal: { title: '代码中写有客户信息', why: '源代码会被复制到许多机器上，且永远留存' },
    protection: { title: '保护强度不足', why: '可以被还原的保护等于没有保护' },
  },
  headline: (channel, parts) =>
    (parts.what === '' ? SITE_HEADLINES[channel] : undefined)?.(parts) ?? HEADLINES[channel]({ ...parts, what: parts.what || '客户信息' }),
  fix(channel, secret, site) {
    switch (channel) {
      case 'log': return secret ? '从日志调用中去掉：鉴别信息不得以任何形式写入日志。' : '改为记录内部编号，或在写入日志前脱敏。';
      case 'transport': return site ? '使用加密连接（https:、wss:、TLS）并开启证书校验。' : '通过开启证书校验的加密连接（https:、wss:、TLS）传输。';
      case 'third-party': return secret ? '不要发送：鉴别信息不应提供给任何第三方。' : '从发送内容中去掉，或改为发送带密钥的假名；确需提供的须在登记册中有已评估的记录。';
      case 'storage': return secret ? '不要存储；口令只保存加盐慢哈希，令牌放入 HttpOnly Cookie 或密钥库。' : '存储前加密或令牌化，或不在此处存储。';
      case 'url': return secret ? '放入 POST 请求的正文或请求头，绝不放入 URL。' : '放入请求正文，或在 URL 中使用不透明编号。';
      case 'error': return '在错误中用内部编号指代记录，而不是客户信息。';
      case 'response': return secret ? '从应答中去掉：逐个列出可以返回的字段。' : '只按名称返回必要的字段，仅供展示的内容应脱敏。';
      case 'token': return '令牌中只保留不透明的主体编号，其余在服务端查询。';
      case 'collection': return '在首次使用数据之前检查该目的的同意。';
      case 'access': return '在处理函数之前加上授权检查，并记录谁访问了什么。';
      case 'use': return '去掉该数据流，或将该目的加入同意书和登记册。';
      case 'retention': return '为存储设置到期时间、删除途径或登记的保存规则。';
      case 'literal': return '换成生成的测试数据，或从受保护的存储中读取。';
      case 'protection': return secret ? '口令使用加盐慢哈希（argon2、scrypt、bcrypt），其他使用带认证的加密。' : '改用带认证的加密或带密钥的哈希（HMAC）。';
      default: return channel satisfies never;
    }
  },
  step(kind, names) {
    const named = (verb: string, without: string): string => (names.length === 0 ? without : `${verb} ${names.join('、')}`);
    switch (kind) {
      case 'source': return named('来源', '由此进入');
      case 'read': return named('读取', '在此读取');
      case 'assign': return named('赋值给', '在此赋值');
      case 'call': return named('传入', '继续传递');
      case 'return': return named('返回自', '在此返回');
      case 'store': return named('存入', '在此存入');
      case 'load': return named('取自', '在此取出');
      case 'transform': return named('经过', '在此转换');
      case 'protect': return named('保护措施', '在此保护');
      case 'callback': return named('交给回调', '交给回调');
      case 'sink': return named('到达', '由此流出');
      default: return kind satisfies never;
    }
  },
  list: (words) => (words.length > 5 ? `${words.slice(0, 4).join('、')}等 ${words.length} 项` : words.join('、')),
  within: (symbol) => `，位于 ${symbol}`,
  codeKind: (kind) => ({
    production: '', development: '仅开发环境', test: '测试代码', story: '组件示例', mock: '模拟代码', seed: '种子数据', example: '示例代码', script: '脚本',
  })[kind],
  witness: (witness) => ({
    annotation: '注解', schema: '模式定义', 'declared-type': '声明的类型', 'shape-by-use': '使用方式',
    'owner-name': '所属对象的名称', 'own-name': '自身名称', 'entity-name': '对象名称',
  })[witness],
  cite: (sentence, citations) => {
    if (citations.length === 0) return `${sentence}。`;
    const more = citations.length - CITED;
    return `${sentence}（${citations.slice(0, CITED).join('、')}${more > 0 ? `等 ${citations.length} 条` : ''}）。`;
  },
  unverified: '条款后的 ? 表示条款编号尚未与现行文本核对',
  obligation: (kind, what) => {
    switch (kind) {
      case 'approval': return `须经${named(what)}审批`;
      case 'protect': return `须加保护：${named(what)}`;
      case 'record': return `须登记于${named(what)}`;
      case 'assess': return what === 'cross-border' ? '须作出境安全评估' : `须在${named(what)}中完成评估`;
      case 'notify': return `须通知${named(what)}`;
      case 'review': return `复核期限 ${what}`;
      default: return kind satisfies never;
    }
  },
  incident: ({ grade, report, withinHours }) =>
    `一旦发生属${GRADES[grade]}事件，须报告${report.map(named).join('、')}${withinHours === undefined ? '' : `，时限 ${withinHours} 小时`}`,
  effectiveFrom: (day) => `自 ${day} 起生效，此前为警告`,
  moreSteps: (count) => `… 另有 ${count} 步`,
  moreSources: (count, some) => `另有 ${count} 个来源${some.length === 0 ? '' : `：${some.join('、')}${count > some.length ? '、…' : ''}`}`,
  assumed: '推定',
  broadened: '近似',
  dormant: '没有任何代码引用',
  whyLabel: '原因',
  fixLabel: '修复',
  needLabel: '须做',
  idLabel: '编号',
  newLabel: '新增',
  summary({ findings, files, effects, blocking }) {
    const words = effects.map(({ effect, count }) =>
      `${({ deny: '禁止', require_approval: '需审批', warn: '警告', note: '提示', allow: '允许' })[effect]} ${count}`);
    return `${files} 个文件中有 ${findings} 个问题：${words.join('，')}；${blocking === 0 ? '均不阻断' : `其中 ${blocking} 个阻断`}`;
  },
  nothingFound: '没有发现问题',
  analysed: ({ files, lines, sources, sinks, protectedFlows }) =>
    `已分析 ${files} 个文件（${lines} 行）：${sources} 处客户信息，${sinks} 个流出点${protectedFlows > 0 ? `，${protectedFlows} 条数据流已充分保护` : ''}`,
  exempt: (files) => `${files} 个测试、模拟、故事或种子代码文件未追踪：策略允许其行为`,
  hiddenByConfidence: (count) => `${count} 个低置信度问题未显示（--confidence low 显示全部）`,
  hiddenByQuiet: (count) => `${count} 个警告和提示未显示（--quiet）`,
  observed: (count) => `${count} 个问题在此阶段仅观察`,
  suppressed: (count) => `${count} 个问题已由注释说明理由而不再提示`,
  waived: (count) => `${count} 个问题已获豁免`,
  allowed: (count) => `${count} 条数据流为策略所允许`,
  gap(kind, detail) {
    const because = detail === '' ? '' : `：${detail}`;
    switch (kind) {
      case 'syntax-error': return `语法错误${because}`;
      case 'unreadable': return `无法读取${because}`;
      case 'binary': return '二进制文件';
      case 'too-large': return `文件过大${because}`;
      case 'minified': return '压缩代码';
      case 'generated': return '生成的代码';
      case 'vendored': return '第三方代码副本';
      case 'unsupported': return `不支持${because}`;
      case 'broken-tsconfig': return `tsconfig 无法使用${because}`;
      case 'symlink-loop': return '符号链接成环';
      case 'limit-reached': return `达到上限${because}；可能有遗漏`;
      case 'vanished': return '读取过程中文件消失';
      case 'no-sources': return '没有识别出任何客户信息：或确实没有，或名称与类型不在目录中（可尝试：fiduciary catalog test 名称）';
      case 'cache': return `缓存无法使用${because}`;
      case 'suppression-without-reason': return `fiduciary-allow ${detail} 没有理由，不起作用：请在规则后写“-- 理由”`;
      case 'suppression-unknown-rule': return detail === '' ? 'fiduciary-allow 没有写明规则' : `fiduciary-allow 的规则不存在：${detail}`;
      case 'suppression-expired': return `fiduciary-allow ${detail} 已过期，或日期不是 2027-01-31 的形式`;
      case 'suppression-unused': return `fiduciary-allow ${detail} 没有对应的问题，可以删除`;
      case 'suppression-needs-waiver': return `fiduciary-allow ${detail} 不能用于被禁止或需审批的问题`;
      case 'no-merge-base': return `无法与变更的基准比较${because}；所有问题都按新增处理（请检出完整历史：fetch-depth: 0）`;
      case 'baseline-stale': return `基线中有 ${detail} 个问题已修复，若再次出现将不被察觉（收紧基线：fiduciary baseline）`;
      case 'waiver-expired': return `豁免 ${detail} 已到期，对应问题重新生效`;
      case 'waiver-expiring': return `豁免 ${detail} 即将到期`;
      case 'waiver-lapsed': return `豁免 ${detail} 失效：泄露的数据超出已接受的范围`;
      case 'waiver-refused': return `豁免 ${detail} 不起作用：相关控制不可豁免`;
      case 'waiver-unused': return `豁免 ${detail} 没有对应的问题，可以删除`;
      case 'waiver-over-broad': return `豁免 ${detail} 接受的要素多于实际泄露，请删去多余要素`;
      case 'baseline-expired': return `基线中有 ${detail} 条已过期，不再有效`;
      default: return kind satisfies never;
    }
  },
  notAnalysed: (files) => `${files} 个文件未能完整分析：`,
  skipped: (files) => `${files} 个文件因压缩、生成、第三方副本或二进制而略过`,
  change: { introduced: '新增', reached: '泄露范围扩大', moved: '已移动', unchanged: '已知', fixed: '已修复' },
  compared: (base, { introduced, reached, moved, unchanged, fixed }) =>
    `与 ${base} 比较：新增 ${introduced}，扩大 ${reached}，移动 ${moved}，已知 ${unchanged}，已修复 ${fixed}`,
  hiddenKnown: (count) => `${count} 个已知问题未显示（--known 显示全部）`,
  more: (count) => `… 另有 ${count} 个`,
  nothingAnalysed: '没有分析任何文件',
  lint: ({ headline, marks, steps, fix, id }) => `${headline}【${marks.join('，')}】。${steps.length === 0 ? '' : `路径：${steps.join(' → ')}。`}${fix}（${id}）`,
  lintNotAnalysed: (problem, hint, place) => `Fiduciary 无法分析此文件：${problem}${place === '' ? '' : `（${place}）`}。${hint}`,
  lintPartial: 'Fiduciary 尚未了解整个项目，目前只显示单个文件内的数据流。运行一次 "npx fiduciary scan" 即可看到跨文件的数据流。',
  suggestReplace: (from, to) => `将 ${from} 替换为 ${to}`,
  explain: {
    data: '数据',
    path: (source) => (source === '' ? '路径' : `${source} 的路径`),
    protections: '途中的保护',
    assumptions: '所作的推定',
    decision: '判定',
    blocks: '阻断',
    worth: { sufficient: '在此充分', weak: '在此强度不足', none: '在此不构成保护' },
    assumption: (assumption) => ({
      'unknown-call': '看不到代码的调用被视为原样传递',
      'field-based': '对象未知，同名字段被视为同一字段',
      broadened: '达到上限，路径或字段被合并',
      'entity-shape': '按名称推定对象所含的信息',
      'shape-by-use': '按读取的字段推定对象所含的信息',
      callback: '推定回调会以该数据被调用',
      'dynamic-key': '计算得到的键被视为任意字段',
      'partly-shown': '只显示对象的一部分：其文本的开头，或模板选用的字段',
    })[assumption],
    knownBy: (witness, evidence) => `依据${witness}${evidence === '' ? '' : `：${evidence}`}`,
    note(kind, names, element, reason) {
      const subject = names === '' ? '此处' : names;
      const because = reason === '' ? '' : `：${reason}`;
      switch (kind) {
        case 'classified': return `${subject} 被识别为${element}${because}`;
        case 'flow': return `客户信息流经 ${subject}${because}`;
        case 'stopped': return `数据流止于 ${subject}${because}`;
        case 'sink': return `${subject} 是流出点${because}`;
        case 'not-analysed': return `${subject} 未被分析${because}`;
        default: return kind satisfies never;
      }
    },
    reportedHere: '在此报告',
    passesHere: '该问题的路径经过此处',
    hiddenAllowed: '未报告：判定为允许',
    hiddenObserved: '未报告：在此阶段仅观察',
    hiddenWaived: (because) => `未报告：已获豁免（${because}）`,
    hiddenSuppressed: (because) => `未报告：已由注释说明理由（${because}）`,
    hiddenLow: '默认不报告：置信度低（--confidence low）',
    isReported: '已报告',
    gap: (text) => `未分析：${text}`,
    nothingHere: (place) => `${place}：此处既没有识别出客户信息，也没有目录中的流出点。可用 fiduciary catalog test 名称 试查`,
  },
};
