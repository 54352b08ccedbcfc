// What is known about the file that ESLint has at hand, asked for once and shared by all rules that look at it.
import { resolve } from 'node:path';
import type { Rule, SourceCode } from 'eslint';
import type { Catalog } from '#model/catalog';
import { UserError } from '#model/errors';
import { messagesFor } from '#report/messages';
import type { Language, Vocabulary } from '#report/report-options';
import { toVocabulary } from '#session/vocabulary';
import type { FileAnswer } from '#session/workspace';
import { readSettings } from './settings.ts';
import { workspaceFor } from './workspaces.ts';

export interface Notice {
  readonly kind: 'notAnalysed' | 'partial';
  readonly text: string;
}

export interface FileView {
  /** Absent when nothing can be said about the file. */
  readonly known: KnownFile | undefined;
  /** What has to be said about the file as a whole; the first rule that asks says it. */
  takeNotices(): readonly Notice[];
}

export interface KnownFile extends FileAnswer {
  readonly lang: Language;
  readonly vocabulary: Vocabulary;
}

/** ESLint makes one for each file and pass, and forgets it. */
const views = new WeakMap<SourceCode, FileView>();

export function viewOf(context: Rule.RuleContext): FileView {
  const known = views.get(context.sourceCode);
  if (known) return known;
  const view = openView(context);
  views.set(context.sourceCode, view);
  return view;
}

function openView({ cwd, filename, physicalFilename, settings, sourceCode }: Rule.RuleContext): FileView {
  // A block that a processor cut out of another file is no file of the program, nor is what comes without a name.
  if (physicalFilename !== filename || filename.startsWith('<')) return toView(undefined, []);
  let lang: Language = 'en';
  try {
    const read = readSettings(settings['fiduciary']);
    ({ lang } = read);
    const answer = workspaceFor(cwd, read).look(resolve(cwd, filename).replaceAll('\\', '/'), sourceCode.text);
    return toView({ ...answer, lang, vocabulary: wordsOf(answer.catalog, lang) }, []);
  } catch (error) {
    // One file, or one mistake in the settings, must not end a run over all the others.
    if (!(error instanceof UserError)) throw error;
    const { file, line } = error.place;
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}`;
    return toView(undefined, [{ kind: 'notAnalysed', text: messagesFor(lang).lintNotAnalysed(error.message, error.hint, place) }]);
  }
}

const toView = (known: KnownFile | undefined, notices: Notice[]): FileView => ({ known, takeNotices: () => notices.splice(0) });

const words = new WeakMap<Catalog, Map<Language, Vocabulary>>();

function wordsOf(catalog: Catalog, lang: Language): Vocabulary {
  const byLanguage = words.get(catalog) ?? new Map<Language, Vocabulary>();
  words.set(catalog, byLanguage);
  const vocabulary = byLanguage.get(lang) ?? toVocabulary(catalog, lang);
  byLanguage.set(lang, vocabulary);
  return vocabulary;
}
