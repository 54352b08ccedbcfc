// The README shows the first finding as it was printed: held to what the demo prints today. UPDATE_GOLDEN=1 rewrites it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const BLOCK = /(<!-- first-finding:begin[^>]*-->\n\n```\n)([^]*?)(```\n\n<!-- first-finding:end -->)/;
const SHOWN = /^✖ deny {2}src\/accounts\/transfer\.service\.ts:\d+:\d+ {2}no-customer-data-in-logs\n(?: {2}.*\n)+/m;

const docs = suite('docs/first-finding');

docs('is what the demo prints', () => {
  const printed = spawnSync(process.execPath, ['scripts/demo.mjs'], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } }).stdout;
  const summary = printed.split('\n').filter((line) => /^(?:✖ \d+ findings|\? after a clause|Analysed \d)/.test(line));
  const expected = `${SHOWN.exec(printed)?.[0] ?? ''}\n${summary.join('\n')}\n`;
  const readme = readFileSync('README.md', 'utf8');
  if (process.env['UPDATE_GOLDEN']) writeFileSync('README.md', readme.replace(BLOCK, (_, begin: string, __: string, end: string) => `${begin}${expected}${end}`));
  else assert.is(BLOCK.exec(readme)?.[2], expected);
});

docs.run();
