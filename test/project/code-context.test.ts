// What a file is for, by its path.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toRepoPath } from '#model/location';
import { classifyCode, classifySide, type CodeContext } from '#project/code-context';

const test = suite('code context');

const KINDS: Readonly<Record<CodeContext, readonly string[]>> = {
  production: [
    'src/user.ts', 'src/latest/contest.ts', 'src/testimonials/list.tsx', 'src/pages/goods/spec/index.vue', 'src/modules/demo/service/cache.ts',
    'src/admin/tools/export.ts', 'src/github.config.ts', 'src/seedling.ts', 'src/wallet/generateSeedPhrase.ts', 'src/seedDatabook.ts', 'src/storyboard/view.tsx', 'packages/a/src/lib/bin/run.ts', 'src/vue.js',
  ],
  test: [
    'src/user.spec.ts', 'src/user.test.tsx', 'src/__tests__/user.ts', 'test/user.ts', 'apps/web-e2e/src/a.ts', 'cypress/support/a.ts', 'jest.config.ts',
    'src/a.component.cy.tsx', 'src/test-setup.ts', 'packages/a/tests/b.js', 'src/seed/user.test.ts', 'playwright.service.config.ts',
  ],
  story: ['src/button.stories.tsx', 'src/Button.stories.svelte', 'modules/button/stories.tsx', '.storybook/main.ts', 'src/stories/a.ts'],
  mock: ['src/__mocks__/a.ts', 'src/user.mock.ts', 'mock/user.js', 'test/fixtures/a.ts', 'src/mocks/handlers.ts'],
  seed: ['prisma/seed.ts', 'src/candidate.seed.ts', 'src/database/seeders/user.ts', 'scripts/seed/users.ts', 'database/user-seeder.ts', 'scripts/generateSeedData.ts',
    'scripts/seedDataUtils.ts', 'tools/demo.seed.ts', 'src/seed-data.ts', 'scripts/create-seed-database.js'],
  example: ['examples/a.ts', 'packages/a/examples/b.ts', 'demo/a.js', 'docs/snippet.ts'],
  script: ['scripts/a.mjs', 'tools/a.ts', 'packages/a/scripts/b.ts', 'vite.config.ts', 'webpack.prod.js', 'Gruntfile.js', '.eslintrc.cjs', 'eslint.config.mjs'],
};

for (const [kind, paths] of Object.entries(KINDS)) {
  test(kind, () => {
    assert.equal(paths.filter((path) => classifyCode(toRepoPath(path)) !== kind), []);
  });
}

test('sides', () => {
  const side = (path: string, ...dependencies: string[]): string => classifySide(toRepoPath(path), new Set(dependencies));
  assert.is(side('src/a.ts', 'express'), 'server');
  assert.is(side('src/a.ts', 'react-dom'), 'browser');
  assert.is(side('src/a.ts', 'next', 'react-dom'), 'unknown');
  assert.is(side('app/api/login/route.ts', 'next', 'react-dom'), 'server');
  assert.is(side('app/card.tsx', 'next', 'react-dom'), 'unknown');
  assert.is(side('src/card.tsx'), 'browser');
  assert.is(side('src/card.vue', 'express'), 'browser');
  assert.is(side('src/a.ts'), 'unknown');
});

test.run();
