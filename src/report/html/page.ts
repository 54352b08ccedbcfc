// The document around the sections: what may run and load in it (nothing but its own style and script), the header with the
// switches, the navigation.
import type { ReportOptions } from '../report-options.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.ts';
import { Html, html, NOTHING } from './html.ts';
import { icon, iconSheet } from './icons.ts';
import { renderSection, type Section } from './sections/section.ts';
import { both, LANGUAGE_TAGS } from './tongues.ts';

const POLICY = [
  "default-src 'none'", `script-src '${SCRIPT_HASH}'`, `style-src '${STYLE_HASH}'`, 'img-src data:', "base-uri 'none'", "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const TITLES = { en: 'Customer data report', zh: '客户信息流向报告' } as const;

export function page(sections: readonly Section[], { lang, subject }: ReportOptions): Html {
  const title = (text: string): string => (subject === undefined ? text : `${text}: ${subject}`);
  return html`<!doctype html>
<html lang="${LANGUAGE_TAGS[lang]}" data-title-en="${title(TITLES.en)}" data-title-zh="${title(TITLES.zh)}" data-lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Fiduciary">
<link rel="icon" href="data:,">
<title>${title(TITLES[lang])}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
${iconSheet()}
<a class="skip" href="#main">${both('Skip to the content', '跳到正文')}</a>
<header class="top">
<p class="product">${icon('mark')}Fiduciary</p>
<div class="switches">${languageSwitch(lang)}${themeSwitch()}</div>
<h1>${both(TITLES.en, TITLES.zh)}${subject === undefined ? NOTHING : html` <span class="subject">${subject}</span>`}</h1>
</header>
<nav aria-labelledby="contents"><h2 class="unseen" id="contents">${both('Contents', '目录')}</h2><ul>${sections.map(({ id, title: name, count }) =>
    html`<li><a href="#${id}">${name}${count === undefined ? NOTHING : html` <span class="number">${count}</span>`}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${sections.map(renderSection)}</main>
<footer><p>${both(
    'Made by Fiduciary from source code alone. Not evidence of compliance, and no legal advice.', '由 Fiduciary 仅依据源代码生成。并非合规证明，亦不构成法律意见。',
  )}</p></footer>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
}

function languageSwitch(lang: ReportOptions['lang']): Html {
  const choice = (value: ReportOptions['lang'], label: string): Html =>
    html`<label><input type="radio" name="lang" id="lang-${value}" value="${value}"${value === lang ? new Html(' checked') : ''}><span lang="${LANGUAGE_TAGS[value]}" class="always">${label}</span></label>`;
  return html`<fieldset><legend class="unseen">${both('Language', '语言')}</legend>${choice('en', 'English')}${choice('zh', '中文')}</fieldset>`;
}

function themeSwitch(): Html {
  const choice = (value: string, label: Html): Html =>
    html`<label><input type="radio" name="theme" id="theme-${value}" value="${value}"${value === 'auto' ? new Html(' checked') : ''}><span>${label}</span></label>`;
  return html`<fieldset><legend class="unseen">${both('Colours', '配色')}</legend>${choice('auto', both('Auto', '自动'))}${choice('light', both('Light', '浅色'))}${choice('dark', both('Dark', '深色'))}</fieldset>`;
}
