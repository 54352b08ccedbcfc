// Packages, whichever tool ties them together.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMemoryHost } from '#host/memory-host';
import { toRepoPath } from '#model/location';
import { createPackageFinder, readPackages } from '#project/workspaces';

const test = suite('workspaces');

function read(files: Record<string, string>): ReturnType<typeof readPackages> {
  const host = createMemoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/bank/${path}`, text])));
  return readPackages(host, '/bank', Object.keys(files).sort().map(toRepoPath));
}
const members = (files: Record<string, string>): readonly string[] =>
  read(files).packages.filter((each) => each.member).map((each) => each.dir);

const PACKAGES = { 'packages/a/package.json': '{"name":"a"}', 'packages/b/package.json': '{"name":"b"}', 'templates/a/package.json': '{"name":"a"}' };

test('members by npm, pnpm and lerna', () => {
  assert.equal(members({ ...PACKAGES, 'package.json': '{"workspaces":["packages/*"]}' }), ['', 'packages/a', 'packages/b']);
  assert.equal(members({ ...PACKAGES, 'package.json': '{"workspaces":{"packages":["./packages/a"]}}' }), ['', 'packages/a']);
  assert.equal(members({ ...PACKAGES, 'pnpm-workspace.yaml': 'packages:\n  - "packages/**"\n  - "!packages/b"\n' }), ['packages/a']);
  assert.equal(members({ ...PACKAGES, 'lerna.json': '{"packages":["packages/b"]}' }), ['packages/b']);
});

test('dependencies of all kinds, and an Nx project without a manifest', () => {
  const { packages } = read({
    'package.json': '{"name":"bank","dependencies":{"a":"1"},"devDependencies":{"b":"1"},"peerDependencies":{"c":"1"},"optionalDependencies":{"d":"1"}}',
    'apps/web/project.json': '{"name":"web"}',
  });
  assert.equal([...(packages[0]?.dependencies ?? [])], ['a', 'b', 'c', 'd']);
  assert.equal(packages.map((each) => [each.dir, each.kind]), [['', 'package'], ['apps/web', 'project']]);
  assert.is(createPackageFinder(packages)('apps/web/src/app')?.name, 'web');
  assert.is(createPackageFinder(packages)('libs')?.name, 'bank');
});

test('odd and broken manifests lose nothing else', () => {
  const { packages, gaps } = read({ 'a/package.json': '[]', 'b/package.json': '{"name":1,"main":{},"dependencies":[]}', 'c/package.json': '', 'pnpm-workspace.yaml': 'packages: [' });
  assert.equal(packages.map((each) => [each.dir, each.name]), [['b', '']]);
  assert.equal(gaps.map((gap) => gap.file), ['a/package.json', 'pnpm-workspace.yaml']);
});

test.run();
