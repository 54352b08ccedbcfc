// What lies around the code: package manager, pipeline, linter, and files of ours that are there already. Reads names, not code.
import { type Host, HostError } from '#host/host';

export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

export interface Surroundings {
  /** Absent when nothing is locked at the root. */
  readonly manager?: PackageManager;
  readonly hasManifest: boolean;
  /** Pipelines by name: `GitHub Actions`, `GitLab CI`, … */
  readonly pipelines: readonly string[];
  readonly usesGitHub: boolean;
  /** Configuration of ESLint, relative to the root. */
  readonly eslint?: string;
  /** The old form of it, which no plugin of today supports. */
  readonly eslintrc?: string;
  readonly branch: string;
}

const LOCKS: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'], ['yarn.lock', 'yarn'], ['bun.lock', 'bun'], ['bun.lockb', 'bun'], ['package-lock.json', 'npm'], ['npm-shrinkwrap.json', 'npm'],
];

const PIPELINES: readonly (readonly [path: string, name: string])[] = [
  ['.github/workflows', 'GitHub Actions'], ['.gitlab-ci.yml', 'GitLab CI'], ['Jenkinsfile', 'Jenkins'], ['azure-pipelines.yml', 'Azure Pipelines'],
  ['bitbucket-pipelines.yml', 'Bitbucket Pipelines'], ['.circleci', 'CircleCI'], ['.travis.yml', 'Travis CI'], ['.drone.yml', 'Drone'], ['.gitea/workflows', 'Gitea Actions'],
];

const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);
const ESLINTRC = ['.eslintrc', ...['js', 'cjs', 'json', 'yml', 'yaml'].map((ending) => `.eslintrc.${ending}`)];

export function lookAround(host: Host, root: string): Surroundings {
  const has = (path: string): boolean => host.exists(`${root}/${path}`);
  const manager = LOCKS.find(([file]) => has(file))?.[1];
  const pipelines = PIPELINES.filter(([path]) => has(path)).map(([, name]) => name);
  const remote = host.git(root, ['remote', 'get-url', 'origin'])?.trim() ?? '';
  const head = host.git(root, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD'])?.trim().replace(/^origin\//, '');
  const branch = head ?? host.git(root, ['symbolic-ref', '--short', 'HEAD'])?.trim();
  const [eslint, eslintrc] = [ESLINT.find(has), ESLINTRC.find(has)];
  return {
    ...(manager === undefined ? {} : { manager }),
    hasManifest: has('package.json'),
    pipelines,
    // Somebody without any pipeline yet is most often there.
    usesGitHub: has('.github') || /(?:^|[@/.])github\./.test(remote) || (pipelines.length === 0 && !/gitlab|gitee|bitbucket|dev\.azure/.test(remote)),
    ...(eslint === undefined ? {} : { eslint }),
    ...(eslintrc === undefined && !mentionsEslint(host, root) ? {} : { eslintrc: eslintrc ?? 'package.json' }),
    // A branch is a name of the repository: only what needs no quoting goes into a workflow.
    branch: branch !== undefined && /^[\w][\w./-]*$/.test(branch) ? branch : 'main',
  };
}

function mentionsEslint(host: Host, root: string): boolean {
  try {
    const manifest: unknown = JSON.parse(host.readText(`${root}/package.json`));
    return typeof manifest === 'object' && manifest !== null && 'eslintConfig' in manifest;
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return false;
    throw error;
  }
}
