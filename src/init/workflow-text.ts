// The text of the GitHub workflow. It uses the Fiduciary that the repository installs: its version is pinned by the lockfile, and
// no other repository has to be trusted. Actions of others are pinned by commit; the job may read and upload, nothing else.
import type { PackageManager, Surroundings } from './surroundings.ts';

const INSTALL: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['npm ci --ignore-scripts'],
  pnpm: ['corepack enable', 'pnpm install --frozen-lockfile --ignore-scripts'],
  yarn: ['corepack enable', 'yarn install --immutable || yarn install --frozen-lockfile --ignore-scripts'],
  bun: ['npm install --global bun', 'bun install --frozen-lockfile --ignore-scripts'],
};

export function workflowText({ manager, branch }: Surroundings, installed: boolean, version: string): string {
  const commands = manager !== undefined && installed ? INSTALL[manager] : [`npm install --no-save --no-package-lock --ignore-scripts --prefix "$RUNNER_TEMP/fiduciary" fiduciary@${version}`, 'mkdir -p node_modules && cp -r "$RUNNER_TEMP/fiduciary/node_modules/." node_modules/'];
  return `# Written by \`fiduciary init\`. A pull request fails only for what it brings; a push to ${branch} for everything open.
name: Fiduciary
on:
  pull_request:
  merge_group:
  push: { branches: ['${branch}'] }

permissions: {}

jobs:
  scan:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      security-events: write # to upload SARIF; leave it and the last step out where there is no code scanning
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          fetch-depth: 0 # a pull request is compared with its merge base
          persist-credentials: false
      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with: { node-version: 24 }
${commands.map((command) => `      - run: ${command}\n`).join('')}      - id: fiduciary
        uses: ./node_modules/fiduciary
        with: { sarif-file: fiduciary.sarif }
      # A fork or a bot may not upload; the job summary holds everything there, too.
      - if: >-
          !cancelled() && steps.fiduciary.outputs.sarif-file != '' && github.actor != 'dependabot[bot]' &&
          (github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository)
        uses: github/codeql-action/upload-sarif@9e907b5e64f6b83e7804b09294d44122997950d6 # v4.32.3
        with: { sarif_file: fiduciary.sarif, category: fiduciary }
`;
}
