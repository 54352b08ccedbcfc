// What to report for a list of changed files: the findings whose flow touches one of them, wherever the sink stands.
import { isAbsolute, relative, resolve } from 'node:path/posix';
import type { Host } from '#host/host';
import type { Finding } from '#model/finding';
import type { Result } from '#model/result';

/** One path a line, or ended by NUL as `git diff -z` writes them; relative to the root or to the working directory. */
export function parseFileList(host: Host, root: string, text: string): ReadonlySet<string> {
  const names = text.split(text.includes('\0') ? '\0' : /\r?\n/).map((name) => name.replace(/^"(.*)"$/, '$1').replaceAll('\\', '/')).filter((name) => name !== '');
  const cwd = host.realpath(host.cwd()) ?? host.cwd();
  return new Set(names.map((name) => {
    if (isAbsolute(name)) return relative(root, host.realpath(name) ?? name);
    const fromRoot = name.replace(/^(\.\/)+/, '');
    return host.exists(`${root}/${fromRoot}`) ? fromRoot : relative(root, resolve(cwd, name));
  }));
}

export function touching(result: Result, files: ReadonlySet<string>): Result {
  return { ...result, findings: result.findings.filter((finding) => touches(finding, files)) };
}

const touches = (finding: Finding, files: ReadonlySet<string>): boolean =>
  files.has(finding.sink.location.file)
  || files.has(finding.sink.inner.file)
  || finding.sources.some((source) => files.has(source.location.file) || source.path.some((step) => files.has(step.location.file)));
