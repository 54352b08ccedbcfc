// What is found, what is left out, and that nothing is left out in silence.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMemoryHost, type MemoryOptions } from '#host/memory-host';
import { UserError } from '#model/errors';
import { toRepoPath } from '#model/location';
import { discoverProject, type DiscoverOptions, scriptOf } from '#project/discover';
import type { Project } from '#project/project';

const test = suite('discover');

const EVERYTHING: DiscoverOptions = { include: [], exclude: [] };
const MINIFIED = `!function(e,t){${'var n=e(t);if(n){t.r(e)}else{n=t};'.repeat(60)}}(window,document);`;

function discover(files: Record<string, string | Uint8Array>, options: MemoryOptions = {}, wanted = EVERYTHING, root = '/bank'): Project {
  const placed = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/bank/${path}`, text]));
  return discoverProject(createMemoryHost(placed, options), root, wanted);
}
const paths = (project: Project): readonly string[] => project.files.map((file) => file.path);
const gaps = (project: Project): readonly string[] => project.gaps.map((gap) => `${gap.kind} ${gap.file ?? '-'}`);

test('finds every kind of source, sorted by code units', () => {
  const names = ['a.ts', 'B.tsx', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'i.vue', 'z/a.ts', 'z-b/a.ts'];
  const project = discover(Object.fromEntries([...names, 'readme.md', 'style.css'].map((name) => [name, ''])));
  assert.equal(paths(project), ['B.tsx', 'a.ts', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'i.vue', 'z-b/a.ts', 'z/a.ts']);
  assert.equal(project.files.map((file) => file.language), ['tsx', 'ts', 'ts', 'ts', 'js', 'jsx', 'js', 'js', 'js', 'ts', 'ts']);
  assert.ok(project.paths.has(toRepoPath('style.css')), 'an import may lead to it');
});

test('a component has the language of its script', () => {
  const project = discover({ 'a.vue': '<template/>\n<script lang="ts" setup>\n</script>', 'b.vue': '<script>\n</script>' });
  assert.equal(project.files.map((file) => file.language), ['ts', 'js']);
});

test('declarations are listed apart', () => {
  const project = discover({ 'types.d.ts': '', 'x.d.mts': '', 'style.d.css.ts': '', 'user.ts': '' });
  assert.equal(paths(project), ['user.ts']);
  assert.equal(project.declarations.map((file) => file.path), ['style.d.css.ts', 'types.d.ts', 'x.d.mts']);
});

test('counts lines as an editor does', () => {
  const project = discover({ 'a.ts': 'one\ntwo\n', 'b.ts': 'one\ntwo', 'c.ts': '' });
  assert.equal(project.files.map((file) => file.lines), [2, 2, 0]);
});

test('follows nested ignore files, also those above the scanned folder', () => {
  const files = {
    '.git/HEAD': '',
    '.gitignore': '*.log.ts\n/secret/\nlocal.ts\n',
    'packages/api/.gitignore': '# nothing but a comment\n!local.ts\n/tmp\n',
    'packages/api/local.ts': '',
    'packages/api/tmp/a.ts': '',
    'packages/api/x.log.ts': '',
    'packages/api/secret/a.ts': '',
    'packages/web/local.ts': '',
    'secret/a.ts': '',
  };
  assert.equal(paths(discover(files)), ['packages/api/local.ts', 'packages/api/secret/a.ts']);
  assert.equal(paths(discover(files, {}, EVERYTHING, '/bank/packages/api')), ['local.ts', 'secret/a.ts']);
  assert.equal(paths(discover(files, {}, EVERYTHING, '/bank/packages/web')), []);
});

test('include and exclude are globs', () => {
  const files = { 'src/a.ts': '', 'src/a.spec.ts': '', 'src/legacy/b.ts': '', 'tools/c.ts': '' };
  assert.equal(paths(discover(files, {}, { include: ['src/**'], exclude: ['**/*.{spec,test}.ts'] })), ['src/a.ts', 'src/legacy/b.ts']);
  assert.equal(paths(discover(files, {}, { include: [], exclude: ['legacy', './tools'] })), ['src/a.spec.ts', 'src/a.ts']);
  assert.equal(paths(discover(files, {}, { include: ['.'], exclude: ['src/*', '!src/a.ts'] })), ['src/a.ts', 'tools/c.ts']);
  assert.equal(paths(discover(files, {}, { include: ['./src/legacy/'], exclude: [] })), ['src/legacy/b.ts']);
});

test('packages, caches and tools are never looked into', () => {
  const project = discover({ 'node_modules/x/a.js': '', 'src/node_modules/x/a.js': '', '.next/a.js': '', '.git/hook.js': '', 'src/a.ts': '' });
  assert.equal(paths(project), ['src/a.ts']);
  assert.equal(project.gaps, []);
});

test('build output is left out, a folder that is only called so is not', () => {
  const project = discover({
    'package.json': '{}',
    'build/webpack.base.js': 'module.exports = {}',
    'src/build/plan.ts': 'export const plan = 1',
    'src/out/a.js': 'export const a = 1',
    'dist/index.js': '',
    'apps/web/build/index.html': '',
    'apps/web/build/static/js/main.3f2a9b1c.js': 'x',
    'packages/core/lib/a.js': '',
    'packages/core/lib/a.d.ts': '',
    'packages/core/package.json': '{}',
    'coverage/lcov.info': '',
    'coverage/prettify.js': '',
  });
  assert.equal(paths(project), ['build/webpack.base.js', 'src/build/plan.ts', 'src/out/a.js']);
  assert.equal(gaps(project), ['generated apps/web/build', 'generated coverage', 'generated dist', 'generated packages/core/lib']);
  assert.ok(project.paths.has(toRepoPath('dist/index.js')), 'what is left out is still known');
});

test('vendored folders and copies of libraries', () => {
  const project = discover({
    'vendor/qr.js': 'function qr() {}',
    'src/vendor/vendor.service.ts': 'export class VendorService {}',
    'src/vendor/export.js': 'export function toSheet() {}',
    'third_party/x/a.ts': '',
    'public/js/jquery-3.6.0.js': 'var jQuery = {}',
    'public/js/login.js': 'function login(user) {}',
    'src/plugins/echarts.js': "import * as echarts from 'echarts'",
    'src/sdk.js': '/*! Some SDK v2.4.1 | MIT License */\nvar sdk = {};\n'.padEnd(3000, ' '),
    'src/umd.js': '(function (root, factory) { if (typeof define === "function" && define.amd) define(factory); })(this, function () {});',
    'src/own.js': '/*\n * Copyright (c) 2020 The Bank.\n * SPDX-License-Identifier: MIT\n */\nexport const a = 1;\n',
  });
  assert.equal(paths(project), ['public/js/login.js', 'src/own.js', 'src/plugins/echarts.js', 'src/vendor/export.js', 'src/vendor/vendor.service.ts']);
  assert.equal(gaps(project), [
    'vendored public/js/jquery-3.6.0.js', 'vendored src/sdk.js', 'vendored src/umd.js', 'vendored third_party', 'vendored vendor',
  ]);
});

test('generated code: scripts are left out, TypeScript is kept for its types', () => {
  const project = discover({
    'a.ts': '/* eslint-disable */\n// This file was automatically generated by a tool.\nexport interface User { email: string }',
    'b.ts': '// @generated by the schema compiler. DO NOT EDIT.\n',
    'c.ts': '/** 该文件自动生成，请勿手动修改 */\n',
    'd_pb.js': 'var x = 1;',
    'e.ts': '// Auto-generated ids are used for accounts\nexport const id = 1;',
    'f.ts': "// This generates a secret. Do not modify the number of characters.\nexport const f = 1;",
    'g.ts': 'export const banner = "// This file was generated by us";',
    'h.ts': "'use client';\n\n// Code generated by protoc. DO NOT EDIT.\n",
  });
  assert.equal(paths(project), ['e.ts', 'f.ts', 'g.ts']);
  assert.equal(project.declarations.map((file) => file.path), ['a.ts', 'b.ts', 'c.ts', 'h.ts']);
  assert.equal(gaps(project), ['generated a.ts', 'generated b.ts', 'generated c.ts', 'generated d_pb.js', 'generated h.ts']);
});

test('compiled scripts beside their TypeScript', () => {
  const output = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';
  const project = discover({ 'user.ts': '', 'user.js': output, 'card.ts': '', 'card.js': 'module.exports = {}', 'alone.js': output });
  assert.equal(paths(project), ['alone.js', 'card.js', 'card.ts', 'user.ts']);
  assert.equal(gaps(project), ['generated user.js']);
});

test('minified is dense code in long lines, not long data', () => {
  const project = discover({
    'a.js': MINIFIED,
    'b.min.js': 'x',
    'data.js': `export const regions = "${'Zürich, Genève, '.repeat(500)}";`,
    'image.js': `export const logo = "data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUgAA'.repeat(300)}";`,
    'wide.ts': `export const a = [${'f(x,{y:1});'.repeat(300)}];`,
  });
  assert.equal(paths(project), ['data.js', 'image.js', 'wide.ts']);
  assert.equal(gaps(project), ['minified a.js', 'minified b.min.js']);
});

test('bad files are gaps, and the rest goes on', () => {
  const project = discover(
    {
      'binary.ts': new Uint8Array([0x47, 0, 1, 2]),
      'huge.js': 'x'.repeat(4 * 1024 * 1024 + 1),
      'locked.ts': 'a',
      'gone.ts': 'a',
      'linguist.ts': '<?xml version="1.0"?><!DOCTYPE TS><TS></TS>',
      'page.astro': '',
      'other.astro': '',
      'locked-folder/a.ts': '',
      'good.ts': '',
    },
    { denied: ['/bank/locked.ts', '/bank/locked-folder'], vanished: ['/bank/gone.ts'] },
  );
  assert.equal(paths(project), ['good.ts']);
  assert.equal(gaps(project), [
    'unsupported -', 'binary binary.ts', 'vanished gone.ts', 'too-large huge.js', 'unsupported linguist.ts', 'unreadable locked-folder', 'unreadable locked.ts',
  ]);
  assert.is(project.gaps[0]?.detail, '2 .astro');
});

test('decodes UTF-8 and UTF-16 with marks, and the old Chinese encoding', () => {
  const texts: string[] = [];
  const utf16 = Buffer.from('\uFEFFconst 姓名 = 1;', 'utf16le');
  const files = {
    '/bank/a.ts': '\uFEFFconst a = 1;',
    '/bank/b.ts': utf16,
    '/bank/c.ts': Buffer.from(utf16).swap16(),
    '/bank/d.ts': Buffer.from([...Buffer.from('// '), 0xd0, 0xd5, 0xc3, 0xfb]),
  };
  const project = discoverProject(createMemoryHost(files), '/bank', EVERYTHING, ({ path }, bytes) => texts.push(scriptOf(path, bytes).text));
  assert.equal(texts, ['const a = 1;', 'const 姓名 = 1;', 'const 姓名 = 1;', '// 姓名']);
  assert.equal(project.gaps, []);
});

test('links are counted, not followed; circles and ways out are gaps', () => {
  const project = discover(
    { 'src/a.ts': '', '../outside/b.ts': '' },
    { links: { '/bank/src/around': '/bank', '/bank/alias': 'src', '/bank/out': '/outside', '/bank/dead.ts': 'nothing' } },
  );
  assert.equal(paths(project), ['src/a.ts']);
  assert.is(project.links, 4);
  assert.equal(gaps(project), ['unreadable dead.ts', 'unsupported out', 'symlink-loop src/around']);
});

test('the digest is of the bytes, the visit in order', () => {
  const seen: string[] = [];
  const host = createMemoryHost({ '/bank/b.ts': 'x', '/bank/a.ts': 'x', '/bank/c.d.ts': 'y' });
  const project = discoverProject(host, '/bank', EVERYTHING, (file, _, role) => seen.push(`${file.path} ${role}`));
  assert.equal(seen, ['a.ts source', 'b.ts source', 'c.d.ts declaration']);
  assert.is(project.files[0]?.hash, project.files[1]?.hash);
  assert.is.not(project.files[0]?.hash, project.declarations[0]?.hash);
});

test('a folder that does not exist is an error of the user', () => {
  assert.throws(() => discoverProject(createMemoryHost({}), '/nowhere', EVERYTHING), (error: unknown) => error instanceof UserError);
});

test('broken manifests and settings are gaps with a line', () => {
  const project = discover({ 'package.json': '{ "name": ', 'tsconfig.json': '{\n  "compilerOptions": {\n    "paths": { "@/*": ["src/*"] } oops\n  }\n}', 'a.ts': '' });
  assert.equal(project.gaps.map((gap) => [gap.kind, gap.file, gap.line]), [
    ['unreadable', 'package.json', undefined],
    ['broken-tsconfig', 'tsconfig.json', 3],
  ]);
  assert.is(project.settings[0]?.aliases.length, 1, 'what can be read is used');
});

test.run();
