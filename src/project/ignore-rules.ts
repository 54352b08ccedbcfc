// Which paths are ignored: nested `.gitignore` files as git reads them, and the `include`/`exclude` globs of the settings.
import ignore, { type Ignore } from 'ignore';

/** One `.gitignore`, and those above it. */
export interface IgnoreChain {
  readonly rules: Ignore;
  /** Length of what stands before the paths that these rules see. */
  readonly prefix: number;
  readonly above: IgnoreChain | undefined;
}

/** `folder` is the path that the rules stand in, with a trailing slash, or empty for the top. */
export function extendChain(above: IgnoreChain | undefined, folder: string, text: string): IgnoreChain | undefined {
  // Most packages carry an empty or all-comment file; testing it would cost a call per path below.
  if (!/^\s*[^#\s]/m.test(text)) return above;
  return { rules: ignore({ ignorecase: false }).add(text), prefix: folder.length, above };
}

/** `path` starts at the same top as the folders of the chain; a folder ends with a slash. The nearest rule decides. */
export function isIgnored(chain: IgnoreChain | undefined, path: string): boolean {
  for (let at = chain; at; at = at.above) {
    const verdict = at.rules.test(path.slice(at.prefix));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

export type PathTest = (path: string) => boolean;

/**
 * Globs as ESLint and git read them: `legacy` or `*.spec.ts` at any depth, `src/api` with all below it, `**`, and braces;
 * a later `!glob` takes back.
 */
export function createPathTest(globs: readonly string[]): PathTest {
  const patterns = globs.flatMap(expandBraces).map(trimGlob);
  const matcher = ignore({ ignorecase: false }).add(patterns);
  return (path) => matcher.ignores(path);
}

function trimGlob(glob: string): string {
  const trimmed = glob.replace(/^(!?)(?:\.\/)+/, '$1/');
  return /^!?\/?\.?$/.test(trimmed) ? trimmed.replace(/\/?\.?$/, '/**') : trimmed;
}

function expandBraces(glob: string): readonly string[] {
  const open = glob.lastIndexOf('{');
  const close = glob.indexOf('}', open);
  if (open < 0 || close < 0) return [glob];
  const options = glob.slice(open + 1, close).split(',');
  return options.flatMap((option) => expandBraces(glob.slice(0, open) + option + glob.slice(close + 1)));
}
