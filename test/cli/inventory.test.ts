// `fiduciary inventory` from outside: its formats, its file, and that it counts what a scan counts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ProcessingRecord } from '#inventory/processing-record';
import type { Result } from '#model/result';
import { run, withFolder } from './spawn.ts';

const leaking = {
  'src/user.ts': `export interface User { id: string; email: string; password: string }\n`,
  'src/register.ts': `import type { User } from './user';
export function register(user: User): void {
  console.log(user.password);
  localStorage.setItem('mail', user.email);
}
`,
};

const inventory = suite('cli/inventory');

inventory('writes markdown, csv and json, and ends with 0 whatever is denied', () => withFolder(leaking, (folder) => {
  const markdown = run(folder, 'inventory');
  assert.is(markdown.code, 0);
  assert.match(markdown.stdout, '# Processing record');
  assert.is(markdown.stderr, '');
  assert.match(run(folder, 'inventory', '--lang', 'zh').stdout, '# 数据处理活动记录');
  assert.match(run(folder, 'inventory', '--format', 'csv').stdout, 'login-password,');
}));

inventory('counts what the scan counts and names no absolute path', () => withFolder(leaking, (folder) => {
  const { stdout } = run(folder, 'inventory', '--format', 'json');
  const record = JSON.parse(stdout) as ProcessingRecord;
  const result = JSON.parse(run(folder, 'scan', '--format', 'json').stdout) as Result;
  assert.is(record.totals.findings, result.findings.length);
  assert.not.match(stdout, folder);
  assert.is(run(folder, 'inventory', '--format', 'json', '--no-cache').stdout, stdout);
}));

inventory('goes to a file, told on standard error', () => withFolder(leaking, (folder) => {
  const ended = run(folder, 'inventory', '--format', 'csv', '--output', 'out/record.csv');
  assert.is(ended.stdout, '');
  assert.match(ended.stderr, 'out/record.csv');
  assert.match(readFileSync(join(folder, 'out/record.csv'), 'utf8'), /^element,/);
}));

inventory('a folder without files is exit 2', () => withFolder({ 'notes.txt': '' }, (folder) => {
  assert.is(run(folder, 'inventory').code, 2);
}));

inventory.run();
