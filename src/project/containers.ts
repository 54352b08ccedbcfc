// Scripts inside other files. A Vue component becomes its script with everything else blanked, so that every line and
// column stays true without a mapping.
import { createRequire } from 'node:module';
import { toLanguage, languageOf } from './file-kinds.ts';
import type { Language } from './project.ts';

export interface Script {
  readonly text: string;
  readonly language: Language;
  /** The template of an Angular component or a mini-program page, from the file beside it. */
  readonly template?: string;
  /** The template of a Vue component: the whole text with everything else blanked. */
  readonly vue?: string;
  /** The whole text of a Svelte component. */
  readonly svelte?: string;
  /** Why nothing could be read, when that is so. */
  readonly problem?: { readonly line: number; readonly detail: string };
}

interface Block {
  readonly lang?: string | undefined;
  readonly src?: string | undefined;
  readonly loc: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
}

/** Stands between a component and its template, which travel as the bytes of one file. */
const BEHIND = '\n\0template\n';

/** A component with its template behind it. */
export const withTemplate = (component: Uint8Array, template: Uint8Array): Uint8Array => Buffer.concat([component, Buffer.from(BEHIND), template]);

/** Endings of the templates of mini-programs. */
const PAGE_TEMPLATES = ['wxml', 'axml', 'ttml', 'swan'];

/** The file in which the template of a component or page lies by convention, where there is one. */
export function templateOf(path: string, bytes: Uint8Array, paths: ReadonlySet<string>): string | undefined {
  if (!/\.[jt]s$/.test(path)) return undefined;
  const stem = path.slice(0, -2);
  const page = PAGE_TEMPLATES.find((ending) => paths.has(stem + ending));
  if (page !== undefined) return stem + page;
  return paths.has(`${stem}html`) && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('templateUrl') ? `${stem}html` : undefined;
}

export function toScript(path: string, whole: string): Script {
  if (path.endsWith('.vue')) return readComponent(path, whole);
  if (path.endsWith('.svelte')) return { ...(byTags(whole, 'js') ?? { text: blank(whole), language: 'js' as const }), svelte: whole };
  const end = whole.indexOf(BEHIND);
  const text = end < 0 ? whole : whole.slice(0, end);
  const language = languageOf(path, () => text);
  return end < 0 ? { text, language } : { text, language, template: whole.slice(end + BEHIND.length) };
}

function readComponent(path: string, text: string): Script {
  const language = languageOf(path, () => text);
  try {
    // Template expressions are not needed here, and those of Vue 2 (filters) would be errors.
    const { descriptor, errors } = loadCompiler().parse(text, {
      filename: path, sourceMap: false, ignoreEmpty: false, templateParseOptions: { prefixIdentifiers: false },
    });
    const blocks = [descriptor.script, descriptor.scriptSetup].filter((block): block is NonNullable<typeof block> => block !== null);
    const kept = keepBlocks(text, blocks);
    // Errors in the template are none of ours; they are when they hide a script that is there.
    if (errors.length > 0 && kept.trim() === '' && /<script\b[^>]*>\s*[^<\s]/.test(text)) return byTags(text, language) ?? failed(text, language, errors[0]);
    const { template } = descriptor;
    const isHtml = template !== null && template.src === undefined && (template.lang === undefined || template.lang === 'html');
    return { text: kept, language: toLanguage(blocks.find((block) => block.lang !== undefined)?.lang), ...(isHtml && { vue: keepBlocks(text, [template]) }) };
  } catch (error) {
    return failed(text, language, error);
  }
}

/** A component that the compiler refuses (two scripts, an unclosed tag) still has scripts between their tags. */
function byTags(text: string, language: Language): Script | undefined {
  const blocks: Block[] = [];
  for (const match of text.matchAll(/^<script\b([^>]*)>([\s\S]*?)^<\/script\s*>/gm)) {
    const start = match.index + match[0].indexOf('>') + 1;
    blocks.push({ loc: { start: { offset: start }, end: { offset: start + (match[2] ?? '').length } }, lang: /\blang=["'](\w+)["']/.exec(match[1] ?? '')?.[1] });
  }
  if (blocks.length === 0) return undefined;
  return { text: keepBlocks(text, blocks), language: toLanguage(blocks.find((b) => b.lang !== undefined)?.lang) ?? language };
}

function keepBlocks(text: string, blocks: readonly Block[]): string {
  let kept = '';
  let end = 0;
  for (const { loc } of [...blocks].sort((a, b) => a.loc.start.offset - b.loc.start.offset)) {
    kept += blank(text.slice(end, loc.start.offset)) + text.slice(loc.start.offset, loc.end.offset);
    end = loc.end.offset;
  }
  return kept + blank(text.slice(end));
}

const blank = (text: string): string => text.replace(/[^\r\n\u2028\u2029]/g, ' ');

function failed(text: string, language: Language, error: unknown): Script {
  const line = error instanceof Error && 'loc' in error ? (error.loc as { start?: { line?: number } } | undefined)?.start?.line : undefined;
  const detail = error instanceof Error ? error.message : 'not a component';
  return { text: blank(text), language, problem: { line: line ?? 1, detail } };
}

/** Loaded only when a component is met: most programs have none. */
function loadCompiler(): typeof import('@vue/compiler-sfc') {
  return (compiler ??= createRequire(import.meta.url)('@vue/compiler-sfc') as typeof import('@vue/compiler-sfc'));
}
let compiler: typeof import('@vue/compiler-sfc') | undefined;
