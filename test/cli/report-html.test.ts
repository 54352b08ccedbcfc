// The HTML report from outside: to a file, to standard output, in Chinese, named after the program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { run, withFolder } from './spawn.ts';

const leaking = {
  'package.json': '{ "name": "harbour-bank" }',
  'src/user.ts': `export interface User { id: string; email: string; password: string }\n`,
  'src/register.ts': `import type { User } from './user';
export function register(user: User): void {
  console.log(user.password);
}
`,
};

const html = suite('cli/report-html');

html('goes to a file beside the text', () => withFolder(leaking, (folder) => {
  const ended = run(folder, 'scan', '--report', 'html=out/report.html');
  assert.is(ended.code, 1);
  assert.match(ended.stdout, 'no-customer-data-in-logs');
  assert.match(ended.stderr, 'Wrote the html report to out/report.html');
  const page = readFileSync(join(folder, 'out/report.html'), 'utf8');
  assert.ok(page.startsWith('<!doctype html>'));
  assert.ok(page.endsWith('</html>\n'));
  assert.match(page, '<title>Customer data report: harbour-bank</title>');
  assert.not.match(page, folder);
}));

html('goes to standard output, in the language of the run', () => withFolder(leaking, (folder) => {
  const { stdout } = run(folder, 'scan', 'src', '--format', 'html', '--lang', 'zh');
  assert.match(stdout, '<html lang="zh-CN"');
  assert.match(stdout, '<title>客户信息流向报告');
}));

html('is the same in two folders that hold the same', () => withFolder(leaking, (one) => withFolder(leaking, (two) => {
  assert.is(run(one, 'scan', '--format', 'html').stdout, run(two, 'scan', '--format', 'html').stdout);
})));

html.run();
