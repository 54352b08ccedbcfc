// Where imports lead, without an install and without a disk.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMemoryHost } from '#host/memory-host';
import { type RepoPath, toRepoPath } from '#model/location';
import { discoverProject } from '#project/discover';
import { createResolver } from '#project/resolve';

const test = suite('resolve');

type Files = Record<string, string | object>;

/** Answers `file:…`, `package:…`, `builtin:…` or `unresolved`. */
function resolverOf(files: Files): (from: string, specifier: string) => string {
  const texts = Object.entries(files).map(([path, content]) => [`/bank/${path}`, typeof content === 'string' ? content : JSON.stringify(content)]);
  const resolver = createResolver(discoverProject(createMemoryHost(Object.fromEntries(texts)), '/bank', { include: [], exclude: [] }));
  return (from, specifier) => {
    const found = resolver.resolve(toRepoPath(from), specifier);
    if (found.kind === 'file') return found.file;
    if (found.kind === 'package') return `package:${found.name}${found.subpath === '' ? '' : `/${found.subpath}`}`;
    return found.kind === 'builtin' ? `builtin:${found.name}` : 'unresolved';
  };
}

test('relative imports, extensions and index files', () => {
  const resolve = resolverOf({
    'src/main.ts': '', 'src/a.ts': '', 'src/b/index.tsx': '', 'src/c.vue': '', 'src/d.js': '', 'src/d.d.ts': '', 'src/e.d.ts': '',
    'src/f.json': '{}', 'src/user.service.ts': '', 'src/g.ts': '', 'src/g/index.ts': '', 'src/logo.png': '', 'index.ts': '', 'src/h.native.ts': '',
  });
  assert.is(resolve('src/main.ts', './a'), 'src/a.ts');
  assert.is(resolve('src/main.ts', './b'), 'src/b/index.tsx');
  assert.is(resolve('src/b/index.tsx', '..'), 'unresolved');
  assert.is(resolve('src/main.ts', './c.vue'), 'src/c.vue');
  assert.is(resolve('src/main.ts', './c'), 'src/c.vue');
  assert.is(resolve('src/main.ts', './d'), 'src/d.js', 'the code, not only its types');
  assert.is(resolve('src/main.ts', './e'), 'src/e.d.ts');
  assert.is(resolve('src/main.ts', './f.json'), 'src/f.json');
  assert.is(resolve('src/main.ts', './user.service'), 'src/user.service.ts');
  assert.is(resolve('src/main.ts', './g'), 'src/g.ts');
  assert.is(resolve('src/main.ts', './g/'), 'src/g/index.ts');
  assert.is(resolve('src/main.ts', './logo.png?url'), 'src/logo.png');
  assert.is(resolve('src/main.ts', 'raw-loader!./a'), 'src/a.ts');
  assert.is(resolve('src/main.ts', '..'), 'index.ts');
  assert.is(resolve('src/main.ts', './h'), 'src/h.native.ts');
  assert.is(resolve('src/main.ts', './none'), 'unresolved');
  assert.is(resolve('src/main.ts', '../../outside'), 'unresolved');
});

test('`.js` means `.ts`, unless only the script is there', () => {
  const resolve = resolverOf({ 'a.ts': '', 'a.js': '', 'b.js': '', 'c.tsx': '', 'd.mts': '', 'e.cts': '', 'f.config.js': '' });
  assert.is(resolve('x.ts', './a.js'), 'a.ts');
  assert.is(resolve('x.ts', './b.js'), 'b.js');
  assert.is(resolve('x.ts', './c.js'), 'c.tsx');
  assert.is(resolve('x.ts', './d.mjs'), 'd.mts');
  assert.is(resolve('x.ts', './e.cjs'), 'e.cts');
  assert.is(resolve('x.ts', './f.config'), 'f.config.js');
});

