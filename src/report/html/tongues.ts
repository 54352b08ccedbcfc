// The page speaks two languages at once; which of them is seen is a matter of style, so that no script is needed to switch.
import { inventoryWords, type InventoryWords } from '../inventory/words.ts';
import { messagesFor, type Messages } from '../messages.ts';
import { type Language, LANGUAGES, type Vocabulary } from '../report-options.ts';
import { Html, html, type Part } from './html.ts';

/** Everything that a sentence in one language is made of. */
export interface Tongue {
  readonly lang: Language;
  readonly messages: Messages;
  readonly record: InventoryWords;
  readonly vocabulary: Vocabulary;
}

/** A text in both languages, made by asking each of them; its parts are escaped. */
export type Say = (text: (tongue: Tongue) => string | Html) => Html;

export const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

export function createSay(vocabulary: Vocabulary): Say {
  const tongues = LANGUAGES.map((lang): Tongue => ({ lang, messages: messagesFor(lang), record: inventoryWords(lang), vocabulary: vocabulary.in(lang) }));
  const [english, chinese] = [tongues.find(({ lang }) => lang === 'en'), tongues.find(({ lang }) => lang === 'zh')];
  if (english === undefined || chinese === undefined) throw new Error('a language of the page is missing');
  return (text) => both(text(english), text(chinese));
}

/** A text of the page itself, written in both languages where it is used. */
export function both(en: Part, zh: Part): Html {
  const [english, chinese] = [html`${en}`, html`${zh}`];
  // A name is the same in every language.
  if (english.text === chinese.text) return english;
  return html`<span lang="${LANGUAGE_TAGS.en}">${english}</span><span lang="${LANGUAGE_TAGS.zh}">${chinese}</span>`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
