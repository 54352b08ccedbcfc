// What a file is for, by the conventions of paths, on whole segments: `contest.ts` and `latest/` are no tests.
import type { FindingContext } from '#model/finding';
import type { RepoPath } from '#model/location';
import { isComponentFile } from './file-kinds.ts';

export type CodeContext = Exclude<FindingContext['code'], 'development'>;
export type CodeSide = FindingContext['side'];

/** The first kind that fits decides: a mock inside a test folder is a mock, a seed inside scripts a seed. */
const FOLDERS: readonly (readonly [CodeContext, ReadonlySet<string>])[] = [
  ['mock', new Set(['__mocks__', '__mock__', 'mocks', 'mock', '__fixtures__', 'fixtures', 'fixture', 'msw'])],
  ['story', new Set(['stories', '__stories__', '.storybook', 'storybook'])],
  ['test', new Set(['__tests__', '__test__', 'test', 'tests', 'spec', 'specs', 'e2e', 'cypress', 'playwright', '__snapshots__', 'test-utils', 'test-helpers', 'testing', 'integration-tests', 'unit-tests'])],
  ['seed', new Set(['seed', 'seeds', 'seeders', 'seeder', 'seeding'])],
  ['example', new Set(['example', 'examples', 'demo', 'demos', 'samples', 'sample', 'playground', 'docs'])],
  ['script', new Set(['scripts', '.scripts', 'tools', 'bin', '.github', '.circleci', '.husky', '.devcontainer'])],
];

/** Within the sources these are as likely features of the application: `goods/spec`, `src/modules/demo`. */
const SHALLOW_ONLY = new Set(['spec', 'specs', 'scripts', 'tools', 'bin', 'docs', 'demo', 'demos', 'sample', 'samples', 'playground']);
const SHALLOW = 2;
const SOURCES = new Set(['src', 'app']);

/** Settings of build tools; `github.config` is code of the application. */
const TOOLING =
  /^(?:(?:custom-)?webpack|rollup|rolldown|vite|vue|next|nuxt|svelte|astro|babel|eslint|oxlint|stylelint|prettier|lint-?staged|postcss|tailwind|commitlint|release|metro|craco|tsup|tsdown|esbuild|nest|prisma|drizzle|orval|codegen|i18next|turbo|nx|module-federation|svgo|knip|typedoc)\.(?:[\w-]+\.)*(?:config|conf)$|^custom-webpack\b|^webpack\.[\w.-]+$|^(?:gulpfile|gruntfile)$|^\.[\w-]+rc$/i;

/** On the name without its extension: `user.spec`, `jest.config`. */
const NAMES: readonly (readonly [CodeContext, RegExp])[] = [
  ['mock', /(?:^|\.)(?:mocks?|fixtures?|stub)$/],
  ['test', /\.(?:test|spec|e2e|e2e-spec|cy|test-d|po)$|^(?:jest|vitest|karma|cypress|playwright)\.(?:[\w-]+\.)?(?:config|setup|conf|preset)$/],
  ['test', /^(?:setup-?(?:jest|tests?|vitest)|test-setup|(?:jest|vitest)-?setup)$/i],
  ['story', /(?:^|\.)(?:stories|story)$/],
  ['seed', /(?:^|[.-])(?:seed|seeds|seeder)$|(?:^|[._-])seed-?(?:data|database)(?![a-z])|(?:^seed|[a-z]Seed)(?:Data|Database)(?![a-z])/],
  ['script', TOOLING],
];

export function classifyCode(path: RepoPath): CodeContext {
  const end = path.lastIndexOf('/');
  const stem = path.slice(end + 1).replace(/\.(?:d\.)?(?:[cm]?[jt]sx?|vue|svelte)$/, '');
  const named = NAMES.find(([, pattern]) => pattern.test(stem))?.[0];
  if (named === 'mock' || named === 'story' || named === 'test') return named;
  const around = withinFolder(end < 0 ? '' : path.slice(0, end));
  return named === 'seed' && around === 'script' ? 'seed' : (around ?? named ?? 'production');
}

/** Of the last folder asked for: files are asked for folder by folder. */
let last: { readonly folder: string; readonly kind: CodeContext | undefined } = { folder: '', kind: undefined };

function withinFolder(folder: string): CodeContext | undefined {
  if (last.folder !== folder) {
    const segments = folder.split('/');
    last = { folder, kind: FOLDERS.find(([kind, names]) => segments.some((segment, depth) => isFolderOf(kind, names, segment, segments.slice(0, depth))))?.[0] };
  }
  return last.kind;
}

function isFolderOf(kind: CodeContext, names: ReadonlySet<string>, segment: string, above: readonly string[]): boolean {
  if (kind === 'test' && /[-_.]e2e$/.test(segment)) return true;
  if (!names.has(segment)) return false;
  return !SHALLOW_ONLY.has(segment) || (above.length <= SHALLOW && !above.some((each) => SOURCES.has(each)));
}

const SERVER_PACKAGES = /^(?:express|koa|fastify|@nestjs\/core|@hapi\/hapi|@midwayjs\/core|thinkjs|egg|next|restify|hono|@trpc\/server|typeorm|mongoose|sequelize|@prisma\/client|knex)$/;
const BROWSER_PACKAGES = /^(?:react-dom|vue|@angular\/core|svelte|preact|solid-js|react-native|jquery|@tarojs\/taro|@dcloudio\/uni-app)$/;

/** Where the code runs. Packages decide when they speak for one side only; otherwise the path may say it. */
export function classifySide(path: RepoPath, dependencies: ReadonlySet<string> = new Set()): CodeSide {
  if (isComponentFile(path)) return 'browser';
  const names = [...dependencies];
  const server = names.some((name) => SERVER_PACKAGES.test(name));
  const browser = names.some((name) => BROWSER_PACKAGES.test(name));
  if (server !== browser) return server ? 'server' : 'browser';
  const segments = path.toLowerCase().split('/');
  if (segments.some((segment) => /^(?:server|backend|api|routes|controllers?|middlewares?)$/.test(segment))) return 'server';
  if (segments.some((segment) => /^(?:client|frontend|web|ui|components?|pages|views|browser)$/.test(segment))) return 'browser';
  // With Next.js a component may as well run on the server.
  return /\.[jt]sx$/.test(path) && !dependencies.has('next') ? 'browser' : 'unknown';
}
