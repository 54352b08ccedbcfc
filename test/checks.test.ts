// The house checks see what they are made to see.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { prohibitedIn } from '../scripts/checks/prohibited.ts';
import { parseText } from '../scripts/checks/sources.ts';
import { unusedExports } from '../scripts/checks/unused-exports.ts';

const checks = suite('house checks');
const prohibited = (file: string, text: string): readonly string[] => prohibitedIn(parseText(file, text)).map(({ where, what }) => `${where} ${what.split(' is excluded')[0]}`);
const unused = (files: Readonly<Record<string, string>>): readonly string[] => {
  const sources = Object.entries(files).map(([file, text]) => parseText(file, text));
  return unusedExports(sources.filter(({ fileName }) => fileName.startsWith('src/')), sources).map(({ what }) => what.split(' ')[1] ?? '');
};

checks('excluded calls and forms are told with their line', () => {
  assert.equal(prohibited('src/flow/a.ts', 'export const a = Date.now();\nconsole.log(a);'), ['src/flow/a.ts:1 Date.now', 'src/flow/a.ts:2 console']);
  assert.equal(prohibited('src/flow/a.ts', 'const a: any = b!; a.localeCompare(new Date());'), [
    'src/flow/a.ts:1 any', 'src/flow/a.ts:1 the non-null !', 'src/flow/a.ts:1 localeCompare', 'src/flow/a.ts:1 new Date()',
  ]);
  assert.equal(prohibited('src/flow/a.ts', 'export default function a() {}'), ['src/flow/a.ts:1 a default export']);
});

checks('what a folder may do, and names that only look alike, are left alone', () => {
  assert.equal(prohibited('src/cli/a.ts', 'console.log(Date.now());'), []);
  assert.equal(prohibited('src/flow/a.ts', 'switch (host.console) { default: new Date(text); } host.fetch(path);'), []);
});

checks('an export that nobody takes is told, a test counts as somebody', () => {
  assert.equal(unused({ 'src/a/a.ts': 'export const used = 1; export function idle() {}', 'test/a.test.ts': "import { used } from '#a/a';" }), ['idle']);
});

checks('renamed, namespace and dynamic imports take names too', () => {
  assert.equal(unused({ 'src/a/a.ts': 'export const x = 1;', 'src/a/b.ts': "import { x as y } from './a.ts'; y;" }), []);
  assert.equal(unused({ 'src/a/a.ts': 'export const x = 1;', 'src/a/b.ts': "import * as a from './a.ts'; a;" }), []);
  assert.equal(unused({ 'src/a/a.ts': 'export const x = 1;', 'src/a/b.ts': "await import('#a/a');" }), []);
});

checks('types and tables that the other exports speak of count as taken', () => {
  assert.equal(unused({ 'src/a/a.ts': 'export const KINDS = [1] as const; export type Kind = (typeof KINDS)[number]; export interface Lonely {}' }), ['Kind', 'Lonely']);
});

checks.run();
