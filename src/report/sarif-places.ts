// Locations in SARIF's words: encoded relative URIs, UTF-16 columns with an exclusive end, as we count them anyway.
import type { Location, RepoPath } from '#model/location';

export const ROOT = '%SRCROOT%';

/** Each segment is encoded on its own: a `#`, `%` or blank in a file name must not change what the URI means. */
export const toUri = (path: RepoPath): string => path.split('/').map(encodeURIComponent).join('/');

export const artifactLocation = (path: RepoPath): object => ({ uri: toUri(path), uriBaseId: ROOT });

export function physicalLocation(location: Location): object {
  return { artifactLocation: artifactLocation(location.file), region: region(location) };
}

/** Of an expression over several lines only the first: code scanning shows an alert on a pull request only when every line
 * of its region is part of the change. */
function region(location: Location): object {
  const { line, column, endLine, endColumn } = location;
  return endLine === line && endColumn > column
    ? { startLine: line, startColumn: column, endLine, endColumn }
    : { startLine: line, startColumn: column };
}
