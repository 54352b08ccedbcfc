// The pages of docs/policies: one per topic with its controls, one per regulation, the matrix of both, the profiles.
import type { Clause, Control, OnUnknown, Profile, Regulation, Topic } from './read-policies.ts';

const UNKNOWN: Readonly<Record<OnUnknown, string>> = { fail: 'judged as the worst it may be', warn: 'a warning', note: 'a note', ignore: 'not held against the flow' };
const NOTE = '<!-- made by scripts/generate-policy-docs.ts from policies/; change it there -->\n';

export interface Policies {
  readonly topics: readonly Topic[];
  readonly controls: readonly Control[];
  readonly regulations: readonly Regulation[];
  readonly profiles: readonly Profile[];
}

export function renderPages(policies: Policies): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage(policies)],
    ['profiles.md', profilesPage(policies)],
    ...policies.topics.map((topic) => [`${topic.id}.md`, topicPage(topic, policies)] as const),
    ...policies.regulations.map((regulation) => [`regulation-${regulation.id}.md`, regulationPage(regulation)] as const),
  ]);
}

function indexPage({ topics, controls, regulations }: Policies): string {
  const head = ['control', 'asks for', ...regulations.map(({ id }) => `[${id}](regulation-${id}.md)`)];
  const rows = controls.map((control) => [
    `[${control.id}](${control.topic}.md#${anchor(control)})${control.detected ? '' : ' *not yet detected*'}`,
    control.effect,
    ...regulations.map((regulation) => clausesFor(control, [regulation]).map((clause) => number(clause, regulation)).join(', ')),
  ]);
  return [
    NOTE, '# Policies', '',
    'What the shipped policies ask for, by topic, and which clause each control answers to. `?` marks a clause whose number nobody has',
    'compared with the text in force; `*` one that is cited only for the elements it speaks of. How to write a policy of your own stands',
    'in [docs/policy.md](../policy.md), what a profile changes in [profiles.md](profiles.md).', '',
    ...topics.map((topic) => `- [${topic.title}](${topic.id}.md) ${topic.title_zh}`), '',
    '## Controls and clauses', '', table(head, rows), '',
  ].join('\n');
}

function topicPage(topic: Topic, { controls, regulations }: Policies): string {
  const own = controls.filter((control) => control.topic === topic.id);
  return [NOTE, `# ${topic.title} · ${topic.title_zh}`, '', topic.description, '', ...own.flatMap((control) => section(control, regulations))].join('\n');
}

function section(control: Control, regulations: readonly Regulation[]): readonly string[] {
  const facts = [
    `asks for **${control.effect}**`,
    `channels: ${control.channels.join(', ')}`,
    ...(control.params.length > 0 ? [`parameters: ${control.params.map((name) => `\`${name}\``).join(', ')}`] : []),
    ...(control.waivable ? [] : ['cannot be waived']),
    ...(control.effective === undefined ? [] : [`in force from ${control.effective}; before that a denial counts as a warning`]),
    ...(control.detected ? [] : ['*not yet detected*: the control is there and tested, the analyser does not report such findings yet']),
    ...(control.unknown === undefined ? [] : [`what is not known is ${UNKNOWN[control.on_unknown ?? 'fail']}: ${control.unknown}（${control.unknown_zh ?? ''}）`]),
  ];
  const clauses = clausesFor(control, regulations).map((clause) => [clause.clause, `${clause.title} · ${clause.title_zh}`, clause.verified ? 'yes' : 'not yet', clause.elements === undefined ? 'all' : 'some']);
  return [
    `## ${control.id}`, '', `**${control.title}** · ${control.title_zh}`, '', control.description, '', control.description_zh, '',
    `What to do: ${control.remediation}`, '', `处理：${control.remediation_zh}`, '', ...facts.map((fact) => `- ${fact}`), '',
    table(['clause', 'what it says', 'number compared with the text', 'cited for elements'], clauses), '',
  ];
}

function regulationPage(regulation: Regulation): string {
  const rows = regulation.clauses.map((clause) => [
    clause.clause, `${clause.title} · ${clause.title_zh}`, clause.verified ? 'yes' : 'not yet',
    clause.controls.map((id) => `\`${id}\``).join(', '), clause.elements?.join(', ') ?? 'all',
  ]);
  return [
    NOTE, `# ${regulation.name} · ${regulation.name_zh}`, '', `Edition: ${regulation.edition}. An engineering reference in our own words, no legal advice.`, '',
    table(['clause', 'what it says', 'number compared with the text', 'controls', 'elements'], rows), '',
  ].join('\n');
}

function profilesPage({ profiles }: Policies): string {
  const parts = profiles.flatMap((profile) => [
    `## ${profile.id}`, '', `${profile.title}. Cites, in this order: ${profile.regulations.join(', ')}.`, '',
    table(['stage', 'what happens'], Object.entries(profile.enforcement).map(([stage, rules]) => [stage, Object.entries(rules).map(([what, how]) => `${what === '*' ? 'everything else' : what}: ${how}`).join('; ')])), '',
    ...(Object.keys(profile.params).length === 0 ? [] : ['Parameters that differ from `policies/params.yaml`:', '', '```json', JSON.stringify(profile.params, undefined, 2), '```', '']),
  ]);
  return [
    NOTE, '# Profiles', '',
    'A profile chooses regulations, parameters and what blocks at which stage. `off` is silent, `observe` shows what would have', 'blocked, `advise` tells, `block` makes the run fail.', '',
    ...parts,
  ].join('\n');
}

const clausesFor = (control: Control, regulations: readonly Regulation[]): readonly Clause[] =>
  regulations.flatMap(({ clauses }) => clauses.filter((clause) => clause.controls.includes(control.id)));

/** The clause without the name of its regulation, which heads the column. */
function number(clause: Clause, regulation: Regulation): string {
  const prefix = regulation.clauses.map(({ clause: text }) => text).reduce(common);
  return `${clause.clause.slice(prefix.length)}${clause.verified ? '' : '?'}${clause.elements === undefined ? '' : '\\*'}`;
}

function common(a: string, b: string): string {
  const words = b.split(' ');
  return a.split(' ').filter((word, index, all) => all.slice(0, index + 1).every((each, at) => each === words[at])).map((word) => `${word} `).join('').replace(/ +$/, ' ');
}

const anchor = ({ id }: Control): string => id.replaceAll('.', '');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
