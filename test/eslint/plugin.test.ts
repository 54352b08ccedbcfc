// What ESLint and its tools expect of a plugin, beside its findings.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import fiduciary from '../../src/eslint/index.ts';
import { CHANNELS } from '#model/channel';
import { VERSION } from '#model/version';
import { createLinter } from './lint.ts';
import { withProgram } from './program.ts';

const plugin = suite('eslint/plugin');
const RULES = Object.keys(fiduciary.rules);

plugin('says its name, version and namespace', () => {
  assert.equal(fiduciary.meta, { name: 'fiduciary', version: VERSION, namespace: 'fiduciary' });
});

plugin('has the rules of the channels, each with all that editors and generators of documents read', () => {
  const known: readonly string[] = Object.values(CHANNELS).map(({ rule }) => rule);
  for (const [name, rule] of Object.entries(fiduciary.rules)) {
    assert.ok(known.includes(name), name);
    assert.is(rule.meta?.type, 'problem');
    assert.match(rule.meta?.docs?.url ?? '', new RegExp(`docs/rules/${name}\\.md$`));
    assert.ok(rule.meta?.schema && rule.meta.defaultOptions && rule.meta.hasSuggestions && rule.meta.messages, name);
  }
});

plugin('configurations name themselves, the plugin, the files they are for and every rule', () => {
  for (const [name, severity] of [['recommended', 'warn'], ['strict', 'error']] as const) {
    const config = fiduciary.configs[name];
    assert.is(config.name, `fiduciary/${name}`);
    assert.is(config.plugins?.['fiduciary']?.meta?.version, VERSION);
    assert.is(config.plugins?.['fiduciary']?.rules, fiduciary.rules);
    assert.ok(Array.isArray(config.files));
    assert.equal(Object.keys(config.rules ?? {}), RULES.map((rule) => `fiduciary/${rule}`));
    assert.ok(Object.values(config.rules ?? {}).every((entry) => (Array.isArray(entry) ? entry[0] : entry) === severity));
    assert.is(fiduciary.configs[`flat/${name}`], config);
  }
});

plugin('strict shows what recommended hides for low confidence', () =>
  withProgram({ 'src/a.js': 'export function show(record) {\n  console.log(record.name);\n}\n' }, async (folder) => {
    const count = async (config: typeof fiduciary.configs.strict): Promise<number> => (await createLinter(folder, { config }).lintFiles(['.']))[0]?.messages.length ?? -1;
    assert.is(await count(fiduciary.configs.recommended), 0);
    assert.ok((await count(fiduciary.configs.strict)) >= 0);
  }));

plugin('messages come in the language that was asked for', () =>
  withProgram({ 'src/a.js': 'export function show(user) {\n  console.log(user.password);\n}\n' }, async (folder) => {
    const [english] = await createLinter(folder).lintFiles(['.']);
    assert.match(english?.messages[0]?.message ?? '', /^Login password written to a log by console\.log, in show \[deny\]\. Path: enters as user\.password \(src\/a\.js:1\) → .* \([0-9a-f]{16}\)$/);
    const [chinese] = await createLinter(folder, { settings: { lang: 'zh' } }).lintFiles(['.']);
    assert.match(chinese?.messages[0]?.message ?? '', /写入日志.*【禁止】。路径：来源 user\.password/);
    assert.is(chinese?.messages.length, english?.messages.length);
  }));

plugin('mistakes in settings are told once a file, with what to do', () =>
  withProgram({ 'src/a.js': 'console.log(1);\n' }, async (folder) => {
    const told = async (settings: object): Promise<readonly string[]> => (await createLinter(folder, { settings }).lintFiles(['.']))[0]?.messages.map(({ message }) => message) ?? [];
    assert.equal(await told({ configs: 'a.yaml' }), ['Fiduciary could not analyse this file: settings.fiduciary has an unknown key "configs". Did you mean "config"?']);
    assert.equal(await told({ lang: 'de' }), ['Fiduciary could not analyse this file: settings.fiduciary lang must be one of en, zh. It may hold config, cache, lang.']);
    const [missing = ''] = await told({ config: 'nowhere.yaml' });
    assert.match(missing, /nowhere\.yaml/);
  }));

plugin('options that no rule has are refused by ESLint', () =>
  withProgram({ 'src/a.js': '' }, async (folder) => {
    const config = { ...fiduciary.configs.recommended, rules: { 'fiduciary/no-customer-data-in-logs': ['warn', { severity: 'deny' }] as ['warn', object] } };
    try {
      await createLinter(folder, { config }).lintFiles(['.']);
      assert.unreachable('it was accepted');
    } catch (error) {
      assert.match(String(error), /Unexpected property "severity"/);
    }
  }));

plugin('what a processor cuts out of a file is no file of the program', () =>
  withProgram({ 'notes.md': '```js\nconsole.log(user.password)\n```\n' }, async (folder) => {
    const processor = { preprocess: (text: string) => [{ text: text.split('```')[1]?.replace('js\n', '') ?? '', filename: '0.js' }], postprocess: (lists: never[][]) => lists.flat() };
    const config = { ...fiduciary.configs.recommended, files: ['**/*.md', '**/*.md/*.js'], processor };
    const [result] = await createLinter(folder, { config }).lintFiles(['notes.md']);
    assert.equal(result?.messages, []);
  }));

plugin.run();
