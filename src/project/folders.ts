// Folders that hold no code of the project: packages, caches, build output, vendored libraries. Names that may as well be
// real code (`build`, `out`, `vendor`) are judged by what lies in them.

/** Never code of the project, wherever they stand. */
const NEVER = new Set([
  'node_modules', '.git', '.hg', '.svn', 'bower_components', 'jspm_packages', 'miniprogram_npm',
  '.next', '.nuxt', '.output', '.svelte-kit', '.turbo', '.nx', '.angular', '.cache', '.parcel-cache', '.vercel', '.netlify',
  '.serverless', '.yarn', '.pnpm-store', '.nyc_output', '.docusaurus', '.expo', 'storybook-static',
]);

const MAYBE_OUTPUT = new Set(['dist', 'build', 'out', 'output', 'coverage']);
/** Output only of the package they stand in. */
const MAYBE_PACKAGE_OUTPUT = new Set(['lib', 'es', 'esm', 'cjs', 'bundle', 'release']);
const THIRD_PARTY = new Set(['third_party', 'third-party', 'thirdparty', '3rdparty', 'vendored', 'uni_modules']);
/** Libraries that are handed on as a folder to copy. */
const COPIED_LIBRARY = /^(?:wxParse|ueditor|kindeditor|ckeditor\d?|tinymce[\d.]*|layui|uview-ui|vant-weapp|iview-weapp|weui-miniprogram|jquery-ui[\w.-]*)$/i;

export const isNeverCode = (name: string): boolean => NEVER.has(name);

export interface FolderQuestion {
  /** Path of the folder, without a trailing slash. */
  readonly path: string;
  readonly name: string;
  /** Names of the files beside it. */
  readonly siblings: ReadonlySet<string>;
  /** Paths of files below it, relative to it; called only when needed. */
  readonly below: () => readonly string[];
}

export function judgeFolder(folder: FolderQuestion): 'code' | 'generated' | 'vendored' {
  const { name } = folder;
  if (THIRD_PARTY.has(name) || COPIED_LIBRARY.test(name)) return 'vendored';
  if ((name === 'vendor' || name === 'vendors') && !/(?:^|\/)src\//.test(folder.path) && !folder.below().some(isAuthored)) return 'vendored';
  const maybe = MAYBE_OUTPUT.has(name) || (MAYBE_PACKAGE_OUTPUT.has(name) && folder.siblings.has('package.json'));
  return maybe && looksLikeOutput(folder) ? 'generated' : 'code';
}

function looksLikeOutput({ name, siblings, below }: FolderQuestion): boolean {
  const files = below();
  if (name === 'coverage' && files.some((file) => /(?:^|\/)(?:lcov\.info|coverage-final\.json|clover\.xml|lcov-report\/)/.test(file))) return true;
  if (files.some(isAuthored)) return false;
  if (files.some((file) => /\.[cm]?js\.map$|\.d\.[cm]?ts\.map$|\.tsbuildinfo$|(?:^|\/)asset-manifest\.json$/.test(file))) return true;
  if (files.some((file) => /[.-](?=[^./]*\d)[0-9A-Za-z_]{8,20}\.(?:[cm]?js|css)$/.test(file))) return true;
  const all = new Set(files);
  if (files.some((file) => file.endsWith('.d.ts') && all.has(file.replace(/\.d\.ts$/, '.js')))) return true;
  return name === 'dist' && siblings.has('package.json');
}

/** Written by hand: compilers put out neither of these. */
const isAuthored = (file: string): boolean => /\.(?:[cm]?ts|tsx|jsx|vue)$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
