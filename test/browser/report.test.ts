// The HTML report in a real browser, opened from disk: nothing is loaded or refused, everything can be found, reached by
// keyboard, read without a script, printed, and passes the rules of axe.
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renderHtml } from '#report/html/render-html';
import { RICH } from '../report/html/sample.ts';
import { options } from '../report/sample.ts';
import { findChromium, launchChromium } from './chromium.ts';

const executable = findChromium();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FINDINGS = RICH.findings.length;

const report = suite('browser/report');
const test = executable === undefined ? report.skip : report;

let browser: Browser;
let folder: string;
let address: string;

report.before(async () => {
  if (executable === undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'fiduciary-browser-'));
  writeFileSync(join(folder, 'report.html'), renderHtml(RICH, options({ subject: 'harbour-bank' })));
  address = pathToFileURL(join(folder, 'report.html')).href;
  browser = await launchChromium(executable);
});

report.after(async () => {
  if (executable === undefined) return;
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the page, and afterwards finds that it said nothing on the console and asked for nothing but itself. */
async function onPage(wish: BrowserContextOptions & { readonly hash?: string; readonly expected?: RegExp }, use: (page: Page) => Promise<void>): Promise<void> {
  const { hash = '', expected, ...context } = wish;
  const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...context });
  const complaints: string[] = [];
  const complain = (text: string): void => {
    if (expected?.test(text) !== true) complaints.push(text);
  };
  try {
    const page = await opened.newPage();
    page.on('console', (message) => complain(`console: ${message.text()}`));
    page.on('pageerror', (error) => complain(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address && !request.url().startsWith('data:')) complain(`request: ${request.url()}`);
    });
    await page.goto(address + hash);
    await use(page);
    assert.equal(complaints, []);
  } finally {
    await opened.close();
  }
}

const shown = (page: Page): Promise<number> => page.locator('.finding:not([hidden])').count();

test('the policy is in force: what is not ours neither runs nor loads', () => onPage({ expected: /Content Security Policy|Trusted|example\.invalid/ }, async (page) => {
  const refused = await page.evaluate(() => new Promise<string>((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      if (event.effectiveDirective === 'img-src') resolve(event.effectiveDirective);
    });
    const image = document.createElement('img');
    image.src = 'https://example.invalid/x.png';
    document.body.append(image);
  }));
  assert.is(refused, 'img-src');
  for (const attempt of ['document.body.innerHTML += "<b>x</b>"', 'document.body.setAttribute("onclick", "alert(1)")', 'document.head.append(Object.assign(document.createElement("script"), { text: "window.owned = 1" }))']) {
    await page.evaluate(attempt).then(() => assert.unreachable(attempt), (error: unknown) => assert.match(String(error), 'Trusted'));
  }
  assert.is(await page.evaluate(() => 'owned' in window), false);
}));

test('a search narrows the list and says how many are left', () => onPage({}, async (page) => {
  assert.is(await shown(page), FINDINGS);
  await page.fill('#query', 'crm.push');
  assert.is(await shown(page), 1);
  assert.is(await page.textContent('#shown'), '1');
  await page.fill('#query', 'channel:log element:email-address');
  assert.is(await shown(page), RICH.findings.filter(({ channel, elements }) => channel === 'log' && elements.some(({ element }) => element === 'email-address')).length);
  await page.fill('#query', 'nothing has this name');
  assert.ok(await page.isVisible('#no-match'));
  await page.click('#filters button[type=reset]');
  await page.waitForFunction(() => document.querySelector('#no-match')?.hasAttribute('hidden'));
  assert.is(await shown(page), FINDINGS);
}));

test('chips of one kind widen, of different kinds narrow', () => onPage({}, async (page) => {
  const chip = (name: string, value: string) => page.locator(`.chip:has(input[name=${name}][value=${value}])`).click();
  const count = (fits: (finding: (typeof RICH.findings)[number]) => boolean): number => RICH.findings.filter(fits).length;
  await chip('effect', 'deny');
  assert.is(await shown(page), count(({ decision }) => decision.effect === 'deny'));
  await chip('effect', 'warn');
  assert.is(await shown(page), count(({ decision }) => decision.effect === 'deny' || decision.effect === 'warn'));
  await chip('channel', 'log');
  assert.is(await shown(page), count(({ decision, channel }) => channel === 'log' && (decision.effect === 'deny' || decision.effect === 'warn')));
}));

test('a number of the overview leads to just those findings, and back', () => onPage({}, async (page) => {
  await page.locator('.matrix a.cell').first().click();
  await page.waitForFunction(() => location.hash.startsWith('#q='));
  const left = await shown(page);
  assert.ok(left > 0 && left < FINDINGS);
  assert.match(await page.inputValue('#query'), /^element:\S+ channel:\S+$/);
  assert.is(await page.evaluate(() => document.activeElement?.id), 'query');
}));

test('a link to a finding opens it, also when it was filtered away', () => onPage({}, async (page) => {
  await page.fill('#query', 'crm.push');
  await page.evaluate(() => { location.hash = '#f-1111111111111111'; });
  await page.waitForFunction(() => document.querySelector<HTMLDetailsElement>('#f-1111111111111111')?.open);
  assert.ok(await page.isVisible('#f-1111111111111111 .path'));
  assert.is(await page.evaluate(() => document.activeElement?.parentElement?.id), 'f-1111111111111111');
}));

