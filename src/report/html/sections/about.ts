// How to read the page: its words, its marks, how to search it, and what made it.
import { EFFECTS } from '#model/decision';
import { type Html, html } from '../html.ts';
import { badge, classPill, code } from '../parts.ts';
import { CLASS_MEANINGS } from '../labels.ts';
import { both } from '../tongues.ts';
import { type View, WORST_FIRST } from '../view.ts';
import type { Section } from './section.ts';

export const about = (view: View): Section => ({
  id: 'about',
  title: both('How to read this', '阅读说明'),
  intro: both('The words and marks of this page.', '本页的用语与标记。'),
  body: [effects(), words(), searching(), made(view)],
});

const EFFECT_MEANINGS: Readonly<Record<(typeof EFFECTS)[number], Html>> = {
  deny: both('must not happen; only a waiver can cover it, and some controls allow none', '不得发生；只能经豁免，部分控制项不可豁免'),
  require_approval: both('may happen once somebody with the right to do so has approved it', '经有权人员批准后方可进行'),
  warn: both('should be changed, or explained', '应当修改或说明'),
  note: both('worth knowing; sample code and code that nothing refers to is at most a note', '值得了解；示例代码和无人引用的代码至多为提示'),
  allow: both('in order, mostly because a sufficient protection was met', '符合要求，多因已有充分的保护'),
};

function effects(): Html {
  return html`<h3>${both('Decisions and classes', '判定与类别')}</h3>
<dl class="glossary">${WORST_FIRST.map((effect) => html`<div><dt>${badge(effect)}</dt><dd>${EFFECT_MEANINGS[effect]}</dd></div>`)}
${(['C3', 'C2', 'C1'] as const).map((level) => html`<div><dt>${classPill(level)}</dt><dd>${CLASS_MEANINGS[level]} ${both('(class of JR/T 0171-2020)', '（JR/T 0171-2020 类别）')}</dd></div>`)}</dl>`;
}

function words(): Html {
  const entries: readonly (readonly [Html, Html])[] = [
    [both('Element', '信息项'), both('a kind of customer data, such as an IBAN: what the data is', '一种客户信息，如国际银行账号：数据是什么')],
    [both('Source', '来源'), both('where the data is declared or first enters the program', '数据声明或首次进入程序之处')],
    [both('Sink', '流出点'), both('a call, assignment or return that takes data out: to a log, a file, another company', '将数据带出的调用、赋值或返回：日志、文件、其他公司')],
    [both('Protection', '保护'), both('a mask, hash, encryption or token met on the way, and whether it is enough here', '途中的脱敏、哈希、加密或令牌化，及其在此是否充分')],
    [both('Control', '控制项'), both('one statement of the policy; it names the clauses it answers to', '策略中的一项规定，并注明所依据的条款')],
    [both('Confidence', '置信度'), both('how sure the tool is that the value is customer data and that the path exists', '工具对“该值为客户信息”及“路径存在”的把握')],
    [both('Blocks', '阻断'), both('makes the run fail at the stage it was made for', '在所处阶段使运行失败')],
  ];
  return html`<h3>${both('Words', '用语')}</h3><dl class="glossary">${entries.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`;
}

function searching(): Html {
  const keys = ['element', 'channel', 'class', 'effect', 'standing', 'vendor', 'destination', 'file', 'control', 'duty', 'change', 'code'];
  return html`<h3>${both('Searching', '搜索')}</h3><p>${both(
    'Several words must all be there. A key narrows to one property, with alternatives behind commas: ',
    '多个词须同时出现。键可限定某一属性，备选值以逗号分隔：',
  )}${code('element:iban,email-address')}${both('. Keys: ', '。键：')}${keys.map((key) => html`${code(key)} `)}${both(
    'A value with blanks stands in quotation marks. The key / goes to the search.', '含空格的值加引号。按 / 键进入搜索框。',
  )}</p>`;
}

const made = ({ result: { tool } }: View): Html => html`<h3>${both('What made it', '生成信息')}</h3>
<p>Fiduciary ${tool.version}, ${both('catalogue', '目录')} ${code(tool.rules.slice(0, 16))}${both(
  '. The file holds names of code, never values of data. It opens no connection. Equal code gives an equal file.',
  '。本文件只含代码中的名称，不含数据的值；不访问网络。相同的代码生成相同的文件。',
)} ${both('Nothing here is legal advice.', '本文不构成法律意见。')}</p>`;
