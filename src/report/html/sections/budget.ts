// Keeps the file at a size that a browser opens at once. The gravest findings are written in full, the next on one line; what is
// left out is told, never dropped in silence.
import type { Finding } from '#model/finding';
import { type Html, html, NOTHING } from '../html.ts';
import { both } from '../tongues.ts';

export type CardForm = 'full' | 'short';

/** In characters. */
const FULL = 4_000_000;
const ALL = 8_000_000;

export interface Budget {
  card(render: (finding: Finding, form: CardForm) => Html): (finding: Finding) => Html;
  /** What to tell about the cards that were left out. */
  notice(): Html;
}

export function createBudget(full = FULL, all = ALL): Budget {
  let size = 0;
  let leftOut = 0;
  return {
    card: (render) => (finding) => {
      if (size > all) {
        leftOut += 1;
        return NOTHING;
      }
      const card = render(finding, size > full ? 'short' : 'full');
      size += card.text.length;
      return card;
    },
    notice: () => (leftOut === 0 ? NOTHING : html`<p class="nothing">${both(
      `${leftOut} further findings are not listed to keep this file small. They count in all numbers, and the JSON report holds them.`,
      `为控制文件大小，另有 ${leftOut} 个发现未列出；它们计入所有数字，并保存在 JSON 报告中。`,
    )}</p>`),
  };
}
