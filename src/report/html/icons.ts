// Drawn once in the page and referred to by name. Each effect has a shape of its own: colour alone says nothing in print or to
// everyone.
import type { Effect } from '#model/decision';
import { type Html, html } from './html.ts';

const SHAPES = {
  deny: html`<path d="M5.3 1h5.4L15 5.3v5.4L10.7 15H5.3L1 10.7V5.3z"/><path class="cut" d="m5.5 5.5 5 5m0-5-5 5"/>`,
  require_approval: html`<path d="M8 1.2 15.2 14H.8z"/><path class="cut" d="M8 6v4m0 1.6v.4"/>`,
  warn: html`<path d="M8 .8 15.2 8 8 15.2.8 8z"/><path class="cut" d="M8 4.6v4m0 1.8v.4"/>`,
  note: html`<circle cx="8" cy="8" r="6.6"/><path class="cut" d="M8 7.4v4m0-7v.4"/>`,
  allow: html`<circle cx="8" cy="8" r="6.6"/><path class="cut" d="m5 8.2 2.2 2.2L11 6"/>`,
  shield: html`<path d="M8 1 14 3v5c0 3.6-2.5 6-6 7-3.500-1-6-3.400-6-7V3z"/>`,
  mark: html`<path d="M3 14.500V1.500h10v3H6.400v2.600h5.200v3H6.400v4.400z"/>`,
} as const;

type IconName = keyof typeof SHAPES;

export const iconSheet = (): Html => html`<svg class="sheet" aria-hidden="true">${Object.entries(SHAPES).map(([name, shape]) =>
  html`<symbol id="icon-${name}" viewBox="0 0 16 16">${shape}</symbol>`)}</svg>`;

export const icon = (name: IconName): Html => html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}"/></svg>`;

export const effectIcon = (effect: Effect): Html => icon(effect);
