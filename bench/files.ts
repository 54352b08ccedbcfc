// The files that a scan of a folder analyses, found by the same code. Declaration files and what is left out don't count.
import { resolve } from 'node:path';
import { createNodeHost } from '#host/node-host';
import { discoverProject, readSource } from '#project/discover';

export interface AnalysedText {
  /** Relative to the folder. */
  readonly path: string;
  /** The path with an extension that tells the parser its language; differs for component files. */
  readonly name: string;
  readonly text: string;
}

const EVERYTHING = { include: [], exclude: [] };

export function analysedTexts(folder: string): readonly AnalysedText[] {
  const host = createNodeHost();
  const project = discoverProject(host, resolve(folder), EVERYTHING);
  return project.files.map(({ path }) => {
    const { text, language } = readSource(host, project, path);
    return { path, name: path.endsWith('.vue') ? `${path}.${language}` : path, text };
  });
}

/** Absolute paths of scripts that the TypeScript compiler takes as they are. */
export function analysedScripts(folder: string, withJavaScript: boolean): readonly string[] {
  const { files, root } = discoverProject(createNodeHost(), resolve(folder), EVERYTHING);
  const wanted = withJavaScript ? /\.([cm]?[jt]s|[jt]sx)$/ : /\.([cm]?ts|tsx)$/;
  return files.filter(({ path }) => wanted.test(path)).map(({ path }) => `${root}/${path}`);
}