test('an address with a finding or a query in it opens there', async () => {
  await onPage({ hash: '#f-bbbbbbbbbbbbbbbb' }, async (page) => assert.ok(await page.isVisible('#f-bbbbbbbbbbbbbbbb .path')));
  await onPage({ hash: '#q=channel%3Alog' }, async (page) => assert.is(await shown(page), RICH.findings.filter(({ channel }) => channel === 'log').length));
  await onPage({ hash: '#q=%E0%A4%A' }, async (page) => assert.is(await shown(page), 0));
});

test('all can be opened and closed at once', () => onPage({}, async (page) => {
  await page.click('#expand');
  assert.is(await page.locator('.finding[open]').count(), FINDINGS);
  await page.click('#collapse');
  assert.is(await page.locator('.finding[open]').count(), 0);
}));

test('works by keyboard: skip link first, slash to the search, focus seen everywhere', () => onPage({}, async (page) => {
  await page.keyboard.press('Tab');
  assert.is(await page.evaluate(() => document.activeElement?.className), 'skip');
  await page.keyboard.press('/');
  assert.is(await page.evaluate(() => document.activeElement?.id), 'query');
  await page.keyboard.type('a/b');
  assert.is(await page.inputValue('#query'), 'a/b');
  await page.fill('#query', '');
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const active = document.activeElement;
      // A hidden box shows its focus on the label that it belongs to.
      const seen = active instanceof HTMLInputElement && active.type !== 'search' ? active.nextElementSibling : active;
      return active === document.body || seen === null ? 'solid' : getComputedStyle(seen).outlineStyle;
    });
    assert.not.equal(outline, 'none', `after ${presses} presses`);
  }
  await page.locator('.finding > summary').first().focus();
  await page.keyboard.press('Enter');
  assert.is(await page.locator('.finding[open]').count(), 1);
}));

test('speaks the chosen language, and remembers it', () => onPage({}, async (page) => {
  assert.ok(await page.getByText('What goes where').isVisible());
  await page.locator('label:has(#lang-zh)').click();
  assert.ok(await page.getByText('信息流向', { exact: true }).isVisible());
  assert.not.ok(await page.getByText('What goes where').isVisible());
  assert.is(await page.getAttribute('html', 'lang'), 'zh-CN');
  assert.match(await page.title(), '客户信息流向报告');
  await page.reload();
  assert.ok(await page.isChecked('#lang-zh'));
}));

test('wears the chosen colours, else those of the system', async () => {
  const paper = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  let light = '';
  await onPage({ colorScheme: 'light' }, async (page) => {
    light = await paper(page);
    await page.locator('label:has(#theme-dark)').click();
    assert.is.not(await paper(page), light);
  });
  await onPage({ colorScheme: 'dark' }, async (page) => {
    assert.is.not(await paper(page), light);
    await page.locator('label:has(#theme-light)').click();
    assert.is(await paper(page), light);
  });
});

test('never scrolls sideways, from 320 pixels on', async () => {
  for (const width of [320, 390, 768, 1024, 1440]) {
    await onPage({ viewport: { width, height: 800 } }, async (page) => {
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
      for (const lang of ['en', 'zh']) {
        await page.locator(`label:has(#lang-${lang})`).click();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width} ${lang}`);
      }
    });
  }
});

test('prints everything, and is as before afterwards', () => onPage({}, async (page) => {
  const open = (): Promise<number> => page.locator('details[open]').count();
  const before = await open();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.is(await open(), await page.locator('details').count());
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  assert.is(await open(), before);
  await page.emulateMedia({ media: 'print' });
  assert.not.ok(await page.isVisible('nav'));
  assert.not.ok(await page.isVisible('#filters'));
  assert.ok((await page.pdf()).length > 10_000);
}));

test('can be read without a script: all findings, both languages, every fold', () => onPage({ javaScriptEnabled: false }, async (page) => {
  assert.is(await page.locator('.finding > summary').count(), FINDINGS);
  for (const summary of await page.locator('.finding > summary').all()) assert.ok(await summary.isVisible());
  assert.not.ok(await page.isVisible('#filters'));
  await page.locator('#f-1111111111111111 > summary').click();
  assert.ok(await page.isVisible('#f-1111111111111111 .path'));
  await page.locator('label:has(#lang-zh)').click();
  assert.ok(await page.getByText('信息流向', { exact: true }).isVisible());
  assert.not.ok(await page.getByText('What goes where').isVisible());
}));

test('passes the rules of axe in both schemes and languages, open and closed, wide and narrow', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      await onPage({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
        await page.evaluate(AXE);
        for (const [lang, open] of width === 390 ? [['en', true]] as const : [['en', false], ['zh', true]] as const) {
          await page.locator(`label:has(#lang-${lang})`).click();
          await page.evaluate((state) => document.querySelectorAll('details').forEach((each) => { each.open = state; }), open);
          assert.equal(await page.evaluate(violations), [], `${colorScheme} ${width} ${lang} ${open ? 'open' : 'closed'}`);
        }
      });
    }
  }
});

/** Runs in the page. */
async function violations(): Promise<readonly string[]> {
  const { axe } = window as unknown as { axe: { run(): Promise<{ violations: readonly { id: string; impact: string; nodes: readonly { html: string; failureSummary: string }[] }[] }> } };
  const found = await axe.run();
  return found.violations.flatMap(({ id, impact, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${impact} ${id}: ${html.slice(0, 160)} ${failureSummary}`));
}

report.run();
