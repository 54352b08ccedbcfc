// Writes the parts of docs/rules that the rules themselves say (title, reason, weakness, options, remedy), and the list in
// docs/eslint.md; with --check it only compares. The samples and what stands around them are written by hand.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Rule } from 'eslint';
import { RULES } from '../src/eslint/rules.ts';
import { CHANNEL_NAMES, CHANNELS, type Channel } from '../src/model/channel.ts';
import { CHANNEL_FACTS } from '../src/report/channel-facts.ts';
import { ENGLISH } from '../src/report/messages-en.ts';

const FOLDER = 'docs/rules';
const INDEX = 'docs/eslint.md';

const block = (name: string): RegExp => new RegExp(`(<!-- ${name}:begin[^>]*-->\\n\\n)[^]*?(<!-- ${name}:end -->)`);

const detected = CHANNEL_NAMES.filter((channel) => CHANNELS[channel].rule in RULES);
const stale: string[] = [];
for (const channel of detected) {
  const { rule } = CHANNELS[channel];
  fill(`${FOLDER}/${rule}.md`, new Map([['rule', head(channel)], ['use', use(channel, (RULES as Readonly<Record<string, Rule.RuleModule>>)[rule])]]));
}
fill(INDEX, new Map([['rules', index()]]));
const stray = readdirSync(FOLDER).filter((name) => !detected.some((channel) => `${CHANNELS[channel].rule}.md` === name));
stale.push(...stray.map((name) => `${FOLDER}/${name} is no rule's`));

if (process.argv.includes('--check') && stale.length > 0) {
  process.stdout.write(`not what the rules say; run scripts/generate-rule-docs.ts: ${stale.join(', ')}\n`);
  process.exitCode = 1;
}

function fill(file: string, parts: ReadonlyMap<string, string>): void {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  let text = old;
  for (const [name, part] of parts) {
    if (!block(name).test(old)) stale.push(`${file} has no place for ${name}`);
    text = text.replace(block(name), (_, begin: string, end: string) => `${begin}${part}\n\n${end}`);
  }
  if (text === old) return;
  if (process.argv.includes('--check')) stale.push(file);
  else writeFileSync(file, text);
}

function head(channel: Channel): string {
  const { title, why } = ENGLISH.rule[channel];
  const { cwe, cweName, citations } = CHANNEL_FACTS[channel];
  return `# ${CHANNELS[channel].rule}

${title}. ${ENGLISH.cite(why, citations)}

Weakness: CWE-${cwe}, ${cweName}. In \`recommended\` a warning, in \`strict\` an error. Needs no types. SARIF rule of the same name.`;
}

function use(channel: Channel, rule: Rule.RuleModule | undefined): string {
  const { rule: name } = CHANNELS[channel];
  const [schema] = (rule?.meta?.schema ?? []) as readonly [{ readonly properties: Readonly<Record<string, { readonly enum: readonly string[]; readonly description: string }>> }];
  const [defaults] = (rule?.meta?.defaultOptions ?? []) as readonly Readonly<Record<string, string>>[];
  const rows = Object.entries(schema.properties).map(([key, { enum: values, description }]) =>
    `| \`${key}\` | ${values.map((value) => `\`${value}\`${defaults?.[key] === value ? ' (default)' : ''}`).join(', ')} | ${description} |`);
  const fixes = [...new Set([false, true].flatMap((site) => [false, true].map((secret) => ENGLISH.fix(channel, secret, site))))];
  return `## Options

| option | values | meaning |
|---|---|---|
${rows.join('\n')}

What holds for all rules (settings file, cache, language) stands in [eslint.md](../eslint.md).

## How to fix

${fixes.map((fix) => `- ${fix}`).join('\n')}

A mask, a hash or a cipher of your own that is not recognised can be declared in a catalogue file of the project
([rules/README.md](../../rules/README.md)); \`fiduciary explain FILE:LINE\` says what was seen.

## How to suppress

\`\`\`ts
// fiduciary-allow ${name} -- the reason, for whoever reads it next
\`\`\`

A comment silences warnings and notes on its line, or of the statement below it. What is denied or needs approval it does not
silence. It may end: \`until 2027-01-31\`.`;
}

function index(): string {
  return ['| rule | reports |', '|---|---|', ...detected.map((channel) => {
    const { rule } = CHANNELS[channel];
    return `| [${rule}](rules/${rule}.md) | ${ENGLISH.rule[channel].title} |`;
  })].join('\n');
}
