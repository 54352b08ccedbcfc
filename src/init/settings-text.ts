// The text of fiduciary.yaml for a repository: few settings, since most of what was seen needs none, and the reasons beside them.
import { type LibraryRole, LIBRARY_ROLES, type Sightings } from '#model/sightings';

const HEADINGS: Readonly<Record<LibraryRole, string>> = {
  logger: 'loggers', client: 'clients', vendor: 'third parties', storage: 'storage', token: 'tokens',
};
const MOST = 12;

export function settingsText(seen: Sightings): string {
  const unknown = seen.protectors.filter(({ does }) => does === undefined);
  const open = (seen.effects.deny ?? 0) + (seen.effects.require_approval ?? 0) + (seen.effects.warn ?? 0);
  return [
    '# yaml-language-server: $schema=./node_modules/fiduciary/schemas/config.schema.json',
    '# Settings of Fiduciary, written by `fiduciary init`. Nothing here is needed for a scan; change what does not fit.',
    '#',
    '# Seen when this file was written:',
    ...LIBRARY_ROLES.flatMap((role) => seenLine(role, seen)),
    ...(seen.schemas.length === 0 ? [] : comment(`schemas: ${some(seen.schemas)}`)),
    '',
    '# Globs of files to leave out. What git ignores, what is generated, minified or vendored is left out by itself, and findings in',
    '# tests, stories, mocks, seeds and examples are notes at most.',
    'exclude: []',
    '',
    '# What fiduciary-allow comments may do: "reason" silences warnings and notes, "waiver" silences nothing.',
    'suppressions: reason',
    '',
    '# Known findings; only others make a run fail. `fiduciary baseline` writes the file.',
    `# baseline: fiduciary-baseline.json  # ${open} ${open === 1 ? 'finding' : 'findings'} when this file was written`,
    '',
    '# What the project has beyond the shipped catalogue: its own elements, sinks, protections, vendors.',
    '# catalog: [fiduciary-catalog.yaml]',
    ...(unknown.length === 0 ? [] : [
      '# These are named like protections and were not seen to protect anything on a path to a sink. One that protects and is not',
      '# recognised (fiduciary explain FILE:LINE says so) can be declared there:',
      ...unknown.slice(0, MOST).map(({ name, file, line }) => `#   ${plain(name)}  ${plain(file)}:${line}`),
      ...(unknown.length > MOST ? [`#   … and ${unknown.length - MOST} more`] : []),
    ]),
    '',
  ].join('\n');
}

function seenLine(role: LibraryRole, { libraries }: Sightings): readonly string[] {
  const found = libraries.filter((library) => library.role === role);
  return found.length === 0 ? [] : comment(`${HEADINGS[role]}: ${some(found.map(({ name, title }) => (title === undefined ? name : `${name} (${title})`)))}`);
}

const some = (names: readonly string[]): string => `${names.slice(0, MOST).map(plain).join(', ')}${names.length > MOST ? `, and ${names.length - MOST} more` : ''}`;

/** Names come from the repository; none may end the comment it stands in. */
const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');

/** Wrapped, so that it reads in an editor. */
function comment(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '#  ';
  for (const word of text.split(' ')) {
    if (line.length + word.length > 118 && line.trim() !== '#') {
      lines.push(line);
      line = '#    ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
