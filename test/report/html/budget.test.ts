// A report of very many findings stays a file that a browser can open, and says what it leaves out.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBudget } from '#report/html/sections/budget';
import { html } from '#report/html/html';
import { renderHtml } from '#report/html/render-html';
import { at, finding, options, SAMPLE, sink } from '../sample.ts';
import { readDocument } from './document.ts';

const budget = suite('report/html/budget');

const many = (count: number) => Array.from({ length: count }, (_, index) =>
  finding('log', 'deny', { id: index.toString(16).padStart(16, '0'), sink: sink(at(`src/file${index % 50}.ts`, index + 1), 'console.log') }));

budget('writes in full, then short, then counts', () => {
  const { card, notice } = createBudget(25, 45);
  const write = card((_, form) => html`${form === 'full' ? '1234567890' : '12345'}`);
  const texts = many(12).map((each) => write(each).text.length);
  assert.equal(texts, [10, 10, 10, 5, 5, 5, 5, 0, 0, 0, 0, 0]);
  assert.match(notice().text, '5 further findings are not listed');
});

budget('twenty thousand findings are a page of bounded size, whose numbers are whole', () => {
  const page = renderHtml({ ...SAMPLE, findings: many(20_000) }, options());
  assert.ok(page.length < 12_000_000, String(page.length));
  const { text } = readDocument(page);
  assert.match(text, '20000 flows of customer data denied');
  assert.match(text, /\d+ further findings are not listed to keep this file small/);
});

budget.run();
