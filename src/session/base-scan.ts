// The findings of the base of a change: the merge base, checked out into a worktree of its own outside of the program and
// scanned by the same code with the same settings and catalogue, so that only the program differs. Nothing is fetched: the
// tool opens no connection.
import type { Host } from '#host/host';
import { toKnown } from '#identify/known';
import { UserError } from '#model/errors';
import type { Gap } from '#model/gap';
import { scan } from '../session.ts';
import type { Known } from './compare.ts';
import type { ScanOptions } from './open-scan.ts';

/** A gap when the history at hand does not reach back to the base; then nothing can be said to be known. */
export function knownAtBase(host: Host, options: ScanOptions, base: string): Known | Gap {
  const { root } = options;
  const git = (...args: readonly string[]): string | undefined => host.git(root, args)?.trim();
  if (git('rev-parse', '--git-dir') === undefined) {
    // In a container the checkout often belongs to somebody else, and git refuses to read it.
    if (host.gitRoot(root) !== undefined) return gap('git cannot read the repository: it is not installed, or the folder is not among safe.directory');
    throw new UserError('--diff needs a git repository', 'Run it inside a working copy, with git installed, or compare with a --baseline.');
  }
  const commit = resolveCommit(git, base);
  const shallow = git('rev-parse', '--is-shallow-repository') === 'true';
  if (commit === undefined) {
    if (shallow) return gap(`${base} is not in this shallow clone`);
    throw new UserError(`--diff ${base}: there is no such commit or branch`, `Fetch it first (git fetch origin ${base}), or correct the name.`);
  }
  const mergeBase = git('merge-base', 'HEAD', commit);
  if (mergeBase === undefined || mergeBase === '') return gap(shallow ? 'the clone is shallow' : 'the two have no common history');
  return host.withTempFolder((folder) => {
    const tree = `${folder}/base`;
    if (git(...QUIET, 'worktree', 'add', '--detach', '--force', tree, mergeBase) === undefined) return gap('git could not check it out');
    try {
      const { result } = scan(host, { ...options, root: tree, slot: 'base' });
      const findings = result.findings.flatMap((finding) => toKnown(finding) ?? []);
      return { with: 'diff', base: mergeBase, findings, gaps: [] };
    } finally {
      git('worktree', 'remove', '--force', tree);
    }
  });
}

/** A checkout for reading: no hook of the repository runs, no large file is fetched, no submodule touched. */
const QUIET: readonly string[] = [
  '-c', 'core.hooksPath=/dev/null', '-c', 'submodule.recurse=false',
  '-c', 'filter.lfs.process=', '-c', 'filter.lfs.smudge=cat', '-c', 'filter.lfs.required=false',
];

/** A name of a branch that only the remote has is meant, too: that is all a pipeline has of the target branch. */
function resolveCommit(git: (...args: readonly string[]) => string | undefined, base: string): string | undefined {
  for (const name of [base, `origin/${base}`]) {
    const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
    if (commit !== undefined && commit !== '') return commit;
  }
  return undefined;
}

const gap = (detail: string): Gap => ({ kind: 'no-merge-base', detail });
