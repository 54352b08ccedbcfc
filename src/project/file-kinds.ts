// What a file is by its name alone.
import type { Language } from './project.ts';

export type FileKind = 'source' | 'declaration' | 'schema' | 'manifest' | 'settings' | 'unsupported' | 'other';

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/;
const DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
const SCHEMA = /\.(?:prisma|graphqls?|gql)$/;
const MANIFEST = /(?:^|\/)(?:package\.json|project\.json|lerna\.json|pnpm-workspace\.yaml)$/;
const SETTINGS = /(?:^|\/)[tj]sconfig[^/]*\.json$/;
/** They hold JavaScript in a dress that we do not undo; counted so that nobody believes them checked. */
const UNSUPPORTED = /\.(?:astro|coffee|ls|nvue|uvue|ets|wxs)$/;

export function kindOfFile(path: string): FileKind {
  if (DECLARATION.test(path)) return 'declaration';
  if (SOURCE.test(path)) return 'source';
  if (SCHEMA.test(path)) return 'schema';
  if (MANIFEST.test(path)) return 'manifest';
  if (SETTINGS.test(path)) return 'settings';
  return UNSUPPORTED.test(path) ? 'unsupported' : 'other';
}

/** For a component file the head of its text tells; everything else is said by the name. */
export function languageOf(path: string, text: () => string): Language {
  if (isComponentFile(path)) return toLanguage(/<script\b[^>]*\slang\s*=\s*["']?(\w+)/.exec(text())?.[1]);
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  if (path.endsWith('.tsx')) return 'tsx';
  return path.endsWith('.jsx') ? 'jsx' : 'js';
}

export function toLanguage(lang: string | undefined): Language {
  return lang === 'ts' || lang === 'tsx' || lang === 'jsx' ? lang : 'js';
}

/** Holds its script between tags. */
export const isComponentFile = (path: string): boolean => path.endsWith('.vue') || path.endsWith('.svelte');

export const isPlainScript = (path: string): boolean => /\.(?:[cm]?js|jsx)$/.test(path);
