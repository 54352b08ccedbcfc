// Language and colours: the switches work by style alone; the script remembers them and tells the browser which language it is.

export function rememberPreferences(page: Document): void {
  for (const name of ['lang', 'theme']) {
    const choices = [...page.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
    const kept = read(name);
    for (const choice of choices) {
      if (choice.value === kept) choice.checked = true;
      choice.addEventListener('change', () => {
        write(name, choice.value);
        announceLanguage(page);
      });
    }
  }
  announceLanguage(page);
}

function announceLanguage(page: Document): void {
  const root = page.documentElement;
  const chosen = page.querySelector<HTMLInputElement>('input[name="lang"]:checked')?.value;
  root.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  page.title = (chosen === 'zh' ? root.dataset['titleZh'] : root.dataset['titleEn']) ?? page.title;
}

/** A browser may forbid storage, most of all for files; then nothing is remembered. */
function read(name: string): string | null {
  try {
    return localStorage.getItem(`fiduciary-${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`fiduciary-${name}`, value);
  } catch {
    // Nothing is remembered.
  }
}
