// The frame of a section: its anchor, its heading, its first sentence.
import { type Html, html, type Part } from '../html.ts';

export interface Section {
  readonly id: string;
  readonly title: Html;
  /** Shown beside the title in the navigation. */
  readonly count?: number;
  readonly intro: Part;
  readonly body: Part;
}

export const renderSection = ({ id, title, intro, body }: Section): Html => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<p class="intro">${intro}</p>
${body}
</section>
`;