test('paths: the longest prefix first, with extends, comments, an own base', () => {
  const resolve = resolverOf({
    'tsconfig.base.json': '{\n // shared\n "compilerOptions": { "baseUrl": ".", "paths": { "@bank/*": ["libs/*/src/index.ts"], "@bank/cards/*": ["libs/cards/src/lib/*"], "@exact": ["libs/exact.ts"], }, },\n}',
    'apps/api/tsconfig.json': { extends: '../../tsconfig.base.json' },
    'apps/web/tsconfig.json': { extends: ['./tsconfig.own.json'], compilerOptions: { paths: { '#/*': ['./src/*', './lib/*'] } } },
    'apps/web/tsconfig.own.json': {},
    'apps/api/src/main.ts': '', 'apps/web/src/main.ts': '', 'apps/web/lib/x.ts': '',
    'libs/ledger/src/index.ts': '', 'libs/cards/src/index.ts': '', 'libs/cards/src/lib/mask.ts': '', 'libs/exact.ts': '',
  });
  assert.is(resolve('apps/api/src/main.ts', '@bank/ledger'), 'libs/ledger/src/index.ts');
  assert.is(resolve('apps/api/src/main.ts', '@bank/cards/mask'), 'libs/cards/src/lib/mask.ts');
  assert.is(resolve('apps/api/src/main.ts', '@exact'), 'libs/exact.ts');
  assert.is(resolve('apps/api/src/main.ts', '@bank/none'), 'unresolved', 'an alias is no package');
  assert.is(resolve('apps/web/src/main.ts', '#/x'), 'apps/web/lib/x.ts');
  assert.is(resolve('apps/web/src/main.ts', '@bank/ledger'), 'libs/ledger/src/index.ts', 'the base at the top stands in');
});

test('solution-style settings and baseUrl', () => {
  const resolve = resolverOf({
    'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }] },
    'tsconfig.app.json': { compilerOptions: { paths: { '~lib/*': ['./src/lib/*'] } } },
    'tsconfig.node.json': {},
    'src/main.ts': '', 'src/lib/a.ts': '',
    'old/jsconfig.json': { compilerOptions: { baseUrl: 'source' } },
    'old/source/api/login.js': '', 'old/source/main.js': '', 'old/source/util.js': '',
  });
  assert.is(resolve('src/main.ts', '~lib/a'), 'src/lib/a.ts');
  assert.is(resolve('old/source/main.js', 'api/login'), 'old/source/api/login.js');
  assert.is(resolve('old/source/main.js', 'util'), 'builtin:util');
});

test('settings that extend in a circle, or a package that is not installed', () => {
  const resolve = resolverOf({
    'a/tsconfig.json': { extends: '../b/tsconfig.json', compilerOptions: { paths: { 'x/*': ['./*'] } } },
    'b/tsconfig.json': { extends: ['../a/tsconfig.json', '@tsconfig/node20/tsconfig.json'] },
    'a/one.ts': '', 'b/two.ts': '',
  });
  assert.is(resolve('a/one.ts', 'x/one'), 'a/one.ts');
  assert.is(resolve('b/two.ts', 'x/one'), 'a/one.ts');
});

test('settings shared as a workspace package', () => {
  const resolve = resolverOf({
    'package.json': { workspaces: ['packages/*', 'apps/*'] },
    'packages/config/package.json': { name: '@bank/config' },
    'packages/config/next.json': { compilerOptions: { paths: { '@app/*': ['${configDir}/app/*'] } } },
    'packages/config/tsconfig.next.json': { compilerOptions: { paths: { '@/*': ['../../apps/web/app/*'] } } },
    'apps/web/tsconfig.json': { extends: '@bank/config/tsconfig.next.json' },
    'apps/web/app/a.ts': '', 'apps/web/main.ts': '',
  });
  assert.is(resolve('apps/web/main.ts', '@/a'), 'apps/web/app/a.ts');
});

test('workspace packages lead to source, not to output', () => {
  const resolve = resolverOf({
    'package.json': { workspaces: { packages: ['packages/*'] } },
    'packages/core/package.json': {
      name: '@bank/core',
      exports: { '.': { types: './dist/index.d.ts', import: './dist/esm/index.mjs' }, './mask': './dist/mask/index.js', './rules/*': './dist/rules/*.js' },
    },
    'packages/core/src/index.ts': '', 'packages/core/src/mask/index.ts': '', 'packages/core/src/rules/card.ts': '', 'packages/core/src/deep/x.ts': '',
    'packages/plain/package.json': { name: 'plain', main: 'lib/main.js' },
    'packages/plain/lib/main.js': '', 'packages/plain/main.js': '',
    'packages/tsc/package.json': { name: 'tsc-out', main: 'dist/packages/tsc/src/index.js' },
    'packages/tsc/src/index.ts': '',
    'packages/bare/package.json': { name: 'bare' },
    'packages/bare/src/index.ts': '',
    'packages/self/package.json': { name: 'self', exports: { '.': { source: './src/entry.ts', default: './dist/entry.js' } } },
    'packages/self/src/entry.ts': '', 'packages/self/src/use.ts': '',
  });
  const from = 'packages/bare/src/index.ts';
  assert.is(resolve(from, '@bank/core'), 'packages/core/src/index.ts');
  assert.is(resolve(from, '@bank/core/mask'), 'packages/core/src/mask/index.ts');
  assert.is(resolve(from, '@bank/core/rules/card'), 'packages/core/src/rules/card.ts');
  assert.is(resolve(from, '@bank/core/deep/x'), 'packages/core/src/deep/x.ts');
  assert.is(resolve(from, 'plain'), 'packages/plain/lib/main.js', 'a lib folder may be the source');
  assert.is(resolve(from, 'tsc-out'), 'packages/tsc/src/index.ts');
  assert.is(resolve(from, 'bare'), 'packages/bare/src/index.ts');
  assert.is(resolve('packages/self/src/use.ts', 'self'), 'packages/self/src/entry.ts');
});

