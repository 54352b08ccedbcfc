// Narrows the list of findings to what is asked for, and says how many are left.
import { matches, parseQuery, type Searched } from './query.ts';

export interface Filter {
  /** Shows what this query asks for, whatever was chosen before. */
  ask(query: string): void;
  /** Makes a finding visible, if need be by asking for nothing. */
  reveal(finding: Element): void;
}

export function createFilter(page: Document): Filter | undefined {
  const form = page.querySelector<HTMLFormElement>('#filters');
  const input = page.querySelector<HTMLInputElement>('#query');
  if (form === null || input === null) return undefined;
  const cards = [...page.querySelectorAll<HTMLElement>('.finding')].map((element) => ({ element, searched: toSearched(element) }));
  const groups = [...page.querySelectorAll<HTMLElement>('.group')];

  const apply = (): void => {
    const query = parseQuery(input.value);
    const chosen = chosenFacets(form);
    let shown = 0;
    for (const { element, searched } of cards) {
      const fits = chosen.every(([name, values]) => values.includes(element.dataset[name] ?? '')) && matches(query, searched);
      element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const group of groups) {
      const left = group.querySelectorAll('.finding:not([hidden])').length;
      group.hidden = left === 0;
      setText(group.querySelector('[data-group-count]'), left);
    }
    setText(page.querySelector('#shown'), shown);
    const none = page.querySelector<HTMLElement>('#no-match');
    if (none !== null) none.hidden = shown > 0 || cards.length === 0;
  };
  const ask = (query: string): void => {
    form.reset();
    input.value = query;
    apply();
  };

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  const setOpen = (open: boolean) => (): void => {
    for (const { element } of cards) if (!element.hidden && element instanceof HTMLDetailsElement) element.open = open;
  };
  page.querySelector('#expand')?.addEventListener('click', setOpen(true));
  page.querySelector('#collapse')?.addEventListener('click', setOpen(false));
  return {
    ask,
    reveal: (finding) => {
      if (finding instanceof HTMLElement && finding.hidden) ask('');
    },
  };
}

/** Facets of which something is chosen; nothing chosen means all. */
function chosenFacets(form: HTMLFormElement): readonly (readonly [string, readonly string[]])[] {
  const chosen = new Map<string, string[]>();
  for (const box of form.querySelectorAll<HTMLInputElement>('input[type="checkbox"]:checked')) {
    chosen.set(box.name, [...(chosen.get(box.name) ?? []), box.value]);
  }
  return [...chosen];
}

function toSearched(element: HTMLElement): Searched {
  let text: string | undefined;
  return {
    property: (name) => element.dataset[name],
    text: () => (text ??= `${element.id} ${element.textContent}`.toLowerCase()),
  };
}

function setText(element: Element | null, value: number): void {
  if (element !== null) element.textContent = String(value);
}
