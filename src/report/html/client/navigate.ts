// Links into the page: what they lead to is opened, also when it lies folded or filtered away; links with a query filter the list.
import type { Filter } from './filter.ts';

export function followLinks(page: Document, filter: Filter | undefined): void {
  page.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-query]') : null;
    const query = link?.dataset['query'];
    if (query === undefined || filter === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = `q=${encodeURIComponent(query)}`;
  });
  page.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    page.querySelector<HTMLInputElement>('#query')?.focus();
  });
  window.addEventListener('hashchange', () => go(page, filter));
  if (location.hash !== '') go(page, filter);
}

function go(page: Document, filter: Filter | undefined): void {
  const hash = location.hash.slice(1);
  if (hash.startsWith('q=')) {
    filter?.ask(decode(hash.slice(2)));
    page.querySelector('#findings')?.scrollIntoView();
    page.querySelector<HTMLInputElement>('#query')?.focus({ preventScroll: true });
    return;
  }
  const target = page.getElementById(hash);
  if (target === null) return;
  filter?.reveal(target);
  for (let each: Element | null = target; each !== null; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
  target.scrollIntoView();
  target.querySelector<HTMLElement>(':scope > summary')?.focus({ preventScroll: true });
}

/** An address that somebody typed need not be encoded well. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
