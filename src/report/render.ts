// All formats by name. A renderer is a pure function; whether its text goes to a terminal or a file is the door's matter.
import type { Result } from '#model/result';
import { renderHtml } from './html/render-html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportOptions } from './report-options.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';

export const FORMATS = ['text', 'json', 'sarif', 'sarif-audit', 'html', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export function render(format: Format, result: Result, options: ReportOptions): string {
  switch (format) {
    case 'text': return renderText(result, options);
    case 'json': return renderJson(result);
    case 'sarif': return renderSarif(result, options);
    case 'sarif-audit': return renderSarif(result, options, 'audit');
    case 'html': return renderHtml(result, options);
    case 'markdown': return renderMarkdown(result, options);
    default: return format satisfies never;
  }
}
