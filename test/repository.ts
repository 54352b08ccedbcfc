// A git repository in a folder of its own that a test writes commit by commit and that is removed afterwards.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  /** Writes files (`null` removes one) and commits; returns the commit. */
  commit(message: string, files: Readonly<Record<string, string | null>>): string;
  move(from: string, to: string): void;
}

/** Of git itself only: nobody's settings, hooks or signing keys take part. */
const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Teller', GIT_AUTHOR_EMAIL: 'teller@bank.example', GIT_AUTHOR_DATE: '2026-01-05T09:00:00Z',
  GIT_COMMITTER_NAME: 'Teller', GIT_COMMITTER_EMAIL: 'teller@bank.example', GIT_COMMITTER_DATE: '2026-01-05T09:00:00Z',
};

export async function withRepository<T>(use: (repository: Repository) => T | Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fiduciary-git-')));
  const git = (...args: readonly string[]): string => {
    const ended = spawnSync('git', args, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
    if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`);
    return ended.stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  try {
    return await use({
      folder,
      git,
      move(from, to) {
        mkdirSync(dirname(join(folder, to)), { recursive: true });
        renameSync(join(folder, from), join(folder, to));
      },
      commit(message, files) {
        for (const [path, text] of Object.entries(files)) {
          const file = join(folder, path);
          if (text === null) {
            if (existsSync(file)) rmSync(file);
            continue;
          }
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, text);
        }
        git('add', '--all');
        git('commit', '--quiet', '--allow-empty', '--message', message);
        return git('rev-parse', 'HEAD');
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