test('a template that bears the name of a package from outside does not take its place', () => {
  const resolve = resolverOf({
    'package.json': { name: 'bank', dependencies: { express: '^5.0.0' } },
    'templates/express/package.json': { name: 'express', main: 'index.js' },
    'templates/express/index.js': '',
    'src/main.ts': '',
  });
  assert.is(resolve('src/main.ts', 'express'), 'package:express');
});

test('imports fields, built-ins and packages', () => {
  const resolve = resolverOf({
    'package.json': { imports: { '#model/*': { source: './src/model/*.ts', default: './dist/model/*.js' }, '#log': './dist/log.js', '#fetch': 'undici' } },
    'src/model/user.ts': '', 'src/log.ts': '', 'src/main.ts': '',
  });
  assert.is(resolve('src/main.ts', '#model/user'), 'src/model/user.ts');
  assert.is(resolve('src/main.ts', '#log'), 'src/log.ts');
  assert.is(resolve('src/main.ts', '#fetch'), 'package:undici');
  assert.is(resolve('src/main.ts', '#none'), 'unresolved');
  assert.is(resolve('src/main.ts', 'node:fs/promises'), 'builtin:fs/promises');
  assert.is(resolve('src/main.ts', 'crypto'), 'builtin:crypto');
  assert.is(resolve('src/main.ts', '@aws-sdk/client-s3/dist/x'), 'package:@aws-sdk/client-s3/dist/x');
  assert.is(resolve('src/main.ts', 'lodash/fp'), 'package:lodash/fp');
  assert.is(resolve('src/main.ts', 'https://cdn.example.com/x.js'), 'unresolved');
  assert.is(resolve('src/main.ts', 'virtual:routes'), 'unresolved');
});

test('conventions where nothing is written: @, ~, src, mini programs', () => {
  const resolve = resolverOf({
    'admin/package.json': {}, 'admin/src/api/user.js': '', 'admin/src/main.js': '', 'admin/index.html': '',
    'nuxt/package.json': {}, 'nuxt/composables/login.ts': '', 'nuxt/pages/a.vue': '',
    'mini/app.json': '{}', 'mini/utils/api.js': '', 'mini/pages/me/me.js': '',
  });
  assert.is(resolve('admin/src/main.js', '@/api/user'), 'admin/src/api/user.js');
  assert.is(resolve('admin/src/main.js', 'src/api/user'), 'admin/src/api/user.js');
  assert.is(resolve('admin/src/main.js', '@/none'), 'unresolved');
  assert.is(resolve('nuxt/pages/a.vue', '~/composables/login'), 'nuxt/composables/login.ts');
  assert.is(resolve('nuxt/pages/a.vue', '~~/composables/login'), 'nuxt/composables/login.ts');
  assert.is(resolve('mini/pages/me/me.js', '/utils/api'), 'mini/utils/api.js');
  assert.is(resolve('admin/index.html', '/src/main.js'), 'admin/src/main.js');
});

test('folders with a manifest of their own', () => {
  const resolve = resolverOf({ 'lib/money/package.json': { main: './money.js' }, 'lib/money/money.js': '', 'main.js': '' });
  assert.is(resolve('main.js', './lib/money'), 'lib/money/money.js');
});

test('the package of a file', () => {
  const host = createMemoryHost({ '/bank/package.json': '{"name":"bank"}', '/bank/a/package.json': '{"name":"a"}', '/bank/a/src/x.ts': '', '/bank/b/x.ts': '' });
  const resolver = createResolver(discoverProject(host, '/bank', { include: [], exclude: [] }));
  assert.is(resolver.packageOf('a/src/x.ts' as RepoPath)?.name, 'a');
  assert.is(resolver.packageOf('b/x.ts' as RepoPath)?.name, 'bank');
});

test.run();
